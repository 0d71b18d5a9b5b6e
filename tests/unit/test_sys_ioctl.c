// SPDX-License-Identifier: GPL-2.0-or-later
/* The two requests to drivers, NVMe's list of namespaces and taking a partition
 * away: what is asked, and what is made of the answer. This test's own ioctl()
 * plays the driver. */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "fixture.h"

int __real_sys_nvme_namespaces(const struct sys *sys, const char *name,
			       uint32_t *nsid, unsigned int max);
int __real_sys_partition_delete(const struct sys *sys, int fd,
				unsigned int number);

#define PAGE  4096
#define LISTS (PAGE / sizeof(uint32_t)) /* entries of a full list */

/* What the driver answers: -1 and errno, or the controller's status. */
static int answer, answer_errno;
static unsigned int namespaces;
static unsigned int asked; /* how often */

static void nvme(const uint8_t *command)
{
	uint32_t nsid, word, len;
	uint64_t to;

	/* linux/nvme_ioctl.h: struct nvme_admin_cmd, 72 bytes */
	memcpy(&nsid, command + 4, 4);
	memcpy(&to, command + 24, 8);
	memcpy(&len, command + 36, 4);
	memcpy(&word, command + 40, 4);
	assert_int_equal(command[0], 0x06); /* Identify */
	assert_int_equal(nsid, 0);
	assert_int_equal(word, 2); /* active namespaces */
	assert_int_equal(len, PAGE);
	assert_int_equal(to % PAGE, 0);
	memset((void *)(uintptr_t)to, 0, PAGE);
	for (word = 0; word < namespaces; word++)
		((uint32_t *)(uintptr_t)to)[word] = word + 1;
}

/* linux/blkpg.h */
static void blkpg(const void *argument)
{
	struct {
		int op, flags, len;
		void *data;
	} blkpg;
	int number;

	memcpy(&blkpg, argument, sizeof(blkpg));
	assert_int_equal(blkpg.op, 2); /* BLKPG_DEL_PARTITION */
	assert_int_equal(blkpg.len, 152);
	memcpy(&number, (char *)blkpg.data + 16, sizeof(number));
	assert_int_equal(number, 3);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *argument;

	assert_true(fd >= 0);
	va_start(args, request);
	argument = va_arg(args, void *);
	va_end(args);
	asked++;
	if (request == 0xc0484e41) /* NVME_IOCTL_ADMIN_CMD */
		nvme(argument);
	else if (request == 0x1269) /* BLKPG */
		blkpg(argument);
	else
		fail_msg("ioctl %lx", request);
	errno = answer_errno;
	return answer;
}

static int begin(void **state)
{
	answer = answer_errno = 0;
	namespaces = asked = 0;
	return fixture_setup(state);
}

static uint32_t nsid[LISTS + 1];

static int ask(struct fixture *f, unsigned int max)
{
	struct sys sys = { .root = f->sys.root, .fixture = false };

	memset(nsid, 0, sizeof(nsid));
	fixture_file(f, "/dev/nvme0", "");
	return __real_sys_nvme_namespaces(&sys, "nvme0", nsid, max);
}

static void the_namespaces_of_a_controller_are_listed(void **state)
{
	namespaces = 3;
	assert_int_equal(ask(*state, LISTS), 3);
	assert_int_equal(nsid[0], 1);
	assert_int_equal(nsid[2], 3);
	assert_int_equal(nsid[3], 0);
	namespaces = 0;
	assert_int_equal(ask(*state, LISTS), 0);
	assert_int_equal(asked, 2);
}

static void more_than_there_is_room_for_is_an_error(void **state)
{
	namespaces = 4;
	assert_int_equal(ask(*state, 4), 4);
	assert_int_equal(ask(*state, 3), -EFBIG);
	assert_int_equal(nsid[3], 0);
}

static void a_full_list_ends_with_its_page(void **state)
{
	namespaces = LISTS;
	assert_int_equal(ask(*state, LISTS + 1), LISTS);
	assert_int_equal(nsid[LISTS - 1], LISTS);
	assert_int_equal(nsid[LISTS], 0);
}

static void a_controller_that_refuses_has_no_list(void **state)
{
	namespaces = 2;
	answer = 0x4002; /* invalid field, do not retry */
	assert_int_equal(ask(*state, LISTS), -EIO);
	answer = -1;
	answer_errno = ENOTTY;
	assert_int_equal(ask(*state, LISTS), -ENOTTY);
	assert_int_equal(nsid[0], 0);
}

static void only_a_controller_that_is_there_is_asked(void **state)
{
	struct fixture *f = *state;
	struct sys sys = { .root = f->sys.root, .fixture = false };
	char name[100];

	memset(name, 'a', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(__real_sys_nvme_namespaces(&sys, "nvme1", nsid, 1),
			 -ENOENT);
	assert_int_equal(__real_sys_nvme_namespaces(&sys, name, nsid, 1),
			 -EOPNOTSUPP);
	assert_int_equal(__real_sys_nvme_namespaces(&f->sys, "kmsg", nsid, 1),
			 -EOPNOTSUPP);
	assert_int_equal(asked, 0);
}

static void a_partition_is_taken_away_by_its_number(void **state)
{
	struct fixture *f = *state;
	struct sys sys = { .root = f->sys.root, .fixture = false };

	assert_int_equal(__real_sys_partition_delete(&sys, 1, 3), 0);
	assert_int_equal(asked, 1);
	answer = -1;
	answer_errno = EBUSY;
	assert_int_equal(__real_sys_partition_delete(&sys, 1, 3), -EBUSY);
	asked = 0;
	assert_int_equal(__real_sys_partition_delete(&f->sys, 1, 3), 0);
	assert_int_equal(asked, 0);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, begin, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_namespaces_of_a_controller_are_listed),
		TEST(more_than_there_is_room_for_is_an_error),
		TEST(a_full_list_ends_with_its_page),
		TEST(a_controller_that_refuses_has_no_list),
		TEST(only_a_controller_that_is_there_is_asked),
		TEST(a_partition_is_taken_away_by_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
