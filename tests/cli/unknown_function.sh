# A request by option for a function that isn't there.
. "$CLI/common"
plain_model
adgen 1 --grad=h:x model.c -o out.c
says "'h'"
only model.c
