/* SPDX-License-Identifier: GPL-2.0-or-later
 * What `pvroot check` finds, and the checks that find it. */
#ifndef PVROOT_CHECK_H
#define PVROOT_CHECK_H

#include "admin/bootcfg/entry.h"
#include "admin/survey/survey.h"
#include "find/tag.h"

enum level { FOUND_OK, FOUND_WARNING, FOUND_PROBLEM };

struct finding {
	enum level level;
	const char *id; /* stable, for programs */
	char *what, *todo;
	const char *means; /* "" for ok */
};

/* An initrd, or the several of one boot, whose content is known. */
struct kept_image {
	char *path, *version;
	char *line;  /* what it adds to the kernel's command line; NULL: nothing
		      */
	bool good;   /* has pvroot and a PV disk driver that may load */
	bool broken; /* Linux cannot unpack it */
	bool unread; /* what is in it is not known */
	bool pvroot, driver;
	bool holds;   /* kernel names of twins */
	bool own;     /* pvroot's own initramfs, which knows plain disks only */
	bool udev;    /* systemd has udev's socket open before pvroot runs */
	char has[96]; /* for a person */
};

/* What a boot will do, as far as this program can tell. */
enum outcome {
	BOOT_UNKNOWN,
	BOOT_PV,       /* root is on the PV disk */
	BOOT_EMULATED, /* it works, and root is not on the PV disk */
	BOOT_STOPS,
};

/* An entry of a menu, and the files that it means here. */
struct boot {
	const struct entry *entry;
	char kernel[SYS_PATH_SIZE]; /* its file, or "" */
	char version[128];	    /* of the kernel, or "" */
	struct words initrds;	    /* files */
	struct words missing;	    /* paths that lead to none */
	bool rescue;		    /* dracut's image that is made once */
	int image;		    /* index in kept_images, or -1 */
	enum outcome outcome;
	char root[CMDLINE_VALUE], device[DISK_NAME_SIZE], why[256];
};

struct boots {
	struct boot *at;
	unsigned int count, room;
};

struct kept_images {
	struct kept_image *at;
	unsigned int count, room;
};

struct check {
	struct survey *survey;
	struct finding *at;
	unsigned int count, room;
	struct entries entries; /* of the boot menus */
	struct boots boots;	/* those of them that boot Linux */
	struct kept_images images;
};

/* Adds a finding, unless one with the same text is there. todo and means are ""
 * for ok. */
void check_add(struct check *check, enum level level, const char *id,
	       const char *means, const char *todo, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
enum level check_worst(const struct check *check);
const char *check_level_name(enum level level);

/* The image of a boot, or NULL where it is not known. */
static inline const struct kept_image *check_image_of(const struct check *check,
						      const struct boot *boot)
{
	return boot->image < 0 ? NULL : &check->images.at[boot->image];
}

/* What a line says to pvroot in a boot with this image, or with NULL. */
void image_whole_line(const struct kept_image *image, const char *line,
		      struct cmdline *cmd);
/* What a boot's command line says to pvroot, with what its image adds. */
void boot_line(const struct check *check, const struct boot *boot,
	       struct cmdline *cmd);
/* The same of the next boot, unless somebody chooses another: the first entry
 * whose image has pvroot, or this boot's line where no menu is known. */
void check_next_line(const struct check *check, struct cmdline *cmd);
/* May udev listen before pvroot runs, in an image that has it? */
bool check_udev_is_first(const struct check *check);

/* Will a kernel name of this twin ("sda") lead to its PV disk at the next boot?
 * Every image with pvroot must have what holds its letter. */
bool check_holds_letter(const struct check *check, const char *disk);
/* Was the twin of that name ("sda") taken away in this boot? */
bool check_twin_is_gone(const struct survey *survey, const char *disk);
/* Is this the kernel's own name or number of a twin, there or gone? pvroot runs
 * before udev, when that disk has no driver yet, and never counts sd letters:
 * it answers such a name only where the image loads those drivers first. */
bool check_names_twin(const struct check *check, const char *name);
/* May the disk of that name be there before the initrd, by a driver that is
 * built into that kernel? True where its list of those cannot be read. */
bool check_twin_may_be_first(const struct sys *sys, const char *version,
			     const char *name);
/* Is it a twin's name that the next boot certainly does not answer? */
bool check_name_is_late(const struct check *check, const char *name);

/* The checks, each with its own part of the system. */
void check_guest(struct check *check);
void check_boots(struct check *check);
void check_config(struct check *check);
void check_modprobe(struct check *check);
void check_cards(struct check *check);
void check_tools(struct check *check);
void check_definition(struct check *check);
void check_own(struct check *check);

/* Reads the menus and finds the files of each entry. */
void boots_make(struct check *check);
void boots_free(struct check *check);
/* Says what is wrong with an initrd (its files, read as one), once. Returns its
 * index in check->images. */
int check_image(struct check *check, const struct words *files,
		const char *version, bool rescue);
/* Without a menu: looks at each file in /boot that has an initrd's name. */
void check_images_by_name(struct check *check);
/* The version in an initrd's name. Returns false where it is none, or a
 * copy. */
bool image_name_version(const char *name, char *version, size_t size);
/* What will this boot do, with this line (boot_line())? Fills in outcome,
 * device and why. */
void boot_predict(struct check *check, struct boot *boot,
		  const struct cmdline *cmd);
/* Can the kernel alone not find this root? (LABEL=, UUID=, LVM …) */
bool root_needs_initrd(const char *root);
const char *outcome_name(enum outcome outcome);

/* A kernel command line, or what an image adds to one. */
struct checked_line {
	const char *where; /* it is from */
	const char *line;
	const char *kernel;	     /* its file's name, or "" */
	const struct cmdline *whole; /* of the boot */
	const char *winner;	     /* the line that comes after it, or "" */
};
void check_line(struct check *check, const struct checked_line *line);
/* A name in root=, resume= or fstab. */
struct name_use {
	const char *where; /* "/etc/fstab line 3" */
	const char *name;
	enum probe_usage usage;
	const char *type; /* of the file system, in fstab; or NULL */
	bool optional;	  /* the boot does not need it */
	bool service;	  /* it neither: a service does, and keeps the twin */
	bool resolved; /* root=, resume=: pvroot resolves it, even /dev/sda1 */
	bool strict;   /* pvroot=strict stands beside it */
	bool exact;    /* what looks for it tells upper from lower case */
};
void check_name(struct check *check, const struct name_use *use);
/* A name as a file or a word has it: "/dev/sda2:root", "/dev/sd[ab]|". Names
 * that follow the content are passed over. */
void check_used_name(struct check *check, const char *where, const char *name);
/* In a guest that is not on Xen yet: says so of a name that will mean nothing
 * there, and returns true. */
bool check_foreign(struct check *check, const struct name_use *use,
		   const struct tag *tag);
/* Where root= leads, as far as this system shows. */
struct root_place {
	char device[DISK_NAME_SIZE]; /* "" where that cannot be told */
	bool pv;		     /* it is on PV disks only */
	bool nowhere;		     /* certain: no device carries that name */
};
struct root_place check_root_place(struct check *check, const char *name);
/* Will this name mean nothing on Xen? (in a guest that is not there yet) */
bool name_is_foreign(const char *name, const struct tag *tag);

/* The letters of a disk: "a" of 0, "z" of 25, "ba" of 52. Returns a place in
 * letters. */
#define LETTERS_SIZE 16
const char *disk_letters(unsigned int disk, char letters[LETTERS_SIZE]);

/* The advice for something that could not be read. */
const char *check_todo_read(void);
/* The command that rebuilds this system's image for a version; path is the
 * image's. */
void check_rebuild_command(const struct sys *sys, const char *path,
			   const char *version, char *buf, size_t size);
/* The same for dracut's rescue image, which --regenerate-all leaves alone. */
void check_rescue_command(const char *path, const char *version, char *buf,
			  size_t size);

/* Each writes to standard output; returns 0 or -errno. */
int check_list(const struct check *check, bool quiet);
int check_prometheus(const struct check *check, bool quiet);

int bootlog_explain(struct survey *survey);

/* Frees what was found. */
void check_free(struct check *check);
/* The command; see cmd/command.h. */
int cmd_check(const struct sys *sys, int argc, char **argv);

#endif
