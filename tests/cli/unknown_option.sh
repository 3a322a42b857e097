# Options that don't exist, or lack their argument, exit with 2.
. "$CLI/common"
model
for option in --no-such-option -Z --gradient=f --color=sometimes --emit=nonsense; do
    adgen 2 "$option" model.c -o out.c
    says 'error: '
    absent out.c
done
adgen 2 model.c -o
says 'error: '
adgen 2 model.c -MF
says 'error: '
only model.c
