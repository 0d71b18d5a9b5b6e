/* SPDX-License-Identifier: GPL-2.0-or-later
 * The checksums of on-disk formats. Pure. */
#ifndef PVROOT_CRC_H
#define PVROOT_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Both are reflected and invert nothing: the caller gives the seed of its
 * format (mostly ~0) and inverts the result where the format does. */
uint32_t crc32_update(uint32_t crc, const uint8_t *data, size_t len);
uint32_t crc32c_update(uint32_t crc, const uint8_t *data, size_t len);

#endif
