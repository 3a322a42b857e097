/*
 * The adjoint of hand_errors by hand. Kept: the transforms of the 22 bones and the posed vertices, which the primal has
 * too, by component, so that every loop over them is a vector loop. Back from the points, an adjoint for each vertex;
 * then bone by bone, the last first, so that a parent's adjoint is whole when its turn comes. What a bone gets from all
 * vertices is its transform's adjoint, sum w (p_bar x (vertex, 1)).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BONES = 22, FINGERS = 5 };

void hand_errors_by_hand(int vertices, int points, const double theta[26], const int parent[BONES],
                         const double relative[BONES][12], const double inverse[BONES][12],
                         const double vertex[vertices][3], const double weight[BONES][vertices], const int *vertex_of,
                         const double point[points][3], double error[points][3], double theta_bar[26],
                         double error_bar[points][3]);

/* out = a b, transforms of 3 x 4 */
static inline void compose(const double a[12], const double b[12], double out[12])
{
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 4; j++)
            out[4 * i + j] = a[4 * i + 0] * b[j] + a[4 * i + 1] * b[4 + j] + a[4 * i + 2] * b[8 + j];
        out[4 * i + 3] += a[4 * i + 3];
    }
}

/* a_bar += out_bar b' */
static inline void compose_pull_left(const double b[12], double out_bar[12], double a_bar[12])
{
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            a_bar[4 * i + k] += out_bar[4 * i + 0] * b[4 * k + 0] + out_bar[4 * i + 1] * b[4 * k + 1] +
                                out_bar[4 * i + 2] * b[4 * k + 2] + out_bar[4 * i + 3] * b[4 * k + 3];
        a_bar[4 * i + 3] += out_bar[4 * i + 3];
    }
}

enum { LANES = 16 };

/* posed += w (t (vertex, 1)), component by component. */
static void skin(int n, const double t[12], const double *restrict w, const double *restrict x,
                 const double *restrict y, const double *restrict z, double *restrict px, double *restrict py,
                 double *restrict pz)
{
    for (int v = 0; v < n; v++) {
        px[v] += w[v] * (t[3] + t[0] * x[v] + t[1] * y[v] + t[2] * z[v]);
        py[v] += w[v] * (t[7] + t[4] * x[v] + t[5] * y[v] + t[6] * z[v]);
        pz[v] += w[v] * (t[11] + t[8] * x[v] + t[9] * y[v] + t[10] * z[v]);
    }
}

/* A row of the transform's adjoint: row_bar = sum of w p_bar (vertex, 1), in lanes so that it vectorises as it stands.
 */
static void skin_pull(int n, const double *restrict w, const double *restrict p_bar, const double *restrict x,
                      const double *restrict y, const double *restrict z, double row_bar[4])
{
    double by_x[LANES] = {0.0}, by_y[LANES] = {0.0}, by_z[LANES] = {0.0}, by_one[LANES] = {0.0};
    int v = 0;
    for (; v + LANES <= n; v += LANES)
        for (int l = 0; l < LANES; l++) {
            const double seed = w[v + l] * p_bar[v + l];
            by_x[l] += seed * x[v + l];
            by_y[l] += seed * y[v + l];
            by_z[l] += seed * z[v + l];
            by_one[l] += seed;
        }
    for (int l = 0; v < n; v++, l++) {
        const double seed = w[v] * p_bar[v];
        by_x[l] += seed * x[v];
        by_y[l] += seed * y[v];
        by_z[l] += seed * z[v];
        by_one[l] += seed;
    }
    row_bar[0] = row_bar[1] = row_bar[2] = row_bar[3] = 0.0;
    for (int l = 0; l < LANES; l++) {
        row_bar[0] += by_x[l];
        row_bar[1] += by_y[l];
        row_bar[2] += by_z[l];
        row_bar[3] += by_one[l];
    }
}

void hand_errors_by_hand(int vertices, int points, const double theta[26], const int parent[BONES],
                         const double relative[BONES][12], const double inverse[BONES][12],
                         const double vertex[vertices][3], const double weight[BONES][vertices], const int *vertex_of,
                         const double point[points][3], double error[points][3], double theta_bar[26],
                         double error_bar[points][3])
{
    double turn[BONES][12], local[BONES][12], absolute[BONES][12], absolute_bar[BONES][12];
    double cos_y[BONES], sin_y[BONES], cos_x[BONES], sin_x[BONES];
    int first[BONES]; /* which theta is the bone's first angle; 0 for a bone that doesn't turn */
    const size_t V = (size_t)vertices;
    double *const work = calloc(9 * V, sizeof *work);
    if (!work)
        abort();
    double *const rest[3] = {work, work + V, work + 2 * V}, *const posed[3] = {work + 3 * V, work + 4 * V,
                                                                               work + 5 * V};
    double *const posed_bar[3] = {work + 6 * V, work + 7 * V, work + 8 * V};
    for (int v = 0; v < vertices; v++)
        for (int i = 0; i < 3; i++)
            rest[i][v] = vertex[v][i];

    memset(first, 0, sizeof first);
    for (int finger = 0; finger < FINGERS; finger++) {
        first[2 + 4 * finger] = 6 + 4 * finger;
        first[3 + 4 * finger] = 8 + 4 * finger;
        first[4 + 4 * finger] = 9 + 4 * finger;
    }
    memset(absolute_bar, 0, sizeof absolute_bar);

    for (int b = 0; b < BONES; b++) {
        const double x = first[b] ? theta[first[b]] : 0.0, y = b % 4 == 2 && first[b] ? theta[first[b] + 1] : 0.0;
        const double cx = cos_x[b] = cos(x), sx = sin_x[b] = sin(x), cy = cos_y[b] = cos(y), sy = sin_y[b] = sin(y);
        const double about[12] = {cy, sx * sy, cx * sy, 0.0, 0.0, cx, -sx, 0.0, -sy, sx * cy, cx * cy, 0.0};
        double t[12];
        memcpy(turn[b], about, sizeof about);
        compose(relative[b], turn[b], local[b]);
        if (parent[b] < 0)
            memcpy(absolute[b], local[b], sizeof local[b]);
        else
            compose(absolute[parent[b]], local[b], absolute[b]);
        compose(absolute[b], inverse[b], t);
        skin(vertices, t, weight[b], rest[0], rest[1], rest[2], posed[0], posed[1], posed[2]);
    }

    /* The global rotation R = c I + s [a] + (1 - c) a a' */
    const double norm = sqrt(theta[0] * theta[0] + theta[1] * theta[1] + theta[2] * theta[2]);
    const int turned = norm >= 0.0001;
    const double s = turned ? sin(norm) : 0.0, c = turned ? cos(norm) : 1.0, by_norm = turned ? 1.0 / norm : 0.0;
    const double a[3] = {theta[0] * by_norm, theta[1] * by_norm, theta[2] * by_norm};
    double global[3][3], global_bar[3][3] = {{0.0}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            global[i][j] = (1.0 - c) * a[i] * a[j] + (i == j ? c : 0.0);
    global[0][1] -= s * a[2];
    global[0][2] += s * a[1];
    global[1][0] += s * a[2];
    global[1][2] -= s * a[0];
    global[2][0] -= s * a[1];
    global[2][1] += s * a[0];

    /* Points, forward and back: their seeds are known. */
    double shift_bar[3] = {0.0, 0.0, 0.0};
    for (int p = 0; p < points; p++) {
        const int v = vertex_of[p];
        const double at[3] = {posed[0][v], posed[1][v], posed[2][v]};
        double at_bar[3] = {0.0, 0.0, 0.0};
        for (int i = 0; i < 3; i++) {
            const double seed = error_bar[p][i];
            error[p][i] =
                point[p][i] - (theta[3 + i] + global[i][0] * at[0] + global[i][1] * at[1] + global[i][2] * at[2]);
            shift_bar[i] -= seed;
            for (int j = 0; j < 3; j++) {
                global_bar[i][j] -= seed * at[j];
                at_bar[j] -= seed * global[i][j];
            }
            error_bar[p][i] = 0.0;
        }
        for (int j = 0; j < 3; j++)
            posed_bar[j][v] += at_bar[j];
    }
    for (int i = 0; i < 3; i++)
        theta_bar[3 + i] += shift_bar[i];
    if (turned) {
        const double antisymmetric[3] = {global_bar[2][1] - global_bar[1][2], global_bar[0][2] - global_bar[2][0],
                                         global_bar[1][0] - global_bar[0][1]};
        double a_bar[3], c_bar = global_bar[0][0] + global_bar[1][1] + global_bar[2][2], s_bar = 0.0, along = 0.0;
        for (int i = 0; i < 3; i++) {
            double both = 0.0;
            for (int j = 0; j < 3; j++)
                both += (global_bar[i][j] + global_bar[j][i]) * a[j];
            a_bar[i] = s * antisymmetric[i] + (1.0 - c) * both;
            c_bar -= 0.5 * both * a[i];
            s_bar += antisymmetric[i] * a[i];
            along += a_bar[i] * a[i];
        }
        const double norm_bar = c * s_bar - s * c_bar - along * by_norm;
        for (int i = 0; i < 3; i++)
            theta_bar[i] += a_bar[i] * by_norm + norm_bar * a[i];
    }

    for (int b = BONES - 1; b >= 0; b--) {
        double t_bar[12];
        for (int i = 0; i < 3; i++)
            skin_pull(vertices, weight[b], posed_bar[i], rest[0], rest[1], rest[2], &t_bar[4 * i]);
        compose_pull_left(inverse[b], t_bar, absolute_bar[b]);
        if (parent[b] >= 0)
            compose_pull_left(local[b], absolute_bar[b], absolute_bar[parent[b]]);
        if (!first[b])
            continue;
        /* turn_bar = (absolute of the parent, times relative)' absolute_bar, rotations only */
        double base[12], turn_bar[3][3];
        if (parent[b] >= 0)
            compose(absolute[parent[b]], relative[b], base);
        else
            memcpy(base, relative[b], sizeof base);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                turn_bar[i][j] = base[i] * absolute_bar[b][j] + base[4 + i] * absolute_bar[b][4 + j] +
                                 base[8 + i] * absolute_bar[b][8 + j];
        /* By x, the second column turns into the third, and the third into minus the second. */
        double x_bar = 0.0;
        for (int i = 0; i < 3; i++)
            x_bar += turn_bar[i][1] * turn[b][4 * i + 2] - turn_bar[i][2] * turn[b][4 * i + 1];
        theta_bar[first[b]] += x_bar;
        if (b % 4 == 2) {
            const double cx = cos_x[b], sx = sin_x[b], cy = cos_y[b], sy = sin_y[b];
            theta_bar[first[b] + 1] += cy * (sx * turn_bar[0][1] + cx * turn_bar[0][2] - turn_bar[2][0]) -
                                       sy * (turn_bar[0][0] + sx * turn_bar[2][1] + cx * turn_bar[2][2]);
        }
    }
    free(work);
}
