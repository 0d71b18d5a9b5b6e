// SPDX-License-Identifier: GPL-2.0-or-later
/* Archives of initrds, sound and broken ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin/bootcfg/cpio.h"
#include "archive.h"

/* What the reader was shown. */
struct shown {
	char names[4096], taken[4096];
	unsigned int count, takes;
	uint32_t mode;
	uint64_t size;
};

static struct archive archive;

static bool want(const struct cpio_entry *entry, void *ctx)
{
	struct shown *shown = ctx;

	strcat(strcat(shown->names, entry->name), "\n");
	shown->count++;
	shown->mode = entry->mode;
	shown->size = entry->size;
	return strncmp(entry->name, "not", 3) != 0;
}

static void take(const struct cpio_entry *entry, char *content, void *ctx)
{
	struct shown *shown = ctx;

	assert_int_equal(strlen(content), entry->size);
	strncat(shown->taken, content, 100);
	shown->takes++;
}

static int read_all(struct shown *shown, uint64_t limit)
{
	const struct cpio_reader reader = { want, take, shown };
	struct stream *s = malloc(sizeof(*s));
	int fd = archive_open(&archive), err;

	memset(shown, 0, sizeof(*shown));
	stream_open(s, fd, limit, UINT64_MAX);
	err = cpio_read(s, &reader);
	free(s);
	close(fd);
	return err;
}

static int reads(struct shown *shown)
{
	return read_all(shown, 1 << 20);
}

static int begin(void **state)
{
	(void)state;
	archive.len = 0;
	return 0;
}

static void each_file_is_shown_with_mode_and_size(void **state)
{
	struct shown shown;

	(void)state;
	archive_add_raw(&archive, 040755, "etc", 4, "", 0);
	archive_add(&archive, "etc/one", "12345");
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_string_equal(shown.names, "etc\netc/one\n");
	assert_int_equal(shown.mode, 0100644);
	assert_int_equal(shown.size, 5);
	assert_string_equal(shown.taken, "12345");
}

static void leading_slashes_and_dots_do_not_count(void **state)
{
	struct shown shown;

	(void)state;
	archive_add(&archive, "/a", "");
	archive_add(&archive, "./b", "");
	archive_add(&archive, "/.//./c", "");
	archive_add(&archive, ".d", "");
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_string_equal(shown.names, "a\nb\nc\n.d\n");
}

static void only_wanted_content_is_handed_over(void **state)
{
	struct shown shown;

	(void)state;
	archive_add(&archive, "not this", "secret");
	archive_add(&archive, "yes", "open");
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_int_equal(shown.takes, 1);
	assert_string_equal(shown.taken, "open");
}

/* It is noted, and what follows it is still found. */
static void content_beyond_the_limit_is_passed_over(void **state)
{
	static char large[CPIO_KEEP_SIZE + 2];
	struct shown shown;

	(void)state;
	memset(large, 'x', CPIO_KEEP_SIZE + 1);
	archive_add(&archive, "large", large);
	archive_add(&archive, "next", "here");
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_string_equal(shown.names, "large\nnext\n");
	assert_string_equal(shown.taken, "here");
}

static void the_largest_content_that_is_kept_comes_whole(void **state)
{
	static char large[CPIO_KEEP_SIZE + 1];
	struct shown shown;

	(void)state;
	memset(large, 'x', CPIO_KEEP_SIZE);
	archive_add(&archive, "large", large);
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_int_equal(shown.takes, 1);
}

static void it_stops_behind_the_trailer(void **state)
{
	struct shown shown;

	(void)state;
	archive_add(&archive, "one", "");
	archive_end(&archive);
	archive_add(&archive, "two", "");
	assert_int_equal(reads(&shown), 0);
	assert_string_equal(shown.names, "one\n");
}

/* Cut off at every byte. */
static void an_archive_that_ends_too_early_is_refused(void **state)
{
	struct shown shown;
	size_t whole;

	(void)state;
	archive_add(&archive, "etc/one", "12345");
	archive_end(&archive);
	whole = archive.len;
	/* The zeros behind the last name are part of the archive. */
	for (archive.len = 0; archive.len < whole; archive.len++)
		assert_int_equal(reads(&shown), -EUCLEAN);
	assert_int_equal(reads(&shown), 0);
}

static void a_header_with_a_bad_number_or_magic_is_refused(void **state)
{
	static const size_t bad[] = { 0, 5, 14, 54, 61, 94 };
	struct shown shown;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		archive.len = 0;
		archive_add(&archive, "one", "12345");
		archive_end(&archive);
		archive.bytes[bad[i]] = 'g';
		assert_int_equal(reads(&shown), -EUCLEAN);
		assert_int_equal(shown.count, 0);
	}
}

static void sizes_beyond_the_end_are_refused(void **state)
{
	static const size_t fields[] = { 54, 94 }; /* content, name */
	struct shown shown;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		archive.len = 0;
		archive_add(&archive, "one", "12345");
		archive_end(&archive);
		memcpy(archive.bytes + fields[i], "ffffffff", 8);
		assert_int_equal(reads(&shown), -EUCLEAN);
		assert_int_equal(shown.takes, 0);
	}
}

static void a_name_without_bytes_is_refused(void **state)
{
	struct shown shown;

	(void)state;
	archive_add_raw(&archive, 0100644, "", 0, "x", 1);
	archive_end(&archive);
	assert_int_equal(reads(&shown), -EUCLEAN);
}

static void a_name_may_have_4095_bytes(void **state)
{
	static char name[CPIO_NAME_SIZE + 2];
	struct shown shown;

	(void)state;
	memset(name, 'n', CPIO_NAME_SIZE - 1);
	archive_add(&archive, name, "");
	archive_end(&archive);
	/* The last one does not fit here with its newline. */
	archive.bytes[110 + 4000] = '\0';
	assert_int_equal(reads(&shown), 0);
	assert_int_equal(strlen(shown.names), 4001);
	memset(name, 'n', CPIO_NAME_SIZE);
	archive.len = 0;
	archive_add(&archive, name, "");
	archive_end(&archive);
	assert_int_equal(reads(&shown), -EUCLEAN);
}

static void a_name_without_NUL_ends_at_its_size(void **state)
{
	struct shown shown;

	(void)state;
	archive_add_raw(&archive, 0100644, "abcdef", 4, "", 0);
	archive_end(&archive);
	assert_int_equal(reads(&shown), 0);
	assert_string_equal(shown.names, "abc\n");
}

static void more_bytes_than_allowed_are_too_many(void **state)
{
	struct shown shown;

	(void)state;
	archive_add(&archive, "one", "12345");
	archive_end(&archive);
	assert_int_equal(read_all(&shown, archive.len), 0);
	assert_int_equal(read_all(&shown, archive.len - 1), -EFBIG);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_file_is_shown_with_mode_and_size),
		TEST(leading_slashes_and_dots_do_not_count),
		TEST(only_wanted_content_is_handed_over),
		TEST(content_beyond_the_limit_is_passed_over),
		TEST(the_largest_content_that_is_kept_comes_whole),
		TEST(it_stops_behind_the_trailer),
		TEST(an_archive_that_ends_too_early_is_refused),
		TEST(a_header_with_a_bad_number_or_magic_is_refused),
		TEST(sizes_beyond_the_end_are_refused),
		TEST(a_name_without_bytes_is_refused),
		TEST(a_name_may_have_4095_bytes),
		TEST(a_name_without_NUL_ends_at_its_size),
		TEST(more_bytes_than_allowed_are_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
