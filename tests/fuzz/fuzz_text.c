// SPDX-License-Identifier: GPL-2.0-or-later
/* Fuzz target: partition tables (first byte even), the kernel command line
 * and the tags in it, and the kernel's log in its two forms (odd). */
#include <stdlib.h>
#include <string.h>

#include "base/klog.h"
#include "base/cmdline.h"
#include "guard.h"
#include "probe/part/part.h"
#include "sparse.h"
#include "find/tag.h"
#include "target.h"

static int check_entry(const struct part_entry *entry, void *ctx)
{
	unsigned int *count = ctx;

	if (!memchr(entry->uuid, '\0', sizeof(entry->uuid)) ||
	    !memchr(entry->name, '\0', sizeof(entry->name)) || !entry->number ||
	    !entry->size || ++*count > 10000)
		abort();
	return 0;
}

static void fuzz_table(const uint8_t *input, size_t len)
{
	static struct sparse disk;
	unsigned int count = 0;

	sparse_open(&disk, input, len);
	fuzz_no_crc = disk.flags & SPARSE_NO_CRC;
	if (part_walk(&disk.bytes, check_entry, &count) < 0)
		abort();
}

static void check_tag(const char *text)
{
	struct tag tag;
	int rc = tag_parse(text, &tag);

	if (!memchr(tag.value, '\0', sizeof(tag.value)) ||
	    (rc && (tag.kind != TAG_OTHER || tag.value[0])) || tag.part > 255 ||
	    tag.partnroff > 255 || tag.partnroff < -255)
		abort();
}

static void complain(void *ctx, const char *what, const char *why)
{
	(void)ctx;
	if (!strlen(why) || strlen(what) > 100000)
		abort();
}

static void fuzz_line(const char *text)
{
	static struct cmdline cmd;

	memset(&cmd, 'x', sizeof(cmd));
	cmdline_parse(text, &cmd, complain, NULL);
	if (!memchr(cmd.root, '\0', sizeof(cmd.root)) ||
	    !memchr(cmd.resume, '\0', sizeof(cmd.resume)) ||
	    cmd.wait_s > CMDLINE_WAIT_MAX || cmd.keeps > CMDLINE_KEEP)
		abort();
	check_tag(cmd.root);
	check_tag(cmd.resume);
	check_tag(text);
}

/* Checks that no line is longer than its text and a time. */
static void fuzz_log(const char *text, void (*take)(struct klog *, char *))
{
	struct klog log = { .size = 1024 };
	char *copy = strdup(text);

	log.text = calloc(1, log.size);
	if (!copy || !log.text)
		abort();
	take(&log, copy);
	if (log.used >= log.size || strlen(log.text) != log.used ||
	    (log.used && log.text[log.used - 1] != '\n'))
		abort();
	free(log.text);
	free(copy);
}

int fuzz_text(const uint8_t *input, size_t len)
{
	char *text;

	if (!len)
		return 0;
	if (!(input[0] & 1)) {
		fuzz_table(input + 1, len - 1);
		return 0;
	}
	text = malloc(len); /* exactly: no byte behind the NUL */
	if (!text)
		abort();
	memcpy(text, input + 1, len - 1);
	text[len - 1] = '\0';
	fuzz_line(text);
	fuzz_log(text, klog_take_record);
	fuzz_log(text, klog_take_lines);
	free(text);
	return 0;
}
