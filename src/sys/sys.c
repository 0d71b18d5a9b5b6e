// SPDX-License-Identifier: GPL-2.0-or-later
/* The one door to the kernel: files below a root, disks read-only, the kernel
 * log, the clock. Modules and uevents are in kernel.c. */
#include "sys/sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h> /* renameat() */
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

/* linux/fs.h; klibc has no copy of it. */
#ifndef BLKGETSIZE64
#define BLKGETSIZE64 _IOR(0x12, 114, size_t)
#endif
#ifndef BLKSSZGET
#define BLKSSZGET _IO(0x12, 104)
#endif

int sys_open(struct sys *sys, const char *dir)
{
	sys->fixture = dir != NULL;
	sys->root = open(dir ? dir : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return sys->root < 0 ? -errno : 0;
}

void sys_close(struct sys *sys)
{
	close(sys->root);
	sys->root = -1;
}

/* openat() starts at the root's descriptor only for a relative path. */
static const char *below(const char *path)
{
	while (*path == '/')
		path++;
	return *path ? path : ".";
}

/* sysfs gives an attribute in one read, up to a page (fs/kernfs/file.c, and
 * fs/sysfs/file.c before 3.14). */
#define SYSFS_READ 4096

static int read_all(int fd, char *buf, size_t size, bool sysfs)
{
	size_t have = 0;

	while (have < size) {
		ssize_t n = read(fd, buf + have, size - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		have += (size_t)n;
		if (sysfs && n < SYSFS_READ)
			break;
	}
	return (int)have;
}

int sys_read(const struct sys *sys, const char *path, char *buf, size_t size)
{
	int fd = openat(sys->root, below(path), O_RDONLY | O_CLOEXEC);
	int len;

	buf[0] = '\0';
	if (fd < 0)
		return -errno;
	len = read_all(fd, buf, size, text_prefix(path, "/sys/", NULL));
	close(fd);
	if (len < 0)
		return len;
	if ((size_t)len == size) {
		buf[size - 1] = '\0';
		return -EFBIG;
	}
	buf[len] = '\0';
	return len;
}

int sys_read_line(const struct sys *sys, const char *path, char *buf,
		  size_t size)
{
	int len = sys_read(sys, path, buf, size);

	if (len < 0)
		return len;
	text_chomp(buf);
	return (int)strlen(buf);
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int write_to(int fd, const char *text)
{
	int err;

	if (fd < 0)
		return -errno;
	err = write_all(fd, text, strlen(text));
	close(fd);
	return err;
}

int sys_write(const struct sys *sys, const char *path, const char *text)
{
	return write_to(openat(sys->root, below(path), O_WRONLY | O_CLOEXEC),
			text);
}

int sys_append(const struct sys *sys, const char *path, const char *line)
{
	return write_to(
		openat(sys->root, below(path),
		       O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC,
		       0644),
		line);
}

int sys_replace(const struct sys *sys, const char *path, const char *data,
		size_t len)
{
	char fresh[SYS_PATH_SIZE];
	int fd, err;

	if (text_format(fresh, sizeof(fresh), "%s.new", below(path)))
		return -ENAMETOOLONG;
	fd = openat(sys->root, fresh,
		    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		    0644);
	if (fd < 0)
		return -errno;
	err = write_all(fd, data, len);
	close(fd);
	if (!err && renameat(sys->root, fresh, sys->root, below(path)))
		err = -errno;
	if (err)
		unlinkat(sys->root, fresh, 0);
	return err;
}

int sys_mkdir(const struct sys *sys, const char *path)
{
	if (mkdirat(sys->root, below(path), 0755) && errno != EEXIST)
		return -errno;
	return 0;
}

bool sys_exists(const struct sys *sys, const char *path)
{
	struct sys_stat st;

	return sys_stat_at(sys->root, below(path), 0, &st) != -ENOENT;
}

int sys_readlink(const struct sys *sys, const char *path, char *buf,
		 size_t size)
{
	ssize_t len = readlinkat(sys->root, below(path), buf, size - 1);

	if (len < 0 || (size_t)len == size - 1) {
		int err = len < 0 ? -errno : -ENAMETOOLONG;

		buf[0] = '\0';
		return err;
	}
	buf[len] = '\0';
	return (int)len;
}

int sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
	     void *ctx)
{
	int fd = openat(sys->root, below(path),
			O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct dirent *entry;
	int ret = 0;
	DIR *dir;

	if (fd < 0)
		return -errno;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -ENOMEM;
	}
	while (!ret && (errno = 0, entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			ret = fn(entry->d_name, ctx);
	}
	if (!ret)
		ret = -errno;
	closedir(dir);
	return ret;
}

/* Opens a device that has no node (RHEL 5 has no devtmpfs): makes a temporary
 * node, opens it and removes it. */
static int open_by_number(const struct sys *sys, dev_t devno, int flags)
{
	char node[32];
	int fd;

	/* udev runs several of us at once: each needs a name of its own. */
	text_format(node, sizeof(node), "dev/.pvroot-%d", (int)getpid());
	unlinkat(sys->root, node, 0);
	if (mknodat(sys->root, node, S_IFBLK | 0600, devno))
		return -errno;
	fd = openat(sys->root, node, flags);
	if (fd < 0)
		fd = -errno;
	unlinkat(sys->root, node, 0);
	return fd;
}

int sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
		  enum sys_open_mode mode)
{
	/* O_NONBLOCK: the open of a CD-ROM drive without a disc must not
	 * wait. */
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
	char path[SYS_PATH_SIZE];
	int fd;

	if (mode == SYS_EXCLUSIVE)
		flags |= O_EXCL;
	if (mode == SYS_FRESH)
		flags |= O_DIRECT;
	/* No printf: this is called for every device there is. */
	memcpy(path, "dev/", 4);
	if (text_copy(path + 4, sizeof(path) - 4, name))
		return -ENAMETOOLONG;
	fd = openat(sys->root, path, flags);
	if (fd < 0 && errno == EINVAL && mode == SYS_FRESH)
		fd = openat(sys->root, path, flags & ~O_DIRECT);
	if (fd >= 0)
		return fd;
	if (errno == ENOENT && devno && !sys->fixture)
		return open_by_number(sys, devno, flags);
	return -errno;
}

int sys_file_open(const struct sys *sys, const char *path)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
	int fd = *path == '/' ? openat(sys->root, below(path), flags)
			      : open(path, flags);

	return fd < 0 ? -errno : fd;
}

int sys_disk_size(int fd, uint64_t *bytes)
{
	struct sys_stat st;
	int err;

	if (!ioctl(fd, BLKGETSIZE64, bytes))
		return 0;
	err = sys_stat_fd(fd, &st);
	if (err)
		return err;
	if (!S_ISREG(st.mode))
		return -ENOTBLK;
	*bytes = st.size;
	return 0;
}

uint32_t sys_disk_sector_size(int fd)
{
	int size;

	return ioctl(fd, BLKSSZGET, &size) || size < 512 ? 512 : (uint32_t)size;
}

int sys_disk_read(int fd, uint64_t off, void *buf, size_t len)
{
	uint8_t *to = buf;

	while (len) {
		ssize_t n = pread(fd, to, len, (off_t)off);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return -EIO;
		to += n;
		off += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

int sys_make_node(const struct sys *sys, const char *name, dev_t devno)
{
	char path[SYS_PATH_SIZE];

	if (text_format(path, sizeof(path), "dev/%s", name))
		return -ENAMETOOLONG;
	if (sys_exists(sys, path))
		return 0;
	if (sys->fixture)
		return -ENOENT;
	return mknodat(sys->root, path, S_IFBLK | 0660, devno) ? -errno : 0;
}

int sys_remove_node(const struct sys *sys, const char *name)
{
	char path[SYS_PATH_SIZE];
	struct sys_stat st;
	int err;

	if (text_format(path, sizeof(path), "dev/%s", name))
		return -ENAMETOOLONG;
	err = sys_stat_at(sys->root, path, AT_SYMLINK_NOFOLLOW, &st);
	if (err)
		return err;
	if (!S_ISBLK(st.mode) && !sys->fixture)
		return -ENOTBLK;
	return unlinkat(sys->root, path, 0) ? -errno : 0;
}

int sys_link(const struct sys *sys, const char *target, const char *path)
{
	return symlinkat(target, sys->root, below(path)) ? -errno : 0;
}

void sys_fd_close(int fd)
{
	close(fd);
}

void sys_sleep_ms(unsigned int ms)
{
	poll(NULL, 0, (int)ms);
}

int sys_kmsg(const struct sys *sys, int level, const char *line)
{
	/* The kernel limits how much is written through one open file (ten
	 * lines in five seconds), so each line opens it anew. */
	int fd = openat(sys->root, "dev/kmsg", O_WRONLY | O_APPEND | O_CLOEXEC);
	char text[1024];
	int err;

	if (fd < 0)
		return -errno;
	err = text_format(text, sizeof(text), "<%d>%s\n", level, line);
	/* One write is one record; it must not be split or repeated. */
	if (!err && write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

int sys_print(int fd, const char *text, size_t len)
{
	return write_all(fd, text, len);
}
