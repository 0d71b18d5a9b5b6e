/* SPDX-License-Identifier: GPL-2.0-or-later
 * The kernel's log, in the two forms in which kernels give it. Pure. */
#ifndef PVROOT_KLOG_H
#define PVROOT_KLOG_H

#include <stddef.h>

/* Lines of "SECONDS.MICROSECONDS TEXT", or "- TEXT" where the kernel gives no
 * time. Where not all fit, the newest are kept. */
struct klog {
	char *text; /* size bytes; ends with NUL */
	size_t size, used;
};

/* One record of /dev/kmsg (since 3.5): "6,339,5140900,-;TEXT\n KEY=VALUE\n".
 * Changes record. */
void klog_take_record(struct klog *log, char *record);

/* What syslog(2) gives: lines of "<6>[    5.140900] TEXT", or "<6>TEXT" from a
 * kernel without PRINTK_TIME. Changes lines. */
void klog_take_lines(struct klog *log, char *lines);

#endif
