// SPDX-License-Identifier: GPL-2.0-or-later
/* What pvroot may do: the two tables of the design, and nothing else. Pure. */
#include "policy/policy.h"

#include <errno.h>
#include <stddef.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool is_kept(const struct policy_twin *t)
{
	return t->kept;
}

static bool is_restored(const struct policy_twin *t)
{
	return t->restored;
}

static bool is_orphan(const struct policy_twin *t)
{
	return t->pv_gone;
}

static bool is_busy_nic(const struct policy_twin *t)
{
	return t->nic && t->busy;
}

static bool is_busy(const struct policy_twin *t)
{
	return t->busy;
}

static bool is_unsure(const struct policy_twin *t)
{
	return t->unsure && (!t->strict || t->nic);
}

static bool is_unreadable(const struct policy_twin *t)
{
	return t->error;
}

/* A name in use keeps a NIC always, but a disk only in auto: strict is about
 * disks and does not put the network at risk. */
static bool is_named(const struct policy_twin *t)
{
	return t->named && (!t->strict || t->nic);
}

/* May it go? */
static const struct {
	bool (*holds)(const struct policy_twin *t);
	enum log_level level;
	const char *why;
} stays[] = {
	{ is_kept, LOG_WARN, "keep= asks for it" },
	{ is_restored, LOG_INFO, "it was brought back" },
	{ is_orphan, LOG_ERR, "that is gone" },
	{ is_named, LOG_WARN, "a name in use means it" },
	{ is_unsure, LOG_WARN, "it is not known which names are in use" },
	{ is_busy_nic, LOG_WARN, "up or in use" },
	{ is_busy, LOG_ERR, "in use" },
	{ is_unreadable, LOG_ERR, "whether it is in use cannot be told" },
};

struct policy_fate policy_twin(const struct policy_twin *twin)
{
	struct policy_fate fate = { .goes = true, .level = LOG_INFO };
	size_t i;

	for (i = 0; i < COUNT(stays); i++) {
		if (!stays[i].holds(twin))
			continue;
		fate.goes = false;
		fate.level = stays[i].level;
		fate.why = stays[i].why;
		break;
	}
	return fate;
}

enum policy_way policy_way(const struct policy_place *place)
{
	if (place->old_ide)
		return POLICY_HIDE;
	if (place->single)
		return POLICY_DELETE;
	return place->others ? POLICY_STAY : POLICY_UNBIND;
}

enum policy_verdict policy_boot(const struct policy_boot *b)
{
	enum policy_verdict none = b->strict ? POLICY_STOP : POLICY_AS_IT_WAS;

	switch (b->root) {
	case POLICY_ROOT_ON_PV:
		if (b->old_path)
			return POLICY_OLD_PATH;
		/* Both paths to one file system at once would destroy it. */
		return b->busy || b->member ? none : POLICY_ANSWER;
	case POLICY_ROOT_NETWORK:
		return POLICY_AS_IT_WAS;
	case POLICY_ROOT_STACK:
		return b->member || b->no_pv ? none : POLICY_AS_IT_WAS;
	default:
		return none;
	}
}
