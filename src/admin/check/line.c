// SPDX-License-Identifier: GPL-2.0-or-later
/* Does a kernel command line prevent a boot from the PV disk, and do the
 * devices that it names exist? Pure, except that it looks things up in the
 * survey. */
#include <string.h>

#include "admin/bootcfg/fstab.h"
#include "admin/bootcfg/module.h"
#include "admin/check/check.h"
#include "base/text.h"
#include "find/inuse.h"

#define NEVER_MEANS                                                            \
	"The kernel keeps the PV drivers from loading: the emulated disk "     \
	"is all there is."

/* Words that must not be there. A key that ends with "=" is bad only with this
 * value; "" stands for a list that names the driver. */
static const struct {
	const char *key, *value;
	const char *means, *todo;
} bad[] = {
	{ "xen_emul_unplug=", "never", NEVER_MEANS,
	  "Remove xen_emul_unplug=never; where the emulated disk must stay, "
	  "xen_emul_unplug=unnecessary keeps both." },
	{ "xen_nopv", NULL, NEVER_MEANS, "Remove xen_nopv." },
	{ "nopv", NULL, NEVER_MEANS, "Remove nopv." },
	{ "modprobe.blacklist=", "", "udev does not load the PV disk driver.",
	  "Remove it from the list." },
	{ "rd.driver.blacklist=", "",
	  "dracut does not load the PV disk driver.",
	  "Remove it from the list." },
	{ "rdblacklist=", "", "dracut does not load the PV disk driver.",
	  "Remove it from the list." },
	{ "module_blacklist=", "",
	  "The kernel refuses to load the PV disk driver.",
	  "Remove it from the list." },
	{ "initcall_blacklist=", "xlblk_init",
	  "The PV disk driver does not start.", "Remove it." },
};

static void check_word(struct check *check, const char *where, const char *word)
{
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (!text_prefix(word, bad[i].key, &value))
			continue;
		if (bad[i].value
			    ? (*bad[i].value
				       ? !fstab_option_has(value, bad[i].value)
				       : !module_in_list(value))
			    : *value != '\0')
			continue;
		check_add(check, FOUND_PROBLEM, "line-against", bad[i].means,
			  bad[i].todo, "%s: %.200s", where, word);
	}
}

struct complaint {
	struct check *check;
	const char *where;
};

static void complain(void *ctx, const char *what, const char *why)
{
	struct complaint *complaint = ctx;

	check_add(complaint->check, FOUND_WARNING, "line-option",
		  "pvroot ignores it and goes on as if it were not there.",
		  "Correct the spelling; pvroot.cmdline(7) lists the options.",
		  "%s: pvroot= \"%.100s\": %s", complaint->where, what, why);
}

/* The first disk of the old IDE driver, or -1. */
static int find_old_ide(const struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++) {
		const struct disk *disk = &survey->disks.at[i];

		if (disk->place.kind == PLACE_IDE && !disk->cdrom)
			return (int)i;
	}
	return -1;
}

/* RHEL 5: the built-in IDE driver takes hda before any initrd runs. Where that
 * kernel is running now, this looks whether there is such a disk;
 * check_definition() handles one without a PV disk. */
static void check_old_kernel(struct check *check, const char *where,
			     const char *line, const char *kernel)
{
	const struct survey *survey = check->survey;
	int index = find_old_ide(survey), pv;
	char both[96] = "", todo[96], word[32] = "ide0=noprobe";

	if (!strstr(kernel, "2.6.18-") || strstr(line, "ide=disable"))
		return;
	if (index >= 0)
		text_format(word, sizeof(word), "%s=noprobe",
			    survey->disks.at[index].place.port);
	pv = index >= 0 ? survey->views[index].pv : -1;
	if (strstr(line, word) || (strstr(survey->kernel, "2.6.18-") &&
				   pv < 0 && (index < 0 || survey->pv_driver)))
		return;
	if (pv >= 0)
		text_format(both, sizeof(both), ": %s stays beside %s",
			    survey->disks.at[index].name,
			    survey->disks.at[pv].name);
	text_format(todo, sizeof(todo), "Add %s to the kernel line.", word);
	check_add(
		check, FOUND_WARNING, "line-ide",
		"The IDE driver of this kernel is built in and cannot be taken "
		"from a disk: an emulated one stays, hidden, beside its PV "
		"disk.",
		todo, "%s: no %s%s", where, word, both);
}

static void check_tag(struct check *check, const char *where, const char *key,
		      const char *name, struct name_use use)
{
	char text[512];

	if (!*name)
		return;
	text_format(text, sizeof(text), "%.400s, %s", where, key);
	use.where = text;
	use.name = name;
	check_name(check, &use);
}

/* The value of the last word key=VALUE, or "". */
static void find_value(const char *line, const char *key,
		       char value[CMDLINE_SIZE])
{
	char word[CMDLINE_SIZE];
	const char *rest;

	value[0] = '\0';
	while (cmdline_next_word(&line, word) && strcmp(word, "--")) {
		if (text_prefix(word, key, &rest))
			text_copy(value, CMDLINE_SIZE, rest);
	}
}

/* Other words that name a disk: cryptdevice=, rootflags=device= and so on. */
static void check_others(struct check *check, const char *where,
			 const char *line)
{
	struct inuse inuse = { 0 };
	char place[INUSE_WHERE + 256];
	unsigned int i;

	inuse_add_cmdline(&inuse, line);
	for (i = 0; i < inuse.count; i++) {
		if (inuse.at[i].kind == INUSE_NIC)
			continue;
		text_format(place, sizeof(place), "%.250s, %s", where,
			    inuse.at[i].where);
		check_used_name(check, place, inuse.at[i].name);
	}
	inuse_free(&inuse);
}

static void check_names(struct check *check, const struct checked_line *of,
			const struct cmdline *cmd)
{
	const char *where = of->where, *line = of->line;
	struct name_use root = { .usage = PROBE_FILESYSTEM,
				 .resolved = true,
				 .strict = of->whole->mode == MODE_STRICT };
	struct name_use resume = { .usage = PROBE_SWAP,
				   .optional = true,
				   .resolved = true };
	char value[CMDLINE_SIZE];

	find_value(of->winner, "root=", value);
	if (!value[0])
		check_tag(check, where, "root=", cmd->root, root);
	find_value(line, "real_root=", value); /* genkernel's */
	check_tag(check, where, "real_root=", value, root);
	find_value(line, "mount.usr=", value);
	if (value[0] != '/')
		check_tag(check, where, "mount.usr=", value, root);
	/* With an offset it is a file in the file system of that name. */
	find_value(line, "resume_offset=", value);
	if (value[0])
		resume.usage = PROBE_FILESYSTEM;
	find_value(of->winner, "resume=", value);
	if (!value[0] && !strstr(line, "noresume") &&
	    !strstr(of->winner, "noresume"))
		check_tag(check, where, "resume=", cmd->resume, resume);
	check_others(check, where, line);
}

void check_line(struct check *check, const struct checked_line *of)
{
	struct complaint complaint = { check, of->where };
	const char *at = of->line;
	char word[CMDLINE_SIZE];
	struct cmdline cmd;

	cmdline_parse(of->line, &cmd, complain, &complaint);
	while (cmdline_next_word(&at, word) && strcmp(word, "--"))
		check_word(check, of->where, word);
	if (cmd.mode == MODE_OFF && of->whole->mode == MODE_OFF)
		check_add(check, FOUND_WARNING, "line-off",
			  "pvroot does nothing in a boot with this line.",
			  "Remove pvroot=off once you need it no more.",
			  "%s: pvroot=off", of->where);
	check_old_kernel(check, of->where, of->line, of->kernel);
	check_names(check, of, &cmd);
}
