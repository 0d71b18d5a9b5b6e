// SPDX-License-Identifier: GPL-2.0-or-later
/* Corners of single formats that no mkfs tool writes: what hostile or odd
 * bytes must not lead to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "guard.h"

#define MIB (1024 * 1024ULL)

static struct golden g;
static struct probe_result found;

static int look_at_ext_of_block(uint32_t log_size)
{
	golden_blank(&g, 4096 * MIB);
	golden_put32(&g, 0x404, 1);
	golden_put32(&g, 0x418, log_size);
	golden_put(&g, 0x438, "\x53\xef", 2);
	return golden_probe(&g, &found);
}

static void ext_blocks_are_at_most_64_kib(void **state)
{
	(void)state;
	assert_int_equal(look_at_ext_of_block(6), 1);
	assert_int_equal(look_at_ext_of_block(7), 0);
	assert_int_equal(look_at_ext_of_block(22), 0); /* 1 << 32 */
	assert_int_equal(look_at_ext_of_block(40), 0);
	assert_int_equal(look_at_ext_of_block(0xffffffff), 0);
}

static void a_btrfs_says_on_how_many_devices_it_is(void **state)
{
	static struct golden image;

	(void)state;
	golden_load(&image, "tests/images/btrfs-two-devices.dump");
	assert_int_equal(probe_superblock(&image.bytes, &found), 1);
	assert_int_equal(found.devices, 2);
	assert_string_equal(found.uuid_sub,
			    "1775592e-d315-441c-b414-2b5c3f4f3a56");
	guard_reset();
	golden_load(&image, "tests/images/btrfs-label-7.dump");
	assert_int_equal(probe_superblock(&image.bytes, &found), 1);
	assert_int_equal(found.devices, 1);
	guard_reset();
	assert_int_equal(look_at_ext_of_block(6), 1);
	assert_int_equal(found.devices, 0);
}

/* A FAT16 of 16384 sectors with its root directory at sector 33. */
static void blank_fat16(void)
{
	uint8_t sector[512] = "\xeb\x3c\x90MSDOS5.0";

	golden_blank(&g, 8 * MIB);
	sector[0x0c] = 2;
	sector[0x0d] = 1;
	sector[0x0e] = 1;
	sector[0x10] = 2;
	sector[0x12] = 2; /* 512 entries */
	sector[0x14] = 0x40;
	sector[0x15] = 0xf8;
	sector[0x16] = 64;
	memcpy(sector + 0x36, "FAT16   ", 8);
	golden_put(&g, 0, sector, sizeof(sector));
}

#define FAT16_ROOT ((1 + 2 * 64) * 512)

static void fat_entries_that_are_no_label_are_passed_over(void **state)
{
	uint8_t entry[32] = "\x05LABEL     \x08";

	(void)state;
	blank_fat16();
	golden_put(&g, FAT16_ROOT,
		   "\xe5"
		   "DELETED   \x08",
		   12);
	golden_put(&g, FAT16_ROOT + 32, "LONG NAME  \x0f", 12);
	golden_put(&g, FAT16_ROOT + 64, "DIRECTORY  \x18", 12);
	golden_put(&g, FAT16_ROOT + 96, "FILE       \x20", 12);
	golden_put(&g, FAT16_ROOT + 128, "WITH DATA  \x08", 12);
	golden_put(&g, FAT16_ROOT + 128 + 0x1a, "\x07", 1);
	golden_put(&g, FAT16_ROOT + 160, entry, sizeof(entry));
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "vfat");
	assert_string_equal(found.label, "\xe5LABEL");
}

static void a_fat_directory_ends_at_its_first_empty_entry(void **state)
{
	(void)state;
	blank_fat16();
	golden_put(&g, FAT16_ROOT + 32, "LATE       \x08", 12);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "");
}

static void a_fat_without_room_for_data_is_none(void **state)
{
	(void)state;
	blank_fat16();
	golden_put(&g, 0x13, "\x10\x00", 2); /* 16 sectors, 161 before data */
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void jfs_and_hpfs_in_disguise_are_no_fat(void **state)
{
	(void)state;
	blank_fat16();
	golden_put(&g, 0x36, "JFS     ", 8);
	golden_put(&g, 510, "\x55\xaa", 2);
	assert_int_equal(golden_probe(&g, &found), 0);
	blank_fat16();
	golden_put(&g, 3, "-FVE-FS-", 8); /* BitLocker */
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void md_devices_beyond_the_superblock_are_not_summed(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	golden_put32(&g, 4096, 0xa92b4efc);
	golden_put32(&g, 4096 + 4, 1);
	golden_put32(&g, 4096 + 144, 8);
	golden_put32(&g, 4096 + 220, 1921);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_put32(&g, 4096 + 220, 0xffffffff);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_put32(&g, 4096 + 220, 0x80000000); /* times two: nothing */
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void md_at_the_end_of_a_partition_is_not_the_disks(void **state)
{
	uint8_t entry[16] = { 0, 0, 0, 0, 0xfd };
	uint64_t at = 64 * MIB - 0x10000;
	uint32_t sum = 0xa92b4efc + 90 + (64 * 1024 - 64 - 1024);

	(void)state;
	golden_blank(&g, 64 * MIB);
	golden_put32(&g, at, 0xa92b4efc);
	golden_put32(&g, at + 8, 90);
	golden_put32(&g, at + 32,
		     64 * 1024 - 64 - 1024); /* KiB, from 1 MiB on */
	golden_put32(&g, at + 152, sum);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "linux_raid_member");
	entry[9] = 0x08; /* from sector 2048 */
	entry[13] = 0xf8;
	entry[14] = 1; /* to the end */
	golden_put(&g, 446, entry, sizeof(entry));
	golden_put(&g, 510, "\x55\xaa", 2);
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void bcache_keys_beyond_the_superblock_are_not_summed(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	golden_put(&g, 4096 + 8, "\x08", 1);
	golden_put(&g, 4096 + 24,
		   "\xc6\x85\x73\xf6\x4e\x1a\x45\xca"
		   "\x82\x65\xf5\x7f\x48\xba\x6d\x81",
		   16);
	golden_put(&g, 4096 + 206, "\xff\xff", 2);
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void put_volume(uint64_t at, uint8_t type, const uint8_t label[32])
{
	golden_put(&g, at, (const uint8_t[1]){ type }, 1);
	golden_put(&g, at + 1, "CD001\1", 6);
	golden_put(&g, at + 40, label, 32);
	golden_put(&g, at + 128, "\x00\x08", 2);
}

/* As many bytes as a merged label can have: 8 pairs of surrogates, then the
 * 16 characters that the plain label has more. */
static void a_joliet_label_full_of_pairs_fits(void **state)
{
	uint8_t wide[32], plain[32];

	(void)state;
	memset(plain, '_', 32);
	for (int i = 0; i < 32; i += 4)
		memcpy(wide + i, "\xd8\x3d\xde\x00", 4);
	golden_blank(&g, 8 * MIB);
	put_volume(0x8000, 1, plain);
	put_volume(0x8800, 2, wide);
	golden_put(&g, 0x8800 + 88, "%/E", 3);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "iso9660");
	assert_int_equal(strlen(found.label), 8 * 4 + 24);
	assert_memory_equal(found.label, "\xf0\x9f\x98\x80\xf0\x9f", 6);
}

static void an_iso_needs_a_primary_descriptor(void **state)
{
	(void)state;
	golden_blank(&g, 8 * MIB);
	golden_put(&g, 0x8000,
		   "\xff"
		   "CD001\1",
		   7);
	assert_int_equal(golden_probe(&g, &found), 0);
}

/* Blocks of 2048 bytes; the list of descriptors begins at block first. */
static void put_udf(uint32_t first, uint32_t bytes)
{
	uint8_t anchor[256] = { 2 }, volume[256] = { 6 };

	golden_put(&g, 0x8001, "BEA01", 5);
	golden_put(&g, 0x8801, "NSR03", 5);
	golden_put(&g, 256 * 2048, anchor, sizeof(anchor));
	golden_put32(&g, 256 * 2048 + 12, 256);
	golden_put32(&g, 256 * 2048 + 16, bytes);
	golden_put32(&g, 256 * 2048 + 20, first);
	volume[84] = 8;
	memcpy(volume + 85, "disc", 4);
	volume[84 + 127] = 5;
	golden_put(&g, 300 * 2048, volume, sizeof(volume));
	golden_put32(&g, 300 * 2048 + 12, 300);
}

static void a_udf_that_lies_is_none_or_has_no_name(void **state)
{
	(void)state;
	golden_blank(&g, 8 * MIB);
	put_udf(300, 2048);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "udf");
	assert_string_equal(found.label, "disc");
	/* A length above the field's, and one of nothing. */
	golden_put(&g, 300 * 2048 + 84 + 127, "\xff", 1);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "disc");
	golden_put(&g, 300 * 2048 + 84 + 127, "\0", 1);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "");
	/* An anchor that says it is elsewhere; a sequence that was broken off.
	 */
	golden_put32(&g, 256 * 2048 + 12, 257);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, 8 * MIB);
	put_udf(300, 2048);
	golden_put(&g, 0x8801, "XXXXX", 5);
	golden_put(&g, 0x9001, "NSR03", 5);
	assert_int_equal(golden_probe(&g, &found), 0);
	/* A list beyond the end. */
	golden_blank(&g, 8 * MIB);
	put_udf(UINT32_MAX, UINT32_MAX);
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void lists_of_udf_without_an_end_are_left(void **state)
{
	(void)state;
	golden_blank(&g, 8 * MIB);
	put_udf(300, UINT32_MAX);
	for (uint32_t i = 0; i < 200; i++) {
		golden_put(&g, (300 + i) * 2048, "\4", 2);
		golden_put32(&g, (300 + i) * 2048 + 12, 300 + i);
	}
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_in_range(g.reads, 60, 120);
	golden_blank(&g, 8 * MIB);
	for (uint32_t i = 0; i < 200; i++)
		golden_put(&g, 0x8001 + i * 2048, "TEA01", 5);
	assert_int_equal(golden_probe(&g, &found), 0);
	assert_in_range(g.reads, 60, 200);
}

static void an_exfat_whose_clusters_loop_ends(void **state)
{
	uint8_t bs[512] = "\xeb\x76\x90"
			  "EXFAT   ";

	(void)state;
	golden_blank(&g, 8 * MIB);
	bs[73] = 0x20; /* 8192 sectors */
	bs[80] = 24;   /* the FAT */
	bs[88] = 32;   /* the heap */
	bs[92] = 100;  /* clusters */
	bs[96] = 4;    /* the root's */
	bs[108] = 9;
	golden_put(&g, 0, bs, sizeof(bs));
	golden_put32(&g, 24 * 512 + 16,
		     4); /* cluster 4 is followed by itself */
	for (uint64_t i = 0; i < 16; i++)
		golden_put(&g, (32 + 2) * 512 + i * 32, "\x85", 1);
	assert_int_equal(golden_probe(&g, &found),
			 0); /* for its checksum, in the end */
	assert_in_range(g.reads, 20, 10000);
	bs[109] = 17; /* clusters above 32 MiB are not */
	golden_put(&g, 0, bs, sizeof(bs));
	golden_rewind(&g);
	assert_int_equal(golden_probe(&g, &found), 0);
	assert_in_range(g.reads, 1, 20);
}

static void reiserfs_in_its_own_journal_is_an_old_copy(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	golden_put32(&g, 0x10000, 100);
	golden_put(&g, 0x10000 + 44, "\x00\x10", 2);
	golden_put(&g, 0x10000 + 52, "ReIsEr2Fs", 9);
	golden_put32(&g, 0x10000 + 12, 18);
	assert_int_equal(golden_probe(&g, &found), 1);
	golden_put32(&g, 0x10000 + 12, 8);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_put32(&g, 0x10000 + 12, 18);
	golden_put(&g, 0x10000 + 44, "\x00\x00", 2);
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void a_zfs_list_whose_sizes_lie_is_left(void **state)
{
	static const uint8_t pairs[][16] = {
		{ 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 4 },
		{ 0, 0, 0, 0x40, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff },
		{ 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 },
		{ 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 9 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		golden_blank(&g, 64 * MIB);
		golden_put(&g, 16384, "\1\1\0\0\0\0\0\0\0\0\0\1", 12);
		golden_put(&g, 16384 + 12, pairs[i], 16);
		for (uint64_t k = 0; k < 4; k++)
			golden_put32(&g, 131072 + k * 1024, 0x00bab10c);
		assert_int_equal(golden_probe(&g, &found), 1);
		assert_string_equal(found.type, "zfs_member");
		assert_string_equal(found.label, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ext_blocks_are_at_most_64_kib),
		cmocka_unit_test(a_btrfs_says_on_how_many_devices_it_is),
		cmocka_unit_test(fat_entries_that_are_no_label_are_passed_over),
		cmocka_unit_test(a_fat_directory_ends_at_its_first_empty_entry),
		cmocka_unit_test(a_fat_without_room_for_data_is_none),
		cmocka_unit_test(jfs_and_hpfs_in_disguise_are_no_fat),
		cmocka_unit_test(
			md_devices_beyond_the_superblock_are_not_summed),
		cmocka_unit_test(md_at_the_end_of_a_partition_is_not_the_disks),
		cmocka_unit_test(
			bcache_keys_beyond_the_superblock_are_not_summed),
		cmocka_unit_test(a_joliet_label_full_of_pairs_fits),
		cmocka_unit_test(an_iso_needs_a_primary_descriptor),
		cmocka_unit_test(a_udf_that_lies_is_none_or_has_no_name),
		cmocka_unit_test(lists_of_udf_without_an_end_are_left),
		cmocka_unit_test(an_exfat_whose_clusters_loop_ends),
		cmocka_unit_test(reiserfs_in_its_own_journal_is_an_old_copy),
		cmocka_unit_test(a_zfs_list_whose_sizes_lie_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
