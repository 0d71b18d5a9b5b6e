// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of network cards, in what configures the network and in what goes by
 * their names: firewalls, servers. Pure. */
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "base/text.h"
#include "dev/nic.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define MANY	 99
#define ENDS	 " \t=,;\"'{}/()<>"

static void add_card(struct etc *etc, const char *name)
{
	inuse_add(etc->inuse, etc->where, name, INUSE_NIC);
}

/* No vif has a name like this, so the emulated card stays. */
static void add_any_card(struct etc *etc)
{
	add_card(etc, "/dev/?");
}

/* eth0, ens3, enp0s3, eno1, enx0016…, em1, p1p1; ens*. */
static bool is_card(const char *word)
{
	static const char *const prefixes[] = { "eth", "em",  "enp", "ens",
						"eno", "enx", "enX", "enP",
						"enc", "env" };
	const char *at;
	size_t i;

	if (strlen(word) >= NIC_NAME_SIZE)
		return false;
	for (i = 0; i < COUNT(prefixes); i++) {
		if (text_prefix(word, prefixes[i], &at) &&
		    (*at == '*' || strpbrk(at, "0123456789")))
			return true;
	}
	return word[0] == 'p' && word[1] >= '0' && word[1] <= '9' &&
	       strchr(word + 2, 'p');
}

/* How many words after this one are names of cards, whatever they look like? */
static unsigned int cards_behind(const char *word)
{
	static const struct {
		const char *word;
		unsigned int count;
	} words[] = {
		{ "iface", 1 },
		{ "auto", MANY },
		{ "bridge_ports", MANY },
		{ "bond-slaves", MANY },
		{ "interface-name", MANY },
		{ "Name", MANY },
		{ "DEVICE", 1 },
		{ "interface", 1 },
		{ "allowinterfaces", MANY },
	};
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		if (!strcmp(word, words[i].word))
			return words[i].count;
	}
	return text_prefix(word, "allow-", NULL) ? MANY : 0;
}

/* Gentoo's variables: config_ens3. */
static const char *card_of_key(const char *word)
{
	static const char *const keys[] = { "config_", "routes_", "slaves_" };
	const char *card;
	size_t i;

	for (i = 0; i < COUNT(keys); i++) {
		if (text_prefix(word, keys[i], &card) && *card &&
		    strlen(card) < NIC_NAME_SIZE)
			return card;
	}
	return NULL;
}

/* bridge_ports regex ens.*: the part before its first special character. */
static void add_regex(struct etc *etc, const char *regex)
{
	char glob[NIC_NAME_SIZE];

	text_prefix(regex, "^", &regex);
	if (text_format(glob, sizeof(glob), "%.*s*",
			(int)strcspn(regex, ".*?[(\\+|$"), regex) ||
	    *glob == '*')
		add_any_card(etc);
	else
		add_card(etc, glob);
}

void etc_cards(struct etc *etc, char *line)
{
	unsigned int left = 0;
	bool regex = false;
	char *word;

	/* A regular expression may have any of ENDS in it. */
	while ((word = etc_cut(&line, regex ? " \t" : ENDS))) {
		const char *card = card_of_key(word);

		if (regex)
			add_regex(etc, word);
		else if (card)
			add_card(etc, card);
		else if ((left && strcmp(word, "regex") != 0) || is_card(word))
			add_card(etc, word);
		regex = left && !regex && !strcmp(word, "regex");
		left -= left > 0;
		if (!left)
			left = cards_behind(word);
	}
}

/* What only looks like one is more common in these files: "email1.example". */
void etc_card_words(struct etc *etc, char *line)
{
	char *word;

	while ((word = etc_cut(&line, ENDS))) {
		word[strcspn(word, ".:@")] = '\0'; /* ens3.100 is on ens3 */
		if (is_card(word) && (strcspn(word, "0123456789*") <= 3 ||
				      text_prefix(word, "enx", NULL)))
			add_card(etc, word);
	}
}

/* A driver, a path on the PCI bus or a property of the emulated card: the vif
 * has others. */
static bool is_of_emulated(const char *value)
{
	return *value && !text_prefix(value, "xen", NULL) &&
	       !text_prefix(value, "vif", NULL);
}

void etc_match(struct etc *etc, char *line)
{
	static const char *const keys[] = { "Driver", "Path", "Property",
					    "driver", "path" };
	const char *value;
	size_t i;

	for (i = 0; i < COUNT(keys); i++) {
		if (!text_prefix(line, keys[i], &value))
			continue;
		value += strspn(value, " \t");
		if (*value++ == '=' &&
		    is_of_emulated(value + strspn(value, " \t")))
			add_any_card(etc);
	}
	etc_cards(etc, line);
}

/* What is sourced from elsewhere may name any card; in /run are the files of
 * cards that are there. */
void etc_interfaces(struct etc *etc, char *line)
{
	const char *path;

	if (text_prefix(line, "source", &path)) {
		path += strcspn(path, " \t");
		path += strspn(path, " \t");
		if (!text_prefix(path, "/etc/network/interfaces.d", NULL) &&
		    !text_prefix(path, "interfaces.d", NULL) &&
		    !text_prefix(path, "/run/", NULL))
			add_any_card(etc);
		return;
	}
	etc_cards(etc, line);
}

/* Cuts the quotes of "ens3": and its like. */
static char *unquoted(char *key, size_t len)
{
	key[len] = '\0';
	if (len > 1 && strchr("\"'", key[0]) && key[len - 1] == key[0]) {
		key[len - 1] = '\0';
		return key + 1;
	}
	return key;
}

/* match: {name: ens*, driver: 8139cp}, on one line or several. */
static void read_match(struct etc *etc, char *line)
{
	bool name = false, driver = false;
	char *word;

	while ((word = etc_cut(&line, " :,\"'[]{}"))) {
		if (driver && strcmp(word, "-") != 0) {
			if (is_of_emulated(word))
				add_any_card(etc);
		} else if ((name && etc->depth) || is_card(word)) {
			add_card(etc, word);
		}
		name = !strcmp(word, "name");
		driver = !strcmp(word, "driver") && etc->depth;
	}
	if (driver) /* a list, one a line */
		add_any_card(etc);
}

/* netplan: the keys directly below ethernets: are names, or ids with a
 * match:. */
void etc_netplan(struct etc *etc, char *line)
{
	unsigned int indent = (unsigned int)strspn(line, " ");
	char *key = line + indent;
	size_t len = strlen(key);

	if (!strcmp(key, "ethernets:")) {
		etc->depth = 1;
	} else if (etc->depth && len > 1 && key[len - 1] == ':') {
		if (etc->depth == 1)
			etc->depth = indent + 1;
		if (indent + 1 < etc->depth)
			etc->depth = 0;
		if (indent + 1 == etc->depth) {
			add_card(etc, unquoted(key, len - 1));
			return;
		}
	}
	read_match(etc, line);
}
