// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot nics`: which network card has which name of the configuration, by
 * MAC, for the image that is being built. --record keeps it in /var/lib/pvroot,
 * since a guest that was moved to Xen has lost the name by then. */
#include <errno.h>
#include <string.h>

#include "admin/admin.h"
#include "admin/bootcfg/mac.h"
#include "base/text.h"
#include "dev/nic.h"
#include "find/inuse.h"
#include "sys/attr.h"
#include "sys/log.h"

#define FOLDER	  "/var/lib/pvroot"
#define FILE_NAME FOLDER "/nics"
#define NICS_MAX  64
#define TEXT_SIZE (NICS_MAX * (NIC_MAC_SIZE + NIC_NAME_SIZE) + 1)

struct card {
	char mac[NIC_MAC_SIZE], name[NIC_NAME_SIZE];
};

struct cards {
	const struct sys *sys;
	struct inuse inuse;
	struct card at[NICS_MAX];
	unsigned int count;
};

/* Does the configuration use this very name, or one that stands on it
 * (ens3.100)? */
static bool is_configured(const struct inuse *inuse, const char *name)
{
	unsigned int i;

	for (i = 0; i < inuse->count; i++) {
		const char *use = inuse->at[i].name, *rest;

		if (inuse->at[i].nic && text_prefix(use, name, &rest) &&
		    (!*rest || strchr(".:@", *rest)))
			return true;
	}
	return false;
}

static void drop(struct cards *cards, unsigned int index)
{
	cards->count--;
	memmove(&cards->at[index], &cards->at[index + 1],
		(cards->count - index) * sizeof(cards->at[0]));
}

/* What is seen later replaces what was recorded of that MAC, or that name. */
static void set(struct cards *cards, const char *mac, const char *name)
{
	unsigned int i = 0;
	struct card *card;

	while (i < cards->count) {
		if (!strcmp(cards->at[i].mac, mac) ||
		    !strcmp(cards->at[i].name, name))
			drop(cards, i);
		else
			i++;
	}
	if (cards->count == NICS_MAX)
		drop(cards, 0);
	card = &cards->at[cards->count];
	if (!text_copy(card->mac, sizeof(card->mac), mac) &&
	    !text_copy(card->name, sizeof(card->name), name))
		cards->count++;
}

static void read_record(struct cards *cards)
{
	char text[TEXT_SIZE], *at = text, *line;

	if (sys_read(cards->sys, FILE_NAME, text, sizeof(text)) <= 0)
		return;
	while ((line = text_next_line(&at))) {
		const char *mac = text_next_word(&line);
		const char *name = text_next_word(&line);

		if (nic_is_mac(mac) && *name)
			set(cards, mac, name);
	}
}

/* The address that is the card's own: of a bond's port the bond hides it, and
 * one that a person has set is not it (addr_assign_type since Linux 3.18). */
static int read_mac(const struct sys *sys, const char *name, char mac[64])
{
	uint64_t type;
	int len =
		attr_read(sys, mac, 64,
			  "/sys/class/net/%s/bonding_slave/perm_hwaddr", name);

	if (len > 0)
		return 0;
	if (!attr_number(sys, &type, "/sys/class/net/%s/addr_assign_type",
			 name) &&
	    type)
		return -ENOENT;
	len = attr_read(sys, mac, 64, "/sys/class/net/%s/address", name);
	return len < 0 ? len : 0;
}

struct seen {
	struct cards *cards;
	struct cards now;
};

static int look_at_card(const char *name, void *ctx)
{
	struct seen *seen = ctx;
	const struct sys *sys = seen->cards->sys;
	struct cards *now = &seen->now;
	char mac[64];

	if (!attr_exists(sys, "/sys/class/net/%s/device", name) ||
	    !is_configured(&seen->cards->inuse, name) ||
	    read_mac(sys, name, mac) || !nic_is_mac(mac) ||
	    now->count == NICS_MAX)
		return 0;
	if (!text_copy(now->at[now->count].mac, NIC_MAC_SIZE, mac) &&
	    !text_copy(now->at[now->count].name, NIC_NAME_SIZE, name))
		now->count++;
	return 0;
}

static bool is_twice(const struct cards *now, unsigned int index)
{
	unsigned int i;

	for (i = 0; i < now->count; i++) {
		if (i != index && !strcmp(now->at[i].mac, now->at[index].mac))
			return true;
	}
	return false;
}

/* Two configured cards of one MAC: which name is whose is not known. */
static void look(struct cards *cards)
{
	struct seen seen = { .cards = cards };
	unsigned int i;

	sys_list(cards->sys, "/sys/class/net", look_at_card, &seen);
	for (i = 0; i < seen.now.count; i++) {
		if (!is_twice(&seen.now, i))
			set(cards, seen.now.at[i].mac, seen.now.at[i].name);
	}
}

static void add_line(char text[TEXT_SIZE], const struct card *card)
{
	size_t used = strlen(text);

	text_format(text + used, TEXT_SIZE - used, "%s %s\n", card->mac,
		    card->name);
}

/* The names that an image needs: those that the configuration still uses, of
 * cards that it does not know by their MAC already. */
static int print(const struct cards *cards)
{
	char text[TEXT_SIZE] = "";
	unsigned int i;

	for (i = 0; i < cards->count; i++) {
		const struct card *card = &cards->at[i];

		if (is_configured(&cards->inuse, card->name) &&
		    !mac_is_configured(cards->sys, card->mac))
			add_line(text, card);
	}
	return sys_print(1, text, strlen(text));
}

static int record(const struct cards *cards)
{
	char text[TEXT_SIZE] = "", old[TEXT_SIZE] = "";
	unsigned int i;
	int err;

	for (i = 0; i < cards->count; i++)
		add_line(text, &cards->at[i]);
	sys_read(cards->sys, FILE_NAME, old, sizeof(old));
	if (!strcmp(text, old))
		return 0;
	err = sys_mkdir(cards->sys, "/var/lib");
	if (!err)
		err = sys_mkdir(cards->sys, FOLDER);
	return err ? err
		   : sys_replace(cards->sys, FILE_NAME, text, strlen(text));
}

/* The image has the names all the same. */
static void say_unwritten(int err)
{
	char line[128];

	if (!err)
		return;
	text_format(line, sizeof(line),
		    "pvroot nics: cannot write " FILE_NAME ": %s\n",
		    log_errno(err));
	sys_print(2, line, strlen(line));
}

int cmd_nics(const struct sys *sys, int argc, char **argv)
{
	struct cards cards = { .sys = sys };
	bool keep = argc == 2 && !strcmp(argv[1], "--record");
	int err;

	if (argc > 1 + keep)
		return usage_error("nics", "takes --record, or nothing, not",
				   argv[1]);
	inuse_add_etc(&cards.inuse, sys);
	read_record(&cards);
	look(&cards);
	err = print(&cards);
	if (keep)
		say_unwritten(record(&cards));
	inuse_free(&cards.inuse);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}
