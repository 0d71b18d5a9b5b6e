// SPDX-License-Identifier: GPL-2.0-or-later
/* The fake root: files below a temporary directory, and a run of pvroot on
 * them. Touches that directory only. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/command.h"

static struct fixture *current;

struct fixture *fixture_current(void)
{
	return current;
}

static void host_path(struct fixture *f, char out[FIXTURE_PATH],
		      const char *path)
{
	assert_true(snprintf(out, FIXTURE_PATH, "%s%s", f->dir, path) <
		    FIXTURE_PATH);
}

void fixture_path(struct fixture *f, char out[FIXTURE_PATH], const char *fmt,
		  ...)
{
	va_list args;

	(void)f;
	va_start(args, fmt);
	assert_true(vsnprintf(out, FIXTURE_PATH, fmt, args) < FIXTURE_PATH);
	va_end(args);
}

static void make_parents(const char *full)
{
	char path[FIXTURE_PATH];
	char *slash;

	strcpy(path, full);
	for (slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0755) && errno != EEXIST)
			fail_msg("mkdir %s: %s", path, strerror(errno));
		*slash = '/';
	}
}

void fixture_bytes(struct fixture *f, const char *path, const void *data,
		   size_t len)
{
	char full[FIXTURE_PATH];
	int fd;

	host_path(f, full, path);
	make_parents(full);
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, data, len) != (ssize_t)len)
		fail_msg("write %s: %s", full, strerror(errno));
	close(fd);
}

void fixture_file(struct fixture *f, const char *path, const char *text)
{
	fixture_bytes(f, path, text, strlen(text));
}

void fixture_folder(struct fixture *f, const char *path)
{
	char full[FIXTURE_PATH];

	host_path(f, full, path);
	make_parents(full);
	if (mkdir(full, 0755) && errno != EEXIST)
		fail_msg("mkdir %s: %s", full, strerror(errno));
}

void fixture_link(struct fixture *f, const char *path, const char *target)
{
	char full[FIXTURE_PATH];

	host_path(f, full, path);
	make_parents(full);
	if (symlink(target, full))
		fail_msg("symlink %s: %s", full, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int kind,
		      struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void fixture_remove(struct fixture *f, const char *path)
{
	char full[FIXTURE_PATH];

	host_path(f, full, path);
	nftw(full, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

bool fixture_exists(struct fixture *f, const char *path)
{
	char full[FIXTURE_PATH];
	struct stat st;

	host_path(f, full, path);
	return !stat(full, &st);
}

size_t fixture_read(struct fixture *f, const char *path, char *buf, size_t size)
{
	char full[FIXTURE_PATH];
	size_t len = 0;
	FILE *file;

	host_path(f, full, path);
	file = fopen(full, "re");
	if (file) {
		len = fread(buf, 1, size - 1, file);
		fclose(file);
	}
	buf[len] = '\0';
	return len;
}

void fixture_poke(struct fixture *f, const char *name, uint64_t offset)
{
	char full[FIXTURE_PATH];
	unsigned char byte;
	int fd;

	snprintf(full, sizeof(full), "%s/dev/%s", f->dir, name);
	fd = open(full, O_RDWR | O_CLOEXEC);
	if (fd < 0 || pread(fd, &byte, 1, (off_t)offset) != 1)
		fail_msg("%s: %s", full, strerror(errno));
	byte ^= 1;
	if (pwrite(fd, &byte, 1, (off_t)offset) != 1)
		fail_msg("%s: %s", full, strerror(errno));
	close(fd);
}

/* nftw() passes no context. */
static uint64_t sum;

static int sum_one(const char *path, const struct stat *st, int kind,
		   struct FTW *ftw)
{
	unsigned char buf[65536];
	ssize_t len, i;
	int fd;

	if (kind != FTW_F || !strcmp(path + ftw->base, "kmsg"))
		return 0;
	sum = sum * 31 + (uint64_t)st->st_size;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && (len = read(fd, buf, sizeof(buf))) > 0)
		for (i = 0; i < len; i++)
			sum = sum * 31 + buf[i];
	close(fd);
	return 0;
}

uint64_t fixture_sum(struct fixture *f)
{
	char full[FIXTURE_PATH];

	host_path(f, full, "/dev");
	sum = 0;
	nftw(full, sum_one, 16, FTW_PHYS);
	return sum;
}

/* What every HVM guest of a modern kernel has. */
static void make_guest(struct fixture *f)
{
	static const struct controller_ids platform = { 0x5853, 0x0001, 0x5853,
							0x0001 };

	fixture_file(f, "/sys/hypervisor/type", "xen\n");
	fixture_file(f, "/sys/hypervisor/guest_type", "HVM\n");
	fixture_folder(f, "/sys/bus/xen/devices");
	fixture_folder(f, "/sys/bus/xen/drivers/vbd");
	fixture_folder(f, "/sys/bus/scsi/devices");
	fixture_file(f, "/sys/bus/pci/drivers_probe", "");
	fixture_folder(f, "/sys/block");
	fixture_pci(f, "0000:00:02.0", &platform, "xen-platform-pci");
	fixture_file(f, "/dev/kmsg", "");
	fixture_folder(f, "/run");
	fixture_cmdline(f, "root=LABEL=/ ro");
}

int fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f)
		return -1;
	strcpy(f->dir, P_tmpdir "/pvroot-unit-XXXXXX");
	if (!mkdtemp(f->dir) || sys_open(&f->sys, f->dir)) {
		free(f);
		return -1;
	}
	f->owner = getpid();
	f->now_us = 1000000;
	current = f;
	make_guest(f);
	*state = f;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	current = NULL;
	sys_close(&f->sys);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

int fixture_run(struct fixture *f,
		int (*command)(const struct sys *sys, int argc, char **argv),
		const char *const *argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	f->out[0] = f->err[0] = '\0';
	fflush(NULL); /* or a child would print cmocka's output again */
	f->status = command(&f->sys, argc, (char **)argv);
	fixture_read(f, "/dev/kmsg", f->kmsg, sizeof(f->kmsg));
	fixture_read(f, "/run/pvroot/report.json", f->report,
		     sizeof(f->report));
	return f->status;
}

int fixture_boot(struct fixture *f)
{
	static const char *const argv[] = { "boot", NULL };

	return fixture_run(f, cmd_boot, argv);
}
