/* SPDX-License-Identifier: GPL-2.0-or-later
 * Exact-length copies of what the parsers are given: see guard.c. */
#ifndef PVROOT_GUARD_H
#define PVROOT_GUARD_H

/* Frees the copies; to be called between two probes. */
void guard_reset(void);

#endif
