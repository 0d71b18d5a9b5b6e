# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Monitoring: the metrics of check, the writer of the text file, its units and
# cron line as `make install` puts them, Debian's node_exporter, the alert
# rules. Sourced by run. May touch: $WORK only.
# shellcheck disable=SC2154,SC2016,SC2034 # variables of run and lib; $0 of scripts

# Installs below $WORK/p; the program gets --root for the fixture.
monitor_install() {
	make -s -C "$top" install FLEET=1 DESTDIR= PREFIX="$WORK/p" UNITDIR="$WORK/units" \
		CRONDIR="$WORK/cron.d" UDEVDIR="$WORK/udev" IRAMFSDIR="$WORK/it" \
		DRACUTDIR="$WORK/dracut" >"$WORK/out" 2>"$WORK/err"
	result $? 'make_install_succeeds'
	mv "$WORK/p/sbin/pvroot" "$WORK/p/sbin/pvroot.real"
	tell 'exec "$0.real" --root "$T" "$@"'
}

tell() { # LINE: what the installed program does
	# shellcheck disable=SC2016 # its own variables
	printf '#!/bin/sh\n%s\n' "$1" >"$WORK/p/sbin/pvroot"
	chmod 755 "$WORK/p/sbin/pvroot"
	export T
}

collect() {
	PVROOT_TEXTFILE_DIR=$WORK/text "$WORK/p/lib/pvroot/textfile" >"$WORK/out" 2>"$WORK/err"
	status=$?
}

# The only file there must be the old one.
unchanged() { # NAME
	exits 1 "$1: exit status"
	[ "$(ls -A "$WORK/text")" = pvroot.prom ] && [ "$(cat "$WORK/text/pvroot.prom")" = before ]
	result $? "$1: the old file stays, and nothing else"
}

monitor_metrics() {
	good_guest metrics
	cp "$T/boot/initrd.img-$KVER" "$T/boot/initrd.img-6.1.0-50-amd64"
	cp "$T/boot/initrd.img-$KVER" "$T/boot/initrd.img-6.1.0-9-amd64"
	mkdir "$T/lib/modules/6.1.0-50-amd64" "$T/lib/modules/6.1.0-9-amd64"
	for name in 6.1.0-50-amd64 6.1.0-9-amd64; do
		put "/boot/vmlinuz-$name"
		printf '%s\n' "menuentry $name {" " linux /boot/vmlinuz-$name root=LABEL=/" \
			" initrd /boot/initrd.img-$name" '}' >>"$T/boot/grub/grub.cfg"
	done
	PROGRAM=$WORK/p/sbin/pvroot.real
	pvroot check --prometheus
	exits 2 'check_metrics_keep_the_exit_status'
	promtool check metrics <"$WORK/out" >"$WORK/err" 2>&1
	result $? 'promtool_accepts_the_metrics_of_check'
	says "pvroot_image_good{image=\"/boot/initrd.img-6.1.0-50-amd64\",kernel=\"6.1.0-50-amd64\",newest=\"yes\"} 0" \
		'newest_kernel_is_found_by_number_and_its_image_is_bad'
	says "pvroot_image_good{image=\"/boot/initrd.img-$KVER\",kernel=\"$KVER\",newest=\"no\"} 1" \
		'image_of_another_kernel_is_good'
	says 'pvroot_check_findings{level="problem",id="image-no-driver"} 2' 'findings_of_one_kind_are_counted'
	says 'pvroot_check_worst 2' 'worst_is_told'
	wild=$(printf 'initrd.img-"7\\\n\377')
	cp "$T/boot/initrd.img-$KVER" "$T/boot/$wild"
	printf '%s\n' 'menuentry wild {' " linux /boot/vmlinuz-$KVER" " initrd '/boot/$wild'" '}' \
		>>"$T/boot/grub/grub.cfg"
	pvroot check --prometheus
	promtool check metrics <"$WORK/out" >"$WORK/err" 2>&1
	result $? 'a_wild_file_name_does_not_break_the_format'
	ahci_twin
	pvroot status --prometheus
	says 'pvroot_twins_present 1' 'an_idle_twin_is_counted'
	says 'pvroot_emulated_in_use 0' 'an_idle_twin_is_not_in_use'
}

monitor_writer() {
	good_guest written
	collect
	exits 0 'no_folder_is_no_failure'
	mkdir "$WORK/text"
	collect
	exits 0 'writer_succeeds'
	[ "$(ls -A "$WORK/text")" = pvroot.prom ] && [ "$(stat -c %a "$WORK/text/pvroot.prom")" = 644 ]
	result $? 'one_file_that_all_may_read'
	grep -q '^pvroot_info' "$WORK/text/pvroot.prom" && grep -q '^pvroot_check_worst 0' "$WORK/text/pvroot.prom"
	result $? 'metrics_of_status_and_check'
	ahci_twin
	mounts 8:1 /dev/sda1 /dev/sda2
	collect
	exits 0 'an_emulated_root_is_written_too'
	grep -qx 'pvroot_emulated_in_use 1' "$WORK/text/pvroot.prom"
	result $? 'a_new_file_takes_the_place_of_the_old'
}

monitor_failures() {
	echo before >"$WORK/text/pvroot.prom"
	tell 'echo "wrong call" >&2; exit 2'
	collect
	unchanged 'a_pvroot_without_the_option'
	tell '[ "$1" = check ] || { echo "a 1"; exit 0; }; kill -SEGV $$'
	collect
	unchanged 'a_pvroot_that_crashes'
	# One that hangs must end with the writer, as at systemd's timeout.
	tell 'echo $$ >"${0%/sbin/*}/pid"; echo "a 1"; exec sleep 60'
	PVROOT_TEXTFILE_DIR=$WORK/text "$WORK/p/lib/pvroot/textfile" >"$WORK/out" 2>"$WORK/err" &
	writer=$!
	until [ -s "$WORK/p/pid" ]; do sleep 0.1; done
	kill "$writer" "$(cat "$WORK/p/pid")"
	wait "$writer"
	status=$?
	unchanged 'a_pvroot_that_hangs_and_is_ended'
}

# A folder without room: the file cannot be written whole.
monitor_full() {
	mkdir "$WORK/small"
	mount -t tmpfs -o size=8k none "$WORK/small" || return
	echo before >"$WORK/small/pvroot.prom"
	tell 'yes "a 1" | head -n 5000'
	PVROOT_TEXTFILE_DIR=$WORK/small "$WORK/p/lib/pvroot/textfile" >"$WORK/out" 2>"$WORK/err"
	status=$?
	exits 1 'a_full_disk: exit status'
	[ "$(ls -A "$WORK/small")" = pvroot.prom ] && [ "$(cat "$WORK/small/pvroot.prom")" = before ]
	result $? 'a_full_disk: the old file stays, and nothing else'
	umount "$WORK/small"
}

# Debian's own, on a port that the kernel chooses.
monitor_node_exporter() {
	good_guest served
	tell 'exec "$0.real" --root "$T" "$@"'
	collect
	prometheus-node-exporter --collector.disable-defaults --collector.textfile \
		--collector.textfile.directory="$WORK/text" \
		--web.listen-address=127.0.0.1:0 >"$WORK/exporter" 2>&1 &
	exporter=$!
	port='' tries=0
	while [ -z "$port" ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
		port=$(sed -n 's/.*Listening on.*address=127[.0-9]*:\([0-9]*\).*/\1/p' "$WORK/exporter")
	done
	curl -s --noproxy '*' "http://127.0.0.1:$port/metrics" >"$WORK/out" 2>"$WORK/err"
	kill "$exporter"
	wait "$exporter" 2>/dev/null
	says 'node_textfile_scrape_error 0' 'node_exporter_reads_the_file_without_error'
	says 'pvroot_emulated_in_use 0' 'node_exporter_serves_status'
	says 'pvroot_check_worst 0' 'node_exporter_serves_check'
	grep -q '^node_textfile_mtime_seconds{file=".*/pvroot.prom"}' "$WORK/out"
	result $? 'its_age_has_the_name_that_the_alert_asks_for'
	promtool check metrics <"$WORK/out" >"$WORK/err" 2>&1
	result $? 'promtool_accepts_what_is_served'
}

monitor_rules() {
	promtool check rules "$top/hooks/fleet/alerts.yml" >"$WORK/out" 2>&1
	result $? 'promtool_accepts_the_rules'
	promtool test rules "$here/alerts_test.yml" >"$WORK/out" 2>&1
	result $? 'promtool_passes_the_tests_of_the_rules'
	sed -n 's/.* alert: //p' "$top/hooks/fleet/alerts.yml" | while read -r alert; do
		grep -q "alertname: $alert\$" "$here/alerts_test.yml" || echo "$alert"
	done >"$WORK/out"
	[ ! -s "$WORK/out" ]
	result $? 'every_rule_has_a_test'
	# Every metric of the rules is one that the program prints.
	good_guest named
	{ "$PROGRAM" --root "$T" status --prometheus; "$PROGRAM" --root "$T" check --prometheus; } >"$WORK/all"
	sed '/annotations/,/description/d' "$top/hooks/fleet/alerts.yml" | grep -o 'pvroot_[a-z_]*' | sort -u |
		while read -r metric; do
			grep -q "^# TYPE $metric " "$WORK/all" || echo "$metric"
		done >"$WORK/out"
	[ ! -s "$WORK/out" ]
	result $? 'every_metric_of_a_rule_exists'
}

monitor_units() {
	if command -v systemd-analyze >/dev/null; then
		systemd-analyze --man=no verify "$WORK/units/pvroot-textfile.service" \
			"$WORK/units/pvroot-textfile.timer" >"$WORK/out" 2>&1
		! grep -q pvroot-textfile "$WORK/out"
		result $? 'systemd_accepts_the_units'
	fi
	line=$(sed -n 's/^27 \* \* \* \* root //p' "$WORK/cron.d/pvroot")
	[ -n "$line" ] && echo "$line" | grep -qF "$WORK/p/lib/pvroot/textfile"
	result $? 'cron_line_calls_the_installed_writer'
	good_guest cron
	rm -f "$WORK/text/pvroot.prom"
	[ -d /run/systemd/system ] || PVROOT_TEXTFILE_DIR=$WORK/text sh -c "$line"
	[ -d /run/systemd/system ] || [ -s "$WORK/text/pvroot.prom" ]
	result $? 'cron_line_writes_where_there_is_no_systemd'
}

monitor_all() {
	monitor_install
	monitor_metrics
	monitor_writer
	monitor_units
	monitor_failures
	monitor_full
	monitor_node_exporter
	monitor_rules
}
