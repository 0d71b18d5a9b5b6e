// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check --prometheus`: the text format that node_exporter's textfile
 * collector reads. The names are a contract, see pvroot(8). */
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/out.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Compares numbers by value and other parts by bytes: 6.1.0-9 is before
 * 6.1.0-50. Returns less than, equal to or greater than 0. */
static int version_compare(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		if (is_digit(*a) && is_digit(*b)) {
			char *end_a, *end_b;
			unsigned long long x = strtoull(a, &end_a, 10);
			unsigned long long y = strtoull(b, &end_b, 10);

			if (x != y)
				return x < y ? -1 : 1;
			a = end_a - 1;
			b = end_b - 1;
		} else if (*a != *b) {
			break;
		}
	}
	return (unsigned char)*a - (unsigned char)*b;
}

static const char *newest_version(const struct kept_images *images)
{
	const char *newest = "";
	unsigned int i;

	for (i = 0; i < images->count; i++) {
		if (version_compare(images->at[i].version, newest) > 0)
			newest = images->at[i].version;
	}
	return newest;
}

/* File names are untrusted: a byte that would end the line, or that the format
 * does not allow, becomes "?". */
static void say_label(struct out *out, const char *name, const char *value)
{
	out_say(out, "%s=\"", name);
	for (; *value; value++) {
		bool plain = *value >= ' ' && *value < 0x7f;

		out_say(out, *value == '"' || *value == '\\' ? "\\%c" : "%c",
			plain ? *value : '?');
	}
	out_say(out, "\"");
}

static void say_images(struct out *out, const struct kept_images *images)
{
	const char *newest = newest_version(images);
	unsigned int i;

	out_say(out,
		"# HELP pvroot_image_good Whether pvroot and a PV disk driver "
		"are in the initrd.\n# TYPE pvroot_image_good gauge\n");
	for (i = 0; i < images->count; i++) {
		const struct kept_image *image = &images->at[i];

		out_say(out, "pvroot_image_good{");
		say_label(out, "image", image->path);
		say_label(out, ",kernel", image->version);
		say_label(out, ",newest",
			  strcmp(image->version, newest) ? "no" : "yes");
		out_say(out, "} %u\n", image->good);
	}
}

static bool same_kind(const struct finding *a, const struct finding *b)
{
	return a->level == b->level && !strcmp(a->id, b->id);
}

static void say_findings(struct out *out, const struct check *check)
{
	unsigned int i, j, count;

	out_say(out, "# HELP pvroot_check_findings What pvroot check found, by "
		     "level and kind.\n# TYPE pvroot_check_findings gauge\n");
	for (i = 0; i < check->count; i++) {
		for (j = 0; !same_kind(&check->at[i], &check->at[j]); j++)
			;
		if (j < i)
			continue; /* counted with the first of its kind */
		for (count = 0; j < check->count; j++)
			count += same_kind(&check->at[i], &check->at[j]);
		out_say(out,
			"pvroot_check_findings{level=\"%s\",id=\"%s\"} %u\n",
			check_level_name(check->at[i].level), check->at[i].id,
			count);
	}
}

/* quiet has no effect here: a series that is missing at times would look like a
 * fault. */
int check_prometheus(const struct check *check, bool quiet)
{
	struct out out;

	(void)quiet;
	out_open(&out);
	out.colour = false;
	out_say(&out,
		"# HELP pvroot_check_worst 0 all is well, 1 warnings, 2 "
		"problems.\n# TYPE pvroot_check_worst gauge\n"
		"pvroot_check_worst %u\n",
		check_worst(check));
	say_findings(&out, check);
	say_images(&out, &check->images);
	return out_close(&out);
}
