// SPDX-License-Identifier: GPL-2.0-or-later
/* /proc/partitions: the same partitions that sysfs would give, disk by disk. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "dev/listing.h"
#include "fixture.h"

#define HEADING "major minor  #blocks  name\n\n"

static struct listing listing;
static struct partitions parts;

static int read_listing(struct fixture *f, const char *text)
{
	fixture_file(f, "/proc/partitions", text);
	return listing_read(&listing, &f->sys);
}

static int parts_of(const char *disk)
{
	int rc;

	partitions_free(&parts);
	rc = listing_partitions(&listing, disk, &parts);
	return rc ? rc : (int)parts.count;
}

static void clear(void)
{
	partitions_free(&parts);
	listing_free(&listing);
}

static void partitions_are_told_from_disks(void **state)
{
	assert_int_equal(
		read_listing(
			*state, HEADING
			" 202        0   20971520 xvda\n"
			" 202        1    1048576 xvda1\n"
			" 202       15         10 xvda15\n"
			"   7        1          1 loop1\n"
			"   7       10          1 loop10\n"
			" 259        0  100000000 nvme0n1\n"
			" 259        1  100000000 nvme0n1p1\n"
			" 202    26368       1024 xvdb7\n" /* a vbd itself */
			" 202    26380       1024 xvdaa\n"
			" 202    26381       1024 xvdaa2\n"),
		0);
	assert_int_equal(parts_of("xvda"), 2);
	assert_string_equal(parts.at[0].name, "xvda1");
	assert_int_equal(parts.at[0].number, 1);
	assert_string_equal(parts.at[1].name, "xvda15");
	assert_int_equal(parts.at[1].number, 15);
	assert_int_equal(parts_of("loop1"), 0);
	assert_int_equal(parts_of("loop10"), 0);
	assert_int_equal(parts_of("nvme0n1"), 1);
	assert_int_equal(parts.at[0].number, 1);
	assert_int_equal(parts_of("xvdb7"), 0);
	assert_int_equal(parts_of("xvdaa"), 1);
	assert_int_equal(parts_of("xvda1"), -ENOENT);
	assert_int_equal(parts_of("sda"), -ENOENT);
	clear();
}

static void a_listing_of_any_length_is_read_whole(void **state)
{
	static char text[2000 * 40];
	size_t len = (size_t)sprintf(text, HEADING);
	char name[16];

	for (int i = 0; i < 1500; i++)
		len += (size_t)sprintf(text + len, " 202 %8d       1024 x%dd\n",
				       i, i);
	assert_int_equal(read_listing(*state, text), 0);
	for (int i = 0; i < 1500; i++) {
		sprintf(name, "x%dd", i);
		assert_int_equal(parts_of(name), 0);
	}
	assert_int_equal(parts_of("x1500d"), -ENOENT);
	clear();
}

static void what_is_no_listing_lists_nothing(void **state)
{
	struct fixture *f = *state;
	static const char *const odd[] = {
		"", "\n\n\n", HEADING, "x", " 1 2 3 xvda", "\n 1 2 3 \n",
	};

	assert_int_equal(listing_read(&listing, &f->sys), -ENOENT);
	assert_int_equal(parts_of("xvda"), -ENOENT);
	clear();
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		assert_int_equal(read_listing(f, odd[i]), 0);
		assert_int_equal(parts_of("xvda"), -ENOENT);
		assert_int_equal(parts_of(""), -ENOENT);
		clear();
	}
}

static void a_name_too_long_is_left_out(void **state)
{
	assert_int_equal(
		read_listing(*state,
			     " 1 2 3 abcdefghijklmnopqrstuvwxyzabcd\n"
			     " 1 2 3 abcdefghijklmnopqrstuvwxyzabcd1\n"
			     " 1 2 3 abcdefghijklmnopqrstuvwxyzabcd12\n"),
		0);
	assert_int_equal(parts_of("abcdefghijklmnopqrstuvwxyzabcd"), 1);
	clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(partitions_are_told_from_disks),
		FIXTURE_TEST(a_listing_of_any_length_is_read_whole),
		FIXTURE_TEST(what_is_no_listing_lists_nothing),
		FIXTURE_TEST(a_name_too_long_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
