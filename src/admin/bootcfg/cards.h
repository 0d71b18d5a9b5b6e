/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which network card has which name of the configuration. */
#ifndef PVROOT_CARDS_H
#define PVROOT_CARDS_H

#include "dev/nic.h"
#include "find/inuse.h"

#define CARDS_FOLDER "/var/lib/pvroot"
#define CARDS_FILE   CARDS_FOLDER "/nics" /* lines of "MAC NAME" */
#define CARDS_MAX    64
#define CARDS_TEXT   (CARDS_MAX * (NIC_MAC_SIZE + NIC_NAME_SIZE) + 1)

struct card {
	char mac[NIC_MAC_SIZE], name[NIC_NAME_SIZE];
};

struct cards {
	const struct sys *sys;
	struct inuse inuse; /* the names in /etc */
	struct card at[CARDS_MAX];
	unsigned int count;
};

/* Reads the record, and looks at the cards that are there and configured: what
 * is seen now replaces what was recorded of that MAC, or that name. */
void cards_read(struct cards *cards, const struct sys *sys);
/* The same from a boot that went well, as far as it can be known: only cards
 * that are up, and nothing that contradicts a record. */
void cards_read_boot(struct cards *cards, const struct sys *sys);
/* The record alone: the cards that are there are another system's. */
void cards_read_record(struct cards *cards, const struct sys *sys);
void cards_free(struct cards *cards);

/* Does the configuration use this very name, or one that stands on it
 * (ens3.100)? */
bool cards_use(const struct cards *cards, const char *name);
/* Adds a card to text, as a line of the record. */
void cards_line(char text[CARDS_TEXT], const struct card *card);
/* What an image needs that is built now: the names that the configuration still
 * uses, of cards that it does not know by their MAC already. */
void cards_for_image(const struct cards *cards, char text[CARDS_TEXT]);

#endif
