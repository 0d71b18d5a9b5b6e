// SPDX-License-Identifier: GPL-2.0-or-later
/* Files of a fake root. Touches what is below its directory only. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

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

void fixture_leads(struct fixture *f, const char *path, char link[FIXTURE_PATH])
{
	char full[FIXTURE_PATH];
	ssize_t len;

	host_path(f, full, path);
	len = readlink(full, link, FIXTURE_PATH - 1);
	link[len < 0 ? 0 : len] = '\0';
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
