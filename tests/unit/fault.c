// SPDX-License-Identifier: GPL-2.0-or-later
/* Boots a guest with a fault in both modes. Touches the fixture only. */
#include "fault.h"

#include <stdio.h>
#include <string.h>

void fault_fresh(void **state)
{
	fixture_teardown(state);
	assert_int_equal(fixture_setup(state), 0);
}

static void boot_with(struct fixture *f, const struct fault *fault, bool strict)
{
	char line[128];

	fault->make(f);
	snprintf(line, sizeof(line), "root=LABEL=/ pvroot=wait=%u%s",
		 fault->wait, strict ? ",strict" : "");
	fixture_cmdline(f, line);
	assert_int_equal(fixture_boot(f), strict ? fault->strict : 0);
	check_out(f, strict && fault->strict ? "" : fault->out);
	if (fault->said)
		check_said(f, fault->said);
	if (fault->sda)
		assert_int_equal(fixture_exists(f, "/sys/block/sda"),
				 !strcmp(fault->sda, "kept"));
}

void expect_fault(void **state, const struct fault *fault)
{
	boot_with(*state, fault, false);
	fault_fresh(state);
	boot_with(*state, fault, true);
}
