// SPDX-License-Identifier: GPL-2.0-or-later
/* sys.h for the guest in memory: files and folders. door_disk.c is its other
 * half. Every call takes a microsecond, in which devices that are due
 * appear. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "door.h"

#define MAX_CALLS  1000000 /* no story takes as many: this one does not end */
#define STORES	   32
#define STORE_SIZE 16384

jmp_buf door_escape;

static char stores[STORES][STORE_SIZE];
static unsigned int store_count;

void door_open(void)
{
	store_count = 0;
	door_forget_memory();
	door_close_all();
}

void door_call(void)
{
	kernel.now_us++;
	if (kernel.next_us <= kernel.now_us)
		kernel_pass();
	if (++kernel.calls > MAX_CALLS) {
		find_fault(RULE_LATE, "never", "it does not come to an end");
		longjmp(door_escape, 1);
	}
}

/* ---- reading ---- */

static const char *text_of(const struct node *n)
{
	static char text[8192];

	switch (n->op) {
	case OP_CMDLINE:
		return guest.cmdline;
	case OP_ATA_CLASS:
		return ata_class(n);
	case OP_STORE:
		return stores[n->store];
	case OP_PARTITIONS:
		list_partitions(text, sizeof(text));
		return text;
	case OP_MOUNTS:
		list_used(text, sizeof(text), USE_MOUNT, "/mnt ext4 rw 0 0");
		return text;
	case OP_SWAPS:
		list_used(text, sizeof(text), USE_SWAP, "partition 1000 0 -2");
		return text;
	case OP_OVERRIDE:
		snprintf(text, sizeof(text), "%s\n",
			 *kernel.now.override[n->index]
				 ? kernel.now.override[n->index]
				 : "(null)");
		return text;
	default:
		return n->text ? n->text : "";
	}
}

int sys_read(const struct sys *sys, const char *path, char *buf, size_t size)
{
	const struct node *n;
	const char *text;
	size_t len;

	(void)sys;
	door_call();
	buf[0] = '\0';
	n = tree_find(path, true);
	if (!n)
		return -ENOENT;
	if (n->kind == NODE_DIR)
		return -EISDIR;
	if (n->op == OP_IDENTITY && size > IDENTITY_PAGE)
		return (int)identity_page(n->index, (uint8_t *)buf);
	text = text_of(n);
	len = strlen(text);
	if (len >= size) {
		memcpy(buf, text, size - 1);
		buf[size - 1] = '\0';
		return -EFBIG;
	}
	memcpy(buf, text, len + 1);
	return (int)len;
}

int sys_read_line(const struct sys *sys, const char *path, char *buf,
		  size_t size)
{
	int len = sys_read(sys, path, buf, size);

	while (len > 0 && (buf[len - 1] == '\n' || buf[len - 1] == ' '))
		buf[--len] = '\0';
	return len;
}

/* What pvroot has put in the place of a hidden node, or "". */
static const char *led_to(const char *name)
{
	unsigned int disk, part;

	return device_find(&kernel.now, name, &disk, &part) &&
			       kernel.now.disk[disk].hidden
		       ? kernel.now.disk[disk].led[part]
		       : "";
}

int sys_readlink(const struct sys *sys, const char *path, char *buf,
		 size_t size)
{
	const struct node *n;
	int len;

	(void)sys;
	door_call();
	n = tree_find(path, false);
	len = n ? tree_readlink(n, buf, size) : -ENOENT;
	if (n && n->op == OP_NODE && *led_to(n->name))
		len = snprintf(buf, size, "%s", led_to(n->name));
	if (len < 0)
		buf[0] = '\0';
	return len;
}

static bool is_hidden(const struct node *n)
{
	unsigned int disk, part;

	return n->op == OP_NODE &&
	       device_find(&kernel.now, n->name, &disk, &part) &&
	       kernel.now.disk[disk].hidden;
}

bool sys_exists(const struct sys *sys, const char *path)
{
	const struct node *n;

	(void)sys;
	door_call();
	n = tree_find(path, true);
	return n && !is_hidden(n);
}

/* Lists a snapshot, as an open folder does. */
int sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
	     void *ctx)
{
	const char *names[256];
	unsigned int count = 0, i;
	const struct node *n;
	int ret = 0;

	(void)sys;
	door_call();
	n = tree_find(path, true);
	if (!n || n->kind != NODE_DIR)
		return n ? -ENOTDIR : -ENOENT;
	for (n = n->child; n && count < COUNT(names); n = n->next)
		if (node_is_there(n))
			names[count++] = n->name;
	for (i = 0; !ret && i < count; i++)
		ret = fn(names[guest.newest_first ? count - 1 - i : i], ctx);
	return ret;
}

/* ---- writing ---- */

static bool is_ours(const char *path)
{
	static const char *const ours[] = {
		"/run/pvroot/",	       "/dev/.pvroot/",
		"/run/udev/rules.d/",  "/run/modprobe.d/",
		"/dev/.udev/rules.d/", "/run/systemd/network/",
	};
	unsigned int i;

	for (i = 0; i < COUNT(ours); i++)
		if (!strncmp(path, ours[i], strlen(ours[i]) - 1))
			return true;
	return false;
}

static int unbind_by_name(const char *pci)
{
	unsigned int vbd;
	unsigned int i;

	for (i = 0; i < guest.cards; i++)
		if (!strcmp(guest.card[i].pci, pci))
			return kernel_unbind(i);
	if (sscanf(pci, "vbd-%u", &vbd) == 1)
		return kernel_unbind_vbd(vbd);
	return -ENODEV;
}

static int override_driver(unsigned int card, const char *text)
{
	kernel.deeds++;
	snprintf(kernel.now.override[card], sizeof(kernel.now.override[card]),
		 "%s", *text == '\n' ? "" : text);
	judge_override(card);
	return 0;
}

int sys_write(const struct sys *sys, const char *path, const char *text)
{
	const struct node *n;

	(void)sys;
	door_call();
	n = tree_find(path, true);
	if (!n)
		return -ENOENT;
	switch (n->op) {
	case OP_DELETE:
		return kernel_delete(n->index);
	case OP_OVERRIDE:
		return override_driver(n->index, text);
	case OP_UNBIND:
		return unbind_by_name(text);
	case OP_PROBE:
		return kernel_probe(text);
	case OP_SCAN:
		return kernel_scan(n->store, text);
	case OP_UEVENT:
		links_make(n->index);
		return 0;
	default:
		find_fault(RULE_WRITES, "write", "writes \"%s\" to %s", text,
			   path);
		return -EACCES;
	}
}

static int store(const char *path, const char *data, size_t len, bool append)
{
	struct node *n, *dir;
	const char *last;
	size_t used;

	door_call();
	if (!is_ours(path)) {
		find_fault(RULE_WRITES, "file", "writes to %s", path);
		return -EACCES;
	}
	n = tree_find(path, true);
	if (!n) {
		dir = tree_parent(path, &last);
		if (!dir || store_count == STORES)
			return dir ? -ENOSPC : -ENOENT;
		n = tree_add(dir, NODE_FILE, tree_text("%s", last));
		n->op = OP_STORE;
		n->store = store_count;
		stores[store_count++][0] = '\0';
	}
	used = append ? strlen(stores[n->store]) : 0;
	if (used + len >= STORE_SIZE)
		return append ? -ENOSPC : 0; /* a long report is nobody's */
	memcpy(stores[n->store] + used, data, len);
	stores[n->store][used + len] = '\0';
	return 0;
}

const char *door_text(const char *path)
{
	const struct node *n = tree_find(path, true);

	return n && n->op == OP_STORE ? stores[n->store] : NULL;
}

int sys_replace(const struct sys *sys, const char *path, const char *data,
		size_t len)
{
	(void)sys;
	return store(path, data, len, false);
}

int sys_append(const struct sys *sys, const char *path, const char *line)
{
	(void)sys;
	return store(path, line, strlen(line), true);
}

int sys_mkdir(const struct sys *sys, const char *path)
{
	(void)sys;
	door_call();
	if (!is_ours(path) && strcmp(path, "/run") &&
	    strcmp(path, "/run/systemd")) {
		find_fault(RULE_WRITES, "folder", "makes %s", path);
		return -EACCES;
	}
	tree_dir("%s", path);
	return 0;
}

int sys_link(const struct sys *sys, const char *target, const char *path)
{
	struct node *dir;
	const char *last;
	unsigned int disk, part;

	(void)sys;
	door_call();
	if (!is_ours(path) && strncmp(path, "/dev/", 5))
		find_fault(RULE_WRITES, "link", "makes %s", path);
	if (!strncmp(path, "/dev/", 5) &&
	    device_find(&kernel.now, path + 5, &disk, &part) &&
	    kernel.now.disk[disk].hidden) {
		snprintf(kernel.now.disk[disk].led[part], NAME_SIZE, "%s",
			 target);
		return 0;
	}
	dir = tree_parent(path, &last);
	if (!dir || tree_find(path, false))
		return dir ? -EEXIST : -ENOENT;
	tree_add(dir, NODE_TEXT_LINK, tree_text("%s", last))->text =
		tree_text("%s", target);
	return 0;
}

/* The lock is always free: nobody else runs. */
__attribute__((weak)) int sys_lock(const struct sys *sys, const char *path,
				   unsigned int limit_ms);
int sys_lock(const struct sys *sys, const char *path, unsigned int limit_ms)
{
	(void)sys, (void)limit_ms;
	door_call();
	if (!is_ours(path))
		find_fault(RULE_WRITES, "lock", "locks %s", path);
	return DOOR_LOCK;
}

void sys_unlock(int lock)
{
	(void)lock;
}

/* No controller answers here, so pvroot looks at the vbds. */
int sys_nvme_namespaces(const struct sys *sys, const char *name, uint32_t *nsid,
			unsigned int max)
{
	(void)sys;
	(void)name;
	(void)nsid;
	(void)max;
	return -ENOTTY;
}
