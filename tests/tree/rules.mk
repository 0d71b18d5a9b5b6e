# SPDX-License-Identifier: GPL-2.0-or-later
# The fake root of a guest, for tests in shell.

$(U)/guest: tests/tree/guest.c tests/tree/many.c $(patsubst %,$(U)/%.o,files tree tree_nic gone guest image) \
		$(U)/src/base/crc.o tests/tree/many.h tests/tree/rules.mk
	$(call say,CC,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $(filter %.c %.o,$^) -lcmocka
