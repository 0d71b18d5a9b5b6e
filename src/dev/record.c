// SPDX-License-Identifier: GPL-2.0-or-later
/* The folder that pvroot leaves, and the list of what was taken away: the file
 * twins in it has lines of "STATE NAME PCI PORT UNIT PV", and a card's MAC, the
 * newest last. */
#include "dev/record.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "sys/attr.h"

#define FILE_SIZE 16384
#define WORDS	  7
#define WORDS_OLD 5 /* without PV and MAC: from an older image */

static const char *const states[] = {
	[RECORD_UNBOUND] = "unbound",
	[RECORD_DELETED] = "deleted",
	[RECORD_RESTORED] = "restored",
};

const char *record_folder(const struct sys *sys)
{
	static const char *const folders[] = { "/run/pvroot", "/dev/.pvroot" };
	size_t i;

	for (i = 0; i < 2; i++) {
		if (attr_exists(sys, "%s/" RECORD_REPORT, folders[i]))
			return folders[i];
	}
	return folders[!sys_exists(sys, "/run")];
}

const char *record_path(const struct sys *sys, char path[RECORD_PATH_SIZE],
			const char *file)
{
	/* This always fits: names of our files and of disks are short. */
	text_format(path, RECORD_PATH_SIZE, "%s/%s", record_folder(sys), file);
	return path;
}

const char *record_path_in(const struct sys *sys, char path[RECORD_PATH_SIZE],
			   const char *folder, const char *name)
{
	char file[RECORD_PATH_SIZE];

	text_format(file, sizeof(file), "%s/%s", folder, name);
	return record_path(sys, path, file);
}

const char *record_state_name(enum record_state state)
{
	return states[state];
}

int record_make_folder(const struct sys *sys)
{
	return sys_mkdir(sys, record_folder(sys));
}

/* Makes the folders of a file, and its path. */
static int prepare(const struct sys *sys, char path[RECORD_PATH_SIZE],
		   const char *folder, const char *name)
{
	int err = record_make_folder(sys);

	if (!err)
		err = sys_mkdir(sys, record_path(sys, path, folder));
	record_path_in(sys, path, folder, name);
	return err;
}

int record_replace_in(const struct sys *sys, const char *folder,
		      const char *name, const char *text)
{
	char path[RECORD_PATH_SIZE];
	int err = prepare(sys, path, folder, name);

	return err ? err : sys_replace(sys, path, text, strlen(text));
}

int record_append_in(const struct sys *sys, const char *folder,
		     const char *name, const char *line)
{
	char path[RECORD_PATH_SIZE];
	int err = prepare(sys, path, folder, name);

	return err ? err : sys_append(sys, path, line);
}

bool record_is_news(const struct sys *sys, const char *twin, const char *why)
{
	char path[RECORD_PATH_SIZE], before[SYS_PATH_SIZE];

	record_path_in(sys, path, RECORD_KEPT, twin);
	if (sys_read_line(sys, path, before, sizeof(before)) > 0 &&
	    !strcmp(before, why))
		return false;
	record_replace_in(sys, RECORD_KEPT, twin, why);
	return true;
}

int record_add(const struct sys *sys, const struct record *record)
{
	char line[160], path[RECORD_PATH_SIZE];
	int err = record_make_folder(sys);

	if (!err)
		err = text_format(
			line, sizeof(line), "%s %s %s %s %u %s%s%s\n",
			states[record->state], record->name, record->pci,
			record->port[0] ? record->port : "-", record->unit,
			record->pv[0] ? record->pv : "-",
			record->mac[0] ? " " : "", record->mac);
	return err ? err
		   : sys_append(sys, record_path(sys, path, RECORD_TWINS),
				line);
}

/* Cuts a line at its blanks. Returns the number of words; WORDS + 1 where there
 * are more than WORDS. */
static unsigned int split(char *line, char *word[WORDS])
{
	unsigned int count = 0;

	while (line && count < WORDS)
		word[count++] = strsep(&line, " ");
	return count + (line != NULL);
}

static bool parse(char *line, struct record *out)
{
	char *word[WORDS];
	unsigned int count = split(line, word), i;
	uint64_t unit;

	memset(out, 0, sizeof(*out));
	if (count < WORDS_OLD || count > WORDS ||
	    text_u64(word[4], 10, UINT32_MAX, &unit) ||
	    text_copy(out->name, sizeof(out->name), word[1]) ||
	    !place_is_pci(word[2], (unsigned int)strlen(word[2])) ||
	    text_copy(out->pci, sizeof(out->pci), word[2]) ||
	    text_copy(out->port, sizeof(out->port), word[3]))
		return false;
	if (count > 5 && strcmp(word[5], "-") &&
	    text_copy(out->pv, sizeof(out->pv), word[5]))
		return false;
	if (count > 6 && (!nic_is_mac(word[6]) ||
			  text_copy(out->mac, sizeof(out->mac), word[6])))
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
		       !strcmp(record->pci, name) ||
		       !strcmp(record->pv, name) ||
		       (record->mac[0] && !strcmp(record->mac, name));
	return !strcmp(record->pci, place->pci) &&
	       (*record->port == '-' || (!strcmp(record->port, place->port) &&
					 record->unit == place->unit));
}

int record_find(const struct sys *sys, const char *name,
		const struct place *place, struct record *out)
{
	char text[FILE_SIZE], path[RECORD_PATH_SIZE], *line, *next;
	struct record record;
	int found = 0, len = sys_read(sys, record_path(sys, path, RECORD_TWINS),
				      text, sizeof(text));

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
