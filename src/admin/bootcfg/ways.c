// SPDX-License-Identifier: GPL-2.0-or-later
/* The ways through the ifs of one entry. Pure. */
#include "admin/bootcfg/ways.h"

#include <stdlib.h>
#include <string.h>

void ways_free(struct ways *ways)
{
	unsigned int i;

	for (i = 0; i < ways->count; i++) {
		words_free(&ways->at[i]->initrds);
		words_free(&ways->at[i]->unclear);
		free(ways->at[i]);
	}
	ways->count = 0;
}

static void copy_words(struct words *to, const struct words *from)
{
	unsigned int i;

	memset(to, 0, sizeof(*to));
	for (i = 0; i < from->count; i++)
		words_add(to, "%s", from->at[i]);
}

void ways_copy(struct ways *to, const struct ways *from)
{
	unsigned int i;

	for (i = 0; i < from->count; i++) {
		const struct entry *old = from->at[i];

		to->at[i] = memory_new(sizeof(*old));
		memcpy(to->at[i], old, sizeof(*old));
		copy_words(&to->at[i]->initrds, &old->initrds);
		copy_words(&to->at[i]->unclear, &old->unclear);
	}
	to->count = from->count;
}

static bool is_same_boot(const struct entry *a, const struct entry *b)
{
	unsigned int i;

	if (strcmp(a->kernel, b->kernel) || strcmp(a->line, b->line) ||
	    a->initrds.count != b->initrds.count)
		return false;
	for (i = 0; i < a->initrds.count; i++) {
		if (strcmp(a->initrds.at[i], b->initrds.at[i]))
			return false;
	}
	return true;
}

void ways_join(struct ways *to, struct ways *from)
{
	unsigned int i, k;

	for (i = 0; i < from->count; i++) {
		struct entry *entry = from->at[i];
		struct ways one = { { entry }, 1 };

		for (k = 0; k < to->count; k++) {
			if (is_same_boot(to->at[k], entry))
				break;
		}
		if (k < to->count) {
			/* The condition makes no difference. */
			to->at[k]->condition[0] = '\0';
			ways_free(&one);
		} else if (k == MAX_WAYS) {
			words_add(&to->at[0]->unclear, "it has too many ifs");
			ways_free(&one);
		} else {
			to->at[to->count++] = entry;
		}
	}
	from->count = 0;
}
