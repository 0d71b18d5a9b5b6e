/* SPDX-License-Identifier: GPL-2.0-or-later
 * The variables of a boot loader's configuration. Pure. */
#ifndef PVROOT_VARS_H
#define PVROOT_VARS_H

#include <stdbool.h>

#include "admin/lib/words.h"

struct var {
	char *name, *value;
	bool stored;  /* by grubenv */
	bool several; /* it may be any of the words in value: what was set in
			 the branches of an if */
};

struct vars {
	struct var *at;
	unsigned int count, room;
};

enum vars_how {
	VARS_PLAIN,  /* it has this value from here on */
	VARS_MAYBE,  /* it may have this value, or the one that it had */
	VARS_STORED, /* grubenv has it */
};

void vars_set(struct vars *vars, const char *name, const char *value,
	      enum vars_how how);
const struct var *vars_find(const struct vars *vars, const char *name);
/* Takes the lines NAME=VALUE of grubenv; changes text. */
void vars_take_env(struct vars *vars, char *text);
/* The value of a variable, "" for one that is set nowhere. Adds to unclear
 * (which may be NULL) what that leaves open. */
const char *vars_value(const struct vars *vars, const char *name,
		       struct words *unclear);
/* The length of the name of a variable that begins at text ("$x", "${x}"); 0
 * where none does. *name and *len are set to its name. */
size_t vars_name(const char *text, const char **name, size_t *len);
/* Replaces each variable in text[size] by its value, as often as one is there.
 * Cuts nothing: what does not fit is told in unclear. */
void vars_expand(const struct vars *vars, char *text, size_t size,
		 struct words *unclear);
void vars_free(struct vars *vars);

#endif
