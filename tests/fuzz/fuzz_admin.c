// SPDX-License-Identifier: GPL-2.0-or-later
/* Fuzz target: the files that a person's commands and the first process of our
 * own initramfs read. The input's first byte says which of them it is (its high
 * half: in which pieces it comes), the rest is the file. */
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/cards.h"
#include "admin/bootcfg/entry.h"
#include "admin/bootcfg/fstab.h"
#include "admin/bootcfg/image.h"
#include "admin/bootcfg/mac.h"
#include "admin/bootcfg/module.h"
#include "admin/bootcfg/uki.h"
#include "base/json_read.h"
#include "base/text.h"
#include "dev/identity.h"
#include "dev/link_form.h"
#include "dev/links.h"
#include "files.h"
#include "init/mount.c"
#include "target.h"
#include "twin/rename.h"

static const struct sys sys;

/* What init says and runs. */
void init_say(const struct init *i, int level, const char *fmt, ...)
{
	(void)i, (void)level, (void)fmt;
}

/* A text of exactly its length, ended by NUL; to be freed. */
static char *text_of(const uint8_t *input, size_t len)
{
	char *text = malloc(len + 1);

	if (!text)
		abort();
	memcpy(text, input, len);
	text[len] = '\0';
	return text;
}

static void check_words(const struct words *words, size_t most)
{
	unsigned int i;

	if (words->count > most)
		abort();
	for (i = 0; i < words->count; i++)
		if (strlen(words->at[i]) > 1023)
			abort();
}

static void fuzz_image(void)
{
	struct image *image = malloc(sizeof(*image));
	char line[CMDLINE_SIZE];

	image_read(&sys, "/initrd", image);
	if (!memchr(image->pvroot, '\0', sizeof(image->pvroot)) ||
	    !memchr(image->version, '\0', sizeof(image->version)) ||
	    image->error > 0 || (image->drivers.count && !image->has_modules))
		abort();
	check_words(&image->modules, files.len);
	check_words(&image->listed, files.len);
	check_words(&image->drivers, files.len);
	check_words(&image->forbidden, files.len);
	image_lines_join(&image->lines, line);
	if (!memchr(line, '\0', sizeof(line)))
		abort();
	image_free(image);
	free(image);
}

static void fuzz_menu(const char *path)
{
	struct entries entries;
	unsigned int i;

	files.menu = path;
	entries_read(&entries, &sys);
	if (entries.count > 256)
		abort();
	for (i = 0; i < entries.count; i++) {
		const struct entry *entry = &entries.at[i];

		if (!memchr(entry->title, '\0', sizeof(entry->title)) ||
		    !memchr(entry->kernel, '\0', sizeof(entry->kernel)) ||
		    !memchr(entry->line, '\0', sizeof(entry->line)) ||
		    !memchr(entry->condition, '\0', sizeof(entry->condition)) ||
		    !memchr(entry->base, '\0', sizeof(entry->base)))
			abort();
		check_words(&entry->initrds, 8 * files.len);
		check_words(&entry->unclear, files.len + 8);
		entry_boots_linux(entry);
	}
	entries_free(&entries);
}

static void fuzz_uki(void)
{
	char text[64];
	struct uki uki;

	if (!uki_look(3, files.len, &uki))
		return;
	if (uki_text(3, &uki.uname, text, sizeof(text)) &&
	    uki.uname.size < sizeof(text) &&
	    uki.uname.at + uki.uname.size <= files.len)
		abort();
}

static void fuzz_fstab(char *text)
{
	size_t len = strlen(text);
	struct fstab_line line;
	unsigned int number = 0, last = 0;

	while (fstab_next(&text, &number, &line)) {
		if (line.number <= last || !line.spec[0] || line.spec[0] == '#')
			abort();
		last = line.number;
		if (strlen(line.spec) + strlen(line.place) + strlen(line.type) +
			    strlen(line.options) >
		    len)
			abort();
		fstab_option_has(line.options, line.type);
	}
}

static void fuzz_modprobe(char *text)
{
	const char *line;

	module_in_list(text);
	module_is_pv_disk_file(text);
	line = module_forbidden(text);
	if (line && !strstr(line, "en"))
		abort(); /* xen-…, xenblk */
}

static void fuzz_json(const char *text)
{
	struct json_value root = { text }, value;
	size_t len = strlen(text), count = 0;
	uint64_t number;
	char buf[16];

	json_text(&root, "a", buf, sizeof(buf));
	if (!memchr(buf, '\0', sizeof(buf)))
		abort();
	json_uint(&root, "a", &number);
	json_is_true(&root, "a");
	if (!json_member(text, "a", &value))
		return;
	for (value = json_first(&value); value.at; value = json_next(&value)) {
		if (value.at < text || value.at > text + len || ++count > len)
			abort();
		json_text(&value, "a", buf, sizeof(buf));
	}
}

/* Each value lies in the line, and ends there. */
static void check_value(const struct init *i, const char *value)
{
	if (value < i->line || value >= i->line + sizeof(i->line) ||
	    !memchr(value, '\0', (size_t)(i->line + sizeof(i->line) - value)))
		abort();
}

static void fuzz_init(void)
{
	struct init *i = calloc(1, sizeof(*i));
	unsigned long flags = 0;

	options_read(i);
	check_value(i, i->root);
	check_value(i, i->rootfstype);
	check_value(i, i->init);
	check_value(i, i->resume);
	check_value(i, i->rootflags);
	split_flags(i->rootflags, &flags);
	check_value(i, i->rootflags);
	if (strstr(i->rootflags, ",,") || i->panic > 99999 ||
	    i->panic < -99999 || i->deadline_s > 99999)
		abort();
	free(i);
}

/* Each name is one that udev could make: words, with its folder's beginning. */
static void fuzz_identity(enum controller_kind kind)
{
	struct identities found;
	unsigned int i;

	if (identity_read(&sys, "sda", kind, &found))
		return;
	if (!found.count || found.count > IDENTITIES_MAX)
		abort();
	for (i = 0; i < found.count; i++) {
		if (!memchr(found.at[i], '\0', IDENTITY_SIZE) ||
		    !text_is_word(found.at[i], "#+.:=@"))
			abort();
	}
}

static void fuzz_links(const char *text)
{
	static const struct links links = {
		.count = 1,
		.at = { "disk/by-id/ata-QEMU_HARDDISK_QM00001" },
	};
	unsigned int part;

	if (link_is_certain(text) && !link_has_form(text))
		abort();
	if (links_mean(&links, text, &part) && !link_has_form(text))
		abort();
}

/* The network's configuration, and the record of cards in the root: each name
 * and MAC is whole, and none is there twice. */
static void fuzz_cards(unsigned int number)
{
	static const char *const names[] = { "one.conf", "one.yaml",
					     "one.network", "ifcfg-eth0" };
	static struct cards cards;
	unsigned int i, k;

	files.name = names[number % (sizeof(names) / sizeof(names[0]))];
	cards_read(&cards, &sys);
	for (i = 0; i < cards.inuse.count; i++) {
		const struct inuse_name *use = &cards.inuse.at[i];

		if (!memchr(use->where, '\0', sizeof(use->where)) ||
		    !memchr(use->name, '\0', sizeof(use->name)))
			abort();
	}
	if (cards.count > CARDS_MAX)
		abort();
	for (i = 0; i < cards.count; i++) {
		const struct card *card = &cards.at[i];

		if (!nic_is_mac(card->mac) || !card->name[0] ||
		    !memchr(card->name, '\0', sizeof(card->name)))
			abort();
		mac_is_configured(&sys, card->mac);
		for (k = 0; k < i; k++)
			if (!strcmp(card->mac, cards.at[k].mac) ||
			    !strcmp(card->name, cards.at[k].name))
				abort();
	}
	cards_free(&cards);
}

/* The image's record: there is no vif, so nothing may be done. */
static void fuzz_record(void)
{
	static struct cmdline cmd;
	struct log log = { .sys = &sys };
	struct twins twins = { .sys = &sys, .log = &log, .cmd = &cmd };

	rename_vifs(&twins);
}

/* NULL: all of them, and those of a folder. */
static const char *const menus[] = { "/boot/grub/menu.lst",
				     "/boot/grub/grub.cfg",
				     "/boot/extlinux.conf", NULL };

int fuzz_admin(const uint8_t *input, size_t len)
{
	static const enum controller_kind kinds[] = { CONTROLLER_AHCI,
						      CONTROLLER_SCSI,
						      CONTROLLER_NVME };
	unsigned int kind = len ? input[0] & 15 : 0;
	char *text;

	if (!len)
		return 0;
	memset(&files, 0, sizeof(files));
	files.bytes = input + 1;
	files.len = len - 1;
	files.piece = (size_t)1 << (input[0] >> 4);
	text = text_of(files.bytes, files.len);
	switch (kind) {
	case 0:
		fuzz_image();
		break;
	case 1:
	case 2:
	case 3:
	case 4:
		fuzz_menu(menus[kind - 1]);
		break;
	case 5:
		fuzz_fstab(text);
		break;
	case 6:
		fuzz_modprobe(text);
		break;
	case 7:
		fuzz_json(text);
		break;
	case 8:
		fuzz_init();
		break;
	case 9:
	case 10:
	case 11:
		fuzz_identity(kinds[kind - 9]);
		break;
	case 12:
		fuzz_links(text);
		break;
	case 13:
		fuzz_uki();
		break;
	case 14:
		fuzz_cards(input[0] >> 4);
		break;
	case 15:
		fuzz_record();
		break;
	default:
		break;
	}
	free(text);
	return 0;
}
