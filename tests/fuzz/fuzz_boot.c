// SPDX-License-Identifier: GPL-2.0-or-later
/* Fuzz target: the whole of `pvroot boot` in a guest that is made from the
 * input (world.h). The judge aborts where pvroot does something that it knows
 * to be wrong; so does a sanitizer. */
#include "story/boot.h"
#include "target.h"
#include "world.h"

int fuzz_boot(const uint8_t *input, size_t len)
{
	static const struct sys sys = { .root = -1, .fixture = true };

	world_make(input, len);
	world.status = boot(&sys, world.nodes, "");
	judge_end(world.status);
	return 0;
}
