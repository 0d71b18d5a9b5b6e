// SPDX-License-Identifier: GPL-2.0-or-later
/* The two tables of the design, row by row. Pure. */
#include <errno.h>
#include <string.h>

#include "fixture.h"
#include "policy/policy.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A disk that nobody uses and a NIC, in auto and in strict: which of the four
 * go though this is known? */
static void each_reason_keeps_what_the_table_says(void **state)
{
	static const struct {
		const char *why;
		struct policy_twin twin;
		bool disk[2], nic[2]; /* goes in auto, in strict */
	} rows[] = {
		{ NULL, { 0 }, { true, true }, { true, true } },
		{ "keep= asks for it", { .kept = true }, { 0 }, { 0 } },
		{ "it was brought back", { .restored = true }, { 0 }, { 0 } },
		{ "that is gone", { .pv_gone = true }, { 0 }, { 0 } },
		{ "a name in use means it",
		  { .named = true },
		  { false, true },
		  { 0 } },
		{ "it is not known which names are in use",
		  { .unsure = true },
		  { false, true },
		  { 0 } },
		{ "in use", { .busy = true }, { 0 }, { 0 } },
		{ "whether it is in use cannot be told",
		  { .error = -EIO },
		  { 0 },
		  { 0 } },
	};
	size_t i, strict;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (strict = 0; strict < 2; strict++) {
			struct policy_twin twin = rows[i].twin;
			struct policy_fate disk, nic;

			twin.strict = strict;
			disk = policy_twin(&twin);
			twin.nic = true;
			nic = policy_twin(&twin);
			if (disk.goes != rows[i].disk[strict] ||
			    nic.goes != rows[i].nic[strict] ||
			    !disk.goes != (disk.why != NULL))
				fail_msg("row %zu, strict %zu", i, strict);
			if (!disk.goes)
				assert_string_equal(disk.why, rows[i].why);
		}
	}
}

/* A network card that is up is the usual thing: a warning, and other words. */
static void a_card_in_use_is_a_warning_a_disk_is_an_error(void **state)
{
	struct policy_twin twin = { .busy = true };
	struct policy_fate fate = policy_twin(&twin);

	(void)state;
	assert_int_equal(fate.level, LOG_ERR);
	twin.nic = true;
	fate = policy_twin(&twin);
	assert_int_equal(fate.level, LOG_WARN);
	assert_string_equal(fate.why, "up or in use");
}

static void the_gentlest_way_is_taken(void **state)
{
	static const struct {
		struct policy_place place;
		enum policy_way way;
	} rows[] = {
		{ { .old_ide = true }, POLICY_HIDE },
		{ { .old_ide = true, .others = true }, POLICY_HIDE },
		{ { .single = true }, POLICY_DELETE },
		{ { .single = true, .others = true }, POLICY_DELETE },
		{ { .others = true }, POLICY_STAY },
		{ { 0 }, POLICY_UNBIND },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(policy_way(&rows[i].place), rows[i].way);
}

static void a_boot_goes_on_as_the_table_says(void **state)
{
	static const struct {
		struct policy_boot boot;
		enum policy_verdict in_auto, in_strict;
	} rows[] = {
		{ { .root = POLICY_ROOT_ON_PV }, POLICY_ANSWER, POLICY_ANSWER },
		{ { .root = POLICY_ROOT_ON_PV, .old_path = true },
		  POLICY_OLD_PATH,
		  POLICY_OLD_PATH },
		{ { .root = POLICY_ROOT_ON_PV, .busy = true },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
		{ { .root = POLICY_ROOT_ON_PV, .member = true },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
		{ { .root = POLICY_ROOT_TWICE },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
		{ { .root = POLICY_ROOT_NOWHERE },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
		{ { .root = POLICY_ROOT_NETWORK },
		  POLICY_AS_IT_WAS,
		  POLICY_AS_IT_WAS },
		{ { .root = POLICY_ROOT_STACK },
		  POLICY_AS_IT_WAS,
		  POLICY_AS_IT_WAS },
		{ { .root = POLICY_ROOT_STACK, .member = true },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
		{ { .root = POLICY_ROOT_STACK, .no_pv = true },
		  POLICY_AS_IT_WAS,
		  POLICY_STOP },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct policy_boot boot = rows[i].boot;

		assert_int_equal(policy_boot(&boot), rows[i].in_auto);
		boot.strict = true;
		assert_int_equal(policy_boot(&boot), rows[i].in_strict);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reason_keeps_what_the_table_says),
		cmocka_unit_test(a_card_in_use_is_a_warning_a_disk_is_an_error),
		cmocka_unit_test(the_gentlest_way_is_taken),
		cmocka_unit_test(a_boot_goes_on_as_the_table_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
