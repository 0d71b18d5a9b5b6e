/* SPDX-License-Identifier: GPL-2.0-or-later
 * UUIDs and serial numbers as blkid prints them. Pure. */
#ifndef PVROOT_UUID_H
#define PVROOT_UUID_H

#include <stdint.h>

#define UUID_TEXT_SIZE 40 /* LVM: 38 and NUL; others 8-4-4-4-12 or shorter */

/* Prints the bytes in their order as "8-4-4-4-12", or "" where all are zero. */
void uuid_print(char dst[UUID_TEXT_SIZE], const uint8_t uuid[16]);

/* The 32-bit serial number of a FAT, little-endian: "XXXX-XXXX", or "" where it
 * is zero. */
void uuid_print_serial(char dst[UUID_TEXT_SIZE], const uint8_t serial[4]);

#endif
