/* SPDX-License-Identifier: GPL-2.0-or-later
 * What is in an initrd, as far as pvroot cares. */
#ifndef PVROOT_ADMIN_IMAGE_H
#define PVROOT_ADMIN_IMAGE_H

#include "admin/bootcfg/image_line.h"
#include "admin/bootcfg/runner.h"
#include "admin/lib/words.h"
#include "sys/sys.h"

#define IMAGE_VERSION_SIZE 128

struct image {
	int error;	     /* 0, or why it could not be read to its end */
	uint64_t error_at;   /* the byte of the file where that part begins */
	const char *refused; /* why Linux cannot unpack it, or NULL */
	bool damaged;	     /* the decompressor says so */
	bool unread; /* what follows the part at unread_at was not read */
	uint64_t unread_at;
	const char *tool; /* the decompressor that was wanted, or NULL */
	char pvroot[64];  /* its path in there, or "" */
	struct runner runner;
	bool holds; /* kernel names of emulated disks: pvroot's list of drivers
		     */
	bool own;   /* pvroot's own initramfs */
	bool has_list;			  /* pvroot's module list */
	bool has_modules;		  /* any kernel module at all */
	char version[IMAGE_VERSION_SIZE]; /* of lib/modules/VERSION, or "" */
	struct words modules;	  /* paths of all modules, "/lib/modules/…" */
	struct words listed;	  /* lines of the module list */
	struct words drivers;	  /* paths of PV disk drivers */
	struct words forbidden;	  /* "etc/modprobe.d/x.conf: blacklist …" */
	struct image_lines lines; /* for the kernel's command line */
	bool builtin;		  /* its own modules.builtin has the driver */
};

/* Reads an initrd as Linux does: archives one after the other, each plain or
 * packed; of an EFI program its section .initrd. Runs the system's
 * decompressors. Size and time are limited. */
void image_read(const struct sys *sys, const char *path, struct image *image);
/* The same for one more file of a boot that has several: adds what is in it. */
void image_add(const struct sys *sys, const char *path, struct image *image);
void image_free(struct image *image);

#endif
