// SPDX-License-Identifier: GPL-2.0-or-later
/* The parsers on golden images: what the real mkfs tools wrote, and what
 * libblkid says of it; then the same images cut short and broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "guard.h"

static int ignore(const struct part_entry *entry, void *ctx)
{
	(void)entry;
	(void)ctx;
	return 0;
}

/* Every question there is, answered somehow. */
static int ask_everything(struct golden *g, struct probe_result *found)
{
	int rc = probe_superblock(&g->bytes, found);

	guard_reset();
	probe_may_carry(&g->bytes, PROBE_LABEL, "root");
	guard_reset();
	part_walk(&g->bytes, ignore, NULL);
	return rc;
}

static void compare(const char *path, struct golden *g)
{
	char want[4096] = "", have[4096];
	char name[320];
	size_t len = strlen(path) - strlen("dump");
	FILE *file;

	snprintf(name, sizeof(name), "%.*swant", (int)len, path);
	file = fopen(name, "r");
	assert_non_null(file);
	want[fread(want, 1, sizeof(want) - 1, file)] = '\0';
	fclose(file);
	golden_describe(g, have, sizeof(have));
	/* partx leaves a space where there is no name; so does golden.c. */
	if (strcmp(want, have))
		fail_msg("%s:\nwant:\n%shave:\n%s", path, want, have);
}

static void golden_images_are_named_as_libblkid_names_them(void **state)
{
	(void)state;
	assert_in_range(golden_each(compare), 35, 1000);
}

static int quickly(struct golden *g, enum probe_field field, const char *value)
{
	int rc = probe_may_carry(&g->bytes, field, value);

	guard_reset();
	return rc;
}

/* What the full look would take for a tag, the quick look must not rule out:
 * the second device that carries it would go unseen. */
static void quick_agrees(const char *path, struct golden *g)
{
	struct probe_result full;
	int rc = probe_superblock(&g->bytes, &full);

	guard_reset();
	if (rc != 1 || full.usage == PROBE_MEMBER)
		return;
	if (full.label[0] && !quickly(g, PROBE_LABEL, full.label))
		fail_msg("%s: %s of label %s", path, full.type, full.label);
	if (full.uuid[0] && !quickly(g, PROBE_UUID, full.uuid))
		fail_msg("%s: %s of UUID %s", path, full.type, full.uuid);
}

static void quick_is_choosy(const char *path, struct golden *g)
{
	if (quickly(g, PROBE_LABEL, "no such label"))
		fail_msg("%s: any label", path);
}

static void
the_cheap_question_never_misses_what_the_full_look_finds(void **state)
{
	(void)state;
	golden_each(quick_agrees);
	golden_each(quick_is_choosy);
}

/* One file system's bytes over another's: all pairs. */
static struct golden below;
static const char *below_path;

/* Breaks g in eight places, one after the other: the one on top is then a
 * leftover, and its checksum says so. */
static void break_on_top(const char *path, struct golden *g, size_t from)
{
	size_t step = (g->rows - from) / 8 + 1;

	for (size_t i = from; i < g->rows; i += step) {
		uint8_t *byte = &g->row[i].data[g->row[i].len - 1];

		*byte ^= 1;
		quick_agrees(path, g);
		*byte ^= 1;
	}
}

static void lay_over(const char *path, struct golden *top)
{
	static struct golden both;
	char name[640];

	if (top->rows + below.rows > GOLDEN_ROWS)
		return;
	snprintf(name, sizeof(name), "%s over %s", path, below_path);
	both = below;
	memcpy(both.row + both.rows, top->row, top->rows * sizeof(*top->row));
	both.rows += top->rows;
	quick_agrees(name, &both);
	break_on_top(name, &both, below.rows);
	both.bytes.size = top->bytes.size;
	quick_agrees(name, &both);
	break_on_top(name, &both, below.rows);
}

static void lay_all_over(const char *path, struct golden *g)
{
	below = *g;
	below_path = path;
	golden_each(lay_over);
}

static void it_misses_nothing_behind_what_was_there_before(void **state)
{
	(void)state;
	golden_each(lay_all_over);
}

/* A device cut to n bytes: what is found must be there, and nothing beyond
 * is read (golden.c aborts on that, AddressSanitizer on the rest). */
static void cut(struct golden *g, uint64_t n)
{
	struct probe_result found;

	g->bytes.size = n;
	ask_everything(g, &found);
}

/* Every length around each row of 32 bytes that is not zero, and around the
 * places where parsers look; elsewhere, where all is zero, every 4093rd up to
 * 1 MiB, and 256 of the rest. */
static void cut_everywhere(const char *path, struct golden *g)
{
	uint64_t size = g->bytes.size;
	uint64_t step = size / 256 + 1;

	(void)path;
	for (size_t i = 0; i < g->rows; i++)
		for (uint64_t k = 0; k <= GOLDEN_ROW; k++)
			if (g->row[i].offset + k <= size)
				cut(g, g->row[i].offset + k);
	for (uint64_t n = 0; n < 4700 && n <= size; n += 3)
		cut(g, n);
	for (uint64_t n = 0; n < 1024 * 1024 && n <= size; n += 4093)
		cut(g, n);
	for (uint64_t n = 0; n <= size; n += step)
		cut(g, n);
}

static void every_prefix_of_an_image_is_survived(void **state)
{
	(void)state;
	golden_each(cut_everywhere);
}

static void break_everywhere(const char *path, struct golden *g)
{
	static const uint8_t masks[] = { 0xff, 0x80, 0x01 };
	struct probe_result found;

	for (size_t i = 0; i < g->rows; i++)
		for (size_t k = 0; k < g->row[i].len; k++) {
			uint8_t *byte = &g->row[i].data[k];
			uint8_t was = *byte;

			*byte = was ^ masks[k % sizeof(masks)];
			ask_everything(g, &found);
			quick_agrees(path, g);
			*byte = was;
		}
}

static void every_byte_of_an_image_may_be_wrong(void **state)
{
	(void)state;
	golden_each(break_everywhere);
}

static void unreadable_beyond(const char *path, struct golden *g)
{
	static const uint64_t limits[] = { 0, 4096, 65536, 1024 * 1024 };
	struct probe_result found;

	for (size_t i = 0; i < 4; i++) {
		int rc;

		g->limit = limits[i];
		rc = ask_everything(g, &found);
		if (limits[i] == 0 && rc != -EIO)
			fail_msg("%s: %d, not -EIO", path, rc);
	}
}

static void a_bad_sector_is_an_error_not_an_answer(void **state)
{
	(void)state;
	golden_each(unreadable_beyond);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			golden_images_are_named_as_libblkid_names_them),
		cmocka_unit_test(
			the_cheap_question_never_misses_what_the_full_look_finds),
		cmocka_unit_test(
			it_misses_nothing_behind_what_was_there_before),
		cmocka_unit_test(every_prefix_of_an_image_is_survived),
		cmocka_unit_test(every_byte_of_an_image_may_be_wrong),
		cmocka_unit_test(a_bad_sector_is_an_error_not_an_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
