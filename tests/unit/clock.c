// SPDX-License-Identifier: GPL-2.0-or-later
/* The SIMULATED kernel's clock and what happens by it: uevents, disks that
 * appear or go. Without a fixture every call is passed on. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

int __real_sys_uevent_open(const struct sys *sys);
int __wrap_sys_uevent_open(const struct sys *sys);
int __real_sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms);
int __wrap_sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms);
uint64_t __real_sys_now_us(void);
uint64_t __wrap_sys_now_us(void);
void __real_sys_sleep_ms(unsigned int ms);
void __wrap_sys_sleep_ms(unsigned int ms);

static struct fixture_event *add_event(struct fixture *f, unsigned int ms,
				       fixture_fn *fn)
{
	struct fixture_event *e = &f->event[f->events++];

	assert_true(f->events <= FIXTURE_EVENTS);
	e->at_us = f->now_us + ms * 1000ULL;
	e->fn = fn;
	return e;
}

void fixture_later(struct fixture *f, unsigned int ms, fixture_fn *fn)
{
	add_event(f, ms, fn);
}

void fixture_uevent(struct fixture *f, unsigned int ms, fixture_fn *fn,
		    const char *action, const char *subsystem,
		    const char *devpath)
{
	struct fixture_event *e = add_event(f, ms, fn);

	e->is_message = true;
	e->len = snprintf(e->text, sizeof(e->text),
			  "%s@%s%cACTION=%s%cDEVPATH=%s%cSUBSYSTEM=%s", action,
			  devpath, 0, action, 0, devpath, 0, subsystem);
	assert_true(e->len < (int)sizeof(e->text));
}

void fixture_noise(struct fixture *f, unsigned int ms, int error)
{
	struct fixture_event *e = add_event(f, ms, NULL);

	e->is_message = true;
	e->error = error;
}

/* The earliest event up to `until` that is not done (or not delivered). */
static struct fixture_event *next(struct fixture *f, uint64_t until,
				  bool to_deliver)
{
	struct fixture_event *first = NULL;
	unsigned int i;

	for (i = 0; i < f->events; i++) {
		struct fixture_event *e = &f->event[i];
		bool open =
			to_deliver ? e->is_message && !e->delivered : !e->done;

		if (open && e->at_us <= until &&
		    (!first || e->at_us < first->at_us))
			first = e;
	}
	return first;
}

void fixture_advance(struct fixture *f, uint64_t until)
{
	struct fixture_event *e;

	while ((e = next(f, until, false))) {
		e->done = true;
		if (e->at_us > f->now_us)
			f->now_us = e->at_us;
		if (e->fn)
			e->fn(f);
	}
	if (until > f->now_us)
		f->now_us = until;
}

uint64_t __wrap_sys_now_us(void)
{
	struct fixture *f = fixture_current();

	if (!f || !f->sys.fixture)
		return __real_sys_now_us();
	f->looks++;
	fixture_advance(f, f->now_us + 1);
	return f->now_us;
}

void __wrap_sys_sleep_ms(unsigned int ms)
{
	struct fixture *f = fixture_current();

	if (!f || !f->sys.fixture) {
		__real_sys_sleep_ms(ms);
		return;
	}
	f->sleeps++;
	fixture_advance(f, f->now_us + ms * 1000ULL);
}

int __wrap_sys_uevent_open(const struct sys *sys)
{
	struct fixture *f = fixture_current();

	if (!f)
		return __real_sys_uevent_open(sys);
	if (f->on_uevent_open)
		f->on_uevent_open(f);
	if (!f->uevents)
		return -EOPNOTSUPP;
	return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int __wrap_sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms)
{
	struct fixture *f = fixture_current();
	struct fixture_event *e;
	uint64_t until;

	if (!f)
		return __real_sys_uevent_next(fd, buf, size, timeout_ms);
	f->sleeps++;
	until = f->now_us + (uint64_t)timeout_ms * 1000;
	e = next(f, until, true);
	fixture_advance(f, e ? e->at_us : until);
	if (!e)
		return -ETIMEDOUT;
	e->delivered = true;
	assert_true(size > (size_t)e->len);
	memcpy(buf, e->text, (size_t)e->len);
	buf[e->len] = '\0';
	return e->error ? e->error : e->len;
}
