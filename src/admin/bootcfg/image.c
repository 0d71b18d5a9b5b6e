// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads an initrd. Opens the file, runs a decompressor, changes nothing. The
 * archive is untrusted: names, sizes and the number of bytes are limited. */
#include "admin/bootcfg/image.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/cpio.h"
#include "admin/bootcfg/module.h"
#include "base/text.h"
#include "sys/admin.h"

#define LIMIT_BYTES  ((uint64_t)4 << 30)
#define LIMIT_US     120000000
#define MAX_ARCHIVES 64
#define MAGIC_SIZE   6
#define MAX_MODULES  20000
#define S_IFMT_BITS  0170000
#define S_IFREG_BITS 0100000

/* Sources: the kernel's lib/decompress.c and usr/Kconfig. */
static const struct packer {
	const char *magic;
	size_t len;
	const char *argv[5];
} packers[] = {
	{ "\x1f\x8b", 2, { "gzip", "-dc", NULL } },
	{ "\xfd"
	  "7zXZ",
	  5,
	  { "xz", "-dc", NULL } },
	{ "\x28\xb5\x2f\xfd", 4, { "zstd", "-dqc", NULL } },
	{ "\x02\x21\x4c\x18", 4, { "lz4", "-dc", NULL } },
	{ "\x04\x22\x4d\x18", 4, { "lz4", "-dc", NULL } },
	{ "BZh", 3, { "bzip2", "-dc", NULL } },
	{ "\x5d\x00\x00", 3, { "xz", "-dc", "--format=lzma", NULL } },
	{ "\x89LZO", 4, { "lzop", "-dc", NULL } },
};

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
	if (is_list(entry->name))
		image->has_list = true;
	if (strstr(base, ".ko") && entry->size)
		note_module(image, entry->name);
	runner_note_file(&image->runner, entry->name);
	return is_list(entry->name) || is_modprobe_file(entry->name) ||
	       runner_is_init(entry->name) || !strcmp(base, "modules.builtin");
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
	} else if (runner_is_init(entry->name)) {
		runner_note_init(&image->runner, content, entry->size);
	} else {
		while ((line = text_next_line(&content)))
			image->builtin |= module_is_pv_disk_file(line);
	}
}

static const struct packer *find_packer(const struct stream *s, int ready)
{
	size_t i;

	for (i = 0; i < sizeof(packers) / sizeof(packers[0]); i++) {
		if ((size_t)ready >= packers[i].len &&
		    !memcmp(s->buf + s->at, packers[i].magic, packers[i].len))
			return &packers[i];
	}
	return NULL;
}

/* Reads uncompressed archives up to the end or to something else. *packer is
 * the compression of what follows, NULL at the end. */
static int read_plain(struct stream *s, struct image *image,
		      const struct packer **packer)
{
	const struct cpio_reader reader = { want, take, image };
	unsigned int i;
	int err, ready;

	*packer = NULL;
	for (i = 0; i < MAX_ARCHIVES; i++) {
		err = stream_skip_zeros(s);
		ready = err ? err : stream_peek(s, MAGIC_SIZE);
		if (ready <= 0)
			return ready;
		*packer = find_packer(s, ready);
		if (*packer)
			return 0;
		if (ready < CPIO_MAGIC_LEN || !cpio_is_magic(s->buf + s->at))
			return -EUCLEAN;
		err = cpio_read(s, &reader);
		if (err)
			return err;
	}
	return -EFBIG;
}

static int unpack(int fd, uint64_t offset, const struct packer *packer,
		  struct stream *s, struct image *image)
{
	const struct packer *inner;
	struct sys_tool tool;
	int err = sys_tool_start(&tool, packer->argv, fd, offset), status;
	uint64_t deadline_us = s->deadline_us;

	if (err)
		return err;
	stream_open(s, tool.fd, LIMIT_BYTES, deadline_us);
	err = read_plain(s, image, &inner);
	if (!err && inner)
		err = -EUCLEAN; /* compressed twice: no kernel reads that */
	if (!err && !s->offset)
		err = -EUCLEAN;
	status = sys_tool_end(&tool);
	if (status == -ENOENT) {
		image->tool = packer->argv[0];
		return -ENOENT;
	}
	return err;
}

void image_read(const struct sys *sys, const char *path, struct image *image)
{
	const struct packer *packer;
	struct stream *s;
	uint64_t size;
	int fd = sys_file_open(sys, path);

	memset(image, 0, sizeof(*image));
	image->error = fd < 0 ? fd : sys_disk_size(fd, &size);
	if (image->error) { /* a pipe too, which might never end */
		if (fd >= 0)
			sys_fd_close(fd);
		return;
	}
	s = memory_new(sizeof(*s));
	stream_open(s, fd, LIMIT_BYTES, sys_now_us() + LIMIT_US);
	image->error = read_plain(s, image, &packer);
	if (!image->error && packer)
		image->error = unpack(fd, s->offset, packer, s, image);
	else if (!image->error && !s->offset)
		image->error = -EUCLEAN;
	free(s);
	sys_fd_close(fd);
}

void image_free(struct image *image)
{
	words_free(&image->modules);
	words_free(&image->listed);
	words_free(&image->drivers);
	words_free(&image->forbidden);
}
