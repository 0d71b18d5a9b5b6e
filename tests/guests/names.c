// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws the names that the guest's boot uses, in every form and place, and
 * knows what each of them means at any time. */
#include <stdio.h>
#include <string.h>

#include "guests.h"
#include "names.h"

#define DEB  (1 << GEN_DEBIAN)
#define DRA  (1 << GEN_DRACUT)
#define ARCH (1 << GEN_ARCH)
#define ANY  (DEB | DRA | ARCH | 1 << GEN_OTHER)

const char *const generator_names[GENS] = {
	[GEN_DEBIAN] = "initramfs-tools",
	[GEN_DRACUT] = "dracut with systemd",
	[GEN_ARCH] = "mkinitcpio",
	[GEN_OTHER] = "another",
};

/* root and resume come first. */
const struct name_place name_places[] = {
	{ WHERE_ROOT, "root=", NULL, "root=", "", ANY },
	{ WHERE_RESUME, "resume=", NULL, "resume=", "", ANY },
	{ WHERE_LINE, "rootflags=device=", NULL,
	  "rootflags=subvol=@,device=", "", ANY },
	{ WHERE_LINE, "cryptdevice=", NULL, "cryptdevice=", ":cryptroot",
	  ARCH },
	{ WHERE_LINE, "cryptkey=", NULL, "cryptkey=", ":ext4:/key", ARCH },
	{ WHERE_LINE, "cryptopts=", NULL,
	  "cryptopts=source=", ",target=cryptroot", DEB },
	{ WHERE_LINE, "md=", NULL, "md=0,", "", ANY },
	{ WHERE_LINE, "mount.usr=", NULL, "mount.usr=", "", DRA | ARCH },
	{ WHERE_LINE, "rd.luks.key=", NULL, "rd.luks.key=/key:", "", DRA },
	{ WHERE_LINE, "boot=", NULL, "boot=", "", DRA },
	{ WHERE_FILE, "names: fstab", "/lib/pvroot/names", "/etc/fstab:3 ", "",
	  ANY },
	{ WHERE_FILE, "names: crypttab", "/lib/pvroot/names",
	  "/etc/crypttab:1 ", "", ANY },
	{ WHERE_FILE, "/etc/crypttab", "/etc/crypttab", "data ", " none luks",
	  DRA },
	{ WHERE_FILE, "/cryptroot/crypttab", "/cryptroot/crypttab",
	  "cryptroot ", " none luks", DEB },
	{ WHERE_FILE, "/conf/conf.d/cryptroot", "/conf/conf.d/cryptroot",
	  "target=cryptroot,source=", ",rootdev", DEB },
	{ WHERE_FILE, "cmdline.d root=", "/etc/cmdline.d/95root-dev.conf",
	  " root=", "", DRA },
};
const unsigned int name_place_count = COUNT(name_places);

/* ---- what a name means ---- */

static void add(struct refs *out, unsigned int disk, unsigned int part)
{
	out->at[out->count].disk = disk;
	out->at[out->count++].part = part;
}

static const struct part *part_of(const struct content *c, unsigned int part)
{
	return &c->part[part ? part - 1 : 0];
}

static bool carries(const struct name *n, const struct content *c,
		    unsigned int part)
{
	const struct part *p = part_of(c, part);
	char text[48] = "";

	if (n->form == NAME_MEMBERS)
		return p->format == n->member;
	if (n->tag == TAG_IS_PARTUUID && part && c->layout >= LAYOUT_MBR)
		partuuid_text(c, part, text);
	if (n->tag == TAG_IS_PARTLABEL && part && c->layout == LAYOUT_GPT)
		partlabel_text(c, part, text);
	if (n->tag >= TAG_IS_PARTUUID)
		return *text && !strcmp(text, n->value);
	/* LABEL= and UUID= never mean a member. */
	if (p->format == FORMAT_NONE || p->format >= FORMAT_LVM)
		return false;
	if (n->tag == TAG_IS_LABEL)
		return !strcmp(p->label, n->value);
	uuid_text(p->uuid, text);
	return !strcmp(text, n->value);
}

static void find_carriers(const struct name *n, const struct view *v,
			  struct refs *out)
{
	unsigned int i, part;

	for (i = 0; i < guest.disks; i++) {
		const struct content *c =
			&guest.content[guest.file[guest.disk[i].file]];

		if (!v->disk[i].there || v->disk[i].hidden ||
		    guest.disk[i].cdrom || c->layout == LAYOUT_BLANK)
			continue;
		for (part = c->parts ? 1 : 0; part <= c->parts; part++)
			if (carries(n, c, part))
				add(out, i, part);
	}
}

static void find_number(const struct name *n, const struct view *v,
			struct refs *out)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++) {
		const struct disk_state *s = &v->disk[i];

		if (s->there && s->major == n->major && n->minor >= s->minor &&
		    n->minor <= s->minor + disk_parts(i))
			add(out, i, n->minor - s->minor);
	}
}

/* The disk that has this link, or the PV disk that has it after that one. */
static void find_place(const struct name *n, const struct view *v,
		       struct refs *out)
{
	int pv = is_pv((unsigned int)n->disk) ? -1
					      : pv_of(v, (unsigned int)n->disk);

	if (v->disk[n->disk].there && !v->disk[n->disk].hidden)
		add(out, (unsigned int)n->disk, n->part);
	else if (pv >= 0 && links_have(v, (unsigned int)pv, n->link))
		add(out, (unsigned int)pv, n->part);
}

/* The PV partition that has this kernel name after the twin's. */
static void find_letter(const struct name *n, const struct view *v,
			struct refs *out)
{
	unsigned int i, part;

	for (i = 0; i < guest.disks; i++)
		for (part = 0; is_pv(i) && part <= disk_parts(i); part++)
			if (v->disk[i].there &&
			    letters_have(v, i, part, n->kernel))
				add(out, i, part);
}

void name_means(const struct name *n, const struct view *v, struct refs *out)
{
	unsigned int disk, part;

	out->count = 0;
	if (n->form == NAME_KERNEL && n->numbered)
		find_number(n, v, out);
	else if (n->form == NAME_KERNEL &&
		 device_find(v, n->kernel, &disk, &part) &&
		 !v->disk[disk].hidden)
		add(out, disk, part);
	else if (n->form == NAME_KERNEL)
		find_letter(n, v, out);
	else if (n->form == NAME_PLACE)
		find_place(n, v, out);
	else if (n->form == NAME_TAG || n->form == NAME_MEMBERS)
		find_carriers(n, v, out);
}

/* ---- drawing one ---- */

static void write_kernel_name(struct dice *d, struct name *n, bool is_root)
{
	unsigned int how = dice_below(d, 100);
	const char *before = how < 70		    ? "/dev/"
			     : how < 85		    ? "/dev//"
			     : !is_root || how < 93 ? "/dev/./"
						    : "block:/dev/";

	snprintf(n->text, sizeof(n->text), "%s%s", before, n->kernel);
	snprintf(n->kind, sizeof(n->kind), "%s%.*s", before,
		 *n->kernel == 'n'   ? 4
		 : *n->kernel == 'x' ? 3
				     : 2,
		 n->kernel);
}

static void write_number(struct dice *d, struct name *n, bool is_root)
{
	unsigned int how = is_root ? dice_below(d, 3) : 0;

	n->numbered = true;
	if (how == 2 && n->major < 256 && n->minor < 256) {
		snprintf(n->text, sizeof(n->text), "%02x%02x", n->major,
			 n->minor);
		strcpy(n->kind, "0801");
	} else if (how == 1) {
		snprintf(n->text, sizeof(n->text), "%u:%u", n->major, n->minor);
		strcpy(n->kind, "8:1");
	} else {
		snprintf(n->text, sizeof(n->text), "/dev/block/%u:%u", n->major,
			 n->minor);
		strcpy(n->kind, "/dev/block/");
	}
}

static void write_by_path(const struct name *n, char *text, size_t size)
{
	const struct disk *k = &guest.disk[n->disk];
	const char *pci = k->card < 0 ? "" : guest.card[k->card].pci;

	switch (k->kind) {
	case DISK_PV:
		snprintf(text, size, "xen-vbd-%u", k->number);
		break;
	case DISK_NVME:
		snprintf(text, size, "pci-%s-nvme-%u", pci, k->nsid);
		break;
	case DISK_SCSI:
		snprintf(text, size, "pci-%s-scsi-0:%u:%u:%u", pci, k->channel,
			 k->target, k->lun);
		break;
	case DISK_IDE:
		snprintf(text, size, "pci-%s-ide-%u:%u", pci, k->port,
			 k->target);
		break;
	case DISK_USB:
		snprintf(text, size, "pci-%s-usb-0:1:1.0-scsi-0:0:0:%u", pci,
			 k->lun);
		break;
	default:
		snprintf(text, size, "pci-%s-ata-%u.%u", pci, k->port + 1,
			 k->target);
	}
}

static void write_place(struct dice *d, struct name *n)
{
	const struct disk *k = &guest.disk[n->disk];
	bool by_id = k->kind != DISK_PV && dice_chance(d, 50);
	char link[64], part[16] = "";

	if (!by_id)
		write_by_path(n, link, sizeof(link));
	else if (k->kind == DISK_NVME)
		snprintf(link, sizeof(link), "nvme-QEMU_NVMe_Ctrl_%d_%u",
			 k->card, k->nsid);
	else
		snprintf(link, sizeof(link), "%s%05d",
			 k->kind == DISK_ATA || k->kind == DISK_IDE
				 ? "ata-QEMU_HARDDISK_QM"
				 : "scsi-0QEMU_QEMU_HARDDISK_",
			 n->disk);
	if (n->part)
		snprintf(part, sizeof(part), "-part%u", n->part);
	snprintf(n->link, sizeof(n->link), "disk/by-%s/%s",
		 by_id ? "id" : "path", link);
	snprintf(n->text, sizeof(n->text), "/dev/%s%s", n->link, part);
	strcpy(n->kind, by_id ? "by-id" : "by-path");
}

/* Draws a form of the name of a device that is there. */
void name_draw_device(struct dice *d, struct name *n, const struct view *v,
		      unsigned int disk, bool is_root)
{
	const struct disk_state *s = &v->disk[disk];
	unsigned int how = dice_below(d, 100);

	n->part = disk_parts(disk) && dice_chance(d, 90)
			  ? 1 + dice_below(d, disk_parts(disk))
			  : 0;
	n->disk = (int)disk;
	device_name(v, disk, n->part, n->kernel);
	n->major = s->major;
	n->minor = s->minor + n->part;
	n->form = NAME_KERNEL;
	if (how < 55) {
		write_kernel_name(d, n, is_root);
	} else if (how < 75) {
		write_number(d, n, is_root);
	} else {
		n->form = NAME_PLACE;
		write_place(d, n);
	}
}

void name_draw_letter(struct dice *d, struct name *n)
{
	static const char *const prefixes[] = { "sd", "sd", "sd", "hd", "xvd" };

	n->form = NAME_KERNEL;
	snprintf(n->kernel, sizeof(n->kernel), "%s%c%.*s",
		 prefixes[dice_below(d, 5)], 'a' + (int)dice_below(d, 4),
		 (int)dice_below(d, 2), "1");
	snprintf(n->text, sizeof(n->text), "/dev/%s", n->kernel);
	snprintf(n->kind, sizeof(n->kind), "/dev/%.2s letter", n->kernel);
}

static bool tag_value(struct name *n, const struct content *c,
		      unsigned int part)
{
	const struct part *p = part_of(c, part);

	if (n->tag >= TAG_IS_PARTUUID && !part)
		return false;
	if (n->tag == TAG_IS_PARTLABEL && c->layout != LAYOUT_GPT)
		return false;
	if (n->tag == TAG_IS_LABEL)
		snprintf(n->value, sizeof(n->value), "%s", p->label);
	else if (n->tag == TAG_IS_UUID)
		uuid_text(p->uuid, n->value);
	else if (n->tag == TAG_IS_PARTUUID)
		partuuid_text(c, part, n->value);
	else
		partlabel_text(c, part, n->value);
	return n->tag >= TAG_IS_PARTUUID ||
	       (p->format != FORMAT_NONE && p->format < FORMAT_LVM);
}

bool name_draw_tag(struct dice *d, struct name *n, unsigned int disk, bool swap)
{
	static const char *const words[] = { "LABEL", "UUID", "PARTUUID",
					     "PARTLABEL" };
	static const char *const folders[] = { "label", "uuid", "partuuid",
					       "partlabel" };
	const struct content *c =
		&guest.content[guest.file[guest.disk[disk].file]];
	unsigned int part = c->parts ? 1 + dice_below(d, c->parts) : 0;
	const char *tag;

	n->form = NAME_TAG;
	n->tag = (enum tag)dice_below(d, 4);
	if (c->layout == LAYOUT_BLANK || !tag_value(n, c, part) ||
	    swap != (part_of(c, part)->format == FORMAT_SWAP))
		return false;
	tag = words[n->tag];
	if (dice_chance(d, 80)) {
		snprintf(n->text, sizeof(n->text), "%s=%s", tag, n->value);
	} else {
		tag = folders[n->tag];
		snprintf(n->text, sizeof(n->text), "/dev/disk/by-%s/%s", tag,
			 strcmp(n->value, "/") ? n->value : "\\x2f");
	}
	strcpy(n->kind, tag);
	return true;
}

void name_draw_other(struct dice *d, struct name *n)
{
	static const struct {
		enum name_form form;
		enum format member;
		const char *text;
	} others[] = {
		{ NAME_MEMBERS, FORMAT_LVM, "/dev/mapper/vg-root" },
		{ NAME_MEMBERS, FORMAT_LVM, "/dev/vg/root" },
		{ NAME_MEMBERS, FORMAT_LUKS, "/dev/mapper/cryptroot" },
		{ NAME_MEMBERS, FORMAT_MD, "/dev/md0" },
		{ NAME_MEMBERS, FORMAT_MD, "/dev/md/root" },
		{ NAME_MEMBERS, FORMAT_ZFS, "ZFS=rpool/root" },
		{ NAME_MEMBERS, FORMAT_ZFS, "zfs:AUTO" },
		{ NAME_NETWORK, 0, "/dev/nfs" },
		{ NAME_NETWORK, 0, "nfs:10.0.0.1:/srv/root" },
		{ NAME_JUNK, 0, "none" },
		{ NAME_JUNK, 0, "/dev/nothing" },
		{ NAME_JUNK, 0, "LABEL=" },
		{ NAME_JUNK, 0, "nonsense" },
	};
	unsigned int i = dice_below(d, COUNT(others));

	n->form = others[i].form;
	n->member = others[i].member;
	strcpy(n->text, others[i].text);
	strcpy(n->kind, others[i].text);
}
