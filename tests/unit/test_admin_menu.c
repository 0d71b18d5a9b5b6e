// SPDX-License-Identifier: GPL-2.0-or-later
/* Boot menus: the four kinds of files, and which of them are read. May touch: a
 * folder in /tmp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	assert_int_equal(entries.count, 3);
	is(0, "Debian \"12\"", "/boot/vmlinuz-6.1",
	   "root=UUID=12-34 ro  quiet");
	initrds_are(0, "/boot/early.img /boot/initrd.img-6.1");
	is(1, "Other's", "/vmlinuz", "");
	initrds_are(1, "/i");
	is(2, "", "", "");
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
	is(1, "two", "../vmlinuz", "");
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
}

static void entries_beyond_256_are_left_out(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < 300; i++)
		parse(entry_parse_legacy, "title t\nkernel /k\ninitrd /i\n");
	assert_int_equal(entries.count, 256);
}

/* ---- which files are read ---- */

static char folder[] = "/tmp/menus-XXXXXX";

static void put(const char *path, const char *text)
{
	char full[256], *slash;
	FILE *file;

	snprintf(full, sizeof(full), "%s%s", folder, path);
	for (slash = full + strlen(folder) + 1; (slash = strchr(slash, '/'));
	     *slash++ = '/') {
		*slash = '\0';
		mkdir(full, 0755);
	}
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void read_all(void)
{
	struct sys sys;

	assert_int_equal(sys_open(&sys, folder), 0);
	entries_read(&entries, &sys);
	sys_close(&sys);
}

static int make_folder(void **state)
{
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	return mkdtemp(folder) ? begin(state) : -1;
}

static int drop_folder(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	end(state);
	return system(command);
}

static void every_menu_that_is_there_is_read(void **state)
{
	char text[256];

	(void)state;
	put("/boot/grub/grub.cfg", "menuentry 'a' {\n linux /a\n}\n");
	put("/boot/extlinux.conf", "label b\nkernel /b\n");
	put("/boot/loader/entries/c.conf", "linux /c\n");
	put("/boot/loader/entries/d.conf~", "linux /d\n");
	read_all();
	assert_int_equal(entries.count, 3);
	assert_string_equal(words_join(&entries.files, " ", text, sizeof(text)),
			    "/boot/grub/grub.cfg /boot/extlinux.conf "
			    "/boot/loader/entries/c.conf");
	assert_int_equal(entries.unread.count, 0);
}

static void a_menu_with_two_names_is_read_once(void **state)
{
	char link[64];

	(void)state;
	put("/boot/grub/grub.conf", "title t\nkernel /k\n");
	snprintf(link, sizeof(link), "%s/boot/grub/menu.lst", folder);
	assert_int_equal(symlink("./grub.conf" + 2, link), 0);
	read_all();
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.at[0].file, "/boot/grub/grub.conf");
}

static void kernelopts_stand_in_grubenv(void **state)
{
	(void)state;
	put("/boot/loader/entries/a.conf",
	    "linux /a\noptions first $kernelopts last\n");
	put("/boot/grub2/grubenv",
	    "# GRUB Environment Block\nkernelopts=root=/dev/sda1 ro\n####\n");
	read_all();
	assert_string_equal(entries.at[0].line, "first root=/dev/sda1 ro last");
}

static void a_menu_that_cannot_be_read_is_named(void **state)
{
	char path[64];

	(void)state;
	put("/boot/grub/grub.cfg/x", "");
	read_all();
	assert_int_equal(entries.count, 0);
	assert_int_equal(entries.unread.count, 1);
	snprintf(path, sizeof(path), "%.20s", entries.unread.at[0]);
	assert_string_equal(path, "/boot/grub/grub.cfg:");
}

#define PURE(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define FILES(name)                                                            \
	cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PURE(legacy_menus_are_understood),
		PURE(grub2_menus_are_understood),
		PURE(bls_entries_are_understood),
		PURE(extlinux_menus_are_understood),
		PURE(what_is_too_long_does_not_overflow),
		PURE(entries_beyond_256_are_left_out),
		FILES(every_menu_that_is_there_is_read),
		FILES(a_menu_with_two_names_is_read_once),
		FILES(kernelopts_stand_in_grubenv),
		FILES(a_menu_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
