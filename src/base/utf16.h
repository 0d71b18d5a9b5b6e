/* SPDX-License-Identifier: GPL-2.0-or-later
 * Converts UTF-16, as disks hold it, to UTF-8. Pure. */
#ifndef PVROOT_UTF16_H
#define PVROOT_UTF16_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the n bytes of src to dst[size], up to the first NUL. Spaces at the
 * end are cut, what does not fit is left out, and dst always ends with a NUL.
 * An unpaired surrogate is encoded as it is, as libblkid does. Returns the
 * length. */
size_t utf16_decode(char *dst, size_t size, const uint8_t *src, size_t n,
		    bool big_endian);

#endif
