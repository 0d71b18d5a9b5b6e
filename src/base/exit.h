/* SPDX-License-Identifier: GPL-2.0-or-later
 * What pvroot's exit statuses mean. */
#ifndef PVROOT_EXIT_H
#define PVROOT_EXIT_H

enum exit_status {
	EXIT_GO_ON = 0,
	EXIT_STOP = 1, /* boot: strict, and no PV root; others: not found */
	EXIT_USAGE = 2,
	/* A command could not write its output, or boot could not read the
	 * kernel's command line. A hook then goes on as if pvroot were not
	 * there, unless strict was asked for. */
	EXIT_FAULT = 2,
};

#endif
