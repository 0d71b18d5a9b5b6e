// SPDX-License-Identifier: GPL-2.0-or-later
/* Turns a fuzzer's input into a disk. Pure. */
#include "sparse.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 8, RECORD = 8 };

#define FROM_END (1ULL << 47)

static uint64_t number(const uint8_t *p, int bytes)
{
	uint64_t n = 0;

	while (bytes--)
		n = n << 8 | p[bytes];
	return n;
}

static int fetch(struct probe_source *bytes, uint64_t off, uint8_t *buf,
		 size_t len)
{
	struct sparse *disk = (struct sparse *)bytes;

	if (off > bytes->size || len > bytes->size - off || !len)
		abort(); /* no parser may ask for this */
	memset(buf, 0, len);
	for (size_t i = 0; i < disk->records; i++) {
		uint64_t from = disk->record[i].offset;
		uint64_t to = from + disk->record[i].len;

		if (from < off)
			from = off;
		if (to > off + len)
			to = off + len;
		if (from < to)
			memcpy(buf + (from - off),
			       disk->record[i].data +
				       (from - disk->record[i].offset),
			       to - from);
	}
	return 0;
}

void sparse_open(struct sparse *disk, const uint8_t *input, size_t len)
{
	memset(disk, 0, offsetof(struct sparse, record));
	disk->bytes.fetch = fetch;
	disk->bytes.sector_size = 512;
	if (len < HEADER)
		return;
	disk->bytes.size = number(input, 7);
	disk->flags = input[7];
	if (disk->flags & SPARSE_4096)
		disk->bytes.sector_size = 4096;
	for (input += HEADER, len -= HEADER;
	     len > RECORD && disk->records < SPARSE_RECORDS;) {
		uint64_t offset = number(input, 6);
		size_t size = number(input + 6, 2);

		input += RECORD;
		len -= RECORD;
		if (size > len)
			size = len;
		if (offset & FROM_END)
			offset = disk->bytes.size - (offset & ~FROM_END);
		disk->record[disk->records].offset = offset;
		disk->record[disk->records].data = input;
		disk->record[disk->records++].len = size;
		input += size;
		len -= size;
	}
}
