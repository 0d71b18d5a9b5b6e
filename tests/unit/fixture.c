// SPDX-License-Identifier: GPL-2.0-or-later
/* The fake root in a temporary directory, and a run of pvroot on it. Touches
 * that directory only. */
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

	snprintf(full, sizeof(full), "%s/dev", f->dir);
	sum = 0;
	nftw(full, sum_one, 16, FTW_PHYS);
	return sum;
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
	fixture_modern(f);
	*state = f;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;

	current = NULL;
	sys_close(&f->sys);
	fixture_remove(f, "");
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

int fixture_twin_command(struct fixture *f, const char *mode,
			 const char *device)
{
	const char *const with[] = { "twin", mode, device, NULL };
	const char *const without[] = { "twin", device, NULL };

	f->writes = 0;
	fixture_file(f, "/dev/kmsg", "");
	return fixture_run(f, cmd_twin, mode ? with : without);
}
