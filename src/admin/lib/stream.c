// SPDX-License-Identifier: GPL-2.0-or-later
/* Bytes that can be read only once. Reads from one descriptor, with limits. */
#include "admin/lib/stream.h"

#include <errno.h>
#include <string.h>

#include "sys/admin.h"

void stream_open(struct stream *s, int fd, uint64_t limit, uint64_t deadline_us)
{
	s->fd = fd;
	s->left = limit;
	s->deadline_us = deadline_us;
	s->ends = false;
	s->offset = 0;
	s->at = s->have = 0;
}

int stream_peek(struct stream *s, size_t n)
{
	if (s->have - s->at >= n)
		return (int)(s->have - s->at);
	memmove(s->buf, s->buf + s->at, s->have - s->at);
	s->have -= s->at;
	s->at = 0;
	while (s->have < n) {
		size_t room = STREAM_SIZE - s->have;
		int got;

		if (!s->left && s->ends)
			break;
		if (!s->left)
			return -EFBIG;
		if (room > s->left)
			room = (size_t)s->left;
		got = sys_stream_read(s->fd, s->buf + s->have, room,
				      s->deadline_us);
		if (got < 0)
			return got;
		if (!got)
			break;
		s->have += (size_t)got;
		s->left -= (uint64_t)got;
	}
	return (int)s->have;
}

int stream_take(struct stream *s, void *buf, uint64_t len)
{
	uint8_t *to = buf;

	while (len) {
		int ready = stream_peek(s, 1);
		size_t part;

		if (ready <= 0)
			return ready ? ready : -EUCLEAN;
		part = len < (size_t)ready ? (size_t)len : (size_t)ready;
		if (to) {
			memcpy(to, s->buf + s->at, part);
			to += part;
		}
		s->at += part;
		s->offset += part;
		len -= part;
	}
	return 0;
}

int stream_skip_zeros(struct stream *s)
{
	int ready;

	while ((ready = stream_peek(s, 1)) > 0 && !s->buf[s->at]) {
		s->at++;
		s->offset++;
	}
	return ready < 0 ? ready : 0;
}
