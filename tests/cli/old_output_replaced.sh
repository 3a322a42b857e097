# An older output is replaced whole, and its mode is that of a new file.
. "$CLI/common"
model
yes '/* longer than what comes */' | head -n 2000 >out.c
adgen 0 model.c -o out.c
lacks out.c 'longer than'
has out.c 'f_grad'
: >ordinary
[ "$(stat -c %a out.c)" = "$(stat -c %a ordinary)" ] || fail "mode $(stat -c %a out.c)"
only model.c out.c ordinary
