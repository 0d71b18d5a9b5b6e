// SPDX-License-Identifier: GPL-2.0-or-later
/* Two disks hold the same bytes, or it is said where they do not. */
#include <errno.h>

#include "fixture.h"
#include "twin/content.h"

static const struct image slash = {
	.part = { { "ext3", "/", 0, 0 }, { "swap", 0, 0, 0 } },
};
static const struct image blank = { .sectors = IMAGE_SECTORS };
static const struct image bigger = {
	.sectors = IMAGE_SECTORS + 1,
	.part = { { "ext3", "/", 0, 0 }, { "swap", 0, 0, 0 } },
};
static const struct image tiny = { .sectors = 4 };
static const struct image small = { .sectors = 40 };

static void add(struct fixture *f, const struct image *a, const struct image *b)
{
	fixture_pv(f, "xvda", 51712, a);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, b);
}

static int compare(struct fixture *f, uint64_t *where)
{
	return content_compare(&f->sys, "xvda", "sda", where);
}

static void copies_are_the_same(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &slash, &slash);
	assert_int_equal(compare(f, &where), CONTENT_SAME);
}

static void one_sector_more_is_another_size(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &slash, &bigger);
	assert_int_equal(compare(f, &where), CONTENT_SIZE);
}

/* Each sampled place in turn: first and last byte of a page of it. */
static void one_byte_in_any_sampled_block_makes_the_difference(void **state)
{
	static const uint64_t size = 512ULL * IMAGE_SECTORS;
	const uint64_t blocks[] = {
		0,
		4096,
		32768,
		65536,
		69632,
		512ULL * IMAGE_START,
		512ULL * IMAGE_START + 65536,
		512ULL * IMAGE_START + 69632,
		512ULL * (IMAGE_START + IMAGE_LENGTH),
		size / 4,
		size / 2,
		size / 4 * 3,
		size - 8192,
		size - 4096,
	};
	struct fixture *f = *state;
	uint64_t where;
	size_t i;

	add(f, &slash, &slash);
	for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		uint64_t byte = blocks[i] + (i % 2 ? 4095 : 0);

		fixture_poke(f, "sda", byte);
		assert_int_equal(compare(f, &where), CONTENT_DIFFERENT);
		assert_int_equal(where, byte - byte % sizeof(long));
		fixture_poke(f, "sda", byte);
	}
	assert_int_equal(compare(f, &where), CONTENT_SAME);
}

static void blank_disks_prove_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &blank, &blank);
	assert_int_equal(compare(f, &where), CONTENT_BLANK);
	fixture_poke(f, "xvda", 0);
	fixture_poke(f, "sda", 0);
	assert_int_equal(compare(f, &where), CONTENT_SAME);
}

static void a_disk_of_less_than_a_block_proves_nothing(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &tiny, &tiny);
	fixture_poke(f, "xvda", 0);
	fixture_poke(f, "sda", 0);
	assert_int_equal(compare(f, &where), CONTENT_BLANK);
}

/* All of it is less than what is read of a larger one's head. */
static void a_small_disk_is_compared_to_its_end(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &small, &small);
	fixture_poke(f, "xvda", 512 * 40 - 8);
	assert_int_equal(compare(f, &where), CONTENT_DIFFERENT);
	assert_int_equal(where, 512 * 40 - 8);
	fixture_poke(f, "sda", 512 * 40 - 8);
	assert_int_equal(compare(f, &where), CONTENT_SAME);
}

static void what_cannot_be_read_is_no_proof(void **state)
{
	struct fixture *f = *state;
	uint64_t where;

	add(f, &slash, &slash);
	fixture_fail_open(f, "sda", -EIO);
	assert_int_equal(compare(f, &where), -EIO);
	f->fails = 0;
	fixture_fail_open(f, "xvda", -ENXIO);
	assert_int_equal(compare(f, &where), -ENXIO);
	f->fails = 0;
	fixture_remove(f, "/dev/sda");
	assert_int_equal(compare(f, &where), -ENOENT);
	fixture_folder(f, "/dev/sda");
	assert_int_equal(compare(f, &where), -ENOTBLK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(copies_are_the_same),
		FIXTURE_TEST(one_sector_more_is_another_size),
		FIXTURE_TEST(
			one_byte_in_any_sampled_block_makes_the_difference),
		FIXTURE_TEST(blank_disks_prove_nothing),
		FIXTURE_TEST(a_disk_of_less_than_a_block_proves_nothing),
		FIXTURE_TEST(a_small_disk_is_compared_to_its_end),
		FIXTURE_TEST(what_cannot_be_read_is_no_proof),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
