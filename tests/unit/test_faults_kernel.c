// SPDX-License-Identifier: GPL-2.0-or-later
/* Faults that the real kernel here can be asked for: no fixture, the true
 * src/sys/kernel.c. Opens a socket of kernel events and sends to it; touches
 * nothing else. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>

#include <cmocka.h>

#include "sys/sys.h"

static const char forged[] = "add@/devices/vbd-51712/block/xvda\0ACTION=add\0"
			     "DEVPATH=/devices/vbd-51712/block/xvda\0"
			     "SUBSYSTEM=block";

/* Sends as any program may: to the socket itself, or to the kernel's group. */
static int forge(int to, unsigned int group)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(addr);
	int fd = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT);
	ssize_t sent;

	assert_true(fd >= 0 &&
		    !getsockname(to, (struct sockaddr *)&addr, &len));
	if (group)
		addr.nl_pid = 0;
	addr.nl_groups = group;
	sent = sendto(fd, forged, sizeof(forged), 0, (struct sockaddr *)&addr,
		      sizeof(addr));
	close(fd);
	return sent == sizeof(forged) ? 0 : -errno;
}

/* Events of the machine may come in between; none of them is this one. */
static void a_forged_event_is_not_the_kernels(void **state)
{
	struct sys sys;
	char event[4096];
	unsigned int ignored = 0, i;
	int fd, len;

	(void)state;
	assert_int_equal(sys_open(&sys, NULL), 0);
	fd = sys_uevent_open(&sys);
	assert_true(fd >= 0);
	if (forge(fd, 0) == -EPERM) { /* only root may try */
		sys_fd_close(fd);
		sys_close(&sys);
		print_message("# not tried: that takes root\n");
		return; /* cmocka's skip() says "not ok", which counts */
	}
	forge(fd, 1);
	for (i = 0; i < 100; i++) {
		len = sys_uevent_next(fd, event, sizeof(event), 200);
		if (len < 0)
			break;
		ignored += len == 0;
		if (len > 0)
			assert_null(strstr(event, "vbd-51712"));
	}
	assert_true(ignored >= 1);
	sys_fd_close(fd);
	sys_close(&sys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_forged_event_is_not_the_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
