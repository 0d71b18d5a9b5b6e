/* SPDX-License-Identifier: GPL-2.0-or-later
 * The bytes of one device, for parsers that open nothing. */
#ifndef PVROOT_FETCH_H
#define PVROOT_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A parser gets bytes through fetch() only, so that a disk, a golden image and
 * a fuzzer's buffer look the same to it. */
struct probe_source {
	uint64_t size;	      /* bytes; nothing beyond is ever asked for */
	uint32_t sector_size; /* logical sector: 512 to 4096, a power of two */
	bool whole; /* a whole disk: RAID of its controller may be on it */
	/* Fills buf[len] from byte offset off; returns 0 or -errno. */
	int (*fetch)(struct probe_source *src, uint64_t off, uint8_t *buf,
		     size_t len);
};

/* Bytes that identify a format. */
struct probe_magic {
	uint32_t offset; /* from the start of the device */
	uint8_t len;
	char bytes[11];
};

#endif
