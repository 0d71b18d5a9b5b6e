// SPDX-License-Identifier: GPL-2.0-or-later
/* Swap areas and hibernation images in them. Pure. The magic is at the end of
 * the first page, whose size varies; the header is at 1024, in the byte order
 * of the machine that made it. Source: Linux, include/linux/swap.h (union
 * swap_header) and kernel/power/swap.c; suspend tools for the other magics. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	HEADER = 1024,
	HEADER_VERSION = 0,
	HEADER_LAST_PAGE = 4,
	HEADER_UUID = 12,
	HEADER_LABEL = 28,
	HEADER_PADDING = 44, /* 117 words, zero */
	HEADER_SIZE = 512,
	MAGIC_LEN = 10,
	MIN_SIZE = 10 * 4096,
};

static const uint8_t tuxonice[8] = { 0xed, 0xc3, 0x02, 0xe9,
				     0x98, 0x56, 0xe5, 0x0c };

/* Words 32 and 33 of the padding must be zero. Otherwise something else is
 * there, and label and UUID are not trusted (libblkid's rule). */
static void forget_garbage(const uint8_t *sb, struct probe_result *out)
{
	if (!le64(sb + HEADER_PADDING + 32 * 4))
		return;
	out->label[0] = '\0';
	out->uuid[0] = '\0';
}

static bool header_holds(const struct probe *p, const uint8_t *sb,
			 uint64_t page)
{
	bool little = le32(sb + HEADER_VERSION) == 1;
	uint64_t last = little ? le32(sb + HEADER_LAST_PAGE)
			       : be32(sb + HEADER_LAST_PAGE);

	if (!little && be32(sb + HEADER_VERSION) != 1)
		return false;
	return last && probe_fits(p, last + 1, page);
}

static int swap_check(struct probe *p, const uint8_t *sb,
		      const struct probe_magic *magic, struct probe_result *out)
{
	const uint8_t *start = probe_bytes(p, 0, sizeof(tuxonice));

	/* TuxOnIce leaves the swap magic where it was. */
	if (!start || !memcmp(start, tuxonice, sizeof(tuxonice)))
		return p->error;
	if (magic->bytes[4] == '-') { /* SWAP-SPACE has no label, no UUID */
		out->label[0] = '\0';
		out->uuid[0] = '\0';
		return 1;
	}
	if (!header_holds(p, sb, magic->offset + MAGIC_LEN))
		return 0;
	forget_garbage(sb, out);
	return 1;
}

static int suspend_check(struct probe *p, const uint8_t *sb,
			 const struct probe_magic *magic,
			 struct probe_result *out)
{
	(void)p;
	(void)magic;
	forget_garbage(sb, out);
	return 1;
}

/* By page size, so that one read serves all magics of a page. */
/* clang-format 14 and 19 do not agree about these. */
/* clang-format off */
#define SWAP_PAGE(OFFSET)                                                      \
	{ OFFSET, 10, "SWAPSPACE2" },                                          \
	{ OFFSET, 10, "SWAP-SPACE" }

#define SUSPEND_PAGE(OFFSET)                                                   \
	{ OFFSET, 9, "S1SUSPEND" },                                            \
	{ OFFSET, 9, "S2SUSPEND" },                                            \
	{ OFFSET, 9, "ULSUSPEND" },                                            \
	{ OFFSET, 10, "LINHIB0001" }
/* clang-format on */

static const struct probe_magic swap_magic[] = {
	SWAP_PAGE(0xff6),  SWAP_PAGE(0x1ff6), SWAP_PAGE(0x3ff6),
	SWAP_PAGE(0x7ff6), SWAP_PAGE(0xfff6),
};

static const struct probe_magic suspend_magic[] = {
	{ 0, 8, "\xed\xc3\x02\xe9\x98\x56\xe5\x0c" },
	SUSPEND_PAGE(0xff6),
	SUSPEND_PAGE(0x1ff6),
	SUSPEND_PAGE(0x3ff6),
	SUSPEND_PAGE(0x7ff6),
	SUSPEND_PAGE(0xfff6),
};

const struct probe_format probe_swap = {
	.type = "swap",
	.usage = PROBE_SWAP,
	.flags = PROBE_UNSEEN,
	.magics = sizeof(swap_magic) / sizeof(swap_magic[0]),
	.magic = swap_magic,
	.min_size = MIN_SIZE,
	.super_offset = HEADER,
	.super_size = HEADER_SIZE,
	.label_offset = HEADER_LABEL,
	.label_size = 16,
	.uuid_offset = HEADER_UUID,
	.check = swap_check,
};

const struct probe_format probe_swsuspend = {
	.type = "swsuspend",
	.usage = PROBE_SWAP,
	.flags = PROBE_UNSEEN,
	.magics = sizeof(suspend_magic) / sizeof(suspend_magic[0]),
	.magic = suspend_magic,
	.min_size = MIN_SIZE,
	.super_offset = HEADER,
	.super_size = HEADER_SIZE,
	.label_offset = HEADER_LABEL,
	.label_size = 16,
	.uuid_offset = HEADER_UUID,
	.check = suspend_check,
};
