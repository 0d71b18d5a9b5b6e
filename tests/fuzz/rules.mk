# SPDX-License-Identifier: GPL-2.0-or-later
# Fuzzing with libFuzzer under AddressSanitizer and UBSan. The corpora, an archive
# for each target, are replayed by tests/unit/test_fuzz_*.c. README.md has how to
# add an input.

TARGET      ?= probe text admin boot
FUZZ        := $(TARGET)
FUZZ_CC     ?= clang
FUZZ_CFLAGS  = -std=gnu11 -g -O1 -w -iquote src -Itests/unit -Itests/fuzz \
	-D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DFUZZ_MAIN=$(@F) \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-Wl,--wrap=probe_bytes -Wl,--wrap=crc32_update -Wl,--wrap=crc32c_update
FUZZ_ENTRY  := tests/fuzz/entry.c
FUZZ_SRC    := $(wildcard src/probe/*.c src/probe/part/*.c) \
	$(wildcard src/base/*.c) src/find/tag.c \
	src/dev/link_form.c src/dev/place.c tests/unit/guard.c tests/fuzz/sparse.c tests/fuzz/crc.c
# The whole story, with a guest in memory in place of src/sys/.
FUZZ_WORLD  := $(wildcard tests/fuzz/world*.c) tests/fuzz/fuzz_boot.c
FUZZ_STORY  := $(filter-out $(SYS_DOOR) src/cmd/main.c src/cmd/commands.c,$(SRC)) \
	tests/unit/image.c
# What reads files, on a system of files.c.
FUZZ_FILES  := tests/fuzz/fuzz_admin.c tests/fuzz/files.c
FUZZ_READS  := $(wildcard src/base/*.c) src/init/options.c src/sys/attr.c src/sys/stat.c \
	$(patsubst %,src/dev/%.c,controller disk identity link_form links nic place vdev xen) \
	src/find/inuse.c $(patsubst %,src/twin/%.c,plan rename rival udev_name) \
	$(patsubst %,src/admin/lib/%.c,file stream words) \
	$(patsubst %,src/admin/bootcfg/%.c,cards cpio entry entry_parse etc_cards etc_disks \
	etc_lvm etc_rules fstab grub image image_line inuse_etc mac menus module packed runner script uki vars ways)
FUZZ_LEN    := -max_len=16384
# A story takes a thousand times as long as a probe of a disk, so inputs are
# short and freed memory is not kept.
FUZZ_boot   := -max_len=256 -use_value_profile=0 -detect_leaks=0
SECONDS     ?= 60

$(B)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(FUZZ_SRC) tests/fuzz/rules.mk \
		$(wildcard src/probe/*.h src/probe/*/*.h tests/fuzz/*.h)
	$(call say,FUZZ,$@)mkdir -p $(@D) && \
	$(FUZZ_CC) $(FUZZ_CFLAGS) -o $@ $(FUZZ_ENTRY) $< $(FUZZ_SRC)

$(B)/fuzz/fuzz_boot: $(FUZZ_WORLD) $(FUZZ_STORY) tests/fuzz/rules.mk \
		$(wildcard src/*/*.h src/*/*/*.h tests/fuzz/*.h)
	$(call say,FUZZ,$@)mkdir -p $(@D) && \
	$(FUZZ_CC) $(filter-out -Wl%,$(FUZZ_CFLAGS)) -O2 \
		-DPVROOT_VERSION='"0"' -o $@ $(FUZZ_ENTRY) $(FUZZ_WORLD) $(FUZZ_STORY)

$(B)/fuzz/fuzz_admin: $(FUZZ_FILES) $(FUZZ_READS) tests/fuzz/rules.mk \
		$(wildcard src/*/*.h src/*/*/*.h tests/fuzz/*.h)
	$(call say,FUZZ,$@)mkdir -p $(@D) && \
	$(FUZZ_CC) $(filter-out -Wl%,$(FUZZ_CFLAGS)) -o $@ $(FUZZ_ENTRY) $(FUZZ_FILES) \
		$(FUZZ_READS)

$(B)/fuzz/seeds: tests/fuzz/seeds $(wildcard tests/images/*.dump)
	$(Q)rm -rf $@ && mkdir -p $@ && tests/fuzz/seeds $@ tests/images/*.dump

### Tests
## fuzz  SECONDS=60: fuzz the parsers of disks, tables, command line, and the
##   whole of boot; each for so long (TARGET=boot: it alone)
.PHONY: fuzz fuzz-corpus
fuzz:
	$(Q)tests/need --for fuzz
	$(Q)$(MAKE) --no-print-directory $(FUZZ:%=$(B)/fuzz/fuzz_%) $(B)/fuzz/seeds
	$(Q)for t in $(FUZZ); do \
		mkdir -p $(B)/fuzz/found/$$t && tests/fuzz/pack $$t open && \
		printf '  FUZZ    %s for %s s\n' $$t $(SECONDS) && \
		ASAN_OPTIONS=quarantine_size_mb=8:malloc_context_size=2 \
		$(B)/fuzz/fuzz_$$t $(FUZZ_LEN) -max_total_time=$(SECONDS) \
			-timeout=10 -print_final_stats=1 -verbosity=0 \
			-use_value_profile=1 -dict=tests/fuzz/dictionary \
			$$([ $$t != boot ] || echo $(FUZZ_boot)) \
			-artifact_prefix=$(B)/fuzz/$$t- $(B)/fuzz/found/$$t \
			$(B)/fuzz/corpus/$$t $(B)/fuzz/seeds/$$t || exit 1; \
	done

# Keeps only a few small inputs that cover the same code as all that were found.
fuzz-corpus:
	$(Q)for t in $(FUZZ); do \
		rm -rf $(B)/fuzz/small && \
		mkdir -p $(B)/fuzz/small $(B)/fuzz/found/$$t && \
		tests/fuzz/pack $$t open && \
		$(B)/fuzz/fuzz_$$t $(FUZZ_LEN) -merge=1 -use_counters=0 -verbosity=0 \
			$(B)/fuzz/small $(B)/fuzz/corpus/$$t \
			$(B)/fuzz/found/$$t && \
		find $(B)/fuzz/small -size -5 -exec cp -n {} \
			$(B)/fuzz/corpus/$$t/ \; && \
		tests/fuzz/pack $$t close || exit 1; \
	done
