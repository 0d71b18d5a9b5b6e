/* SPDX-License-Identifier: GPL-2.0-or-later
 * A random guest: what its host gives it (which the judge knows), and the small
 * kernel in memory that shows it to pvroot. README.md explains it. Shares only
 * sys.h with src/, and replaces its functions. */
#ifndef GUESTS_H
#define GUESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/sys.h"

#define MAX_CARDS    8
#define MAX_DISKS    24
#define MAX_FILES    16
#define MAX_CONTENTS 10
#define MAX_PARTS    3
#define MAX_NICS     6
#define MAX_NAMES    6
#define MAX_KNOWN    3
#define NAME_SIZE    32

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- chance: one number makes one guest ---- */

struct dice {
	uint64_t state;
	unsigned int rich; /* 0 to 3: how much there is in this guest */
};
uint64_t dice_roll(struct dice *d);
unsigned int dice_below(struct dice *d, unsigned int n);
bool dice_chance(struct dice *d, unsigned int percent);
/* The same, but less often in a guest with little in it. */
bool dice_extra(struct dice *d, unsigned int percent);

/* ---- bytes: contents.c ---- */

enum format {
	FORMAT_NONE,
	FORMAT_EXT3,
	FORMAT_EXT4,
	FORMAT_SWAP,
	FORMAT_BTRFS,
	FORMAT_NILFS,
	FORMAT_LVM, /* from here on: members, never mounted by themselves */
	FORMAT_LUKS,
	FORMAT_MD,
	FORMAT_ZFS,
	FORMATS,
};

enum layout { LAYOUT_BLANK, LAYOUT_WHOLE, LAYOUT_MBR, LAYOUT_GPT };

struct part {
	enum format format;
	const char *label;
	unsigned int uuid, member; /* numbers; uuid_text() prints them */
	bool odd; /* NILFS2: the second superblock alone; btrfs: after a stale
		     exFAT sector */
};

struct content {
	enum layout layout;
	unsigned int parts; /* LAYOUT_WHOLE: part[0] is the disk, parts is 0 */
	struct part part[MAX_PARTS];
	unsigned int id; /* MBR signature, GUIDs of a GPT */
	uint64_t size;
};

uint64_t part_at(unsigned int number); /* in 512-byte sectors; 0: the disk */
uint64_t part_size(const struct content *c, unsigned int number);
void uuid_text(unsigned int number, char text[37]);
void partuuid_text(const struct content *c, unsigned int number, char text[37]);
void partlabel_text(const struct content *c, unsigned int number, char *text);
void contents_render(void);
void contents_read(unsigned int content, uint64_t at, uint8_t *buf, size_t len);

/* ---- the guest as its host defines it: hardware.c ---- */

enum card_kind {
	CARD_IDE, /* libata's ata_piix, or the old PIIX_IDE */
	CARD_AHCI,
	CARD_LSI,
	CARD_NVME,
	CARD_NIC,
	CARD_HBA, /* passed through: AHCI, SAS or NVMe of a real maker */
	CARD_REAL_NVME,
	CARD_USB,
	CARD_REAL_NIC,
};

struct card {
	enum card_kind kind;
	bool emulated;
	bool bound;   /* its driver is loaded before pvroot runs */
	bool old_ide; /* PIIX_IDE: hd*, no .remove */
	bool no_override;
	unsigned int ports; /* ATA: of them each is a SCSI host */
	char pci[16];
	uint16_t id[4]; /* vendor, device, the subsystem's */
	const char *driver;
};

enum disk_kind { DISK_PV, DISK_ATA, DISK_SCSI, DISK_USB, DISK_IDE, DISK_NVME };
enum use { USE_NONE, USE_MOUNT, USE_SWAP, USE_DM, USE_MD, USE_LOOP };

struct disk {
	enum disk_kind kind;
	int file; /* the image on the host: two disks of one file are twins */
	int card; /* -1: a vbd's */
	bool cdrom;
	bool no_node; /* a CD-ROM whose sr_mod is not loaded */
	unsigned int port, channel, target, lun;
	unsigned int nsid;  /* NVMe */
	unsigned int space; /* NVMe: the number in the kernel's name */
	uint64_t delay_us;  /* after its driver came */
	enum use use;
	bool unplugged; /* the kernel has unplugged it */
	/* A vbd: */
	int slot;	 /* xvda is 0 */
	uint32_t number; /* of vbd-N */
	bool refused;	 /* no driver takes it: a CD-ROM, a major not ours */
};

struct nic {
	int card; /* -1: a vif */
	unsigned int mac;
	char name[16];	    /* now */
	char predicted[16]; /* what udev of the real root calls it */
	bool up, enslaved;
};

struct known_card { /* a line of the image's record */
	unsigned int mac;
	char name[16];
	bool odd; /* with a word too many */
};

/* ---- names: names.c ---- */

enum name_form {
	NAME_NONE,
	NAME_KERNEL,  /* /dev/sda1 in all its spellings, 8:1, 0801 */
	NAME_PLACE,   /* by-id, by-path: this very disk */
	NAME_TAG,     /* LABEL= and the others */
	NAME_MEMBERS, /* LVM, LUKS, md, ZFS: devices of that format */
	NAME_NETWORK,
	NAME_JUNK,
};

enum tag { TAG_IS_LABEL, TAG_IS_UUID, TAG_IS_PARTUUID, TAG_IS_PARTLABEL };

struct name {
	enum name_form form;
	unsigned int where; /* row of name_places[] */
	char text[112];
	char kind[40]; /* "by-id", "LABEL=": what a finding is filed under */
	char kernel[NAME_SIZE + 8]; /* NAME_KERNEL: "sda1" */
	bool numbered;		    /* … said as 8:1 */
	unsigned int major, minor;
	int disk;      /* NAME_PLACE */
	char link[80]; /* … of the whole disk, below /dev */
	unsigned int part;
	enum tag tag;
	char value[48];
	enum format member;
};

enum where_kind { WHERE_ROOT, WHERE_RESUME, WHERE_LINE, WHERE_FILE };

struct name_place {
	enum where_kind kind;
	const char *title;
	const char *file;	    /* WHERE_FILE: below the image's root */
	const char *before, *after; /* the name */
	unsigned int generators;    /* bits of enum generator */
};
extern const struct name_place name_places[];
extern const unsigned int name_place_count;

enum generator { GEN_DEBIAN, GEN_DRACUT, GEN_ARCH, GEN_OTHER, GENS };
extern const char *const generator_names[GENS];

enum mode { GUEST_AUTO, GUEST_STRICT };

struct guest {
	uint64_t seed;
	struct card card[MAX_CARDS];
	struct disk disk[MAX_DISKS];
	struct content content[MAX_CONTENTS];
	unsigned int file[MAX_FILES]; /* its content: equal in byte copies */
	struct nic nic[MAX_NICS];
	struct name name[MAX_NAMES];
	struct known_card known[MAX_KNOWN];
	char nic_name[16]; /* in the network configuration, or "" */
	unsigned int cards, disks, contents, files, nics, names, knowns;
	unsigned int order[MAX_CARDS]; /* order of loading drivers */

	enum generator generator;
	enum mode mode;
	unsigned int wait_s;
	char keep[NAME_SIZE];
	char cmdline[1024];
	bool old_kernel;     /* 2.6.18: folders in /sys/block, no devtmpfs */
	bool pv_driver_late; /* pvroot loads it */
	bool newest_first;   /* how the kernel lists folders */
	bool no_uevents;
	bool loops; /* there is a loop driver */
};
extern struct guest guest;

void guest_draw(uint64_t seed);
void names_draw(struct dice *d);
const char *record_text(void); /* cards.c */
void guest_say(void);

/* ---- what the kernel knows at one moment: kernel.c ---- */

struct disk_state {
	bool there, taken, hidden, lost;
	bool held;    /* its letter is, by a loop device */
	bool links;   /* a PV disk whose inherited links udev has made */
	bool letters; /* … and its inherited kernel names */
	char name[NAME_SIZE];
	char led[MAX_PARTS + 1][NAME_SIZE]; /* hidden: where its nodes lead */
	unsigned int major, minor;
	uint64_t due_us; /* UINT64_MAX: not announced yet */
};

struct view {
	struct disk_state disk[MAX_DISKS];
	bool bound[MAX_CARDS], was_bound[MAX_CARDS], nic_there[MAX_NICS];
	uint8_t comings[MAX_DISKS + MAX_CARDS]; /* how often it came */
	char override[MAX_CARDS][32];
	char nic_name[MAX_NICS][16]; /* that it was renamed to, or "" */
	bool may_forbid[MAX_CARDS];  /* the override was allowed in strict */
};

struct kernel {
	struct view now;
	uint64_t now_us, next_us;
	unsigned int calls;
	unsigned int next_ata, next_host, next_block; /* numbers to give */
	bool pv_driver;
	bool tree; /* a reference run needs none */
	uint64_t pci_loaded_us;
	/* Disks that came, for udev; [told, came) still wait. */
	uint8_t came[4 * MAX_DISKS];
	unsigned int comers, told, announced;
	unsigned int deeds; /* everything that was written or taken away */
	char out[4096];
	size_t outs;
	char log[32768];
	size_t logs;
};
extern struct kernel kernel;

void kernel_start(bool with_tree, bool history);
/* Lets all that is due by now happen. */
void kernel_pass(void);
void kernel_wait_until(uint64_t us);
/* Waits for the next disk of the loaded drivers. */
bool kernel_next_comer(void);
void kernel_bind(unsigned int card);
void kernel_load_pv_driver(void);
int kernel_unbind(unsigned int card);
int kernel_unbind_vbd(unsigned int number);
int kernel_delete(unsigned int disk);
/* Writes to drivers_probe, and to a host's scan: "channel target lun". */
int kernel_probe(const char *pci);
int kernel_scan(unsigned int host, const char *where);
bool disk_is_used(const struct disk *d);
void device_name(const struct view *v, unsigned int disk, unsigned int part,
		 char name[NAME_SIZE + 8]);
unsigned int disk_parts(unsigned int disk);
/* The VPD page of sysfs that says what a disk is (0x89 or 0x83). */
#define IDENTITY_PAGE 572
size_t identity_page(unsigned int disk, uint8_t page[IDENTITY_PAGE]);
/* Has udev been told that this PV disk has this link ("disk/by-id/…")? */
bool links_have(const struct view *v, unsigned int pv, const char *link);
/* … and this kernel name ("sda2") for this partition of it? */
bool letters_have(const struct view *v, unsigned int pv, unsigned int part,
		  const char *name);
/* An event of a PV disk: udev reads what pvroot left for it. */
void links_make(unsigned int pv);
/* Finds what has this kernel name now. */
bool device_find(const struct view *v, const char *name, unsigned int *disk,
		 unsigned int *part);

/* ---- sysfs and its friends: tree.c holds them, sysfs.c fills them ---- */

enum owner {
	OWNED_BY_ALL,
	OWNED_BY_DISK,
	OWNED_BY_CARD,
	OWNED_BY_NIC,
	OWNED_BY_PV_DRIVER
};
enum node_kind { NODE_DIR, NODE_FILE, NODE_LINK, NODE_TEXT_LINK };
enum node_op {
	OP_NONE,
	OP_DELETE,
	OP_OVERRIDE,
	OP_UNBIND,
	OP_STORE,
	OP_PARTITIONS,
	OP_CMDLINE,
	OP_NODE,
	OP_MOUNTS,
	OP_SWAPS,
	OP_ATA_CLASS,
	OP_PROBE,
	OP_SCAN,
	OP_IDENTITY,
	OP_UEVENT
};

struct node {
	const char *name, *text;
	struct node *parent, *child, *last, *next, *to;
	uint8_t kind, op, owner, index, coming;
	unsigned int length; /* of the name */
	unsigned int store;  /* OP_STORE: which; OP_ATA_CLASS: port and unit */
};

struct node *tree_dir(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
struct node *tree_add(struct node *dir, enum node_kind kind, const char *name);
/* The folder of this name; makes it where there is none. */
struct node *tree_sub(struct node *dir, const char *name);
struct node *tree_file(struct node *dir, const char *name, const char *format,
		       ...) __attribute__((format(printf, 3, 4)));
struct node *tree_link(struct node *dir, const char *name, struct node *to);
struct node *tree_find(const char *path, bool follow_last);
struct node *tree_parent(const char *path, const char **last);
int tree_readlink(const struct node *link, char *buf, size_t size);
bool node_is_there(const struct node *n);
void tree_reset(void);
/* Sets the owner of all nodes that are made from now on. */
void tree_own(enum owner owner, unsigned int index);
char *tree_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

void sysfs_start(void);
void sysfs_bound(unsigned int card, unsigned int host, unsigned int ata);
void sysfs_plug(unsigned int disk);
void sysfs_vbd(unsigned int disk);
void sysfs_card(unsigned int card);
struct node *sysfs_function(const char *pci, const uint16_t id[4],
			    unsigned int class_code);
void sysfs_nic(unsigned int nic);

/* ---- the story and its judge ---- */

struct ref { /* a device, as the host knows it */
	unsigned int disk, part;
};
struct refs {
	unsigned int count;
	struct ref at[MAX_DISKS * (MAX_PARTS + 1)];
};
void name_means(const struct name *n, const struct view *v, struct refs *out);
bool same_thing(struct ref a, struct ref b);
bool is_pv(unsigned int disk);
/* The PV disk of the same file that is there in v, or -1. */
int pv_of(const struct view *v, unsigned int disk);

struct story {
	struct view history, reference, after_boot, end;
	bool has_history;
	int status;
	char root[96], resume[96], refused[96]; /* what was answered, or "" */
	uint64_t boot_us;
};
extern struct story story;

void story_reference(void); /* without pvroot; names are drawn from it */
void story_run(void);

#include "rules.h"

#endif
