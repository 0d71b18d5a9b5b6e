// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 1: is this a Xen HVM guest, and what was asked for? Reads procfs and
 * sysfs, changes nothing. */
#include "story/boot.h"

#include <string.h>

#include "sys/attr.h"
#include "dev/controller.h"
#include "base/text.h"

static int is_platform_device(const char *address, void *ctx)
{
	struct controller_ids ids;

	return !controller_read(ctx, address, &ids) && ids.vendor == 0x5853 &&
	       (ids.device == 1 || ids.device == 2);
}

/* Kernels before 4.13 do not say which kind of guest they are; only HVM guests
 * have the Xen platform device, 5853:0001 (0002 on XenServer). */
static bool is_hvm_by_hardware(const struct sys *sys)
{
	return sys_list(sys, "/sys/bus/pci/devices", is_platform_device,
			(void *)sys) == 1;
}

static bool is_xen_hvm(const struct sys *sys)
{
	char text[16];

	if (sys_read_line(sys, "/sys/hypervisor/type", text, sizeof(text)) < 0)
		/* No sysfs entry before 2.6.30: ask the hardware. */
		return sys_cpuid_is_xen(sys) || is_hvm_by_hardware(sys);
	if (strcmp(text, "xen"))
		return false;
	if (sys_read_line(sys, "/sys/hypervisor/guest_type", text,
			  sizeof(text)) < 0)
		return is_hvm_by_hardware(sys);
	return !strcmp(text, "HVM");
}

static void complain(void *ctx, const char *what, const char *why)
{
	struct boot *b = ctx;

	log_say(&b->log, LOG_WARN, "kernel command line: \"%.64s\" ignored: %s",
		what, why);
}

static void parse_tag(struct boot *b, const char *key, const char *value,
		      struct tag *tag)
{
	int err = tag_parse(value, tag);

	if (err)
		log_say(&b->log, LOG_WARN,
			"kernel command line: %s%.64s is not understood (%s): "
			"left to the generator",
			key, value, log_errno(err));
}

int look(struct boot *b)
{
	int err;

	if (!is_xen_hvm(b->sys))
		return 0;
	err = lines_read(b, b->line);
	if (err)
		return err;
	cmdline_parse(b->line, &b->cmd, complain, b);
	if (b->cmd.mode == MODE_OFF)
		return 0;
	b->log.debug = b->cmd.debug;
	parse_tag(b, "root=", b->cmd.root, &b->root);
	parse_tag(b, "resume=", b->cmd.resume, &b->resume);
	return 1;
}
