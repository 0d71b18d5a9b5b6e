// SPDX-License-Identifier: GPL-2.0-or-later
/* Whole files as text. */
#include "admin/lib/file.h"

#include <errno.h>
#include <stdlib.h>

#include "admin/lib/words.h"

char *file_text(const struct sys *sys, const char *path, size_t limit, int *err)
{
	char *text = memory_new(limit + 1);

	*err = sys_read(sys, path, text, limit + 1);
	if (*err >= 0 || *err == -EFBIG)
		return text;
	free(text);
	return NULL;
}
