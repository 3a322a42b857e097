# A source without annotations and no request by option.
. "$CLI/common"
plain_model
adgen 1 model.c -o out.c
says 'error: '
says 'ADGEN_GRAD|--grad'
only model.c
