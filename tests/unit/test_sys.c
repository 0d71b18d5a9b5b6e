// SPDX-License-Identifier: GPL-2.0-or-later
/* The door to the kernel: files below a root, nodes, and disks. The real
 * functions are called, past the simulated kernel; as root also with real
 * nodes, in the fixture's own /dev. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fixture.h"

int __real_sys_read(const struct sys *sys, const char *path, char *buf,
		    size_t size);
int __real_sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
		    void *ctx);
int __real_sys_write(const struct sys *sys, const char *path, const char *text);
int __real_sys_readlink(const struct sys *sys, const char *path, char *buf,
			size_t size);
int __real_sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
			 enum sys_open_mode mode);
int __real_sys_disk_read(int fd, uint64_t off, void *buf, size_t len);
int __real_sys_make_node(const struct sys *sys, const char *name, dev_t devno);

#define LONG_NAME 600 /* more than SYS_PATH_SIZE */

static char *long_name(void)
{
	static char name[LONG_NAME + 1];

	memset(name, 'a', LONG_NAME);
	return name;
}

/* The same folder, taken for the root of a running system. */
static struct sys in_earnest(const struct fixture *f)
{
	return (struct sys){ .root = f->sys.root, .fixture = false };
}

static void holds(struct fixture *f, const char *path, const char *want)
{
	char text[64];

	assert_true(fixture_exists(f, path));
	fixture_read(f, path, text, sizeof(text));
	assert_string_equal(text, want);
}

/* ---- files ---- */

static void a_file_that_does_not_fit_is_told_and_what_fits_is_read(void **state)
{
	struct fixture *f = *state;
	char buf[8];

	fixture_file(f, "/run/fits", "1234567");
	assert_int_equal(__real_sys_read(&f->sys, "/run/fits", buf, 8), 7);
	assert_string_equal(buf, "1234567");
	fixture_file(f, "/run/not", "12345678");
	assert_int_equal(__real_sys_read(&f->sys, "/run/not", buf, 8), -EFBIG);
	assert_string_equal(buf, "1234567");
	assert_int_equal(__real_sys_read(&f->sys, "/run", buf, 8), -EISDIR);
	assert_int_equal(__real_sys_read(&f->sys, "/none", buf, 8), -ENOENT);
}

static void a_file_is_replaced_whole_or_stays_as_it_was(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "/run/x", "old");
	assert_int_equal(sys_replace(&f->sys, "/run/x", "new", 3), 0);
	holds(f, "/run/x", "new");
	assert_false(fixture_exists(f, "/run/x.new"));
	fixture_file(f, "/run/folder/in", "");
	assert_int_equal(sys_replace(&f->sys, "/run/folder", "x", 1), -EISDIR);
	assert_true(fixture_exists(f, "/run/folder/in"));
	assert_false(fixture_exists(f, "/run/folder.new"));
	assert_int_equal(sys_replace(&f->sys, "/none/x", "x", 1), -ENOENT);
	assert_int_equal(sys_replace(&f->sys, long_name(), "x", 1),
			 -ENAMETOOLONG);
}

/* Somebody else's link must not lead a write out of the folder. */
static void a_link_is_not_written_through(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "/etc/victim", "old");
	fixture_link(f, "/run/x.new", "../etc/victim");
	assert_int_equal(sys_replace(&f->sys, "/run/x", "new", 3), -ELOOP);
	fixture_link(f, "/run/log", "../etc/victim");
	assert_int_equal(sys_append(&f->sys, "/run/log", "new"), -ELOOP);
	holds(f, "/etc/victim", "old");
}

static void lines_are_added_at_the_end(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(sys_append(&f->sys, "/run/log", "a\n"), 0);
	assert_int_equal(sys_append(&f->sys, "/run/log", "b\n"), 0);
	holds(f, "/run/log", "a\nb\n");
	assert_int_equal(sys_append(&f->sys, "/none/log", "a"), -ENOENT);
}

/* sysfs: a file that is not there must not be made. */
static void an_attribute_is_written_only_where_it_exists(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(__real_sys_write(&f->sys, "/run/x", "1"), -ENOENT);
	assert_false(fixture_exists(f, "/run/x"));
	fixture_file(f, "/run/x", "");
	assert_int_equal(__real_sys_write(&f->sys, "/run/x", "1"), 0);
	holds(f, "/run/x", "1");
}

static void a_write_that_does_not_arrive_is_an_error(void **state)
{
	struct sys sys;

	(void)state;
	assert_int_equal(sys_open(&sys, NULL), 0);
	assert_int_equal(__real_sys_write(&sys, "/dev/full", "x"), -ENOSPC);
	assert_int_equal(sys_append(&sys, "/dev/full", "x"), -ENOSPC);
	sys_close(&sys);
	assert_int_equal(sys.root, -1);
}

static void a_root_that_is_no_folder_is_refused(void **state)
{
	struct fixture *f = *state;
	char path[FIXTURE_PATH + 64];
	struct sys sys;

	fixture_file(f, "/run/x", "");
	snprintf(path, sizeof(path), "%s/run/x", f->dir);
	assert_int_equal(sys_open(&sys, path), -ENOTDIR);
	snprintf(path, sizeof(path), "%s/none", f->dir);
	assert_int_equal(sys_open(&sys, path), -ENOENT);
}

static void a_folder_may_be_there_already(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(sys_mkdir(&f->sys, "/run/a"), 0);
	assert_int_equal(sys_mkdir(&f->sys, "/run/a"), 0);
	assert_int_equal(sys_mkdir(&f->sys, "/none/a"), -ENOENT);
}

/* Only a clear ENOENT means that it is gone. */
static void what_cannot_be_looked_at_counts_as_there(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "/run/file", "");
	fixture_link(f, "/run/loop", "loop");
	fixture_link(f, "/run/dangling", "none");
	assert_true(sys_exists(&f->sys, "/run/file/below"));
	assert_true(sys_exists(&f->sys, "/run/loop"));
	assert_true(sys_exists(&f->sys, long_name()));
	assert_false(sys_exists(&f->sys, "/run/dangling"));
	assert_false(sys_exists(&f->sys, "/run/none"));
}

static void a_link_that_does_not_fit_is_not_cut(void **state)
{
	struct fixture *f = *state;
	char buf[8] = "before";

	fixture_link(f, "/run/fits", "123456");
	assert_int_equal(__real_sys_readlink(&f->sys, "/run/fits", buf, 8), 6);
	assert_string_equal(buf, "123456");
	fixture_link(f, "/run/not", "1234567");
	assert_int_equal(__real_sys_readlink(&f->sys, "/run/not", buf, 8),
			 -ENAMETOOLONG);
	assert_string_equal(buf, "");
	assert_int_equal(__real_sys_readlink(&f->sys, "/run", buf, 8), -EINVAL);
}

static int stop_at_the_third(const char *name, void *ctx)
{
	unsigned int *seen = ctx;

	assert_true(name[0] != '.');
	return ++*seen == 3 ? 42 : 0;
}

static void a_walk_ends_where_it_is_told_to(void **state)
{
	struct fixture *f = *state;
	unsigned int seen = 0, none = 0;

	fixture_file(f, "/run/w/a", "");
	fixture_file(f, "/run/w/b", "");
	assert_int_equal(
		__real_sys_list(&f->sys, "/run/w", stop_at_the_third, &seen),
		0);
	assert_int_equal(seen, 2);
	fixture_file(f, "/run/w/c", "");
	fixture_file(f, "/run/w/d", "");
	seen = 0;
	assert_int_equal(
		__real_sys_list(&f->sys, "/run/w", stop_at_the_third, &seen),
		42);
	assert_int_equal(seen, 3);
	assert_int_equal(
		__real_sys_list(&f->sys, "/run/w/a", stop_at_the_third, &none),
		-ENOTDIR);
	assert_int_equal(
		__real_sys_list(&f->sys, "/none", stop_at_the_third, &none),
		-ENOENT);
	assert_int_equal(none, 0);
}

/* ---- the kernel log ---- */

static void a_line_for_the_log_is_one_record_with_its_level(void **state)
{
	struct fixture *f = *state;
	char line[2000];

	assert_int_equal(sys_kmsg(&f->sys, 4, "hello"), 0);
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	assert_true(sys_kmsg(&f->sys, 4, line) < 0);
	holds(f, "/dev/kmsg", "<4>hello\n");
	fixture_remove(f, "/dev/kmsg");
	assert_int_equal(sys_kmsg(&f->sys, 4, "hello"), -ENOENT);
	assert_false(fixture_exists(f, "/dev/kmsg"));
}

/* ---- nodes and disks ---- */

static void nothing_is_read_beyond_the_end_of_a_disk(void **state)
{
	struct fixture *f = *state;
	char buf[16];
	uint64_t size;
	int fd;

	fixture_file(f, "/dev/disk0", "0123456789abcdef");
	fd = __real_sys_disk_open(&f->sys, "disk0", 0, SYS_SHARED);
	assert_true(fd >= 0);
	assert_int_equal(sys_disk_size(fd, &size), 0);
	assert_int_equal(size, 16);
	assert_int_equal(sys_disk_sector_size(fd), 512);
	assert_int_equal(__real_sys_disk_read(fd, 4, buf, 12), 0);
	assert_memory_equal(buf, "456789abcdef", 12);
	assert_int_equal(__real_sys_disk_read(fd, 4, buf, 13), -EIO);
	assert_int_equal(__real_sys_disk_read(fd, 1ULL << 40, buf, 1), -EIO);
	sys_fd_close(fd);
	assert_int_equal(__real_sys_disk_read(fd, 0, buf, 1), -EBADF);
	assert_int_equal(sys_disk_size(fd, &size), -EBADF);
}

static void a_folder_is_no_disk(void **state)
{
	struct fixture *f = *state;
	uint64_t size;
	int fd = sys_file_open(&f->sys, "/dev");

	assert_true(fd >= 0);
	assert_int_equal(sys_disk_size(fd, &size), -ENOTBLK);
	sys_fd_close(fd);
	assert_int_equal(
		__real_sys_disk_open(&f->sys, long_name(), 0, SYS_SHARED),
		-ENAMETOOLONG);
}

static int no_temporary_node(const char *name, void *ctx)
{
	(void)ctx;
	return strncmp(name, ".pvroot", 7) ? 0 : -EEXIST;
}

static void tidy(struct fixture *f)
{
	assert_int_equal(
		__real_sys_list(&f->sys, "/dev", no_temporary_node, NULL), 0);
}

/* On a fixture a number means nothing: no node is made for it. */
static void a_fixture_gets_no_nodes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(__real_sys_disk_open(&f->sys, "none", makedev(1, 0),
					      SYS_SHARED),
			 -ENOENT);
	tidy(f);
	assert_int_equal(__real_sys_make_node(&f->sys, "none", 1), -ENOENT);
	fixture_file(f, "/dev/there", "");
	assert_int_equal(__real_sys_make_node(&f->sys, "there", 1), 0);
	assert_int_equal(__real_sys_make_node(&f->sys, long_name(), 1),
			 -ENAMETOOLONG);
}

/* 240 to 254 are for local use, so no driver is behind it. */
#define NOBODY makedev(240, 250)

static void a_disk_without_a_node_is_opened_by_a_temporary_one(void **state)
{
	struct fixture *f = *state;
	struct sys sys = in_earnest(f);
	char stale[64];
	int fd;

	if (geteuid())
		skip();
	/* What a run with this process id has left. */
	snprintf(stale, sizeof(stale), "/dev/.pvroot-%d", (int)getpid());
	fixture_file(f, stale, "");
	fd = __real_sys_disk_open(&sys, "none", NOBODY, SYS_SHARED);
	if (fd == -EPERM)
		skip(); /* in a container */
	assert_int_equal(fd, -ENXIO);
	tidy(f);
	assert_int_equal(__real_sys_disk_open(&sys, "none", 0, SYS_SHARED),
			 -ENOENT);
}

static void a_node_is_made_and_removed_and_nothing_else_is(void **state)
{
	struct fixture *f = *state;
	struct sys sys = in_earnest(f);
	char path[FIXTURE_PATH];
	struct stat st;

	fixture_file(f, "/dev/file", "");
	assert_int_equal(sys_remove_node(&sys, "file"), -ENOTBLK);
	assert_true(fixture_exists(f, "/dev/file"));
	assert_int_equal(sys_remove_node(&f->sys, "file"), 0);
	assert_false(fixture_exists(f, "/dev/file"));
	assert_int_equal(sys_remove_node(&sys, "none"), -ENOENT);
	assert_int_equal(sys_remove_node(&sys, long_name()), -ENAMETOOLONG);
	if (geteuid() || __real_sys_make_node(&sys, "node", NOBODY) == -EPERM)
		skip();
	snprintf(path, sizeof(path), "%s/dev/node", f->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISBLK(st.st_mode) && st.st_rdev == NOBODY);
	assert_int_equal(sys_remove_node(&sys, "node"), 0);
	assert_int_equal(stat(path, &st), -1);
}

/* A link of udev's to a disk: the link's target is not the node. */
static void a_link_to_a_node_is_no_node(void **state)
{
	struct fixture *f = *state;
	struct sys sys = in_earnest(f);

	if (geteuid() || __real_sys_make_node(&sys, "node", NOBODY) == -EPERM)
		skip();
	assert_int_equal(sys_link(&sys, "node", "/dev/link"), 0);
	assert_int_equal(sys_link(&sys, "node", "/dev/link"), -EEXIST);
	assert_int_equal(sys_remove_node(&sys, "link"), -ENOTBLK);
	assert_true(fixture_exists(f, "/dev/link"));
	assert_int_equal(sys_remove_node(&sys, "node"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(
			a_file_that_does_not_fit_is_told_and_what_fits_is_read),
		FIXTURE_TEST(a_file_is_replaced_whole_or_stays_as_it_was),
		FIXTURE_TEST(a_link_is_not_written_through),
		FIXTURE_TEST(lines_are_added_at_the_end),
		FIXTURE_TEST(an_attribute_is_written_only_where_it_exists),
		FIXTURE_TEST(a_write_that_does_not_arrive_is_an_error),
		FIXTURE_TEST(a_root_that_is_no_folder_is_refused),
		FIXTURE_TEST(a_folder_may_be_there_already),
		FIXTURE_TEST(what_cannot_be_looked_at_counts_as_there),
		FIXTURE_TEST(a_link_that_does_not_fit_is_not_cut),
		FIXTURE_TEST(a_walk_ends_where_it_is_told_to),
		FIXTURE_TEST(a_line_for_the_log_is_one_record_with_its_level),
		FIXTURE_TEST(nothing_is_read_beyond_the_end_of_a_disk),
		FIXTURE_TEST(a_folder_is_no_disk),
		FIXTURE_TEST(a_fixture_gets_no_nodes),
		FIXTURE_TEST(
			a_disk_without_a_node_is_opened_by_a_temporary_one),
		FIXTURE_TEST(a_node_is_made_and_removed_and_nothing_else_is),
		FIXTURE_TEST(a_link_to_a_node_is_no_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
