// SPDX-License-Identifier: GPL-2.0-or-later
/* The parts of an initrd: plain and packed ones in a row, names of one file,
 * several files of one boot. May touch: a folder in /tmp; runs packers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/bootcfg/packed.h"
#include "initrd.h"

/* Linux panics on these, whatever they hold. */
static void what_linux_cannot_unpack_is_refused(void **state)
{
	static const char *const heads[] = {
		"\xfd"
		"7zXZ\0\0\4"
		"1234", /* CRC64 */
		"\xfd"
		"7zXZ\0\0\12"
		"1234", /* SHA-256 */
		"\x04\x22\x4d\x18"
		"12345678",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		archive.len = 0;
		archive_add(&archive, "early", "code");
		archive_end(&archive);
		archive_put(&archive, heads[i], 12);
		initrd_look("cat");
		assert_int_equal(image.error, -EUCLEAN);
		assert_non_null(image.refused);
		image_free(&image);
	}
	archive.len = 0;
	archive_put(&archive,
		    "\xfd"
		    "7zXZ\0\0\1"
		    "1234",
		    12);
	initrd_look("cat");
	assert_int_equal(image.error, -EUCLEAN);
	assert_null(image.refused); /* CRC32, and broken */
}

/* The archive comes out whole, and its checksum is wrong. */
static void a_decompressor_that_complains_counts(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("gzip -c | { head -c -8; printf 12345678; }");
	assert_int_equal(image.error, -EUCLEAN);
	assert_true(image.damaged);
	image_free(&image);
	initrd_look("gzip -c | head -c -8");
	assert_int_equal(image.error, -EUCLEAN);
}

/* Each is followed by zeros and another part. */
static void the_kernel_reads_on_behind_a_packed_part(void **state)
{
	static const char *const packers[] = {
		"gzip -c", "xz -c --check=crc32", "xz -c --check=none",
		"zstd -c", "zstd -c --no-check",  "lz4 -lc",
	};
	static const char zeros[500000]; /* blocks of one byte */
	unsigned int first;
	char command[200];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(packers) / sizeof(packers[0]); i++) {
		archive.len = 0;
		archive_add_raw(&archive, 0100644, "zeros", 6, zeros,
				sizeof(zeros));
		archive_end(&archive);
		first = (unsigned int)(archive.len + 3) & ~3U;
		initrd_good();
		snprintf(command, sizeof(command),
			 "{ f=$(mktemp); cat >$f; head -c %u $f | %s "
			 "2>/dev/null; "
			 "printf '\\0\\0\\0\\0'; tail -c +%u $f | gzip -c; "
			 "rm $f; }",
			 first, packers[i], first + 1);
		initrd_look(command);
		assert_int_equal(image.error, 0);
		assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
		image_free(&image);
	}
}

/* Wherever it lies among the pieces that are looked at. */
static void the_end_of_gzip_is_found_anywhere(void **state)
{
	static const char zeros[40000];
	size_t at;

	(void)state;
	for (at = 16370; at < 16390; at++) {
		struct packed_part part;
		uint64_t end;

		archive.len = 0;
		archive_put(&archive, zeros, at);
		archive_put(&archive, "\1\2\3\4\5\6\7\10more", 12);
		part.fd = archive_open(&archive);
		part.at = 0;
		part.end = archive.len;
		assert_int_equal(
			packed_gzip_end(&part, 0x04030201, 0x08070605, &end),
			0);
		assert_int_equal(end, at + 8);
		assert_int_equal(packed_gzip_end(&part, 1, 2, &end), -ENOENT);
		close(part.fd);
	}
}

/* Two members in a row, and then a part: where the second one ends cannot be
 * told. */
static void a_part_that_cannot_be_found_is_told(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("{ f=$(mktemp); cat >$f; head -c 244 $f | gzip -c; "
		    "tail -c +245 $f | gzip -c; rm $f; printf 070701; }");
	assert_int_equal(image.error, 0);
	assert_true(image.unread);
	assert_int_equal(image.unread_at, 0);
}

static void what_follows_and_is_no_part_is_no_image(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("{ gzip -c; printf 'junk'; }");
	assert_int_equal(image.error, -EUCLEAN);
	assert_true(image.error_at > 100);
}

static void lzma_with_any_dictionary_is_read(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("xz -c --format=lzma --lzma1=dict=4KiB");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
}

/* newc gives the content to the last of the names. */
static void a_program_with_two_names_is_found(void **state)
{
	(void)state;
	archive_add_link(&archive, 7, "usr/sbin/pvroot", "");
	archive_add_link(&archive, 8, "bin/pvroot", "");
	archive_add_link(&archive, 7, "usr/lib/x", "program");
	archive_end(&archive);
	initrd_look("cat");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
	image_free(&image);

	archive.len = 0;
	archive_add_link(&archive, 7, "usr/lib/x", "program");
	archive_add_link(&archive, 7, "usr/sbin/pvroot", "");
	archive_add_link(&archive, 8, "usr/bin/pvroot", "");
	archive_end(&archive);
	initrd_look("cat");
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
}

/* A boot may name several files. */
static void files_of_one_boot_add_up(void **state)
{
	struct sys sys;

	(void)state;
	archive_add(&archive, "usr/sbin/pvroot", "program");
	archive_end(&archive);
	initrd_look("cat");
	archive.len = 0;
	archive_add(&archive, "lib/modules/6.1/xen-blkfront.ko", "module");
	archive_end(&archive);
	{
		struct image first = image;

		initrd_look("cat"); /* writes the file anew */
		image_free(&image);
		image = first;
	}
	assert_int_equal(sys_open(&sys, initrd_folder), 0);
	image_add(&sys, "/initrd", &image);
	sys_close(&sys);
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
	assert_int_equal(image.drivers.count, 1);
}

/* As early microcode comes: a plain archive, zeros, then the packed one. */
static void archives_in_a_row_are_read(void **state)
{
	(void)state;
	archive_add(&archive, "kernel/x86/microcode/GenuineIntel.bin", "code");
	archive_end(&archive);
	archive_put(&archive, "\0\0\0\0\0\0\0\0", 8);
	initrd_good();
	initrd_look("cat");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");

	image_free(&image);
	archive.len = 0;
	archive_add(&archive, "early", "code");
	archive_end(&archive);
	initrd_look("{ cat; printf '\\0\\0\\0\\0'; cd /; printf '070701' | "
		    "gzip -c; "
		    "}");
	assert_int_equal(image.error, -EUCLEAN); /* what was packed is none */
}

static void what_is_packed_twice_is_no_image(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("gzip -c | gzip -c");
	assert_int_equal(image.error, -EUCLEAN);
	assert_string_equal(image.pvroot, "");
	image_free(&image);
	initrd_look("{ cat; printf x | gzip -c; } | gzip -c");
	assert_int_equal(image.error, -EUCLEAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		INITRD_TEST(what_linux_cannot_unpack_is_refused),
		INITRD_TEST(a_decompressor_that_complains_counts),
		INITRD_TEST(the_kernel_reads_on_behind_a_packed_part),
		INITRD_TEST(the_end_of_gzip_is_found_anywhere),
		INITRD_TEST(a_part_that_cannot_be_found_is_told),
		INITRD_TEST(what_follows_and_is_no_part_is_no_image),
		INITRD_TEST(lzma_with_any_dictionary_is_read),
		INITRD_TEST(a_program_with_two_names_is_found),
		INITRD_TEST(files_of_one_boot_add_up),
		INITRD_TEST(archives_in_a_row_are_read),
		INITRD_TEST(what_is_packed_twice_is_no_image),
	};

	return cmocka_run_group_tests(tests, initrd_make_folder,
				      initrd_drop_folder);
}
