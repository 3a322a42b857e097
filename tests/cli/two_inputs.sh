# More than one source.
. "$CLI/common"
model a.c
model b.c
adgen 2 a.c b.c -o out.c
says 'error: '
only a.c b.c
