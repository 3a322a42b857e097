# A request by option for an integer parameter.
. "$CLI/common"
plain_model
adgen 1 --grad=g:n model.c -o out.c
says "'n'"
says 'real'
only model.c
