# SPDX-License-Identifier: GPL-2.0-or-later
# Stacked bars: what pvroot's own initramfs is made of, by compressor.
set terminal svg size 640,360 font "sans,12" background "white"
set output svg
set datafile separator ","
set title "pvroot's own initramfs: what it is made of"
set ylabel "KiB"
set style data histogram
set style histogram rowstacked
set style fill solid 0.7 border -1
set boxwidth 0.6
set grid y
set key outside right top reverse Left
set xtics ("gzip" 0, "zstd" 1, "xz" 2)
# Rows of the file are the parts: each is one series of three bars.
part(n) = sprintf("< awk -F, '$1 ~ /^\"  / && ++n == %d { print $3; print $4; print $5 }' %s", n, csv)
name(n) = system(sprintf("awk -F, '$1 ~ /^\"  / && ++n == %d { gsub(/\"|^\"  /, \"\", $1); sub(/^ */, \"\", $1); print $1 }' %s", n, csv))
plot for [n=1:5] part(n) using ($1/1024) title name(n)
