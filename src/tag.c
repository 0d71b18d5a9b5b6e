// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands what root= and resume= say. Pure: text in, value out. */
#include "tag.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "text.h"

#define MAX_PART      255 /* the kernel numbers no more on one disk */
#define MAX_PARTNROFF 255

/* How a tag is written, and the udev folder that means the same. */
static const struct {
	const char *word, *folder;
	enum tag_kind kind;
} forms[] = {
	{ "LABEL=", "/dev/disk/by-label/", TAG_LABEL },
	{ "UUID=", "/dev/disk/by-uuid/", TAG_UUID },
	{ "PARTLABEL=", "/dev/disk/by-partlabel/", TAG_PARTLABEL },
	{ "PARTUUID=", "/dev/disk/by-partuuid/", TAG_PARTUUID },
};

static const char digits[] = "0123456789";

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Cuts a pair of quotes around text[len]; returns the new start. */
static const char *unquote(const char *text, size_t *len)
{
	if (*len < 2 || !is_quote(text[0]) || text[*len - 1] != text[0])
		return text;
	*len -= 2;
	return text + 1;
}

static int take(struct tag *out, enum tag_kind kind, const char *s, size_t len)
{
	if (len >= sizeof(out->value))
		return -ENAMETOOLONG;
	memcpy(out->value, s, len);
	out->value[len] = '\0';
	out->kind = kind;
	return 0;
}

/* PARTUUID=…/PARTNROFF=N: N partitions after (before, -N) the named one. */
static int take_offset(struct tag *out)
{
	char *slash = strchr(out->value, '/');
	const char *number;
	uint64_t n;
	int rc;

	if (!slash)
		return 0;
	if (!text_prefix(slash, "/PARTNROFF=", &number))
		return -EINVAL;
	rc = text_u64(number + (*number == '-'), 10, MAX_PARTNROFF, &n);
	if (rc)
		return -EINVAL;
	out->partnroff = *number == '-' ? -(int)n : (int)n;
	*slash = '\0';
	return 0;
}

/* Length of the whole disk's name that s begins with (hda, xvdb, nvme0n1), or
 * 0. These are disks that may have a PV twin, and vda, which is never one. */
static size_t disk_length(const char *s)
{
	static const char *const prefixes[] = { "hd", "sd", "vd", "xvd" };
	const char *at;
	size_t i, n;

	if (text_prefix(s, "nvme", &at)) {
		at += strspn(at, digits);
		n = *at == 'n' ? strspn(++at, digits) : 0;
		return n ? (size_t)(at - s) + n : 0;
	}
	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_prefix(s, prefixes[i], &at)) {
			for (n = 0; at[n] >= 'a' && at[n] <= 'z';)
				n++;
			return n ? (size_t)(at - s) + n : 0;
		}
	}
	return 0;
}

/* Makes "/dev/sda1" or "/dev/nvme0n1p1" of out the disk and its partition; any
 * other name stays what it is. */
static int take_disk(struct tag *out)
{
	char *name = out->value + 5, *number;
	size_t whole = disk_length(name);
	uint64_t n = 0;
	int rc;

	number = name + whole;
	if (!whole)
		return 0;
	if (*number) {
		number += *name == 'n' && *number == 'p';
		if (*number == '0')
			return 0;
		rc = text_u64(number, 10, MAX_PART, &n);
		if (rc)
			return rc == -ERANGE ? -EINVAL : 0;
	}
	name[whole] = '\0';
	memmove(out->value, name, whole + 1);
	out->part = (unsigned int)n;
	out->kind = TAG_DISK;
	return 0;
}

static int parse(const char *text, size_t len, struct tag *out)
{
	int rc;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		bool is_path = text_prefix(text, forms[i].folder, NULL);
		size_t skip = strlen(is_path ? forms[i].folder : forms[i].word);
		const char *value;

		if (!is_path && !text_prefix(text, forms[i].word, NULL))
			continue;
		len -= skip;
		value = unquote(text + skip, &len);
		rc = take(out, forms[i].kind, value, len);
		if (!rc && is_path)
			rc = text_unescape(out->value);
		if (!rc && forms[i].kind == TAG_PARTUUID)
			rc = take_offset(out);
		return rc;
	}
	rc = take(out, TAG_OTHER, text, len);
	if (!rc && text_prefix(out->value, "/dev/", NULL))
		rc = take_disk(out);
	return rc;
}

int tag_parse(const char *text, struct tag *out)
{
	size_t len = strlen(text);
	int rc;

	memset(out, 0, sizeof(*out));
	text = unquote(text, &len);
	if (!len)
		return 0;
	/* dracut's spelling of a local root. */
	if (len > 6 && text_prefix(text, "block:", NULL)) {
		text += 6;
		len -= 6;
	}
	rc = parse(text, len, out);
	if (rc) {
		memset(out, 0, sizeof(*out));
		out->kind = TAG_OTHER;
	}
	return rc;
}
