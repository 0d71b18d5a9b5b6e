// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot boot` of the installed program: openSUSE 11's image has that one. A
 * running system is no place for it: it would take what `twin --restore`
 * brought back, and it reads the names in use from an image. */
#include "admin/admin.h"
#include "find/inuse.h"
#include "story/look.h"

int cmd_boot_in_image(const struct sys *sys, int argc, char **argv)
{
	if (!sys->fixture && !sys_exists(sys, INUSE_FILE) &&
	    !sys_exists(sys, PRELOAD_LIST))
		return usage_error("boot",
				   "is for the initrd only: nothing was done",
				   NULL);
	return cmd_boot(sys, argc, argv);
}
