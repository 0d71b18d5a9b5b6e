// SPDX-License-Identifier: GPL-2.0-or-later
/* A tree of folders, files and links in memory, walked as in the kernel: all
 * paths to a thing lead to the same node. A node exists as long as its owner.
 * Knows nothing about disks. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guests.h"

#define MAX_NODES 8192
#define TEXT_SIZE (1 << 19)
#define MAX_LINKS 16 /* a chain of more is a loop */

static struct node nodes[MAX_NODES];
static unsigned int node_count;
static char texts[TEXT_SIZE];
static size_t text_used;
static uint8_t own_kind, own_index;

static char *format_text(const char *format, va_list args)
{
	size_t room = TEXT_SIZE - text_used;
	char *text = texts + text_used;
	int len = vsnprintf(text, room, format, args);

	if (len < 0 || (size_t)len >= room)
		abort();
	text_used += (size_t)len + 1;
	return text;
}

char *tree_text(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = format_text(format, args);
	va_end(args);
	return text;
}

void tree_reset(void)
{
	node_count = 0;
	text_used = 0;
	tree_own(OWNED_BY_ALL, 0);
	memset(&nodes[node_count++], 0, sizeof(nodes[0]));
	nodes[0].name = "";
	nodes[0].kind = NODE_DIR;
}

static uint8_t coming_of(unsigned int owner, unsigned int index)
{
	return owner == OWNED_BY_DISK	? kernel.now.comings[index]
	       : owner == OWNED_BY_CARD ? kernel.now.comings[MAX_DISKS + index]
					: 0;
}

void tree_own(enum owner owner, unsigned int index)
{
	own_kind = (uint8_t)owner;
	own_index = (uint8_t)index;
}

/* An owner that came back has new nodes; the old ones do not return. */
bool node_is_there(const struct node *n)
{
	if (n->coming != coming_of(n->owner, n->index))
		return false;
	switch (n->owner) {
	case OWNED_BY_DISK:
		return kernel.now.disk[n->index].there;
	case OWNED_BY_CARD:
		return kernel.now.bound[n->index];
	case OWNED_BY_NIC:
		return kernel.now.nic_there[n->index];
	case OWNED_BY_PV_DRIVER:
		return kernel.pv_driver;
	default:
		return true;
	}
}

/* Where a name was given again, the newest node counts. */
static struct node *find_child(struct node *dir, const char *name, size_t len)
{
	struct node *n, *found = NULL;

	for (n = dir->child; n; n = n->next)
		if (n->length == len && !memcmp(n->name, name, len) &&
		    node_is_there(n))
			found = n;
	return found;
}

/* name is not copied: it must exist as long as the tree. */
struct node *tree_add(struct node *dir, enum node_kind kind, const char *name)
{
	struct node *n = &nodes[node_count++];

	if (node_count == MAX_NODES)
		abort();
	memset(n, 0, sizeof(*n));
	n->name = name;
	n->length = (unsigned int)strlen(name);
	n->kind = (uint8_t)kind;
	n->owner = own_kind;
	n->index = own_index;
	n->coming = coming_of(own_kind, own_index);
	n->parent = dir;
	if (dir->last)
		dir->last->next = n;
	else
		dir->child = n;
	dir->last = n;
	return n;
}

/* Makes the folders of the path that are missing. */
struct node *tree_dir(const char *format, ...)
{
	struct node *dir = nodes, *n;
	va_list args;
	char *at, *end;

	va_start(args, format);
	at = format_text(format, args);
	va_end(args);
	while (*at) {
		while (*at == '/')
			at++;
		end = at + strcspn(at, "/");
		n = find_child(dir, at, (size_t)(end - at));
		if (*end)
			*end++ = '\0';
		if (!n)
			n = tree_add(dir, NODE_DIR, at);
		dir = n->kind == NODE_LINK ? n->to : n;
		at = end;
	}
	return dir;
}

struct node *tree_sub(struct node *dir, const char *name)
{
	struct node *n = find_child(dir, name, strlen(name));

	return n ? n : tree_add(dir, NODE_DIR, name);
}

struct node *tree_file(struct node *dir, const char *name, const char *format,
		       ...)
{
	struct node *n = tree_add(dir, NODE_FILE, name);
	va_list args;

	va_start(args, format);
	n->text = format_text(format, args);
	va_end(args);
	return n;
}

struct node *tree_link(struct node *dir, const char *name, struct node *to)
{
	struct node *n = tree_add(dir, NODE_LINK, name);

	n->to = to;
	return n;
}

static struct node *walk(struct node *at, const char *path, bool follow_last,
			 unsigned int links);

static struct node *follow(struct node *n, unsigned int links)
{
	if (n->kind == NODE_LINK)
		return n->to;
	return *n->text == '/' ? walk(nodes, n->text, true, links + 1)
			       : walk(n->parent, n->text, true, links + 1);
}

static struct node *walk(struct node *at, const char *path, bool follow_last,
			 unsigned int links)
{
	while (at && links < MAX_LINKS) {
		size_t len;

		while (*path == '/')
			path++;
		len = strcspn(path, "/");
		if (!len)
			return at;
		if (len == 2 && !memcmp(path, "..", 2))
			at = at->parent ? at->parent : at;
		else if (len != 1 || *path != '.')
			at = find_child(at, path, len);
		path += len;
		if (at && at->kind >= NODE_LINK && (*path || follow_last))
			at = follow(at, links);
		if (at && !node_is_there(at))
			return NULL;
	}
	return NULL;
}

struct node *tree_find(const char *path, bool follow_last)
{
	return walk(nodes, path, follow_last, 0);
}

struct node *tree_parent(const char *path, const char **last)
{
	char dir[SYS_PATH_SIZE];
	const char *slash = strrchr(path, '/');

	if (!slash || (size_t)(slash - path) >= sizeof(dir))
		return NULL;
	memcpy(dir, path, (size_t)(slash - path));
	dir[slash - path] = '\0';
	*last = slash + 1;
	return walk(nodes, dir, true, 0);
}

static unsigned int depth_of(const struct node *n)
{
	unsigned int depth = 0;

	for (; n->parent; n = n->parent)
		depth++;
	return depth;
}

static int put_path(const struct node *n, const struct node *top, char *buf,
		    size_t size)
{
	int len = 0;

	if (n->parent != top)
		len = put_path(n->parent, top, buf, size);
	return len + snprintf(buf + len, size - (size_t)len, "%s%s",
			      len ? "/" : "", n->name);
}

/* As in sysfs: up to the common folder, then down. */
static int relative_path(const struct node *link, char *buf, size_t size)
{
	const struct node *up = link->parent, *down = link->to;
	unsigned int high = depth_of(up), low = depth_of(down), climbs = 0;
	size_t used = 0;

	for (; low > high; low--)
		down = down->parent;
	for (; high > low; high--, climbs++)
		up = up->parent;
	for (; up != down; climbs++) {
		up = up->parent;
		down = down->parent;
	}
	while (climbs--) {
		memcpy(buf + used, "../", 3);
		used += 3;
	}
	if (link->to == up) {
		buf[--used] = '\0';
		return (int)used;
	}
	return (int)used + put_path(link->to, up, buf + used, size - used);
}

int tree_readlink(const struct node *link, char *buf, size_t size)
{
	char text[SYS_PATH_SIZE];
	size_t len;

	if (link->kind < NODE_LINK)
		return -EINVAL;
	if (link->kind == NODE_LINK)
		relative_path(link, text, sizeof(text));
	else
		snprintf(text, sizeof(text), "%s", link->text);
	len = strlen(text);
	if (len >= size - 1)
		return -ENAMETOOLONG;
	memcpy(buf, text, len + 1);
	return (int)len;
}
