// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads an initrd. Opens the file, runs a decompressor, changes nothing. The
 * archive is untrusted: names, sizes and the number of bytes are limited. */
#include "admin/bootcfg/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/cpio.h"
#include "admin/bootcfg/module.h"
#include "admin/bootcfg/packed.h"
#include "admin/bootcfg/uki.h"
#include "base/crc.h"
#include "base/text.h"
#include "sys/admin.h"

#define LIMIT_BYTES  ((uint64_t)4 << 30)
#define LIMIT_US     120000000
#define MAX_ARCHIVES 64
#define MAX_PARTS    64
#define GZIP_WARNING 2 /* something follows that is not gzip's */
#define MAX_MODULES  20000
#define S_IFMT_BITS  0170000
#define S_IFREG_BITS 0100000

static void note_module(struct image *image, const char *name)
{
	const char *dir = strstr(name, "lib/modules/");
	size_t len;

	image->has_modules = true;
	if (image->modules.count < MAX_MODULES)
		words_add(&image->modules, "/%s", name);
	if (module_is_pv_disk_file(name))
		words_add(&image->drivers, "/%s", name);
	if (!dir || image->version[0])
		return;
	dir += strlen("lib/modules/");
	len = strcspn(dir, "/");
	if (dir[len] && len < sizeof(image->version))
		memcpy(image->version, dir, len);
}

static bool is_program(const struct cpio_entry *entry)
{
	static const char *const places[] = { "usr/sbin/pvroot", "sbin/pvroot",
					      "usr/bin/pvroot", "bin/pvroot",
					      /* Alpine's */
					      "usr/lib/pvroot/pvroot" };
	size_t i;

	if ((entry->mode & S_IFMT_BITS) != S_IFREG_BITS || !entry->size)
		return false;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!strcmp(entry->name, places[i]))
			return true;
	}
	return false;
}

static bool is_modprobe_file(const char *name)
{
	return strstr(name, "etc/modprobe.d/") ||
	       strstr(name, "lib/modprobe.d/") ||
	       !strcmp(name, "etc/modprobe.conf");
}

static bool is_list(const char *name)
{
	return text_ends_with(name, "lib/pvroot/modules");
}

static bool want(const struct cpio_entry *entry, void *ctx)
{
	struct image *image = ctx;
	const char *base = strrchr(entry->name, '/');

	base = base ? base + 1 : entry->name;
	if (is_program(entry))
		text_format(image->pvroot, sizeof(image->pvroot), "/%s",
			    entry->name);
	if (text_ends_with(entry->name, "lib/pvroot/emulated") && entry->size)
		image->holds = true;
	/* only there init loads file systems by a list */
	image->own |= text_ends_with(entry->name, "lib/pvroot/fs");
	if (is_list(entry->name))
		image->has_list = true;
	if (strstr(base, ".ko") && entry->size)
		note_module(image, entry->name);
	runner_note_file(&image->runner, entry->name);
	return is_list(entry->name) || is_modprobe_file(entry->name) ||
	       image_line_is_file(entry->name) || runner_is_init(entry->name) ||
	       !strcmp(base, "modules.builtin");
}

static void take(const struct cpio_entry *entry, char *content, void *ctx)
{
	struct image *image = ctx;
	const char *line;

	if (is_list(entry->name)) {
		while ((line = text_next_line(&content))) {
			if (*line == '/' && image->listed.count < MAX_MODULES)
				words_add(&image->listed, "%s", line);
		}
	} else if (is_modprobe_file(entry->name)) {
		line = module_forbidden(content);
		if (line)
			words_add(&image->forbidden, "%s: %s", entry->name,
				  line);
	} else if (image_line_is_file(entry->name)) {
		image_lines_take(&image->lines, entry->name, content);
	} else if (runner_is_init(entry->name)) {
		runner_note_init(&image->runner, content, entry->size);
	} else {
		while ((line = text_next_line(&content)))
			image->builtin |= module_is_pv_disk_file(line);
	}
}

/* Reads plain archives up to the end or to something else. */
static int read_plain(struct stream *s, struct image *image)
{
	const struct cpio_reader reader = { want, take, image };
	unsigned int i;
	int err, ready;

	for (i = 0; i < MAX_ARCHIVES; i++) {
		err = stream_skip_zeros(s);
		ready = err ? err : stream_peek(s, PACKED_HEAD);
		if (ready <= 0)
			return ready;
		if (ready < CPIO_MAGIC_LEN || !cpio_is_magic(s->buf + s->at))
			return packed_find(s->buf + s->at, (size_t)ready)
				       ? 0
				       : -EUCLEAN;
		err = cpio_read(s, &reader);
		if (err)
			return err;
	}
	return -EFBIG;
}

/* An initrd while it is read. */
struct initrd {
	struct image *image;
	struct packed_part part; /* what is left of it */
	uint64_t deadline_us, bytes;
	struct stream *s;
};

/* Reads what a decompressor makes of a part. */
static int read_packed(struct initrd *rd, const struct packer *packer,
		       uint64_t len, int *status)
{
	struct sys_tool tool;
	int err = sys_tool_start(&tool, packer->argv, rd->part.fd, rd->part.at,
				 len);

	if (err)
		return err;
	stream_open(rd->s, tool.fd, LIMIT_BYTES, rd->deadline_us);
	err = read_plain(rd->s, rd->image);
	/* What is packed twice is read by no kernel. */
	if (!err && (!rd->s->offset || stream_peek(rd->s, 1) > 0))
		err = -EUCLEAN;
	*status = sys_tool_end(&tool);
	if (*status == -ENOENT) {
		rd->image->tool = packer->argv[0];
		return -ENOENT;
	}
	return err;
}

/* gzip has found something behind what it unpacked: unpacks once more, for the
 * checksum and the length by which its end is known. */
static int find_gzip_end(struct initrd *rd, const struct packer *packer,
			 uint64_t *end)
{
	struct sys_tool tool;
	uint32_t crc = ~0U;
	int ready, err = sys_tool_start(&tool, packer->argv, rd->part.fd,
					rd->part.at, SYS_TOOL_REST);

	if (err)
		return err;
	stream_open(rd->s, tool.fd, LIMIT_BYTES, rd->deadline_us);
	while ((ready = stream_peek(rd->s, 1)) > 0) {
		crc = crc32_update(crc, rd->s->buf + rd->s->at, (size_t)ready);
		stream_take(rd->s, NULL, (uint64_t)ready);
	}
	sys_tool_end(&tool);
	return ready < 0 ? ready
			 : packed_gzip_end(&rd->part, ~crc,
					   (uint32_t)rd->s->offset, end);
}

/* Reads a packed part, and goes behind it. */
static int unpack(struct initrd *rd, const struct packer *packer)
{
	uint64_t end = rd->part.end;
	bool known = packer->find_end != NULL;
	int status = 0, err = known ? packer->find_end(&rd->part, &end) : 0;

	if (!err)
		err = read_packed(rd, packer,
				  known ? end - rd->part.at : SYS_TOOL_REST,
				  &status);
	if (!err && status == GZIP_WARNING && packed_is_gzip(packer) &&
	    find_gzip_end(rd, packer, &end)) {
		rd->image->unread = true;
		rd->image->unread_at = rd->part.at;
		end = rd->part.end;
		status = 0;
	}
	if (!err && status &&
	    (status != GZIP_WARNING || !packed_is_gzip(packer))) {
		rd->image->damaged = true;
		err = -EUCLEAN;
	}
	rd->part.at = err ? rd->part.at : end;
	return err;
}

/* The next part: plain archives up to a packed one, or a packed one. Returns 1
 * at the end, 0, or -errno. */
static int read_part(struct initrd *rd)
{
	const struct packer *packer = NULL;
	uint64_t left = rd->part.end - rd->part.at;
	uint8_t *head;
	int err = sys_seek(rd->part.fd, rd->part.at), ready;

	if (err)
		return err;
	stream_open(rd->s, rd->part.fd, left, rd->deadline_us);
	rd->s->ends = true;
	err = read_plain(rd->s, rd->image);
	rd->part.at += rd->s->offset;
	rd->bytes += rd->s->offset;
	if (err || rd->part.at == rd->part.end)
		return err ? err : 1;
	ready = stream_peek(rd->s, PACKED_HEAD);
	head = rd->s->buf + rd->s->at;
	packer = ready > 0 ? packed_find(head, (size_t)ready) : NULL;
	if (!packer)
		return -EUCLEAN;
	rd->bytes++;
	rd->image->refused = packed_refused(head, (size_t)ready);
	return rd->image->refused ? -EUCLEAN : unpack(rd, packer);
}

static int read_initrd(struct initrd *rd)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < MAX_PARTS && !err; i++)
		err = read_part(rd);
	if (err >= 0 && !rd->bytes)
		err = -EUCLEAN;
	rd->image->error_at = rd->part.at;
	return err > 0 ? 0 : err ? err : -EFBIG;
}

void image_add(const struct sys *sys, const char *path, struct image *image)
{
	struct initrd rd = { .image = image };
	int fd = sys_file_open(sys, path);
	struct uki uki;

	/* No pipe, which might never end. */
	image->error = fd < 0 ? fd : sys_disk_size(fd, &rd.part.end);
	if (!image->error) {
		rd.part.fd = fd;
		if (uki_look(fd, rd.part.end, &uki) &&
		    uki.initrd.at <= rd.part.end &&
		    uki.initrd.size <= rd.part.end - uki.initrd.at) {
			rd.part.at = uki.initrd.at;
			rd.part.end = uki.initrd.at + uki.initrd.size;
		}
		rd.deadline_us = sys_now_us() + LIMIT_US;
		rd.s = memory_new(sizeof(*rd.s));
		image->error = read_initrd(&rd);
		free(rd.s);
	}
	if (fd >= 0)
		sys_fd_close(fd);
}

void image_read(const struct sys *sys, const char *path, struct image *image)
{
	memset(image, 0, sizeof(*image));
	image_add(sys, path, image);
}

void image_free(struct image *image)
{
	words_free(&image->modules);
	words_free(&image->listed);
	words_free(&image->drivers);
	words_free(&image->forbidden);
	image_lines_free(&image->lines);
}
