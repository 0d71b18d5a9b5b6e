// SPDX-License-Identifier: GPL-2.0-or-later
/* Makes part of a file the only member of a RAID 1 of version 0.90, as
 * `mdadm --create --metadata=0.90 --level=1 --raid-devices=1 --force` does:
 * what the part holds stays in its place. Writes one superblock, at the part's
 * end.
 *
 *   md090 FILE OFFSET SIZE     in bytes */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <linux/raid/md_p.h>

/* The kernel's: the sum of all words, carries added at the end. */
static uint32_t sum_of(const mdp_super_t *sb)
{
	const uint32_t *word = (const uint32_t *)sb;
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < MD_SB_WORDS; i++)
		sum += word[i];
	return (uint32_t)sum + (uint32_t)(sum >> 32);
}

int main(int argc, char **argv)
{
	static mdp_super_t sb = {
		.md_magic = MD_SB_MAGIC,
		.minor_version = 90,
		.set_uuid0 = 0x11111111,
		.set_uuid1 = 0x22222222,
		.set_uuid2 = 0x33333333,
		.set_uuid3 = 0x44444444,
		.ctime = 1230000000,
		.utime = 1230000000,
		.level = 1,
		.nr_disks = 1,
		.raid_disks = 1,
		.state = 1 << MD_SB_CLEAN,
		.active_disks = 1,
		.working_disks = 1,
		.events_lo = 1,
		.cp_events_lo = 1,
	};
	uint64_t offset, sectors;
	int fd;

	if (argc != 4)
		return 2;
	offset = strtoull(argv[2], NULL, 10);
	sectors = MD_NEW_SIZE_SECTORS(strtoull(argv[3], NULL, 10) / 512);
	sb.size = (uint32_t)(sectors / 2);
	sb.disks[0].state = 1 << MD_DISK_ACTIVE | 1 << MD_DISK_SYNC;
	sb.this_disk = sb.disks[0];
	sb.sb_csum = sum_of(&sb);
	fd = open(argv[1], O_WRONLY);
	if (fd < 0 || pwrite(fd, &sb, sizeof(sb),
			     (off_t)(offset + sectors * 512)) != sizeof(sb)) {
		perror(argv[1]);
		return 1;
	}
	return close(fd) != 0;
}
