# Bytes that are no text.
. "$CLI/common"
printf '\000\001\377\376int\000 f(\200)\n' >model.c
adgen 1 model.c -o out.c
says 'error: '
only model.c
