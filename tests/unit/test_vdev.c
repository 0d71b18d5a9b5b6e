// SPDX-License-Identifier: GPL-2.0-or-later
/* Virtual device numbers: every major, its first and last disk, and what lies
 * beyond. Pure. Source of the numbers: the kernel's devices.txt. */
#include <errno.h>

#include "dev/vdev.h"
#include "fixture.h"

static void expect(uint32_t number, enum vdev_bus bus, unsigned int disk,
		   unsigned int part)
{
	struct vdev v = vdev_decode(number);

	assert_int_equal(v.bus, bus);
	assert_int_equal(v.disk, disk);
	assert_int_equal(v.part, part);
}

static void xvd_numbers_count_sixteen_minors_a_disk(void **state)
{
	(void)state;
	expect(51712, VDEV_XVD, 0, 0);		  /* xvda */
	expect(51713, VDEV_XVD, 0, 1);		  /* xvda1 */
	expect(51728, VDEV_XVD, 1, 0);		  /* xvdb */
	expect(51744, VDEV_XVD, 2, 0);		  /* xvdc */
	expect(202 << 8 | 255, VDEV_XVD, 15, 15); /* xvdp15 */
}

static void every_ide_major_has_two_disks(void **state)
{
	static const unsigned int majors[] = { 3,  22, 33, 34, 56,
					       57, 88, 89, 90, 91 };
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(majors) / sizeof(majors[0]); i++) {
		uint32_t first = majors[i] << 8;

		expect(first, VDEV_IDE, 2 * i, 0);
		expect(first + 63, VDEV_IDE, 2 * i, 63);
		expect(first + 64, VDEV_IDE, 2 * i + 1, 0);
		expect(first + 128, VDEV_UNKNOWN, 0, 0);
	}
	expect(768, VDEV_IDE, 0, 0);  /* hda */
	expect(5632, VDEV_IDE, 2, 0); /* hdc */
}

static void every_scsi_major_has_sixteen_disks(void **state)
{
	static const unsigned int majors[] = { 8,   65,	 66,  67,  68,	69,
					       70,  71,	 128, 129, 130, 131,
					       132, 133, 134, 135 };
	unsigned int i;

	(void)state;
	for (i = 0; i < sizeof(majors) / sizeof(majors[0]); i++) {
		uint32_t first = majors[i] << 8;

		expect(first, VDEV_SCSI, 16 * i, 0);
		expect(first + 255, VDEV_SCSI, 16 * i + 15, 15);
	}
	expect(2048, VDEV_SCSI, 0, 0); /* sda */
}

static void extended_numbers_hold_a_million_disks(void **state)
{
	(void)state;
	expect(1u << 28, VDEV_XVD, 0, 0);
	expect(1u << 28 | 16 << 8, VDEV_XVD, 16, 0);	 /* xvdq */
	expect(1u << 28 | 26 << 8 | 7, VDEV_XVD, 26, 7); /* xvdaa7 */
	expect((1u << 29) - 1, VDEV_XVD, (1u << 20) - 1, 255);
	expect(1u << 29, VDEV_UNKNOWN, 0, 0);
	expect(1u << 28 | 1u << 29, VDEV_UNKNOWN, 0, 0);
	expect(UINT32_MAX, VDEV_UNKNOWN, 0, 0);
}

static void other_majors_are_unknown(void **state)
{
	(void)state;
	expect(0, VDEV_UNKNOWN, 0, 0);
	expect(11 << 8, VDEV_UNKNOWN, 0, 0);
	expect(203 << 8, VDEV_UNKNOWN, 0, 0);
	expect(1u << 27, VDEV_UNKNOWN, 0, 0);
}

static void letters_count_as_the_kernel_counts_them(void **state)
{
	static const struct {
		const char *letters;
		unsigned int disk;
	} good[] = { { "a", 0 },     { "z", 25 },     { "aa", 26 },
		     { "az", 51 },   { "ba", 52 },    { "zz", 701 },
		     { "aaa", 702 }, { "zzz", 18277 } };
	static const char *const bad[] = { "", "A", "a1", "1", "aaaa", "a-" };
	unsigned int disk;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(vdev_letters(good[i].letters, &disk), 0);
		assert_int_equal(disk, good[i].disk);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(vdev_letters(bad[i], &disk), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(xvd_numbers_count_sixteen_minors_a_disk),
		cmocka_unit_test(every_ide_major_has_two_disks),
		cmocka_unit_test(every_scsi_major_has_sixteen_disks),
		cmocka_unit_test(extended_numbers_hold_a_million_disks),
		cmocka_unit_test(other_majors_are_unknown),
		cmocka_unit_test(letters_count_as_the_kernel_counts_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
