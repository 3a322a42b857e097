# adgen reads its own output.
. "$CLI/common"
model
adgen 0 model.c -o first.c
adgen 0 --vjp=f_grad:y first.c -o second.c
has second.c f_grad_vjp
strict second.c
only model.c first.c second.c
