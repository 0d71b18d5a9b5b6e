// SPDX-License-Identifier: GPL-2.0-or-later
/* Vifs get their names, by MAC, before udev names any card: later two cards
 * whose names swap would come up with each other's address. plan.c decides.
 * Writes what udev_name.c does. */
#include "twin/rename.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/nic.h"
#include "sys/attr.h"
#include "twin/plan.h"
#include "twin/udev_name.h"

#define FILE_SIZE 4096
#define POLL_MS	  20

/* ---- they get it ---- */

static void refuse(const struct twins *t, struct plan_line *line, int err)
{
	udev_name_drop(t->sys, line->mac);
	line->why = log_errno(err);
}

/* Is its own twin called so? Then udev renames the vif, when the twin is gone.
 */
static bool waits_for_twin(const struct nics *nics,
			   const struct plan_line *line)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (!nics->at[i].vif && !strcmp(nics->at[i].name, line->name))
			return true;
	}
	return false;
}

/* The kernel's own names, by way of others: udev cannot swap two. pass 0: all
 * let go of theirs. pass 1: each takes its new one, or its old one back. */
static void rename_pass(const struct twins *t, struct plan *plan,
			unsigned int pass)
{
	char spare[NIC_NAME_SIZE];
	unsigned int i;
	int err;

	for (i = 0; i < plan->count; i++) {
		struct plan_line *line = &plan->at[i];

		if (!line->vif || line->why ||
		    !strcmp(line->vif->name, line->name) ||
		    waits_for_twin(plan->nics, line))
			continue;
		text_format(spare, sizeof(spare), "pvroot%u", i);
		err = pass ? sys_card_rename(t->sys, spare, line->name)
			   : sys_card_rename(t->sys, line->vif->name, spare);
		if (!err)
			continue;
		if (pass)
			sys_card_rename(t->sys, spare, line->vif->name);
		refuse(t, line, err);
	}
}

static void say(const struct twins *t, const struct plan_line *line)
{
	if (line->vif && line->why)
		log_say(t->log, LOG_WARN,
			"%s (%s) is not called %s, as the configuration does: "
			"%s",
			line->vif->name, line->mac, line->name, line->why);
	else if (line->vif)
		log_say(t->log, LOG_INFO,
			"%s is the PV card (vif, %s) from now on", line->name,
			line->mac);
}

/* udev's files come first: whatever fails later, it gives the name. */
static void rename_all(const struct twins *t, struct plan *plan)
{
	unsigned int i;
	int err;

	for (i = 0; i < plan->count; i++) {
		struct plan_line *line = &plan->at[i];

		if (!line->vif || line->why)
			continue;
		err = udev_name_give(t->sys, line->mac, line->name);
		if (err)
			refuse(t, line, err);
	}
	for (i = 0; i < 2 && plan->early; i++)
		rename_pass(t, plan, i);
	for (i = 0; i < plan->count; i++)
		say(t, &plan->at[i]);
}

/* ---- all of them ---- */

struct vifs {
	const struct sys *sys;
};

/* A vif that its driver has accepted, and that is no card yet. */
static int is_coming(const char *name, void *ctx)
{
	const struct vifs *vifs = ctx;

	return text_prefix(name, "vif-", NULL) &&
	       attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/driver", name) &&
	       !attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/net", name);
}

static void wait_for_vifs(const struct sys *sys)
{
	struct vifs vifs = { sys };
	unsigned int waited;

	for (waited = 0; waited < RENAME_WAIT_MS; waited += POLL_MS) {
		if (sys_list(sys, "/sys/bus/xen/devices", is_coming, &vifs) !=
		    1)
			return;
		sys_sleep_ms(POLL_MS);
	}
}

void rename_vifs(const struct twins *t)
{
	struct plan plan = { .sys = t->sys, .cmd = t->cmd };
	char text[FILE_SIZE];
	struct nics nics;

	if (sys_read(t->sys, RENAME_FILE, text, sizeof(text)) <= 0)
		return;
	plan_read(&plan, text);
	wait_for_vifs(t->sys);
	if (!nics_scan(&nics, t->sys)) {
		plan.nics = &nics;
		/* systemd's socket keeps events for udev from before it runs:
		 * a name in them that is another card's would mislead it. */
		plan.early = !sys_exists(t->sys, "/run/udev/control");
		plan_decide(&plan);
		rename_all(t, &plan);
	}
	nics_free(&nics);
}
