/* SPDX-License-Identifier: GPL-2.0-or-later
 * Understands the kernel command line. Pure: text in, values out. */
#ifndef PVROOT_CMDLINE_H
#define PVROOT_CMDLINE_H

#include <stdbool.h>
#include <stddef.h>

#define CMDLINE_SIZE   4096 /* x86: COMMAND_LINE_SIZE is 2048 */
#define CMDLINE_VALUE  1024
#define CMDLINE_KEEP   16
#define CMDLINE_NAME   32
#define CMDLINE_WAIT_S 10 /* default of wait= */
#define CMDLINE_WAIT_MAX                                                       \
	600 /* longer than any backend takes; no typo hangs                    \
	     */

enum mode { MODE_AUTO, MODE_STRICT, MODE_OFF };

enum unplug { UNPLUG_DEFAULT, UNPLUG_NEVER, UNPLUG_UNNECESSARY, UNPLUG_OTHER };

struct cmdline {
	enum mode mode;
	bool debug;
	unsigned int wait_s;
	char keep[CMDLINE_KEEP][CMDLINE_NAME];
	unsigned int keeps;
	char root[CMDLINE_VALUE];   /* the value of root=, or "" */
	char resume[CMDLINE_VALUE]; /* the value of resume=, or "" */
	enum unplug unplug;	    /* xen_emul_unplug= */
};

/* Called for each thing that was not understood: what it was, and why. */
typedef void cmdline_complain_fn(void *ctx, const char *what, const char *why);

/* Copies the next word of *text to word[CMDLINE_SIZE] and moves *text behind
 * it. Words end at white space, except within double quotes, which are removed.
 * word may lie in the text itself, at or before *text: it is never longer than
 * its source. Returns false at the end. */
bool cmdline_next_word(const char **text, char *word);

#define CMDLINE_END 2 /* what cmdline_end() may add: a quote and a blank */

/* Ends a line that others are to follow: a lone "--" ends its own words and no
 * other line's, and so does a quote that is never closed. Returns the new
 * length; the line needs CMDLINE_END bytes more than it has. */
size_t cmdline_end(char *line);

/* Parses text: words as above, up to a lone "--" (what follows is for init).
 * The last of two equal keys wins. pvroot= options add up over words; of auto,
 * strict and off the last wins. hooks/ask reads the mode in shell, for boots
 * without the program: tests/cmdline/strict.list tests both. Cannot fail:
 * complain is called for what is not understood, which is then ignored. */
void cmdline_parse(const char *text, struct cmdline *out,
		   cmdline_complain_fn *complain, void *ctx);

/* Does keep= hold this device, by its name or its PCI address? */
bool cmdline_keeps(const struct cmdline *cmd, const char *name,
		   const char *pci);

#endif
