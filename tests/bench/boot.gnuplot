# SPDX-License-Identifier: GPL-2.0-or-later
# Bars: seconds from the first process to the real init, least to most.
set terminal svg size 720,360 font "sans,12" background "white"
set output svg
set datafile separator "|"
set title "First user process to the real root's init, one Xen guest"
set xlabel "seconds, guest's clock (median; line: least to most)"
set yrange [:] reverse
set xrange [0:*]
set grid x
unset key
set style fill solid 0.6 border
set offsets 0, 0, 0.6, 0.6
plot in using (0):0:(0):7:($0-0.35):($0+0.35):ytic(1) with boxxyerror linecolor rgb "#4477aa", \
     in using 7:0:8:9 with xerrorbars pointtype 0 linecolor rgb "#222222"
