/* SPDX-License-Identifier: GPL-2.0-or-later
 * Between the parts of the judge. */
#ifndef GUESTS_JUDGE_H
#define GUESTS_JUDGE_H

#include "guests.h"

/* judge.c: does keep= name this disk, or its controller? */
bool is_kept_by_word(unsigned int disk);
/* An emulated disk of one file with a PV disk that is there in v. */
bool is_a_twin(unsigned int disk, const struct view *v);
/* judge_names.c */
void judge_answers(void);
void judge_names(void);
void count_useful(void);
/* judge_strict.c */
void judge_strict(void);
/* The name of root=, or NULL; *swap is set of resume=. */
const struct name *name_of(enum where_kind kind);
const struct name *root_name(void);
/* The PV devices that a tag means now, each file once. */
void pv_matches(const struct name *n, const struct view *v, struct refs *out);
/* Are they members of one file system, all of them different? */
bool are_members(const struct refs *refs);

/* Does a name beside this one keep a twin on its old path? */
bool others_may_mean_twin(const struct name *but);

#endif
