// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes away the emulated NIC that has a vif's address. Writes to sysfs and its
 * own record; one that is up or enslaved is left alone, loudly. */
#include <errno.h>

#include "attr.h"
#include "boot.h"
#include "controller.h"
#include "nic.h"
#include "record.h"
#include "text.h"

static void remember(struct boot *b, const struct nic *nic)
{
	struct record record = { .state = RECORD_UNBOUND };

	text_copy(record.name, sizeof(record.name), nic->name);
	text_copy(record.pci, sizeof(record.pci), nic->pci);
	record_add(b->sys, &record);
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

static void detach_nic(struct boot *b, const struct nic *nic,
		       const struct nic *vif)
{
	struct gone_nic wanted = { b->sys, nic->name };
	int err;

	if (is_kept(b, nic->name, nic->pci) || nic->used) {
		log_say(&b->log, LOG_WARN,
			"%s is %s's twin (%s), but %s: left alone", nic->name,
			vif->name, nic->mac,
			nic->used ? "up or in use" : "keep= asks for it");
		return;
	}
	err = controller_unbind(b->sys, nic->pci, is_gone, &wanted);
	if (!err && !is_gone(&wanted))
		err = -EBUSY;
	if (err) {
		log_say(&b->log, LOG_WARN,
			"%s is %s's twin (%s), but the kernel keeps it: %s",
			nic->name, vif->name, nic->mac, log_errno(err));
		return;
	}
	remember(b, nic);
	log_say(&b->log, LOG_INFO, "%s is %s's twin (%s): %s unbound",
		nic->name, vif->name, nic->mac, nic->pci);
}

void detach_nics(struct boot *b)
{
	struct nics nics;
	unsigned int i;
	int err = nics_scan(&nics, b->sys);

	if (err && err != -ENOENT)
		log_say(&b->log, LOG_WARN, "/sys/class/net: %s",
			log_errno(err));
	for (i = 0; i < nics.count; i++) {
		const struct nic *vif = nic_twin_of(&nics, &nics.at[i]);

		if (vif)
			detach_nic(b, &nics.at[i], vif);
	}
	nics_free(&nics);
}
