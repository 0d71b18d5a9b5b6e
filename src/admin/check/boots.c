// SPDX-License-Identifier: GPL-2.0-or-later
/* The model of a boot: a menu's entry, the files that it means on this system,
 * and what it will do. Reads files below /boot and the survey. */
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/uki.h"
#include "admin/check/check.h"
#include "base/bytes.h"
#include "base/text.h"

/* Linux on x86: Documentation/arch/x86/boot.rst, "The Real-Mode Kernel
 * Header". */
enum {
	SETUP_MAGIC = 0x202,   /* "HdrS" */
	SETUP_VERSION = 0x20e, /* where its text is, less 0x200 */
	SETUP_SIZE = 0x240,
};

/* The version is the first word of the text that the kernel carries. */
static bool version_inside(int fd, char *version, size_t size)
{
	uint8_t setup[SETUP_SIZE];
	char text[128] = "";

	if (sys_disk_read(fd, 0, setup, sizeof(setup)) ||
	    memcmp(setup + SETUP_MAGIC, "HdrS", 4) ||
	    !le16(setup + SETUP_VERSION) ||
	    sys_disk_read(fd, 0x200 + (uint64_t)le16(setup + SETUP_VERSION),
			  text, sizeof(text) - 1))
		return false;
	text[strcspn(text, " ")] = '\0';
	return text_is_word(text, ".+~") && !text_copy(version, size, text);
}

static bool has_modules(const struct sys *sys, const char *version)
{
	char folder[SYS_PATH_SIZE];

	return *version &&
	       !text_format(folder, sizeof(folder), "/lib/modules/%s",
			    version) &&
	       sys_exists(sys, folder);
}

/* How kernels are called; the version follows. */
static const char *const kernel_names[] = {
	"vmlinuz-",
	"vmlinux-",
	"kernel-genkernel-x86_64-",
	"kernel-genkernel-x86-",
	"kernel-",
	"linux-",
	"bzImage-",
};

static void version_of_name(const char *path, char *version, size_t size)
{
	const char *name = strrchr(path, '/'), *rest;
	size_t i;

	name = name ? name + 1 : path;
	for (i = 0; i < sizeof(kernel_names) / sizeof(kernel_names[0]); i++) {
		if (text_prefix(name, kernel_names[i], &rest)) {
			text_copy(version, size, rest);
			return;
		}
	}
}

/* /boot/MACHINE-ID/VERSION/linux: of the Boot Loader Specification. */
static void version_of_folder(const struct sys *sys, const char *path,
			      char *version, size_t size)
{
	char copy[SYS_PATH_SIZE], *slash;

	if (text_copy(copy, sizeof(copy), path))
		return;
	slash = strrchr(copy, '/');
	if (slash)
		*slash = '\0';
	slash = slash ? strrchr(copy, '/') : NULL;
	if (slash && has_modules(sys, slash + 1))
		text_copy(version, size, slash + 1);
}

static void find_version(const struct sys *sys, struct boot *boot)
{
	char *version = boot->version;
	size_t size = sizeof(boot->version);
	const char *name;
	int fd = boot->kernel[0] ? sys_file_open(sys, boot->kernel) : -1;
	bool inside = fd >= 0 && version_inside(fd, version, size);

	if (fd >= 0)
		sys_fd_close(fd);
	if (boot->entry->version[0])
		text_copy(version, size, boot->entry->version);
	else if (!inside)
		version_of_name(boot->entry->kernel, version, size);
	if (!version[0])
		version_of_folder(sys, boot->kernel, version, size);
	if (version[0] || !boot->initrds.count)
		return;
	name = strrchr(boot->initrds.at[0], '/');
	if (!name || !image_name_version(name + 1, version, size))
		version[0] = '\0';
}

/* A kernel that is a unified image has its initrd in it. Returns false where it
 * is another EFI program: a shell, another system's loader. */
static bool add_inner_initrd(const struct sys *sys, struct boot *boot)
{
	int fd = boot->kernel[0] && !boot->entry->initrds.count
			 ? sys_file_open(sys, boot->kernel)
			 : -1;
	bool is_linux = true;
	struct uki uki;
	uint64_t size;

	if (fd < 0)
		return true;
	if (!sys_disk_size(fd, &size) && uki_look(fd, size, &uki))
		is_linux = uki.kernel.size ||
			   !text_ends_with(boot->kernel, ".efi");
	else
		uki.initrd.size = 0;
	if (uki.initrd.size && uki.kernel.size)
		words_add(&boot->initrds, "%s", boot->kernel);
	sys_fd_close(fd);
	return is_linux;
}

/* Returns false where it is no boot of Linux. */
static bool find_files(const struct sys *sys, struct boot *boot)
{
	const struct entry *entry = boot->entry;
	char file[SYS_PATH_SIZE];
	unsigned int i;

	if (!entry_find_file(sys, entry, entry->kernel, boot->kernel)) {
		boot->kernel[0] = '\0';
		words_add(&boot->missing, "%s", entry->kernel);
	}
	for (i = 0; i < entry->initrds.count; i++) {
		const char *path = entry->initrds.at[i];

		if (entry_find_file(sys, entry, path, file))
			words_add(&boot->initrds, "%s", file);
		else
			words_add(&boot->missing, "%s", path);
		boot->rescue |= strstr(path, "rescue") != NULL;
	}
	return add_inner_initrd(sys, boot);
}

void boots_make(struct check *check)
{
	const struct sys *sys = check->survey->sys;
	struct boots *boots = &check->boots;
	unsigned int i;

	entries_read(&check->entries, sys);
	for (i = 0; i < check->entries.count; i++) {
		const struct entry *entry = &check->entries.at[i];
		struct boot *boot;

		if (!entry_boots_linux(entry))
			continue;
		array_extend(&boots->at, boots->count, &boots->room,
			     sizeof(*boot));
		boot = &boots->at[boots->count++];
		boot->entry = entry;
		boot->image = -1;
		if (find_files(sys, boot)) {
			find_version(sys, boot);
			continue;
		}
		words_free(&boot->missing);
		memset(boot, 0, sizeof(*boot));
		boots->count--;
	}
}

void boots_free(struct check *check)
{
	unsigned int i;

	for (i = 0; i < check->boots.count; i++) {
		words_free(&check->boots.at[i].initrds);
		words_free(&check->boots.at[i].missing);
	}
	free(check->boots.at);
	entries_free(&check->entries);
}
