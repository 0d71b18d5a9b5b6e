# SPDX-License-Identifier: GPL-2.0-or-later
"""ugrd takes a module's functions from Python only. What runs at boot is sh: run."""

from os import uname


def put_pvroot(self):
    """Puts pvroot into the image; no image is made where the kernel has no PV disk driver."""
    kver = self["kernel_version"] or uname().release
    made = self._run(["/usr/lib/pvroot/image", kver, self._get_build_path("/")], timeout=600)
    if made.stderr:
        self.logger.warning(made.stderr.decode().rstrip())


def run_pvroot(self):
    """One line of the image's init, before udev and the first driver."""
    return ". /lib/pvroot/ugrd"
