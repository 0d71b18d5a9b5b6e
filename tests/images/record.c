// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes a golden image: the bytes of an image that the parsers read, and no
 * others, as text. Touches standard output and the image it is given.
 *
 * The form: "size BYTES", then lines "OFFSET HEX" of up to 32 bytes each, in
 * hexadecimal; all other bytes are zero. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probe/part/part.h"
#include "probe/probe.h"

enum { ROW = 32 };

struct record {
	struct probe_source bytes;
	FILE *file;
	uint8_t *seen; /* one byte for each row */
};

static int fetch(struct probe_source *bytes, uint64_t off, uint8_t *buf,
		 size_t len)
{
	struct record *r = (struct record *)bytes;

	for (uint64_t row = off / ROW; row <= (off + len - 1) / ROW; row++)
		r->seen[row] = 1;
	if (fseeko(r->file, (off_t)off, SEEK_SET) ||
	    fread(buf, 1, len, r->file) != len)
		return -EIO;
	return 0;
}

static int ignore(const struct part_entry *entry, void *ctx)
{
	(void)entry;
	(void)ctx;
	return 0;
}

static void print_row(struct record *r, uint64_t row)
{
	uint8_t data[ROW] = { 0 };
	size_t len;

	if (fseeko(r->file, (off_t)(row * ROW), SEEK_SET))
		return;
	len = fread(data, 1, ROW, r->file);
	while (len && !data[len - 1])
		len--;
	if (!len)
		return;
	printf("%" PRIx64 " ", row * ROW);
	for (size_t i = 0; i < len; i++)
		printf("%02x", data[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	struct record r = { .bytes = { .sector_size = 512, .fetch = fetch } };
	struct probe_result result;
	uint64_t rows;

	r.file = argc == 2 ? fopen(argv[1], "r") : NULL;
	if (!r.file || fseeko(r.file, 0, SEEK_END)) {
		fprintf(stderr, "usage: record IMAGE\n");
		return 2;
	}
	r.bytes.size = (uint64_t)ftello(r.file);
	rows = r.bytes.size / ROW + 1;
	r.seen = calloc(rows, 1);
	if (!r.seen)
		return 1;
	probe_superblock(&r.bytes, &result);
	probe_may_carry(&r.bytes, PROBE_LABEL, "none such");
	part_walk(&r.bytes, ignore, NULL);
	printf("size %" PRIu64 "\n", r.bytes.size);
	for (uint64_t row = 0; row < rows; row++)
		if (r.seen[row])
			print_row(&r, row);
	free(r.seen);
	return 0;
}
