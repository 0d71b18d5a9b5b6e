// SPDX-License-Identifier: GPL-2.0-or-later
/* The engine: asks each format of the table, decides as libblkid decides.
 * Touches nothing but the source it is given. */
#include "probe.h"

#include <errno.h>
#include <string.h>

#include "crc.h"
#include "format.h"
#include "part.h"

/* Of a device up to the size of a floppy the first format found is taken and
 * RAID is not looked for: libblkid's rule, since old boot sectors linger. */
#define TINY_SIZE (1440 * 1024)

/* libblkid's too: an extended partition is 1 KiB and holds nothing. */
#define NOTHING_SIZE 1024

static void probe_start(struct probe *p, struct probe_source *src, bool quick)
{
	static const struct {
		uint32_t offset, len;
	} place[PROBE_WINDOWS] = {
		{ 0, PROBE_HEAD_SIZE },
		{ 0x8000 - 16, PROBE_MIDDLE_SIZE },
		{ 0x10000 - 16, PROBE_DEEP_SIZE },
	};

	p->src = src;
	p->quick = quick;
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
	/* A little more than asked for: magics come in groups. */
	size_t want = len < 64 ? 64 : len;

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
	if (p->error || len > PROBE_SPARE_SIZE || off > p->src->size ||
	    len > p->src->size - off)
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

static bool magic_here(struct probe *p, const struct probe_magic *m)
{
	const uint8_t *bytes = probe_bytes(p, m->offset, m->len);

	return bytes && !memcmp(bytes, m->bytes, m->len);
}

/* Fills *out from the row, then asks the format. Returns 1, 0 or -errno. */
static int believe(struct probe *p, const struct probe_format *f,
		   const struct probe_magic *magic, struct probe_result *out)
{
	const uint8_t *sb = probe_bytes(p, f->super_offset, f->super_size);

	if (!sb)
		return p->error;
	probe_set_type(out, f->type);
	out->usage = f->usage;
	out->label[0] = '\0';
	out->uuid[0] = '\0';
	out->uuid_sub[0] = '\0';
	if (f->label_size)
		probe_set_label(out, sb + f->label_offset, f->label_size);
	if (f->uuid_offset)
		probe_set_uuid(out->uuid, sb + f->uuid_offset);
	return f->check(p, sb, magic, out);
}

static int try_format(struct probe *p, const struct probe_format *f,
		      struct probe_result *out)
{
	const struct probe_magic *magic = NULL;

	for (size_t i = 0; i < f->magics && !magic && !p->error; i++)
		if (magic_here(p, &f->magic[i]))
			magic = &f->magic[i];
	if (p->error)
		return p->error;
	if (f->magics && !magic)
		return 0;
	return believe(p, f, magic, out);
}

static bool tiny(const struct probe_source *src)
{
	return src->size <= TINY_SIZE;
}

static bool too_small(const struct probe_source *src,
		      const struct probe_format *f)
{
	return src->size < f->min_size ||
	       (f->flags & PROBE_NOT_TINY && tiny(src));
}

int probe_superblock(struct probe_source *src, struct probe_result *out)
{
	struct probe_result found PROBE_UNSET;
	struct probe p PROBE_UNSET;
	bool contradiction = false;
	int count = 0;

	memset(out, 0, sizeof(*out));
	if (src->size <= NOTHING_SIZE)
		return 0;
	probe_start(&p, src, false);
	for (size_t i = 0; i < probe_format_count; i++) {
		const struct probe_format *f = probe_formats[i];
		int rc;

		if (too_small(src, f))
			continue;
		rc = try_format(&p, f, count ? &found : out);
		if (rc < 0)
			return rc;
		if (!rc)
			continue;
		count++;
		if (tiny(src) || (f->flags & PROBE_STOPS))
			break;
		if (!(f->flags & PROBE_TOLERANT))
			contradiction = true;
	}
	if (!count)
		memset(out, 0, sizeof(*out));
	if (count > 1 && contradiction)
		return -EUCLEAN;
	return count > 0;
}

bool probe_carries(const struct probe_result *result, enum probe_field field,
		   const char *value)
{
	if (!value[0])
		return false;
	return field == PROBE_LABEL ? !strcmp(result->label, value)
				    : !strcasecmp(result->uuid, value);
}

static bool in_window(const struct probe_magic *m, const struct probe_window *w)
{
	return inside(m->offset, m->len, w->offset, w->len);
}

/* A magic outside of every window (swap of 8 and 16 KiB pages) is not read
 * for: such a format may be there where its label or UUID is. */
static bool may_be_unseen(struct probe *p, const struct probe_format *f,
			  enum probe_field field, const char *value,
			  struct probe_result *out)
{
	const uint8_t *sb = probe_bytes(p, f->super_offset, f->super_size);
	bool unseen = false;

	for (size_t i = 0; i < f->magics; i++)
		unseen |= !in_window(&f->magic[i], &p->window[0]) &&
			  !in_window(&f->magic[i], &p->window[1]) &&
			  !in_window(&f->magic[i], &p->window[2]);
	if (!unseen || !sb || !f->label_size)
		return false;
	probe_set_label(out, sb + f->label_offset, f->label_size);
	probe_set_uuid(out->uuid, sb + f->uuid_offset);
	return probe_carries(out, field, value);
}

/* The formats whose magic is in window w. Returns 1: perhaps; 0: no; 2: not
 * decided by this window; or -errno. */
static int look_through(struct probe *p, const struct probe_window *w,
			enum probe_field field, const char *value,
			struct probe_result *out)
{
	for (size_t i = 0; i < probe_format_count; i++) {
		const struct probe_format *f = probe_formats[i];
		const struct probe_magic *magic = NULL;
		int rc;

		if (f->usage == PROBE_MEMBER || too_small(p->src, f))
			continue;
		for (size_t k = 0; k < f->magics && !magic; k++)
			if (in_window(&f->magic[k], w) &&
			    magic_here(p, &f->magic[k]))
				magic = &f->magic[k];
		if (!magic) {
			if (w == p->window &&
			    may_be_unseen(p, f, field, value, out))
				return 1;
			continue;
		}
		rc = believe(p, f, magic, out);
		if (rc < 0)
			return rc;
		if (rc && probe_carries(out, field, value))
			return 1;
		/* Another format behind this one would make the device
		 * ambiguous, and so refused, whatever it carries. */
		if (rc && !(f->flags & PROBE_TOLERANT) && !tiny(p->src))
			return 0;
	}
	return p->error ? p->error : 2;
}

int probe_may_carry(struct probe_source *src, enum probe_field field,
		    const char *value)
{
	struct probe_result found PROBE_UNSET;
	struct probe p PROBE_UNSET;

	if (src->size <= NOTHING_SIZE)
		return 0;
	probe_start(&p, src, true);
	for (size_t i = 0; i < PROBE_WINDOWS; i++) {
		int rc = look_through(&p, &p.window[i], field, value, &found);

		if (rc != 2)
			return rc;
	}
	return 0;
}
