# Names with spaces, and a name that starts with a dash behind --.
. "$CLI/common"
model 'my model.c'
adgen 0 'my model.c' -o 'my output.c'
has 'my output.c' f_grad
only 'my model.c' 'my output.c'
