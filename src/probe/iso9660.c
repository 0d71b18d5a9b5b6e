// SPDX-License-Identifier: GPL-2.0-or-later
/* ISO 9660, with the longer label of Joliet. Pure. Volume descriptors of
 * 2048 bytes from 32 KiB on; their type is at 0, "CD001" at 1.
 * Source: ECMA-119, chapter 8; Microsoft, Joliet specification. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	FIRST = 0x8000,
	SECTOR = 2048,
	MAX_DESCRIPTORS = 16,
	VD_PRIMARY = 1,
	VD_SUPPLEMENTARY = 2,
	VD_END = 255,
	VD_LABEL = 40,
	VD_LABEL_SIZE = 32,
	VD_BLOCKS = 80,
	VD_ESCAPES = 88,
	VD_BLOCK_SIZE = 128,
	VD_CREATED = 813,
	VD_MODIFIED = 830,
	VD_DATE_SIZE = 16, /* digits; an offset from UTC follows */
	VD_SIZE = 883,
};

/* Copies from the descriptors: probe_bytes() overwrites its buffer. */
struct volume {
	bool primary, joliet;
	uint8_t label[VD_LABEL_SIZE];
	uint8_t joliet_label[VD_LABEL_SIZE]; /* UTF-16, big-endian */
};

static bool is_joliet(const uint8_t *vd)
{
	const uint8_t *e = vd + VD_ESCAPES;

	return e[0] == '%' && e[1] == '/' &&
	       (e[2] == '@' || e[2] == 'C' || e[2] == 'E');
}

/* "YYYY-MM-DD-hh-mm-ss-cc"; false for a date that was never set. */
static bool set_date(struct probe_result *out, const uint8_t *date)
{
	static const char digits[] = "0000000000000000";
	char *dst = out->uuid;
	uint8_t any = 0;

	if (!memcmp(date, digits, VD_DATE_SIZE) && !date[VD_DATE_SIZE])
		return false;
	for (int i = 0; i < VD_DATE_SIZE; i++)
		any |= date[i];
	for (int i = 0; i < VD_DATE_SIZE && any; i++) {
		if (i >= 4 && i % 2 == 0)
			*dst++ = '-';
		*dst++ = (char)date[i];
	}
	*dst = '\0';
	return true;
}

static uint8_t upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
}

/* The Joliet label has any character, but only the first 16; the plain label
 * has 32, in capitals and with _ for other characters. Where the two agree,
 * writes the best of both to out as UTF-16. Returns its length in bytes, or
 * 0. */
static size_t merge(uint8_t out[3 * VD_LABEL_SIZE], const struct volume *v)
{
	const uint8_t *wide = v->joliet_label;
	const uint8_t *plain = v->label;
	size_t o = 0, a = 0, u = 0;

	for (; u + 1 < VD_LABEL_SIZE && a < VD_LABEL_SIZE;
	     o += 2, a++, u += 2) {
		/* The first half of a surrogate pair is copied as it is. */
		if (wide[u] >> 2 == 0xd8 >> 2 && u + 3 < VD_LABEL_SIZE &&
		    wide[u + 2] >> 2 == 0xdc >> 2) {
			out[o++] = wide[u++];
			out[o++] = wide[u++];
		}
		out[o] = 0;
		if (plain[a] == '_') {
			out[o] = wide[u];
			out[o + 1] = wide[u + 1];
		} else if (!wide[u] && wide[u + 1] == '_') {
			out[o + 1] = plain[a];
		} else if (!wide[u] && upper(plain[a]) == upper(wide[u + 1])) {
			out[o + 1] = plain[a] >= 'A' && plain[a] <= 'Z'
					     ? wide[u + 1]
					     : plain[a];
		} else {
			return 0;
		}
	}
	for (; a < VD_LABEL_SIZE; o += 2, a++) {
		out[o] = 0;
		out[o + 1] = plain[a];
	}
	return o;
}

static void set_label(const struct volume *v, struct probe_result *out)
{
	uint8_t merged[3 * VD_LABEL_SIZE];
	size_t len = v->joliet ? merge(merged, v) : 0;

	if (len)
		probe_set_label16(out, merged, len, true);
	else if (v->joliet)
		probe_set_label16(out, v->joliet_label, VD_LABEL_SIZE, true);
	else
		probe_set_label(out, v->label, VD_LABEL_SIZE);
}

/* Returns false where the volume is larger than the device. */
static bool take_primary(struct probe *p, const uint8_t *vd, struct volume *v,
			 struct probe_result *out)
{
	v->primary = true;
	memcpy(v->label, vd + VD_LABEL, VD_LABEL_SIZE);
	if (!set_date(out, vd + VD_MODIFIED))
		set_date(out, vd + VD_CREATED);
	return probe_fits(p, le32(vd + VD_BLOCKS), le16(vd + VD_BLOCK_SIZE));
}

static int iso9660_check(struct probe *p, const uint8_t *sb,
			 const struct probe_magic *magic,
			 struct probe_result *out)
{
	struct volume v = { .primary = false };

	(void)sb;
	(void)magic;
	for (uint32_t i = 0; i < MAX_DESCRIPTORS && !(v.primary && v.joliet);
	     i++) {
		const uint8_t *vd = probe_bytes(p, FIRST + i * SECTOR, VD_SIZE);

		if (!vd || vd[0] == VD_END)
			break;
		if (vd[0] == VD_PRIMARY && !v.primary) {
			if (!take_primary(p, vd, &v, out))
				return 0;
		} else if (vd[0] == VD_SUPPLEMENTARY && is_joliet(vd)) {
			v.joliet = true;
			memcpy(v.joliet_label, vd + VD_LABEL, VD_LABEL_SIZE);
		}
	}
	if (p->error || !v.primary)
		return p->error;
	set_label(&v, out);
	return 1;
}

static const struct probe_magic iso9660_magic[] = { { FIRST + 1, 5, "CD001" } };

const struct probe_format probe_iso9660 = {
	.type = "iso9660",
	.usage = PROBE_FILESYSTEM,
	.flags = PROBE_TOLERANT,
	.magics = 1,
	.magic = iso9660_magic,
	.check = iso9660_check,
};
