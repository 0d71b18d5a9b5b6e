# SPDX-License-Identifier: GPL-2.0-or-later
# Random guests and their judge, which knows how each was made.

GUESTS_SRC    := $(wildcard tests/guests/*.c)
# All of the program except src/sys/, its main and its table of commands.
GUESTS_STORY  := $(filter-out $(SYS_DOOR) src/cmd/main.c src/cmd/commands.c,$(SRC))
GUESTS_CFLAGS := -std=gnu11 -g $(WARN) -iquote src -Itests/guests -D_GNU_SOURCE \
	-D_FILE_OFFSET_BITS=64 -DPVROOT_VERSION='"0"'
COUNT         ?= 1000000
FIRST         ?= 1

$(B)/guests/guests: $(GUESTS_SRC) $(GUESTS_STORY) tests/guests/rules.mk \
		$(wildcard tests/guests/*.h) $(shell find src -name '*.h')
	$(call say,GUESTS,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(GUESTS_CFLAGS) -O2 -o $@ $(GUESTS_SRC) $(GUESTS_STORY)

$(B)/guests/guests-san: $(B)/guests/guests
	$(call say,GUESTS,$@)$(HOSTCC) $(GUESTS_CFLAGS) -O1 \
		-fsanitize=address,undefined -fno-sanitize-recover=all \
		-o $@ $(GUESTS_SRC) $(GUESTS_STORY)

### Tests
## guests  COUNT=1000000: random guests, and a judge that knows their twins
.PHONY: guests guests-san check-guests
guests: $(B)/guests/guests
	$(Q)$< run $(COUNT) $(FIRST)

guests-san: $(B)/guests/guests-san
	$(Q)$< run $(COUNT) $(FIRST)

check-guests:
	$(Q)tests/need --for build
	$(Q)$(MAKE) -s --no-print-directory $(B)/guests/guests
	$(Q)$(B)/guests/guests check tests/guests/findings 60000
