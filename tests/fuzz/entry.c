// SPDX-License-Identifier: GPL-2.0-or-later
/* libFuzzer's way into a target: FUZZ_MAIN is its name. */
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
	return FUZZ_MAIN(input, len);
}
