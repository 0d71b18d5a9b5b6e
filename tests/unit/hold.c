// SPDX-License-Identifier: GPL-2.0-or-later
/* The SIMULATED loop driver: one device, loop3, which holds a disk's letter. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

#define LOOP 3

bool __real_sys_can_hold(const struct sys *sys);
bool __wrap_sys_can_hold(const struct sys *sys);
int __real_sys_hold(const struct sys *sys, int fd);
int __wrap_sys_hold(const struct sys *sys, int fd);
int __real_sys_hold_end(const struct sys *sys, int number);
int __wrap_sys_hold_end(const struct sys *sys, int number);

bool __wrap_sys_can_hold(const struct sys *sys)
{
	struct fixture *f = fixture_current();

	return f ? f->loops : __real_sys_can_hold(sys);
}

int __wrap_sys_hold(const struct sys *sys, int fd)
{
	struct fixture *f = fixture_current();
	char path[FIXTURE_PATH], file[FIXTURE_PATH] = "";

	if (!f)
		return __real_sys_hold(sys, fd);
	if (f->hold_error)
		return f->hold_error;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_true(readlink(path, file, sizeof(file) - 1) > 0);
	snprintf(path, sizeof(path), "/dev%s (deleted)\n", strrchr(file, '/'));
	fixture_file(f, "/sys/block/loop3/loop/backing_file", path);
	fixture_file(f, "/sys/block/loop3/size", "0\n");
	return LOOP;
}

int __wrap_sys_hold_end(const struct sys *sys, int number)
{
	struct fixture *f = fixture_current();

	if (!f)
		return __real_sys_hold_end(sys, number);
	assert_int_equal(number, LOOP);
	fixture_remove(f, "/sys/block/loop3");
	return 0;
}
