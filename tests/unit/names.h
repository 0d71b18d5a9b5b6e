/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which names has a file of the configuration? */
#ifndef PVROOT_TEST_NAMES_H
#define PVROOT_TEST_NAMES_H

#include "fixture.h"

struct names_row {
	const char *path, *text, *wanted;
};

/* All names, "WHERE NAME" a line, in the order of the files. */
const char *names_of(struct fixture *f);
/* The file is there alone, with this text: has it exactly these names? */
void expect_names(struct fixture *f, const char *path, const char *text,
		  const char *wanted);
void expect_rows(struct fixture *f, const struct names_row *rows, size_t count);

#endif
