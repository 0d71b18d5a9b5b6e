/* SPDX-License-Identifier: GPL-2.0-or-later
 * The checksums of on-disk formats. Pure. */
#ifndef PVROOT_CRC_H
#define PVROOT_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Both reflected, no inversion before or after: callers start with the seed
 * their format says (mostly ~0) and invert where it says so. */
uint32_t crc32_update(uint32_t crc, const uint8_t *data, size_t len);
uint32_t crc32c_update(uint32_t crc, const uint8_t *data, size_t len);

#endif
