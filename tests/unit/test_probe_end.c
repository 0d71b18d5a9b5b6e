// SPDX-License-Identifier: GPL-2.0-or-later
/* Members by their end, NTFS, and FATs that are none or larger than their
 * device. tests/agree compares real ones with blkid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "golden.h"
#include "guard.h"

#define MIB (1024 * 1024ULL)

static struct golden g;
static struct probe_result found;

static void put_ext(void)
{
	golden_put(&g, 0x404, "\0\1\0\0", 4);
	golden_put(&g, 0x438, "\x53\xef", 2);
	golden_put(&g, 0x478, "root", 4);
}

static bool may_carry(const char *label)
{
	int rc = probe_may_carry(&g.bytes, PROBE_LABEL, label);

	guard_reset();
	return rc == 1;
}

/* What the backing device of a mirror looks like from its begin. */
static void ext_in_front_of_a_member_is_the_member(void **state)
{
	static const struct {
		uint32_t back;
		const char *bytes, *type;
	} ends[] = {
		{ 4096 - 60, "\x83\x74\x02\x6b", "drbd" },
		{ 4096 - 60, "\x83\x74\x02\x6c", "drbd" },
		{ 4096 - 60, "\x83\x74\x02\x6d", "drbd" },
		{ 4096 - 60, "\x83\x74\x02\x6a", "ext2" },
		{ 4096 - 60, "\x83\x74\x02\x6e", "ext2" },
		{ 512, "\xde\x11\xde\x11", "ddf_raid_member" },
		{ 1024, "\xde\x11\xde\x11", "ext2" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		golden_blank(&g, 64 * MIB);
		put_ext();
		golden_put(&g, 64 * MIB - ends[i].back,
			   (const uint8_t *)ends[i].bytes, 4);
		assert_int_equal(golden_probe(&g, &found), 1);
		assert_string_equal(found.type, ends[i].type);
		assert_true(may_carry("root")); /* the full look decides */
	}
}

/* What a controller's firmware wrote is the whole disk's: a partition that ends
 * where the disk does is none of it. */
static void raid_of_firmware_is_on_whole_disks_only(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_ext();
	golden_put(&g, 64 * MIB - 1024, "Intel Raid ISM Cfg Sig. 1.1", 27);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "isw_raid_member");
	g.bytes.whole = false;
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "ext2");
	/* A magic of two bytes needs its sum. */
	golden_blank(&g, 64 * MIB);
	put_ext();
	golden_put(&g, 64 * MIB - 512, "\x55\xaa\2", 3);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "ext2");
	/* Just larger than a floppy. */
	golden_blank(&g, 1500 * 1024);
	put_ext();
	golden_put(&g, 1500 * 1024 - 512, "$XIDE$", 6);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "lsi_mega_raid_member");
}

/* 1 KiB clusters, 1 KiB records, the MFT at cluster 4. */
static void put_ntfs(void)
{
	uint8_t boot[512] = "\xeb\x52\x90NTFS    ";
	uint8_t record[128] = "FILE";

	boot[0x0c] = 2;
	boot[0x0d] = 2;
	boot[0x30] = 4;
	boot[0x40] = (uint8_t)-10;
	memcpy(boot + 0x48, "\x01\x23\x45\x67\x89\xab\xcd\xef", 8);
	golden_put(&g, 0, boot, sizeof(boot));
	golden_put(&g, 4096, record, 4);
	record[0x14] = 56;
	record[56] = 0x10; /* another attribute, 8 bytes, is passed over */
	record[60] = 24;
	record[80] = 0x60;
	record[84] = 40;
	record[96] = 6;
	record[100] = 24;
	memcpy(record + 104, "W\0i\0n\0", 6);
	golden_put(&g, 4096 + 3 * 1024, record, sizeof(record));
}

static void blank_ntfs(void)
{
	golden_blank(&g, 8 * MIB);
	put_ntfs();
}

static void ntfs_has_a_label_and_a_serial_number(void **state)
{
	(void)state;
	blank_ntfs();
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "ntfs");
	assert_string_equal(found.label, "Win");
	assert_string_equal(found.uuid, "EFCDAB8967452301");
	assert_true(may_carry("Win"));
	assert_false(may_carry("Wi"));
}

static int ntfs_with(uint64_t at, const char *bytes, size_t len)
{
	blank_ntfs();
	golden_put(&g, at, (const uint8_t *)bytes, len);
	return golden_probe(&g, &found);
}

static void an_ntfs_that_lies_is_none(void **state)
{
	(void)state;
	assert_int_equal(ntfs_with(0x0b, "\x01\x02", 2), 0);
	assert_int_equal(ntfs_with(0x0b, "\x00\x20", 2), 0);
	assert_int_equal(ntfs_with(0x0d, "\x03", 1), 0);
	assert_int_equal(ntfs_with(0x0d, "\x81", 1), 0);
	assert_int_equal(ntfs_with(0x0d, "\0", 1), 0);
	assert_int_equal(ntfs_with(0x40, "\0", 1), 0);
	assert_int_equal(ntfs_with(0x40, "\x80", 1), 0);
	assert_int_equal(ntfs_with(0x40, "\x7f", 1), 0);
	assert_int_equal(ntfs_with(0x30, "\xff\xff\xff\xff\xff\xff\xff\xff", 8),
			 0);
	assert_int_equal(ntfs_with(4096, "BAAD", 4), 0);
	assert_int_equal(ntfs_with(4096 + 3 * 1024, "BAAD", 4), 0);
}

/* With its records where such a sector would put them. */
static void an_ntfs_of_odd_sectors_is_none(void **state)
{
	uint8_t record[4] = "FILE";

	(void)state;
	blank_ntfs();
	golden_put(&g, 0x0b, (const uint8_t *)"\0\3", 2);
	golden_put(&g, 4 * 768 * 2, record, 4);
	golden_put(&g, 4 * 768 * 2 + 3 * 1024, record, 4);
	assert_int_equal(golden_probe(&g, &found), 0);
}

/* Attributes that lead out of the record. */
static void an_ntfs_label_that_lies_is_left(void **state)
{
	const uint64_t record = 4096 + 3 * 1024;

	(void)state;
	assert_int_equal(ntfs_with(record + 0x14, "\xff\xff", 2), 1);
	assert_string_equal(found.label, "");
	assert_int_equal(ntfs_with(record + 60, "\0\0\0\0", 4), 1);
	assert_string_equal(found.label, "");
	assert_int_equal(ntfs_with(record + 60, "\xff\xff\xff\xff", 4), 1);
	assert_string_equal(found.label, "");
	assert_int_equal(ntfs_with(record + 96, "\x11\0\0\0", 4), 1);
	assert_string_equal(found.label, "");
	assert_int_equal(ntfs_with(record + 100, "\xff\xff", 2), 1);
	assert_string_equal(found.label, "");
	/* the value stands right behind the record */
	blank_ntfs();
	golden_put(&g, record + 84, (const uint8_t *)"\0\4", 2);
	golden_put(&g, record + 100, (const uint8_t *)"\xb0\3", 2);
	golden_put(&g, record + 1024, (const uint8_t *)"o\0u\0t\0", 6);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "");
}

/* A quick format leaves the old superblock. */
static void ntfs_over_ext_is_refused(void **state)
{
	(void)state;
	blank_ntfs();
	put_ext();
	assert_int_equal(golden_probe(&g, &found), -EUCLEAN);
}

static void blank_fat(uint64_t size)
{
	uint8_t boot[512] = "\xeb\x58\x90MSWIN4.1";

	golden_blank(&g, size);
	boot[0x0c] = 2;
	boot[0x0d] = 8;
	boot[0x0e] = 32;
	boot[0x10] = 2;
	boot[0x15] = 0xf8;
	boot[0x22] = 0x10; /* 512 MiB */
	boot[0x25] = 4;
	boot[0x2c] = 2;
	memcpy(boot + 0x43, "\x34\x12\xcd\xab", 4);
	memcpy(boot + 0x52, "FAT32   ", 8);
	golden_put(&g, 0, boot, sizeof(boot));
}

static void a_fat_may_be_larger_than_its_device(void **state)
{
	(void)state;
	blank_fat(600 * MIB);
	assert_int_equal(golden_probe(&g, &found), 1);
	blank_fat(400 * MIB);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "vfat");
	assert_string_equal(found.uuid, "ABCD-1234");
}

static void bitlocker_to_go_is_no_fat(void **state)
{
	static const uint8_t guid[] = { 0x3b, 0xd6, 0x67, 0x49, 0x29, 0x2e,
					0xd8, 0x4a, 0x83, 0x99, 0xf6, 0xa3,
					0x39, 0xe3, 0xd0, 0x01 };

	(void)state;
	blank_fat(600 * MIB);
	golden_put(&g, 0x1a8, guid, sizeof(guid));
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_put(&g, 0x1a8 + 15, "\2", 1);
	assert_int_equal(golden_probe(&g, &found), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ext_in_front_of_a_member_is_the_member),
		cmocka_unit_test(raid_of_firmware_is_on_whole_disks_only),
		cmocka_unit_test(ntfs_has_a_label_and_a_serial_number),
		cmocka_unit_test(an_ntfs_that_lies_is_none),
		cmocka_unit_test(an_ntfs_of_odd_sectors_is_none),
		cmocka_unit_test(an_ntfs_label_that_lies_is_left),
		cmocka_unit_test(ntfs_over_ext_is_refused),
		cmocka_unit_test(a_fat_may_be_larger_than_its_device),
		cmocka_unit_test(bitlocker_to_go_is_no_fat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
