/* SPDX-License-Identifier: GPL-2.0-or-later
 * Packed parts of an initrd: which program unpacks them, what Linux cannot
 * unpack, and where they end. */
#ifndef PVROOT_ADMIN_PACKED_H
#define PVROOT_ADMIN_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So many bytes of a part are enough to know its packer. */
#define PACKED_HEAD 12

/* A part of an open file: it begins at `at`, and the file ends at `end`. */
struct packed_part {
	int fd;
	uint64_t at, end;
};

struct packer {
	const char *magic;
	size_t len;
	const char *argv[5];
	/* Where the part ends, by its own structure: 0 or -EUCLEAN. NULL: it is
	 * taken to reach to the end of the file. */
	int (*find_end)(const struct packed_part *part, uint64_t *end);
};

/* The packer of what begins with these bytes, or NULL. */
const struct packer *packed_find(const uint8_t *head, size_t len);
/* Why Linux cannot unpack what begins with these bytes, or NULL. */
const char *packed_refused(const uint8_t *head, size_t len);
/* Is this gzip, whose end shows only after unpacking? */
bool packed_is_gzip(const struct packer *packer);
/* Where does a member of gzip end whose content has this CRC-32 and so many
 * bytes (modulo 2^32)? -ENOENT: nowhere. */
int packed_gzip_end(const struct packed_part *part, uint32_t crc, uint32_t size,
		    uint64_t *end);

#endif
