/* SPDX-License-Identifier: GPL-2.0-or-later
 * An initrd as a file in a folder of its own, for the tests of its readers. */
#ifndef PVROOT_INITRD_H
#define PVROOT_INITRD_H

#include "admin/bootcfg/image.h"
#include "archive.h"

extern struct archive archive; /* what the file is made of */
extern struct image image;     /* what was read of it */
extern char initrd_folder[];

/* Files that a good image has. */
void initrd_good(void);
/* Writes the archive to the folder's /initrd, packed by this command, and reads
 * it. */
void initrd_look(const char *packer);
/* Reads a file of the folder. */
void initrd_look_at(const char *name);

/* For cmocka: of the group, and of each test. */
int initrd_make_folder(void **state);
int initrd_drop_folder(void **state);
int initrd_begin(void **state);
int initrd_end(void **state);

#define INITRD_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, initrd_begin, initrd_end)

#endif
