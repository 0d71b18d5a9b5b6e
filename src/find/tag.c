// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands what root= and resume= say. Pure: text in, value out. */
#include "find/tag.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "dev/link_form.h"

#define MAX_PART      255 /* the kernel's limit for one disk */
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

/* Splits "/dev/sda1" or "/dev/nvme0n1p1" in out into the disk and its
 * partition; leaves any other name alone. */
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

/* Names of devices on top of others, or of no device, by their beginning. */
static const struct {
	const char *begins;
	enum tag_kind kind;
} others[] = {
	{ "/dev/mapper/", TAG_STACK },
	{ "/dev/dm-", TAG_STACK },
	{ "/dev/md", TAG_STACK },
	{ "/dev/bcache", TAG_STACK },
	{ "/dev/disk/by-id/dm-", TAG_STACK },
	{ "/dev/disk/by-id/md-", TAG_STACK },
	{ "/dev/zvol/", TAG_STACK },
	{ "/dev/drbd", TAG_STACK },
	{ "ZFS=", TAG_STACK },
	{ "zfs:", TAG_STACK },
	{ "zfs=", TAG_STACK },
	{ "/dev/nfs", TAG_NETWORK },
	{ "nfs:", TAG_NETWORK },
	{ "nfs4:", TAG_NETWORK },
	{ "iscsi:", TAG_NETWORK },
	{ "nbd:", TAG_NETWORK },
	{ "/dev/nbd", TAG_NETWORK },
	{ "fcoe:", TAG_NETWORK },
	{ "cifs:", TAG_NETWORK },
	{ "aoe:", TAG_NETWORK },
	{ "dhcp", TAG_NETWORK },
	{ "http:", TAG_NETWORK },
	{ "https:", TAG_NETWORK },
};

/* /dev/VG/LV: LVM's, unless the folder is one that udev makes. */
static bool is_volume(const char *text)
{
	const char *group, *slash;

	if (!text_prefix(text, "/dev/", &group))
		return false;
	slash = strchr(group, '/');
	if (disk_length(group)) /* /dev/sda/1 */
		return false;
	return slash && slash > group && slash[1] && !strchr(slash + 1, '/') &&
	       !text_prefix(group, "disk/", NULL) &&
	       !text_prefix(group, "block/", NULL) &&
	       !text_prefix(group, ".", NULL);
}

static void take_other(struct tag *out)
{
	const char *link;
	size_t i;

	if (text_contains(out->value, "/../"))
		return;
	if (text_prefix(out->value, "/dev/", &link) && link_has_form(link)) {
		out->kind = TAG_LINK;
		return;
	}
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (text_prefix(out->value, others[i].begins, NULL)) {
			out->kind = others[i].kind;
			return;
		}
	}
	if (is_volume(out->value))
		out->kind = TAG_STACK;
	/* 10.0.0.1:/export */
	if (out->value[0] >= '0' && out->value[0] <= '9' &&
	    text_contains(out->value, ":/"))
		out->kind = TAG_NETWORK;
}

/* "8:1", or "0801" as the kernel takes it: hexadecimal, the major in the bits
 * from 8, the minor in those below and from 20 (linux/kdev_t.h). */
static void take_number(struct tag *out)
{
	const char *text = out->value, *colon;
	char major_text[8];
	uint64_t major, minor;

	text_prefix(text, "/dev/block/", &text);
	colon = strchr(text, ':');
	if (colon) {
		size_t len = (size_t)(colon - text);

		if (len >= sizeof(major_text))
			return;
		memcpy(major_text, text, len);
		major_text[len] = '\0';
		if (text_u64(major_text, 10, 0xfff, &major) ||
		    text_u64(colon + 1, 10, 0xfffff, &minor))
			return;
	} else {
		if (text != out->value ||
		    text_u64(text, 16, UINT32_MAX, &minor))
			return;
		major = minor >> 8 & 0xfff;
		minor = (minor & 0xff) | (minor >> 12 & 0xfff00);
	}
	out->kind = TAG_NUMBER;
	out->major = (unsigned int)major;
	out->minor = (unsigned int)minor;
}

/* Parses LABEL=x and /dev/disk/by-label/x. Returns 1 where text has no such
 * form. */
static int parse_form(const char *text, size_t len, struct tag *out)
{
	size_t i, skip;
	int rc;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		bool is_path = text_prefix(text, forms[i].folder, NULL);

		if (!is_path && !text_prefix(text, forms[i].word, NULL))
			continue;
		skip = strlen(is_path ? forms[i].folder : forms[i].word);
		len -= skip;
		text = unquote(text + skip, &len);
		rc = take(out, forms[i].kind, text, len);
		if (!rc && is_path)
			rc = text_unescape(out->value);
		if (!rc && forms[i].kind == TAG_PARTUUID)
			rc = take_offset(out);
		return rc;
	}
	return 1;
}

static int parse(const char *text, size_t len, struct tag *out)
{
	char path[TAG_VALUE_SIZE];
	int rc = parse_form(text, len, out);

	if (rc <= 0)
		return rc;
	rc = take(out, TAG_OTHER, text, len);
	if (!rc && out->value[0] == '/') {
		text_tidy_path(out->value);
		text_copy(path, sizeof(path), out->value);
		rc = parse_form(path, strlen(path), out);
		if (rc <= 0)
			return rc;
		rc = text_prefix(path, "/dev/", NULL) ? take_disk(out) : 0;
	}
	if (!rc && out->kind == TAG_OTHER)
		take_number(out);
	if (!rc && out->kind == TAG_OTHER)
		take_other(out);
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
	/* dracut's form of a local root. */
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
