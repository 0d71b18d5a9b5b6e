/* SPDX-License-Identifier: GPL-2.0-or-later
 * The interface between a format's file and the engine (probe.c). A new format
 * is a new file with one struct probe_format, and a row in table.c. */
#ifndef PVROOT_PROBE_FORMAT_H
#define PVROOT_PROBE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "probe/probe.h"

/* Parts of a device that hold the magic of nearly every format. Each is read
 * once, when it is first needed. The first one is PROBE_HEAD_SIZE bytes from
 * the start (ext, xfs, FAT, swap, LUKS, md 1.x …). */
#define PROBE_MIDDLE_SIZE 528 /* 32 KiB - 16: swap (32 KiB), JFS, ISO 9660 */
#define PROBE_DEEP_SIZE	  592 /* 64 KiB - 16: swap (64 KiB), btrfs, Reiser */
#define PROBE_WINDOWS	  3
#define PROBE_SPARE_SIZE  4096 /* the most for any other read */
#define PROBE_END_SIZE	  4096 /* what probe_end() reads */

/* For large variables that need not be filled with zeros each time. */
#define PROBE_UNSET __attribute__((uninitialized))

struct probe_window {
	uint32_t offset;
	uint32_t len; /* less than the window's size on a small device */
	bool read;
	uint8_t *data;
};

/* The state of one probe of one device: what was read so far. */
struct probe {
	struct probe_source *src;
	bool label_only; /* do not read UUIDs by the row's uuid_offset */
	int error;	 /* first -errno of a read, 0 */
	struct probe_window window[PROBE_WINDOWS];
	uint8_t head[PROBE_HEAD_SIZE];
	uint8_t middle[PROBE_MIDDLE_SIZE];
	uint8_t deep[PROBE_DEEP_SIZE];
	uint8_t spare[PROBE_SPARE_SIZE];
	uint64_t spare_offset;
	size_t spare_len;
};

enum {
	/* The search ends with this one (RAID, LVM, LUKS). */
	PROBE_STOPS = 1,
	/* Not looked for on a device as small as a floppy. */
	PROBE_NOT_TINY = 2,
	/* A second format is allowed beside this one (ISO 9660). */
	PROBE_TOLERANT = 4,
	/* Has a magic that lies in no window; its superblock is in the first
	 * one. */
	PROBE_UNSEEN = 8,
};

struct probe_format {
	const char *type;
	enum probe_usage usage;
	uint8_t flags;
	uint8_t magics; /* 0: check() alone decides */
	uint32_t min_size;
	const struct probe_magic *magic;
	/* The superblock: check() gets exactly super_size bytes from
	 * super_offset; where they cannot be read it is not called. At most
	 * PROBE_SPARE_SIZE. */
	uint32_t super_offset;
	uint32_t super_size;
	/* Where in the superblock a plain label and UUID are; 0: none. */
	uint16_t label_offset, label_size;
	uint16_t uuid_offset;
	/* Is it valid? Returns 1, 0 or -errno; may change *out, which has type,
	 * usage, label and UUID of this row already. sb stays valid as
	 * probe_bytes() says. */
	int (*check)(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out);
};

/* The formats in the order in which they are looked for. */
extern const struct probe_format *const probe_formats[];
extern const size_t probe_format_count;

/* Prepares a probe of src. */
void probe_start(struct probe *p, struct probe_source *src);

/* len bytes of the device from off, or NULL: beyond its end, more than
 * PROBE_SPARE_SIZE, or unreadable (p->error says). Bytes outside of the
 * windows stay valid only until the next call. */
const uint8_t *probe_bytes(struct probe *p, uint64_t off, size_t len);

/* The last PROBE_END_SIZE bytes, as above: formats that ask one after the other
 * share one read. NULL also where the device is smaller. */
const uint8_t *probe_end(struct probe *p);

/* Does the device hold at least count units of size bytes? Safe against
 * overflow. */
bool probe_fits(const struct probe *p, uint64_t count, uint64_t size);

/* Continues *crc over len bytes from off, in pieces; the four bytes at off +
 * skip count as zero. Returns false where they could not be read. */
bool probe_crc32c(struct probe *p, uint32_t *crc, uint64_t off, uint32_t len,
		  uint32_t skip);

/* Do these bytes lie in a partition of the device's own partition table? What
 * is found there is that partition's, not the whole disk's. */
bool probe_in_partition(struct probe *p, uint64_t off, uint64_t len);

/* Sets out->type. */
void probe_set_type(struct probe_result *out, const char *type);

/* Labels as libblkid reads them: up to the first NUL, spaces at the end cut.
 * UTF-16 becomes UTF-8. n is in bytes. */
void probe_set_label(struct probe_result *out, const uint8_t *s, size_t n);
void probe_set_label16(struct probe_result *out, const uint8_t *s, size_t n,
		       bool big_endian);

#endif
