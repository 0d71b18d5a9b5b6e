# SPDX-License-Identifier: GPL-2.0-or-later
# Bars: how many times faster the PV path is than the emulated one.
set terminal svg size 640,320 font "sans,12" background "white"
set output svg
set datafile separator "|"
set title "A disk by its PV path: times faster than by the emulated one"
set style fill solid 0.6 border
set boxwidth 0.7
set yrange [0:*]
set grid y
unset key
set arrow from graph 0, first 1 to graph 1, first 1 nohead dashtype 2
set xtics rotate by -30
plot in using 0:7:xtic(sprintf("%s %s", stringcolumn(1), stringcolumn(2))) \
	with boxes linecolor rgb "#4477aa"
