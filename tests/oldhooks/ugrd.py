# SPDX-License-Identifier: GPL-2.0-or-later
"""A stand-in for ugrd 2.2.0: what was read in its source about a module's TOML
and functions. ugrd.py FOLDER KVER TREE MODDIR: builds TREE with the module pvroot
of FOLDER, and its /init, in which each function of ugrd's own is one word."""

import importlib.util
import logging
import subprocess
import sys
import tomllib
from pathlib import Path

folder, kver, tree = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
INIT_PRE = "start_udev load_modules mount_base export_exports parse_cmdline set_loglevel".split()
OWN_AFTER = {"export_exports": "mount_base", "parse_cmdline": "export_exports", "start_udev": "mount_base"}


class Generator(dict):
    logger = logging.getLogger("ugrd")

    def _get_build_path(self, path):
        return tree / str(path).lstrip("/")

    def _run(self, args, timeout=15):
        args = [str(arg) for arg in args] + [sys.argv[4]]  # not /lib/modules
        done = subprocess.run(args, capture_output=True, timeout=timeout)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        return done


def ordered(names, order):
    """Moves names until each pair (earlier, later) holds."""
    pairs = [(name, later) for name, targets in order["before"].items() for later in targets]
    pairs += [(earlier, name) for name, targets in order["after"].items() for earlier in targets]
    pairs += [(earlier, name) for name, earlier in OWN_AFTER.items()]
    for _ in range(100):
        for earlier, later in pairs:
            if earlier in names and later in names and names.index(earlier) > names.index(later):
                names.remove(earlier)
                names.insert(names.index(later), earlier)
    return names


module = tomllib.loads((folder / "pvroot.toml").read_text())
spec = importlib.util.spec_from_file_location("pvroot", folder / "pvroot.py")
python = importlib.util.module_from_spec(spec)
spec.loader.exec_module(python)
generator = Generator(kernel_version=kver)
for copy in module["copies"].values():
    place = generator._get_build_path(copy["destination"])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(Path(copy["source"]).read_bytes())
for name in ordered(["regen_kmod_metadata"] + module["imports"]["build_final"]["pvroot"], module["import_order"]):
    print("build", name)
    if hasattr(python, name):
        getattr(python, name)(generator)
lines = ordered(INIT_PRE + module["imports"]["init_pre"]["pvroot"], module["import_order"])
lines = [getattr(python, name)(generator) if hasattr(python, name) else name for name in lines]
(tree / "init").write_text("\n".join(lines) + "\n")
