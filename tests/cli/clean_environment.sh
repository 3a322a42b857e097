# adgen works with hardly any environment and from a read-only directory.
. "$CLI/common"
model
mkdir empty
(cd empty && env -i PATH="$PATH" "$ADGEN" ../model.c) >out 2>err || fail 'exit status'
has out f_grad
only model.c empty
