/* SPDX-License-Identifier: GPL-2.0-or-later
 * Files at paths that are put together, for what builds a guest of pieces. */
#ifndef PVROOT_TREE_H
#define PVROOT_TREE_H

#include "fixture.h"

/* What QEMU gives as subsystem of most functions. */
#define QEMU_IDS 0x1af4, 0x1100

/* file(f, text, "/sys/…%s", …): a file at a path that is put together. */
#define file(f, text, ...)                                                     \
	do {                                                                   \
		char path_[FIXTURE_PATH];                                      \
		fixture_path(f, path_, __VA_ARGS__);                           \
		fixture_file(f, path_, text);                                  \
	} while (0)
#define folder(f, ...)                                                         \
	do {                                                                   \
		char path_[FIXTURE_PATH];                                      \
		fixture_path(f, path_, __VA_ARGS__);                           \
		fixture_folder(f, path_);                                      \
	} while (0)
#define link_to(f, target, ...)                                                \
	do {                                                                   \
		char path_[FIXTURE_PATH];                                      \
		fixture_path(f, path_, __VA_ARGS__);                           \
		fixture_link(f, path_, target);                                \
	} while (0)

#endif
