// SPDX-License-Identifier: GPL-2.0-or-later
/* The engine: tries each format of the table and decides as libblkid does.
 * Touches nothing but the source it is given. */
#include "probe/probe.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "probe/format.h"

/* On a device up to the size of a floppy the first format found is taken, and
 * RAID is not looked for. This is libblkid's rule: old boot sectors often
 * remain. */
#define TINY_SIZE (1440 * 1024)

/* Also libblkid's rule: an extended partition is 1 KiB and holds nothing. */
#define NOTHING_SIZE 1024

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
	out->devices = 0;
	if (f->label_size)
		probe_set_label(out, sb + f->label_offset, f->label_size);
	if (f->uuid_offset && !p->label_only)
		uuid_print(out->uuid, sb + f->uuid_offset);
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
	probe_start(&p, src);
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
				    : text_same(result->uuid, value);
}

static bool in_window(const struct probe_magic *m, const struct probe_window *w)
{
	uint32_t at = m->offset - w->offset; /* wraps if before it */

	return at < w->len && m->len <= w->len - at &&
	       w->data[at] == (uint8_t)m->bytes[0] &&
	       !memcmp(w->data + at, m->bytes, m->len);
}

/* A magic outside of every window (swap with 8 or 16 KiB pages) is not read.
 * Such a format may be there if the label or UUID is at its place. */
static bool may_be_unseen(struct probe *p, const struct probe_format *f,
			  enum probe_field field, const char *value,
			  struct probe_result *out)
{
	const uint8_t *sb;

	if (!(f->flags & PROBE_UNSEEN))
		return false;
	sb = probe_bytes(p, f->super_offset, f->super_size);
	if (!sb)
		return false;
	if (field == PROBE_LABEL)
		probe_set_label(out, sb + f->label_offset, f->label_size);
	else
		uuid_print(out->uuid, sb + f->uuid_offset);
	return probe_carries(out, field, value);
}

static bool has_magic_in(const struct probe_format *f,
			 const struct probe_window *w)
{
	for (size_t i = 0; i < f->magics; i++)
		if (in_window(&f->magic[i], w))
			return true;
	return false;
}

/* Tries one format as the full probe does. Returns 1: the device may carry the
 * value; 0: it does not; 2: ask the other formats; or -errno. */
static int ask(struct probe *p, const struct probe_format *f,
	       enum probe_field field, const char *value,
	       struct probe_result *out)
{
	int rc = try_format(p, f, out);

	if (rc <= 0)
		return rc ? rc : 2;
	if (f->usage != PROBE_MEMBER && probe_carries(out, field, value))
		return 1;
	/* A second format would make the device ambiguous. It would then be
	 * refused whatever it carries, so no other format needs a try. */
	return f->flags & PROBE_TOLERANT || tiny(p->src) ? 2 : 0;
}

/* Tries the formats whose magic is in window w: see ask(). */
static int look_through(struct probe *p, const struct probe_window *w,
			enum probe_field field, const char *value,
			struct probe_result *out)
{
	if (!w->len || !probe_bytes(p, w->offset, w->len))
		return p->error ? p->error : 2;
	for (size_t i = 0; i < probe_format_count; i++) {
		const struct probe_format *f = probe_formats[i];
		int rc = 2;

		if (too_small(p->src, f))
			continue;
		if (has_magic_in(f, w))
			rc = ask(p, f, field, value, out);
		if (rc != 2)
			return rc;
		if (w == p->window && may_be_unseen(p, f, field, value, out))
			return 1;
	}
	return p->error ? p->error : 2;
}

/* Tries file systems without a magic in a window: NILFS2 by its backup. This
 * costs a read only on devices where nothing else was found. */
static int look_without_magic(struct probe *p, enum probe_field field,
			      const char *value, struct probe_result *out)
{
	int rc = 2;

	for (size_t i = 0; i < probe_format_count && rc == 2; i++) {
		const struct probe_format *f = probe_formats[i];

		if (!f->magics && f->usage != PROBE_MEMBER &&
		    !too_small(p->src, f))
			rc = ask(p, f, field, value, out);
	}
	return rc;
}

int probe_may_carry(struct probe_source *src, enum probe_field field,
		    const char *value)
{
	struct probe_result found PROBE_UNSET;
	struct probe p PROBE_UNSET;
	int rc = 2;

	if (src->size <= NOTHING_SIZE)
		return 0;
	probe_start(&p, src);
	p.label_only = field == PROBE_LABEL;
	for (size_t i = 0; i < PROBE_WINDOWS && rc == 2; i++)
		rc = look_through(&p, &p.window[i], field, value, &found);
	if (rc == 2)
		rc = look_without_magic(&p, field, value, &found);
	return rc == 2 ? 0 : rc;
}
