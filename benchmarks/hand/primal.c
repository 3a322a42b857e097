/*
 * Hand tracking's kinematics, after ADBench: 26 angles and offsets pose a skeleton of 22 bones; each vertex follows its
 * bones by its weights (linear blend skinning); the error is how far each observed point is from its vertex. Transforms
 * are 3 x 4, a rotation and a shift.
 */
#include <adgen.h>
#include <math.h>

enum { BONES = 22, FINGERS = 5 };

/* out = a b */
static void compose(const double a[12], const double b[12], double out[12])
{
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 4; j++) {
            out[4 * i + j] = 0.0;
            for (int k = 0; k < 3; k++)
                out[4 * i + j] += a[4 * i + k] * b[4 * k + j];
        }
        out[4 * i + 3] += a[4 * i + 3];
    }
}

/* Rotation about x, then y, then z. */
static void euler_rotation(const double angle[3], double out[12])
{
    double cx = cos(angle[0]), sx = sin(angle[0]);
    double cy = cos(angle[1]), sy = sin(angle[1]);
    double cz = cos(angle[2]), sz = sin(angle[2]);
    out[0] = cy * cz;
    out[1] = -cx * sz + sx * sy * cz;
    out[2] = sx * sz + cx * sy * cz;
    out[4] = cy * sz;
    out[5] = cx * cz + sx * sy * sz;
    out[6] = -sx * cz + cx * sy * sz;
    out[8] = -sy;
    out[9] = sx * cy;
    out[10] = cx * cy;
    out[3] = out[7] = out[11] = 0.0;
}

static void axis_rotation(const double rotation[3], double out[3][3])
{
    double norm = sqrt(rotation[0] * rotation[0] + rotation[1] * rotation[1] + rotation[2] * rotation[2]);
    if (norm < 0.0001) {
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                out[i][j] = i == j ? 1.0 : 0.0;
        return;
    }
    double x = rotation[0] / norm, y = rotation[1] / norm, z = rotation[2] / norm;
    double s = sin(norm), c = cos(norm);
    out[0][0] = x * x + (1.0 - x * x) * c;
    out[0][1] = x * y * (1.0 - c) - z * s;
    out[0][2] = x * z * (1.0 - c) + y * s;
    out[1][0] = x * y * (1.0 - c) + z * s;
    out[1][1] = y * y + (1.0 - y * y) * c;
    out[1][2] = y * z * (1.0 - c) - x * s;
    out[2][0] = x * z * (1.0 - c) - y * s;
    out[2][1] = z * y * (1.0 - c) + x * s;
    out[2][2] = z * z + (1.0 - z * z) * c;
}

/* theta: global rotation, global shift, then for each finger two angles of its first joint and one of each other. */
static void pose_angles(const double theta[26], double angle[BONES][3])
{
    for (int b = 0; b < BONES; b++)
        for (int i = 0; i < 3; i++)
            angle[b][i] = 0.0;
    int at = 6, bone = 2;
    for (int finger = 0; finger < FINGERS; finger++) {
        for (int joint = 0; joint < 3; joint++) {
            angle[bone][0] = theta[at++];
            if (joint == 0)
                angle[bone][1] = theta[at++];
            bone++;
        }
        bone++;
    }
}

ADGEN_VJP(theta)
void hand_errors(int vertices, int points, const double theta[26], const int parent[BONES],
                 const double relative[BONES][12], const double inverse[BONES][12], const double vertex[vertices][3],
                 const double weight[BONES][vertices], const int *vertex_of, const double point[points][3],
                 double error[points][3])
{
    double angle[BONES][3], absolute[BONES][12];
    double posed[vertices][3], global[3][3];

    pose_angles(theta, angle);
    for (int v = 0; v < vertices; v++)
        for (int i = 0; i < 3; i++)
            posed[v][i] = 0.0;
    for (int b = 0; b < BONES; b++) {
        double turn[12], local[12], transform[12];
        euler_rotation(angle[b], turn);
        compose(relative[b], turn, local);
        if (parent[b] < 0) {
            for (int i = 0; i < 12; i++)
                absolute[b][i] = local[i];
        } else {
            compose(absolute[parent[b]], local, absolute[b]);
        }
        compose(absolute[b], inverse[b], transform);
        for (int v = 0; v < vertices; v++)
            for (int i = 0; i < 3; i++) {
                double moved = transform[4 * i + 3];
                for (int j = 0; j < 3; j++)
                    moved += transform[4 * i + j] * vertex[v][j];
                posed[v][i] += weight[b][v] * moved;
            }
    }
    axis_rotation(theta, global);
    for (int p = 0; p < points; p++) {
        const double *at = posed[vertex_of[p]];
        for (int i = 0; i < 3; i++) {
            double seen = theta[3 + i];
            for (int j = 0; j < 3; j++)
                seen += global[i][j] * at[j];
            error[p][i] = point[p][i] - seen;
        }
    }
}
