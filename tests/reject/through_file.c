// An active value is written to a file and read back.

#include <adgen.h>
#include <stdio.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = 0;
    FILE *file = tmpfile();
    fwrite(&x, sizeof x, 1, file); // error?: fwrite|file
    rewind(file);
    fread(&y, sizeof y, 1, file); // error?: fread|file
    fclose(file);
    return y;
}
