# SPDX-License-Identifier: GPL-2.0-or-later
# Part of the awk programs of grub and 95-pvroot-initramfs.install.
#
# own_line(LINE, RESUME): a line of a boot entry that holds the kernel's command
# line, as it must be for pvroot's own initramfs: with a word that says by whom this
# boot is, an end where it cannot go on, and the resume= of the guest where the line
# has none. "" where the line has words that our initramfs does not know how to obey.
function own_line(line, resume) {
	if (line ~ /[ \t]root=(\/dev\/(mapper|md|dm-|nbd|zvol|disk\/by-(id|path))|ZFS|[a-z0-9]+:[^0-9]|nfs|gpt-auto|tmpfs)/ ||
		line ~ /[ \t](ZFS=|nfsroot=|netroot=|boot=|overlayroot=|cryptdevice=|cryptopts=|loop=|ostree=|mount\.usr=|real_root=|roothash=|usrhash=)/ ||
		line ~ /[ \t](rd\.(luks|lvm|md|live|overlay)|(rd\.)?systemd\.(verity|volatile))/ ||
		line !~ /[ \t]root=/)
		return ""
	if (resume != "" && line !~ /[ \t](no)?resume([= \t]|$)/)
		resume = " " resume
	else
		resume = ""
	return line " pvroot.initramfs" (line ~ /[ \t]panic=/ ? "" : " panic=10") resume
}
