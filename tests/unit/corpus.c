// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads the fuzzers' archives: POSIX ustar, plain files only. Offsets in a
 * header of 512 bytes: name 0, size in octal digits 124, type 156, magic 257;
 * the file's bytes follow, filled up to a multiple of 512. */
#include "corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512, LARGEST = 65536 };

/* Returns the length of the next file, or -1 at the archive's end: a block of
 * zeros. */
static long next_file(FILE *archive)
{
	char header[BLOCK + 1] = "";
	unsigned long size;

	assert_int_equal(fread(header, 1, BLOCK, archive), BLOCK);
	if (!header[0])
		return -1;
	assert_memory_equal(header + 257, "ustar", 6);
	assert_int_equal(header[156], '0');
	size = strtoul(header + 124, NULL, 8);
	assert_in_range(size, 0, LARGEST);
	return (long)size;
}

static void replay_file(FILE *archive, size_t size,
			int (*one)(const uint8_t *input, size_t len))
{
	uint8_t *input = malloc(size ? size : 1);

	assert_non_null(input);
	assert_int_equal(fread(input, 1, size, archive), size);
	one(input, size);
	free(input);
	fseek(archive, (long)(-size % BLOCK), SEEK_CUR);
}

unsigned int corpus_replay(const char *target,
			   int (*one)(const uint8_t *input, size_t len),
			   void (*after)(void *ctx), void *ctx)
{
	unsigned int count = 0;
	char path[128];
	FILE *archive;
	long size;

	snprintf(path, sizeof(path), "tests/fuzz/corpus/%s.tar", target);
	archive = fopen(path, "r");
	assert_non_null(archive);
	while ((size = next_file(archive)) >= 0) {
		replay_file(archive, (size_t)size, one);
		count++;
		if (after)
			after(ctx);
	}
	fclose(archive);
	return count;
}
