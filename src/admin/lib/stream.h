/* SPDX-License-Identifier: GPL-2.0-or-later
 * Bytes that can be read only once, from a file or a decompressor, with limits
 * on their number and the time. */
#ifndef PVROOT_STREAM_H
#define PVROOT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STREAM_SIZE 32768

struct stream {
	int fd;
	uint64_t deadline_us;
	uint64_t left;	 /* bytes that may still be read */
	bool ends;	 /* the end is there, not a limit */
	uint64_t offset; /* bytes taken so far */
	size_t at, have;
	uint8_t buf[STREAM_SIZE];
};

void stream_open(struct stream *s, int fd, uint64_t limit,
		 uint64_t deadline_us);
/* Reads ahead until n bytes are at s->buf + s->at (n at most STREAM_SIZE / 2),
 * without taking them. Returns how many are there (fewer than n at the end), or
 * -errno: -EFBIG beyond the limit, -ETIMEDOUT. */
int stream_peek(struct stream *s, size_t n);
/* Takes exactly len bytes; buf may be NULL. -EUCLEAN: the end came before. */
int stream_take(struct stream *s, void *buf, uint64_t len);
/* Takes NUL bytes while there are any. */
int stream_skip_zeros(struct stream *s);

#endif
