# --suffix-grad and --suffix-vjp give other names.
. "$CLI/common"
plain_model
adgen 0 --grad=f:x --vjp=g:v --suffix-grad=_gradient --suffix-vjp=_back model.c -o out.c --header=out.h
has out.c 'f_gradient\('
has out.c 'g_back\('
lacks out.c 'f_grad\('
has out.h 'f_gradient\('
strict out.c
only model.c out.c out.h
