// SPDX-License-Identifier: GPL-2.0-or-later
/* Switches to the real root. Empties the initramfs first, since its memory
 * cannot be freed later. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/text.h"
#include "init/init.h"

/* linux/magic.h */
#define RAMFS_MAGIC 0x858458f6
#define TMPFS_MAGIC 0x01021994

/* An absolute link cannot be followed from outside of the root, so any link is
 * accepted. */
static bool can_start(const char *program)
{
	char path[INIT_PATH_SIZE];
	struct sys_stat st;

	if (!*program ||
	    text_format(path, sizeof(path), INIT_ROOT "%s", program))
		return false;
	return (!sys_stat_at(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, &st) &&
		S_ISLNK(st.mode)) ||
	       !access(path, X_OK);
}

const char *switch_find_init(struct init *i)
{
	static const char *const usual[] = { "/sbin/init", "/etc/init",
					     "/bin/init", "/bin/sh" };
	size_t n;

	if (can_start(i->init))
		return i->init;
	if (*i->init)
		tell("%s has no init=%s: trying the usual ones", i->dev,
		     i->init);
	for (n = 0; n < sizeof(usual) / sizeof(usual[0]); n++) {
		if (can_start(usual[n]))
			return usual[n];
	}
	return NULL;
}

/* Removes what is in the directory and on the same file system; never enters a
 * mount. */
static void empty(int dir, uint64_t device)
{
	DIR *entries = fdopendir(dir);
	struct dirent *entry;
	struct sys_stat st;

	if (!entries) {
		close(dir);
		return;
	}
	while ((entry = readdir(entries))) {
		const char *name = entry->d_name;
		int below;

		if (!strcmp(name, ".") || !strcmp(name, ".."))
			continue;
		if (sys_stat_at(dir, name, AT_SYMLINK_NOFOLLOW, &st) ||
		    st.device != device)
			continue;
		if (!S_ISDIR(st.mode)) {
			unlinkat(dir, name, 0);
			continue;
		}
		below = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (below >= 0)
			empty(below, device);
		unlinkat(dir, name, AT_REMOVEDIR);
	}
	closedir(entries);
}

/* Empties nothing that is not clearly an initramfs. */
static void empty_initramfs(void)
{
	struct statfs fs;
	struct sys_stat st;
	int dir;

	if (getpid() != 1 || sys_stat_at(AT_FDCWD, "/", 0, &st) ||
	    statfs("/", &fs) ||
	    ((uint32_t)fs.f_type != RAMFS_MAGIC &&
	     (uint32_t)fs.f_type != TMPFS_MAGIC))
		return;
	dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0)
		empty(dir, st.device);
}

/* /run is moved too: pvroot's report is in it. */
static void move_mounts(void)
{
	static const char *const places[] = { "/dev", "/proc", "/sys", "/run" };
	char to[INIT_PATH_SIZE];
	struct sys_stat st;
	size_t n;

	for (n = 0; n < sizeof(places) / sizeof(places[0]); n++) {
		text_format(to, sizeof(to), INIT_ROOT "%s", places[n]);
		if (!sys_stat_at(AT_FDCWD, to, 0, &st) && S_ISDIR(st.mode))
			mount(places[n], to, NULL, MS_MOVE, NULL);
	}
}

static void open_console(void)
{
	int fd = open("/dev/console", O_RDWR);

	if (fd < 0)
		return;
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	if (fd > 2)
		close(fd);
}

void switch_to(struct init *i, const char *program)
{
	int err;

	move_mounts();
	if (chdir(INIT_ROOT)) /* the initramfs is still complete */
		init_stop(i, "Is this the root file system?",
			  "cannot enter it");
	empty_initramfs();
	if (mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
		tell("cannot make %s the root (%d)", i->dev, errno);
	open_console();
	i->argv[0] = (char *)program;
	execve(program, i->argv, i->env);
	err = errno;
	tell("cannot start %s (error %d)", program, err);
	exit(1);
}
