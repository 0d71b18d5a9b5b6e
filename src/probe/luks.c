// SPDX-License-Identifier: GPL-2.0-or-later
/* LUKS 1 and 2: a member, never mounted. Pure. Header at 0, big-endian. Its
 * SHA-256 is not verified: a device that claims to be encrypted is never
 * mounted anyway. Source: cryptsetup, LUKS2 on-disk format specification. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	H_VERSION = 6,
	H_LABEL = 24, /* version 2 */
	H_LABEL_SIZE = 48,
	H_UUID = 168, /* text */
	H_OFFSET = 256,
	H_SIZE = 592,
};

static int luks_check(struct probe *p, const uint8_t *h,
		      const struct probe_magic *magic, struct probe_result *out)
{
	uint16_t version = be16(h + H_VERSION);

	(void)p;
	(void)magic;
	if (version == 2 && be64(h + H_OFFSET))
		return 0;
	if (version == 1 || version == 2) {
		memcpy(out->uuid, h + H_UUID, sizeof(out->uuid) - 1);
		out->uuid[sizeof(out->uuid) - 1] = '\0';
	}
	if (version == 2)
		probe_set_label(out, h + H_LABEL, H_LABEL_SIZE);
	return 1;
}

static const struct probe_magic luks_magic[] = {
	{ 0, 6, "LUKS\xba\xbe" },
};

const struct probe_format probe_luks = {
	.type = "crypto_LUKS",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS,
	.magics = 1,
	.magic = luks_magic,
	.super_size = H_SIZE,
	.check = luks_check,
};
