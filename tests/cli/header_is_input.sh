# The input named as header, and the header named as output.
. "$CLI/common"
model
cp model.c before
got=0
"$ADGEN" model.c -o out.c --header=model.c >out 2>err || got=$?
[ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "exit status $got"
cmp -s model.c before || fail 'the input is lost'
got=0
"$ADGEN" model.c -o out.c --header=out.c >out 2>err || got=$?
[ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "the header is the output: exit status $got"
rm -f out.c
only model.c before
