// SPDX-License-Identifier: GPL-2.0-or-later
/* Unbinds a PCI function, or a vbd, from its driver, and binds it again. Writes
 * to sysfs. */
#include "dev/controller.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "sys/attr.h"

/* The value of driver_override: no driver has this name, and a reader sees who
 * wrote it. */
#define OVERRIDE "pvroot"

/* Much longer than an unbind takes: this only limits a hang. */
#define UNBIND_LIMIT_MS 30000

void controller_driver(const struct sys *sys, const char *pci, char *name,
		       size_t size)
{
	char link[SYS_PATH_SIZE];
	const char *slash = NULL;

	name[0] = '\0';
	if (attr_link(sys, link, sizeof(link), "/sys/bus/pci/devices/%s/driver",
		      pci) > 0)
		slash = strrchr(link, '/');
	if (slash)
		text_copy(name, size, slash + 1);
}

static int set_override(const struct sys *sys, const char *pci,
			const char *driver)
{
	return attr_write(sys, driver,
			  "/sys/bus/pci/devices/%s/driver_override", pci);
}

int controller_forbid(const struct sys *sys, const char *pci)
{
	return set_override(sys, pci, OVERRIDE);
}

struct unbinding {
	const struct sys *sys;
	const char *bus, *device;
	bool (*gone)(void *ctx);
	void *ctx;
};

static int write_unbind(void *ctx)
{
	const struct unbinding *u = ctx;

	return attr_write(u->sys, u->device,
			  "/sys/bus/%s/devices/%s/driver/unbind", u->bus,
			  u->device);
}

/* A child can only return an exit status: here it is the errno. */
static int write_unbind_as_status(void *ctx)
{
	return -write_unbind(ctx);
}

static bool has_gone(void *ctx)
{
	const struct unbinding *u = ctx;

	return u->gone(u->ctx);
}

static int unbind(struct unbinding *u)
{
	int ret = -EPERM;

	if (!u->sys->fixture) /* a fixture has its kernel in this process */
		ret = sys_child_until(write_unbind_as_status, has_gone, u,
				      UNBIND_LIMIT_MS);
	/* If the child died, the caller sees from the device whether the unbind
	 * worked. */
	if (ret == -EALREADY || ret == -ECHILD)
		return 0;
	if (ret == -ETIMEDOUT)
		return ret;
	if (ret < 0) /* no child could be made: unbind here */
		return write_unbind(u);
	return -ret;
}

int controller_unbind(const struct sys *sys, const char *pci,
		      bool (*gone)(void *ctx), void *ctx)
{
	struct unbinding u = { sys, "pci", pci, gone, ctx };
	int ret;

	controller_forbid(sys, pci);
	ret = unbind(&u);
	if (ret && ret != -ETIMEDOUT)
		set_override(sys, pci, "\n");
	return ret;
}

int controller_rebind(const struct sys *sys, const char *pci)
{
	set_override(sys, pci, "\n");
	return attr_write(sys, pci, "/sys/bus/pci/drivers_probe");
}

int vbd_unbind(const struct sys *sys, const char *vbd, bool (*gone)(void *ctx),
	       void *ctx)
{
	struct unbinding u = { sys, "xen", vbd, gone, ctx };

	return unbind(&u);
}
