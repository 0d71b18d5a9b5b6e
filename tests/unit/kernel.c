// SPDX-License-Identifier: GPL-2.0-or-later
/* The SIMULATED kernel: the linker puts these functions between src/ and sys.c
 * (--wrap). They imitate a kernel's reactions on the fake tree; without a
 * fixture they pass every call on. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "fixture.h"

int __real_sys_write(const struct sys *sys, const char *path, const char *text);
int __wrap_sys_write(const struct sys *sys, const char *path, const char *text);
int __real_sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
			 enum sys_open_mode mode);
int __wrap_sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
			 enum sys_open_mode mode);
int __real_sys_module_load(const struct sys *sys, const char *path);
int __wrap_sys_module_load(const struct sys *sys, const char *path);
int __real_sys_make_node(const struct sys *sys, const char *name, dev_t devno);
int __wrap_sys_make_node(const struct sys *sys, const char *name, dev_t devno);
int __real_sys_partition_delete(const struct sys *sys, int fd,
				unsigned int number);
int __wrap_sys_partition_delete(const struct sys *sys, int fd,
				unsigned int number);
int __real_sys_print(int fd, const char *text, size_t len);
int __wrap_sys_print(int fd, const char *text, size_t len);

/* ---- sysfs ---- */

static int drop_if_behind(const char *name, void *ctx)
{
	const char *pci = ctx;
	struct fixture *f = fixture_current();
	char link[FIXTURE_PATH], path[FIXTURE_PATH];

	fixture_path(f, path, "/sys/block/%s", name);
	fixture_leads(f, path, link);
	if (strstr(link, pci))
		fixture_drop_disk(f, name);
	return 0;
}

static int unlink_if_behind(const char *name, void *ctx)
{
	struct fixture *f = fixture_current();
	char path[FIXTURE_PATH], link[FIXTURE_PATH];

	fixture_path(f, path, "/sys/bus/scsi/devices/%s", name);
	if (sys_readlink(&f->sys, path, link, sizeof(link)) > 0 &&
	    strstr(link, (const char *)ctx))
		fixture_remove(f, path);
	return 0;
}

static int drop_nic_if_behind(const char *name, void *ctx)
{
	struct fixture *f = fixture_current();
	char path[FIXTURE_PATH], link[FIXTURE_PATH];

	fixture_path(f, path, "/sys/class/net/%s", name);
	fixture_leads(f, path, link);
	if (strstr(link, (const char *)ctx))
		fixture_drop_nic(f, name);
	return 0;
}

/* Unbinds the driver: removes its disks, its SCSI devices and its link. */
static int unbind(struct fixture *f, const char *pci)
{
	char path[FIXTURE_PATH];

	if (f->unbind_error)
		return f->unbind_error;
	if (f->deaf)
		return 0;
	sys_list(&f->sys, "/sys/block", drop_if_behind, (void *)pci);
	sys_list(&f->sys, "/sys/bus/scsi/devices", unlink_if_behind,
		 (void *)pci);
	sys_list(&f->sys, "/sys/class/net", drop_nic_if_behind, (void *)pci);
	fixture_path(f, path, "/sys/bus/pci/devices/%s/driver", pci);
	fixture_remove(f, path);
	if (f->behind_unbind)
		f->behind_unbind(f);
	return 0;
}

static int delete_device(struct fixture *f, const char *path)
{
	char name[DISK_NAME_SIZE] = "";

	if (f->delete_error)
		return f->delete_error;
	sscanf(path, "/sys/block/%31[^/]", name);
	if (!f->deaf)
		fixture_drop_disk(f, name);
	if (f->behind_delete)
		f->behind_delete(f);
	return 0;
}

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len >= n && !strcmp(s + len - n, end);
}

void fixture_in_earnest(struct fixture *f)
{
	f->sys.fixture = false;
}

static void kill_child(struct fixture *f, const char *name,
		       enum sys_open_mode mode)
{
	if (f->kill_at && getpid() != f->owner && f->kill_mode == mode &&
	    !strcmp(f->kill_at, name))
		raise(SIGKILL);
}

int __wrap_sys_write(const struct sys *sys, const char *path, const char *text)
{
	struct fixture *f = fixture_current();
	struct fixture_write *write;

	if (!f)
		return __real_sys_write(sys, path, text);
	assert_true(f->writes < FIXTURE_WRITES);
	write = &f->write[f->writes++];
	snprintf(write->path, sizeof(write->path), "%s", path);
	snprintf(write->text, sizeof(write->text), "%s", text);
	if (!fixture_exists(f, path))
		return -ENOENT;
	kill_child(f, path, f->kill_mode);
	if (ends_with(path, "/unbind")) {
		if (f->on_unbind)
			f->on_unbind(f);
		return unbind(f, text);
	}
	if (ends_with(path, "/device/delete"))
		return delete_device(f, path);
	if (ends_with(path, "/driver_override") && f->override_error)
		return f->override_error;
	if (f->on_rescan &&
	    (ends_with(path, "/drivers_probe") || ends_with(path, "/scan")))
		f->on_rescan(f);
	return __real_sys_write(sys, path, text);
}

bool fixture_wrote(struct fixture *f, const char *path, const char *text)
{
	unsigned int i;

	for (i = 0; i < f->writes; i++)
		if (!strcmp(f->write[i].path, path) &&
		    !strcmp(f->write[i].text, text))
			return true;
	return false;
}

unsigned int fixture_writes_to(struct fixture *f, const char *end)
{
	unsigned int i, count = 0;

	for (i = 0; i < f->writes; i++) {
		const char *at = strstr(f->write[i].path, end);

		count += at && !at[strlen(end)];
	}
	return count;
}

/* ---- disks and modules that fail ---- */

static void add_fail(struct fixture *f, const char *name, int err,
		     bool exclusive)
{
	struct fixture_fail *fail = &f->fail[f->fails++];

	assert_true(f->fails <= FIXTURE_FAILS);
	snprintf(fail->name, sizeof(fail->name), "%s", name);
	fail->err = err;
	fail->exclusive = exclusive;
}

void fixture_fail_open(struct fixture *f, const char *name, int err)
{
	add_fail(f, name, err, false);
}

void fixture_in_use(struct fixture *f, const char *name)
{
	add_fail(f, name, -EBUSY, true);
}

void fixture_in_use_behind(struct fixture *f, const char *name,
			   unsigned int opens)
{
	fixture_in_use(f, name);
	f->fail[f->fails - 1].spared = opens;
}

static int failure_of(struct fixture *f, const char *name, bool exclusive)
{
	unsigned int i;

	for (i = 0; i < f->fails; i++) {
		struct fixture_fail *fail = &f->fail[i];

		if (strcmp(fail->name, name) || (!exclusive && fail->exclusive))
			continue;
		if (fail->spared)
			fail->spared--;
		else
			return fail->err;
	}
	return 0;
}

int __wrap_sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
			 enum sys_open_mode mode)
{
	struct fixture *f = fixture_current();
	int err;

	if (!f)
		return __real_sys_disk_open(sys, name, devno, mode);
	f->opens++;
	kill_child(f, name, mode);
	if (f->on_claim && mode == SYS_EXCLUSIVE)
		f->on_claim(f);
	if (f->on_look && mode != SYS_EXCLUSIVE)
		f->on_look(f);
	err = failure_of(f, name, mode == SYS_EXCLUSIVE);
	return err ? err : __real_sys_disk_open(sys, name, devno, mode);
}

void fixture_module(struct fixture *f, const char *path, int err)
{
	char list[8192];

	fixture_read(f, PRELOAD_LIST, list, sizeof(list));
	strcat(list, path);
	strcat(list, "\n");
	fixture_file(f, PRELOAD_LIST, list);
	if (err)
		add_fail(f, path, err, false);
}

int __wrap_sys_module_load(const struct sys *sys, const char *path)
{
	struct fixture *f = fixture_current();
	int err;

	if (!f)
		return __real_sys_module_load(sys, path);
	kill_child(f, path, f->kill_mode);
	err = failure_of(f, path, false);
	if (err)
		return err;
	f->loads++;
	if (strstr(path, "xen-blkfront")) {
		fixture_advance(f, f->now_us + f->blkfront_ms * 1000ULL);
		if (f->on_blkfront)
			f->on_blkfront(f);
	}
	return 0;
}

/* A node is a file that contains its number. */
int __wrap_sys_make_node(const struct sys *sys, const char *name, dev_t devno)
{
	struct fixture *f = fixture_current();
	char path[FIXTURE_PATH], text[32];

	if (!f)
		return __real_sys_make_node(sys, name, devno);
	fixture_path(f, path, "/dev/%s", name);
	if (fixture_exists(f, path))
		return 0;
	snprintf(text, sizeof(text), "%u:%u", major(devno), minor(devno));
	fixture_file(f, path, text);
	return 0;
}

/* In the layout of 2.6.18: /sys/block/hda/hda1. */
int __wrap_sys_partition_delete(const struct sys *sys, int fd,
				unsigned int number)
{
	struct fixture *f = fixture_current();
	char link[FIXTURE_PATH] = "", path[FIXTURE_PATH], name[DISK_NAME_SIZE];
	const char *disk;
	int err;

	if (!f)
		return __real_sys_partition_delete(sys, fd, number);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_true(readlink(path, link, sizeof(link) - 1) > 0);
	disk = strrchr(link, '/') + 1;
	disk_part_name(name, disk, number);
	err = failure_of(f, name, false);
	if (err)
		return err;
	fixture_path(f, path, "/sys/block/%s/%s", disk, name);
	assert_true(fixture_exists(f, path));
	fixture_remove(f, path);
	return 0;
}

/* ---- output ---- */

int __wrap_sys_print(int fd, const char *text, size_t len)
{
	struct fixture *f = fixture_current();
	char *to;

	if (f && f->mute && fd == 1)
		return -EPIPE;
	if (!f || getpid() != f->owner)
		return __real_sys_print(fd, text, len);
	to = fd == 1 ? f->out : f->err;
	assert_true(strlen(to) + len < FIXTURE_TEXT);
	strncat(to, text, len);
	return 0;
}
