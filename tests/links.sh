# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Links of our pages, for tests of the tree and of what is packaged.

# page_dead_links PAGE: its links that lead to no file.
page_dead_links() {
	grep -o ']([^)]*)' "$1" | sed 's/](\([^)#]*\).*/\1/' |
		while read -r link; do
			[ -e "${1%/*}/$link" ] || echo "$1: no such file: $link"
		done
}

# dead_links DIR: the same of all pages there, which begin with README.md.
dead_links() {
	[ -f "$1/README.md" ] || echo "no $1/README.md"
	find "$1" -name '*.md' | while read -r page; do page_dead_links "$page"; done
}
