// SPDX-License-Identifier: GPL-2.0-or-later
/* Replays the guests that the fuzzer found worth keeping. Linked without
 * src/sys/: the whole guest is tests/fuzz/world.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "../fuzz/target.h"
#include "../fuzz/world.h"
#include "corpus.h"

/* What the guests of the corpus came to: all of it must be among them. */
struct seen {
	unsigned int guests, answers, stops, deeds, faults;
};

static void take_note(void *ctx)
{
	struct seen *seen = ctx;

	seen->answers += world.outs > 0;
	seen->stops += world.status == 1;
	seen->deeds += world.deeds > 0;
	seen->faults += world.failed > 0;
}

static void guests_that_the_fuzzer_found_are_safe(void **state)
{
	struct seen seen = { 0 };

	(void)state;
	seen.guests = corpus_replay("boot", fuzz_boot, take_note, &seen);
	print_message("# %u guests: %u answered, %u stopped, %u acted upon, %u "
		      "with failing calls\n",
		      seen.guests, seen.answers, seen.stops, seen.deeds,
		      seen.faults);
	assert_in_range(seen.answers, 10, 10000);
	assert_in_range(seen.stops, 10, 10000);
	assert_in_range(seen.deeds, 10, 10000);
	assert_in_range(seen.faults, 10, 10000);
}

/* Without it a corpus of dull guests would prove nothing. */
static void a_guest_of_two_twins_is_acted_upon(void **state)
{
	static const uint8_t twins[] = { 0, 0, 0, 0, 0, 0, 0 };

	(void)state;
	fuzz_boot(twins, sizeof(twins));
	assert_int_equal(world.status, 0);
	assert_true(world.disk[0].gone);
	assert_non_null(strstr(world.out, "root='/dev/xvdb1'"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guests_that_the_fuzzer_found_are_safe),
		cmocka_unit_test(a_guest_of_two_twins_is_acted_upon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
