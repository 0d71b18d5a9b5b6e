// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel names on the command line that are moved from a twin to its PV disk.
 * If root=/dev/sda1 could not be answered in the initrd because the disk had no
 * driver yet, udev makes that name a link to the PV partition once the twin is
 * gone. Writes to pvroot's own folder and to uevent files. */
#include "story/follow.h"

#include <string.h>

#include "base/text.h"
#include "dev/letters.h"
#include "dev/record.h"
#include "sys/attr.h"

#define SIZE 4096

struct word {
	const char *key, *property;
	const char *value;
	const struct tag *tag;
};

/* Each word has a property of its own: udev would join two values of the same
 * one. */
static void get_words(const struct asked *asked, struct word words[2])
{
	words[0] = (struct word){ "root=", "PVROOT_LINK_1", asked->cmd.root,
				  &asked->root };
	words[1] = (struct word){ "resume=", "PVROOT_LINK_2", asked->cmd.resume,
				  &asked->resume };
}

static bool is_name(const struct tag *tag)
{
	return tag->kind == TAG_DISK || tag->kind == TAG_NUMBER ||
	       tag->kind == TAG_LINK || tag->kind == TAG_OTHER;
}

void follow_remember(const struct boot *b)
{
	const struct answer *found[2] = { &b->root, &b->resume };
	char text[SIZE], path[RECORD_PATH_SIZE];
	struct word words[2];
	size_t i, used = 0;

	get_words(&b->asked, words);
	for (i = 0; i < 2; i++) {
		if (found[i]->device[0] && found[i]->disk >= 0 &&
		    is_name(words[i].tag) &&
		    !text_format(text + used, sizeof(text) - used, "%s%s\n",
				 words[i].key, words[i].value))
			used += strlen(text + used);
	}
	if (used)
		sys_replace(b->sys, record_path(b->sys, path, RECORD_ANSWERS),
			    text, used);
}

static void read_answers(const struct sys *sys, char answers[SIZE])
{
	char path[RECORD_PATH_SIZE];

	if (sys_read(sys, record_path(sys, path, RECORD_ANSWERS), answers,
		     SIZE) < 0)
		answers[0] = '\0';
}

static bool was_answered(const char *answers, const struct word *word)
{
	const char *rest = answers, *value;

	for (; rest; rest = strchr(rest, '\n')) {
		rest += *rest == '\n';
		if (text_prefix(rest, word->key, &value) &&
		    text_prefix(value, word->value, &value) && *value == '\n')
			return true;
	}
	return false;
}

/* Does this word name a partition of a proven twin by the kernel's own name,
 * and has the PV disk that partition too? */
static bool is_linkable(const struct sys *sys, const struct disks *disks,
			const struct word *word)
{
	char pv[DISK_NAME_SIZE];
	const struct disk *disk;
	int index;

	if (word->tag->kind != TAG_DISK || !word->tag->part ||
	    !attr_exists(sys, "/run/udev"))
		return false;
	index = disks_find(disks, word->tag->value);
	if (index < 0 || disks->at[index].twin_of < 0)
		return false;
	disk = &disks->at[disks->at[index].twin_of];
	disk_part_name(pv, disk->name, word->tag->part);
	return attr_exists(sys, "/sys/block/%s/%s", disk->name, pv);
}

void follow_answers(const struct sys *sys, const struct asked *asked,
		    const struct disks *disks, struct inuse *inuse)
{
	char answers[SIZE];
	struct word words[2];
	size_t i;

	get_words(asked, words);
	if (!is_name(words[0].tag) && !is_name(words[1].tag))
		return;
	read_answers(sys, answers);
	for (i = 0; i < 2; i++) {
		if (is_name(words[i].tag) &&
		    !was_answered(answers, &words[i]) &&
		    !is_linkable(sys, disks, &words[i]))
			inuse_add_tag(inuse, words[i].key, words[i].tag);
	}
}

static void lead(const struct sys *sys, struct log *log, const char *pv,
		 const struct word *word)
{
	char text[64], name[DISK_NAME_SIZE];
	int err;

	disk_part_name(name, word->tag->value, word->tag->part);
	text_format(text, sizeof(text), "%s=%s\n", word->property, name);
	err = record_append_in(sys, RECORD_LINKS, pv, text);
	/* The rule reads the file when the kernel announces the partition. */
	if (!err)
		err = attr_write(sys, "change", "/sys/class/block/%s/uevent",
				 pv);
	log_say(log, err ? LOG_ERR : LOG_INFO, "%s%.200s -> /dev/%s: %s",
		word->key, word->value, pv,
		err ? log_errno(err) : "the name follows");
}

struct gone {
	const struct sys *sys;
	struct log *log;
	const struct disks *disks;
	const char *name; /* of the partition */
	char answers[SIZE];
};

/* Handles a word that named this partition, if the record says whose twin it
 * was. */
static void lead_gone(const struct gone *gone, const struct word *word)
{
	char asked[DISK_NAME_SIZE], pv[DISK_NAME_SIZE];
	const struct disk *disk;

	if (word->tag->kind != TAG_DISK || !word->tag->part ||
	    was_answered(gone->answers, word))
		return;
	disk_part_name(asked, word->tag->value, word->tag->part);
	if (strcmp(asked, gone->name))
		return;
	disk = letters_disk(gone->sys, gone->disks, word->tag->value);
	if (!disk)
		return;
	disk_part_name(pv, disk->name, word->tag->part);
	if (attr_exists(gone->sys, "/sys/block/%s/%s", disk->name, pv))
		lead(gone->sys, gone->log, pv, word);
}

void follow_gone(const struct sys *sys, struct log *log,
		 const struct asked *asked, const struct disks *disks,
		 const char *name)
{
	struct gone gone = { .sys = sys, .log = log, .disks = disks };
	struct word words[2];
	size_t i;

	gone.name = name;
	read_answers(sys, gone.answers);
	get_words(asked, words);
	for (i = 0; i < 2; i++)
		lead_gone(&gone, &words[i]);
}

/* For these PV disks udev's rule makes no links, so that each disk is used by
 * one path only. */
void follow_mark_old(const struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count && b->asked.cmd.mode != MODE_STRICT;
	     i++) {
		const struct disk *disk = &b->disks.at[i];

		if (disk_is_pv(disk) && disk->named)
			record_replace_in(b->sys, RECORD_OLD_PATHS, disk->name,
					  "");
	}
}

static bool is_marked_old(const struct sys *sys, const struct disk *pv)
{
	char path[RECORD_PATH_SIZE];

	return sys_exists(
		sys, record_path_in(sys, path, RECORD_OLD_PATHS, pv->name));
}

bool follow_leaves_pv(const struct sys *sys, const struct disk *pv)
{
	char path[RECORD_PATH_SIZE];

	return is_marked_old(sys, pv) &&
	       !sys_exists(sys, record_path(sys, path, RECORD_ANSWERS));
}

void follow_keep_old(const struct sys *sys, struct disks *disks)
{
	static const struct inuse_name boot = { .where = "this boot",
						.name = "its old path" };
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		struct disk *disk = &disks->at[i], *pv;

		if (disk->twin != TWIN_PROVEN || disk->named)
			continue;
		pv = &disks->at[disk->twin_of];
		if (is_marked_old(sys, pv))
			disk->named = pv->named = &boot;
	}
}
