// SPDX-License-Identifier: GPL-2.0-or-later
/* Output for a person: colour, columns, and bytes of labels that could disturb
 * a terminal. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin/lib/out.h"
#include "admin/lib/words.h"
#include "fixture.h"

static struct out out;

/* out_open() with a terminal, or a file, as standard output. */
static void open_on(int fd)
{
	int before = dup(1);

	fflush(stdout);
	assert_int_equal(dup2(fd, 1), 1);
	out_open(&out);
	assert_int_equal(dup2(before, 1), 1);
	close(before);
}

static int terminal(void)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);

	if (fd < 0)
		skip();
	return fd;
}

/* What was collected, as it is written. */
static const char *written(struct fixture *f)
{
	f->out[0] = '\0';
	assert_int_equal(out_close(&out), 0);
	return f->out;
}

static void colour_is_for_a_terminal_that_wants_it(void **state)
{
	int fd = terminal(), file = open("/dev/null", O_WRONLY);

	(void)state;
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	open_on(file);
	assert_false(out.colour);
	open_on(fd);
	assert_true(out.colour);
	setenv("NO_COLOR", "1", 1);
	open_on(fd);
	assert_false(out.colour);
	setenv("NO_COLOR", "", 1);
	open_on(fd);
	assert_true(out.colour);
	setenv("TERM", "dumb", 1);
	open_on(fd);
	assert_false(out.colour);
	unsetenv("TERM");
	open_on(fd);
	assert_true(out.colour);
	close(fd);
	close(file);
}

static void paint_is_left_out_without_colour(void **state)
{
	struct fixture *f = *state;

	memset(&out, 0, sizeof(out));
	out_paint(&out, RED);
	out_say(&out, "a");
	out_paint(&out, PLAIN);
	assert_string_equal(written(f), "a");
	out.colour = true;
	out_paint(&out, RED);
	out_say(&out, "a");
	out_paint(&out, PLAIN);
	assert_string_equal(written(f), "\033[31ma\033[0m");
}

static void what_could_disturb_a_terminal_is_escaped(void **state)
{
	struct fixture *f = *state;

	memset(&out, 0, sizeof(out));
	out.colour = true;
	out_say(&out, "%s\n", "a\033[31m\x07\x7f\xff~");
	assert_string_equal(written(f), "a\\x1b[31m\\x07\\x7f\\xff~\n");
}

static void a_cell_has_its_width(void **state)
{
	struct fixture *f = *state;

	memset(&out, 0, sizeof(out));
	out_cell(&out, "abc", 5);
	out_cell(&out, "abcde", 5);
	out_cell(&out, "abcdef", 5);
	out_cell(&out, "", 2);
	assert_string_equal(written(f), "abc  abcdeabcd~  ");
}

static void lines_are_wrapped_between_words(void **state)
{
	struct fixture *f = *state;
	char word[OUT_COLUMNS + 10], text[300], want[300];

	memset(&out, 0, sizeof(out));
	out_wrap(&out, 4, 4, "one  two");
	assert_string_equal(written(f), "one two\n");
	/* 4 + 75 + 1 is 80: it just fits. One more does not. */
	memset(word, 'x', sizeof(word));
	word[73] = '\0';
	snprintf(text, sizeof(text), "a %s b", word);
	snprintf(want, sizeof(want), "a %s\n    b\n", word);
	out_wrap(&out, 4, 4, text);
	assert_string_equal(written(f), want);
	word[73] = 'x';
	word[75] = '\0';
	snprintf(text, sizeof(text), "a %s", word);
	snprintf(want, sizeof(want), "a\n    %s\n", word);
	out_wrap(&out, 4, 4, text);
	assert_string_equal(written(f), want);
	/* A word that fits nowhere has a line of its own. */
	word[75] = 'x';
	word[sizeof(word) - 1] = '\0';
	snprintf(text, sizeof(text), "%s b", word);
	snprintf(want, sizeof(want), "%s\n    b\n", word);
	out_wrap(&out, 4, 4, text);
	assert_string_equal(written(f), want);
}

/* Where the first line begins further right than the others. */
static void no_words_are_glued_together(void **state)
{
	struct fixture *f = *state;
	char word[OUT_COLUMNS], text[300], want[300];

	memset(&out, 0, sizeof(out));
	memset(word, 'x', sizeof(word));
	word[60] = '\0';
	snprintf(text, sizeof(text), "%s no PV driver", word);
	snprintf(want, sizeof(want), "%s\n    no PV driver\n", word);
	out_wrap(&out, 20, 4, text);
	assert_string_equal(written(f), want);
	out_wrap(&out, 15, 17, "a b c");
	assert_string_equal(written(f), "a b c\n");
}

/* A label with a newline, and one that is written so. */
static void an_escape_cannot_be_forged(void **state)
{
	struct fixture *f = *state;

	memset(&out, 0, sizeof(out));
	out_wrap(&out, 0, 0, "a\nb \\x0a \\x0 \\");
	assert_string_equal(written(f), "a\\x0ab \\x5cx0a \\x0 \\\n");
	out_cell(&out, "\n", 2);
	assert_string_equal(written(f), "\\x0a ");
}

static void much_text_stays_whole(void **state)
{
	struct fixture *f = *state;
	unsigned int i;

	memset(&out, 0, sizeof(out));
	for (i = 0; i < 2000; i++)
		out_say(&out, "%04u\n", i);
	assert_int_equal(strlen(written(f)), 10000);
	for (i = 0; i < 2000; i++)
		assert_int_equal(atoi(f->out + 5 * i), i);
}

static void nothing_to_say_is_no_write(void **state)
{
	struct fixture *f = *state;

	f->mute = true;
	memset(&out, 0, sizeof(out));
	assert_int_equal(out_close(&out), 0);
	out_say(&out, "a");
	assert_int_equal(out_close(&out), -EPIPE);
	assert_null(out.text);
}

static void json_is_written_whole_or_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct json json = { 0 };

	json_open(&json, NULL, '{');
	json_close(&json, '}');
	f->out[0] = '\0';
	assert_int_equal(out_json(&json), 0);
	assert_true(json_is_valid(f->out));
	assert_int_equal(f->out[strlen(f->out) - 1], '\n');
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	f->mute = true;
	assert_int_equal(out_json(&json), -EPIPE);
	f->mute = false;
	f->out[0] = '\0';
	json.failed = true;
	assert_int_equal(out_json(&json), -ENOMEM);
	check_out(f, "");
}

static void a_list_of_words_has_each_once(void **state)
{
	struct words words = { 0 };
	char buf[8];

	(void)state;
	words_add(&words, "%s%d", "a", 1);
	words_add(&words, "b");
	words_add(&words, "a1");
	assert_int_equal(words.count, 2);
	assert_true(words_has(&words, "b"));
	assert_false(words_has(&words, "a"));
	assert_string_equal(words_join(&words, ", ", buf, sizeof(buf)),
			    "a1, b");
	words_add(&words, "too long");
	words_join(&words, ", ", buf, sizeof(buf));
	assert_int_equal(strncmp(buf, "a1, b", 5), 0);
	assert_in_range(strlen(buf), 5, sizeof(buf) - 1);
	words_free(&words);
	assert_string_equal(words_join(&words, ", ", buf, sizeof(buf)), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(colour_is_for_a_terminal_that_wants_it),
		FIXTURE_TEST(paint_is_left_out_without_colour),
		FIXTURE_TEST(what_could_disturb_a_terminal_is_escaped),
		FIXTURE_TEST(a_cell_has_its_width),
		FIXTURE_TEST(lines_are_wrapped_between_words),
		FIXTURE_TEST(no_words_are_glued_together),
		FIXTURE_TEST(an_escape_cannot_be_forged),
		FIXTURE_TEST(much_text_stays_whole),
		FIXTURE_TEST(nothing_to_say_is_no_write),
		FIXTURE_TEST(json_is_written_whole_or_is_an_error),
		FIXTURE_TEST(a_list_of_words_has_each_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
