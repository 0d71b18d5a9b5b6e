// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 8: when it is known which twins are left: may the boot go on, and with
 * which root? Opens disks read-only, changes nothing. */
#include "story/boot.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "find/members.h"
#include "find/search.h"
#include "find/seen.h"
#include "policy/policy.h"
#include "twin/fate.h"

/* Is this a disk of the device model? One on a passed-through controller is as
 * good as a PV disk. */
static bool is_emulated(const struct boot *b, const struct disk *disk)
{
	struct controller_ids ids;

	if (disk_is_pv(disk) || disk->cdrom || disk->twin == TWIN_DETACHED)
		return false;
	/* Without nodes nothing finds it. */
	if (disk->twin == TWIN_HIDDEN && b->nodes)
		return false;
	return !disk->place.pci[0] ||
	       controller_read(b->sys, disk->place.pci, &ids) ||
	       controller_is_emulated(&ids);
}

/* The name of an emulated disk that is still there and carries a part of root,
 * or NULL. */
static const char *emulated_member(const struct boot *b, const char *uuid)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (is_emulated(b, disk) &&
		    members_carried(b->sys, disk, &b->asked.root, uuid))
			return disk->name;
	}
	return NULL;
}

/* Is the device that was found on the PV disk in use through a twin that had to
 * stay? Using both would destroy its data. */
static bool is_busy(const struct boot *b, const struct answer *found)
{
	char name[DISK_NAME_SIZE];
	unsigned int i;
	int fd;

	for (i = 0; found->device[0] && found->disk >= 0 && !found->asked &&
		    i < b->disks.count;
	     i++) {
		const struct disk *twin = &b->disks.at[i];

		if (twin->twin_of != found->disk || twin->twin != TWIN_LEFT)
			continue;
		disk_part_name(name, twin->name, found->part);
		fd = sys_disk_open(b->sys, name,
				   disk_number(b->sys, twin->name,
					       found->part ? name : NULL),
				   SYS_EXCLUSIVE);
		if (fd >= 0)
			sys_fd_close(fd);
		if (fd == -EBUSY || twin_is_looped(b->sys, name) ||
		    twin_is_looped(b->sys, twin->name))
			return true;
	}
	return false;
}

static enum policy_root root_kind(const struct boot *b)
{
	if (b->root.device[0])
		return POLICY_ROOT_ON_PV;
	if (b->root.refused[0])
		return POLICY_ROOT_TWICE;
	if (b->asked.root.kind == TAG_STACK)
		return POLICY_ROOT_STACK;
	if (b->asked.root.kind == TAG_NETWORK)
		return POLICY_ROOT_NETWORK;
	return POLICY_ROOT_NOWHERE;
}

static void say_left(struct boot *b, const struct policy_boot *facts,
		     const char *member)
{
	log_say(&b->log, LOG_INFO, "root %.200s is left to the generator",
		b->asked.cmd.root[0] ? b->asked.cmd.root : "(none given)");
	if (!b->stop)
		return;
	if (member)
		log_say(&b->log, LOG_ERR,
			"strict: %s is emulated, still there, and carries, or "
			"may carry, a part of root",
			member);
	else if (facts->no_pv)
		log_say(&b->log, LOG_ERR, "strict: there is no PV disk");
	log_say(&b->log, LOG_ERR,
		"strict: it cannot be shown that root is on a PV disk");
}

static void say_nowhere(struct boot *b)
{
	log_say(&b->log, b->stop ? LOG_ERR : LOG_WARN,
		"root %.200s is on no PV disk: %s", b->asked.cmd.root,
		b->stop ? "strict mode stops here" : "left as it was");
	diagnose(b);
	seen_say_all(&b->log, &b->disks);
}

static void say_busy(struct boot *b)
{
	log_say(&b->log, LOG_ERR,
		"root %.200s is on %s, but its emulated twin's is in use: %s",
		b->asked.cmd.root, b->root.device,
		b->stop ? "strict mode stops here" : "left as it was");
}

static void say(struct boot *b, const struct policy_boot *facts,
		const char *member)
{
	switch (facts->root) {
	case POLICY_ROOT_ON_PV:
		if (facts->busy)
			say_busy(b);
		else if (member)
			say_left(b, facts, member);
		break;
	case POLICY_ROOT_TWICE:
		break; /* logged before, with both names */
	case POLICY_ROOT_NOWHERE:
		if (tag_is_sought(&b->asked.root) && !b->stop &&
		    b->root.disk == -1 && b->root.type[0])
			break; /* on its old path: logged before */
		/* A link follows as soon as its twin has come and gone. */
		if (tag_is_sought(&b->asked.root) &&
		    b->asked.root.kind != TAG_LINK) {
			say_nowhere(b);
			break;
		}
		/* fall through */
	default:
		say_left(b, facts, member);
	}
}

void settle(struct boot *b)
{
	struct policy_boot facts = {
		.strict = b->asked.cmd.mode == MODE_STRICT,
		.root = root_kind(b),
		.no_pv = !disks_have_pv(&b->disks),
		.busy = is_busy(b, &b->root),
	};
	const char *member = NULL;

	if (facts.strict && facts.root == POLICY_ROOT_STACK)
		member = emulated_member(b, "");
	else if (facts.strict && b->root.several)
		member = emulated_member(b, b->root.uuid);
	facts.member = member;
	facts.old_path = b->root.device[0] && b->root.disk < 0;
	b->stop = policy_boot(&facts) == POLICY_STOP;
	say(b, &facts, member);
	if (facts.busy)
		b->root.device[0] = '\0';
	if (is_busy(b, &b->resume))
		b->resume.device[0] = '\0';
}
