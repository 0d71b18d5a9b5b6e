/* SPDX-License-Identifier: GPL-2.0-or-later
 * First process of pvroot's own initramfs. It does what initramfs/init does,
 * without a shell. It starts that script for what it cannot do (a shell at
 * break=, debug, no devtmpfs), and initramfs/rescue where the boot cannot go
 * on. */
#ifndef PVROOT_INIT_H
#define PVROOT_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/sys.h"

#define INIT_ROOT   "/root"
#define INIT_SCRIPT "/lib/pvroot/init"
#define INIT_RESCUE "/lib/pvroot/rescue"

#define INIT_LINE_SIZE                                                         \
	8192 /* twice what any kernel's command line may hold                  \
	      */
#define INIT_PATH_SIZE 512

struct init {
	struct sys sys;
	char **argv, **env;
	char line[INIT_LINE_SIZE]; /* the values below point into it */
	char *root, *rootfstype, *rootflags, *init, *resume;
	const char *break_at; /* NULL: nowhere */
	int panic, deadline_s;
	bool rw, strict, debug;
	char dev[INIT_PATH_SIZE]; /* the root's device, once it was found */
	char answer[4096];	  /* what pvroot said */
};

/* options.c: reads /proc/cmdline. */
void options_read(struct init *i);
/* There is no udev here, so its links are turned into tags: changes
 * /dev/disk/by-X/Y to X=Y in place. */
void options_as_tag(char *value);

/* program.c: runs a program, its standard output to out[size], NUL-terminated.
 * Returns its exit status as a shell does: 127 no program, 128+N signal N. */
int program_run(char **argv, char *out, size_t size);
/* Loads the modules of a list, one path a line. Errors are ignored: a module
 * that does not fit this machine fails, and only the root matters. */
void modules_load(struct init *i, const char *list);
/* The same in a child. Returns the child's process id, or -1 where no child
 * could be made and the modules were loaded here. */
int modules_load_beside(struct init *i, const char *list);
void child_wait(int child);

/* answer.c: runs pvroot and takes root= and resume= from what it says. */
void answer_get(struct init *i);

/* find.c: the device of a tag or path to dev[INIT_PATH_SIZE]. */
bool device_find(const struct init *i, const char *tag, char *dev);
/* For a root= that pvroot left as it was: loads every other driver, then waits
 * up to the deadline. */
bool root_find(struct init *i);

/* mount.c: /proc, /sys, /dev and /run. Returns 0, or -errno where there is no
 * devtmpfs; nothing is mounted in that case. */
int mount_own(void);
bool mount_is_there(void); /* also true where a person mounted it in a shell */
int mount_root(struct init *i);

/* switch.c: the program to start, or NULL. */
const char *switch_find_init(struct init *i);
/* Moves the mounts, empties the initramfs and becomes program. */
void switch_to(struct init *i, const char *program) __attribute__((noreturn));

/* say.c: to the kernel's log only, so that quiet and loglevel= decide what the
 * console shows. */
void init_say(const struct init *i, int level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* To the console. */
void tell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* For a boot that cannot go on: why, and what to do. The rescue script prints
 * both, then reboots (panic=N) or gives a shell, and starts over. Without that
 * script the kernel panics. */
void init_stop(struct init *i, const char *todo, const char *why, ...)
	__attribute__((noreturn, format(printf, 3, 4)));
/* Starts the script instead of this program, where there is one. */
void init_leave_to_script(struct init *i);

#endif
