// SPDX-License-Identifier: GPL-2.0-or-later
/* Gives every parser its bytes in a block of exactly the length it asked for,
 * so that AddressSanitizer sees a read of one byte more. Used through the
 * linker's --wrap=probe_bytes; touches the heap. */
#include "guard.h"

#include <stdlib.h>
#include <string.h>

#include "probe/format.h"

const uint8_t *__real_probe_bytes(struct probe *p, uint64_t off, size_t len)
	__attribute__((weak)); /* not there without --wrap */
const uint8_t *__wrap_probe_bytes(struct probe *p, uint64_t off, size_t len);

struct block {
	struct block *next;
	uint8_t *bytes;
};

/* The blocks of this probe, and the one that the next call frees: bytes outside
 * of the windows are valid only until then. */
static struct block *blocks;
static uint8_t *spare;

void guard_reset(void)
{
	while (blocks) {
		struct block *next = blocks->next;

		free(blocks->bytes);
		free(blocks);
		blocks = next;
	}
	free(spare);
	spare = NULL;
}

static const uint8_t *keep(uint8_t *bytes)
{
	struct block *block = malloc(sizeof(*block));

	if (!block)
		abort();
	block->bytes = bytes;
	block->next = blocks;
	blocks = block;
	return bytes;
}

const uint8_t *__wrap_probe_bytes(struct probe *p, uint64_t off, size_t len)
{
	const uint8_t *real = __real_probe_bytes(p, off, len);
	uint8_t *copy;

	free(spare);
	spare = NULL;
	if (!real)
		return NULL;
	copy = malloc(len ? len : 1);
	if (!copy)
		abort();
	memcpy(copy, real, len);
	if (real < p->spare || real >= p->spare + sizeof(p->spare))
		return keep(copy);
	spare = copy;
	return copy;
}
