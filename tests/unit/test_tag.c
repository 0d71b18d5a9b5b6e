// SPDX-License-Identifier: GPL-2.0-or-later
/* What root= may say, and what it must not be taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "find/tag.h"

struct row {
	const char *text;
	enum tag_kind kind;
	const char *value;
	unsigned int part;
	int partnroff;
};

static void check(const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		/* On the heap and of the exact length: no byte behind it. */
		char *text = strdup(row[i].text);
		struct tag tag;

		if (tag_parse(text, &tag) || tag.kind != row[i].kind ||
		    strcmp(tag.value, row[i].value) ||
		    tag.part != row[i].part ||
		    tag.partnroff != row[i].partnroff)
			fail_msg("%s: kind %d value '%s' part %u offset %d",
				 row[i].text, tag.kind, tag.value, tag.part,
				 tag.partnroff);
		free(text);
	}
}

#define CHECK(ROWS) check(ROWS, sizeof(ROWS) / sizeof((ROWS)[0]))

static void every_form_of_a_tag_is_understood(void **state)
{
	static const struct row rows[] = {
		{ "", TAG_NONE, "", 0, 0 },
		{ "LABEL=/", TAG_LABEL, "/", 0, 0 },
		{ "LABEL=a b", TAG_LABEL, "a b", 0, 0 },
		{ "UUID=0A1b-2C3d", TAG_UUID, "0A1b-2C3d", 0, 0 },
		{ "PARTLABEL=root fs", TAG_PARTLABEL, "root fs", 0, 0 },
		{ "PARTUUID=cafe0042-01", TAG_PARTUUID, "cafe0042-01", 0, 0 },
		{ "PARTUUID=cafe0042-01/PARTNROFF=2", TAG_PARTUUID,
		  "cafe0042-01", 0, 2 },
		{ "PARTUUID=cafe0042-03/PARTNROFF=-1", TAG_PARTUUID,
		  "cafe0042-03", 0, -1 },
		{ "PARTUUID=x/PARTNROFF=0", TAG_PARTUUID, "x", 0, 0 },
		{ "block:LABEL=x", TAG_LABEL, "x", 0, 0 },
	};

	(void)state;
	CHECK(rows);
}

static void quotes_are_stripped(void **state)
{
	static const struct row rows[] = {
		{ "LABEL=\"a b\"", TAG_LABEL, "a b", 0, 0 },
		{ "LABEL='a b'", TAG_LABEL, "a b", 0, 0 },
		{ "\"LABEL=a b\"", TAG_LABEL, "a b", 0, 0 },
		{ "\"LABEL='a b'\"", TAG_LABEL, "a b", 0, 0 },
		{ "'UUID=\"x\"'", TAG_UUID, "x", 0, 0 },
		{ "LABEL=\"a", TAG_LABEL, "\"a", 0, 0 },
		{ "LABEL=it's", TAG_LABEL, "it's", 0, 0 },
		{ "LABEL='", TAG_LABEL, "'", 0, 0 },
		{ "\"\"", TAG_NONE, "", 0, 0 },
		{ "\"/dev/sda1\"", TAG_DISK, "sda", 1, 0 },
	};

	(void)state;
	CHECK(rows);
}

static void udev_paths_are_decoded(void **state)
{
	static const struct row rows[] = {
		{ "/dev/disk/by-label/\\x2f", TAG_LABEL, "/", 0, 0 },
		{ "/dev/disk/by-label/a\\x20b\\x5cc", TAG_LABEL, "a b\\c", 0,
		  0 },
		{ "/dev/disk/by-label/\\x2F", TAG_LABEL, "/", 0, 0 },
		{ "/dev/disk/by-label/\\x2", TAG_LABEL, "\\x2", 0, 0 },
		{ "/dev/disk/by-label/\\xg0", TAG_LABEL, "\\xg0", 0, 0 },
		{ "/dev/disk/by-label/\\", TAG_LABEL, "\\", 0, 0 },
		{ "/dev/disk/by-uuid/AB-12", TAG_UUID, "AB-12", 0, 0 },
		{ "/dev/disk/by-partlabel/x\\x20y", TAG_PARTLABEL, "x y", 0,
		  0 },
		{ "/dev/disk/by-partuuid/1-2", TAG_PARTUUID, "1-2", 0, 0 },
		{ "/dev/disk/by-id/x", TAG_OTHER, "/dev/disk/by-id/x", 0, 0 },
		/* Outside of /dev/disk a backslash is a backslash. */
		{ "LABEL=a\\x20b", TAG_LABEL, "a\\x20b", 0, 0 },
	};

	(void)state;
	CHECK(rows);
}

static void disks_are_told_from_other_devices(void **state)
{
	static const struct row rows[] = {
		{ "/dev/xvda1", TAG_DISK, "xvda", 1, 0 },
		{ "/dev/xvda", TAG_DISK, "xvda", 0, 0 },
		{ "/dev/hdc5", TAG_DISK, "hdc", 5, 0 },
		{ "/dev/sdaa15", TAG_DISK, "sdaa", 15, 0 },
		{ "/dev/sda255", TAG_DISK, "sda", 255, 0 },
		{ "/dev/vda1", TAG_DISK, "vda", 1, 0 },
		{ "/dev/nvme0n1p12", TAG_DISK, "nvme0n1", 12, 0 },
		{ "'/dev/nvme0n1p1'", TAG_DISK, "nvme0n1", 1, 0 },
		{ "/dev/nvme10n2", TAG_DISK, "nvme10n2", 0, 0 },
		{ "/dev/nvme0", TAG_OTHER, "/dev/nvme0", 0, 0 },
		{ "/dev/nvme0n", TAG_OTHER, "/dev/nvme0n", 0, 0 },
		{ "/dev/nvme0n1p", TAG_OTHER, "/dev/nvme0n1p", 0, 0 },
		{ "/dev/nvme0n1p0", TAG_OTHER, "/dev/nvme0n1p0", 0, 0 },
		{ "/dev/nvme0n1q1", TAG_OTHER, "/dev/nvme0n1q1", 0, 0 },
		{ "/dev/sdap1", TAG_DISK, "sdap", 1, 0 },
		{ "/dev/vdap", TAG_DISK, "vdap", 0, 0 },
		{ "/dev/sd1", TAG_OTHER, "/dev/sd1", 0, 0 },
		{ "/dev/xvd1", TAG_OTHER, "/dev/xvd1", 0, 0 },
		{ "/dev/sda0", TAG_OTHER, "/dev/sda0", 0, 0 },
		{ "/dev/sda1x", TAG_OTHER, "/dev/sda1x", 0, 0 },
		{ "/dev/sda/1", TAG_OTHER, "/dev/sda/1", 0, 0 },
		{ "/dev/", TAG_OTHER, "/dev/", 0, 0 },
		{ "/dev/mapper/vg-root", TAG_STACK, "/dev/mapper/vg-root", 0,
		  0 },
		{ "/dev/md0", TAG_STACK, "/dev/md0", 0, 0 },
		{ "/dev/nfs", TAG_NETWORK, "/dev/nfs", 0, 0 },
		{ "10.0.0.1:/export", TAG_NETWORK, "10.0.0.1:/export", 0, 0 },
		{ "nfs4:10.0.0.1:/x", TAG_NETWORK, "nfs4:10.0.0.1:/x", 0, 0 },
		{ "/dev/vg0/root", TAG_STACK, "/dev/vg0/root", 0, 0 },
		{ "/dev/mapper/../sda1", TAG_OTHER, "/dev/mapper/../sda1", 0,
		  0 },
		{ "/dev//sda1", TAG_DISK, "sda", 1, 0 },
		{ "//dev/./sda1", TAG_DISK, "sda", 1, 0 },
		{ "/dev/disk//by-label/x", TAG_LABEL, "x", 0, 0 },
		{ "8:1", TAG_NUMBER, "8:1", 0, 0 },
		{ "0801", TAG_NUMBER, "0801", 0, 0 },
		{ "/dev/block/8:1", TAG_NUMBER, "/dev/block/8:1", 0, 0 },
		{ "8:", TAG_OTHER, "8:", 0, 0 },
		{ "80g1", TAG_OTHER, "80g1", 0, 0 },
		{ "ZFS=tank/root", TAG_STACK, "ZFS=tank/root", 0, 0 },
		{ "label=x", TAG_OTHER, "label=x", 0, 0 },
	};

	(void)state;
	CHECK(rows);
}

static void assert_refused(const char *text, int err)
{
	struct tag tag;

	assert_int_equal(tag_parse(text, &tag), err);
	assert_int_equal(tag.kind, TAG_OTHER);
	assert_string_equal(tag.value, "");
	assert_int_equal(tag.part, 0);
	assert_int_equal(tag.partnroff, 0);
}

static void numbers_out_of_range_are_refused(void **state)
{
	(void)state;
	assert_refused("/dev/sda256", -EINVAL);
	assert_refused("/dev/nvme0n1p256", -EINVAL);
	assert_refused("/dev/sda99999999999999999999", -EINVAL);
	assert_refused("PARTUUID=x/PARTNROFF=256", -EINVAL);
	assert_refused("PARTUUID=x/PARTNROFF=99999999999999999999", -EINVAL);
	assert_refused("PARTUUID=x/PARTNROFF=", -EINVAL);
	assert_refused("PARTUUID=x/PARTNROFF=--1", -EINVAL);
	assert_refused("PARTUUID=x/PARTNROFF=1x", -EINVAL);
	assert_refused("PARTUUID=x/other", -EINVAL);
	assert_refused("/dev/disk/by-label/a\\x00b", -EINVAL);
}

/* linux/kdev_t.h, new_decode_dev(): the minor has bits on both sides. */
static void numbers_are_the_kernels(void **state)
{
	static const struct {
		const char *text;
		unsigned int major, minor;
	} rows[] = {
		{ "8:17", 8, 17 },	 { "811", 8, 17 },
		{ "ca01", 202, 1 },	 { "0x801", 0, 0 },
		{ "10301", 259, 1 },	 { "00110301", 259, 257 },
		{ "259:300", 259, 300 },
	};
	struct tag tag;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		tag_parse(rows[i].text, &tag);
		assert_int_equal(tag.major, rows[i].major);
		assert_int_equal(tag.minor, rows[i].minor);
	}
}

static void a_value_too_long_is_refused_whole(void **state)
{
	char text[TAG_VALUE_SIZE + 64] = "LABEL=";
	struct tag tag;

	(void)state;
	memset(text + 6, 'x', TAG_VALUE_SIZE - 1);
	text[6 + TAG_VALUE_SIZE - 1] = '\0';
	assert_int_equal(tag_parse(text, &tag), 0);
	assert_int_equal(strlen(tag.value), TAG_VALUE_SIZE - 1);
	text[6 + TAG_VALUE_SIZE - 1] = 'x';
	text[6 + TAG_VALUE_SIZE] = '\0';
	assert_refused(text, -ENAMETOOLONG);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_refused(text, -ENAMETOOLONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_tag_is_understood),
		cmocka_unit_test(quotes_are_stripped),
		cmocka_unit_test(udev_paths_are_decoded),
		cmocka_unit_test(disks_are_told_from_other_devices),
		cmocka_unit_test(numbers_out_of_range_are_refused),
		cmocka_unit_test(numbers_are_the_kernels),
		cmocka_unit_test(a_value_too_long_is_refused_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
