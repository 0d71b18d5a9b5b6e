// SPDX-License-Identifier: GPL-2.0-or-later
/* Finds the sections of unified kernel images. Reads an open file; its bytes
 * are untrusted. Sources: Microsoft's PE format; the UAPI group's unified
 * kernel image specification. */
#include "admin/bootcfg/uki.h"

#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"

enum {
	DOS_PE = 0x3c, /* where the PE header is */
	PE_SECTIONS = 6,
	PE_OPTIONAL_SIZE = 20,
	PE_SIZE = 24,
	SECTION_VIRTUAL_SIZE = 8,
	SECTION_RAW_SIZE = 16,
	SECTION_RAW_AT = 20,
	SECTION_SIZE = 40,
	NAME_SIZE = 8,
};

static void take(const uint8_t *header, struct uki *out)
{
	const struct {
		char name[NAME_SIZE + 1];
		struct uki_section *to;
	} known[] = {
		{ ".linux\0", &out->kernel }, { ".initrd", &out->initrd },
		{ ".cmdline", &out->line },   { ".uname\0", &out->uname },
		{ ".osrel\0", &out->osrel },
	};
	uint32_t used = le32(header + SECTION_VIRTUAL_SIZE);
	uint32_t raw = le32(header + SECTION_RAW_SIZE);
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (memcmp(header, known[i].name, NAME_SIZE) ||
		    known[i].to->size)
			continue;
		known[i].to->at = le32(header + SECTION_RAW_AT);
		known[i].to->size = used && used < raw ? used : raw;
	}
}

bool uki_parse(const uint8_t *head, size_t len, struct uki *out)
{
	size_t pe, at, i, count;

	memset(out, 0, sizeof(*out));
	if (len < DOS_PE + 4 || head[0] != 'M' || head[1] != 'Z')
		return false;
	pe = le32(head + DOS_PE);
	if (len < PE_SIZE || pe > len - PE_SIZE || memcmp(head + pe, "PE\0", 4))
		return false;
	count = le16(head + pe + PE_SECTIONS);
	at = pe + PE_SIZE + le16(head + pe + PE_OPTIONAL_SIZE);
	for (i = 0; i < count; i++, at += SECTION_SIZE) {
		if (at > len || len - at < SECTION_SIZE)
			return false;
		take(head + at, out);
	}
	return true;
}

bool uki_look(int fd, uint64_t file_size, struct uki *out)
{
	uint8_t head[UKI_HEAD];
	size_t len =
		file_size < sizeof(head) ? (size_t)file_size : sizeof(head);

	memset(out, 0, sizeof(*out));
	return !sys_disk_read(fd, 0, head, len) && uki_parse(head, len, out);
}

int uki_text(int fd, const struct uki_section *section, char *buf, size_t size)
{
	int err;

	buf[0] = '\0';
	if (section->size >= size)
		return -EFBIG;
	err = section->size ? sys_disk_read(fd, section->at, buf,
					    (size_t)section->size)
			    : 0;
	buf[err ? 0 : section->size] = '\0';
	text_chomp(buf);
	return err;
}
