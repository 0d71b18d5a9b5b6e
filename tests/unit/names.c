// SPDX-License-Identifier: GPL-2.0-or-later
#include "names.h"

#include <stdio.h>
#include <string.h>

#include "find/inuse.h"

const char *names_of(struct fixture *f)
{
	static char text[4096];
	struct inuse inuse = { 0 };
	unsigned int i;
	size_t used = 0;

	text[0] = '\0';
	inuse_add_etc(&inuse, &f->sys);
	for (i = 0; i < inuse.count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s %s%s\n", inuse.at[i].where,
					 inuse_kind_word(inuse.at[i].kind),
					 inuse.at[i].name);
	assert_false(inuse.lost);
	inuse_free(&inuse);
	return text;
}

void expect_names(struct fixture *f, const char *path, const char *text,
		  const char *wanted)
{
	const char *found;

	fixture_file(f, path, text);
	found = names_of(f);
	if (strcmp(found, wanted))
		fail_msg("%s:\n%s\nnames:\n%s\nnot:\n%s", path, text, found,
			 wanted);
	fixture_remove(f, path);
}

void expect_rows(struct fixture *f, const struct names_row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		expect_names(f, rows[i].path, rows[i].text, rows[i].wanted);
}
