# The input named as output, by the same name, another name and a link.
. "$CLI/common"
model
cp model.c before
ln -s model.c link.c
ln model.c hard.c
for output in model.c ./model.c "$PWD/model.c" link.c hard.c; do
    got=0
    "$ADGEN" model.c -o "$output" >out 2>err || got=$?
    [ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "-o $output: exit status $got"
    says 'input'
    cmp -s model.c before || fail "-o $output: the input is lost"
done
only model.c before link.c hard.c
