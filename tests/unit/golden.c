// SPDX-License-Identifier: GPL-2.0-or-later
/* Loads golden images. Reads tests/images; every read of a parser is checked
 * to lie inside of the device. */
#include "golden.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard.h"

#define FOLDER "tests/images"

static void die(const char *path, const char *what)
{
	fprintf(stderr, "%s: %s\n", path, what);
	abort();
}

static int fetch(struct probe_source *bytes, uint64_t off, uint8_t *buf,
		 size_t len)
{
	struct golden *g = (struct golden *)bytes;

	if (off > bytes->size || len > bytes->size - off || !len)
		die("fetch", "asked for bytes beyond the end");
	g->reads++;
	g->bytes_read += len;
	if (off + len > g->limit)
		return -EIO;
	memset(buf, 0, len);
	for (size_t i = 0; i < g->rows; i++) {
		const struct golden_row *row = &g->row[i];

		if (row->offset + row->len <= off || row->offset >= off + len)
			continue;
		for (size_t k = 0; k < row->len; k++)
			if (row->offset + k - off < len)
				buf[row->offset + k - off] = row->data[k];
	}
	return 0;
}

void golden_blank(struct golden *g, uint64_t size)
{
	memset(g, 0, sizeof(*g));
	g->bytes.size = size;
	g->bytes.sector_size = 512;
	g->bytes.whole = true;
	g->bytes.fetch = fetch;
	g->limit = UINT64_MAX;
}

void golden_put(struct golden *g, uint64_t offset, const void *data, size_t len)
{
	const uint8_t *from = data;

	while (len) {
		struct golden_row *row = &g->row[g->rows++];

		if (g->rows > GOLDEN_ROWS)
			die("golden_put", "too many rows");
		row->offset = offset;
		row->len = len < GOLDEN_ROW ? len : GOLDEN_ROW;
		memcpy(row->data, from, row->len);
		offset += row->len;
		from += row->len;
		len -= row->len;
	}
}

void golden_put32(struct golden *golden, uint64_t offset, uint32_t value)
{
	const uint8_t bytes[4] = { (uint8_t)value, (uint8_t)(value >> 8),
				   (uint8_t)(value >> 16),
				   (uint8_t)(value >> 24) };

	golden_put(golden, offset, bytes, 4);
}

int golden_probe(struct golden *golden, struct probe_result *found)
{
	int rc = probe_superblock(&golden->bytes, found);

	guard_reset();
	return rc;
}

void golden_rewind(struct golden *g)
{
	g->reads = 0;
	g->bytes_read = 0;
}

static void load_row(struct golden *g, const char *path, const char *line)
{
	uint8_t data[GOLDEN_ROW];
	uint64_t offset;
	size_t len = 0;
	int used;

	if (sscanf(line, "%" SCNx64 " %n", &offset, &used) != 1)
		die(path, "no offset");
	for (line += used; *line > ' '; line += 2) {
		unsigned int byte;

		if (len == GOLDEN_ROW || sscanf(line, "%2x", &byte) != 1)
			die(path, "bad row");
		data[len++] = (uint8_t)byte;
	}
	golden_put(g, offset, data, len);
}

void golden_load(struct golden *g, const char *path)
{
	FILE *file = fopen(path, "r");
	char line[128];
	uint64_t size;

	if (!file || fscanf(file, "size %" SCNu64 "\n", &size) != 1)
		die(path, "not a golden image");
	golden_blank(g, size);
	while (fgets(line, sizeof(line), file))
		load_row(g, path, line);
	fclose(file);
}

int golden_each(void (*fn)(const char *path, struct golden *golden))
{
	struct golden *g = malloc(sizeof(*g));
	DIR *dir = opendir(FOLDER);
	struct dirent *entry;
	int count = 0;

	if (!dir || !g)
		die(FOLDER, "cannot be read: run the tests from the top");
	while ((entry = readdir(dir))) {
		char path[300];
		size_t len = strlen(entry->d_name);

		if (len < 5 || strcmp(entry->d_name + len - 5, ".dump"))
			continue;
		snprintf(path, sizeof(path), FOLDER "/%s", entry->d_name);
		golden_load(g, path);
		fn(path, g);
		count++;
	}
	closedir(dir);
	free(g);
	return count;
}

struct text {
	char *at;
	size_t left;
};

static void say(struct text *text, const char *key, const char *value)
{
	int len = 0;

	if (*value)
		len = snprintf(text->at, text->left, "%s%s\n", key, value);
	if (len < 0 || (size_t)len >= text->left)
		die(key, "too long");
	text->at += len;
	text->left -= (size_t)len;
}

/* Writes special characters as \xHH, as partx does. */
static void escape(char *dst, const char *src)
{
	for (; *src; src++) {
		if (*src <= ' ' || *src == '\\' || *src == 0x7f)
			dst += sprintf(dst, "\\x%02x", (uint8_t)*src);
		else
			*dst++ = *src;
	}
	*dst = '\0';
}

static int say_partition(const struct part_entry *entry, void *ctx)
{
	char name[4 * PART_NAME_SIZE];
	char line[sizeof(name) + 64];

	escape(name, entry->name);
	snprintf(line, sizeof(line), "%u %s %s", entry->number, entry->uuid,
		 name);
	say(ctx, "PART ", line);
	return 0;
}

void golden_describe(struct golden *g, char *buf, size_t size)
{
	struct text text = { buf, size };
	struct probe_result found;
	int rc = probe_superblock(&g->bytes, &found);

	guard_reset();
	*buf = '\0';
	if (rc == 1) {
		say(&text, "LABEL=", found.label);
		say(&text, "TYPE=", found.type);
		say(&text, "UUID=", found.uuid);
		say(&text, "UUID_SUB=", found.uuid_sub);
	} else if (rc == -EUCLEAN) {
		say(&text, "", "AMBIVALENT");
	}
	part_walk(&g->bytes, say_partition, &text);
}
