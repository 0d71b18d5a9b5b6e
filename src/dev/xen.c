// SPDX-License-Identifier: GPL-2.0-or-later
/* Which kind of guest is this? Reads sysfs and CPUID, changes nothing. */
#include "dev/xen.h"

#include <string.h>

#include "dev/controller.h"

static int is_platform_device(const char *address, void *ctx)
{
	struct controller_ids ids;

	return !controller_read(ctx, address, &ids) && ids.vendor == 0x5853 &&
	       (ids.device == 1 || ids.device == 2);
}

/* Kernels before 4.13 do not say which kind of guest this is. Only HVM guests
 * have the Xen platform device, 5853:0001 (0002 on XenServer). */
static bool is_hvm_by_hardware(const struct sys *sys)
{
	return sys_list(sys, "/sys/bus/pci/devices", is_platform_device,
			(void *)sys) == 1;
}

bool xen_is_hvm_guest(const struct sys *sys)
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
