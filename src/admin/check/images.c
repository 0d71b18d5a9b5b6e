// SPDX-License-Identifier: GPL-2.0-or-later
/* Does each initrd in /boot have pvroot and a PV disk driver for its kernel?
 * Reads images and module trees, changes nothing. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/image.h"
#include "admin/bootcfg/module.h"
#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/text.h"
#include "sys/attr.h"
#include "sys/log.h"

#define BUILTIN_SIZE (512 * 1024)
#define CONFIG_SIZE  (512 * 1024)
#define TODO_SIZE    512

/* How names of images begin and end; the kernel's version is between. */
static const struct {
	const char *prefix, *suffix;
} shapes[] = {
	{ "initrd.img-", "" },	  { "initramfs-", ".pv.img" },
	{ "initramfs-", ".img" }, { "initrd-", ".pv.img" },
	{ "initrd-", ".img" },	  { "initramfs-", "" },
	{ "initrd-", "" },
};

/* Copies that no menu boots, and kdump's, which is not for root. */
static const char *const others[] = { ".old",	   ".bak",	".dpkg-bak",
				      ".dpkg-new", ".old-dkms", ".new",
				      ".tmp",	   "~" };

static bool version_of(const char *name, char *version, size_t size)
{
	size_t i;

	if (strstr(name, "kdump"))
		return false;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (text_ends_with(name, others[i]))
			return false;
	}
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const char *rest;

		if (!text_prefix(name, shapes[i].prefix, &rest) ||
		    !text_ends_with(rest, shapes[i].suffix))
			continue;
		return !text_format(
			version, size, "%.*s",
			(int)(strlen(rest) - strlen(shapes[i].suffix)), rest);
	}
	return false;
}

static const struct {
	const char *program, *command;
} makers[] = {
	{ "/usr/sbin/update-initramfs", "update-initramfs -u -k %s" },
	{ "/usr/bin/dracut", "dracut --force --kver %s" },
	{ "/sbin/dracut", "dracut --force '' %s" },
	{ "/usr/bin/mkinitcpio", "mkinitcpio -P" },
	{ "/sbin/mkinitfs", "mkinitfs %s" },
	{ "/sbin/mkinitrd", "mkinitrd -f /boot/initrd-%s.img %s" },
};

void check_rebuild_command(const struct sys *sys, const char *version,
			   char *buf, size_t size)
{
	size_t i;

	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		const char *at = makers[i].command, *mark;

		if (!sys_exists(sys, makers[i].program))
			continue;
		for (*buf = '\0'; (mark = strstr(at, "%s")); at = mark + 2) {
			size_t used = strlen(buf);

			text_format(buf + used, size - used, "%.*s%s",
				    (int)(mark - at), at, version);
		}
		text_add(buf, at, size);
		return;
	}
	text_copy(buf, size, "build the image again");
}

static bool is_builtin(const struct sys *sys, const char *version)
{
	char path[SYS_PATH_SIZE], *text, *at, *line;
	bool builtin = false;
	int err;

	text_format(path, sizeof(path), "/lib/modules/%s/modules.builtin",
		    version);
	text = file_text(sys, path, BUILTIN_SIZE, &err);
	for (at = text; text && (line = text_next_line(&at));)
		builtin |= module_is_pv_disk_file(line);
	free(text);
	text_format(path, sizeof(path), "/boot/config-%s", version);
	text = builtin ? NULL : file_text(sys, path, CONFIG_SIZE, &err);
	for (at = text; text && (line = text_next_line(&at));)
		builtin |= !strcmp(line, "CONFIG_XEN_BLKDEV_FRONTEND=y");
	free(text);
	return builtin;
}

static void keep(struct check *check, const char *path, const char *version,
		 bool good)
{
	struct kept_images *images = &check->images;
	struct kept_image *image;

	array_extend(&images->at, images->count, &images->room, sizeof(*image));
	image = &images->at[images->count++];
	image->path = memory_new(strlen(path) + 1);
	strcpy(image->path, path);
	image->version = memory_new(strlen(version) + 1);
	strcpy(image->version, version);
	image->good = good;
}

static const char *why_broken(const struct image *image)
{
	if (image->refused)
		return image->refused;
	if (image->damaged)
		return "damaged: its checksum is wrong, or it is cut short";
	return image->error == -EUCLEAN
		       ? "no whole archive: cut short, or damaged"
		       : log_errno(image->error);
}

static void found_unreadable(struct check *check, const char *path,
			     const char *version, const struct image *image)
{
	char todo[TODO_SIZE];

	if (image->tool) {
		text_format(todo, sizeof(todo), "Install %s.", image->tool);
		check_add(check, FOUND_WARNING, "image-unread",
			  "What is in this image is not known.", todo,
			  "%s: %s is missing, which unpacks it", path,
			  image->tool);
	} else if (image->error == -EACCES || image->error == -EPERM) {
		check_add(check, FOUND_WARNING, "image-unread",
			  "What is in this image is not known.",
			  check_todo_read(), "%s: %s", path,
			  log_errno(image->error));
	} else {
		keep(check, path, version, false);
		check_add(check, FOUND_PROBLEM, "image-broken",
			  "A boot with this image stops.",
			  image->refused
				  ? "Set the generator to that packer, or to "
				    "gzip, and build the image again."
				  : "Build the image again.",
			  "%s: %s", path, why_broken(image));
	}
}

/* Linux reads all parts of an image; so must who says that all is well. */
static void found_unread(struct check *check, const char *path,
			 const struct image *image)
{
	if (image->unread)
		check_add(check, FOUND_WARNING, "image-unread",
			  "What is in the rest of this image is not known.",
			  "Look at it with `lsinitramfs` or `lsinitrd`, or "
			  "build the image again.",
			  "%s: what follows the part that begins at byte %llu "
			  "was not read",
			  path, (unsigned long long)image->unread_at);
}

/* Only drivers for this kernel count: those below its version, and those of
 * flat images (RHEL 5), which have no version. */
static const char *find_driver(const struct image *image, const char *version)
{
	char part[IMAGE_VERSION_SIZE + 16];
	unsigned int i;

	text_format(part, sizeof(part), "lib/modules/%s/", version);
	for (i = 0; i < image->drivers.count; i++) {
		const char *path = image->drivers.at[i];

		if (strstr(path, part) || !strstr(path, "lib/modules/"))
			return path;
	}
	return NULL;
}

static const char *check_driver(struct check *check, const char *path,
				const char *version, const struct image *image)
{
	const char *driver = find_driver(image, version);
	char todo[TODO_SIZE] = "";

	if (driver)
		return strrchr(driver, '/') + 1;
	if (image->builtin || is_builtin(check->survey->sys, version))
		return "a built-in PV disk driver";
	check_rebuild_command(check->survey->sys, version, todo, sizeof(todo));
	check_add(check, FOUND_PROBLEM, "image-no-driver",
		  "On Xen the kernel unplugs the emulated disk; without "
		  "xen-blkfront there is then no disk at all, and no boot.",
		  todo, "%s: no PV disk driver for kernel %s%s", path, version,
		  image->drivers.count ? " (one for another kernel)" : "");
	return NULL;
}

/* An image that does nothing about the disks. before: what to do before it is
 * built again. */
static void add_idle(struct check *check, const char *id, const char *version,
		     const char *before, const char *path, const char *what)
{
	char todo[TODO_SIZE];
	size_t used;

	text_copy(todo, sizeof(todo), before);
	used = strlen(todo);
	check_rebuild_command(check->survey->sys, version, todo + used,
			      sizeof(todo) - used);
	check_add(check, FOUND_PROBLEM, id,
		  "This boot takes whichever of two paths it meets first.",
		  todo, "%s: %s", path, what);
}

static bool check_program(struct check *check, const char *path,
			  const char *version, const struct image *image)
{
	if (image->pvroot[0])
		return true;
	add_idle(check, "image-no-pvroot", version,
		 "Install pvroot's hooks (make install), then: ", path,
		 "pvroot is not in it");
	return false;
}

static bool check_runner(struct check *check, const char *path,
			 const char *version, const struct image *image)
{
	if (!image->pvroot[0] || runner_is_there(&image->runner))
		return true;
	add_idle(check, "image-no-runner", version,
		 "Do not leave out what runs the generator's hooks (dracut: "
		 "base); then: ",
		 path, "pvroot is in it, and nothing that runs it");
	return false;
}

static bool check_list(struct check *check, const char *path,
		       const char *version, const struct image *image)
{
	char todo[TODO_SIZE];
	unsigned int i;
	bool good = true;

	check_rebuild_command(check->survey->sys, version, todo, sizeof(todo));
	for (i = 0; i < image->listed.count; i++) {
		const char *listed = image->listed.at[i];
		char merged[SYS_PATH_SIZE];

		/* The archive may have usr/lib for lib. */
		text_format(merged, sizeof(merged), "/usr%.500s", listed);
		if (words_has(&image->modules, listed) ||
		    words_has(&image->modules, merged))
			continue;
		good = false;
		check_add(
			check, FOUND_PROBLEM, "image-list",
			"pvroot loads the modules of this list; this one will "
			"not load.",
			todo,
			"%s: its module list names %s, which is not in it",
			path, listed);
	}
	return good;
}

static void check_image(struct check *check, const char *path,
			const char *name_version)
{
	const char *driver, *version = name_version;
	struct image image;
	char folder[SYS_PATH_SIZE];
	unsigned int i;
	bool good;

	image_read(check->survey->sys, path, &image);
	if (image.error) {
		found_unreadable(check, path, version, &image);
		image_free(&image);
		return;
	}
	found_unread(check, path, &image);
	/* "linux" of Arch's initramfs-linux.img is no version. */
	text_format(folder, sizeof(folder), "/lib/modules/%s", version);
	if (!sys_exists(check->survey->sys, folder) && image.version[0])
		version = image.version;
	good = check_program(check, path, version, &image) &&
	       check_runner(check, path, version, &image);
	driver = check_driver(check, path, version, &image);
	good &= check_list(check, path, version, &image);
	for (i = 0; i < image.forbidden.count; i++) {
		good = false;
		check_add(
			check, FOUND_PROBLEM, "image-blacklist",
			"Inside of the image the PV disk driver is not loaded "
			"when a device asks for it.",
			"Remove that line from the system's modprobe.d and "
			"build "
			"the image again.",
			"%s: %s", path, image.forbidden.at[i]);
	}
	keep(check, path, version, good && driver);
	if (good && driver)
		check_add(check, FOUND_OK, "image", "", "",
			  "%s: has pvroot and %s", path, driver);
	image_free(&image);
}

static int add_name(const char *name, void *ctx)
{
	words_add(ctx, "%s", name);
	return 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void check_images(struct check *check)
{
	const struct sys *sys = check->survey->sys;
	char path[SYS_PATH_SIZE], version[IMAGE_VERSION_SIZE], link[16];
	struct words names = { 0 };
	unsigned int i, seen = 0;
	int err = sys_list(sys, "/boot", add_name, &names);

	if (names.count)
		qsort(names.at, names.count, sizeof(names.at[0]), by_text);
	for (i = 0; i < names.count; i++) {
		if (!version_of(names.at[i], version, sizeof(version)) ||
		    text_format(path, sizeof(path), "/boot/%s", names.at[i]) ||
		    sys_readlink(sys, path, link, sizeof(link)) != -EINVAL)
			continue; /* a link to another of them */
		seen++;
		check_image(check, path, version);
	}
	if (err)
		check_add(check, FOUND_WARNING, "image-none",
			  "No image could be looked at.", check_todo_read(),
			  "/boot: %s", log_errno(err));
	else if (!seen)
		check_add(
			check, FOUND_WARNING, "image-none",
			"pvroot does its work inside of an initrd.",
			"Mount /boot if it is a partition of its own, or build "
			"an image.",
			"/boot has no initrd");
	words_free(&names);
}
