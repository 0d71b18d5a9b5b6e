// SPDX-License-Identifier: GPL-2.0-or-later
/* Formats text. Pure: touches nothing but its arguments. */
#include "base/print.h"

#include <stdbool.h>
#include <stdint.h>

struct output {
	char *dst;
	size_t size, len; /* len includes what did not fit */
};

static void put(struct output *out, char c)
{
	if (out->len + 1 < out->size)
		out->dst[out->len] = c;
	out->len++;
}

/* A va_list that functions can share: as a parameter it may be an array. */
struct arguments {
	va_list list;
};

struct spec {
	bool left, zero, wide; /* "-", "0", "ll" */
	int width, precision;  /* precision: -1 for none */
};

static void put_padded(struct output *out, const struct spec *spec,
		       const char *text, int len)
{
	int pad = spec->width - len;
	char fill = spec->zero ? '0' : ' ';

	for (; !spec->left && pad > 0; pad--)
		put(out, fill);
	while (len-- > 0)
		put(out, *text++);
	for (; pad > 0; pad--)
		put(out, ' ');
}

static void put_string(struct output *out, const struct spec *spec,
		       const char *text)
{
	int len = 0;

	if (!text)
		text = "(none)";
	while (len != spec->precision && text[len])
		len++;
	put_padded(out, spec, text, len);
}

static void put_number(struct output *out, const struct spec *spec,
		       uint64_t value, unsigned int base, bool minus)
{
	char digits[24], *s = digits + sizeof(digits);

	do {
		*--s = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	if (minus)
		*--s = '-';
	put_padded(out, spec, s, (int)(digits + sizeof(digits) - s));
}

/* Reads a number from the format; "*" takes the next argument. */
static const char *read_number(const char *fmt, int *number,
			       struct arguments *args)
{
	if (*fmt == '*') {
		*number = va_arg(args->list, int);
		return fmt + 1;
	}
	for (*number = 0; *fmt >= '0' && *fmt <= '9'; fmt++)
		*number = *number * 10 + (*fmt - '0');
	return fmt;
}

/* Reads what stands between "%" and the letter. */
static const char *read_spec(const char *fmt, struct spec *spec,
			     struct arguments *args)
{
	spec->left = *fmt == '-';
	fmt += spec->left;
	spec->zero = *fmt == '0';
	fmt = read_number(fmt, &spec->width, args);
	spec->precision = -1;
	if (*fmt == '.')
		fmt = read_number(fmt + 1, &spec->precision, args);
	spec->wide = *fmt == 'l';
	while (*fmt == 'l')
		fmt++;
	return fmt;
}

static void put_signed(struct output *out, const struct spec *spec, int value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	put_number(out, spec, size, 10, value < 0);
}

static void convert(struct output *out, const struct spec *spec, char letter,
		    struct arguments *args)
{
	char c = letter;

	switch (letter) {
	case 's':
		put_string(out, spec, va_arg(args->list, const char *));
		break;
	case 'd':
		put_signed(out, spec, va_arg(args->list, int));
		break;
	case 'c':
		c = (char)va_arg(args->list, int);
		/* fall through */
	case '%':
		put_padded(out, spec, &c, 1);
		break;
	default:
		put_number(out, spec,
			   spec->wide ? va_arg(args->list, unsigned long long)
				      : va_arg(args->list, unsigned int),
			   letter == 'x' ? 16 : 10, false);
	}
}

int format_args(char *dst, size_t size, const char *fmt, va_list list)
{
	struct output out = { dst, size, 0 };
	struct arguments args;
	struct spec spec;

	va_copy(args.list, list);
	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			put(&out, *fmt);
			continue;
		}
		fmt = read_spec(fmt + 1, &spec, &args);
		if (!*fmt)
			break;
		convert(&out, &spec, *fmt, &args);
	}
	va_end(args.list);
	if (size)
		dst[out.len < size ? out.len : size - 1] = '\0';
	return (int)out.len;
}
