// SPDX-License-Identifier: GPL-2.0-or-later
/* Replays the guests that the fuzzer found worth keeping. Linked without
 * src/sys/: the whole guest is tests/fuzz/world.h. Reads
 * tests/fuzz/corpus/boot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "../fuzz/target.h"
#include "../fuzz/world.h"

/* What the guests of the corpus came to: all of it must be among them. */
struct seen {
	unsigned int guests, answers, stops, deeds, faults;
};

static void replay(const char *path, struct seen *seen)
{
	FILE *file = fopen(path, "r");
	uint8_t input[4096];
	size_t len;

	assert_non_null(file);
	len = fread(input, 1, sizeof(input), file);
	fclose(file);
	fuzz_boot(input, len);
	seen->guests++;
	seen->answers += world.outs > 0;
	seen->stops += world.status == 1;
	seen->deeds += world.deeds > 0;
	seen->faults += world.failed > 0;
}

static void guests_that_the_fuzzer_found_are_safe(void **state)
{
	DIR *dir = opendir("tests/fuzz/corpus/boot");
	struct seen seen = { 0 };
	struct dirent *entry;
	char path[512];

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		snprintf(path, sizeof(path), "tests/fuzz/corpus/boot/%s",
			 entry->d_name);
		if (entry->d_name[0] != '.')
			replay(path, &seen);
	}
	closedir(dir);
	print_message("%u guests: %u answered, %u stopped, %u acted upon, %u "
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
