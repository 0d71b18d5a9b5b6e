// SPDX-License-Identifier: GPL-2.0-or-later
/* A stand-in for nash, RHEL 5's init interpreter, for tests: runs the commands
 * that its mkinitrd writes into an image's init, one a line. Our own code,
 * which does what nash does [read in its source]; it is not nash. As in nash, a
 * bare word is looked up in PATH first, a command's status only matters to
 * cond, and a label is looked for in the order of /sys/block among devices with
 * a node. Touches what an init touches: mounts and device nodes; starts the
 * real init. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS	  32
#define EXT_LABEL 1144 /* of the superblock at 1024: byte 120, 16 long */
#define EXT_MAGIC 1080 /* byte 56: 53 ef */

static int status;
static char root_type[32] = "ext3";

typedef int command_fn(int argc, char **argv);

static const char *search(const char *name)
{
	static char path[256];
	static const char *const dirs[] = { "/bin", "/sbin" };
	size_t i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", dirs[i], name);
		if (!access(path, X_OK))
			return path;
	}
	return NULL;
}

/* argv ends with "> FILE" where output is to go there. */
static int run_external(const char *path, int argc, char **argv)
{
	static char *const environment[] = { "PATH=/bin:/sbin", "TERM=linux",
					     NULL };
	const char *out = NULL;
	int result;
	pid_t pid;

	if (argc > 2 && !strcmp(argv[argc - 2], ">")) {
		out = argv[argc - 1];
		argv[argc - 2] = NULL;
	}
	pid = fork();
	if (!pid) {
		if (out)
			dup2(open(out, O_CREAT | O_RDWR | O_TRUNC, 0600), 1);
		execve(path, argv, environment);
		_exit(1);
	}
	if (pid < 0 || waitpid(pid, &result, 0) != pid)
		return 1;
	return WEXITSTATUS(result);
}

/* ---- block devices ---- */

typedef bool device_fn(const char *name, dev_t number, void *ctx);

static bool one_device(const char *dir, const char *name, device_fn *fn,
		       void *ctx)
{
	unsigned int major, minor;
	char path[512];
	FILE *f;
	int n;

	snprintf(path, sizeof(path), "%s/%s/dev", dir, name);
	f = fopen(path, "r");
	if (!f)
		return false;
	n = fscanf(f, "%u:%u", &major, &minor);
	fclose(f);
	return n == 2 && fn(name, makedev(major, minor), ctx);
}

/* In the order of the directory; ends where fn returns true. */
static bool each_device(const char *dir, device_fn *fn, void *ctx, int depth)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	bool done = false;

	while (d && !done && (entry = readdir(d))) {
		char below[512];

		if (entry->d_name[0] == '.' || entry->d_name[0] == 'l' ||
		    (depth && strncmp(entry->d_name, strrchr(dir, '/') + 1,
				      strlen(strrchr(dir, '/') + 1))))
			continue;
		snprintf(below, sizeof(below), "%s/%s", dir, entry->d_name);
		done = one_device(dir, entry->d_name, fn, ctx) ||
		       (!depth && each_device(below, fn, ctx, 1));
	}
	if (d)
		closedir(d);
	return done;
}

static bool make_node(const char *name, dev_t number, void *ctx)
{
	char path[256];

	(void)ctx;
	snprintf(path, sizeof(path), "/dev/%s", name);
	mknod(path, S_IFBLK | 0700, number);
	return false;
}

struct label {
	const char *want;
	char device[256];
};

static bool has_label(const char *name, dev_t number, void *ctx)
{
	unsigned char block[2048];
	struct label *label = ctx;
	char path[256];
	int fd;
	bool read_it;

	(void)number;
	snprintf(path, sizeof(path), "/dev/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return false;
	read_it = pread(fd, block, sizeof(block), 0) == sizeof(block);
	close(fd);
	if (!read_it || block[EXT_MAGIC] != 0x53 ||
	    block[EXT_MAGIC + 1] != 0xef ||
	    strncmp((char *)block + EXT_LABEL, label->want, 16))
		return false;
	strcpy(label->device, path);
	return true;
}

/* Device of "LABEL=x" or a path that exists. */
static const char *resolve(const char *spec)
{
	static struct label label;

	if (strncmp(spec, "LABEL=", 6))
		return access(spec, F_OK) ? NULL : spec;
	label.want = spec + 6;
	return each_device("/sys/block", has_label, &label, 0) ? label.device
							       : NULL;
}

/* Value of KEY= on the kernel command line, or NULL. */
static const char *kernel_argument(const char *key)
{
	static char line[2048];
	char *word;
	FILE *f = fopen("/proc/cmdline", "r");
	size_t n = f ? fread(line, 1, sizeof(line) - 1, f) : 0;

	if (f)
		fclose(f);
	line[n] = '\0';
	for (word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
		if (!strncmp(word, key, strlen(key)))
			return word + strlen(key);
	}
	return NULL;
}

/* ---- commands ---- */

static int cmd_echo(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		printf("%s%s", argv[i], i + 1 < argc ? " " : "\n");
	fflush(stdout);
	return 0;
}

static int cmd_mount(int argc, char **argv)
{
	const char *type = NULL, *options = "", *plain[2] = { 0 };
	int i, n = 0;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-t") && i + 1 < argc)
			type = argv[++i];
		else if (!strcmp(argv[i], "-o") && i + 1 < argc)
			options = argv[++i];
		else if (n < 2)
			plain[n++] = argv[i];
	}
	if (n == 1) /* by the fstab that mkrootdev writes */
		return mount("/dev/root", plain[0], root_type, MS_RDONLY, "")
			       ? 1
			       : 0;
	return mount(plain[0], plain[1], type, 0, options) ? 1 : 0;
}

static int cmd_mkdir(int argc, char **argv)
{
	return argc > 1 && mkdir(argv[argc - 1], 0755) ? 1 : 0;
}

static int cmd_mknod(int argc, char **argv)
{
	mode_t type = argc > 2 && argv[2][0] == 'b' ? S_IFBLK : S_IFCHR;

	return argc < 5 || mknod(argv[1], type | 0600,
				 makedev(atoi(argv[3]), atoi(argv[4])));
}

static int cmd_mkblkdevs(int argc, char **argv)
{
	(void)argc, (void)argv;
	each_device("/sys/block", make_node, NULL, 0);
	return 1; /* as the real one does */
}

static int cmd_resume(int argc, char **argv)
{
	const char *spec = kernel_argument("resume=");
	const char *device = resolve(spec ? spec : argv[argc - 1]);

	printf("nash: resume device: %s\n", device ? device : "none");
	fflush(stdout);
	return 1;
}

static int cmd_mkrootdev(int argc, char **argv)
{
	const char *spec = kernel_argument("root=");
	const char *device;
	struct stat st;
	int i;

	for (i = 1; i + 1 < argc; i++) {
		if (!strcmp(argv[i], "-t"))
			snprintf(root_type, sizeof(root_type), "%s",
				 argv[i + 1]);
	}
	device = resolve(spec ? spec : argv[argc - 1]);
	printf("nash: root device: %s\n", device ? device : "none");
	fflush(stdout);
	if (!device || stat(device, &st))
		return 1;
	/* An existing node stays. */
	mknod("/dev/root", S_IFBLK | 0700, st.st_rdev);
	return 0;
}

static int cmd_setuproot(int argc, char **argv)
{
	(void)argc, (void)argv;
	mount("/dev", "/sysroot/dev", NULL, MS_MOVE, NULL);
	mount("/proc", "/sysroot/proc", "proc", 0, NULL);
	mount("/sys", "/sysroot/sys", "sysfs", 0, NULL);
	return 0;
}

static int cmd_switchroot(int argc, char **argv)
{
	static char *const init[] = { "/sbin/init", NULL };

	(void)argc, (void)argv;
	if (chdir("/sysroot") || mount(".", "/", NULL, MS_MOVE, NULL) ||
	    chroot(".") || chdir("/"))
		return 1;
	execv(init[0], init);
	return 1;
}

static int cmd_exit(int argc, char **argv)
{
	printf("nash: exit %s\n", argc > 1 ? argv[1] : "0");
	fflush(stdout);
	exit(argc > 1 ? atoi(argv[1]) : 0);
}

static int cmd_nothing(int argc, char **argv)
{
	(void)argc, (void)argv;
	return 0;
}

static int cmd_cond(int argc, char **argv);
int cmd_raidautorun(int argc, char **argv); /* nash_md.c */

static const struct command {
	const char *name;
	command_fn *run;
} commands[] = {
	{ "cond", cmd_cond },
	{ "echo", cmd_echo },
	{ "exit", cmd_exit },
	{ "hotplug", cmd_nothing },
	{ "mkblkdevs", cmd_mkblkdevs },
	{ "mkdir", cmd_mkdir },
	{ "mknod", cmd_mknod },
	{ "mkrootdev", cmd_mkrootdev },
	{ "mkdmnod", cmd_nothing },
	{ "mount", cmd_mount },
	{ "raidautorun", cmd_raidautorun },
	{ "resume", cmd_resume },
	{ "setquiet", cmd_nothing },
	{ "setuproot", cmd_setuproot },
	{ "stabilized", cmd_nothing },
	{ "switchroot", cmd_switchroot },
};

static int run_words(int argc, char **argv)
{
	const char *path = search(argv[0]);
	size_t i;

	if (path)
		return run_external(path, argc, argv);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (!strcmp(commands[i].name, argv[0]))
			return commands[i].run(argc, argv);
	}
	printf("nash: no such command: %s\n", argv[0]);
	fflush(stdout);
	return 1;
}

/* cond -eq N COMMAND, cond -ne N COMMAND. */
static int cmd_cond(int argc, char **argv)
{
	bool equal;

	if (argc < 4)
		return 1;
	equal = status == atoi(argv[2]);
	if (equal != !strcmp(argv[1], "-eq"))
		return status;
	return run_words(argc - 3, argv + 3);
}

static void run_line(char *line)
{
	char *argv[WORDS + 1], *word;
	int argc = 0;

	for (word = strtok(line, " \t\n"); word && argc < WORDS;
	     word = strtok(NULL, " \t\n"))
		argv[argc++] = word;
	argv[argc] = NULL;
	if (argc && argv[0][0] != '#')
		status = run_words(argc, argv);
}

int main(int argc, char **argv)
{
	char line[1024];
	FILE *f = fopen(argc > 1 ? argv[1] : "/init", "r");

	if (!f)
		return 1;
	fcntl(fileno(f), F_SETFD, FD_CLOEXEC);
	while (fgets(line, sizeof(line), f))
		run_line(line);
	return status;
}
