// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines in the form of fstab and mounts. Pure: changes the text that it is
 * given. */
#include "admin/bootcfg/fstab.h"

#include <limits.h>
#include <string.h>

#include "admin/lib/words.h"
#include "base/text.h"

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* "\040" is a space. "\000" and "\400" stand for no character, but for
 * themselves: a name that ends too early would be another one. */
static void decode(char *s)
{
	char *dst = s;

	for (; *s; s++) {
		int c = s[0] == '\\' && is_octal(s[1]) && is_octal(s[2]) &&
					is_octal(s[3])
				? (s[1] - '0') << 6 | (s[2] - '0') << 3 |
					  (s[3] - '0')
				: 0;

		if (c > 0 && c <= UCHAR_MAX) {
			*dst++ = (char)c;
			s += 3;
		} else {
			*dst++ = *s;
		}
	}
	*dst = '\0';
}

bool fstab_option_has(const char *options, const char *word)
{
	size_t len = strlen(word);

	while (options && *options) {
		if (!strncmp(options, word, len) &&
		    (!options[len] || options[len] == ','))
			return true;
		options = strchr(options, ',');
		if (options)
			options++;
	}
	return false;
}

bool fstab_is_optional(const char *options)
{
	/* systemd mounts what has an automount as soon as somebody looks. */
	return fstab_option_has(options, "nofail") ||
	       (fstab_option_has(options, "noauto") &&
		!fstab_option_has(options, "x-systemd.automount") &&
		!fstab_option_has(options, "comment=systemd.automount"));
}

/* File systems that have no disk, whatever their first field looks like. */
static bool has_no_disk(const char *type)
{
	static const char *const types[] = {
		"tmpfs",    "ramfs",   "proc",	 "sysfs",     "devpts",
		"devtmpfs", "overlay", "aufs",	 "nfs",	      "nfs4",
		"cifs",	    "smbfs",   "ceph",	 "glusterfs", "9p",
		"virtiofs", "bind",    "cgroup", "autofs",    "fuse",
		"mergerfs", "sshfs",   "davfs",	 "debugfs",   "hugetlbfs",
		"efivarfs", "unionfs",
	};
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!strcmp(type, types[i]))
			return true;
	}
	return text_prefix(type, "fuse.", NULL) && strcmp(type, "fuse.exfat") &&
	       strcmp(type, "fuse.ntfs");
}

/* A path outside of /dev is a file, or a folder (bind). */
static bool names_device(const char *spec)
{
	static const char *const starts[] = { "LABEL=", "UUID=", "PARTLABEL=",
					      "PARTUUID=", "/dev/" };
	size_t i;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (text_prefix(spec, starts[i], NULL))
			return true;
	}
	return false;
}

bool fstab_next(char **text, unsigned int *number, struct fstab_line *line)
{
	char *at;

	while ((at = text_next_line(text))) {
		++*number;
		line->number = *number;
		line->spec = text_next_word(&at);
		if (!*line->spec || *line->spec == '#')
			continue;
		line->place = text_next_word(&at);
		line->type = text_next_word(&at);
		line->options = text_next_word(&at);
		decode((char *)line->spec);
		decode((char *)line->place);
		line->swap = !strcmp(line->type, "swap");
		line->device = names_device(line->spec) &&
			       !has_no_disk(line->type) &&
			       !fstab_option_has(line->options, "bind") &&
			       !fstab_option_has(line->options, "rbind");
		line->optional = fstab_is_optional(line->options);
		return true;
	}
	return false;
}
