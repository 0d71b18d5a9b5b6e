// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes away the emulated NIC that has a vif's address, where it may go. Writes
 * to sysfs and its own record. */
#include "twin/detach.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/nic.h"
#include "dev/record.h"
#include "policy/policy.h"
#include "sys/attr.h"
#include "twin/fate.h"
#include "twin/udev_name.h"

static void remember(const struct twins *t, const struct nic *nic,
		     const struct nic *vif)
{
	struct record record = { .state = RECORD_UNBOUND };

	text_copy(record.name, sizeof(record.name), nic->name);
	text_copy(record.pci, sizeof(record.pci), nic->pci);
	text_copy(record.pv, sizeof(record.pv), vif->name);
	text_copy(record.mac, sizeof(record.mac), vif->mac);
	twin_remember(t, &record);
}

struct gone_nic {
	const struct sys *sys;
	const char *name;
};

static bool is_gone(void *ctx)
{
	const struct gone_nic *nic = ctx;

	return !attr_exists(nic->sys, "/sys/class/net/%s", nic->name);
}

/* The first name in use that this card has or may get, and that the vif would
 * not have. */
static const struct inuse_name *
name_of(const struct twins *t, const struct nic *nic, const struct nic *vif)
{
	unsigned int i;

	for (i = 0; i < t->inuse->count; i++) {
		const struct inuse_name *use = &t->inuse->at[i];

		if (use->kind == INUSE_NIC &&
		    inuse_means_nic(t->sys, use->name, nic, vif) &&
		    !udev_name_is_given(t->sys, nic->mac, use->name))
			return use;
	}
	return NULL;
}

static bool may_go(const struct twins *t, const struct nic *nic,
		   const struct nic *vif)
{
	const struct inuse_name *named = name_of(t, nic, vif);
	struct policy_twin facts = {
		.strict = t->cmd->mode == MODE_STRICT,
		.nic = true,
		.kept = cmdline_keeps(t->cmd, nic->name, nic->pci),
		.restored = twin_was_restored(t, nic->pci, NULL),
		.unsure = t->inuse->lost,
		.busy = nic->used,
		.named = named != NULL,
	};
	struct policy_fate fate = policy_twin(&facts);
	bool by_name = named && !facts.kept && !facts.restored;
	enum log_level level = fate.level;

	if (fate.goes)
		return true;
	if (!record_is_news(t->sys, nic->pci, by_name ? named->name : fate.why))
		level = LOG_DEBUG;
	if (by_name)
		log_say(t->log, level,
			"%s is %s's twin (%s), but %s configures %s, which %s "
			"would not have: left alone",
			nic->name, vif->name, nic->mac, named->where,
			named->name, vif->name);
	else
		log_say(t->log, level,
			"%s is %s's twin (%s), but %s: left alone", nic->name,
			vif->name, nic->mac, fate.why);
	return false;
}

/* Returns true where it was taken away. */
static bool detach_nic(const struct twins *t, const struct nic *nic,
		       const struct nic *vif)
{
	struct gone_nic wanted = { t->sys, nic->name };
	int err;

	if (!may_go(t, nic, vif))
		return false;
	err = controller_unbind(t->sys, nic->pci, is_gone, &wanted);
	if (!err && !is_gone(&wanted))
		err = -EBUSY;
	if (err) {
		log_say(t->log, LOG_WARN,
			"%s is %s's twin (%s), but the kernel keeps it: %s",
			nic->name, vif->name, nic->mac, log_errno(err));
		return false;
	}
	remember(t, nic, vif);
	log_say(t->log, LOG_INFO, "%s is %s's twin (%s): %s unbound", nic->name,
		vif->name, nic->mac, nic->pci);
	return true;
}

unsigned int detach_nics(const struct twins *t, const char *mac)
{
	int lock, err;
	unsigned int i, gone = 0;
	struct nics nics;

	lock = twin_lock(t->sys);
	err = nics_scan(&nics, t->sys);
	if (err && err != -ENOENT)
		log_say(t->log, LOG_WARN, "/sys/class/net: %s", log_errno(err));
	for (i = 0; i < nics.count; i++) {
		const struct nic *vif = nic_twin_of(&nics, &nics.at[i]);

		if (vif && (!mac || !strcmp(mac, vif->mac)))
			gone += detach_nic(t, &nics.at[i], vif);
	}
	nics_free(&nics);
	sys_unlock(lock);
	return gone;
}
