// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of initrds, and the commands that build them. Looks for the generators
 * only. */
#include <string.h>

#include "admin/check/check.h"
#include "base/text.h"

/* How names of images begin and end; the kernel's version is between. */
static const struct {
	const char *prefix, *suffix;
} shapes[] = {
	{ "initrd.img-", "" },	  { "initramfs-", ".pv.img" },
	{ "initramfs-", ".img" }, { "initrd-", ".pv.img" },
	{ "initrd-", ".img" },	  { "initramfs-", "" },
	{ "initrd-", "" },	  { "pvroot-", ".img" },
};

/* Parts of the names of copies that no menu boots, and of kdump's image, which
 * is not for root. */
static const char *const others[] = {
	".old", ".bak", "-old",	 "-bak", ".orig", ".save",    ".dpkg-",
	".new", ".tmp", ".copy", "~",	 "kdump", ".rpmsave", "backup",
};

/* initramfs-6.1.img.20240131: a date stands behind it. */
static bool has_date(const char *name)
{
	static const char digits[] = "0123456789";
	size_t n;

	for (; *name; name += n ? n : 1) {
		n = strspn(name, digits);
		if (n == 8 && name[0] == '2' && name[1] == '0')
			return true;
	}
	return false;
}

bool image_name_version(const char *name, char *version, size_t size)
{
	size_t i;

	if (has_date(name))
		return false;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strstr(name, others[i]))
			return false;
	}
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const char *rest;

		if (!text_prefix(name, shapes[i].prefix, &rest) ||
		    !text_ends_with(rest, shapes[i].suffix))
			continue;
		return !text_format(
			version, size, "%.*s",
			(int)(strlen(rest) - strlen(shapes[i].suffix)), rest);
	}
	return false;
}

/* Generators that run no hook at boot have dracut beside them. */
#define BY_DRACUT(maker)                                                       \
	"let dracut make the image, since " maker " cannot run pvroot: "       \
	"dracut --force --kver %s"

static const struct {
	const char *program, *command;
} makers[] = {
	{ "/usr/sbin/update-initramfs", "update-initramfs -u -k %s" },
	{ "/usr/bin/dracut", "dracut --force --kver %s" },
	{ "/sbin/dracut", "dracut --force '' %s" },
	{ "/usr/bin/mkinitcpio", "mkinitcpio -P" },
	{ "/sbin/mkinitfs", "mkinitfs %s" },
	{ "/sbin/mkinitrd", "mkinitrd -f /boot/initrd-%s.img %s" },
	{ "/usr/bin/mkosi-initrd", "kernel-install add-all" },
	{ "/usr/bin/genkernel", BY_DRACUT("genkernel") },
	{ "/usr/bin/ugrd",
	  "put \"pvroot\" into modules of /etc/ugrd/config.toml, then install "
	  "kernel %s again" },
	{ "/usr/bin/booster", BY_DRACUT("booster") },
	{ "/etc/NIXOS",
	  "pvroot has no module for NixOS: put \"xen-blkfront\" into "
	  "boot.initrd.kernelModules, and have fileSystems name the root as "
	  "/dev/xvd..., since a label can be the twin's" },
};

void check_rebuild_command(const struct sys *sys, const char *path,
			   const char *version, char *buf, size_t size)
{
	size_t i;

	if (strstr(path, "/pvroot-")) {
		text_format(buf, size, "pvroot-initramfs update %s", version);
		return;
	}
	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		const char *at = makers[i].command, *mark;

		if (!sys_exists(sys, makers[i].program))
			continue;
		for (*buf = '\0'; (mark = strstr(at, "%s")); at = mark + 2) {
			size_t used = strlen(buf);

			text_format(buf + used, size - used, "%.*s%s",
				    (int)(mark - at), at, version);
		}
		text_add(buf, at, size);
		return;
	}
	text_copy(buf, size, "build the image again");
}

void check_rescue_command(const char *path, const char *version, char *buf,
			  size_t size)
{
	text_format(buf, size,
		    "dracut --force --no-hostonly --add rescue %s %s", path,
		    version);
}
