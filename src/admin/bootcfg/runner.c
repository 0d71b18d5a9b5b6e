// SPDX-License-Identifier: GPL-2.0-or-later
/* An image may have pvroot and nothing that runs it: hooks that its generator
 * was told to leave out, or a hook without the scripts that call it. Pure. */
#include "admin/bootcfg/runner.h"

#include <string.h>

#include "base/text.h"

#define INIT_BIT (1U << 31)

/* Where each generator has its hook, and a file without which nobody calls it.
 * Names begin in any folder: /usr may be merged. dracut's hooks have a number
 * before the name. */
static const struct {
	const char *folder, *tail, *caller;
} hooks[] = {
	/* initramfs-tools: its init runs what ORDER names. */
	{ "scripts/init-top/", "/pvroot", "scripts/init-top/ORDER" },
	/* dracut: init, or dracut-cmdline.service. Both need this library,
	 * which comes with the module base. */
	{ "hooks/cmdline/", "-pvroot-ask.sh", "lib/dracut-lib.sh" },
	/* dracut 004, whose base nobody leaves out */
	{ "cmdline/", "pvroot.sh", "init" },
	/* systemd, with hooks/systemd */
	{ "sysinit.target.wants/", "/pvroot.service",
	  "systemd/system/pvroot.service" },
	/* mkinitcpio with busybox */
	{ "hooks/", "hooks/pvroot", "init_functions" },
	/* openSUSE 11 */
	{ "boot/", "-pvroot.sh", "init" },
};

void runner_note_file(struct runner *runner, const char *name)
{
	size_t i;

	if (text_ends_with(name, "/systemd-udevd-control.socket"))
		runner->udev = true;
	for (i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++) {
		if (strstr(name, hooks[i].folder) &&
		    text_ends_with(name, hooks[i].tail))
			runner->hooks |= 1U << i;
		if (text_ends_with(name, hooks[i].caller))
			runner->callers |= 1U << i;
	}
}

bool runner_is_init(const char *name)
{
	return !strcmp(name, "init");
}

/* RHEL 5, Alpine, and pvroot's own initramfs: init itself runs it. */
void runner_note_init(struct runner *runner, const char *content, size_t len)
{
	if (memmem(content, len, "pvroot", strlen("pvroot"))) {
		runner->hooks |= INIT_BIT;
		runner->callers |= INIT_BIT;
	}
}

bool runner_is_there(const struct runner *runner)
{
	return runner->hooks & runner->callers;
}
