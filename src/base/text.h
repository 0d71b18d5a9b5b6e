/* SPDX-License-Identifier: GPL-2.0-or-later
 * Checked text and numbers, where klibc's strtoull gives no ERANGE. Pure. */
#ifndef PVROOT_TEXT_H
#define PVROOT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Parses all of s as an unsigned number of base 10 or 16 (no sign, no space,
 * no prefix; one trailing newline is allowed, as sysfs writes it).
 * Returns 0, -EINVAL (not a number) or -ERANGE (above max). */
int text_u64(const char *s, unsigned int base, uint64_t max, uint64_t *out);

/* Copies src to dst[size] whole or not at all. Returns 0 or -ENAMETOOLONG;
 * dst is "" in that case. */
int text_copy(char *dst, size_t size, const char *src);

/* Formats into dst[size] whole or not at all, as text_copy() does. */
int text_format(char *dst, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Length of the first n bytes of s up to the first NUL, at most n. */
size_t text_length(const char *s, size_t n);

/* True where s begins with prefix; *rest (may be NULL) is what follows. */
bool text_prefix(const char *s, const char *prefix, const char **rest);

/* True where s is not empty and has only letters, digits, "-", "_" and the
 * bytes of also: then no shell, udev or systemd finds a special character in
 * it. */
bool text_is_word(const char *s, const char *also);

/* True where the two are the same, ignoring the case of A to Z. */
bool text_same(const char *a, const char *b);

/* True where part occurs in s. */
bool text_contains(const char *s, const char *part);

/* Turns "/dev//sda1" and "/dev/./sda1" into "/dev/sda1", in place. */
void text_tidy_path(char *path);

/* Decodes in place the \xHH that udev writes for bytes that are unsafe in a
 * file name. Returns 0, or -EINVAL at \x00; what is before it is decoded
 * then. */
int text_unescape(char *s);

/* Appends more to buf[size]; cuts it where it does not fit. */
void text_add(char *buf, const char *more, size_t size);
/* Cuts the next line off *text; NULL at the end. */
char *text_next_line(char **text);
/* Cuts the next word off *line, at white space; "" at the end. Quotes mean
 * nothing here: for the kernel command line there is cmdline_next_word(). */
char *text_next_word(char **line);
bool text_is_blank(char c);
bool text_ends_with(const char *text, const char *end);

/* Removes trailing newlines and spaces in place. */
void text_chomp(char *s);

#endif
