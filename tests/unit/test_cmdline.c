// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel command line, good and bad. Pure. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cmdline.h"
#include "fixture.h"

static char complaints[4096];

static void note(void *ctx, const char *what, const char *why)
{
	size_t used = strlen(complaints);

	assert_non_null(why);
	snprintf(complaints + used, sizeof(complaints) - used, "%.100s|", what);
	++*(unsigned int *)ctx;
}

/* Parses, and returns how many complaints there were. */
static unsigned int parse(const char *text, struct cmdline *c)
{
	unsigned int count = 0;

	complaints[0] = '\0';
	cmdline_parse(text, c, note, &count);
	return count;
}

static void an_empty_line_gives_the_defaults(void **state)
{
	struct cmdline c;

	(void)state;
	assert_int_equal(parse("", &c), 0);
	assert_int_equal(c.mode, MODE_AUTO);
	assert_int_equal(c.wait_s, 10);
	assert_false(c.debug);
	assert_int_equal(c.keeps, 0);
	assert_string_equal(c.root, "");
	assert_string_equal(c.resume, "");
	assert_int_equal(c.unplug, UNPLUG_DEFAULT);
}

static void all_options_are_understood_in_any_order(void **state)
{
	struct cmdline c;

	(void)state;
	assert_int_equal(
		parse("quiet pvroot=wait=30,debug,keep=sda,keep=sdb,strict "
		      "root=LABEL=/ ro resume=UUID=ab-cd\n",
		      &c),
		0);
	assert_int_equal(c.mode, MODE_STRICT);
	assert_int_equal(c.wait_s, 30);
	assert_true(c.debug);
	assert_int_equal(c.keeps, 2);
	assert_string_equal(c.keep[0], "sda");
	assert_string_equal(c.keep[1], "sdb");
	assert_string_equal(c.root, "LABEL=/");
	assert_string_equal(c.resume, "UUID=ab-cd");
}

static void the_last_of_equal_keys_wins_and_pvroot_options_add_up(void **state)
{
	struct cmdline c;

	(void)state;
	parse("root=/dev/sda1 pvroot=strict root=/dev/xvda1 pvroot=debug", &c);
	assert_string_equal(c.root, "/dev/xvda1");
	assert_int_equal(c.mode, MODE_STRICT);
	assert_true(c.debug);
	parse("pvroot=strict pvroot=auto", &c);
	assert_int_equal(c.mode, MODE_AUTO);
	parse("pvroot=off", &c);
	assert_int_equal(c.mode, MODE_OFF);
}

static void unknown_options_are_named_and_ignored(void **state)
{
	struct cmdline c;

	(void)state;
	assert_int_equal(parse("pvroot=strict,sctrict,offf,off=1,wait", &c), 4);
	assert_string_equal(complaints, "sctrict|offf|off=1|wait|");
	assert_int_equal(c.mode, MODE_STRICT);
	assert_int_equal(c.wait_s, 10);
}

static void empty_options_say_nothing(void **state)
{
	struct cmdline c;

	(void)state;
	assert_int_equal(parse("pvroot= pvroot=,,strict,, root=", &c), 0);
	assert_int_equal(c.mode, MODE_STRICT);
}

static void wait_out_of_range_keeps_the_default(void **state)
{
	static const char *const bad[] = {
		"pvroot=wait=601",
		"pvroot=wait=-1",
		"pvroot=wait=",
		"pvroot=wait=1s",
		"pvroot=wait=0x9",
		"pvroot=wait=1.5",
		"pvroot=wait=99999999999999999999999999",
	};
	struct cmdline c;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(parse(bad[i], &c), 1);
		assert_int_equal(c.wait_s, 10);
	}
	assert_int_equal(parse("pvroot=wait=600", &c), 0);
	assert_int_equal(c.wait_s, 600);
	assert_int_equal(parse("pvroot=wait=0", &c), 0);
	assert_int_equal(c.wait_s, 0);
}

static void keep_takes_sixteen_names_that_fit(void **state)
{
	char line[512] = "pvroot=keep=";
	struct cmdline c;
	int i;

	(void)state;
	assert_int_equal(parse("pvroot=keep=", &c), 1);
	memset(line + strlen(line), 'x', CMDLINE_NAME);
	assert_int_equal(parse(line, &c), 1);
	assert_int_equal(c.keeps, 0);
	strcpy(line, "pvroot=");
	for (i = 0; i < 17; i++)
		strcat(line, "keep=sda,");
	assert_int_equal(parse(line, &c), 1);
	assert_int_equal(c.keeps, CMDLINE_KEEP);
}

static void quotes_keep_spaces_together(void **state)
{
	struct cmdline c;

	(void)state;
	parse("root=LABEL=\"my root\" quiet", &c);
	assert_string_equal(c.root, "LABEL=my root");
	parse("\"root=LABEL=my root\" pvroot=strict", &c);
	assert_string_equal(c.root, "LABEL=my root");
	assert_int_equal(c.mode, MODE_STRICT);
	parse("root=\"LABEL=never closed pvroot=strict", &c);
	assert_string_equal(c.root, "LABEL=never closed pvroot=strict");
	assert_int_equal(c.mode, MODE_AUTO);
}

static void what_follows_a_double_dash_is_for_init(void **state)
{
	struct cmdline c;

	(void)state;
	parse("root=/dev/xvda1 -- root=/dev/sda1 pvroot=off", &c);
	assert_string_equal(c.root, "/dev/xvda1");
	assert_int_equal(c.mode, MODE_AUTO);
	parse("--x root=/dev/xvda1", &c);
	assert_string_equal(c.root, "/dev/xvda1");
}

static void a_key_must_begin_its_word(void **state)
{
	struct cmdline c;

	(void)state;
	parse("xroot=/dev/a nfsroot=b root rootdelay=5 pvroot pvroots=off", &c);
	assert_string_equal(c.root, "");
	assert_int_equal(c.mode, MODE_AUTO);
}

static void a_value_too_long_is_said_and_left_out(void **state)
{
	char *line = malloc(8000);
	struct cmdline c;

	(void)state;
	memset(line, 'a', 7999);
	line[7999] = '\0';
	memcpy(line, "root=", 5);
	assert_int_equal(parse(line, &c), 1);
	assert_string_equal(c.root, "");
	line[5 + CMDLINE_VALUE - 1] = '\0';
	assert_int_equal(parse(line, &c), 0);
	assert_int_equal(strlen(c.root), CMDLINE_VALUE - 1);
	memcpy(line, "resume=", 7);
	memset(line + 7, 'a', CMDLINE_VALUE);
	line[7 + CMDLINE_VALUE] = '\0';
	assert_int_equal(parse(line, &c), 1);
	free(line);
}

static void unplug_values_are_told_apart(void **state)
{
	struct cmdline c;

	(void)state;
	parse("xen_emul_unplug=never", &c);
	assert_int_equal(c.unplug, UNPLUG_NEVER);
	parse("xen_emul_unplug=unnecessary", &c);
	assert_int_equal(c.unplug, UNPLUG_UNNECESSARY);
	parse("xen_emul_unplug=ide-disks,nics", &c);
	assert_int_equal(c.unplug, UNPLUG_OTHER);
}

/* One line of the list: a command line, a TAB, the mode. */
static void check_mode(char *line, const char *mode)
{
	static const char *const names[] = {
		[MODE_AUTO] = "auto",
		[MODE_STRICT] = "strict",
		[MODE_OFF] = "off",
	};
	struct cmdline c;

	parse(line, &c);
	if (strcmp(names[c.mode], mode))
		fail_msg("%s instead of %s: %.200s", names[c.mode], mode, line);
}

/* tests/hooks/scripts and tests/initramfs/strict put the same lines to the
 * shell's parser and to the first process. */
static void the_shared_list_has_the_modes_that_it_says(void **state)
{
	FILE *list = fopen("tests/cmdline/strict.list", "r");
	unsigned int lines = 0;
	char line[CMDLINE_SIZE];

	(void)state;
	assert_non_null(list);
	while (fgets(line, sizeof(line), list)) {
		char *mode = strrchr(line, '\t');

		if (*line == '#')
			continue;
		assert_non_null(mode);
		line[strlen(line) - 1] = '\0';
		*mode++ = '\0';
		check_mode(line, mode);
		lines++;
	}
	fclose(list);
	assert_true(lines > 80);
}

/* As the first process uses it: the words take the text's own place. */
static void words_can_be_cut_in_place(void **state)
{
	char line[] = "x y  \"a b\" c=\"d\"\te -- \"\" f\"g h";
	static const char *const want[] = { "x", "y",  "a b", "c=d",
					    "e", "--", "",    "fg h" };
	const char *rest = line;
	char *word = line;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		assert_true(cmdline_next_word(&rest, word));
		assert_string_equal(word, want[i]);
		word += strlen(word) + 1;
	}
	assert_false(cmdline_next_word(&rest, word));
}

/* Every byte at every place of a short line, and long runs of each. */
static void binary_junk_never_breaks_the_parser(void **state)
{
	static const char model[] = "pvroot=wait=5,strict root=\"LABEL=/\" --";
	char *line = malloc(9001);
	struct cmdline c;
	unsigned int byte;
	size_t i;

	(void)state;
	for (byte = 0; byte < 256; byte++) {
		for (i = 0; i < sizeof(model); i++) {
			char junk[sizeof(model)];

			memcpy(junk, model, sizeof(model));
			junk[i] = (char)byte;
			junk[sizeof(model) - 1] = '\0';
			parse(junk, &c);
			assert_true(c.wait_s <= CMDLINE_WAIT_MAX);
			assert_true(strlen(c.root) < sizeof(c.root));
		}
		memset(line, (int)byte, 9000);
		line[9000] = '\0';
		memcpy(line, "pvroot=", 7);
		parse(line, &c);
	}
	free(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_line_gives_the_defaults),
		cmocka_unit_test(all_options_are_understood_in_any_order),
		cmocka_unit_test(
			the_last_of_equal_keys_wins_and_pvroot_options_add_up),
		cmocka_unit_test(unknown_options_are_named_and_ignored),
		cmocka_unit_test(empty_options_say_nothing),
		cmocka_unit_test(wait_out_of_range_keeps_the_default),
		cmocka_unit_test(keep_takes_sixteen_names_that_fit),
		cmocka_unit_test(quotes_keep_spaces_together),
		cmocka_unit_test(what_follows_a_double_dash_is_for_init),
		cmocka_unit_test(a_key_must_begin_its_word),
		cmocka_unit_test(a_value_too_long_is_said_and_left_out),
		cmocka_unit_test(unplug_values_are_told_apart),
		cmocka_unit_test(the_shared_list_has_the_modes_that_it_says),
		cmocka_unit_test(words_can_be_cut_in_place),
		cmocka_unit_test(binary_junk_never_breaks_the_parser),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
