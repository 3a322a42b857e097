# Requests that can't be read are mistakes of the command line.
. "$CLI/common"
plain_model
for request in --grad= --grad=:x --grad=f:, --grad=f:x,,y '--grad=f x' --grad=1; do
    got=0
    "$ADGEN" "$request" model.c -o out.c >out 2>err || got=$?
    [ "$got" -eq 1 ] || [ "$got" -eq 2 ] || fail "$request: exit status $got"
    says 'error: '
    absent out.c
done
only model.c
