// SPDX-License-Identifier: GPL-2.0-or-later
/* Boot menus that are lines: what they mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/entry.h"

typedef void parse_fn(struct entries *entries, const char *file, char *text);

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
static void parse(parse_fn *fn, const char *text)
{
	char *copy = strdup(text);

	fn(&entries, "menu", copy);
	free(copy);
}

static void is(unsigned int number, const char *title, const char *kernel,
	       const char *line)
{
	assert_true(number < entries.count);
	assert_string_equal(entries.at[number].file, "menu");
	assert_string_equal(entries.at[number].title, title);
	assert_string_equal(entries.at[number].kernel, kernel);
	assert_string_equal(entries.at[number].line, line);
}

static void initrds_are(unsigned int number, const char *list)
{
	char text[1024];

	assert_string_equal(words_join(&entries.at[number].initrds, " ", text,
				       sizeof(text)),
			    list);
}

static void legacy_menus_are_understood(void **state)
{
	(void)state;
	parse(entry_parse_legacy,
	      "default=0\nkernel /no/title/yet\n"
	      "title CentOS (2.6.18)\n\troot (hd0,0)\n"
	      "\tkernel --no-mem-option  (hd0,0)/vmlinuz-2.6.18  ro "
	      "root=LABEL=/ \n"
	      "\tinitrd (hd0,0)/initrd-2.6.18.img\n"
	      "title Xen\n  kernel /xen.gz\n  module /vmlinuz root=/dev/sda1\n"
	      "  Module /initrd.img\n");
	assert_int_equal(entries.count, 2);
	is(0, "CentOS (2.6.18)", "/vmlinuz-2.6.18", "ro root=LABEL=/");
	initrds_are(0, "/initrd-2.6.18.img");
	is(1, "Xen", "/xen.gz", "");
	initrds_are(1, "/vmlinuz root=/dev/sda1 /initrd.img");
}

static void grub2_menus_are_understood(void **state)
{
	(void)state;
	parse(entry_parse_grub2,
	      "linux /before/any\nmenuentry 'Debian \"12\"' --class debian {\n"
	      "\tlinux\t/boot/vmlinuz-6.1 root=UUID=12-34 ro  quiet\n"
	      "\tinitrd\t/boot/early.img /boot/initrd.img-6.1\n}\n"
	      "linux /between\n"
	      "submenu 'more' {\n menuentry \"Other's\" {\n"
	      "  linuxefi ($root)/vmlinuz\n  initrdefi ($root)/i\n }\n}\n"
	      "menuentry 'no end");
	assert_int_equal(entries.count, 2);
	is(0, "Debian \"12\"", "/boot/vmlinuz-6.1", "root=UUID=12-34 ro quiet");
	initrds_are(0, "/boot/early.img /boot/initrd.img-6.1");
	is(1, "Other's", "/vmlinuz", "");
	initrds_are(1, "/i");
}

/* GRUB legacy takes "=" for a blank, and joins lines. */
static void legacy_menus_have_other_forms(void **state)
{
	(void)state;
	parse(entry_parse_legacy,
	      "title=Gentoo\r\nkernel=/kernel root=/dev/sda3 \\\n"
	      "  xen_emul_unplug=never\ninitrd=/i\n");
	assert_int_equal(entries.count, 1);
	is(0, "Gentoo", "/kernel", "root=/dev/sda3     xen_emul_unplug=never");
	initrds_are(0, "/i");
}

static void lines_of_windows_are_understood(void **state)
{
	(void)state;
	parse(entry_parse_bls, "title t\r\nlinux /vmlinuz\r\ninitrd /i\r\n"
			       "options root=LABEL=/\r\n");
	is(0, "t", "/vmlinuz", "root=LABEL=/");
	initrds_are(0, "/i");
}

/* Only an entry that has none takes it. */
static void an_append_above_is_for_all(void **state)
{
	(void)state;
	parse(entry_parse_extlinux,
	      "append root=/dev/sda1 initrd=/i\n"
	      "label a\nkernel /k\nlabel b\nkernel /k\nappend own\n"
	      "label c\nappend -\nkernel /k ro\n");
	assert_int_equal(entries.count, 3);
	is(0, "a", "/k", "root=/dev/sda1 initrd=/i");
	initrds_are(0, "/i");
	is(1, "b", "/k", "own");
	is(2, "c", "/k", "");
}

static void bls_entries_are_understood(void **state)
{
	(void)state;
	parse(entry_parse_bls,
	      "title Fedora\nlinux  /vmlinuz \ninitrd /a.img $tuned\n"
	      "options root=/dev/sda1\noptions   quiet rhgb \n# options no\n");
	assert_int_equal(entries.count, 1);
	is(0, "Fedora", "/vmlinuz", "root=/dev/sda1 quiet rhgb");
	initrds_are(0, "/a.img $tuned");
}

static void extlinux_menus_are_understood(void **state)
{
	(void)state;
	parse(entry_parse_extlinux,
	      "append before\nLABEL one\n  Kernel /vmlinuz\n"
	      "  APPEND root=LABEL=/ initrd=/a,/b quiet\n"
	      "label two\n  linux ../vmlinuz\n  initrd /c,/d\n");
	assert_int_equal(entries.count, 2);
	is(0, "one", "/vmlinuz", "root=LABEL=/ initrd=/a,/b quiet");
	initrds_are(0, "/a /b");
	is(1, "two", "../vmlinuz", "before");
	initrds_are(1, "/c /d");
}

/* What is too long for its place is left out, or cut where it is for people. */
static void what_is_too_long_does_not_overflow(void **state)
{
	static char text[3 * CMDLINE_SIZE], word[2 * CMDLINE_SIZE];
	parse_fn *const all[] = { entry_parse_legacy, entry_parse_grub2,
				  entry_parse_bls, entry_parse_extlinux };
	size_t i;

	(void)state;
	memset(word, 'w', sizeof(word) - 1);
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		static const char *const begins[] = { "title ",
						      "title t\nkernel ",
						      "menuentry '",
						      "linux ",
						      "options x\noptions ",
						      "label ",
						      "label l\nappend ",
						      "label l\ninitrd ",
						      "initrd " };
		size_t k;

		for (k = 0; k < sizeof(begins) / sizeof(begins[0]); k++) {
			snprintf(text, sizeof(text), "%s%s'\n", begins[k],
				 word);
			parse(all[i], text);
		}
	}
	for (i = 0; i < entries.count; i++)
		assert_in_range(strlen(entries.at[i].title), 0, 120);
	for (i = 0; i < entries.count && !entries.at[i].unclear.count; i++)
		;
	assert_in_range(i, 0, entries.count - 1); /* and it is said */
}

static void entries_beyond_256_are_left_out(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 300; i++)
		parse(entry_parse_legacy, "title t\nkernel /k\ninitrd /i\n");
	assert_int_equal(entries.count, 256);
	assert_int_equal(entries.unread.count, 1);
}

#define PURE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PURE(legacy_menus_are_understood),
		PURE(grub2_menus_are_understood),
		PURE(legacy_menus_have_other_forms),
		PURE(lines_of_windows_are_understood),
		PURE(an_append_above_is_for_all),
		PURE(bls_entries_are_understood),
		PURE(extlinux_menus_are_understood),
		PURE(what_is_too_long_does_not_overflow),
		PURE(entries_beyond_256_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
