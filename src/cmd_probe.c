// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot probe FILE…`: says what devices and images hold. Reads only. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "log.h"
#include "source.h"
#include "text.h"

static void print_key(const char *key, const char *value)
{
	char line[PROBE_LABEL_SIZE + 16];

	if (*value && !text_format(line, sizeof(line), "%s=%s\n", key, value))
		sys_print(1, line, strlen(line));
}

static int probe_file(const struct sys *sys, const char *path)
{
	struct probe_result what;
	struct source source;
	int fd = sys_file_open(sys, path);
	int ret = fd < 0 ? fd : source_from_fd(&source, fd);

	if (!ret)
		ret = probe_superblock(&source.bytes, &what);
	if (fd >= 0)
		sys_fd_close(fd);
	if (ret != 1)
		return ret;
	print_key("DEVNAME", path);
	print_key("LABEL", what.label);
	print_key("UUID", what.uuid);
	print_key("UUID_SUB", what.uuid_sub);
	print_key("TYPE", what.type);
	return 1;
}

int cmd_probe(const struct sys *sys, int argc, char **argv)
{
	int status = EXIT_GO_ON, i;
	struct log log;

	if (argc < 2)
		return usage_error("probe", "takes at least one file", NULL);
	log_open(&log, sys, LOG_TO_STDERR);
	for (i = 1; i < argc; i++) {
		int ret = probe_file(sys, argv[i]);

		if (ret < 0)
			log_say(&log, LOG_ERR, "%.200s: %s", argv[i],
				log_errno(ret));
		if (ret != 1)
			status = EXIT_STOP;
	}
	log_close(&log);
	return status;
}
