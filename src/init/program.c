// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs other programs (pvroot), and loads modules at the same time. Starts
 * processes and loads the modules of the image's lists. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "init/init.h"

#define LIST_SIZE 16384

/* Reads to the end, so that the program never blocks on the pipe; keeps what
 * fits. */
static void read_output(int fd, char *out, size_t size)
{
	char spill[256];
	size_t len = 0;

	for (;;) {
		bool full = len + 1 >= size;
		ssize_t n = full ? read(fd, spill, sizeof(spill))
				 : read(fd, out + len, size - 1 - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		if (!full)
			len += (size_t)n;
	}
	out[len] = '\0';
}

/* The exit status as in a shell: 128+N for signal N. */
static int exit_status(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return 126;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int program_run(char **argv, char *out, size_t size)
{
	int fd[2];
	pid_t child;

	out[0] = '\0';
	if (access(argv[0], X_OK))
		return 127;
	if (pipe(fd))
		return 126;
	child = fork();
	if (!child) {
		dup2(fd[1], 1);
		close(fd[0]);
		close(fd[1]);
		execve(argv[0], argv, environ);
		_exit(127);
	}
	close(fd[1]);
	if (child > 0)
		read_output(fd[0], out, size);
	close(fd[0]);
	return child > 0 ? exit_status(child) : 126;
}

void modules_load(struct init *i, const char *list)
{
	char text[LIST_SIZE], *rest = text, *path;

	if (sys_read(&i->sys, list, text, sizeof(text)) < 0)
		return;
	while ((path = strsep(&rest, "\n"))) {
		if (*path)
			sys_module_load(&i->sys, path);
	}
}

int modules_load_beside(struct init *i, const char *list)
{
	pid_t child = fork();

	if (child > 0)
		return child;
	modules_load(i, list);
	if (!child)
		_exit(0);
	return -1;
}

void child_wait(int child)
{
	if (child > 0)
		exit_status(child);
}
