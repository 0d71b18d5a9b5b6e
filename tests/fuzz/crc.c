// SPDX-License-Identifier: GPL-2.0-or-later
/* CRCs that can be switched off. Pure, except for the switch. */
#include "base/crc.h"
#include "target.h"

bool fuzz_no_crc;

uint32_t __real_crc32_update(uint32_t crc, const uint8_t *data, size_t len)
	__attribute__((weak)); /* not there without --wrap */
uint32_t __real_crc32c_update(uint32_t crc, const uint8_t *data, size_t len)
	__attribute__((weak));
uint32_t __wrap_crc32_update(uint32_t crc, const uint8_t *data, size_t len);
uint32_t __wrap_crc32c_update(uint32_t crc, const uint8_t *data, size_t len);

/* The bytes are read in any case, so that AddressSanitizer checks the read. */
uint32_t __wrap_crc32_update(uint32_t crc, const uint8_t *data, size_t len)
{
	crc = __real_crc32_update(crc, data, len);
	return fuzz_no_crc ? 0 : crc;
}

uint32_t __wrap_crc32c_update(uint32_t crc, const uint8_t *data, size_t len)
{
	crc = __real_crc32c_update(crc, data, len);
	return fuzz_no_crc ? 0 : crc;
}
