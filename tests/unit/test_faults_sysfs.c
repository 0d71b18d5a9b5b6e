// SPDX-License-Identifier: GPL-2.0-or-later
/* Every file and every link of a guest's /sys goes wrong in turn, in each way
 * that it can: the boot may find less, never anything else. */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fixture.h"

#define PATHS 256
#define MAC   "00:16:3e:00:00:01"

static const struct image other = {
	.part = { { "ext3", "/", "99999999-2222-3333-4444-555555555555", 0 } },
};

static struct {
	char at[PATHS][FIXTURE_PATH];
	unsigned int count;
	size_t skip; /* bytes of the fixture's own folder */
	int kind;    /* FTW_F, FTW_SL, or FTW_D */
} paths;

static int note(const char *path, const struct stat *st, int kind,
		struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (kind == FTW_DP)
		kind = FTW_D;
	if (kind == paths.kind) {
		assert_true(paths.count < PATHS);
		snprintf(paths.at[paths.count++], FIXTURE_PATH, "%s",
			 path + paths.skip);
	}
	return 0;
}

/* A twin, a CD-ROM beside another disk of the same label, two network cards. */
static void add_guest(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sdb", PIIX, 2, 0, &other);
	fixture_ata(f, "sr0", PIIX, 1, 0, NULL);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", "devices/pci0000:00/" RTL8139, MAC, false);
}

static void collect(struct fixture *f, int kind)
{
	char sys[FIXTURE_PATH];

	snprintf(sys, sizeof(sys), "%s/sys", f->dir);
	paths.count = 0;
	paths.skip = strlen(f->dir);
	paths.kind = kind;
	nftw(sys, note, 16, FTW_PHYS);
	assert_true(paths.count > 20);
}

/* sdb and the CD-ROM have no PV path: they stay. The answer is right or none.
 */
static void judge(struct fixture *f, const char *path, bool strict)
{
	bool answered = !strcmp(f->out, "root='/dev/xvda1'\n");
	bool hvm = strcmp(path, "/sys") && !strstr(path, "/sys/hypervisor");
	bool wrong = *f->out && !answered;

	wrong |= f->status != 0 && f->status != 1;
	wrong |= strict && hvm && !f->status && !answered;
	wrong |= !strict && f->status;
	wrong |= fixture_wrote(f, "/sys/bus/pci/devices/" PIIX "/driver/unbind",
			       PIIX);
	wrong |= fixture_wrote(f, "/sys/block/sdb/device/delete", "1");
	wrong |= fixture_wrote(f, "/sys/block/sr0/device/delete", "1");
	if (wrong)
		fail_msg("%s: status %d, answer \"%s\"\n%s", path, f->status,
			 f->out, f->kmsg);
}

/* What is put in the place of a thing that was moved away; NULL: nothing. */
typedef void put_fn(struct fixture *f, const char *path);

static void move(struct fixture *f, const char *from, const char *to)
{
	assert_int_equal(renameat(f->sys.root, from + 1, f->sys.root, to + 1),
			 0);
}

static void boot_without(struct fixture *f, const char *path, put_fn *put,
			 bool strict)
{
	move(f, path, "/away");
	if (put)
		put(f, path);
	fixture_cmdline(f, strict ? "root=LABEL=/ pvroot=strict,wait=0"
				  : "root=LABEL=/ pvroot=wait=0");
	fixture_file(f, "/dev/kmsg", "");
	f->writes = 0;
	fixture_boot(f);
	judge(f, path, strict);
	if (put)
		fixture_remove(f, path);
	move(f, "/away", path);
}

static void sweep(struct fixture *f, int kind, put_fn *const *ways,
		  size_t count)
{
	unsigned int i;
	size_t way;

	add_guest(f);
	collect(f, kind);
	f->deaf = true;
	for (i = 0; i < paths.count; i++) {
		for (way = 0; way < count; way++) {
			boot_without(f, paths.at[i], ways[way], false);
			boot_without(f, paths.at[i], ways[way], true);
		}
	}
}

static void nothing_in_it(struct fixture *f, const char *path)
{
	fixture_file(f, path, "");
}

static void junk_behind_it(struct fixture *f, const char *path)
{
	char text[256];

	fixture_read(f, "/away", text, 128);
	strcat(text, "junk\n\n9");
	fixture_file(f, path, text);
}

static void binary(struct fixture *f, const char *path)
{
	char bytes[5000];

	memset(bytes, 0xff, sizeof(bytes));
	fixture_bytes(f, path, bytes, sizeof(bytes));
}

static void any_attribute_may_be_wrong(void **state)
{
	static put_fn *const ways[] = { NULL, nothing_in_it, junk_behind_it,
					binary };

	sweep(*state, FTW_F, ways, 4);
}

static void to_nowhere(struct fixture *f, const char *path)
{
	fixture_link(f, path, "../../nowhere/at/all");
}

static void to_itself(struct fixture *f, const char *path)
{
	fixture_link(f, path, strrchr(path, '/') + 1);
}

static void any_link_may_lead_nowhere(void **state)
{
	static put_fn *const ways[] = { NULL, to_nowhere, to_itself };

	sweep(*state, FTW_SL, ways, 3);
}

static void any_entry_may_be_gone(void **state)
{
	static put_fn *const ways[] = { NULL };

	sweep(*state, FTW_D, ways, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(any_attribute_may_be_wrong),
		FIXTURE_TEST(any_link_may_lead_nowhere),
		FIXTURE_TEST(any_entry_may_be_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
