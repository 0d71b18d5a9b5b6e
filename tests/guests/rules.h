/* SPDX-License-Identifier: GPL-2.0-or-later
 * What the judge forbids, and what it found in one guest. */
#ifndef GUESTS_RULES_H
#define GUESTS_RULES_H

enum rule {
	RULE_GONE,	 /* a disk without a twin disappears */
	RULE_IN_USE,	 /* one that is used or kept is taken away */
	RULE_NAME_LOST,	 /* a name leads nowhere any more */
	RULE_NAME_MOVED, /* … or to another device */
	RULE_BOTH_USED,	 /* one disk on both paths */
	RULE_WRONG,	 /* answered with what the name does not mean */
	RULE_TWO,	 /* two matches are not refused */
	RULE_UNFOUND,	 /* one match is not answered */
	RULE_STRICT,	 /* strict goes on with an emulated root */
	RULE_STOPS,	 /* stops though it may not */
	RULE_HIDDEN,	 /* hidden though it stays */
	RULE_WORD,	 /* a wrong word acts */
	RULE_NIC,
	RULE_CARD, /* a PV card is given a name that it must not have */
	RULE_OLD_IDE,
	RULE_FORBID, /* driver_override is set where it may not be */
	RULE_WRITES,
	RULE_RESTORE, /* what a person restored is taken away again */
	RULE_LATE,    /* beyond its deadline, or never */
	RULE_OFF,
	RULE_COUNT,
};
extern const char *const rule_names[RULE_COUNT];

struct finding {
	enum rule rule;
	char kind[64]; /* the cause, among those of the same rule */
	char text[256];
};
extern struct finding findings[16];
extern unsigned int finding_count;
void find_fault(enum rule rule, const char *kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void judge_taken(unsigned int disk, const char *how);
void judge_nic_taken(unsigned int nic);
void judge_override(unsigned int card);
void judge_hidden(unsigned int disk);
void judge_twin_answer(unsigned int disk, int status, const char *out);
void judge_end(void);
/* judge_cards.c */
void judge_cards(void);
bool card_follows(unsigned int mac, const char *name);
/* Is a PV card called so now? */
bool card_has_name(const char *name);

void judge_boot(void);
bool wants_strict(void);

/* How often pvroot did what is useful, where that was possible. */
struct counts {
	unsigned long guests, provable, went, resolvable, answered;
};
extern struct counts counts;

#endif
