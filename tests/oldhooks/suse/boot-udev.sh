#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A stand-in for openSUSE's boot-udev.sh: what it says of its order.
#%stage: boot
#%depends: start dm
