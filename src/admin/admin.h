/* SPDX-License-Identifier: GPL-2.0-or-later
 * The commands that only the installed program has. */
#ifndef PVROOT_ADMIN_H
#define PVROOT_ADMIN_H

#include "admin/check/check.h"
#include "admin/status/status.h"
#include "cmd/command.h"

int cmd_boot_in_image(const struct sys *sys, int argc, char **argv);
int cmd_names(const struct sys *sys, int argc, char **argv);
int cmd_nics(const struct sys *sys, int argc, char **argv);

#endif
