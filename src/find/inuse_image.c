// SPDX-License-Identifier: GPL-2.0-or-later
/* The image's copy reads no configuration: INUSE_FILE has the names that were
 * in it when the image was built. The installed program has
 * src/admin/bootcfg/inuse_etc.c instead. */
#include "find/inuse.h"

void inuse_add_etc(struct inuse *inuse, const struct sys *sys)
{
	(void)inuse;
	(void)sys;
}
