# --header: prototypes that C and C++ can include, twice, and link with.
. "$CLI/common"
model
adgen 0 model.c -o out.c --header=out.h
has out.h '#ifndef'
has out.h 'f_grad\('
printf '#include "out.h"\n#include "out.h"\nint main(void)\n{\n    double d = 0;\n    return f_grad(3, 2, &d) == 18 && d == 12 ? 0 : 1;\n}\n' >main.c
cp main.c main.cpp
cc -std=c11 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" main.c out.c model.c -o in_c 2>err || fail 'C'
./in_c || fail 'the C program is wrong'
cc -std=c11 -I"$INCLUDE" -c out.c -o out.o
c++ -std=c++17 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" main.cpp out.o -o in_cpp 2>err || fail 'C++'
./in_cpp || fail 'the C++ program is wrong'
only model.c out.c out.h out.o main.c main.cpp in_c in_cpp
