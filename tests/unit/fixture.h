/* SPDX-License-Identifier: GPL-2.0-or-later
 * A fake root in a temporary directory, and a SIMULATED kernel behind it.
 *
 * The tree is made to look as a Xen HVM guest's does (relative links and all).
 * No kernel answers there, so the linker's --wrap puts kernel.c between src/
 * and sys.c. It only imitates: what sysfs does when a driver is unbound or a
 * disk deleted, an exclusive open that is refused, modules, uevents and the
 * clock. The boot tests in real guests show whether a real kernel does the
 * same. One fixture at a time. */
#ifndef PVROOT_FIXTURE_H
#define PVROOT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <cmocka.h>

#include "dev/controller.h"
#include "image.h"
#include "story/boot.h"

#define FIXTURE_PATH   256
#define FIXTURE_TEXT   32768
#define FIXTURE_WRITES 64
#define FIXTURE_EVENTS 512
#define FIXTURE_FAILS  8

struct fixture;
typedef void fixture_fn(struct fixture *f);

/* Something that happens at a time of the simulated clock: fn changes the tree,
 * event is what the uevent socket gives then (len 0: none; error: this instead,
 * such as -ENOBUFS; 0 with len 0: a message that is not the kernel's). */
struct fixture_event {
	uint64_t at_us;
	fixture_fn *fn;
	char text[256];
	int len, error;
	bool is_message, done, delivered;
};

/* A call that must fail: opening (or loading) this name gives err. */
struct fixture_fail {
	char name[FIXTURE_PATH];
	int err;
	bool exclusive;	     /* only the exclusive open fails */
	unsigned int spared; /* so many of those do not, before */
};

/* Some calls ("read PATH", "list PATH", "link PATH") that must fail with
 * err. */
struct fixture_refusal {
	char call[FIXTURE_PATH];
	int err;
	unsigned int times;
};

struct fixture {
	struct sys sys; /* what the code under test is given */
	char dir[64];
	pid_t owner; /* a child's output goes to the pipe */

	/* How the simulated kernel reacts: 0 is as a real one does. */
	int unbind_error, delete_error, override_error; /* -errno */
	/* The child that boot() runs its steps in is killed at its first open
	 * of this disk in this mode, at this module, or at this write. */
	const char *kill_at;
	enum sys_open_mode kill_mode;
	fixture_fn *on_rescan;	   /* what a probe or a SCSI scan brings back */
	fixture_fn *on_unbind;	   /* what else happens meanwhile */
	fixture_fn *on_claim;	   /* before a disk is opened exclusively */
	fixture_fn *on_look;	   /* before one is opened in another mode */
	fixture_fn *behind_unbind; /* and when the disks are gone */
	fixture_fn *behind_delete; /* and when one of them is */
	bool deaf;		  /* unbind and delete succeed and do nothing */
	bool uevents;		  /* there is a uevent socket */
	unsigned int blkfront_ms; /* the PV disk driver's load lasts so long */
	struct fixture_fail fail[FIXTURE_FAILS];
	unsigned int fails;
	struct fixture_refusal refusal[FIXTURE_FAILS];
	unsigned int refusals;
	uint64_t bad_size, bad_byte; /* of disks this size this byte is bad */
	bool mute;		     /* standard output cannot be written */
	uint32_t namespaces[4];	     /* what an NVMe controller says; 0 ends */
	const uint8_t *identity;     /* what an ATA disk says when asked */
	bool loops;		     /* there is a loop driver (loop3) */
	int hold_error;		     /* -errno: it takes no disk */
	fixture_fn *on_blkfront;     /* what loading the PV disk driver does */
	fixture_fn
		*on_uevent_open; /* what happens before the socket is there */

	/* What was seen. */
	struct fixture_write {
		char path[FIXTURE_PATH], text[64];
	} write[FIXTURE_WRITES];
	unsigned int writes;
	unsigned int opens;  /* of disks */
	unsigned int looks;  /* at the clock */
	unsigned int sleeps; /* and waits for an event */
	unsigned int loads;  /* of modules */

	uint64_t now_us;
	struct fixture_event event[FIXTURE_EVENTS];
	unsigned int events;

	/* What a run left behind; see fixture_boot(). */
	int status;
	char out[FIXTURE_TEXT], err[FIXTURE_TEXT];
	char kmsg[FIXTURE_TEXT], report[FIXTURE_TEXT];
};

/* For cmocka: *state is the struct fixture. */
#define FIXTURE_TEST(name)                                                     \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
int fixture_setup(void **state);
int fixture_teardown(void **state);
struct fixture *fixture_current(void);

/* Runs `pvroot boot`, and fills status, out, err, kmsg and report. */
int fixture_boot(struct fixture *f);
/* Runs any other command; argv ends with NULL. */
int fixture_run(struct fixture *f,
		int (*command)(const struct sys *sys, int argc, char **argv),
		const char *const *argv);
/* Runs `pvroot twin` with this option, or NULL; what was written and said
 * before is forgotten. */
int fixture_twin_command(struct fixture *f, const char *mode,
			 const char *device);

/* ---- files (paths below the fake root; missing folders are made) ---- */
void fixture_file(struct fixture *f, const char *path, const char *text);
void fixture_bytes(struct fixture *f, const char *path, const void *data,
		   size_t len);
void fixture_folder(struct fixture *f, const char *path);
void fixture_link(struct fixture *f, const char *path, const char *target);
/* What a link says; "" where there is none. */
void fixture_leads(struct fixture *f, const char *path,
		   char link[FIXTURE_PATH]);
void fixture_remove(struct fixture *f, const char *path); /* recursive */
bool fixture_exists(struct fixture *f, const char *path);
/* Whole file to buf, NUL at its end; "" where it is not there. */
size_t fixture_read(struct fixture *f, const char *path, char *buf,
		    size_t size);
void fixture_path(struct fixture *f, char out[FIXTURE_PATH], const char *fmt,
		  ...) __attribute__((format(printf, 3, 4)));

/* ---- the guest (tree.c, guest.c) ---- */
/* What every HVM guest of a modern kernel has; fixture_setup() makes it. */
void fixture_modern(struct fixture *f);
void fixture_cmdline(struct fixture *f, const char *text);
/* Makes it not a Xen guest: removes /sys/hypervisor and the platform device. */
void fixture_not_xen(struct fixture *f);
/* A vbd on xenbus, without a disk. */
void fixture_vbd(struct fixture *f, uint32_t number, bool accepted,
		 const char *state);
/* A vbd with its disk and the disk's partitions. */
void fixture_pv(struct fixture *f, const char *name, uint32_t number,
		const struct image *image);
/* xvda again, if the boot has put it aside. */
void fixture_bring_back(struct fixture *f, const struct image *image);

/* A PCI function, bound to driver ("" for none). */
void fixture_pci(struct fixture *f, const char *pci,
		 const struct controller_ids *ids, const char *driver);
/* The usual ones, as Debian 12's host gives them; the first libata port. */
void fixture_piix(struct fixture *f, unsigned int ata); /* 0000:00:01.1 */
void fixture_ahci(struct fixture *f, unsigned int ata); /* 0000:00:05.0 */
void fixture_lsi(struct fixture *f);			/* 0000:00:08.0 */
#define PIIX "0000:00:01.1"
#define AHCI "0000:00:05.0"
#define LSI  "0000:00:08.0"
#define NVME "0000:00:09.0"

/* A disk (or "srN") behind libata port `ata` of a function. */
void fixture_ata(struct fixture *f, const char *name, const char *pci,
		 unsigned int ata, unsigned int unit,
		 const struct image *image);
/* xvda and its twin sda on AHCI (ata3): what most tests begin with. */
void fixture_twin(struct fixture *f, const struct image *image);
extern const struct image fixture_slash; /* "/" and "SWAP-hda2" */
/* A disk at a target of a SCSI host that is the function's own. */
void fixture_scsi(struct fixture *f, const char *name, const char *pci,
		  unsigned int host, unsigned int target,
		  const struct image *image);
/* A SCSI device without a block device: a CD-ROM before sr_mod is loaded. */
void fixture_scsi_device(struct fixture *f, const char *pci, unsigned int ata,
			 unsigned int unit, const char *type);
/* Its namespace is the name's number until a test writes another one to
 * /sys/block/NAME/nsid. */
void fixture_nvme(struct fixture *f, const char *name, const char *pci,
		  const char *controller, const struct image *image);
/* hd*: in the layout of 2.6.18, a folder with a device link. */
void fixture_ide(struct fixture *f, const char *name, const char *pci,
		 unsigned int channel, unsigned int unit, const char *media,
		 const struct image *image);
/* A whole disk by its device's path below /sys; at its modern place. */
void fixture_disk(struct fixture *f, const char *name, const char *device,
		  const char *devno, const struct image *image);
/* The same in the layout of 2.6.18. */
void fixture_old_disk(struct fixture *f, const char *name, const char *device,
		      const char *devno, const struct image *image);
/* A device that a volume manager makes of the disk or partition `below`: the
 * image's first file system. */
void fixture_stacked(struct fixture *f, const char *name, const char *below,
		     const struct image *image);
/* A vif on xenbus that the driver has taken; its interface comes later. */
void fixture_vif(struct fixture *f, unsigned int number);
/* A network interface at a device's path below /sys ("devices/vif-0"), or
 * behind a PCI function; up or down. */
void fixture_nic(struct fixture *f, const char *name, const char *device,
		 const char *mac, bool up);
/* A NIC's function, bound: RTL8139, with the device model's ids. */
void fixture_rtl8139(struct fixture *f);
#define RTL8139 "0000:00:04.0"
/* Writes the page of sysfs in which an ATA disk says what it is (Linux 5.5). */
void fixture_identify(struct fixture *f, const char *name, const char *model,
		      const char *serial);
/* The IDENTIFY data itself, as a disk sends it, or as the kernel tells it
 * (plain). */
void identify_bytes(uint8_t id[512], const char *model, const char *serial,
		    bool plain);
/* Changes one byte of /dev/NAME. */
void fixture_poke(struct fixture *f, const char *name, uint64_t offset);

/* ---- what goes from it (gone.c), if it is there ---- */
/* The disk and its nodes, as the kernel does at delete. */
void fixture_drop_disk(struct fixture *f, const char *name);
void fixture_drop_nic(struct fixture *f, const char *name);
void fixture_drop_vbd(struct fixture *f, uint32_t number);

/* Turns the guest into RHEL 5 (2.6.18): no /sys/hypervisor, no modalias, no
 * driver_override, hda on the built-in IDE driver, xvda its twin. */
void fixture_rhel5(struct fixture *f, const struct image *image);

/* ---- the simulated kernel (kernel.c) ---- */
/* Hides from the code under test that this is a fixture: the guard and its
 * children run, on the real clock. */
void fixture_in_earnest(struct fixture *f);
void fixture_fail_open(struct fixture *f, const char *name, int err);
void fixture_in_use(struct fixture *f, const char *name);
/* The same, but only after so many exclusive opens. */
void fixture_in_use_behind(struct fixture *f, const char *name,
			   unsigned int opens);
/* A module of the list in the image: loading it gives err. */
void fixture_module(struct fixture *f, const char *path, int err);
/* ---- calls that fail (refuse.c) ---- */
void fixture_refuse(struct fixture *f, const char *call, int err,
		    unsigned int times);
/* ---- its clock (clock.c) ---- */
void fixture_advance(struct fixture *f, uint64_t until_us);
void fixture_later(struct fixture *f, unsigned int ms, fixture_fn *fn);
void fixture_uevent(struct fixture *f, unsigned int ms, fixture_fn *fn,
		    const char *action, const char *subsystem,
		    const char *devpath);
/* An event of the socket that is not a kernel message: error, or 0 for a forged
 * message. */
void fixture_noise(struct fixture *f, unsigned int ms, int error);
bool fixture_wrote(struct fixture *f, const char *path, const char *text);
/* How many writes went to paths with this end. */
unsigned int fixture_writes_to(struct fixture *f, const char *end);

/* ---- assertions (check.c): they print what they found ---- */
void check_said(struct fixture *f, const char *text);
void check_not_said(struct fixture *f, const char *text);
void check_out(struct fixture *f, const char *text);
/* Boots with this command line: the exit status, and standard output. */
void check_answers(struct fixture *f, const char *cmdline, int status,
		   const char *out);
void check_wrote(struct fixture *f, const char *path, const char *text);
void check_no_writes(struct fixture *f);
void check_reported(struct fixture *f, const char *text);
bool json_is_valid(const char *text);
/* A sum over the bytes of everything in /dev but kmsg. */
uint64_t fixture_sum(struct fixture *f);

#endif
