// SPDX-License-Identifier: GPL-2.0-or-later
/* GRUB 2's scripts: words, quotes, variables, ifs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/entry.h"

static struct entries entries;

static int begin(void **state)
{
	(void)state;
	memset(&entries, 0, sizeof(entries));
	return 0;
}

static int end(void **state)
{
	(void)state;
	entries_free(&entries);
	return 0;
}

/* Of exactly its length, so that a read behind its end is seen. */
static void parse(const char *text)
{
	char *copy = strdup(text);

	entry_parse_grub2(&entries, "/boot/grub/grub.cfg", copy);
	free(copy);
}

static void is(unsigned int number, const char *kernel, const char *line,
	       const char *initrds)
{
	char text[1024];

	assert_true(number < entries.count);
	assert_string_equal(entries.at[number].kernel, kernel);
	assert_string_equal(entries.at[number].line, line);
	assert_string_equal(words_join(&entries.at[number].initrds, " ", text,
				       sizeof(text)),
			    initrds);
}

static void is_clear(unsigned int number)
{
	assert_int_equal(entries.at[number].unclear.count, 0);
}

/* The only entry, with this line. */
static void only(const char *body, const char *line)
{
	char text[2048];

	snprintf(text, sizeof(text), "menuentry 'x' {\n%s\ninitrd /i\n}\n",
		 body);
	begin(NULL);
	parse(text);
	assert_int_equal(entries.count, 1);
	is(0, "/k", line, "/i");
	is_clear(0);
	end(NULL);
}

static void a_line_may_have_many_commands(void **state)
{
	(void)state;
	parse("menuentry x { linux /k root=a bad; initrd /i; }");
	assert_int_equal(entries.count, 1);
	is(0, "/k", "root=a bad", "/i");
	is_clear(0);
	parse("menuentry \"y\" --class z { linux /k a;initrd /i }\n");
	is(1, "/k", "a", "/i");
	assert_string_equal(entries.at[1].title, "y");
}

static void words_are_cut_as_grub_does(void **state)
{
	(void)state;
	only("linux /k one 'two' \"three\" fo'u'r # five",
	     "one two three four");
	only("linux /k one \\\n  two \\\r\n three", "one two three");
	only("linux '/k' a\\ b \"c d\"", "\"a b\" \"c d\"");
	only("linux (hd0,1)/k a=\"b\" c#d", "a=b c#d");
	only("linux ($root)/k \"\\$x\" '$y' $", "$x $y $");
	only("\tlinux16\t/k\ta;# b", "a");
	only("if true; then linux /k a\nelse linux /k a; fi", "a");
}

static void variables_have_their_values(void **state)
{
	(void)state;
	only("set a='b c'\nset d=\"${a}\"\nlinux /k $d \"$d\" e$d",
	     "b c \"b c\" eb c");
	only("set a=1\nset a=2\nlinux /k x${a}y$a-$a", "x2y2-2");
	only("linux /k $tuned_params a", "a");
	only("search --set=drive1 --label x\nlinux ($drive1)/k a", "a");
	parse("menuentry x {\nlinux /k $nowhere\n}\n");
	is(0, "/k", "", "");
	assert_string_equal(entries.at[0].unclear.at[0],
			    "$nowhere is set nowhere");
}

static void a_value_that_depends_is_told(void **state)
{
	(void)state;
	parse("set a=one\nif [ $b = 1 ]; then set a=two; fi\n"
	      "set c=x\nif true; then set c=x; fi\n"
	      "function f {\n set g=only\n}\n"
	      "menuentry x {\nlinux /k $a $c $g\n}\n");
	is(0, "/k", "one two x only", "");
	assert_int_equal(entries.at[0].unclear.count, 1);
	assert_string_equal(entries.at[0].unclear.at[0],
			    "$a may have several values");
}

/* As Ubuntu's cloud images: with an initrd only after it failed without. */
static void an_if_in_an_entry_makes_two_boots(void **state)
{
	(void)state;
	parse("menuentry 'Ubuntu' --id x {\n"
	      "	if [ x$grub_platform = xxen ]; then insmod xzio; fi\n"
	      "	if [ \"${initrdfail}\" = 1 ]; then\n"
	      "	  linux /k root=a ro\n	  initrd /i\n"
	      "	else\n	  linux /k root=a ro panic=-1\n	fi\n"
	      "	initrdfail\n}\n");
	assert_int_equal(entries.count, 2);
	is(0, "/k", "root=a ro", "/i");
	assert_string_equal(entries.at[0].condition,
			    "if [ \"${initrdfail}\" = 1 ]");
	is(1, "/k", "root=a ro panic=-1", "");
	assert_string_equal(entries.at[1].condition,
			    "if not [ \"${initrdfail}\" = 1 ]");
	assert_string_equal(entries.at[1].title, "Ubuntu");
}

static void an_if_without_else_may_not_be_taken(void **state)
{
	(void)state;
	parse("menuentry x {\n linux /k a\n if c; then initrd /i\n fi\n}\n");
	assert_int_equal(entries.count, 2);
	is(0, "/k", "a", "/i");
	is(1, "/k", "a", "");
}

static void an_if_that_makes_no_difference_is_left_out(void **state)
{
	(void)state;
	parse("menuentry x {\n if c; then search a; elif d; then search b\n"
	      " else search e; fi\n if f; then\n if g; then echo\n fi\n"
	      " linux /k a\n else\n linux /k b\n fi\n}\n");
	assert_int_equal(entries.count, 2);
	is(0, "/k", "a", "");
	assert_string_equal(entries.at[0].condition, "if f");
	assert_string_equal(entries.at[1].condition, "if not f");
}

/* Two ways have become one. */
static void an_if_that_ends_the_difference_is_left_out(void **state)
{
	(void)state;
	parse("menuentry x {\n if a; then linux /k 1\n else linux /k 2\n fi\n"
	      " if b; then linux /k 3\n else linux /k 3\n fi\n}\n");
	assert_int_equal(entries.count, 1);
	is(0, "/k", "3", "");
	assert_string_equal(entries.at[0].condition, "");
}

static void too_many_ifs_are_told(void **state)
{
	char text[1024] = "menuentry x {\n linux /k a\n", part[64];
	unsigned int i;

	(void)state;
	for (i = 0; i < 5; i++) {
		snprintf(part, sizeof(part),
			 "if c; then linux /k %u; else initrd /%u; fi\n", i, i);
		strcat(text, part);
	}
	strcat(text, "}\n");
	parse(text);
	assert_in_range(entries.count, 2, 8);
	assert_int_equal(entries.at[0].unclear.count, 1);
}

/* What is not closed, or closed too often, neither hangs nor loses entries. */
static void blocks_need_not_fit(void **state)
{
	char text[4096] = "";
	unsigned int i;

	(void)state;
	parse("}}}\nfi\ndone\nelse\nmenuentry a {\n if x; then\n linux /k 1\n"
	      "}\nmenuentry b {\n linux /k 2\n while y; do\n");
	assert_int_equal(entries.count, 3); /* a: with and without the if */
	is(0, "/k", "1", "");
	is(2, "/k", "2", "");
	for (i = 0; i < 100; i++)
		strcat(text, "submenu x {\n");
	strcat(text, "menuentry deep {\n linux /k 3\n}\n");
	for (i = 0; i < 100; i++)
		strcat(text, "}\n");
	strcat(text, "menuentry after {\n linux /k 4\n}\n");
	parse(text);
	is(entries.count - 1, "/k", "4", "");
}

static void the_last_initrd_counts(void **state)
{
	(void)state;
	parse("menuentry x {\nlinux /k\ninitrd /a\ninitrd /b /c\n}\n");
	is(0, "/k", "", "/b /c");
}

#define PURE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PURE(a_line_may_have_many_commands),
		PURE(words_are_cut_as_grub_does),
		PURE(variables_have_their_values),
		PURE(a_value_that_depends_is_told),
		PURE(an_if_in_an_entry_makes_two_boots),
		PURE(an_if_without_else_may_not_be_taken),
		PURE(an_if_that_makes_no_difference_is_left_out),
		PURE(an_if_that_ends_the_difference_is_left_out),
		PURE(too_many_ifs_are_told),
		PURE(blocks_need_not_fit),
		PURE(the_last_initrd_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
