# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A repository of RPM packages in a folder, with a package that stands for the
# system below pvroot. Real: rpmbuild, createrepo_c. STAND-IN: that package.
# May touch: the folders that are named.

# rpm_system OUT WORK DRACUT [DEFINE…]: puts the STAND-IN for a system with that
# version of dracut into the folder OUT.
rpm_system() {
	rpm_out=$1 rpm_work=$2/rpmbuild rpm_dracut=$3
	shift 3
	rm -rf "$rpm_work" && mkdir -p "$rpm_out" && rpmbuild -bb --quiet --nodeps \
		--define "_topdir $rpm_work" --define "_dbpath $rpm_work/db" \
		--define "pvroot_dracut $rpm_dracut" "$@" \
		"${top:?}/tests/package/system.spec" &&
		cp "$rpm_work"/RPMS/noarch/*.rpm "$rpm_out/" && rm -rf "$rpm_work"
}

# rpm_index FOLDER [FILE…]: takes the files in and writes what dnf reads.
rpm_index() {
	rpm_folder=$1
	shift
	[ $# = 0 ] || cp "$@" "$rpm_folder/" || return 1
	createrepo_c -q "$rpm_folder"
}
