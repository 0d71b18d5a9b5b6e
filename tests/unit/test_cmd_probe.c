// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot probe`: what it prints of images, of partitions, and of labels that
 * were made to disturb a terminal or a shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "fixture.h"

#define ROOT_UUID "11111111-2222-3333-4444-555555555555"
#define PART	  (IMAGE_LENGTH * 512ULL) /* bytes of a partition */
#define START	  (IMAGE_START * 512ULL)  /* of the first */

static const struct image two = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", ROOT_UUID, 0 }, { "swap", "SWAP", 0, 0 } },
};

static int probe(struct fixture *f, const char *path, const char *second)
{
	const char *const argv[] = { "probe", path, second, NULL };

	return fixture_run(f, cmd_probe, argv);
}

/* The image as a file below the root, cut to len bytes (0: whole). */
static void image_file(struct fixture *f, const struct image *image,
		       uint64_t len)
{
	char path[FIXTURE_PATH + 64];

	snprintf(path, sizeof(path), "%s/disk.img", f->dir);
	image_write(image, path);
	if (len)
		assert_int_equal(truncate(path, (off_t)len), 0);
}

static void poke(struct fixture *f, uint64_t offset, const void *bytes,
		 size_t len)
{
	char path[FIXTURE_PATH + 64];
	int fd;

	snprintf(path, sizeof(path), "%s/disk.img", f->dir);
	fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, bytes, len, (off_t)offset), len);
	close(fd);
}

#define TABLE "DEVNAME=/disk.img\nPTTYPE=dos\n"
#define FIRST                                                                  \
	"\nDEVNAME=/disk.img\nPARTN=1\nLABEL=/\nUUID=" ROOT_UUID               \
	"\nTYPE=ext3\nPARTUUID=12345678-01\n"

static void each_partition_of_an_image_has_a_block(void **state)
{
	struct fixture *f = *state;

	image_file(f, &two, 0);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_string_equal(f->out, TABLE FIRST "\nDEVNAME=/disk.img\nPARTN=2\n"
						"LABEL=SWAP\nTYPE=swap\n"
						"PARTUUID=12345678-02\n");
	assert_string_equal(f->err, "");
}

static void blocks_of_two_files_are_apart(void **state)
{
	static const struct image plain = {
		.whole = 1, .part = { { "ext4", "plain", 0, 0 } }
	};
	struct fixture *f = *state;

	image_file(f, &plain, 0);
	assert_int_equal(probe(f, "/disk.img", "/disk.img"), 0);
	assert_string_equal(f->out, "DEVNAME=/disk.img\nLABEL=plain\n"
				    "TYPE=ext4\n\nDEVNAME=/disk.img\n"
				    "LABEL=plain\nTYPE=ext4\n");
}

/* An image that was cut off, or a table that lies. */
static void a_partition_beyond_the_end_has_no_content(void **state)
{
	struct fixture *f = *state;

	image_file(f, &two, START + PART);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_string_equal(f->out, TABLE FIRST "\nDEVNAME=/disk.img\nPARTN=2\n"
						"PARTUUID=12345678-02\n");
	/* It begins in the image and ends beyond it: what there is, is read. */
	poke(f, 446 + 12, "\xff\xff\xff\x7f", 4);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_non_null(strstr(f->out, FIRST));
	image_file(f, &two, START + 512);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_non_null(strstr(f->out, "PARTN=1\nPARTUUID=12345678-01\n"));
}

/* Nothing of the next partition may be taken for this one's. */
static void a_partition_ends_where_its_entry_says(void **state)
{
	struct fixture *f = *state;

	image_file(f, &two, 0);
	/* The first partition's size, in its entry: one sector. */
	poke(f, 446 + 12, "\1\0\0\0", 4);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_non_null(strstr(f->out, "PARTN=1\nPARTUUID=12345678-01\n"));
	assert_null(strstr(f->out, "LABEL=/"));
}

static void a_label_cannot_disturb_a_terminal_or_a_shell(void **state)
{
	static const struct image bad = {
		.whole = 1,
		.part = { { "ext4", "a b$`\"'\\<\x1b\n\x7f\xe4\x81", 0, 0 } }
	};
	struct fixture *f = *state;

	image_file(f, &bad, 0);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	assert_string_equal(f->out,
			    "DEVNAME=/disk.img\n"
			    "LABEL=a\\ b\\$\\`\\\"\\'\\\\\\<^[^J^?M-dM-^A\n"
			    "TYPE=ext4\n");
}

static void a_long_label_is_shown_whole(void **state)
{
	static struct image image = { .whole = 1 };
	char label[256], *at;
	struct fixture *f = *state;
	unsigned int shown = 0;

	memset(label, 0x81, sizeof(label) - 1);
	label[sizeof(label) - 1] = '\0';
	image.part[0].type = "btrfs";
	image.part[0].label = label;
	image.part[0].uuid = ROOT_UUID;
	image_file(f, &image, 0);
	assert_int_equal(probe(f, "/disk.img", NULL), 0);
	at = strstr(f->out, "\nLABEL=");
	assert_non_null(at);
	for (at += 7; !strncmp(at, "M-^A", 4); at += 4)
		shown++;
	assert_int_equal(*at, '\n');
	assert_int_equal(shown, sizeof(label) - 1);
}

static void what_is_not_believed_is_told_with_the_reason(void **state)
{
	static const struct image both = {
		.whole = 1, .part = { { "ext4", "x", ROOT_UUID, 0 } }
	};
	static const struct image none = { .whole = 1,
					   .part = { { "zero", 0, 0, 0 } } };
	static const uint8_t swap[] = { 1, 0, 0, 0, 0xff, 0x0f, 0, 0 };
	struct fixture *f = *state;

	image_file(f, &both, 0);
	poke(f, 1024, swap, sizeof(swap));
	poke(f, 4086, "SWAPSPACE2", 10);
	assert_int_equal(probe(f, "/disk.img", NULL), 1);
	check_out(f, "");
	assert_non_null(strstr(f->err, "/disk.img: two formats claim it"));
	image_file(f, &none, 0);
	assert_int_equal(probe(f, "/disk.img", NULL), 1);
	assert_non_null(strstr(f->err, "/disk.img: nothing known"));
	assert_int_equal(probe(f, "/dev", NULL), 1);
	assert_non_null(strstr(f->err, "/dev: not a disk or file"));
}

/* One that fails does not keep the others from being shown. */
static void one_bad_file_is_no_end(void **state)
{
	struct fixture *f = *state;

	image_file(f, &two, 0);
	assert_int_equal(probe(f, "/none", "/disk.img"), 1);
	assert_int_equal(strncmp(f->out, TABLE, strlen(TABLE)), 0);
	assert_non_null(strstr(f->err, "/none: no such file"));
	assert_int_equal(probe(f, "/dev/none", NULL), 1);
	assert_non_null(strstr(f->err, "/dev/none: no such file"));
	assert_int_equal(probe(f, NULL, NULL), 2);
}

static void a_partition_with_a_node_shows_its_own_entry(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &two);
	fixture_link(f, "/dev/disk/by-label/SWAP", "../../xvda2");
	assert_int_equal(probe(f, "/dev/xvda2", NULL), 0);
	assert_string_equal(f->out,
			    "DEVNAME=/dev/xvda2\nLABEL=SWAP\nTYPE=swap\n"
			    "PARTUUID=12345678-02\n");
	assert_int_equal(probe(f, "/dev/disk/by-label/SWAP", NULL), 0);
	assert_non_null(strstr(f->out, "\nPARTUUID=12345678-02\n"));
	/* The disk itself: its partitions have nodes of their own. */
	assert_int_equal(probe(f, "/dev/xvda", NULL), 0);
	assert_string_equal(f->out, "DEVNAME=/dev/xvda\nPTTYPE=dos\n");
	check_no_writes(f);
	assert_string_equal(f->kmsg, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(each_partition_of_an_image_has_a_block),
		FIXTURE_TEST(blocks_of_two_files_are_apart),
		FIXTURE_TEST(a_partition_beyond_the_end_has_no_content),
		FIXTURE_TEST(a_partition_ends_where_its_entry_says),
		FIXTURE_TEST(a_label_cannot_disturb_a_terminal_or_a_shell),
		FIXTURE_TEST(a_long_label_is_shown_whole),
		FIXTURE_TEST(what_is_not_believed_is_told_with_the_reason),
		FIXTURE_TEST(one_bad_file_is_no_end),
		FIXTURE_TEST(a_partition_with_a_node_shows_its_own_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
