#include "picture.h"

#include <math.h>
#include <stdio.h>

enum { TILES_ACROSS = 12, TILES_DOWN = (HIDDEN + TILES_ACROSS - 1) / TILES_ACROSS, GAP = 2, TILE = SIDE + GAP };

/* The curves, as gnuplot's data blocks. */
static void write_curves(FILE *gnuplot, const struct record *record)
{
    fputs("$training << end\n", gnuplot);
    for (size_t i = 0; i < record->moment_count; i++)
        fprintf(gnuplot, "%g %g\n", record->moments[i].epoch, record->moments[i].training_loss);
    fputs("end\n$held_back << end\n", gnuplot);
    for (size_t i = 0; i < record->result_count; i++)
        fprintf(gnuplot, "%zu %g %g\n", i, record->results[i].loss, 100.0 * record->results[i].accuracy);
    fputs("end\n", gnuplot);
}

/* The weights into a hidden unit are a picture themselves: a tile, from -1 to 1. What is between tiles is 1.1. */
static void write_weights(FILE *gnuplot, const struct net *net)
{
    float largest[HIDDEN];

    for (int j = 0; j < HIDDEN; j++) {
        largest[j] = 1e-30f;
        for (int i = 0; i < INPUTS; i++)
            largest[j] = fmaxf(largest[j], fabsf(net->w1[i][j]));
    }
    fputs("$weights << end\n", gnuplot);
    for (int row = 0; row < TILE * TILES_DOWN - GAP; row++) {
        for (int column = 0; column < TILE * TILES_ACROSS - GAP; column++) {
            const int y = row % TILE, x = column % TILE;
            const int unit = row / TILE * TILES_ACROSS + column / TILE;
            if (y < SIDE && x < SIDE && unit < HIDDEN)
                fprintf(gnuplot, " %.3f", (double)(net->w1[SIDE * y + x][unit] / largest[unit]));
            else
                fputs(" 1.1", gnuplot);
        }
        fputs("\n", gnuplot);
    }
    fputs("end\n", gnuplot);
}

static const char layout[] =
    "set multiplot\n"
    "set label 1 title at screen 0.5, 0.965 center font ',20' textcolor '#222222'\n"
    "set border 3 linecolor '#888888'\n"
    "set tics nomirror textcolor '#444444'\n"
    "set grid ytics linecolor '#dddddd' linetype 1\n"
    "set lmargin at screen 0.05; set rmargin at screen 0.465\n"
    "set xrange [0:*]\n"

    "set tmargin at screen 0.88; set bmargin at screen 0.50\n"
    "set title 'Cross-entropy' font ',15'\n"
    "set logscale y; set yrange [*:*] noextend; set format x ''; set key top right\n"
    "plot $training using 1:2 with lines linewidth 1.5 linecolor '#9ecae1' title 'training, batch by batch', \\\n"
    "     $held_back using 1:2 with linespoints pointtype 7 pointsize 0.9 linewidth 2.5 linecolor '#08519c' "
    "title 'held back'\n"
    "unset label 1\n"

    "set tmargin at screen 0.42; set bmargin at screen 0.09\n"
    "set title 'Accuracy on the digits held back, %'\n"
    "unset logscale; set format x '%g'; set xlabel 'epoch'; set yrange [85:100]; unset key\n"
    "plot $held_back using 1:3 with linespoints pointtype 7 pointsize 0.9 linewidth 2.5 linecolor '#a63603'\n"

    "set lmargin at screen 0.51; set rmargin at screen 0.99\n"
    "set tmargin at screen 0.88; set bmargin at screen 0.03\n"
    "set title 'What the 128 hidden units look for: ink on red counts for, on blue against'\n"
    "unset border; unset tics; unset xlabel; unset grid; unset colorbox\n"
    "set xrange [*:*] noextend; set yrange [*:*] noextend reverse\n"
    "set cbrange [-1:1.1]\n"
    "set palette maxcolors 0 defined (-1 '#053061', -0.6 '#2166ac', -0.25 '#92c5de', 0 '#f7f7f7', 0.25 '#f4a582', "
    "0.6 '#b2182b', 1 '#67001f', 1.05 '#ffffff', 1.1 '#ffffff')\n"
    "plot $weights matrix with image pixels\n"
    "unset multiplot\n";

bool picture_write(const char *path, const char *title, const struct net *net, const struct record *record)
{
    FILE *gnuplot = popen("gnuplot", "w");
    if (gnuplot == NULL) {
        perror("gnuplot");
        return false;
    }
    fprintf(gnuplot, "set terminal pngcairo size 1700,860 font 'Sans,12' background '#ffffff'\n");
    fprintf(gnuplot, "set output '%s'\ntitle = '%s'\n", path, title);
    write_curves(gnuplot, record);
    write_weights(gnuplot, net);
    fputs(layout, gnuplot);
    if (pclose(gnuplot) == 0)
        return true;
    fprintf(stderr, "%s: not written: gnuplot is missing (Debian: gnuplot-nox) or failed\n", path);
    return false;
}
