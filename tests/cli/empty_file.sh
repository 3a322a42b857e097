# A source without a request: nothing to do is a mistake, and it says so.
. "$CLI/common"
: >empty.c
adgen 1 empty.c -o out.c
says 'error: '
only empty.c
