// SPDX-License-Identifier: GPL-2.0-or-later
/* The first process of our own initramfs: what it takes from the command line
 * and from pvroot's answer, and mount options. Its files are taken in here:
 * what it says and runs is played by this test. May touch: a folder in /tmp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init/options.c"
#include "init/mount.c"
#include "init/answer.c"

static struct init init;
static char said[1024], stopped[1024];
static const char *answer;
static int answer_status;
static jmp_buf at_stop;

void init_say(const struct init *i, int level, const char *fmt, ...)
{
	va_list args;

	(void)i, (void)level;
	va_start(args, fmt);
	vsnprintf(said, sizeof(said), fmt, args);
	va_end(args);
}

void init_stop(struct init *i, const char *todo, const char *why, ...)
{
	va_list args;

	(void)i, (void)todo;
	va_start(args, why);
	vsnprintf(stopped, sizeof(stopped), why, args);
	va_end(args);
	longjmp(at_stop, 1);
}

int program_run(char **argv, char *out, size_t size)
{
	assert_string_equal(argv[0], "/bin/pvroot");
	assert_string_equal(argv[1], "boot");
	snprintf(out, size, "%s", answer);
	return answer_status;
}

/* Reads this command line. */
static void options(const char *line)
{
	char folder[] = "/tmp/init-XXXXXX", path[64];
	FILE *file;

	memset(&init, 0, sizeof(init));
	said[0] = '\0';
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/proc", folder);
	assert_int_equal(mkdir(path, 0755), 0);
	strcat(path, "/cmdline");
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(line, file);
	fclose(file);
	assert_int_equal(sys_open(&init.sys, folder), 0);
	options_read(&init);
	sys_close(&init.sys);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(folder);
}

static void an_empty_line_leaves_everything_at_its_default(void **state)
{
	(void)state;
	options("\n");
	assert_string_equal(init.root, "");
	assert_string_equal(init.init, "");
	assert_string_equal(init.rootflags, "");
	assert_null(init.break_at);
	assert_int_equal(init.deadline_s, 30);
	assert_int_equal(init.panic, 0);
	assert_false(init.rw || init.strict || init.debug);
}

static void options_of_the_line_are_taken(void **state)
{
	(void)state;
	options("root=LABEL=/ rw rootfstype=ext4,xfs rootflags=noatime,x=1 "
		"init=/bin/sh resume=/dev/sda2 panic=-5 debug pvroot=strict\n");
	assert_string_equal(init.root, "LABEL=/");
	assert_string_equal(init.rootfstype, "ext4,xfs");
	assert_string_equal(init.rootflags, "noatime,x=1");
	assert_string_equal(init.init, "/bin/sh");
	assert_string_equal(init.resume, "/dev/sda2");
	assert_int_equal(init.panic, -5);
	assert_true(init.rw && init.strict && init.debug);
	assert_string_equal(said, "");
}

static void
the_last_of_two_wins_and_what_follows_two_dashes_is_inits(void **state)
{
	(void)state;
	options("root=/dev/a rw root=/dev/b ro resume=/dev/c noresume -- "
		"root=/dev/d rw");
	assert_string_equal(init.root, "/dev/b");
	assert_string_equal(init.resume, "");
	assert_false(init.rw);
}

static void quotes_hold_blanks_together(void **state)
{
	(void)state;
	options("root=\"LABEL=a b\" \"init=/my init\" rw");
	assert_string_equal(init.root, "LABEL=a b");
	assert_string_equal(init.init, "/my init");
	assert_true(init.rw);
}

static void a_wait_is_as_long_as_the_longest_asked_for(void **state)
{
	(void)state;
	options("rootdelay=10");
	assert_int_equal(init.deadline_s, 30);
	options("rootdelay=100");
	assert_int_equal(init.deadline_s, 100);
	options("rootwait");
	assert_int_equal(init.deadline_s, 600);
	options("rootwait=7");
	assert_int_equal(init.deadline_s, 7);
}

static void what_is_not_understood_is_said_and_ignored(void **state)
{
	(void)state;
	options("panic=soon");
	assert_int_equal(init.panic, 0);
	assert_string_equal(
		said, "ignored: panic=soon: no number of at most 5 digits");
	options("rootwait=100000");
	assert_int_equal(init.deadline_s, 30);
	options("panic=-");
	assert_true(said[0]);
	options("break=later");
	assert_null(init.break_at);
	assert_true(said[0]);
	options("break");
	assert_string_equal(init.break_at, "premount");
	options("break=bottom");
	assert_string_equal(init.break_at, "bottom");
	assert_string_equal(said, "");
}

static void tag_is(const char *path, const char *tag)
{
	char *copy = strdup(path);

	options_as_tag(copy);
	assert_string_equal(copy, tag);
	free(copy);
}

static void links_of_udev_become_their_tags(void **state)
{
	(void)state;
	tag_is("/dev/disk/by-label/a\\x20b", "LABEL=a b");
	tag_is("/dev/disk/by-uuid/12-AB", "UUID=12-AB");
	tag_is("/dev/disk/by-partuuid/1-01", "PARTUUID=1-01");
	tag_is("/dev/disk/by-partlabel/x", "PARTLABEL=x");
	tag_is("/dev/disk/by-id/ata-x", "/dev/disk/by-id/ata-x");
	tag_is("LABEL=/dev/disk/by-uuid/1", "LABEL=/dev/disk/by-uuid/1");
	tag_is("", "");
}

static unsigned long flags_of(const char *options, unsigned long flags,
			      const char *rest)
{
	char *copy = strdup(options);

	split_flags(copy, &flags);
	assert_string_equal(copy, rest);
	free(copy);
	return flags;
}

static void mount_flags_are_taken_out_of_the_options(void **state)
{
	(void)state;
	assert_int_equal(flags_of("", 0, ""), 0);
	assert_int_equal(flags_of("defaults", MS_RDONLY, ""), MS_RDONLY);
	assert_int_equal(flags_of("noatime,subvol=@,nodev,x", 0, "subvol=@,x"),
			 MS_NOATIME | MS_NODEV);
	assert_int_equal(flags_of("rw", MS_RDONLY, ""), 0);
	assert_int_equal(flags_of("rw,ro", 0, ""), MS_RDONLY);
	assert_int_equal(flags_of("nosuid,suid,sync", 0, ""), MS_SYNCHRONOUS);
	assert_int_equal(flags_of("a,,b,", 0, "a,b"), 0);
	assert_int_equal(flags_of("rox,roo=1,or", 0, "rox,roo=1,or"), 0);
}

/* Where it stops, that is seen in stopped[]. */
static void pvroot_answers(const char *text, int status, bool strict)
{
	static char root[] = "LABEL=/", resume[] = "";

	memset(&init, 0, sizeof(init));
	init.root = root;
	init.resume = resume;
	init.strict = strict;
	answer = text;
	answer_status = status;
	said[0] = stopped[0] = '\0';
	if (!setjmp(at_stop))
		answer_get(&init);
}

static void an_answer_is_taken(void **state)
{
	(void)state;
	pvroot_answers("root='/dev/xvda1'\nresume='/dev/xvda2'\n", 0, false);
	assert_string_equal(init.root, "/dev/xvda1");
	assert_string_equal(init.resume, "/dev/xvda2");
	assert_string_equal(said, "");
	pvroot_answers("", 0, false);
	assert_string_equal(init.root, "LABEL=/");
}

static void an_answer_that_is_no_plain_device_is_not_believed(void **state)
{
	static const char *const bad[] = {
		"root='/dev/../etc/x'\n",
		"root=/dev/xvda1\n",
		"root='\n",
		"root='/dev/'\n",
		"root='/dev/a b'\n",
		"root='LABEL=x'\n",
		"init='/bin/sh'\n",
		"rm -rf /\n",
		"root=''\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char want[64];

		pvroot_answers(bad[i], 0, false);
		assert_string_equal(init.root, "LABEL=/");
		snprintf(want, sizeof(want), "ignored: pvroot's answer %.*s",
			 (int)strlen(bad[i]) - 1, bad[i]);
		assert_string_equal(said, want);
	}
}

static void a_failure_goes_on_but_for_strict(void **state)
{
	(void)state;
	pvroot_answers("root='/dev/xvda1'\n", 2, false);
	assert_string_equal(init.root, "LABEL=/");
	assert_string_equal(stopped, "");
	assert_string_equal(said,
			    "pvroot failed (status 2): going on without it");
	pvroot_answers("", 139, true);
	assert_string_equal(stopped, "pvroot=strict, and pvroot failed "
				     "(status 139)");
	pvroot_answers("", 1, false);
	assert_string_equal(stopped, "pvroot found no root that it may use");
}

static void two_pv_disks_with_the_tag_stop_it(void **state)
{
	(void)state;
	pvroot_answers("pvroot_refused='/dev/xvda1 /dev/xvdb1'\n", 0, false);
	assert_string_equal(stopped, "root=LABEL=/ is on more than one PV "
				     "disk: /dev/xvda1 /dev/xvdb1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_empty_line_leaves_everything_at_its_default),
		cmocka_unit_test(options_of_the_line_are_taken),
		cmocka_unit_test(
			the_last_of_two_wins_and_what_follows_two_dashes_is_inits),
		cmocka_unit_test(quotes_hold_blanks_together),
		cmocka_unit_test(a_wait_is_as_long_as_the_longest_asked_for),
		cmocka_unit_test(what_is_not_understood_is_said_and_ignored),
		cmocka_unit_test(links_of_udev_become_their_tags),
		cmocka_unit_test(mount_flags_are_taken_out_of_the_options),
		cmocka_unit_test(an_answer_is_taken),
		cmocka_unit_test(
			an_answer_that_is_no_plain_device_is_not_believed),
		cmocka_unit_test(a_failure_goes_on_but_for_strict),
		cmocka_unit_test(two_pv_disks_with_the_tag_stop_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
