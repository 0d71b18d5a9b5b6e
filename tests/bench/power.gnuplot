# SPDX-License-Identifier: GPL-2.0-or-later
# Bars of what follows each other from power-on, medians; the line is the sum's
# least to most.
set terminal svg size 960,460 font "sans,12" background "white"
set output svg
set datafile separator "|"
set title "Power-on to the real root's init, one Xen guest"
set xlabel "seconds (medians; line: the sum, least to most)"
set yrange [:] reverse
set xrange [0:*]
set grid x
set key outside right top vertical Left reverse
set style fill solid 0.7 border
set offsets 0, 0, 0.6, 0.6
to_loader(x) = column(6)
to_kernel(x) = to_loader(x) + column(7)
to_initrd(x) = to_kernel(x) + column(8)
to_itself(x) = to_initrd(x) + column(9)
to_start(x) = to_itself(x) + column(10)
to_unpack(x) = to_start(x) + column(11)
to_first(x) = to_unpack(x) + column(12)
to_real(x) = to_first(x) + column(13)
low(x) = column(0) - 0.35
high(x) = column(0) + 0.35
plot in using (0):0:(0):(to_loader(0)):(low(0)):(high(0)):ytic(1) with boxxyerror linecolor rgb "#999999" title "firmware", \
     in using (0):0:(to_loader(0)):(to_initrd(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#ccbb44" title "loader: start, kernel", \
     in using (0):0:(to_initrd(0)):(to_itself(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#ee6677" title "loader: initrd", \
     in using (0):0:(to_itself(0)):(to_start(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#228833" title "kernel unpacks itself", \
     in using (0):0:(to_start(0)):(to_unpack(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#66ccee" title "kernel", \
     in using (0):0:(to_unpack(0)):(to_first(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#aa3377" title "unpacking", \
     in using (0):0:(to_first(0)):(to_real(0)):(low(0)):(high(0)) with boxxyerror linecolor rgb "#4477aa" title "initrd", \
     in using 14:0:15:16 with xerrorbars pointtype 0 linecolor rgb "#222222" notitle
