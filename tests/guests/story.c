// SPDX-License-Identifier: GPL-2.0-or-later
/* What happens to a guest: boot in the initrd, then udev's event for each
 * device that appears, then the events of the real root's udev for all of them.
 * The same without pvroot shows what the names mean. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "door.h"

struct story story;

static const struct sys sys = { .root = -1 };

/* ---- without pvroot ---- */

static void pass_by(void)
{
	while (kernel_next_comer())
		kernel.told++;
}

static void settle(void)
{
	unsigned int i;

	pass_by();
	kernel_load_pv_driver();
	pass_by();
	for (i = 0; i < guest.cards; i++) {
		kernel_bind(guest.order[i]);
		pass_by();
	}
}

void story_reference(void)
{
	unsigned int i;

	story.has_history = false;
	for (i = 0; i < guest.disks; i++)
		story.has_history |= guest.disk[i].unplugged;
	memset(&story.history, 0, sizeof(story.history));
	if (story.has_history) {
		kernel_start(false, true);
		settle();
		story.history = kernel.now;
	}
	kernel_start(false, false);
	settle();
	story.reference = kernel.now;
}

/* ---- with it ---- */

/* nash's initrd needs the nodes too. */
static int run_command_boot(void)
{
	char *argv[] = { (char[]){ "boot" }, (char[]){ "--nodes" }, NULL };

	return cmd_boot(&sys, 1 + guest.old_kernel, argv);
}

static void close_door(const char *command)
{
	if (door_close_all())
		find_fault(RULE_WRITES, "open", "%s leaves a disk open",
			   command);
}

/* Value of KEY='VALUE' on a line of its own. */
static void answer_of(const char *key, char *value, size_t size)
{
	size_t len = strlen(key);
	const char *line = kernel.out, *end;

	*value = '\0';
	for (; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (strncmp(line, key, len) || line[len] != '=')
			continue;
		line += len + 1;
		snprintf(value, size, "%.*s", (int)(end - line), line);
		if (*value == '\'') {
			memmove(value, value + 1, strlen(value));
			value[strcspn(value, "'")] = '\0';
		}
	}
}

static void forget_output(void)
{
	kernel.outs = 0;
	kernel.out[0] = '\0';
}

static void run_boot(void)
{
	uint64_t began = kernel.now_us;

	forget_output();
	story.status = run_command_boot();
	story.boot_us = kernel.now_us - began;
	answer_of("root", story.root, sizeof(story.root));
	answer_of("resume", story.resume, sizeof(story.resume));
	answer_of("pvroot_refused", story.refused, sizeof(story.refused));
	close_door("boot");
	story.after_boot = kernel.now;
}

static int run_twin(const char *mode, const char *name)
{
	const char *words[3] = { "twin", mode, name };
	char *argv[3];
	int argc = 3, ret;

	if (!mode) {
		words[1] = name;
		argc = 2;
	}
	memcpy(argv, words, sizeof(argv)); /* it changes none of them */
	forget_output();
	ret = cmd_twin(&sys, argc, argv);
	close_door("twin");
	return ret;
}

/* As in hooks/udev: hides the disk where the answer is yes, then takes it
 * away. In the image a disk that stays may cost its PV path. */
static void tell_udev(unsigned int comer, bool image)
{
	char name[NAME_SIZE];
	unsigned int deeds = kernel.deeds;
	bool hidden;
	int status;

	if (comer >= 100) {
		if (kernel.now.nic_there[comer - 100])
			run_twin(NULL, guest.nic[comer - 100].name);
		return;
	}
	if (!kernel.now.disk[comer].there || guest.disk[comer].no_node)
		return;
	strcpy(name, kernel.now.disk[comer].name);
	if (is_pv(comer)) {
		links_make(comer);
		run_twin(NULL, name);
		return;
	}
	if (guest.disk[comer].cdrom && guest.disk[comer].kind != DISK_IDE)
		return; /* the rule is for sd*, hd*, nvme* */
	status = run_twin("--udev", name);
	if (kernel.deeds != deeds)
		find_fault(RULE_WORD, "--udev", "twin --udev %s acts", name);
	hidden = !status && strstr(kernel.out, "PVROOT_TWIN=");
	if (!hidden && image && tree_find("/run/pvroot/old", true))
		run_twin(NULL, name);
	if (!hidden)
		return;
	judge_twin_answer(comer, status, kernel.out);
	run_twin(NULL, name);
	if (kernel.now.disk[comer].there)
		judge_hidden(comer);
}

static void tell_all(void)
{
	while (kernel_next_comer())
		tell_udev(kernel.came[kernel.told++], true);
}

static void try_wrong_words(void)
{
	static const char *const words[] = { "sdz", "nvme9n9", "eth9" };
	const char *word = words[guest.seed / 8 % COUNT(words)];
	unsigned int deeds = kernel.deeds;
	int status = run_twin(NULL, word);

	if (kernel.deeds != deeds || status != EXIT_STOP)
		find_fault(RULE_WORD, kernel.deeds != deeds ? "acts" : "status",
			   "twin %s: status %d, %u deeds", word, status,
			   kernel.deeds - deeds);
}

/* The initrd's udev: devices that are there already, then one driver after the
 * other. */
static void run_initrd_udev(void)
{
	unsigned int i;

	kernel.told = 0;
	tell_all();
	kernel_load_pv_driver();
	tell_all();
	for (i = 0; i < guest.cards; i++) {
		kernel_bind(guest.order[i]);
		/* There is a new device, and it is not the one that is
		 * named. */
		if (guest.seed % 8 == i)
			try_wrong_words();
		tell_all();
	}
}

/* Mounts root where pvroot left it; then udev handles every device again. */
static void run_real_root(void)
{
	struct refs means = { 0 };
	enum use before = USE_NONE;
	unsigned int i;

	if (guest.names &&
	    name_places[guest.name[0].where].kind == WHERE_ROOT && !*story.root)
		name_means(&guest.name[0], &kernel.now, &means);
	if (means.count) {
		before = guest.disk[means.at[0].disk].use;
		guest.disk[means.at[0].disk].use = USE_MOUNT;
	}
	for (i = 0; i < guest.disks; i++)
		tell_udev(i, false);
	for (i = 0; i < guest.nics; i++)
		tell_udev(100 + i, false);
	if (means.count)
		guest.disk[means.at[0].disk].use = before;
}

/* Did another disk that was taken away have this name too? */
static bool shares_name(unsigned int disk)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (i != disk &&
		    !strcmp(story.end.disk[i].name, story.end.disk[disk].name))
			return true;
	return false;
}

/* A device that a person restores must stay, whatever udev does. */
static void try_restore(void)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++) {
		const char *name = story.end.disk[i].name;

		if (!story.end.disk[i].taken ||
		    guest.disk[i].kind == DISK_IDE || shares_name(i))
			continue;
		if (run_twin("--restore", name) || !kernel.now.disk[i].there)
			continue; /* it may fail, if it says so */
		tell_udev(i, false);
		if (!kernel.now.disk[i].there || kernel.now.disk[i].hidden)
			find_fault(RULE_RESTORE, "disk", "%s", name);
		return;
	}
	for (i = 0; i < guest.nics; i++) {
		if (story.end.nic_there[i] || guest.nic[i].card < 0 ||
		    run_twin("--restore", guest.nic[i].name) ||
		    !kernel.now.nic_there[i])
			continue;
		tell_udev(100 + i, false);
		if (!kernel.now.nic_there[i])
			find_fault(RULE_RESTORE, "NIC", "%s",
				   guest.nic[i].name);
		return;
	}
}

static void try_off(void)
{
	char line[sizeof(guest.cmdline)];
	char *at;

	strcpy(line, guest.cmdline);
	at = strstr(guest.cmdline, "pvroot=") + strlen("pvroot=");
	memcpy(at, "off,", 4); /* and what follows of "auto," and "strict," */
	kernel_start(true, false);
	door_open();
	forget_output();
	if (run_command_boot() || kernel.outs || kernel.deeds)
		find_fault(RULE_OFF, "off", "pvroot=off does something");
	strcpy(guest.cmdline, line);
}

void story_run(void)
{
	kernel_start(true, false);
	door_open();
	story.status = -1;
	story.root[0] = story.resume[0] = story.refused[0] = '\0';
	if (setjmp(door_escape))
		return;
	run_boot();
	judge_boot();
	run_initrd_udev();
	run_real_root();
	story.end = kernel.now;
	judge_end();
	if (guest.seed % 16 == 1)
		try_restore();
	if (guest.seed % 16 == 0)
		try_off();
}
