/* SPDX-License-Identifier: GPL-2.0-or-later
 * The fuzz targets, for libFuzzer and for the replay of the corpus. */
#ifndef PVROOT_TARGET_H
#define PVROOT_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each aborts where something is wrong, or a sanitizer does. Returns 0. */
int fuzz_probe(const uint8_t *input, size_t len);
int fuzz_text(const uint8_t *input, size_t len);
int fuzz_admin(const uint8_t *input, size_t len);
int fuzz_boot(const uint8_t *input, size_t len);

/* Checksums slow the fuzzer down: with this every CRC32 is zero (crc.c of this
 * folder, through the linker's --wrap). */
extern bool fuzz_no_crc;

#endif
