// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names of devices are in use: on the kernel command line and in the
 * image's list. Reads one file, changes nothing. */
#include "find/inuse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/cmdline.h"
#include "base/text.h"

#define FILE_SIZE 16384
#define NAMES_MAX 1024 /* of that file's size */
#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))

void inuse_free(struct inuse *inuse)
{
	free(inuse->at);
	memset(inuse, 0, sizeof(*inuse));
}

static const char *const kind_words[] = { [INUSE_BOOT] = "",
					  [INUSE_LATER] = "later ",
					  [INUSE_NIC] = "nic ",
					  [INUSE_REJECT] = "reject " };

const char *inuse_kind_word(enum inuse_kind kind)
{
	return kind_words[kind];
}

static struct inuse_name *find_known(const struct inuse *inuse,
				     const char *name, enum inuse_kind kind)
{
	unsigned int i;

	for (i = 0; i < inuse->count; i++) {
		struct inuse_name *use = &inuse->at[i];

		if ((use->kind == kind ||
		     (inuse_is_disk(use->kind) && inuse_is_disk(kind))) &&
		    !strcmp(use->name, name))
			return use;
	}
	return NULL;
}

static void fill(struct inuse_name *use, const char *where,
		 enum inuse_kind kind)
{
	use->kind = kind;
	if (text_copy(use->where, sizeof(use->where), where))
		memcpy(use->where, where, sizeof(use->where) - 1);
}

void inuse_add(struct inuse *inuse, const char *where, const char *name,
	       enum inuse_kind kind)
{
	char tidy[INUSE_NAME];
	struct inuse_name *use;

	/* A name that is cut would be a different name, so it becomes one that
	 * is not understood and may mean any disk. */
	if (text_copy(tidy, sizeof(tidy), name))
		text_copy(tidy, sizeof(tidy), "/dev/?");
	if (inuse_is_disk(kind))
		text_tidy_path(tidy);
	use = find_known(inuse, tidy, kind);
	if (use) { /* what a boot needs is told of it */
		if (use->kind == INUSE_LATER && kind == INUSE_BOOT)
			fill(use, where, kind);
		return;
	}
	if (inuse->count >= NAMES_MAX ||
	    array_grow(&inuse->at, inuse->count, &inuse->room, sizeof(*use))) {
		inuse->lost = true;
		return;
	}
	use = &inuse->at[inuse->count++];
	fill(use, where, kind);
	text_copy(use->name, sizeof(use->name), tidy);
}

/* The NUL is one too. A single quote is systemd's; blanks stand in "…". */
static bool is_word_end(char c)
{
	return strchr(",:;=/' \t", c);
}

/* "sda2" among "0,sda2": md= takes names without /dev/. */
static bool is_kernel_disk(const char *s)
{
	static const char digits[] = "0123456789";
	const char *at;
	size_t n;

	if (text_prefix(s, "nvme", &at)) {
		at += strspn(at, digits);
		if (*at != 'n' || !(n = strspn(++at, digits)))
			return false;
		at += n;
		if (*at == 'p')
			at += 1 + strspn(at + 1, digits);
		return is_word_end(*at);
	}
	if (!text_prefix(s, "sd", &at) && !text_prefix(s, "hd", &at))
		return false;
	for (n = 0; at[n] >= 'a' && at[n] <= 'z';)
		n++;
	at += n;
	return n && n < 4 && is_word_end(at[strspn(at, digits)]);
}

/* Adds each device in the value of one word: "0,/dev/sda2" or
 * "/k:/dev/sda1". */
static void add_word(struct inuse *inuse, const char *key, const char *value)
{
	const char *at;

	for (at = value; *at; at++) {
		if (at > value && (at[-1] == '/' || !is_word_end(at[-1])))
			continue;
		if (text_prefix(at, "/dev/", NULL) || is_kernel_disk(at))
			inuse_add(inuse, key, at, INUSE_BOOT);
	}
}

void inuse_add_tag(struct inuse *inuse, const char *where,
		   const struct tag *tag)
{
	char name[DISK_NAME_SIZE];

	switch (tag->kind) {
	case TAG_NUMBER:
		text_format(name, sizeof(name), "/dev/block/%u:%u", tag->major,
			    tag->minor);
		inuse_add(inuse, where, name, INUSE_BOOT);
		break;
	case TAG_DISK:
		disk_part_name(name, tag->value, tag->part);
		inuse_add(inuse, where, name, INUSE_BOOT);
		break;
	case TAG_LINK:
		inuse_add(inuse, where, tag->value, INUSE_BOOT);
		break;
	case TAG_OTHER:
		add_word(inuse, where, tag->value);
		break;
	default:
		break;
	}
}

/* Is this a word whose value names network cards, to dracut or the kernel? */
static bool names_cards(const char *key)
{
	static const char *const keys[] = { "ip=",   "bootdev=",  "ifname=",
					    "vlan=", "bridge=",	  "bond=",
					    "team=", "ksdevice=", "rd.route=" };
	size_t i;

	for (i = 0; i < COUNT(keys); i++) {
		if (!strcmp(key, keys[i]))
			return true;
	}
	return false;
}

/* May the n-th field name a card? ip=ens3:dhcp, or
 * ip=ADDRESS:PEER:GATEWAY:MASK:HOST:CARD:…, where the host may have any name.
 * With IPv6 the fields cannot be counted, so each of them may. */
static bool is_card_field(const char *key, const char *value, unsigned int n)
{
	bool address = *value < 'a' || *value > 'z';

	if (strcmp(key, "ip=") || strchr(value, '['))
		return true;
	return n == (address ? 5 : 0);
}

static void add_cards(struct inuse *inuse, const char *key, char *value)
{
	char first[2] = { value[0], '\0' };
	const char *shape = strchr(value, '[') ? "[" : first;
	unsigned int n;
	char *word;

	for (n = 0; (word = strsep(&value, ":,")); n++) {
		if (*word >= 'a' && *word <= 'z' &&
		    strlen(word) < NIC_NAME_SIZE &&
		    is_card_field(key, shape, n))
			inuse_add(inuse, key, word, INUSE_NIC);
	}
}

void inuse_add_cmdline(struct inuse *inuse, const char *cmdline)
{
	static const char *const others[] = { "root=", "resume=", "pvroot=",
					      "BOOT_IMAGE=" };
	char word[CMDLINE_SIZE], key[INUSE_WHERE], *value;
	size_t i, len;

	/* Those after "--" too: generators and systemd read all words. */
	while (cmdline_next_word(&cmdline, word)) {
		value = strchr(word, '=');
		if (!value)
			continue;
		len = (size_t)(++value - word);
		memset(key, 0, sizeof(key));
		memcpy(key, word, len < sizeof(key) ? len : sizeof(key) - 1);
		for (i = 0; i < COUNT(others); i++) {
			if (!strcmp(key, others[i]))
				break;
		}
		if (i < COUNT(others))
			continue;
		add_word(inuse, key, value);
		/* Not by a name, but by what only the emulated disk has: the
		 * serial number that it shows, or its device number. */
		if (!strcmp(key, "rd.luks.serial=") ||
		    text_contains(value, "journal_dev="))
			inuse_add(inuse, key, "/dev/?", INUSE_BOOT);
		if (names_cards(key))
			add_cards(inuse, key, value);
	}
}

/* Adds "NAME" or "KIND NAME". */
static void add_line(struct inuse *inuse, const char *where, const char *name)
{
	const char *rest;
	size_t i;

	for (i = INUSE_LATER; i < COUNT(kind_words); i++) {
		if (text_prefix(name, kind_words[i], &rest)) {
			inuse_add(inuse, where, rest, (enum inuse_kind)i);
			return;
		}
	}
	inuse_add(inuse, where, name, INUSE_BOOT);
}

void inuse_add_image(struct inuse *inuse, const struct sys *sys)
{
	char *text = malloc(FILE_SIZE), *rest = text, *line, *name;
	int len = -ENOMEM;

	if (text)
		len = sys_read(sys, INUSE_FILE, text, FILE_SIZE);
	if (len < 0 && len != -ENOENT)
		inuse->lost = true;
	while (len > 0 && (line = strsep(&rest, "\n"))) {
		name = strchr(line, ' ');
		if (!name)
			continue;
		*name++ = '\0';
		add_line(inuse, line, name);
	}
	free(text);
}
