# Without -o the output goes to standard output; -o - does the same or is refused.
. "$CLI/common"
model
adgen 0 model.c -o out.c
adgen 0 model.c
cmp -s out out.c || fail 'standard output and -o differ'
[ ! -s err ] || fail 'something is said on standard error'
only model.c out.c
