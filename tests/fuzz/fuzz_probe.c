// SPDX-License-Identifier: GPL-2.0-or-later
/* Fuzz target: everything that reads a disk's bytes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "guard.h"
#include "probe/part/part.h"
#include "probe/probe.h"
#include "sparse.h"
#include "target.h"

static void check_text(const char *s, size_t size)
{
	if (!memchr(s, '\0', size))
		abort();
}

static void check_result(int rc, const struct probe_result *found)
{
	check_text(found->type, sizeof(found->type));
	check_text(found->label, sizeof(found->label));
	check_text(found->uuid, sizeof(found->uuid));
	check_text(found->uuid_sub, sizeof(found->uuid_sub));
	if (rc != 0 && rc != 1 && rc != -EUCLEAN)
		abort(); /* every read succeeds, so there is no other error */
	if (rc == 1 && !found->type[0])
		abort();
}

/* probe_may_carry() must not rule out what the full probe has found. */
static void check_quick(struct probe_source *bytes,
			const struct probe_result *found)
{
	if (found->usage == PROBE_MEMBER)
		return;
	if (found->uuid[0] && !probe_may_carry(bytes, PROBE_UUID, found->uuid))
		abort();
	guard_reset();
	if (found->label[0] &&
	    !probe_may_carry(bytes, PROBE_LABEL, found->label))
		abort();
	guard_reset();
}

static int check_entry(const struct part_entry *entry, void *ctx)
{
	unsigned int *count = ctx;

	check_text(entry->uuid, sizeof(entry->uuid));
	check_text(entry->name, sizeof(entry->name));
	if (!entry->number || !entry->size)
		abort();
	return ++*count > 10000 ? (abort(), 1) : 0;
}

int fuzz_probe(const uint8_t *input, size_t len)
{
	static struct sparse disk;
	struct probe_result found;
	unsigned int count = 0;
	int rc;

	sparse_open(&disk, input, len);
	fuzz_no_crc = disk.flags & SPARSE_NO_CRC;
	memset(&found, 'x', sizeof(found));
	rc = probe_superblock(&disk.bytes, &found);
	check_result(rc, &found);
	guard_reset();
	if (probe_may_carry(&disk.bytes, PROBE_LABEL, "root") < 0)
		abort();
	guard_reset();
	if (rc == 1)
		check_quick(&disk.bytes, &found);
	if (part_walk(&disk.bytes, check_entry, &count) < 0)
		abort();
	return 0;
}
