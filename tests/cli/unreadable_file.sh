# A source that can't be read; root reads everything.
. "$CLI/common"
[ "$(id -u)" -ne 0 ] || exit 0
model
chmod 000 model.c
adgen 1 model.c -o out.c
says 'model\.c'
only model.c
