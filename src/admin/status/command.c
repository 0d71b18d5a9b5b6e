// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot status`: which path does each device use now? Changes nothing. */
#include <string.h>

#include "admin/status/status.h"
#include "cmd/command.h"

static const struct {
	const char *option;
	int (*say)(struct survey *survey, const struct verdict *verdict);
} forms[] = {
	{ "", status_table },
	{ "--json", status_json },
	{ "--prometheus", status_prometheus },
};

int cmd_status(const struct sys *sys, int argc, char **argv)
{
	const char *option = argc > 1 ? argv[1] : "";
	struct verdict verdict;
	struct survey survey;
	int status;
	size_t i;

	if (argc > 2)
		return usage_error("status", "takes one option:", argv[2]);
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (strcmp(forms[i].option, option))
			continue;
		survey_make(&survey, sys);
		status_judge(&survey, &verdict);
		status = verdict.exit;
		if (forms[i].say(&survey, &verdict))
			status = STATUS_UNKNOWN; /* could not be written */
		status_free(&verdict);
		survey_free(&survey);
		return status;
	}
	return usage_error("status", "takes --json or --prometheus, not",
			   option);
}
