// SPDX-License-Identifier: GPL-2.0-or-later
/* The lines that tell a boot what to do: the kernel's command line; in an
 * initrd, before it, the lines that dracut wrote into the image, and after it
 * those that dracut's hooks wrote in this boot, since its own hooks read them
 * all like the command line. Reads files, changes nothing. */
#include "find/lines.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

#define IMAGE_DIR  "/etc/cmdline.d"
#define IMAGE_FILE "/etc/cmdline"
#define RUN_DIR	   "/run/initramfs/cmdline.d" /* dracut 110 and later */

/* The text so far, of at most room bytes. */
struct lines {
	const struct sys *sys;
	struct log *log;
	char *text;
	size_t used, room;
	bool full;
};

/* Drops the last word of a line that was too long: it may have been cut. */
static void drop_cut_word(char *text)
{
	char *space = strrchr(text, ' ');

	if (space)
		*space = '\0';
}

static int read_kernel(const struct lines *lines)
{
	char *text = lines->text + lines->used;
	int len = sys_read(lines->sys, "/proc/cmdline", text, CMDLINE_SIZE);

	if (len == -EFBIG) {
		drop_cut_word(text);
		log_say(lines->log, LOG_WARN,
			"kernel command line: longer than %u bytes, the rest "
			"is ignored",
			CMDLINE_SIZE - 1);
	} else if (len < 0) {
		log_say(lines->log, LOG_WARN,
			"/proc/cmdline: %s: is /proc mounted?", log_errno(len));
		return len;
	}
	return 0;
}

static void end_line(struct lines *lines)
{
	lines->used += cmdline_end(lines->text + lines->used);
}

/* Adds a file whole or not at all; after one that does not fit no other is
 * added. */
static void add_file(struct lines *lines, const char *path)
{
	size_t room = lines->room - lines->used; /* 1 or more */
	char *at = lines->text + lines->used;
	int len = lines->full ? -ENOENT : sys_read(lines->sys, path, at, room);

	if (len >= 0 && (size_t)len + CMDLINE_END >= room)
		len = -EFBIG;
	if (len >= 0) {
		end_line(lines);
		return;
	}
	*at = '\0';
	if (len == -EFBIG) {
		lines->full = true;
		log_say(lines->log, LOG_WARN,
			"%.128s: with what comes before it more than %u bytes: "
			"ignored from here on",
			path, (unsigned int)lines->room - 1);
	} else if (len != -ENOENT) {
		log_say(lines->log, LOG_WARN, "%.128s: %s: ignored", path,
			log_errno(len));
	}
}

/* Adds a line from a generator's own configuration: RESUME= of
 * initramfs-tools. */
static void add_line(struct lines *lines, const char *line)
{
	if (!*line ||
	    text_format(lines->text, CMDLINE_SIZE - CMDLINE_END, "%s", line))
		return;
	end_line(lines);
}

/* For a walk in the order of names: next is the first name after last. */
struct walk {
	char last[SYS_PATH_SIZE], next[SYS_PATH_SIZE];
};

static int see_name(const char *name, void *ctx)
{
	struct walk *walk = ctx;
	size_t len = strlen(name);

	if (*name == '.' || len < 5 || strcmp(name + len - 5, ".conf"))
		return 0;
	if (strcmp(name, walk->last) > 0 &&
	    (!walk->next[0] || strcmp(name, walk->next) < 0))
		text_copy(walk->next, sizeof(walk->next), name);
	return 0;
}

static void add_folder(struct lines *lines, const char *folder)
{
	struct walk walk = { "", "" };
	char path[SYS_PATH_SIZE];
	int err;

	while (!lines->full) {
		walk.next[0] = '\0';
		err = sys_list(lines->sys, folder, see_name, &walk);
		if (err && err != -ENOENT)
			log_say(lines->log, LOG_WARN, "%s: %s: ignored", folder,
				log_errno(err));
		if (err || !walk.next[0])
			return;
		if (!text_format(path, sizeof(path), "%s/%s", folder,
				 walk.next))
			add_file(lines, path);
		memcpy(walk.last, walk.next, sizeof(walk.last));
	}
}

/* Adds what comes after the kernel's line, in the room that is left. */
static void add_last(struct lines *lines)
{
	if (!sys_exists(lines->sys, RUN_DIR))
		return;
	end_line(lines);
	lines->room = LINES_SIZE;
	lines->full = false;
	add_folder(lines, RUN_DIR);
}

int lines_read(const struct sys *sys, struct log *log, const char *image_line,
	       char text[LINES_SIZE])
{
	struct lines lines = {
		.sys = sys, .log = log, .text = text, .room = CMDLINE_SIZE
	};
	int err;

	if (image_line) {
		add_line(&lines, image_line);
		add_folder(&lines, IMAGE_DIR);
		add_file(&lines, IMAGE_FILE);
	}
	err = read_kernel(&lines);
	if (!err && image_line)
		add_last(&lines);
	return err;
}
