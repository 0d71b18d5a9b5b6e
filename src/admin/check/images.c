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

static int keep(struct check *check, const char *path, const char *version,
		const struct kept_image *found)
{
	struct kept_images *images = &check->images;
	struct kept_image *image;

	array_extend(&images->at, images->count, &images->room, sizeof(*image));
	image = &images->at[images->count];
	*image = *found;
	image->path = memory_text(path);
	image->version = memory_text(version);
	return (int)images->count++;
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
			     const struct image *image, struct kept_image *kept)
{
	char todo[TODO_SIZE];

	kept->unread = true;
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
		kept->broken = true;
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
	check_rebuild_command(check->survey->sys, path, version, todo,
			      sizeof(todo));
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
	check_rebuild_command(check->survey->sys, path, version, todo + used,
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

static bool check_modules(struct check *check, const char *path,
			  const char *version, const struct image *image)
{
	char todo[TODO_SIZE];
	unsigned int i;
	bool good = true;

	check_rebuild_command(check->survey->sys, path, version, todo,
			      sizeof(todo));
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

static char *keep_line(struct image *image)
{
	char line[CMDLINE_SIZE];

	image_lines_join(&image->lines, line);
	return *line ? memory_text(line) : NULL;
}

/* Says what is in it, for a person. */
static void describe(const struct image *image, const char *driver,
		     struct kept_image *kept)
{
	kept->pvroot = image->pvroot[0] && runner_is_there(&image->runner);
	kept->driver = driver != NULL;
	kept->unread = image->unread;
	kept->holds = image->holds;
	kept->own = image->own;
	kept->udev = image->runner.udev;
	text_format(kept->has, sizeof(kept->has), "%s, %.60s",
		    kept->pvroot       ? "pvroot"
		    : image->pvroot[0] ? "pvroot that nothing runs"
				       : "no pvroot",
		    driver ? driver : "no PV disk driver");
}

/* What is wrong with an image that could be read. */
static void look_at(struct check *check, const char *path, const char *version,
		    const struct image *image, struct kept_image *kept)
{
	const char *driver;
	unsigned int i;
	bool good;

	found_unread(check, path, image);
	good = check_program(check, path, version, image) &&
	       check_runner(check, path, version, image);
	driver = check_driver(check, path, version, image);
	good &= check_modules(check, path, version, image);
	for (i = 0; i < image->forbidden.count; i++) {
		good = false;
		check_add(
			check, FOUND_PROBLEM, "image-blacklist",
			"Inside of the image the PV disk driver is not loaded "
			"when a device asks for it.",
			"Remove that line from the system's modprobe.d and "
			"build the image again.",
			"%s: %s", path, image->forbidden.at[i]);
	}
	describe(image, driver, kept);
	kept->good = good && driver && !image->unread;
	if (kept->good)
		check_add(check, FOUND_OK, "image", "", "",
			  "%s: has pvroot and %s", path, driver);
}

/* The rescue image is made once, when the system is installed, and no update
 * makes it again: whatever it lacks is one warning. */
static void found_rescue(struct check *check, const struct check *found,
			 const char *path, const char *version)
{
	char todo[TODO_SIZE];

	check_rescue_command(path, version, todo, sizeof(todo));
	if (found->count && check_worst(found) != FOUND_OK)
		check_add(check, FOUND_WARNING, "image-rescue",
			  "The rescue entry boots without pvroot. No update of "
			  "the kernel makes that image again.",
			  todo, "%s", found->at[0].what);
}

static void read_files(const struct sys *sys, const struct words *files,
		       struct image *image)
{
	unsigned int i;

	memset(image, 0, sizeof(*image));
	for (i = 0; i < files->count && !image->error; i++)
		image_add(sys, files->at[i], image);
}

static int find_kept(const struct check *check, const char *path)
{
	unsigned int i;

	for (i = 0; i < check->images.count; i++) {
		if (!strcmp(check->images.at[i].path, path))
			return (int)i;
	}
	return -1;
}

int check_image(struct check *check, const struct words *files,
		const char *version, bool rescue)
{
	const struct sys *sys = check->survey->sys;
	struct check alone = { .survey = check->survey };
	struct check *to = rescue ? &alone : check;
	struct kept_image kept = { 0 };
	char path[1024], folder[SYS_PATH_SIZE];
	struct image image;
	int index;

	words_join(files, " + ", path, sizeof(path));
	index = find_kept(check, path);
	if (index >= 0)
		return index;
	read_files(sys, files, &image);
	/* "linux" of Arch's initramfs-linux.img is no version. */
	text_format(folder, sizeof(folder), "/lib/modules/%s", version);
	if ((!*version || !sys_exists(sys, folder)) && image.version[0])
		version = image.version;
	if (image.error)
		found_unreadable(to, path, &image, &kept);
	else
		look_at(to, path, version, &image, &kept);
	if (rescue)
		found_rescue(check, &alone, path, version);
	kept.line = keep_line(&image);
	index = keep(check, path, version, &kept);
	check_free(&alone);
	image_free(&image);
	return index;
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

static void look_at_names(struct check *check, const struct words *names)
{
	const struct sys *sys = check->survey->sys;
	char path[SYS_PATH_SIZE], version[IMAGE_VERSION_SIZE], link[16];
	unsigned int i;

	for (i = 0; i < names->count; i++) {
		struct words files = { 0 };

		if (!image_name_version(names->at[i], version,
					sizeof(version)) ||
		    text_format(path, sizeof(path), "/boot/%s", names->at[i]) ||
		    sys_readlink(sys, path, link, sizeof(link)) != -EINVAL)
			continue; /* a link to another of them */
		words_add(&files, "%s", path);
		check_image(check, &files, version,
			    strstr(names->at[i], "rescue") != NULL);
		words_free(&files);
	}
}

void check_images_by_name(struct check *check)
{
	struct words names = { 0 };
	int err = sys_list(check->survey->sys, "/boot", add_name, &names);

	if (names.count)
		qsort(names.at, names.count, sizeof(names.at[0]), by_text);
	look_at_names(check, &names);
	if (err)
		check_add(check, FOUND_WARNING, "image-none",
			  "No image could be looked at.", check_todo_read(),
			  "/boot: %s", log_errno(err));
	else if (!check->images.count)
		check_add(
			check, FOUND_WARNING, "image-none",
			"pvroot does its work inside of an initrd.",
			"Mount /boot if it is a partition of its own, or build "
			"an image.",
			"/boot has no initrd");
	words_free(&names);
}
