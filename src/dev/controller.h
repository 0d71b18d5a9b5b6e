/* SPDX-License-Identifier: GPL-2.0-or-later
 * The PCI functions that device models emulate, told from passed-through ones
 * by their ids. */
#ifndef PVROOT_CONTROLLER_H
#define PVROOT_CONTROLLER_H

#include <stdint.h>

#include "dev/vdev.h"
#include "sys/sys.h"

enum controller_kind {
	CONTROLLER_UNKNOWN, /* not ours: passed through, virtio, … */
	CONTROLLER_IDE,	    /* two channels of two units */
	CONTROLLER_AHCI,    /* one disk a port */
	CONTROLLER_SCSI,    /* one disk a target */
	CONTROLLER_NVME,    /* one disk a namespace */
	CONTROLLER_NIC,
};

struct controller_ids {
	uint16_t vendor, device, subvendor, subdevice;
};

/* What a function with these ids is. The subsystem ids must be a device
 * model's: the same chip in real hardware is CONTROLLER_UNKNOWN. */
enum controller_kind controller_identify(const struct controller_ids *ids);

/* Are these subsystem ids a device model's? A passed-through function has its
 * maker's. */
bool controller_is_emulated(const struct controller_ids *ids);

/* Does a device model put the disk with this vdev number on a controller of
 * this kind? libxl and XenServer emulate hd* and xvd* disks on IDE, AHCI or
 * NVMe, sd* disks on SCSI; IDE has four places, libxl's AHCI six. */
bool controller_takes(enum controller_kind kind, struct vdev vdev);

/* Reads the ids of the function at a PCI address ("0000:00:05.0").
 * Returns 0 or -errno. */
int controller_read(const struct sys *sys, const char *pci,
		    struct controller_ids *ids);

/* Rank of a port directory ("ata4") among those of its controller that have
 * the same letters: libata and the SCSI layer number ports across all
 * controllers, so the number itself says nothing. Returns -ENOENT where it is
 * not there. */
int controller_port_rank(const struct sys *sys, const char *pci,
			 const char *port);

/* Name of the driver that has the function ("ahci"), or "" where none has. */
void controller_driver(const struct sys *sys, const char *pci, char *name,
		       size_t size);

/* Unbinds the function from its driver for good. Sets driver_override first, so
 * that nothing binds in between (kernels before 3.16 have none; there the udev
 * rule does its work). Returns as soon as gone(ctx) is true; the kernel may
 * still be cleaning up then (an AHCI's empty ports take a quarter of a second).
 * Returns 0; -ETIMEDOUT where the unbind does not come to an end; other -errno
 * where nothing was changed. */
int controller_unbind(const struct sys *sys, const char *pci,
		      bool (*gone)(void *ctx), void *ctx);
/* Sets driver_override, so that a function without a driver never gets one. */
int controller_forbid(const struct sys *sys, const char *pci);
/* Undoes controller_unbind(). Returns 0 or -errno. */
int controller_rebind(const struct sys *sys, const char *pci);

/* The same for a vbd ("vbd-51712"), which has no driver_override. */
int vbd_unbind(const struct sys *sys, const char *vbd, bool (*gone)(void *ctx),
	       void *ctx);

#endif
