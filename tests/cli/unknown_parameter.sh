# A request by option for a parameter that isn't there.
. "$CLI/common"
plain_model
adgen 1 --grad=f:z model.c -o out.c
says "'z'"
only model.c
