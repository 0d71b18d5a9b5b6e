// SPDX-License-Identifier: GPL-2.0-or-later
/* Which boot menus are read, and which files their paths mean. May touch: a
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

static struct entries entries;

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
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	(void)state;
	entries_free(&entries);
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
	assert_int_equal(symlink("./grub.conf", link), 0);
	read_all();
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.at[0].file, "/boot/grub/menu.lst");
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

static void kernelopts_that_stand_nowhere_are_told(void **state)
{
	(void)state;
	put("/boot/loader/entries/a.conf",
	    "linux /a\noptions ${kernelopts} $tuned_params last\n");
	read_all();
	assert_string_equal(entries.at[0].line, "  last");
	assert_int_equal(entries.at[0].unclear.count, 1);
	assert_string_equal(entries.at[0].unclear.at[0],
			    "$kernelopts is set nowhere");
}

static void kernelopts_may_stand_in_the_menu(void **state)
{
	(void)state;
	put("/boot/loader/entries/a.conf", "linux /a\noptions ${kernelopts}\n");
	put("/boot/grub2/grub.cfg",
	    "if [ -z \"${kernelopts}\" ]; then\n"
	    "  set kernelopts=\"root=/dev/sda1 ro\"\nfi\nblscfg\n");
	read_all();
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.at[0].line, "root=/dev/sda1 ro");
	assert_int_equal(entries.at[0].unclear.count, 0);
	entries_free(&entries);
	put("/boot/grub2/grubenv", "kernelopts=root=LABEL=/\n");
	read_all();
	assert_string_equal(entries.at[0].line, "root=LABEL=/");
	assert_int_equal(entries.at[0].unclear.count, 0);
}

static void rhel_8_has_kernelopts_of_last_resort(void **state)
{
	(void)state;
	put("/boot/loader/entries/a.conf", "linux /a\noptions $kernelopts\n");
	put("/boot/grub2/grub.cfg",
	    "set default_kernelopts=\"root=/dev/sda1 \"\nblscfg\n");
	read_all();
	assert_string_equal(entries.at[0].line, "root=/dev/sda1 ");
	assert_int_equal(entries.at[0].unclear.count, 0);
}

/* Wherever the ESP is; one menu leads to another. */
static void menus_of_efi_are_read(void **state)
{
	char text[256];

	(void)state;
	put("/boot/efi/EFI/centos/grub.cfg",
	    "menuentry 'a' {\n linuxefi /a\n}\n");
	put("/efi/loader/entries/b.conf", "linux /b\n");
	put("/boot/efi/EFI/debian/grub.cfg",
	    "search.fs_uuid 1-2 root\nset prefix=($root)'/boot/deb'\n"
	    "configfile $prefix/grub.cfg\n");
	put("/boot/deb/grub.cfg", "menuentry 'c' {\n linux /c\n}\n");
	read_all();
	assert_int_equal(entries.count, 3);
	assert_string_equal(entries.at[2].base, "/efi");
	assert_string_equal(words_join(&entries.files, " ", text, sizeof(text)),
			    "/boot/efi/EFI/centos/grub.cfg "
			    "/boot/efi/EFI/debian/grub.cfg "
			    "/boot/deb/grub.cfg /efi/loader/entries/b.conf");
}

static void extlinux_includes_files(void **state)
{
	(void)state;
	put("/boot/extlinux/extlinux.conf",
	    "include more.cfg\ninclude none.cfg\ninclude extlinux.conf\n");
	put("/boot/extlinux/more.cfg",
	    "append root=/dev/sda1\nlabel a\nlinux ../vmlinuz\n");
	put("/boot/vmlinuz", "");
	read_all();
	assert_int_equal(entries.count, 1);
	assert_string_equal(entries.at[0].line, "root=/dev/sda1");
	assert_int_equal(entries.unread.count, 1);
	assert_string_equal(entries.unread.at[0], "none.cfg: not found");
}

static void a_menu_of_another_kind_is_named(void **state)
{
	(void)state;
	put("/etc/lilo.conf", "image=/vmlinuz\n");
	read_all();
	assert_int_equal(entries.count, 0);
	assert_int_equal(entries.unknown.count, 1);
}

static void finds(const char *path, const char *want)
{
	struct entry entry = { .base = "/boot/extlinux" };
	char file[SYS_PATH_SIZE] = "";
	struct sys sys;

	assert_int_equal(sys_open(&sys, folder), 0);
	assert_int_equal(entry_find_file(&sys, &entry, path, file), *want != 0);
	if (*want)
		assert_string_equal(file, want);
	sys_close(&sys);
}

/* As boot loaders see it, /boot may be a partition or a subvolume. */
static void a_path_of_the_boot_loader_is_found(void **state)
{
	(void)state;
	put("/boot/vmlinuz", "");
	put("/boot/efi/k/linux", "");
	put("/boot/extlinux/own", "");
	finds("/boot/vmlinuz", "/boot/vmlinuz");
	finds("/vmlinuz", "/boot/vmlinuz");
	finds("//vmlinuz", "/boot//vmlinuz");
	finds("/k/linux", "/boot/efi/k/linux");
	finds("own", "/boot/extlinux/own");
	finds("../vmlinuz", "/boot/extlinux/../vmlinuz");
	finds("/@/boot/vmlinuz", "/boot/vmlinuz");
	finds("/@boot/vmlinuz", "/boot/vmlinuz");
	finds("/other/vmlinuz", "");
	finds("", "");
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

#define FILES(name)                                                            \
	cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILES(every_menu_that_is_there_is_read),
		FILES(a_menu_with_two_names_is_read_once),
		FILES(kernelopts_stand_in_grubenv),
		FILES(kernelopts_that_stand_nowhere_are_told),
		FILES(kernelopts_may_stand_in_the_menu),
		FILES(rhel_8_has_kernelopts_of_last_resort),
		FILES(menus_of_efi_are_read),
		FILES(extlinux_includes_files),
		FILES(a_menu_of_another_kind_is_named),
		FILES(a_path_of_the_boot_loader_is_found),
		FILES(a_menu_that_cannot_be_read_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
