// SPDX-License-Identifier: GPL-2.0-or-later
/* Who uses which device: mounts and swap. Reads procfs and sysfs only. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "admin/bootcfg/fstab.h"
#include "admin/lib/file.h"
#include "admin/survey/survey.h"
#include "base/text.h"
#include "sys/admin.h"
#include "sys/attr.h"

#define TABLE_SIZE (256 * 1024)

static struct volume *by_number(struct survey *survey, dev_t number)
{
	unsigned int i;

	for (i = 0; number && i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].number == number)
			return &survey->volumes.at[i];
	}
	return NULL;
}

/* Finds a volume by path: "/dev/mapper/vg-root" is a link to "../dm-0". */
static struct volume *by_path(struct survey *survey, const char *path)
{
	char link[SYS_PATH_SIZE];
	const char *slash;

	if (!text_prefix(path, "/dev/", NULL))
		return NULL;
	if (sys_readlink(survey->sys, path, link, sizeof(link)) > 0)
		path = link;
	slash = strrchr(path, '/');
	return survey_volume(survey, slash ? slash + 1 : path);
}

struct btrfs {
	struct survey *survey;
	const char *place, *member;
};

static int use_member(const char *name, void *ctx)
{
	struct btrfs *btrfs = ctx;
	struct volume *volume = survey_volume(btrfs->survey, name);

	if (volume)
		words_add(&volume->used, "%s", btrfs->place);
	return 0;
}

/* The sysfs folder of one btrfs: where one of its devices is mounted, all are
 * in use. */
static int use_btrfs(const char *uuid, void *ctx)
{
	struct btrfs *btrfs = ctx;
	char path[SYS_PATH_SIZE];

	if (attr_exists(btrfs->survey->sys, "/sys/fs/btrfs/%s/devices/%s", uuid,
			btrfs->member) &&
	    !text_format(path, sizeof(path), "/sys/fs/btrfs/%s/devices", uuid))
		sys_list(btrfs->survey->sys, path, use_member, btrfs);
	return 0;
}

static void use(struct survey *survey, struct volume *volume, const char *type,
		const char *place)
{
	struct btrfs btrfs = { survey, place, NULL };
	char name[DISK_NAME_SIZE];

	if (!volume)
		return;
	words_add(&volume->used, "%s", place);
	if (strcmp(type, "btrfs"))
		return;
	text_copy(name, sizeof(name), volume->name);
	btrfs.member = name;
	sys_list(survey->sys, "/sys/fs/btrfs", use_btrfs, &btrfs);
}

static bool parse_number(char *text, dev_t *number)
{
	char *colon = strchr(text, ':');
	uint64_t maj, min;

	if (!colon)
		return false;
	*colon = '\0';
	if (text_u64(text, 10, 0xfff, &maj) ||
	    text_u64(colon + 1, 10, 0xfffff, &min))
		return false;
	*number = makedev((unsigned int)maj, (unsigned int)min);
	return true;
}

/* "36 35 202:1 / /mnt rw shared:1 - ext4 /dev/xvda1 rw": proc(5). */
static void take_mount(struct survey *survey, char *line)
{
	char *word, *number, *place, *type, *source;
	struct volume *volume = NULL;
	dev_t device;

	text_next_word(&line);
	text_next_word(&line);
	number = text_next_word(&line);
	text_next_word(&line);
	place = text_next_word(&line);
	do {
		word = text_next_word(&line);
	} while (*word && strcmp(word, "-"));
	type = text_next_word(&line);
	source = text_next_word(&line);
	if (parse_number(number, &device))
		volume = by_number(survey, device);
	if (!volume)
		volume = by_path(survey, source);
	use(survey, volume, type, place);
}

/* Kernels before 2.6.26 have no mountinfo and name the root device
 * /dev/root. */
static void take_old_mounts(struct survey *survey, char *text)
{
	struct fstab_line line;
	unsigned int number = 0;
	dev_t device;

	while (fstab_next(&text, &number, &line)) {
		struct volume *volume = by_path(survey, line.spec);

		if (!volume && !strcmp(line.place, "/") &&
		    !survey->sys->fixture &&
		    !sys_device_of(survey->sys, "/", &device))
			volume = by_number(survey, device);
		use(survey, volume, line.type, line.place);
	}
}

static void read_mounts(struct survey *survey)
{
	int err;
	char *text = file_text(survey->sys, "/proc/self/mountinfo", TABLE_SIZE,
			       &err);
	char *at = text, *line;

	while ((line = text_next_line(&at)))
		take_mount(survey, line);
	if (!text) {
		text = file_text(survey->sys, "/proc/mounts", TABLE_SIZE, &err);
		if (text)
			take_old_mounts(survey, text);
		else
			words_add(&survey->unread, "/proc/mounts: %s",
				  log_errno(err));
	}
	free(text);
}

/* A swap file uses the device of its file system: the one mounted at the
 * longest path above the file. */
static struct volume *of_file(struct survey *survey, const char *path)
{
	struct volume *check_add = NULL;
	size_t best = 0;
	unsigned int i, j;

	for (i = 0; i < survey->volumes.count; i++) {
		struct volume *volume = &survey->volumes.at[i];

		for (j = 0; j < volume->used.count; j++) {
			const char *place = volume->used.at[j];
			size_t len = strlen(place);

			if (len > best && !strncmp(path, place, len) &&
			    (path[len] == '/' || len == 1)) {
				best = len;
				check_add = volume;
			}
		}
	}
	return check_add;
}

static void read_swaps(struct survey *survey)
{
	int err;
	char *text = file_text(survey->sys, "/proc/swaps", TABLE_SIZE, &err);
	char *at = text, *line;

	text_next_line(&at); /* the heading */
	while ((line = text_next_line(&at))) {
		char *path = text_next_word(&line);
		bool file = !strcmp(text_next_word(&line), "file");
		struct volume *volume =
			file ? of_file(survey, path) : by_path(survey, path);

		if (volume)
			words_add(&volume->used, file ? "swap file" : "swap");
	}
	if (!text)
		words_add(&survey->unread, "/proc/swaps: %s", log_errno(err));
	free(text);
}

static void mark_below(struct survey *survey, int disk, void *ctx)
{
	(void)survey;
	((bool *)ctx)[disk] = true;
}

/* Volumes below a used device of dm or md are used too: LVM's physical
 * volumes. */
static void use_below(struct survey *survey)
{
	unsigned int i, j;

	for (i = 0; i < survey->volumes.count; i++) {
		const struct volume *top = &survey->volumes.at[i];
		bool *below;

		if (top->disk >= 0 || !top->used.count)
			continue;
		below = memory_new(survey->disks.count + 1);
		survey_disks_below(survey, top->name, mark_below, below);
		for (j = 0; j < survey->volumes.count; j++) {
			struct volume *volume = &survey->volumes.at[j];

			if (volume->disk >= 0 && below[volume->disk] &&
			    volume->what.usage == PROBE_MEMBER &&
			    volume->what.type[0])
				words_add(&volume->used, "below %s", top->name);
		}
		free(below);
	}
}

void survey_uses(struct survey *survey)
{
	read_mounts(survey);
	read_swaps(survey);
	use_below(survey);
}
