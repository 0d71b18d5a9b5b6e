// SPDX-License-Identifier: GPL-2.0-or-later
/* Replays the files that the fuzzer found worth keeping. Linked without
 * src/sys/: tests/fuzz/files.c is the system. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../fuzz/target.h"
#include "corpus.h"

static void what_the_file_fuzzer_found_stays_fixed(void **state)
{
	(void)state;
	assert_in_range(corpus_replay("admin", fuzz_admin, NULL, NULL), 100,
			10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_file_fuzzer_found_stays_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
