/* SPDX-License-Identifier: GPL-2.0-or-later
 * Turns a fuzzer's input into a disk. The input: 7 bytes of size, one of
 * flags, then records of a 6-byte offset, a 2-byte length and that many
 * bytes; little-endian. An offset with its highest bit set counts from the
 * end of the disk. All other bytes of the disk are zero. Pure. */
#ifndef PVROOT_SPARSE_H
#define PVROOT_SPARSE_H

#include "probe/probe.h"

#define SPARSE_RECORDS 1024
#define SPARSE_4096    1 /* flag: the sector size */
#define SPARSE_NO_CRC  2 /* flag: every CRC is zero, so that one can match */

struct sparse {
	struct probe_source bytes;
	uint8_t flags;
	size_t records;
	struct {
		uint64_t offset;
		const uint8_t *data;
		size_t len;
	} record[SPARSE_RECORDS];
};

/* Reads input[len], which must outlive the disk. */
void sparse_open(struct sparse *disk, const uint8_t *input, size_t len);

#endif
