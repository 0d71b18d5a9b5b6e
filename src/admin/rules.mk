# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot-admin: the program that is installed for people: all of src/,
# with src/admin/ in place of the image's table of commands and of its stand-in
# for the files in /etc. It is static and uses klibc too, so that it runs on any
# old guest. Only the image's copy has a limit of size.

IMAGE_ONLY := cmd/commands.o find/inuse_image.o
ADMIN_SRC := $(sort $(wildcard src/admin/*.c src/admin/*/*.c))

all: $(B)/pvroot-admin
$(call both_widths,pvroot-admin,$(filter-out $(IMAGE_ONLY:.o=),$(SRC:src/%.c=%)) \
	$(ADMIN_SRC:src/%.c=%))
