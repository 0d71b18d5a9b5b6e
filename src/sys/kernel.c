// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: what has no file name (modules,
 * uevents, the clock, CPUID) and needs the system's own headers. */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/netlink.h>

#include "base/text.h"

#ifdef __KLIBC__
#include "sys/syscall.h"
#ifdef __i386__
#include "sys/i386.h"
#endif
#endif

/* linux/module.h: the kernel decompresses the file itself (since 5.17). */
#define MODULE_INIT_COMPRESSED_FILE 4

/* klibc has these functions but does not declare them. glibc has neither; it is
 * used for tests only, which put their own in place or load no module. */
extern int init_module(void *image, unsigned long len, const char *args);
extern int finit_module(int fd, const char *args, int flags);

#ifndef __KLIBC__
#pragma weak init_module
#pragma weak finit_module
int init_module(void *image, unsigned long len, const char *args)
{
	(void)image, (void)len, (void)args;
	errno = ENOSYS;
	return -1;
}

int finit_module(int fd, const char *args, int flags)
{
	(void)fd, (void)args, (void)flags;
	errno = ENOSYS;
	return -1;
}
#endif

/* Kernels before 3.8 have no finit_module. */
static int load_from_memory(int fd)
{
	struct sys_stat st;
	void *image;
	int err = sys_stat_fd(fd, &st);

	if (err)
		return err;
	if (!st.size)
		return -ENOEXEC;
	image = mmap(NULL, (size_t)st.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (image == MAP_FAILED)
		return -errno;
	if (init_module(image, (unsigned long)st.size, ""))
		err = -errno;
	munmap(image, (size_t)st.size);
	return err;
}

int sys_module_load(const struct sys *sys, const char *path)
{
	int flags =
		text_ends_with(path, ".ko") ? 0 : MODULE_INIT_COMPRESSED_FILE;
	int fd, err = 0;

	while (*path == '/')
		path++;
	fd = openat(sys->root, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	/* A fake root's modules are not for the running kernel. */
	if (sys->fixture)
		err = -EEXIST;
	else if (finit_module(fd, "", flags))
		err = -errno;
	if (err == -ENOSYS && !flags)
		err = load_from_memory(fd);
	close(fd);
	return err;
}

int sys_card_rename(const struct sys *sys, const char *from, const char *to)
{
	struct ifreq request;
	int fd, err = 0;

	if (sys->fixture)
		return 0;
	memset(&request, 0, sizeof(request));
	text_copy(request.ifr_name, sizeof(request.ifr_name), from);
	text_copy(request.ifr_newname, sizeof(request.ifr_newname), to);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0)
		return -errno;
	if (ioctl(fd, SIOCSIFNAME, &request))
		err = -errno;
	close(fd);
	return err;
}

int sys_uevent_open(const struct sys *sys)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	/* Enough for the uevents of hundreds of disks at once; the kernel
	 * doubles it. */
	int room = 1 << 20;
	int fd;

	if (sys->fixture)
		return -EOPNOTSUPP;
	fd = socket(AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT);
	if (fd < 0)
		return -errno;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		int err = -errno;

		close(fd);
		return err;
	}
	return fd;
}

int sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct sockaddr_nl from = { 0 };
	socklen_t fromlen = sizeof(from);
	ssize_t len;
	int n = poll(&pfd, 1, timeout_ms);

	if (n <= 0)
		return n < 0 && errno != EINTR ? -errno : -ETIMEDOUT;
	len = recvfrom(fd, buf, size - 1, MSG_DONTWAIT,
		       (struct sockaddr *)&from, &fromlen);
	if (len < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	/* Anybody may send here; only the kernel has port 0. */
	if (fromlen != sizeof(from) || from.nl_pid)
		return 0;
	buf[len] = '\0';
	return (int)len;
}

/* As the system call fills it in. The libc's own struct timespec is another
 * one: klibc 2.0.14 gave it 64-bit seconds on i386. */
struct kernel_time {
	long sec, nsec;
};

static void monotonic(struct kernel_time *now)
{
#ifdef __KLIBC__
	syscall4(NR_CLOCK_GETTIME, CLOCK_MONOTONIC, (long)now, 0, 0);
#else
	struct timespec ts = { 0 };

	clock_gettime(CLOCK_MONOTONIC, &ts);
	*now = (struct kernel_time){ (long)ts.tv_sec, ts.tv_nsec };
#endif
}

uint64_t sys_now_us(void)
{
	struct kernel_time now = { 0 };

	monotonic(&now);
	return (uint64_t)now.sec * 1000000 + (uint64_t)now.nsec / 1000;
}

/* Xen: xen/include/public/arch-x86/cpuid.h. Leaf 0x40000000 + n * 0x100 says
 * "XenVMMXenVMM" in EBX, ECX, EDX; Viridian's leaves may come first. */
#if defined(__x86_64__) || defined(__i386__)
static void cpuid(uint32_t leaf, uint32_t reg[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(reg[0]), "=b"(reg[1]), "=c"(reg[2]),
			   "=d"(reg[3])
			 : "a"(leaf), "c"(0));
}

bool sys_cpuid_is_xen(const struct sys *sys)
{
	uint32_t reg[4], leaf;

	cpuid(1, reg);
	/* Bit 31 of ECX: there is a hypervisor. Without it the leaves above
	 * 0x40000000 mean nothing. */
	if (sys->fixture || !(reg[2] & 0x80000000))
		return false;
	for (leaf = 0x40000000; leaf < 0x40010000; leaf += 0x100) {
		cpuid(leaf, reg);
		if (!memcmp(&reg[1], "XenVMMXenVMM", 12))
			return true;
	}
	return false;
}
#else
bool sys_cpuid_is_xen(const struct sys *sys)
{
	(void)sys;
	return false;
}
#endif
