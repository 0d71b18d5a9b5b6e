// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs a program and prints what it cost: system calls, bytes read, the most
 * memory that was resident (KiB), and the least CPU time of several runs (us).
 * The program's standard output and error go to a file. Counts come from one
 * run under ptrace, times from runs without it.
 *
 *   meter RUNS OUTPUT PROGRAM [ARGUMENT…]
 *
 * Resident memory is read page by page (smaps_rollup) whenever the program is
 * about to free some: the value of wait4() is rounded by up to 64 pages, and
 * includes the memory of the process that called exec(). x86_64 only. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

struct cost {
	unsigned long calls, bytes, peak_kib;
	long cpu_us;
	int status;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static pid_t start(char **argv, const char *output, bool traced)
{
	pid_t pid = fork();
	int fd;

	if (pid < 0)
		die("fork");
	if (pid)
		return pid;
	fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		die(output);
	if (traced && ptrace(PTRACE_TRACEME, 0, NULL, NULL))
		die("ptrace");
	execv(argv[0], argv);
	die(argv[0]);
	return -1;
}

static void take_memory(struct cost *cost, pid_t pid)
{
	unsigned long kib = 0;
	char path[64], line[256];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	f = fopen(path, "r");
	if (!f)
		die(path);
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "Rss: %lu", &kib) == 1)
			break;
	}
	fclose(f);
	if (kib > cost->peak_kib)
		cost->peak_kib = kib;
}

static bool is_read(unsigned long long call)
{
	return call == SYS_read || call == SYS_pread64;
}

static bool gives_back(unsigned long long call)
{
	return call == SYS_munmap || call == SYS_brk || call == SYS_mremap ||
	       call == SYS_exit_group || call == SYS_exit;
}

static void count(struct cost *cost, char **argv, const char *output)
{
	pid_t pid = start(argv, output, true);
	struct user_regs_struct regs;
	bool entry = true;
	int status;

	/* The first stop is the exec itself. */
	for (;;) {
		if (waitpid(pid, &status, 0) != pid)
			die("waitpid");
		if (WIFEXITED(status) || WIFSIGNALED(status))
			break;
		if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
			if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
				die("ptrace");
			if (entry && ++cost->calls && gives_back(regs.orig_rax))
				take_memory(cost, pid);
			if (!entry && is_read(regs.orig_rax) &&
			    (long long)regs.rax > 0)
				cost->bytes += regs.rax;
			entry = !entry;
		} else if (ptrace(PTRACE_SETOPTIONS, pid, NULL,
				  PTRACE_O_TRACESYSGOOD)) {
			die("ptrace");
		}
		ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
	}
	cost->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void measure_time(struct cost *cost, char **argv, const char *output)
{
	pid_t pid = start(argv, output, false);
	struct rusage used;
	int status;
	long us;

	if (wait4(pid, &status, 0, &used) != pid)
		die("wait4");
	us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000 +
	     used.ru_utime.tv_usec + used.ru_stime.tv_usec;
	if (!cost->cpu_us || us < cost->cpu_us)
		cost->cpu_us = us;
}

int main(int argc, char **argv)
{
	struct cost cost = { 0 };
	int runs;

	if (argc < 4) {
		fprintf(stderr, "usage: meter RUNS OUTPUT PROGRAM …\n");
		return 2;
	}
	for (runs = atoi(argv[1]); runs > 0; runs--)
		measure_time(&cost, argv + 3, argv[2]);
	count(&cost, argv + 3, argv[2]);
	printf("%lu %lu %lu %ld\n", cost.calls, cost.bytes, cost.peak_kib,
	       cost.cpu_us);
	return cost.status;
}
