// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot probe FILE…`: says what devices and images hold, in the form of
 * `blkid -o export`. Reads only. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cmd/command.h"
#include "dev/disk.h"
#include "find/source.h"
#include "probe/probe.h"
#include "sys/attr.h"
#include "sys/log.h"

struct printer {
	const char *path;
	bool after_block; /* an empty line must come before the next block */
	bool in_block;
	bool failed; /* something could not be written */
};

static void write_out(struct printer *out, const char *text, size_t len)
{
	if (sys_print(1, text, len))
		out->failed = true;
}

static void print(struct printer *out, const char *text)
{
	write_out(out, text, strlen(text));
}

/* One byte as blkid shows it: M- for the eighth bit, ^ for control, a
 * backslash before what a shell would take as its own. Returns its length. */
static size_t show(char *dst, uint8_t c)
{
	char *p = dst;

	if (c & 0x80) {
		*p++ = 'M';
		*p++ = '-';
		c &= 0x7f;
	}
	if (c < ' ' || c == 0x7f) {
		*p++ = '^';
		c ^= 0x40;
	} else if (strchr(" \\\"'$`<>", c)) {
		*p++ = '\\';
	}
	*p++ = (char)c;
	return (size_t)(p - dst);
}

static void print_safe(struct printer *out, const char *value)
{
	char buf[128];
	size_t len = 0;

	for (; *value; value++) {
		if (len > sizeof(buf) - 8) {
			write_out(out, buf, len);
			len = 0;
		}
		len += show(buf + len, (uint8_t)*value);
	}
	write_out(out, buf, len);
}

/* Begins a block before the first line of it is printed. */
static void open_block(struct printer *out)
{
	if (out->in_block)
		return;
	if (out->after_block)
		print(out, "\n");
	print(out, "DEVNAME=");
	print(out, out->path);
	print(out, "\n");
	out->in_block = out->after_block = true;
}

static void print_key(struct printer *out, const char *key, const char *value)
{
	if (!*value)
		return;
	open_block(out);
	print(out, key);
	print(out, "=");
	print_safe(out, value);
	print(out, "\n");
}

static void print_result(struct printer *out, const struct probe_result *what)
{
	print_key(out, "LABEL", what->label);
	print_key(out, "UUID", what->uuid);
	print_key(out, "UUID_SUB", what->uuid_sub);
	print_key(out, "TYPE", what->type);
}

static void print_entry(struct printer *out, const struct part_entry *entry)
{
	print_key(out, "PARTLABEL", entry->name);
	print_key(out, "PARTUUID", entry->uuid);
}

/* A part of a disk image, as a source of its own. */
struct slice {
	struct probe_source bytes;
	struct probe_source *disk;
	uint64_t start;
};

static int fetch_slice(struct probe_source *bytes, uint64_t off, uint8_t *buf,
		       size_t len)
{
	struct slice *slice = (struct slice *)bytes;

	return slice->disk->fetch(slice->disk, slice->start + off, buf, len);
}

static bool make_slice(struct slice *slice, struct probe_source *disk,
		       const struct part_entry *entry)
{
	uint64_t sectors = disk->size / 512;

	if (entry->start >= sectors)
		return false;
	sectors -= entry->start;
	if (entry->size < sectors)
		sectors = entry->size;
	slice->bytes = *disk;
	slice->bytes.fetch = fetch_slice;
	slice->bytes.size = sectors * 512;
	slice->disk = disk;
	slice->start = entry->start * 512;
	return true;
}

struct image {
	struct printer *out;
	struct probe_source *disk;
};

/* Prints a partition inside an image: a block with its number. */
static int print_partition(const struct part_entry *entry, void *ctx)
{
	struct image *image = ctx;
	struct probe_result what;
	struct slice slice;
	char number[16];

	image->out->in_block = false;
	text_format(number, sizeof(number), "%u", entry->number);
	print_key(image->out, "PARTN", number);
	if (make_slice(&slice, image->disk, entry) &&
	    probe_superblock(&slice.bytes, &what) == 1)
		print_result(image->out, &what);
	print_entry(image->out, entry);
	return 0;
}

static int count(const struct part_entry *entry, void *ctx)
{
	(void)entry;
	(void)ctx;
	return 1;
}

struct wanted {
	struct printer *out;
	uint64_t number;
};

static int print_if_wanted(const struct part_entry *entry, void *ctx)
{
	struct wanted *wanted = ctx;

	if (entry->number != wanted->number)
		return 0;
	print_entry(wanted->out, entry);
	return 1;
}

/* Prints what the disk's table says of a partition that has a node of its
 * own. */
static void print_own_entry(const struct sys *sys, struct printer *out)
{
	char link[SYS_PATH_SIZE], disk[DISK_NAME_SIZE];
	struct wanted wanted = { out, 0 };
	const char *name = out->path;
	struct source source;

	if (!text_prefix(name, "/dev/", NULL))
		return;
	if (sys_readlink(sys, name, link, sizeof(link)) > 0)
		name = link;
	if (strrchr(name, '/'))
		name = strrchr(name, '/') + 1;
	if (attr_number(sys, &wanted.number, "/sys/class/block/%s/partition",
			name) ||
	    partition_disk(sys, name, disk) ||
	    source_open(&source, sys, disk, 0))
		return;
	source_walk(&source, print_if_wanted, &wanted);
	source_close(&source);
}

/* Prints the kind of a partition table and, for a plain file, what is in each
 * partition. */
static void print_table(struct printer *out, struct source *source)
{
	struct image image = { out, &source->bytes };
	int kind = source_walk(source, count, NULL);

	if (kind > PART_NONE)
		print_key(out, "PTTYPE", kind == PART_GPT ? "gpt" : "dos");
	/* The partitions of a real disk have nodes of their own. */
	if (kind > PART_NONE && !text_prefix(out->path, "/dev/", NULL))
		source_walk(source, print_partition, &image);
}

/* A disk or its image, and no partition. */
static bool is_whole(const struct sys *sys, const char *path)
{
	const char *name;

	return !text_prefix(path, "/dev/", &name) ||
	       attr_exists(sys, "/sys/block/%s", name);
}

/* Returns 0, or -errno: -ENOENT where nothing known is there. */
static int probe_file(const struct sys *sys, struct printer *out)
{
	struct probe_result what;
	struct source source;
	int fd = sys_file_open(sys, out->path);
	int ret = fd < 0 ? fd : source_from_fd(&source, fd);

	out->in_block = false;
	if (!ret) {
		source.bytes.whole = is_whole(sys, out->path);
		ret = probe_superblock(&source.bytes, &what);
	}
	if (ret == 1)
		print_result(out, &what);
	if (ret >= 0) {
		print_own_entry(sys, out);
		print_table(out, &source);
		ret = out->in_block ? 0 : -ENODATA;
	}
	if (fd >= 0)
		sys_fd_close(fd);
	return ret;
}

static void complain(struct log *log, const char *path, int err)
{
	if (err == -EUCLEAN)
		log_say(log, LOG_ERR,
			"%.200s: two formats claim it, so neither is believed "
			"(wipefs lists them)",
			path);
	else if (err == -ENODATA)
		log_say(log, LOG_ERR, "%.200s: nothing known", path);
	else
		log_say(log, LOG_ERR, "%.200s: %s", path, log_errno(err));
}

int cmd_probe(const struct sys *sys, int argc, char **argv)
{
	struct printer out = { .path = NULL };
	int status = EXIT_GO_ON, i;
	struct log log;

	if (argc < 2)
		return usage_error("probe", "takes at least one file", NULL);
	log_open(&log, sys, LOG_TO_STDERR);
	for (i = 1; i < argc; i++) {
		int err;

		out.path = argv[i];
		err = probe_file(sys, &out);
		if (err) {
			complain(&log, argv[i], err);
			status = EXIT_STOP;
		}
	}
	log_close(&log);
	return out.failed ? EXIT_FAULT : status;
}
