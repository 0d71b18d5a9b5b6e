// SPDX-License-Identifier: GPL-2.0-or-later
/* Partition tables: what the kernel and libblkid would number and name, and
 * tables made to lead a reader astray. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/crc.h"
#include "golden.h"

#define MIB (1024 * 1024ULL)
#define MAX 300

static struct golden g;
static struct part_entry list[MAX];
static size_t count;

static int collect(const struct part_entry *entry, void *ctx)
{
	(void)ctx;
	assert_in_range(count, 0, MAX - 1);
	list[count++] = *entry;
	return 0;
}

static int walk(void)
{
	count = 0;
	return part_walk(&g.bytes, collect, NULL);
}

static void le(uint8_t *p, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

struct slot {
	uint8_t type;
	uint32_t start, size;
};

static void put_table(uint64_t sector, const struct slot slot[4])
{
	uint8_t bytes[72] = { 0 };

	le(bytes, 0xcafe0042, 4);
	for (int i = 0; i < 4; i++) {
		bytes[6 + 16 * i + 4] = slot[i].type;
		le(bytes + 6 + 16 * i + 8, slot[i].start, 4);
		le(bytes + 6 + 16 * i + 12, slot[i].size, 4);
	}
	bytes[70] = 0x55;
	bytes[71] = 0xaa;
	golden_put(&g, sector + 440, bytes, sizeof(bytes));
}

static void primary_partitions_keep_their_slot_numbers(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){
			     { 0x83, 2048, 100 }, { 0 }, { 0x82, 4096, 200 } });
	assert_int_equal(walk(), PART_MBR);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].number, 1);
	assert_int_equal(list[0].start, 2048);
	assert_int_equal(list[0].size, 100);
	assert_string_equal(list[0].uuid, "cafe0042-01");
	assert_int_equal(list[1].number, 3);
	assert_string_equal(list[1].uuid, "cafe0042-03");
	assert_string_equal(list[1].name, "");
}

static void starts_and_sizes_are_in_512_bytes_whatever_the_sector(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	g.bytes.sector_size = 4096;
	put_table(0, (struct slot[4]){ { 0x83, 256, 100 }, { 5, 1000, 3000 } });
	put_table(1000 * 4096, (struct slot[4]){ { 0x83, 8, 10 } });
	assert_int_equal(walk(), PART_MBR);
	assert_int_equal(count, 3);
	assert_int_equal(list[0].start, 2048);
	assert_int_equal(list[0].size, 800);
	assert_int_equal(list[2].number, 5);
	assert_int_equal(list[2].start, 8064);
}

static void logical_partitions_are_numbered_along_the_chain(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 5, 1000, 60000 }, { 0x83, 100, 10 } });
	put_table(1000 * 512,
		  (struct slot[4]){ { 0x83, 10, 100 }, { 5, 500, 500 } });
	put_table(1500 * 512, (struct slot[4]){ { 0 }, { 0x85, 2000, 500 } });
	put_table(3000 * 512, (struct slot[4]){ { 0x82, 20, 200 } });
	assert_int_equal(walk(), PART_MBR);
	assert_int_equal(count, 4);
	assert_int_equal(list[2].number, 5);
	assert_int_equal(list[2].start, 1010);
	assert_int_equal(list[3].number, 6);
	assert_int_equal(list[3].start, 3020);
	assert_string_equal(list[3].uuid, "cafe0042-06");
}

static void a_chain_that_bites_its_tail_ends(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 5, 1000, 60000 } });
	put_table(1000 * 512,
		  (struct slot[4]){ { 0x83, 10, 100 }, { 5, 500, 500 } });
	put_table(1500 * 512,
		  (struct slot[4]){ { 0x83, 10, 100 }, { 5, 500, 500 } });
	assert_int_equal(walk(), PART_MBR);
	assert_int_equal(count, 3);
	assert_in_range(g.reads, 3, 200);
}

static void an_extended_partition_at_zero_or_beyond_holds_nothing(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 5, 0, 60000 },
				       { 5, 0xffffffff, 0xffffffff },
				       { 15, 131072, 1 } });
	assert_int_equal(walk(), PART_MBR);
	assert_int_equal(count, 3);
}

static void a_disk_without_signature_has_no_partuuid(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 0x83, 2048, 100 } });
	golden_put(&g, 440, "\0\0\0\0", 4);
	assert_int_equal(walk(), PART_MBR);
	assert_string_equal(list[0].uuid, "");
}

static void what_is_no_table_is_not_taken_for_one(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	assert_int_equal(walk(), PART_NONE);
	put_table(0, (struct slot[4]){ { 0x83, 2048, 100 } });
	golden_put(&g, 446, "\x01", 1); /* neither 00 nor 80 */
	assert_int_equal(walk(), PART_NONE);
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 0x83, 2048, 100 } });
	golden_put(&g, 3, "NTFS    ", 8);
	assert_int_equal(walk(), PART_NONE);
	golden_blank(&g, 64 * MIB);
	put_table(0, (struct slot[4]){ { 0xee, 1, 0xffffffff } });
	assert_int_equal(walk(), PART_NONE); /* protective, of nothing */
	assert_int_equal(count, 0);
	golden_blank(&g, 511);
	assert_int_equal(walk(), PART_NONE);
}

/* A GPT with header at sector self and table at sector table. */
struct gpt {
	uint64_t self, table, first, last;
	uint32_t entries;
};

static uint8_t entries[4 * 128];

static void fill_entries(void)
{
	static const char name[] = "r\0o\0o\0t\0 \0\x3d\xd8\x00\xde";

	memset(entries, 0, sizeof(entries));
	for (int i = 0; i < 16; i++)
		entries[i] = entries[256 + i] = (uint8_t)(0x11 + i);
	for (int i = 0; i < 16; i++)
		entries[16 + i] = entries[256 + 16 + i] = (uint8_t)i;
	le(entries + 32, 100, 8);
	le(entries + 40, 199, 8);
	memcpy(entries + 56, name, sizeof(name) - 1);
	le(entries + 256 + 32, 200, 8);
	le(entries + 256 + 40, 200, 8);
	entries[256 + 31] = 0xff;
}

static void put_gpt(const struct gpt *gpt, uint32_t sector)
{
	uint8_t h[92] = "EFI PART";
	uint32_t crc;

	le(h + 12, sizeof(h), 4);
	le(h + 24, gpt->self, 8);
	le(h + 40, gpt->first, 8);
	le(h + 48, gpt->last, 8);
	le(h + 72, gpt->table, 8);
	le(h + 80, gpt->entries, 4);
	le(h + 84, 128, 4);
	crc = ~crc32_update(~0U, entries, sizeof(entries));
	le(h + 88, crc, 4);
	crc = ~crc32_update(~0U, h, sizeof(h));
	le(h + 16, crc, 4);
	/* One that claims to be at sector 2 lies: it is put at 1 all the same.
	 */
	golden_put(&g, (gpt->self == 2 ? 1 : gpt->self) * sector, h, sizeof(h));
	golden_put(&g, gpt->table * sector, entries, sizeof(entries));
}

static void blank_gpt(uint32_t sector)
{
	golden_blank(&g, 64 * MIB);
	g.bytes.sector_size = sector;
	put_table(0, (struct slot[4]){ { 0xee, 1, 0xffffffff } });
	fill_entries();
}

static const struct gpt good = { 1, 2, 34, 1000, 4 };

static void a_gpt_gives_uuid_and_name(void **state)
{
	(void)state;
	blank_gpt(512);
	put_gpt(&good, 512);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].number, 1);
	assert_int_equal(list[0].start, 100);
	assert_int_equal(list[0].size, 100);
	assert_string_equal(list[0].uuid,
			    "03020100-0504-0706-0809-0a0b0c0d0e0f");
	assert_string_equal(list[0].name, "root \xf0\x9f\x98\x80");
	assert_int_equal(list[1].number, 3);
	assert_int_equal(list[1].size, 1);
}

static void a_gpt_of_4096_byte_sectors_is_read(void **state)
{
	(void)state;
	blank_gpt(4096);
	put_gpt(&good, 4096);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].start, 800);
	g.bytes.sector_size = 512; /* an image does not say */
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(list[0].start, 800);
	assert_int_equal(g.bytes.sector_size, 512);
}

static void the_backup_serves_where_the_first_is_broken(void **state)
{
	const struct gpt backup = { 64 * MIB / 512 - 1, 64 * MIB / 512 - 33, 34,
				    1000, 4 };

	(void)state;
	blank_gpt(512);
	put_gpt(&backup, 512);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 2);
	put_gpt(&good, 512);
	golden_put(&g, 1024 + 60, "X", 1); /* in the first one's table */
	golden_rewind(&g);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].name, "root \xf0\x9f\x98\x80");
}

static void a_gpt_whose_numbers_lie_is_not_believed(void **state)
{
	struct gpt lies[] = {
		{ 2, 3, 34, 1000, 4 },	     /* not where it says it is */
		{ 1, 2, 1000, 34, 4 },	     /* the end before the start */
		{ 1, 2, 34, UINT64_MAX, 4 }, /* beyond the disk */
		{ 1, UINT64_MAX / 512, 34, 1000, 4 },
		{ 1, 2, 34, 1000, 0 },
		{ 1, 2, 34, 1000, 0xffffffff },
		{ 1, 2, 0, 1000, 4 }, /* the header inside of the usable */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		uint64_t table = lies[i].table;

		blank_gpt(512);
		lies[i].table = table > MIB ? 2 : table;
		put_gpt(&lies[i], 512);
		if (table > MIB) {
			uint8_t far[8];

			le(far, table, 8);
			golden_put(&g, 512 + 72, far, 8);
		}
		assert_int_equal(walk(), PART_NONE);
	}
}

static void entries_outside_of_the_usable_range_are_left_out(void **state)
{
	(void)state;
	blank_gpt(512);
	le(entries + 32, 10, 8);	 /* before the first */
	le(entries + 256 + 40, 1001, 8); /* after the last */
	put_gpt(&good, 512);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 0);
	le(entries + 32, 300, 8);
	le(entries + 40, 299, 8); /* ends before it starts */
	put_gpt(&good, 512);
	assert_int_equal(walk(), PART_GPT);
	assert_int_equal(count, 0);
}

static void a_sector_size_that_cannot_be_is_refused(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 256, 513, 8192, 0x80000000 };

	(void)state;
	golden_blank(&g, 64 * MIB);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		g.bytes.sector_size = sizes[i];
		assert_int_equal(walk(), -EINVAL);
	}
}

static void an_unreadable_table_is_an_error(void **state)
{
	(void)state;
	blank_gpt(512);
	put_gpt(&good, 512);
	g.limit = 0;
	assert_int_equal(walk(), -EIO);
	g.limit = 1024;
	assert_int_equal(walk(), -EIO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(primary_partitions_keep_their_slot_numbers),
		cmocka_unit_test(
			starts_and_sizes_are_in_512_bytes_whatever_the_sector),
		cmocka_unit_test(
			logical_partitions_are_numbered_along_the_chain),
		cmocka_unit_test(a_chain_that_bites_its_tail_ends),
		cmocka_unit_test(
			an_extended_partition_at_zero_or_beyond_holds_nothing),
		cmocka_unit_test(a_disk_without_signature_has_no_partuuid),
		cmocka_unit_test(what_is_no_table_is_not_taken_for_one),
		cmocka_unit_test(a_gpt_gives_uuid_and_name),
		cmocka_unit_test(a_gpt_of_4096_byte_sectors_is_read),
		cmocka_unit_test(the_backup_serves_where_the_first_is_broken),
		cmocka_unit_test(a_gpt_whose_numbers_lie_is_not_believed),
		cmocka_unit_test(
			entries_outside_of_the_usable_range_are_left_out),
		cmocka_unit_test(a_sector_size_that_cannot_be_is_refused),
		cmocka_unit_test(an_unreadable_table_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
