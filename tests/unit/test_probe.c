// SPDX-License-Identifier: GPL-2.0-or-later
/* The engine and the rules of single formats, on bytes written here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/crc.h"
#include "golden.h"
#include "guard.h"

#define MIB (1024 * 1024ULL)

static struct golden g;
static struct probe_result found;

static int ask(const char *label)
{
	int rc;

	golden_rewind(&g);
	rc = probe_may_carry(&g.bytes, PROBE_LABEL, label);
	guard_reset();
	return rc;
}

static void put_ext(uint32_t blocks, const char *label)
{
	golden_put32(&g, 0x404, blocks);
	golden_put(&g, 0x438, "\x53\xef", 2);
	golden_put(&g, 0x468, "0123456789abcdef", 16);
	golden_put(&g, 0x478, label, strlen(label));
}

static void put_swap(uint32_t last_page, uint64_t page, const char *label)
{
	golden_put32(&g, 0x400, 1);
	golden_put32(&g, 0x404, last_page);
	golden_put(&g, 0x41c, label, strlen(label));
	golden_put(&g, page - 10, "SWAPSPACE2", 10);
}

static void put_btrfs(const char *label, uint64_t device_bytes)
{
	golden_put(&g, 0x10040, "_BHRfS_M", 8);
	golden_put32(&g, 0x10030, 0x10000);
	golden_put32(&g, 0x10090, 4096);
	golden_put32(&g, 0x100d1, (uint32_t)device_bytes);
	golden_put(&g, 0x1012b, label, strlen(label));
	golden_put(&g, 0x100c4, "\x01", 1); /* xxhash: not verified */
}

/* The type that libblkid gives to these features. */
static const char *ext_type(uint32_t compat, uint32_t incompat,
			    uint32_t ro_compat, uint32_t flags)
{
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "x");
	golden_put32(&g, 0x45c, compat);
	golden_put32(&g, 0x460, incompat);
	golden_put32(&g, 0x464, ro_compat);
	golden_put32(&g, 0x560, flags);
	return golden_probe(&g, &found) == 1 ? found.type : "";
}

static void ext_is_named_by_its_features(void **state)
{
	(void)state;
	assert_string_equal(ext_type(0, 0, 0, 0), "ext2");
	assert_string_equal(ext_type(0, 0x2, 0x7, 0), "ext2");
	assert_string_equal(ext_type(4, 0x2, 0x7, 0), "ext3");
	assert_string_equal(ext_type(4, 0x6, 0x7, 0), "ext3");
	assert_string_equal(ext_type(4, 0x40, 0, 0), "ext4");
	assert_string_equal(ext_type(0, 0x40, 0, 0), "ext4");
	assert_string_equal(ext_type(4, 0, 0x8, 0), "ext4");
	assert_string_equal(ext_type(4, 0x40, 0, 4), "ext4dev");
	assert_string_equal(ext_type(0, 0x8, 0, 0), "jbd");
	assert_int_equal(found.usage, PROBE_MEMBER);
	/* Needs recovery, but has no journal. */
	assert_string_equal(ext_type(0, 0x4, 0, 0), "");
	/* Says it has a checksum, and has not. */
	assert_string_equal(ext_type(4, 0x40, 0x400, 0), "");
}

static void a_size_beyond_the_device_is_not_believed(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "x");
	assert_int_equal(golden_probe(&g, &found), 1);
	golden_blank(&g, 4 * MIB);
	put_ext(4097, "x");
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "x");
	golden_put32(&g, 0x460, 0x80); /* 64 bit: the high half counts */
	golden_put32(&g, 0x550, 1);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, 4 * MIB);
	put_swap(1023, 4096, "x");
	assert_int_equal(golden_probe(&g, &found), 1);
	golden_blank(&g, 4 * MIB);
	put_swap(1024, 4096, "x");
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, 4 * MIB);
	put_swap(0xffffffff, 65536, "x");
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, 4 * MIB);
	put_btrfs("x", 4 * MIB);
	assert_int_equal(golden_probe(&g, &found), 1);
	golden_blank(&g, 4 * MIB);
	put_btrfs("x", 4 * MIB + 1);
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void swap_of_every_page_size_is_seen(void **state)
{
	(void)state;
	for (uint64_t page = 4096; page <= 65536; page *= 2) {
		golden_blank(&g, 4 * MIB);
		put_swap((uint32_t)(4 * MIB / page - 1), page, "pages");
		assert_int_equal(golden_probe(&g, &found), 1);
		assert_string_equal(found.type, "swap");
		assert_string_equal(found.label, "pages");
		assert_int_equal(found.usage, PROBE_SWAP);
		assert_int_equal(ask("pages"), 1);
	}
}

static void swap_too_small_or_empty_is_not_believed(void **state)
{
	(void)state;
	golden_blank(&g, 9 * 4096);
	put_swap(8, 4096, "x");
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, MIB);
	put_swap(0, 4096, "x");
	assert_int_equal(golden_probe(&g, &found), 0);
}

static void labels_end_at_nul_and_lose_spaces_at_the_end(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_ext(4096, " a b \t ");
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, " a b");
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "0123456789abcdefNOT THIS");
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "0123456789abcdef");
}

static void uuids_compare_without_case_and_labels_with(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "Root");
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_true(probe_carries(&found, PROBE_UUID,
				  "30313233-3435-3637-3839-616263646566"));
	assert_true(probe_carries(&found, PROBE_LABEL, "Root"));
	assert_false(probe_carries(&found, PROBE_LABEL, "root"));
	found.uuid[0] = '\0';
	assert_false(probe_carries(&found, PROBE_UUID, ""));
	strcpy(found.uuid, "1234-ABCD");
	assert_true(probe_carries(&found, PROBE_UUID, "1234-abcd"));
}

static void two_formats_are_refused(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "one");
	put_btrfs("two", 4 * MIB);
	assert_int_equal(golden_probe(&g, &found), -EUCLEAN);
	assert_string_equal(found.type, "ext2");
	/* The second one's tag leads nowhere either. */
	assert_int_equal(ask("two"), 0);
}

static void of_a_tiny_device_the_first_format_counts(void **state)
{
	(void)state;
	golden_blank(&g, 1440 * 1024);
	put_ext(1440, "one");
	put_btrfs("two", MIB);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "ext2");
	assert_int_equal(ask("one"), 1);
}

static void a_member_stops_the_search(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	golden_put(&g, 0, "LUKS\xba\xbe\0\1", 8);
	put_ext(4096, "inside");
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "crypto_LUKS");
	assert_int_equal(found.usage, PROBE_MEMBER);
}

static void nothing_is_nothing(void **state)
{
	static const uint64_t sizes[] = {
		0, 1, 512, 1024, 1025, 4096, 4 * MIB
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		golden_blank(&g, sizes[i]);
		assert_int_equal(golden_probe(&g, &found), 0);
		assert_string_equal(found.type, "");
		assert_int_equal(ask("x"), 0);
	}
}

static void an_end_of_the_address_space_overflows_nothing(void **state)
{
	(void)state;
	golden_blank(&g, UINT64_MAX);
	assert_int_equal(golden_probe(&g, &found), 0);
	golden_blank(&g, UINT64_MAX & ~0xffffULL);
	put_ext(0xffffffff, "large");
	golden_put32(&g, 0x418, 6);
	assert_int_equal(golden_probe(&g, &found), 1);
}

/* A NILFS2 superblock with its checksum: the newer of two counts. */
static void put_nilfs2(uint64_t at, uint32_t checkpoint, const char *label)
{
	uint8_t sb[1024] = { [6] = 0x34, 0x34, 248 };
	uint32_t crc;

	sb[34] = 64; /* 4 MiB */
	sb[56] = (uint8_t)checkpoint;
	memcpy(sb + 168, label, strlen(label));
	crc = crc32_update(0, sb, 248);
	for (int i = 0; i < 4; i++)
		sb[16 + i] = (uint8_t)(crc >> 8 * i);
	golden_put(&g, at, sb, sizeof(sb));
}

static void the_cheap_question_knows_a_label_that_was_changed(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_nilfs2(1024, 1, "old");
	put_nilfs2(4 * MIB - 4096, 2, "new");
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.label, "new");
	assert_int_equal(ask("new"), 1);
	assert_int_equal(ask("old"), 0);
}

/* The budget of `make bench-resolve`: 7 syscalls and 11 KB a device, of which
 * open, size and close are three. */
static void the_cheap_question_is_cheap(void **state)
{
	(void)state;
	golden_blank(&g, 64 * MIB);
	put_ext(65536, "root");
	assert_int_equal(ask("other"), 0);
	assert_int_equal(g.reads, 1);
	assert_int_equal(ask("root"), 1);
	assert_int_equal(g.reads, 1);
	golden_blank(&g, 64 * MIB);
	golden_put(&g, 0, "LUKS\xba\xbe\0\1", 8);
	assert_int_equal(ask("other"), 0);
	assert_int_equal(g.reads, 1);
	golden_blank(&g, 64 * MIB);
	assert_int_equal(ask("other"), 0);
	assert_in_range(g.reads, 1, 4);
	assert_in_range(g.bytes_read, 1, 8192);
}

static void a_full_look_reads_little(void **state)
{
	(void)state;
	golden_blank(&g, 512 * MIB);
	put_ext(65536, "root");
	golden_rewind(&g);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_in_range(g.reads, 1, 24);
	assert_in_range(g.bytes_read, 1, 16384);
}

static void an_unreadable_window_is_an_error(void **state)
{
	(void)state;
	golden_blank(&g, 4 * MIB);
	put_ext(4096, "root");
	g.limit = 512;
	assert_int_equal(golden_probe(&g, &found), -EIO);
	assert_int_equal(ask("root"), -EIO);
	g.limit = 40000; /* what lies at 64 KiB cannot be ruled out */
	assert_int_equal(golden_probe(&g, &found), -EIO);
}

/* A FAT whose directory chain bites its tail, and whose label never comes. */
static void a_fat_that_loops_ends(void **state)
{
	uint8_t sector[512];

	(void)state;
	golden_blank(&g, 64 * MIB);
	memset(sector, 0, sizeof(sector));
	memcpy(sector, "\xeb\x58\x90MSDOS5.0", 11);
	sector[0x0c] = 2;  /* 512 bytes a sector */
	sector[0x0d] = 1;  /* a cluster */
	sector[0x0e] = 32; /* reserved */
	sector[0x10] = 2;
	sector[0x15] = 0xf8;
	sector[0x22] = 1; /* 65536 sectors */
	sector[0x25] = 2; /* 512 sectors a FAT */
	sector[0x2c] = 2;
	memcpy(sector + 0x52, "FAT32   ", 8);
	memcpy(sector + 0x43, "\x78\x56\x34\x12", 4);
	golden_put(&g, 0, sector, sizeof(sector));
	golden_put32(&g, 32 * 512 + 8, 2); /* cluster 2 is followed by itself */
	for (uint64_t i = 0; i < 16; i++)
		golden_put(&g, (32 + 1024) * 512 + i * 32, "FILE       \x20",
			   12);
	assert_int_equal(golden_probe(&g, &found), 1);
	assert_string_equal(found.type, "vfat");
	assert_string_equal(found.uuid, "1234-5678");
	assert_string_equal(found.label, "");
	assert_in_range(g.reads, 100, 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ext_is_named_by_its_features),
		cmocka_unit_test(a_size_beyond_the_device_is_not_believed),
		cmocka_unit_test(swap_of_every_page_size_is_seen),
		cmocka_unit_test(swap_too_small_or_empty_is_not_believed),
		cmocka_unit_test(labels_end_at_nul_and_lose_spaces_at_the_end),
		cmocka_unit_test(uuids_compare_without_case_and_labels_with),
		cmocka_unit_test(two_formats_are_refused),
		cmocka_unit_test(of_a_tiny_device_the_first_format_counts),
		cmocka_unit_test(a_member_stops_the_search),
		cmocka_unit_test(nothing_is_nothing),
		cmocka_unit_test(an_end_of_the_address_space_overflows_nothing),
		cmocka_unit_test(
			the_cheap_question_knows_a_label_that_was_changed),
		cmocka_unit_test(the_cheap_question_is_cheap),
		cmocka_unit_test(a_full_look_reads_little),
		cmocka_unit_test(an_unreadable_window_is_an_error),
		cmocka_unit_test(a_fat_that_loops_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
