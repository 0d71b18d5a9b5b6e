// SPDX-License-Identifier: GPL-2.0-or-later
/* Replays what the fuzzers found worth keeping. Reads tests/fuzz/corpus. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The targets are not among the helpers of all unit tests: taken in here. */
#define check_entry check_entry_probe
#include "../fuzz/fuzz_probe.c"
#undef check_entry
#include "../fuzz/fuzz_text.c"
#include "../fuzz/sparse.c"

/* Without the fuzzers' --wrap the checksums count. */
bool fuzz_no_crc;

static int replay(const char *folder, int (*target)(const uint8_t *, size_t))
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		uint8_t *input = malloc(65536);
		char path[512];
		FILE *file;
		size_t len;

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		file = entry->d_name[0] == '.' ? NULL : fopen(path, "r");
		if (file) {
			len = fread(input, 1, 65536, file);
			fclose(file);
			input = realloc(input, len ? len : 1);
			target(input, len);
			count++;
		}
		free(input);
	}
	closedir(dir);
	return count;
}

static void what_the_disk_fuzzer_found_stays_fixed(void **state)
{
	(void)state;
	assert_in_range(replay("tests/fuzz/corpus/probe", fuzz_probe), 20,
			10000);
}

static void what_the_text_fuzzer_found_stays_fixed(void **state)
{
	(void)state;
	assert_in_range(replay("tests/fuzz/corpus/text", fuzz_text), 20, 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_disk_fuzzer_found_stays_fixed),
		cmocka_unit_test(what_the_text_fuzzer_found_stays_fixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
