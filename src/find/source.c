// SPDX-License-Identifier: GPL-2.0-or-later
/* A block device as a source of bytes for the parsers. Reads only. */
#include "find/source.h"

#include <errno.h>

static int fetch(struct probe_source *bytes, uint64_t off, uint8_t *buf,
		 size_t len)
{
	struct source *source = (struct source *)bytes;

	if (off > bytes->size || len > bytes->size - off)
		return -ERANGE;
	return sys_disk_read(source->fd, off, buf, len);
}

int source_from_fd(struct source *source, int fd)
{
	source->fd = fd;
	source->bytes.fetch = fetch;
	source->bytes.sector_size = 512;
	source->bytes.whole = false;
	return sys_disk_size(fd, &source->bytes.size);
}

int source_open(struct source *source, const struct sys *sys, const char *name,
		dev_t devno)
{
	int fd = sys_disk_open(sys, name, devno, SYS_SHARED);
	int err;

	if (fd < 0)
		return fd;
	err = source_from_fd(source, fd);
	if (err)
		sys_fd_close(fd);
	return err;
}

int source_walk(struct source *disk, part_fn *fn, void *ctx)
{
	disk->bytes.sector_size = sys_disk_sector_size(disk->fd);
	return part_walk(&disk->bytes, fn, ctx);
}

void source_close(struct source *source)
{
	sys_fd_close(source->fd);
}
