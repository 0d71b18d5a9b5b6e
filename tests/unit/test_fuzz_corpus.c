// SPDX-License-Identifier: GPL-2.0-or-later
/* Replays what the fuzzers found worth keeping. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* The targets are not among the helpers of all unit tests: taken in here. */
#define check_entry check_entry_probe
#include "../fuzz/fuzz_probe.c"
#undef check_entry
#include "../fuzz/fuzz_text.c"
#include "../fuzz/sparse.c"
#include "corpus.h"

/* Without the fuzzers' --wrap the checksums count. */
bool fuzz_no_crc;

static void what_the_disk_fuzzer_found_stays_fixed(void **state)
{
	(void)state;
	assert_in_range(corpus_replay("probe", fuzz_probe, NULL, NULL), 20,
			10000);
}

static void what_the_text_fuzzer_found_stays_fixed(void **state)
{
	(void)state;
	assert_in_range(corpus_replay("text", fuzz_text, NULL, NULL), 20,
			10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_disk_fuzzer_found_stays_fixed),
		cmocka_unit_test(what_the_text_fuzzer_found_stays_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
