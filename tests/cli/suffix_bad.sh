# A suffix that makes no name.
. "$CLI/common"
plain_model
adgen 2 --grad=f:x '--suffix-grad=-x' model.c -o out.c
says 'error: '
adgen 2 --grad=f:x --suffix-grad= model.c -o out.c
says 'error: '
only model.c
