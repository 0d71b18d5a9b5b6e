// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls to the kernel that must fail in a test, by their arguments; the
 * linker's --wrap puts these before sys.c. Without a fixture or a refusal every
 * call is passed on. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

int __real_sys_read(const struct sys *sys, const char *path, char *buf,
		    size_t size);
int __wrap_sys_read(const struct sys *sys, const char *path, char *buf,
		    size_t size);
int __real_sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
		    void *ctx);
int __wrap_sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
		    void *ctx);
int __real_sys_readlink(const struct sys *sys, const char *path, char *buf,
			size_t size);
int __wrap_sys_readlink(const struct sys *sys, const char *path, char *buf,
			size_t size);
int __real_sys_card_rename(const struct sys *sys, const char *from,
			   const char *to);
int __wrap_sys_card_rename(const struct sys *sys, const char *from,
			   const char *to);
int __real_sys_disk_read(int fd, uint64_t off, void *buf, size_t len);
int __wrap_sys_disk_read(int fd, uint64_t off, void *buf, size_t len);

void fixture_refuse(struct fixture *f, const char *call, int err,
		    unsigned int times)
{
	struct fixture_refusal *r = &f->refusal[f->refusals++];

	assert_true(f->refusals <= FIXTURE_FAILS);
	snprintf(r->call, sizeof(r->call), "%s", call);
	r->err = err;
	r->times = times;
}

static int refusal_of(const char *verb, const char *path)
{
	struct fixture *f = fixture_current();
	char call[SYS_PATH_SIZE + 8];
	unsigned int i;

	snprintf(call, sizeof(call), "%s %s", verb, path);
	for (i = 0; f && i < f->refusals; i++) {
		struct fixture_refusal *r = &f->refusal[i];

		if (r->times && !strcmp(r->call, call)) {
			r->times--;
			return r->err;
		}
	}
	return 0;
}

int __wrap_sys_read(const struct sys *sys, const char *path, char *buf,
		    size_t size)
{
	int err = refusal_of("read", path);

	if (!err)
		return __real_sys_read(sys, path, buf, size);
	buf[0] = '\0';
	return err;
}

int __wrap_sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
		    void *ctx)
{
	int err = refusal_of("list", path);

	return err ? err : __real_sys_list(sys, path, fn, ctx);
}

int __wrap_sys_readlink(const struct sys *sys, const char *path, char *buf,
			size_t size)
{
	int err = refusal_of("link", path);

	if (!err)
		return __real_sys_readlink(sys, path, buf, size);
	buf[0] = '\0';
	return err;
}

/* A bad sector on the disk of that size: every read of it fails. */
int __wrap_sys_disk_read(int fd, uint64_t off, void *buf, size_t len)
{
	struct fixture *f = fixture_current();
	uint64_t size;

	if (f && f->bad_size && !sys_disk_size(fd, &size) &&
	    size == f->bad_size && off <= f->bad_byte &&
	    f->bad_byte - off < len)
		return -EIO;
	return __real_sys_disk_read(fd, off, buf, len);
}

int __wrap_sys_nvme_namespaces(const struct sys *sys, const char *name,
			       uint32_t *nsid, unsigned int max);

/* A controller gives no list unless the test has set one. Only the device of a
 * controller, nvme0, can be asked. */
int __wrap_sys_nvme_namespaces(const struct sys *sys, const char *name,
			       uint32_t *nsid, unsigned int max)
{
	struct fixture *f = fixture_current();
	unsigned int i;

	(void)sys;
	if (strncmp(name, "nvme", 4) || !isdigit((unsigned char)name[4]))
		return -ENOENT;
	for (i = 0; f && i < max && i < 4 && f->namespaces[i]; i++)
		nsid[i] = f->namespaces[i];
	return f && i ? (int)i : -ENOTTY;
}

int __wrap_sys_ata_identity(const struct sys *sys, const char *name,
			    dev_t devno, uint8_t identity[SYS_ATA_IDENTITY]);

int __wrap_sys_ata_identity(const struct sys *sys, const char *name,
			    dev_t devno, uint8_t identity[SYS_ATA_IDENTITY])
{
	struct fixture *f = fixture_current();

	(void)sys, (void)name, (void)devno;
	if (!f || !f->identity)
		return -ENOTTY;
	memcpy(identity, f->identity, SYS_ATA_IDENTITY);
	return 0;
}

/* As a kernel before 6.2 does; the device's own folder keeps its name here. */
int __wrap_sys_card_rename(const struct sys *sys, const char *from,
			   const char *to)
{
	struct fixture *f = fixture_current();
	char old[FIXTURE_PATH], new[FIXTURE_PATH];
	int err = refusal_of("rename", from);

	if (!f)
		return __real_sys_card_rename(sys, from, to);
	if (err)
		return err;
	fixture_path(f, old, "/sys/class/net/%s", from);
	fixture_path(f, new, "/sys/class/net/%s", to);
	if (!fixture_exists(f, old))
		return -ENODEV;
	if (fixture_exists(f, new))
		return -EEXIST;
	assert_int_equal(renameat(f->sys.root, old + 1, f->sys.root, new + 1),
			 0);
	return 0;
}
