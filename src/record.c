// SPDX-License-Identifier: GPL-2.0-or-later
/* What was taken away: lines of "STATE NAME PCI PORT UNIT" in
 * /run/pvroot/twins, the newest last. */
#include "record.h"

#include <errno.h>
#include <string.h>

#include "text.h"

#define RECORD_FILE RECORD_DIR "/twins"
#define FILE_SIZE   16384
#define WORDS	    5

static const char *const states[] = {
	[RECORD_UNBOUND] = "unbound",
	[RECORD_DELETED] = "deleted",
	[RECORD_RESTORED] = "restored",
};

int record_add(const struct sys *sys, const struct record *record)
{
	char line[160];
	int err = sys_mkdir(sys, RECORD_DIR);

	if (!err)
		err = text_format(line, sizeof(line), "%s %s %s %s %u\n",
				  states[record->state], record->name,
				  record->pci,
				  record->port[0] ? record->port : "-",
				  record->unit);
	return err ? err : sys_append(sys, RECORD_FILE, line);
}

/* Cuts a line into exactly WORDS words. */
static bool split(char *line, char *word[WORDS])
{
	unsigned int i;

	for (i = 0; i < WORDS; i++) {
		word[i] = line;
		line = strchr(line, ' ');
		if (!line)
			return i == WORDS - 1;
		*line++ = '\0';
	}
	return false;
}

static bool parse(char *line, struct record *out)
{
	char *word[WORDS];
	uint64_t unit;
	unsigned int i;

	if (!split(line, word) || text_u64(word[4], 10, UINT32_MAX, &unit) ||
	    text_copy(out->name, sizeof(out->name), word[1]) ||
	    !place_is_pci(word[2], (unsigned int)strlen(word[2])) ||
	    text_copy(out->pci, sizeof(out->pci), word[2]) ||
	    text_copy(out->port, sizeof(out->port), word[3]))
		return false;
	out->unit = (unsigned int)unit;
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		out->state = (enum record_state)i;
		if (!strcmp(states[i], word[0]))
			return true;
	}
	return false;
}

static bool matches(const struct record *record, const char *name,
		    const struct place *place)
{
	if (name)
		return !strcmp(record->name, name) ||
		       !strcmp(record->pci, name);
	return !strcmp(record->pci, place->pci) &&
	       (*record->port == '-' ||
		(!strcmp(record->port, place->port) &&
		 record->unit == place->unit));
}

int record_find(const struct sys *sys, const char *name,
		const struct place *place, struct record *out)
{
	char text[FILE_SIZE], *line, *next;
	struct record record;
	int found = 0, len = sys_read(sys, RECORD_FILE, text, sizeof(text));

	if (len == -ENOENT)
		return 0;
	if (len < 0)
		return len;
	for (line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (parse(line, &record) && matches(&record, name, place)) {
			*out = record;
			found = 1;
		}
	}
	return found;
}
