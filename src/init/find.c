// SPDX-License-Identifier: GPL-2.0-or-later
/* Finds the device of a root that pvroot left as it was: not on Xen,
 * pvroot=off, or no PV disk. Asks findfs (busybox) and `pvroot probe`. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "init/init.h"

#define DEVICES	    256
#define ANSWER_SIZE 32768
#define POLL_MS	    100
#define SAY_EVERY_S 5

/* Is this line of `pvroot probe` the same as tag? In the line, characters that
 * are special to a shell have a backslash. */
static bool line_is(const char *line, const char *tag)
{
	for (; *line; line++, tag++) {
		if (*line == '\\' && line[1])
			line++;
		if (*line != *tag)
			return false;
	}
	return !*tag;
}

struct names {
	char *argv[DEVICES + 3]; /* pvroot, probe, devices, NULL */
	char text[DEVICES * 32];
	size_t count, used;
};

static int add_name(const char *name, void *ctx)
{
	struct names *names = ctx;
	char *place = names->text + names->used;

	if (names->count == DEVICES + 2 ||
	    text_format(place, sizeof(names->text) - names->used, "/dev/%s",
			name))
		return 1;
	names->argv[names->count++] = place;
	names->used += strlen(place) + 1;
	return 0;
}

static bool probe_tag(const struct init *i, const char *tag, char *dev)
{
	static struct names names;
	static char answer[ANSWER_SIZE];
	char *rest = answer, *line;
	const char *found = "", *value;

	memset(&names, 0, sizeof(names));
	names.argv[0] = (char *)"/bin/pvroot";
	names.argv[1] = (char *)"probe";
	names.count = 2;
	sys_list(&i->sys, "/sys/class/block", add_name, &names);
	if (names.count == 2)
		return false;
	program_run(names.argv, answer, sizeof(answer));
	while ((line = strsep(&rest, "\n"))) {
		if (text_prefix(line, "DEVNAME=", &value))
			found = value;
		else if (line_is(line, tag))
			return !text_copy(dev, INIT_PATH_SIZE, found);
	}
	return false;
}

/* busybox's findfs knows file systems that pvroot does not. */
static bool ask_findfs(const char *tag, char *dev)
{
	char *argv[] = { (char *)"/bin/findfs", (char *)tag, NULL };

	if (program_run(argv, dev, INIT_PATH_SIZE))
		return false;
	text_chomp(dev);
	return true;
}

/* root=8:1 */
static bool by_number(const struct init *i, const char *number, char *dev)
{
	char path[64], link[SYS_PATH_SIZE];
	const char *name;

	if (text_format(path, sizeof(path), "/sys/dev/block/%s", number) ||
	    sys_readlink(&i->sys, path, link, sizeof(link)) < 0)
		return false;
	name = strrchr(link, '/');
	return !text_format(dev, INIT_PATH_SIZE, "/dev/%s",
			    name ? name + 1 : link);
}

static bool name_device(const struct init *i, const char *tag, char *dev)
{
	const char *colon = strchr(tag, ':');

	if (text_prefix(tag, "LABEL=", NULL) || text_prefix(tag, "UUID=", NULL))
		return ask_findfs(tag, dev) || probe_tag(i, tag, dev);
	if (strchr(tag, '='))
		return probe_tag(i, tag, dev);
	if (colon && tag[0] >= '0' && tag[0] <= '9' && colon[1] >= '0' &&
	    colon[1] <= '9')
		return by_number(i, tag, dev);
	return !text_copy(dev, INIT_PATH_SIZE, tag);
}

bool device_find(const struct init *i, const char *tag, char *dev)
{
	struct sys_stat st;

	return name_device(i, tag, dev) &&
	       !sys_stat_at(AT_FDCWD, dev, 0, &st) && S_ISBLK(st.mode);
}

bool root_find(struct init *i)
{
	uint64_t start;
	int waited, next = SAY_EVERY_S;

	if (device_find(i, i->root, i->dev))
		return true;
	/* with pvroot=off, or without pvroot, its list is not loaded yet */
	modules_load(i, "/lib/pvroot/modules");
	if (device_find(i, i->root, i->dev))
		return true;
	modules_load(i, "/lib/pvroot/extra");
	start = sys_now_us();
	while (!device_find(i, i->root, i->dev)) {
		waited = (int)((sys_now_us() - start) / 1000000);
		if (waited >= i->deadline_s)
			return false;
		if (waited >= next) {
			tell("waiting for root=%s (%d of %d s)", i->root,
			     waited, i->deadline_s);
			next = waited + SAY_EVERY_S;
		}
		sys_sleep_ms(POLL_MS);
	}
	return true;
}
