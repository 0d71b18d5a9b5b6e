// SPDX-License-Identifier: GPL-2.0-or-later
/* Which loop device holds a disk's letter. This test's own ioctl() plays the
 * driver. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/loop.h>

#include "fixture.h"

int __real_sys_hold(const struct sys *sys, int fd);

#define LAST 127

static struct fixture *guest;
static int taken; /* the driver's devices below this have a file already */
static int refusal;
static int tied[2]; /* the device that was given the disk, and how often */

static void add(long number)
{
	char path[32];

	snprintf(path, sizeof(path), "/dev/loop%ld", number);
	fixture_file(guest, path, "");
}

static int number_of(int fd)
{
	char path[64], file[FIXTURE_PATH] = "";
	int number = -1;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_true(readlink(path, file, sizeof(file) - 1) > 0);
	sscanf(strrchr(file, '/'), "/loop%d", &number);
	return number;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	long argument;

	va_start(args, request);
	argument = va_arg(args, long);
	va_end(args);
	errno = 0;
	switch (request) {
	case LOOP_CTL_ADD:
		add(argument);
		break;
	case LOOP_SET_FD:
		errno = number_of(fd) < taken ? EBUSY : refusal;
		tied[0] = number_of(fd);
		tied[1]++;
		break;
	case LOOP_SET_STATUS64:
		break;
	default: /* BLKGETSIZE64: it is a file */
		errno = ENOTTY;
	}
	return errno ? -1 : 0;
}

static int hold(void)
{
	struct sys sys = { .root = guest->sys.root, .fixture = false };
	char path[FIXTURE_PATH];
	int disk, ret;

	fixture_file(guest, "/dev/sda", "");
	snprintf(path, sizeof(path), "%s/dev/sda", guest->dir);
	disk = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(disk >= 0);
	ret = __real_sys_hold(&sys, disk);
	close(disk);
	return ret;
}

static int begin(void **state)
{
	int ret = fixture_setup(state);
	long i;

	guest = *state;
	taken = refusal = tied[1] = 0;
	for (i = 0; i < 8; i++)
		add(i);
	return ret;
}

/* fstab: /srv/image /mnt ext4 loop=/dev/loop0 */
static void
a_letter_takes_no_loop_device_that_a_configuration_names(void **state)
{
	(void)state;
	fixture_file(guest, "/dev/loop-control", "");
	assert_int_equal(hold(), 64);
	assert_int_equal(tied[0], 64);
	taken = 66;
	assert_int_equal(hold(), 66);
}

static void before_loop_control_it_is_the_last_of_eight(void **state)
{
	(void)state;
	assert_int_equal(hold(), 7);
	fixture_remove(guest, "/dev/loop7");
	assert_int_equal(hold(), -ENOENT);
	add(7);
	taken = 8;
	assert_int_equal(hold(), -ENOENT);
	assert_int_equal(tied[0], 0);
}

static void it_ends_where_all_are_taken_or_one_takes_no_disk(void **state)
{
	(void)state;
	fixture_file(guest, "/dev/loop-control", "");
	taken = LAST + 1;
	assert_int_equal(hold(), -EBUSY);
	assert_int_equal(tied[0], LAST);
	taken = tied[1] = 0;
	refusal = EIO;
	assert_int_equal(hold(), -EIO);
	assert_int_equal(tied[1], 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, begin, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_letter_takes_no_loop_device_that_a_configuration_names),
		TEST(before_loop_control_it_is_the_last_of_eight),
		TEST(it_ends_where_all_are_taken_or_one_takes_no_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
