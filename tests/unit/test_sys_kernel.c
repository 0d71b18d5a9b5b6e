// SPDX-License-Identifier: GPL-2.0-or-later
/* Modules, uevents, the clock and CPUID. This test's own init_module() and
 * finit_module() play the kernel's loader; sockets and messages are real. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "fixture.h"

int __real_sys_module_load(const struct sys *sys, const char *path);
int __real_sys_uevent_open(const struct sys *sys);
int __real_sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms);
uint64_t __real_sys_now_us(void);
void __real_sys_sleep_ms(unsigned int ms);
int init_module(void *image, unsigned long len, const char *args);
int finit_module(int fd, const char *args, int flags);

/* ---- modules ---- */

#define PACKED 4 /* MODULE_INIT_COMPRESSED_FILE */

static int by_file, by_memory; /* errno of each way; 0: it is loaded */
static int flags_seen;
static char seen[64]; /* what was loaded from memory */

int finit_module(int fd, const char *args, int flags)
{
	assert_true(fd >= 0);
	assert_string_equal(args, "");
	flags_seen = flags;
	errno = by_file;
	return by_file ? -1 : 0;
}

int init_module(void *image, unsigned long len, const char *args)
{
	assert_true(len < sizeof(seen));
	assert_string_equal(args, "");
	memcpy(seen, image, len);
	seen[len] = '\0';
	errno = by_memory;
	return by_memory ? -1 : 0;
}

static int load(struct fixture *f, const char *path)
{
	struct sys sys = { .root = f->sys.root, .fixture = false };

	seen[0] = '\0';
	flags_seen = -1;
	return __real_sys_module_load(&sys, path);
}

static int begin(void **state)
{
	by_file = by_memory = 0;
	fixture_setup(state);
	fixture_file(*state, "/lib/a.ko", "module");
	fixture_file(*state, "/lib/a.ko.xz", "packed");
	fixture_file(*state, "/lib/empty.ko", "");
	return 0;
}

static void the_kernel_is_told_which_file_is_packed(void **state)
{
	assert_int_equal(load(*state, "/lib/a.ko"), 0);
	assert_int_equal(flags_seen, 0);
	assert_int_equal(load(*state, "/lib/a.ko.xz"), 0);
	assert_int_equal(flags_seen, PACKED);
	assert_string_equal(seen, "");
}

/* RHEL 5's and 6's; a packed file they cannot read. */
static void an_old_kernel_gets_the_module_by_memory(void **state)
{
	by_file = ENOSYS;
	assert_int_equal(load(*state, "/lib/a.ko"), 0);
	assert_string_equal(seen, "module");
	assert_int_equal(load(*state, "/lib/a.ko.xz"), -ENOSYS);
	assert_string_equal(seen, "");
	assert_int_equal(load(*state, "/lib/empty.ko"), -ENOEXEC);
	by_memory = EEXIST;
	assert_int_equal(load(*state, "/lib/a.ko"), -EEXIST);
}

static void a_module_that_is_refused_is_not_tried_again(void **state)
{
	by_file = EKEYREJECTED;
	assert_int_equal(load(*state, "/lib/a.ko"), -EKEYREJECTED);
	assert_string_equal(seen, "");
	assert_int_equal(load(*state, "/lib/none.ko"), -ENOENT);
	assert_int_equal(flags_seen, -1);
}

static void modules_of_a_fixture_are_not_loaded(void **state)
{
	struct fixture *f = *state;

	flags_seen = -1;
	assert_int_equal(__real_sys_module_load(&f->sys, "/lib/a.ko"), -EEXIST);
	assert_int_equal(__real_sys_module_load(&f->sys, "/none.ko"), -ENOENT);
	assert_int_equal(flags_seen, -1);
}

/* ---- uevents ---- */

static int own_socket(int protocol, unsigned int *port)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(own);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&own, sizeof(own)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&own, &len), 0);
	*port = own.nl_pid;
	return fd;
}

/* From another process than the kernel: it could claim that a disk is there. */
static void a_message_that_is_not_the_kernels_is_ignored(void **state)
{
	static const char forged[] = "add@/devices/vbd-51712/block/xvda";
	struct sys sys = { .root = -1, .fixture = false };
	struct sockaddr_nl to = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(to);
	char buf[64] = "before";
	unsigned int port;
	int fd = __real_sys_uevent_open(&sys), other;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&to, &len), 0);
	assert_int_equal(to.nl_groups, 1); /* the kernel's, not udev's */
	to.nl_groups = 0;
	other = own_socket(NETLINK_KOBJECT_UEVENT, &port);
	if (sendto(other, forged, sizeof(forged), 0, (struct sockaddr *)&to,
		   sizeof(to)) < 0)
		skip(); /* a person may not send */
	assert_int_equal(__real_sys_uevent_next(fd, buf, sizeof(buf), 1000), 0);
	close(other);
	close(fd);
}

static void a_fixture_has_no_events(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(__real_sys_uevent_open(&f->sys), -EOPNOTSUPP);
}

/* Routing's socket: there the kernel answers whenever it is asked. */
static int ask_the_kernel(void)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} ask = {
		.head = { .nlmsg_len = sizeof(ask),
			  .nlmsg_type = RTM_GETLINK,
			  .nlmsg_flags = NLM_F_REQUEST },
		.link = { .ifi_index = 1 },
	};
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	unsigned int port;
	int fd = own_socket(NETLINK_ROUTE, &port);

	assert_int_equal(sendto(fd, &ask, sizeof(ask), 0,
				(struct sockaddr *)&kernel, sizeof(kernel)),
			 sizeof(ask));
	return fd;
}

static void a_message_is_cut_to_its_room_and_ends_with_nul(void **state)
{
	int fd = ask_the_kernel();
	char buf[16];

	(void)state;
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(__real_sys_uevent_next(fd, buf, 8, 1000), 7);
	assert_int_equal(buf[7], '\0');
	assert_int_equal(buf[8], 'x');
	close(fd);
}

static void a_wait_for_an_event_has_an_end(void **state)
{
	struct sys sys = { .root = -1, .fixture = false };
	uint64_t begin = __real_sys_now_us();
	char buf[64];
	int fd = __real_sys_uevent_open(&sys);
	unsigned int port;
	int quiet = own_socket(NETLINK_ROUTE, &port);

	(void)state;
	assert_int_equal(__real_sys_uevent_next(quiet, buf, sizeof(buf), 0),
			 -ETIMEDOUT);
	assert_int_equal(__real_sys_uevent_next(quiet, buf, sizeof(buf), 20),
			 -ETIMEDOUT);
	assert_true(__real_sys_now_us() - begin >= 20000);
	close(quiet);
	assert_int_equal(__real_sys_uevent_next(quiet, buf, sizeof(buf), 0),
			 -EBADF);
	close(fd);
}

/* ---- the machine ---- */

static void a_sleep_is_as_long_as_asked_for(void **state)
{
	uint64_t begin = __real_sys_now_us();

	(void)state;
	__real_sys_sleep_ms(15);
	assert_in_range(__real_sys_now_us() - begin, 15000, 60000000);
}

/* A fixture says itself what it is. */
static void cpuid_tells_of_this_machine_only(void **state)
{
	struct fixture *f = *state;
	struct sys sys;
	bool xen;

	assert_false(sys_cpuid_is_xen(&f->sys));
	assert_int_equal(sys_open(&sys, NULL), 0);
	xen = sys_exists(&sys, "/sys/hypervisor/properties");
	assert_int_equal(sys_cpuid_is_xen(&sys), xen);
	sys_close(&sys);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, begin, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_kernel_is_told_which_file_is_packed),
		TEST(an_old_kernel_gets_the_module_by_memory),
		TEST(a_module_that_is_refused_is_not_tried_again),
		TEST(modules_of_a_fixture_are_not_loaded),
		TEST(a_message_that_is_not_the_kernels_is_ignored),
		TEST(a_fixture_has_no_events),
		TEST(a_message_is_cut_to_its_room_and_ends_with_nul),
		TEST(a_wait_for_an_event_has_an_end),
		TEST(a_sleep_is_as_long_as_asked_for),
		TEST(cpuid_tells_of_this_machine_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
