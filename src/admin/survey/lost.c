// SPDX-License-Identifier: GPL-2.0-or-later
/* The vbds that an old kernel has removed: while it loads the PV disk driver,
 * 2.6.18 waits ten seconds for each vbd to connect, then takes those that did
 * not off xenbus. Only the kernel log still lists them. Reads that. */
#include <stdlib.h>
#include <string.h>

#include "admin/survey/survey.h"
#include "base/text.h"
#include "sys/admin.h"

#define KLOG_SIZE (256 * 1024)
/* drivers/xen/xenbus/xenbus_probe.c, print_device_status() */
#define WORDS "XENBUS: Timeout connecting to device: device/vbd/"

static void take_line(struct survey *survey, char *line)
{
	char *number = strstr(line, WORDS);
	struct xenbus_devices *lost = &survey->lost;
	uint64_t value;

	if (!number)
		return;
	number += strlen(WORDS);
	number[strspn(number, "0123456789")] = '\0';
	if (text_u64(number, 10, UINT32_MAX, &value))
		return;
	array_extend(&lost->at, lost->count, &lost->room, sizeof(lost->at[0]));
	lost->at[lost->count++].number = (uint32_t)value;
}

void survey_lost(struct survey *survey)
{
	char *text, *at, *line;

	if (!survey->xen || sys_exists(survey->sys, "/sys/hypervisor/type"))
		return;
	text = at = memory_new(KLOG_SIZE);
	if (sys_kernel_log(survey->sys, text, KLOG_SIZE) > 0) {
		while ((line = text_next_line(&at)))
			take_line(survey, line);
	}
	free(text);
}
