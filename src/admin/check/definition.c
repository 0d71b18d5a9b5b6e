// SPDX-License-Identifier: GPL-2.0-or-later
/* Which line does the VM's definition on the host need? Pure: reads the
 * survey. */
#include <string.h>

#include "admin/check/check.h"
#include "base/text.h"
#include "sys/log.h"

#define RESTART                                                                \
	"Then halt the guest and create it anew: a reboot from inside does "   \
	"not read the new definition."

const char *disk_letters(unsigned int disk, char letters[LETTERS_SIZE])
{
	char *at = letters + LETTERS_SIZE - 1;

	*at = '\0';
	for (disk++; disk; disk = (disk - 1) / 26)
		*--at = (char)('a' + (disk - 1) % 26);
	return at;
}

static const char *bus_name(enum vdev_bus bus)
{
	return bus == VDEV_IDE ? "hd" : bus == VDEV_SCSI ? "sd" : "xvd";
}

/* An emulated disk whose vbd has no driver. */
static void check_offered(struct check *check, int index)
{
	const struct survey *survey = check->survey;
	const struct disk_view *view = &survey->views[index];
	struct vdev vdev = vdev_decode(view->vbd);
	char todo[512], letters[LETTERS_SIZE];
	const char *letter = disk_letters(vdev.disk, letters);

	if (!view->offered || survey->disks.at[index].cdrom ||
	    view->named_by[0]) /* put aside, which is told */
		return;
	text_format(todo, sizeof(todo),
		    "In the VM's definition write vdev=xvd%s for this disk, as "
		    "in: disk = [ 'format=raw, vdev=xvd%s, access=rw, "
		    "target=/PATH/TO/IMAGE' ]. " RESTART,
		    letter, letter);
	if (vdev.bus == VDEV_XVD)
		check_add(
			check, FOUND_PROBLEM, "no-driver",
			"The PV path is there and nobody uses it.",
			"Load xen-blkfront; if it says \"no such device\", "
			"look "
			"for xen_emul_unplug=never on the kernel command line.",
			"vbd-%u (%s's place) has no driver", view->vbd,
			survey->disks.at[index].name);
	else
		check_add(check, FOUND_PROBLEM, "definition",
			  "The PV disk driver does not take a number of that "
			  "kind "
			  "while the emulated disk has it too.",
			  todo, "%s: the definition says vdev=%s%s (vbd-%u)",
			  survey->disks.at[index].name, bus_name(vdev.bus),
			  letter, view->vbd);
}

/* The old IDE driver owns the device numbers of vdev=hd*, so 2.6.18 waits for
 * such a vbd in vain and then removes it, as it does with a CD-ROM's. */
static void check_lost(struct check *check, int index)
{
	const struct survey *survey = check->survey;
	const struct disk_view *view = &survey->views[index];
	const struct disk *disk = &survey->disks.at[index];
	char todo[512];

	if (view->lost && disk->cdrom) {
		check_add(check, FOUND_OK, "definition", "", "",
			  "The kernel has waited 10 s in this boot for vbd-%u, "
			  "the "
			  "CD-ROM %s, which never connects: without it in the "
			  "VM's "
			  "definition a boot is that much shorter",
			  view->vbd, disk->name);
		return;
	}
	if (disk->place.kind != PLACE_IDE || disk->cdrom || view->pv >= 0 ||
	    view->offered || !survey->pv_driver ||
	    (!view->lost && disks_have_pv(&survey->disks)))
		return;
	text_format(todo, sizeof(todo),
		    "Add %s=noprobe to the kernel line; or in the VM's "
		    "definition write vdev=xvd%s for this disk. " RESTART,
		    disk->place.port, disk->name + 2);
	check_add(check, FOUND_PROBLEM, "definition",
		  "This kernel's IDE driver is built in and has the number of "
		  "that "
		  "disk, so that the PV path is given back.",
		  todo, "%s: no PV disk came in its place, as with vdev=%s",
		  disk->name, disk->name);
}

/* A PV disk in the same place with other content: two images, or a clone. */
static void check_different(struct check *check, int index)
{
	const struct survey *survey = check->survey;
	const struct disk_view *view = &survey->views[index];

	if (view->proof == PROOF_DIFFERENT)
		check_add(check, FOUND_WARNING, "different",
			  "pvroot leaves both alone.",
			  "Look at the VM's definition: is another image given "
			  "for the same place?",
			  "%s is in %s's place, but holds other bytes",
			  survey->disks.at[index].name,
			  survey->disks.at[view->pv].name);
}

static void say_line(struct check *check)
{
	const struct survey *survey = check->survey;
	char letters[LETTERS_SIZE];
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++) {
		const struct disk *disk = &survey->disks.at[i];

		if (disk_is_pv(disk) && !disk->cdrom)
			check_add(check, FOUND_OK, "definition", "", "",
				  "The VM's definition gives %s a PV path: "
				  "vdev=%s%s "
				  "(vbd-%u)",
				  disk->name, bus_name(disk->vdev.bus),
				  disk_letters(disk->vdev.disk, letters),
				  disk->place.vbd);
	}
}

void check_definition(struct check *check)
{
	const struct survey *survey = check->survey;
	unsigned int i;

	if (!survey->xen) {
		check_add(check, FOUND_OK, "definition", "", "",
			  "On Xen, the definition needs: disk = [ 'format=raw, "
			  "vdev=xvda, access=rw, target=/PATH/TO/IMAGE' ]");
		return;
	}
	for (i = 0; i < survey->disks.count; i++) {
		check_offered(check, (int)i);
		check_lost(check, (int)i);
		check_different(check, (int)i);
	}
	say_line(check);
}
