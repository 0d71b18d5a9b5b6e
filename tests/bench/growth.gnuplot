# SPDX-License-Identifier: GPL-2.0-or-later
# Cost of `pvroot boot` against the number of partitions, 16 on a disk.
set terminal svg size 640,360 font "sans,12" background "white"
set output svg
set datafile separator ","
set logscale xy
set key left top
set grid
set xlabel "partitions (16 on each disk)"
set format y "10^{%T}"
set title "pvroot boot: cost grows with the number of partitions"
plot csv using ($2==16 ? $3 : 1/0):4 with linespoints title "system calls", \
     csv using ($2==16 ? $3 : 1/0):7 with linespoints title "CPU time (us)", \
     csv using ($2==16 ? $3 : 1/0):6 with linespoints title "peak memory (KiB)", \
     csv using ($2==16 ? $3 : 1/0):($3*10) with lines dashtype 2 \
	linecolor "gray" title "10 for each partition"
