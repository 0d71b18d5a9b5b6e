// SPDX-License-Identifier: GPL-2.0-or-later
/* First process of pvroot's own initramfs: finds the root and starts its init.
 * Touches its own mounts, /sys/power/resume, the modules of its lists, and the
 * initramfs that it leaves. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "init/init.h"
#include "sys/log.h"

static struct init init; /* static, so that on_fault() can use it */

/* A fault of this program must not stop a boot: the script starts from the
 * beginning. */
static void on_fault(int signal)
{
	(void)signal;
	init_leave_to_script(&init);
	_exit(1);
}

static void catch_faults(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE,
				      SIGABRT };
	struct sigaction act = { .sa_handler = on_fault,
				 .sa_flags = SA_NODEFER };
	size_t n;

	for (n = 0; n < sizeof(faults) / sizeof(faults[0]); n++)
		sigaction(faults[n], &act, NULL);
}

/* Where the kernel had no console, 0 to 2 are closed, and the next open would
 * become standard input. */
static void open_standard(void)
{
	int fd;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= 2)
		;
	if (fd > 2)
		close(fd);
}

/* A hibernated system must be resumed before the root is mounted, or its data
 * is lost. */
static void try_resume(struct init *i)
{
	char dev[INIT_PATH_SIZE], path[SYS_PATH_SIZE], number[32];

	if (access("/sys/power/resume", W_OK) ||
	    !device_find(i, i->resume, dev) ||
	    text_format(path, sizeof(path), "/sys/class/block/%s/dev",
			strrchr(dev, '/') + 1) ||
	    sys_read(&i->sys, path, number, sizeof(number)) <= 0)
		return;
	sys_write(&i->sys, "/sys/power/resume", number);
}

/* Prints the kernel's list of file systems, so that a person sees whether the
 * root's type is missing. */
static void stop_mount(struct init *i, int err)
{
	char known[1024], todo[1280], *from = known, *to = known, *type;

	sys_read(&i->sys, "/proc/filesystems", known, sizeof(known));
	while ((type = strsep(&from, "\n"))) {
		size_t len = strlen(type);

		if (*type != '\t')
			continue;
		*type = ' ';
		memmove(to, type, len);
		to += len;
	}
	*to = '\0';
	text_format(todo, sizeof(todo),
		    "Known file systems:%s. Another one: rebuild with FS=. "
		    "Else see rootfstype= and rootflags=.",
		    known);
	init_stop(i, todo, "mounting %s (%s) on " INIT_ROOT " failed: %s (%d)",
		  i->dev, i->root, log_errno(err), -err);
}

static void get_root(struct init *i)
{
	int err;

	if (!*i->root)
		init_stop(i,
			  "Name the root: root=LABEL=…, root=UUID=… or "
			  "root=/dev/…",
			  "no root= on the kernel command line");
	if (!mount_is_there() && !root_find(i))
		init_stop(
			i,
			"LVM, RAID, LUKS and NFS roots need a full initramfs. "
			"Else look for a wrong tag, or a missing driver: "
			"rebuild "
			"with EXTRA=.",
			"root=%s did not appear within %d s", i->root,
			i->deadline_s);
	if (*i->resume)
		try_resume(i);
	err = mount_is_there() ? 0 : mount_root(i);
	if (err)
		stop_mount(i, err);
}

int main(int argc, char **argv, char **env)
{
	struct init *i = &init;
	const char *program;
	int child;

	(void)argc;
	i->argv = argv;
	i->env = env;
	catch_faults();
	if (access("/proc/cmdline", F_OK) && mount_own())
		init_leave_to_script(i);
	open_standard();
	if (sys_open(&i->sys, NULL))
		init_leave_to_script(i);
	options_read(i);
	if (i->break_at || i->debug) {
		init_leave_to_script(i);
		init_say(i, 4,
			 "ignored: break and debug: this image has no shell");
	}
	modules_load(i, "/lib/pvroot/early");
	/* File system modules can be loaded while the PV driver waits for its
	 * backend, so both are done at once. */
	child = modules_load_beside(i, "/lib/pvroot/fs");
	answer_get(i);
	child_wait(child);
	get_root(i);
	program = switch_find_init(i);
	if (!program)
		init_stop(i,
			  "Is this the root file system? Name another by "
			  "root=, or "
			  "its init by init=.",
			  "the root on %s has no init (init=, /sbin/init, "
			  "/bin/sh)",
			  i->dev);
	init_say(i, 6, "root %s (%s) mounted %s, starting %s", i->dev, i->root,
		 i->rw ? "rw" : "ro", program);
	switch_to(i, program);
}
