// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads a device for the parsers, in few reads and never beyond its end.
 * Touches nothing but the source it is given. */
#include <string.h>

#include "base/crc.h"
#include "probe/format.h"
#include "probe/part/part.h"

void probe_start(struct probe *p, struct probe_source *src)
{
	static const struct {
		uint32_t offset, len;
	} place[PROBE_WINDOWS] = {
		{ 0, PROBE_HEAD_SIZE },
		{ 0x8000 - 16, PROBE_MIDDLE_SIZE },
		{ 0x10000 - 16, PROBE_DEEP_SIZE },
	};

	p->src = src;
	p->label_only = false;
	p->error = 0;
	p->spare_offset = 0;
	p->spare_len = 0;
	p->window[0].data = p->head;
	p->window[1].data = p->middle;
	p->window[2].data = p->deep;
	for (size_t i = 0; i < PROBE_WINDOWS; i++) {
		struct probe_window *w = &p->window[i];
		uint64_t left = src->size > place[i].offset
					? src->size - place[i].offset
					: 0;

		w->offset = place[i].offset;
		w->len = left < place[i].len ? (uint32_t)left : place[i].len;
		w->read = false;
	}
}

static bool fetch(struct probe *p, uint64_t off, uint8_t *buf, size_t len)
{
	int rc = p->src->fetch(p->src, off, buf, len);

	if (rc && !p->error)
		p->error = rc;
	return !rc;
}

static bool inside(uint64_t off, size_t len, uint64_t start, size_t size)
{
	return off >= start && off - start <= size &&
	       len <= size - (off - start);
}

static const uint8_t *spare_bytes(struct probe *p, uint64_t off, size_t len)
{
	/* Reads a little more than asked for, since magics lie close
	 * together. */
	size_t want = len < 64 ? 64 : len;

	if (len > PROBE_SPARE_SIZE)
		return NULL;
	if (inside(off, len, p->spare_offset, p->spare_len))
		return p->spare + (off - p->spare_offset);
	if (want > p->src->size - off)
		want = (size_t)(p->src->size - off);
	p->spare_len = 0;
	if (!fetch(p, off, p->spare, want))
		return NULL;
	p->spare_offset = off;
	p->spare_len = want;
	return p->spare;
}

const uint8_t *probe_bytes(struct probe *p, uint64_t off, size_t len)
{
	if (p->error || off > p->src->size || len > p->src->size - off)
		return NULL;
	for (size_t i = 0; i < PROBE_WINDOWS; i++) {
		struct probe_window *w = &p->window[i];

		if (!inside(off, len, w->offset, w->len))
			continue;
		if (!w->read && !fetch(p, w->offset, w->data, w->len))
			return NULL;
		w->read = true;
		return w->data + (off - w->offset);
	}
	return spare_bytes(p, off, len);
}

const uint8_t *probe_end(struct probe *p)
{
	uint64_t size = p->src->size;

	return size < PROBE_END_SIZE
		       ? NULL
		       : probe_bytes(p, size - PROBE_END_SIZE, PROBE_END_SIZE);
}

bool probe_fits(const struct probe *p, uint64_t count, uint64_t size)
{
	return size && count <= p->src->size / size;
}

bool probe_crc32c(struct probe *p, uint32_t *crc, uint64_t off, uint32_t len,
		  uint32_t skip)
{
	static const uint8_t zero[4];
	uint32_t at = 0;

	while (at < len) {
		uint32_t end = at < skip ? skip : at + 512;
		const uint8_t *bytes;

		if (end > len)
			end = len;
		if (end - at > 512)
			end = at + 512;
		bytes = at == skip ? zero : probe_bytes(p, off + at, end - at);
		if (at == skip)
			end = at + sizeof(zero);
		if (!bytes)
			return false;
		*crc = crc32c_update(*crc, bytes, end - at);
		at = end;
	}
	return true;
}

struct span {
	uint64_t start, end; /* bytes */
	bool inside;
};

static int compare_span(const struct part_entry *entry, void *ctx)
{
	struct span *span = ctx;

	span->inside = entry->start <= span->start / 512 &&
		       entry->size >= span->end / 512 - entry->start;
	return span->inside;
}

bool probe_in_partition(struct probe *p, uint64_t off, uint64_t len)
{
	struct span span = { off, off + len, false };
	int rc = part_walk(p->src, compare_span, &span);

	if (rc < 0 && !p->error)
		p->error = rc;
	return span.inside;
}
