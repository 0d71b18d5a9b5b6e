/* SPDX-License-Identifier: GPL-2.0-or-later
 * A fault, and what it must do in auto and in strict (see fault.c). */
#ifndef PVROOT_FAULT_H
#define PVROOT_FAULT_H

#include "fixture.h"

struct fault {
	fixture_fn *make;
	const char *out;   /* in auto, with status 0 */
	int strict;	   /* status in strict; 0: with the same answer */
	const char *said;  /* is in the log in both modes; NULL: not checked */
	unsigned int wait; /* seconds of wait= */
	const char *sda;   /* "gone" or "kept"; NULL: not checked */
};

/* Boots a fresh guest with the fault, in auto, then another in strict. */
void expect_fault(void **state, const struct fault *fault);
#define EXPECT(state, ...)                                                     \
	expect_fault(state, &(const struct fault){ __VA_ARGS__ })

/* Replaces the guest by a new one. */
void fault_fresh(void **state);

#endif
