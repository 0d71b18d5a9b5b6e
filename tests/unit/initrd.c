// SPDX-License-Identifier: GPL-2.0-or-later
/* May touch: a folder in /tmp; runs packers. */
#include "initrd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct archive archive;
struct image image;
char initrd_folder[] = "/tmp/image-XXXXXX";

static void initrd_path(char path[64])
{
	snprintf(path, 64, "%s/initrd", initrd_folder);
}

void initrd_good(void)
{
	archive_add(&archive, "usr/sbin/pvroot", "program");
	archive_add(&archive, "usr/lib/pvroot/modules",
		    "# a comment\n/lib/modules/6.1/xen-blkfront.ko\n");
	archive_add(&archive, "usr/lib/modules/6.1/kernel/xen-blkfront.ko.xz",
		    "module");
	archive_add(&archive, "usr/lib/modules/6.1/kernel/ext4.ko", "module");
	archive_end(&archive);
}

void initrd_look_at(const char *name)
{
	struct sys sys;

	assert_int_equal(sys_open(&sys, initrd_folder), 0);
	image_read(&sys, name, &image);
	sys_close(&sys);
}

void initrd_look(const char *packer)
{
	char path[64];

	initrd_path(path);
	archive_pack(&archive, packer, path);
	initrd_look_at("/initrd");
}

int initrd_make_folder(void **state)
{
	(void)state;
	return mkdtemp(initrd_folder) ? 0 : -1;
}

int initrd_drop_folder(void **state)
{
	char path[64];

	(void)state;
	initrd_path(path);
	unlink(path);
	return rmdir(initrd_folder);
}

int initrd_begin(void **state)
{
	(void)state;
	archive.len = 0;
	return 0;
}

int initrd_end(void **state)
{
	(void)state;
	image_free(&image);
	return 0;
}
