/* SPDX-License-Identifier: GPL-2.0-or-later
 * The one door to the kernel. Everything else in src/ asks only here, so that
 * it can be tested on a fixture tree.
 *
 * Paths are absolute and are looked up below the root that sys_open() was
 * given. Every function returns a negative errno where it fails. */
#ifndef PVROOT_SYS_H
#define PVROOT_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define SYS_PATH_SIZE 512
#define SYS_NAME_SIZE 64

struct sys {
	int root;     /* directory descriptor that stands for / */
	bool fixture; /* --root was given: no module load, no mknod, no uevents
		       */
};

/* Opens dir as the root of all paths; NULL is the real /. */
int sys_open(struct sys *sys, const char *dir);
void sys_close(struct sys *sys);

/* Reads a whole small file (sysfs, procfs) into buf[size] and ends it with NUL.
 * Returns its length; -EFBIG where it is longer (buf holds what fits). */
int sys_read(const struct sys *sys, const char *path, char *buf, size_t size);

/* sys_read() of a one-line attribute, without the newline. */
int sys_read_line(const struct sys *sys, const char *path, char *buf,
		  size_t size);

/* Writes text to an existing file in one write(), as sysfs wants it. */
int sys_write(const struct sys *sys, const char *path, const char *text);

/* Locks a folder against other processes that lock it, waiting at most limit_ms
 * for them. Returns a descriptor for sys_unlock(); -ETIMEDOUT; other -errno
 * where there is nothing to lock. */
int sys_lock(const struct sys *sys, const char *path, unsigned int limit_ms);
/* Releases the lock, also where a child still has the descriptor. Does nothing
 * where lock < 0. */
void sys_unlock(int lock);

/* Replaces a file whole: writes PATH.new, then renames it. */
int sys_replace(const struct sys *sys, const char *path, const char *data,
		size_t len);

/* Appends one line in one write; makes the file where it is missing. */
int sys_append(const struct sys *sys, const char *path, const char *line);

/* Makes a directory; it is no error if it exists already. */
int sys_mkdir(const struct sys *sys, const char *path);

/* An error (-ENOMEM) counts as present: only a clear ENOENT means that the file
 * is gone. */
bool sys_exists(const struct sys *sys, const char *path);
int sys_readlink(const struct sys *sys, const char *path, char *buf,
		 size_t size);

/* Calls fn for each entry of a directory but . and ..; the order is the
 * kernel's. A non-zero return of fn ends the walk and is returned. */
typedef int sys_entry_fn(const char *name, void *ctx);
int sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
	     void *ctx);

enum sys_open_mode {
	SYS_SHARED, /* O_RDONLY */
	SYS_FRESH,  /* O_RDONLY | O_DIRECT where that works: past the cache */
	SYS_EXCLUSIVE, /* O_RDONLY | O_EXCL: -EBUSY if mounted, swap, dm, md */
};

/* Opens /dev/NAME read-only; where the node is missing and devno is not 0, a
 * temporary node is made, opened and removed. Returns a descriptor. */
int sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
		  enum sys_open_mode mode);
/* Opens a file that a person named, read-only: an absolute path is looked up
 * below the root, any other in the current directory. Returns a descriptor. */
int sys_file_open(const struct sys *sys, const char *path);
/* What a file is: size in bytes, mode as in sys/stat.h. */
struct sys_stat {
	uint64_t device, number, size;
	uint32_t mode;
};
/* Of a path, as it is seen from the folder dir (or AT_FDCWD); flags: 0, or
 * AT_SYMLINK_NOFOLLOW. Returns 0 or -errno. For sys/ and init/: other rooms ask
 * below a root. */
int sys_stat_at(int dir, const char *path, int flags, struct sys_stat *st);
int sys_stat_fd(int fd, struct sys_stat *st);
/* Size in bytes of an open block device (or of a fixture's plain file). */
int sys_disk_size(int fd, uint64_t *bytes);
/* Logical sector size in bytes; 512 where the kernel does not say. */
uint32_t sys_disk_sector_size(int fd);
/* Asks an NVMe controller ("nvme0") for its active namespaces: fills nsid[max]
 * and returns how many there are; -EFBIG where they are more than max, or
 * another -errno. */
int sys_nvme_namespaces(const struct sys *sys, const char *name, uint32_t *nsid,
			unsigned int max);
/* What the kernel knows of an ATA disk from its IDENTIFY DEVICE: words of 16
 * bits, low byte first, but text in the order in which one reads it. Takes the
 * disk's name and number as sys_disk_open() does. Returns 0 or -errno. */
#define SYS_ATA_IDENTITY 512
int sys_ata_identity(const struct sys *sys, const char *name, dev_t devno,
		     uint8_t identity[SYS_ATA_IDENTITY]);
/* Reads exactly len bytes at off (SYS_FRESH: off, len and buf aligned to
 * 4096). Returns 0, -EIO at the end of the disk. */
int sys_disk_read(int fd, uint64_t off, void *buf, size_t len);
/* Hints to the kernel to read the first len bytes; returns at once. */
void sys_disk_prefetch(int fd, size_t len);
/* Makes the block device node /dev/NAME where it is missing. */
int sys_make_node(const struct sys *sys, const char *name, dev_t devno);
/* Removes the node /dev/NAME where it is a block device (or a fixture's file).
 * The device itself stays as it is. */
int sys_remove_node(const struct sys *sys, const char *name);
/* Takes a partition of the whole disk that is open as fd out of the kernel's
 * list, until somebody has the table read again. The disk itself is not
 * changed. -EBUSY: it is in use. */
int sys_partition_delete(const struct sys *sys, int fd, unsigned int number);
/* Keeps the name (sda) of the disk that is open as fd from being given to
 * another disk when this one goes, until the guest halts: a loop device holds
 * it, read-only and without a byte. Returns the loop device's number. */
int sys_hold(const struct sys *sys, int fd);
/* Ends it. Returns 0 or -errno. */
int sys_hold_end(const struct sys *sys, int number);
/* Is the loop driver there? */
bool sys_can_hold(const struct sys *sys);
/* Makes path a symbolic link to target. */
int sys_link(const struct sys *sys, const char *target, const char *path);
void sys_fd_close(int fd);

/* Loads one module file, uncompressed or compressed so that the kernel itself
 * can read it. -EEXIST: it is loaded already. */
int sys_module_load(const struct sys *sys, const char *path);

/* Renames a network card; both names are shorter than 16 bytes. -EBUSY: it is
 * up, -EEXIST: another has that name. Does nothing in a fake root. */
int sys_card_rename(const struct sys *sys, const char *from, const char *to);

/* Kernel uevents. sys_uevent_open() returns a descriptor. sys_uevent_next()
 * waits at most timeout_ms (0: not at all) for one message and returns its
 * length; -ETIMEDOUT where none came; -ENOBUFS where some were lost; 0 for a
 * message that did not come from the kernel (ignore it). buf holds
 * "ACTION@DEVPATH\0KEY=VALUE\0…" and ends with a NUL. */
int sys_uevent_open(const struct sys *sys);
int sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms);

/* Runs fn(ctx) in a child and collects its standard output in out[size] (len
 * bytes), so that a crash or a hang ends only the child. Returns the child's
 * exit status; -ETIMEDOUT where it was killed after limit_ms; -ECHILD where a
 * signal ended it (see signal); other -errno where no child could be made. */
struct sys_child {
	char *out;
	size_t size, len;
	unsigned int limit_ms;
	int signal;
};
int sys_child_run(struct sys_child *child, int (*fn)(void *ctx), void *ctx);
/* Runs fn(ctx) in a child and waits until the child ends, enough(ctx) is true
 * or limit_ms have passed. The child is not killed. Returns its exit status;
 * -ECHILD where a signal ended it; -EALREADY where enough(ctx) was true;
 * -ETIMEDOUT; other -errno where no child could be made. */
int sys_child_until(int (*fn)(void *ctx), bool (*enough)(void *ctx), void *ctx,
		    unsigned int limit_ms);
/* Zeroed memory that a child shares with its parent; NULL where there is none.
 */
void *sys_shared_memory(size_t size);

/* Frees what sys_shared_memory(size) returned. */
void sys_memory_give_back(void *memory, size_t size);

/* Microseconds of CLOCK_MONOTONIC. */
uint64_t sys_now_us(void);
void sys_sleep_ms(unsigned int ms);

/* Writes one line to /dev/kmsg, with a kernel log level of 0 to 7. */
int sys_kmsg(const struct sys *sys, int level, const char *line);
/* Writes to standard output (1) or standard error (2). */
int sys_print(int fd, const char *text, size_t len);

/* Looks for Xen's signature in CPUID, below 0x40010000: true in any Xen
 * guest. */
bool sys_cpuid_is_xen(const struct sys *sys);

#endif
