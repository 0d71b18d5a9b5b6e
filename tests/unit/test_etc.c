// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names of disks each file of the configuration has. */
#include <stdio.h>
#include <string.h>

#include "find/inuse.h"
#include "names.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define WWIDS	 "/etc/multipath/wwids"
#define LVM	 "/etc/lvm/lvm.conf"
#define UNIT	 "/etc/systemd/system/"
#define RULES	 "/etc/udev/rules.d/99-x.rules"

static void fstab_names_what_a_boot_needs(void **state)
{
	expect_names(*state, "/etc/fstab",
		     "# /dev/sda1 was on / during installation\n"
		     "UUID=1-2 / ext4 errors=remount-ro 0 1\n"
		     "/dev/sda2\tnone swap sw 0 0\n"
		     "  /dev/disk/by-id/ata-x-part3 /srv ext4 defaults 0 2\n"
		     "LABEL=b /b btrfs device=/dev/sdb,device=/dev/sdc 0 0\n"
		     "/dev/sdd1 /u auto user,noauto\n/dev/sde1 /m auto nofail\n"
		     "/dev/sdf1 /x ext4 defaults 0 0 # /dev/sdg1\n",
		     "/etc/fstab:3 /dev/sda2\n"
		     "/etc/fstab:4 /dev/disk/by-id/ata-x-part3\n"
		     "/etc/fstab:5 /dev/sdb,device=/dev/sdc\n"
		     "/etc/fstab:5 /dev/sdc\n"
		     "/etc/fstab:6 later /dev/sdd1\n"
		     "/etc/fstab:7 later /dev/sde1\n"
		     "/etc/fstab:8 /dev/sdf1\n");
}

static void crypttab_md_and_units_are_read(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/crypttab",
		  "root /dev/sda2 none luks\nx UUID=1 /dev/sdb:/k luks\n"
		  "y /dev/sdc1 none luks,nofail\n",
		  "/etc/crypttab:1 /dev/sda2\n/etc/crypttab:2 /dev/sdb:/k\n"
		  "/etc/crypttab:3 later /dev/sdc1\n" },
		{ "/etc/mdadm/mdadm.conf",
		  "DEVICE /dev/sda1 /dev/sd[bc]1\nARRAY /dev/md0 UUID=1\n",
		  "/etc/mdadm/mdadm.conf:1 /dev/sda1\n"
		  "/etc/mdadm/mdadm.conf:1 /dev/sd[bc]1\n"
		  "/etc/mdadm/mdadm.conf:2 /dev/md0\n" },
		{ UNIT "srv.mount", "[Mount]\nWhat=/dev/sda3\nWhere=/srv\n",
		  UNIT "srv.mount:2 /dev/sda3\n" },
		{ UNIT "x.swap", "What = /dev/sda3\nOptions=pri=1\n",
		  UNIT "x.swap:1 /dev/sda3\n" },
		{ UNIT "x.mount", "Options=logdev=/dev/sda3\n",
		  UNIT "x.mount:1 /dev/sda3\n" },
		{ UNIT "x.mount.d/o.conf", "[Mount]\nWhat=/dev/sda3\n",
		  UNIT "x.mount.d/o.conf:2 /dev/sda3\n" },
		{ UNIT "x.mount.d/o.txt", "What=/dev/sda3\n", "" },
		{ "/usr/local/lib/systemd/system/x.mount", "What=/dev/sda3\n",
		  "/usr/local/lib/systemd/system/x.mount:1 /dev/sda3\n" },
		{ UNIT "x.service",
		  "[Unit]\nBindsTo=dev-disk-by\\x2did-ata\\x2dx.device\n"
		  "ExecStart=/bin/log /dev/log /dev/sda3\n",
		  UNIT "x.service:2 /dev/disk/by-id/ata-x\n" UNIT
		       "x.service:3 /dev/sda3\n" },
		{ "/etc/fstab",
		  "LABEL=a / ext4 x-systemd.requires=dev-sda2.device\n"
		  "/dev/sdb1 /h ext4 noauto,x-systemd.automount\n"
		  "/dev/sdc1 /i ext4 noauto,nofail,x-systemd.automount\n",
		  "/etc/fstab:1 /dev/sda2\n/etc/fstab:2 /dev/sdb1\n"
		  "/etc/fstab:3 later /dev/sdc1\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

static void files_that_only_an_image_reads_name_disks(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/crypttab.initramfs", "root /dev/sda2 none luks\n",
		  "/etc/crypttab.initramfs:1 /dev/sda2\n" },
		{ "/etc/fstab.sys", "/dev/sda2 /usr ext4 ro\n",
		  "/etc/fstab.sys:1 /dev/sda2\n" },
		{ "/etc/veritytab", "usr /dev/sda2 /dev/sda3 00 nofail\n",
		  "/etc/veritytab:1 /dev/sda2\n/etc/veritytab:1 /dev/sda3\n" },
		{ "/etc/integritytab", "x /dev/sda2\n",
		  "/etc/integritytab:1 /dev/sda2\n" },
		{ "/etc/mdadm/mdadm.conf.d/a.conf", "DEVICE /dev/sda2\n",
		  "/etc/mdadm/mdadm.conf.d/a.conf:1 /dev/sda2\n" },
		{ "/etc/mdadm.conf.d/a.conf", "DEVICE /dev/sda2\n",
		  "/etc/mdadm.conf.d/a.conf:1 /dev/sda2\n" },
		{ "/etc/initramfs-tools/conf.d/cryptroot",
		  "target=x,source=/dev/sda2,key=none\nRESUME=/dev/sda3\n",
		  "/etc/initramfs-tools/conf.d/cryptroot:1 /dev/sda2\n" },
		{ "/etc/initramfs-tools/initramfs.conf",
		  "MODULES=most\nDEVICE=lan0\n",
		  "/etc/initramfs-tools/initramfs.conf:2 nic lan0\n" },
		{ "/etc/uswsusp.conf", "resume device = /dev/sda2\n",
		  "/etc/uswsusp.conf:1 /dev/sda2\n" },
		{ "/etc/lvm/devices/my.devices",
		  "IDTYPE=devname IDNAME=/dev/sda2 PVID=x\n",
		  "/etc/lvm/devices/my.devices:1 /dev/sda2\n" },
		{ "/etc/lvm/devices/system.devices",
		  "IDTYPE=sys_wwid IDNAME=t10.ATA DEVNAME=/dev/sda2 PVID=x\n",
		  "/etc/lvm/devices/system.devices:1 /dev/sda2:sys_wwid\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* A map over the emulated disk goes with it, and /dev/mapper/mpatha too. */
static void a_disk_that_multipath_has_taken_stays(void **state)
{
	static const struct names_row rows[] = {
		{ WWIDS,
		  "# Multipath wwids\n/360002ac0000000000000/\n"
		  "/QEMU_HARDDISK_QM00005/\n#/0QEMU_QEMU_HARDDISK_1/\n",
		  WWIDS ":3 /dev/?\n" },
		{ WWIDS,
		  "/nvme.8086-31-51454d55204e564d65204374726c-00000001/\n",
		  WWIDS ":1 /dev/?\n" },
		{ WWIDS, "/360002ac0000000000000/\nQEMU\n", "" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

static void what_lies_below_root_names_disks(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/overlayroot.conf",
		  "# overlayroot=/dev/sda9\n"
		  "overlayroot=\"crypt:dev=/dev/sda2,timeout=20\"\n",
		  "/etc/overlayroot.conf:2 /dev/sda2\n" },
		{ "/etc/dracut.conf.d/a.conf",
		  "kernel_cmdline=\"root=/dev/sda1\"\n"
		  "fstab_lines+=( \"/dev/sda2 /x ext4\" )\n",
		  "/etc/dracut.conf.d/a.conf:2 /dev/sda2\n" },
		{ "/etc/conf.d/dmcrypt", "target=x\nsource='/dev/sda2'\n",
		  "/etc/conf.d/dmcrypt:2 /dev/sda2\n" },
		{ "/etc/suspend.conf", "resume device = /dev/sda2\n",
		  "/etc/suspend.conf:1 /dev/sda2\n" },
		{ "/etc/fstab", "ID=scsi-SATA_x-part3 /x ext4 noatime 0 0\n",
		  "/etc/fstab:1 /dev/disk/by-id/scsi-SATA_x-part3\n" },
		{ "/etc/fstab", "LABEL=x /x ext4 journal_dev=0x811 0 0\n",
		  "/etc/fstab:1 /dev/?\n" },
		{ UNIT "x.mount", "Options=noatime,journal_dev=0x811\n",
		  UNIT "x.mount:1 /dev/?\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* XDR: a length before each string, NULs up to a multiple of four after it. */
static void zfs_looks_for_a_pool_at_its_paths(void **state)
{
	static const char cache[] =
		"\1\1\0\0\0\0\0\4path\0\0\0\t\0\0\0\1\0\0\0\t"
		"/dev/sdb1\0\0\0\0\0\0\4path\0\0\0\t\0\0\0\1\0\0\0#"
		"/dev/disk/by-id/nvme-QEMU_x_1-part1\0\0\0\0\5devid"
		"\0\0\0\0\0\0\16nvme-QEMU_x_1\0\0";
	struct fixture *f = *state;

	fixture_bytes(f, "/etc/zfs/zpool.cache", cache, sizeof(cache));
	assert_string_equal(names_of(f),
			    "/etc/zfs/zpool.cache /dev/sdb1\n"
			    "/etc/zfs/zpool.cache "
			    "/dev/disk/by-id/nvme-QEMU_x_1-part1\n");
}

/* The file system's superblock has the journal's device number. */
static void a_journal_of_its_own_is_named_by_its_number(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/proc/fs/jbd2/sda1-8/info", "");
	fixture_file(f, "/proc/fs/jbd2/dm-0-8/info", "");
	assert_string_equal(names_of(f), "");
	fixture_file(f, "/proc/fs/jbd2/sda2/info", "");
	assert_string_equal(names_of(f), "/proc/fs/jbd2 /dev/block/8:2\n");
}

static void lvm_filters_are_read(void **state)
{
	static const struct names_row rows[] = {
		{ LVM,
		  "devices {\n dir = \"/dev\"\n"
		  " preferred_names = [ \"^/dev/mpath/\", \"^/dev/[hs]d\" ]\n"
		  " # filter = [ \"a|/dev/sdz|\" ]\n"
		  " global_filter = [ \"a|^/dev/sda|\",\n"
		  "   \"r|^/dev/sdb|\",\n   \"a|/dev/sdc$|\" ]\n"
		  " scan = [ \"/dev/sdq\" ]\n}\n",
		  LVM ":5 /dev/sda|\n" LVM ":6 reject ^/dev/sdb\n" LVM
		      ":7 /dev/sdc$|\n" },
		{ LVM,
		  "filter = [ \"a|/dev/xvda|\", \"r/.*/\", \"r|\" ]\n"
		  "global_filter = [ \"r|by-id//ata|\", \"r|.*|\", \"r|.*\" "
		  "]\n",
		  LVM ":1 /dev/xvda|\n" LVM ":2 reject by-id//ata\n" },
		/* a bracket in a pattern does not end the list */
		{ LVM, "filter = [ \"a|/dev/sd[bc]|\",\n \"a|/dev/sda|\" ]\n",
		  LVM ":1 /dev/sd[bc]|\n" LVM ":2 /dev/sda|\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* What lvm2 takes: any sign around a pattern, which matches anywhere. */
static void lvm_accepts_in_any_form(void **state)
{
	static const struct {
		const char *pattern, *name;
	} rows[] = {
		{ "\"a/sda/\"", "/dev/sda|" },
		{ "\"a|sd.*|\"", "/dev/sd.*|" },
		{ "\"a|^/dev/sd|\"", "/dev/sd.*|" },
		{ "\"a|/dev/nvme0|\"", "/dev/nvme0.*|" },
		{ "\"a@/dev/sda@\"", "/dev/sda|" },
		{ "\"a(/dev/sda)\"", "/dev/sda|" },
		{ "\"a/\\/dev\\/sda2/\"", "/dev/sda2|" },
		{ "'a|/dev/sda2|'", "/dev/sda2|" },
		{ "\"a|.*/sda2$|\"", "/dev/sda2$|" },
		{ "\"a|[sh]d.*|\"", "/dev/?" },
		{ "\"a|d|\"", "/dev/?" },
		{ "\"a|mpath|\"", NULL },
		{ "\"a|^/dev/.*|\"", NULL },
		{ "\"a|.*|\"", NULL },
		{ "\"a|sda/\"", NULL }, /* lvm2 refuses it */
	};
	char text[128], wanted[128];
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		snprintf(text, sizeof(text), "filter = [ %s, \"r|.*|\" ]\n",
			 rows[i].pattern);
		snprintf(wanted, sizeof(wanted), LVM ":1 %s\n",
			 rows[i].name ? rows[i].name : "");
		expect_names(*state, LVM, text, rows[i].name ? wanted : "");
	}
}

/* The twin is all that LVM takes then. */
static void a_pv_disk_that_lvm_rejects_keeps_all_twins(void **state)
{
	static const char *const patterns[] = { "^/dev/xvd", "/dev/xvd.*",
						"xvd", "^/dev/xvda2$",
						"/dev/x.*" };
	char text[128], wanted[128];
	size_t i;

	for (i = 0; i < COUNT(patterns); i++) {
		snprintf(text, sizeof(text), "filter = [ \"r|%s|\" ]\n",
			 patterns[i]);
		snprintf(wanted, sizeof(wanted),
			 LVM ":1 reject %s\n" LVM ":1 /dev/?\n", patterns[i]);
		expect_names(*state, LVM, text, wanted);
	}
	expect_names(*state, LVM, "filter = [ \"r|/dev/xylophone|\" ]\n",
		     LVM ":1 reject /dev/xylophone\n");
}

static void a_rule_of_the_owner_names_its_disks(void **state)
{
	static const struct names_row rows[] = {
		{ RULES,
		  "# x\nKERNEL==\"sda2\", RUN+=\"/bin/raw /dev/raw/raw1 %N\"\n",
		  RULES ":2 /dev/sda2*\n" },
		{ RULES,
		  "SUBSYSTEM==\"block\", KERNEL==\"sd[bc]1|sda2\", \\\n"
		  "  SYMLINK+=\"data\"\nKERNEL==\"hdb\", MODE=\"0660\"\n",
		  RULES ":1 /dev/sd[bc]1*\n" RULES ":1 /dev/sda2*\n" RULES
			":3 /dev/hdb*\n" },
		{ RULES, "KERNEL==\"sd?1\", OWNER=\"oracle\", GROUP=\"dba\"\n",
		  RULES ":1 /dev/sd?1*\n" },
		{ RULES,
		  "KERNEL==\"sd*\", PROGRAM==\"/lib/udev/scsi_id -g $name\", "
		  "RESULT==\"36000c29f\", SYMLINK+=\"oracleasm/d1\"\n",
		  RULES ":1 /dev/?\n" },
		{ RULES, "ENV{ID_MODEL}==\"QEMU_HARDDISK\", SYMLINK+=\"d\"\n",
		  RULES ":1 /dev/?\n" },
		{ RULES,
		  "ENV{ID_SERIAL}==\"QEMU_HARDDISK_QM00001\", SYMLINK+=\"d\"\n",
		  RULES ":1 /dev/?\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* They hold for the PV disk too, or are of something else. */
static void a_rule_for_every_disk_names_none(void **state)
{
	static const char *const rules[] = {
		"KERNEL==\"sda\", ATTR{queue/scheduler}=\"none\"",
		"KERNEL==\"sd*[!0-9]\", GROUP=\"disk\"",
		"KERNEL==\"sd*\", SYMLINK+=\"disk/by-x/$env{X}\"",
		"KERNEL==\"hd[a-z]\", NAME=\"%k\"",
		"KERNEL==\"hd[a-z]\", SYSFS{removable}==\"1\", "
		"RESULT==\"cdrom\", SYMLINK=\"cdrom%e\"",
		"KERNEL!=\"sda\", GROUP=\"disk\", SYMLINK+=\"x\"",
		"KERNEL==\"sd*\", ENV{ID_SERIAL}==\"?*\", SYMLINK+=\"x\"",
		"ENV{ID_CDROM}==\"?*\", ENV{ID_PATH}==\"pci-0000:00:01.1\", "
		"SYMLINK+=\"cdrom\", ENV{GENERATED}=\"1\"",
		"SUBSYSTEM==\"net\", ENV{ID_PATH}==\"pci-0000:00:04.0\", "
		"NAME=\"lan0\"",
		"KERNEL==\"sda\", RUN+=\"/sbin/hdparm -S 30 /dev/sda\"",
		"KERNEL==\"nvme[0-9]*n[0-9]*\", "
		"ATTRS{model}==\"Amazon Elastic Block Store\", "
		"PROGRAM=\"/sbin/ebsnvme-id -u /dev/%k\", SYMLINK+=\"%c\"",
		"ATTRS{idVendor}==\"0403\", ATTRS{serial}==\"A100\", "
		"SYMLINK+=\"gps\"",
		"KERNEL==\"ttyUSB*\", ATTRS{serial}==\"A100\", SYMLINK+=\"x\"",
		"KERNEL==\"sda", /* no end */
	};
	size_t i;

	for (i = 0; i < COUNT(rules); i++)
		expect_names(*state, RULES, rules[i], "");
}

static void services_name_disks(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/drbd.d/r0.res", "on a {\n disk /dev/sda2;\n}\n",
		  "/etc/drbd.d/r0.res:2 /dev/sda2\n" },
		{ "/etc/auto.misc",
		  "cd -fstype=iso9660,ro :/dev/cdrom\nd -fstype=ext4 "
		  ":/dev/sda2\n",
		  "/etc/auto.misc:2 /dev/sda2\n" },
		{ "/etc/target/saveconfig.json", "\"dev\": \"/dev/sda2\",\n",
		  "/etc/target/saveconfig.json:1 /dev/sda2\n" },
		{ "/etc/libvirt/qemu/a.xml",
		  "<emulator>/dev/kvm</emulator>\n<source dev='/dev/sda2'/>\n",
		  "/etc/libvirt/qemu/a.xml:2 /dev/sda2\n" },
		{ "/etc/rc.local", "swapon /dev/sda2 >/dev/null\n",
		  "/etc/rc.local:1 /dev/sda2\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(fstab_names_what_a_boot_needs),
		FIXTURE_TEST(crypttab_md_and_units_are_read),
		FIXTURE_TEST(files_that_only_an_image_reads_name_disks),
		FIXTURE_TEST(a_disk_that_multipath_has_taken_stays),
		FIXTURE_TEST(what_lies_below_root_names_disks),
		FIXTURE_TEST(zfs_looks_for_a_pool_at_its_paths),
		FIXTURE_TEST(a_journal_of_its_own_is_named_by_its_number),
		FIXTURE_TEST(lvm_filters_are_read),
		FIXTURE_TEST(lvm_accepts_in_any_form),
		FIXTURE_TEST(a_pv_disk_that_lvm_rejects_keeps_all_twins),
		FIXTURE_TEST(a_rule_of_the_owner_names_its_disks),
		FIXTURE_TEST(a_rule_for_every_disk_names_none),
		FIXTURE_TEST(services_name_disks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
