/* SPDX-License-Identifier: GPL-2.0-or-later
 * The inputs of a fuzz target, from their archive in tests/fuzz/corpus. */
#ifndef PVROOT_CORPUS_H
#define PVROOT_CORPUS_H

#include <stddef.h>
#include <stdint.h>

/* Hands each input of tests/fuzz/corpus/TARGET.tar to a fuzz target, and then
 * calls after, where there is one. Every input is a block of its own, of
 * exactly its length, so that AddressSanitizer sees a read behind its end.
 * Fails the test where the archive is missing, damaged or not what
 * tests/fuzz/pack makes. Returns the number of inputs. */
unsigned int corpus_replay(const char *target,
			   int (*one)(const uint8_t *input, size_t len),
			   void (*after)(void *ctx), void *ctx);

#endif
