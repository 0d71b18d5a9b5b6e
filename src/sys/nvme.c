// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: asks an NVMe controller for its
 * namespaces. Reads only: Identify changes nothing. */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

/* linux/nvme_ioctl.h: struct nvme_admin_cmd; klibc has no copy of it. */
struct nvme_command {
	uint8_t opcode, flags;
	uint16_t reserved;
	uint32_t nsid, cdw2, cdw3;
	uint64_t metadata, addr;
	uint32_t metadata_len, data_len;
	uint32_t cdw10, cdw11, cdw12, cdw13, cdw14, cdw15;
	uint32_t timeout_ms, result;
};

#define NVME_ADMIN_CMD	_IOWR('N', 0x41, struct nvme_command)
#define NVME_IDENTIFY	0x06 /* NVM Express base specification, 5.15 */
#define NVME_CNS_ACTIVE 0x02 /* the active namespaces, lowest first */
#define NVME_PAGE	4096
#define LIMIT_MS	2000

int sys_nvme_namespaces(const struct sys *sys, const char *name, uint32_t *nsid,
			unsigned int max)
{
	static uint32_t list[NVME_PAGE / sizeof(uint32_t)]
		__attribute__((aligned(NVME_PAGE)));
	struct nvme_command command = {
		.opcode = NVME_IDENTIFY,
		.addr = (uintptr_t)list,
		.data_len = NVME_PAGE,
		.cdw10 = NVME_CNS_ACTIVE,
		.timeout_ms = LIMIT_MS,
	};
	char path[SYS_NAME_SIZE];
	unsigned int count;
	int fd, ret;

	if (sys->fixture || text_format(path, sizeof(path), "dev/%s", name))
		return -EOPNOTSUPP;
	fd = openat(sys->root, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = ioctl(fd, NVME_ADMIN_CMD, &command);
	if (ret < 0)
		ret = -errno;
	close(fd);
	if (ret) /* a positive one is the controller's own status */
		return ret < 0 ? ret : -EIO;
	for (count = 0; count < NVME_PAGE / sizeof(*list) && list[count];
	     count++) {
		if (count == max)
			return -EFBIG;
		nsid[count] = list[count]; /* little-endian, as x86 is */
	}
	return (int)count;
}
