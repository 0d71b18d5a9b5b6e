// SPDX-License-Identifier: GPL-2.0-or-later
/* Mounts: the kernel's own file systems, and the root. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>

#include "base/text.h"
#include "init/init.h"

#define QUIETLY (1UL << 15) /* linux/mount.h: MS_SILENT */

int mount_own(void)
{
	const unsigned long plain = MS_NOSUID | MS_NODEV | MS_NOEXEC;

	/* This comes first: without devtmpfs only the script can go on, and
	 * nothing may be mounted then. */
	if (mount("dev", "/dev", "devtmpfs", MS_NOSUID, "mode=0755"))
		return -errno;
	mount("proc", "/proc", "proc", plain, "");
	mount("sysfs", "/sys", "sysfs", plain, "");
	mount("tmpfs", "/run", "tmpfs", MS_NOSUID | MS_NODEV,
	      "mode=0755,size=20%");
	return 0;
}

bool mount_is_there(void)
{
	struct sys_stat here, there;

	return !sys_stat_at(AT_FDCWD, "/", 0, &here) &&
	       !sys_stat_at(AT_FDCWD, INIT_ROOT, 0, &there) &&
	       here.device != there.device;
}

/* Flags that are not the file system's own: linux/mount.h. */
static const struct mount_flag {
	const char *name;
	unsigned long set, clear;
} mount_flags[] = {
	{ "ro", MS_RDONLY, 0 },		  { "rw", 0, MS_RDONLY },
	{ "nosuid", MS_NOSUID, 0 },	  { "suid", 0, MS_NOSUID },
	{ "nodev", MS_NODEV, 0 },	  { "dev", 0, MS_NODEV },
	{ "noexec", MS_NOEXEC, 0 },	  { "exec", 0, MS_NOEXEC },
	{ "sync", MS_SYNCHRONOUS, 0 },	  { "async", 0, MS_SYNCHRONOUS },
	{ "dirsync", 1 << 7, 0 },	  { "noatime", MS_NOATIME, 0 },
	{ "atime", 0, MS_NOATIME },	  { "nodiratime", MS_NODIRATIME, 0 },
	{ "diratime", 0, MS_NODIRATIME }, { "relatime", 1 << 21, 0 },
	{ "norelatime", 0, 1 << 21 },	  { "strictatime", 1 << 24, 0 },
	{ "lazytime", 1 << 25, 0 },	  { "defaults", 0, 0 },
};

static bool take_mount_flag(const char *name, unsigned long *flags)
{
	size_t n;

	for (n = 0; n < sizeof(mount_flags) / sizeof(mount_flags[0]); n++) {
		if (strcmp(name, mount_flags[n].name))
			continue;
		*flags = (*flags | mount_flags[n].set) & ~mount_flags[n].clear;
		return true;
	}
	return false;
}

/* Takes the flags out of rootflags=; the rest are options of the file
 * system. */
static void split_flags(char *options, unsigned long *flags)
{
	char *to = options, *option;
	bool first = true;

	while ((option = strsep(&options, ","))) {
		size_t len = strlen(option);

		if (!len || take_mount_flag(option, flags))
			continue;
		if (!first)
			*to++ = ',';
		memmove(to, option, len);
		to += len;
		*to = '\0';
		first = false;
	}
	if (first)
		*to = '\0';
}

/* Mounts a disk that cannot be written to read-only. */
static int mount_as(struct init *i, const char *type, unsigned long flags)
{
	if (!mount(i->dev, INIT_ROOT, type, flags, i->rootflags))
		return 0;
	if ((errno == EACCES || errno == EROFS) && !(flags & MS_RDONLY) &&
	    !mount(i->dev, INIT_ROOT, type, flags | MS_RDONLY, i->rootflags))
		return 0;
	return -errno;
}

/* Tries every type that the kernel knows now and that needs a disk. */
static int mount_any(struct init *i, unsigned long flags)
{
	char known[4096], *rest = known, *type;
	int err = -ENODEV, last;

	sys_read(&i->sys, "/proc/filesystems", known, sizeof(known));
	while ((type = strsep(&rest, "\n"))) {
		if (*type++ != '\t') /* "nodev" stands before the tab */
			continue;
		last = mount_as(i, type, flags | QUIETLY);
		if (!last)
			return 0;
		/* -EINVAL means that it is another type; any other error is
		 * kept. */
		if (err == -ENODEV || last != -EINVAL)
			err = last;
	}
	return err;
}

int mount_root(struct init *i)
{
	unsigned long flags = i->rw ? 0 : MS_RDONLY;
	char *rest = i->rootfstype, *type;
	int err = -EINVAL;

	split_flags(i->rootflags, &flags);
	if (!*rest || !strcmp(rest, "auto"))
		return mount_any(i, flags);
	while ((type = strsep(&rest, ","))) {
		err = mount_as(i, type, flags);
		if (!err)
			break;
	}
	return err;
}
