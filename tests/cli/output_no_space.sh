# The output's device is full.
. "$CLI/common"
[ -w /dev/full ] || exit 0
model
got=0
"$ADGEN" model.c >/dev/full 2>err || got=$?
[ "$got" -eq 1 ] || fail "exit status $got, should be 1"
says 'error: '
only model.c
