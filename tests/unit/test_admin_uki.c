// SPDX-License-Identifier: GPL-2.0-or-later
/* The sections of unified kernel images: of a good one, and of bytes that end
 * early or lie about what follows. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "admin/bootcfg/uki.h"

#define PE    0x80
#define FIRST (PE + 24 + 240) /* the table of sections */
#define LINE  "root=LABEL=/ ro\n"

static uint8_t head[1024];
static struct uki uki;

static void put(size_t at, uint32_t value)
{
	unsigned int i;

	for (i = 0; i < 4; i++)
		head[at + i] = (uint8_t)(value >> (8 * i));
}

static void section(unsigned int i, const char *name, uint32_t at,
		    uint32_t used, uint32_t raw)
{
	uint8_t *to = head + FIRST + 40 * i;

	memset(to, 0, 40);
	memcpy(to, name, strlen(name));
	put(FIRST + 40 * i + 8, used);
	put(FIRST + 40 * i + 16, raw);
	put(FIRST + 40 * i + 20, at);
}

static void good_head(void)
{
	memset(head, 0, sizeof(head));
	memcpy(head, "MZ", 2);
	put(0x3c, PE);
	memcpy(head + PE, "PE\0", 4);
	head[PE + 6] = 4;
	head[PE + 20] = 240;
	section(0, ".cmdline", 800, sizeof(LINE) - 1, 512);
	section(1, ".linux", 4096, 0, 8192);
	section(2, ".initrd", 12288, 100, 50);
	section(3, ".cmdline", 900, 5, 512);
	memcpy(head + 800, LINE, sizeof(LINE) - 1);
}

static void sections_are_found_and_the_first_of_a_name_counts(void **state)
{
	(void)state;
	good_head();
	assert_true(uki_parse(head, sizeof(head), &uki));
	assert_int_equal(uki.line.at, 800);
	assert_int_equal(uki.line.size, sizeof(LINE) - 1);
	assert_int_equal(uki.kernel.at, 4096);
	assert_int_equal(uki.kernel.size, 8192); /* no virtual size */
	assert_int_equal(uki.initrd.size, 50);	 /* what the file has of it */
	assert_int_equal(uki.osrel.size, 0);
}

static void what_is_no_efi_program_is_refused(void **state)
{
	static const size_t wrong[] = { 0, 1, PE, PE + 1, PE + 2 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		good_head();
		head[wrong[i]] ^= 1;
		assert_false(uki_parse(head, sizeof(head), &uki));
	}
}

static void a_head_that_ends_early_is_refused(void **state)
{
	size_t len;

	(void)state;
	good_head();
	for (len = 0; len < FIRST + 4 * 40; len++) {
		uint8_t part[sizeof(head)]; /* of which ASan knows the end */

		memcpy(part, head, len);
		assert_false(uki_parse(part, len, &uki));
	}
	assert_true(uki_parse(head, FIRST + 4 * 40, &uki));
}

static void a_lie_about_places_is_refused(void **state)
{
	static const uint32_t places[] = { sizeof(head) - 23, 0xffffffff,
					   0x7fffffff };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		good_head();
		put(0x3c, places[i]);
		assert_false(uki_parse(head, sizeof(head), &uki));
	}
	good_head();
	head[PE + 7] = 0xff; /* so many sections */
	assert_false(uki_parse(head, sizeof(head), &uki));
	good_head();
	head[PE + 21] = 0xff;
	assert_false(uki_parse(head, sizeof(head), &uki));
}

static void a_section_is_read_as_one_text(void **state)
{
	struct fixture *f = *state;
	char path[FIXTURE_PATH], text[32];
	int fd;

	good_head();
	fixture_path(f, path, "%s/uki.efi", f->dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, head, sizeof(head)), sizeof(head));
	assert_true(uki_look(fd, sizeof(head), &uki));
	assert_int_equal(uki_text(fd, &uki.line, text, sizeof(text)), 0);
	assert_string_equal(text, "root=LABEL=/ ro");
	assert_int_equal(uki_text(fd, &uki.line, text, sizeof(LINE) - 1),
			 -EFBIG);
	assert_int_equal(uki_text(fd, &uki.osrel, text, sizeof(text)), 0);
	assert_string_equal(text, "");
	assert_int_not_equal(
		uki_text(fd, &uki.initrd, (char *)head, sizeof(head)), 0);
	assert_false(uki_look(fd, 8192, &uki)); /* the file is shorter */
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			sections_are_found_and_the_first_of_a_name_counts),
		cmocka_unit_test(what_is_no_efi_program_is_refused),
		cmocka_unit_test(a_head_that_ends_early_is_refused),
		cmocka_unit_test(a_lie_about_places_is_refused),
		FIXTURE_TEST(a_section_is_read_as_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
