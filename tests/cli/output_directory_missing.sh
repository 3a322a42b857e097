# The output's directory isn't there.
. "$CLI/common"
model
adgen 1 model.c -o nowhere/out.c
says 'nowhere'
only model.c
