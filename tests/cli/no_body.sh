# A request by option for a function that is only declared.
. "$CLI/common"
echo 'double f(double x);' >model.c
adgen 1 --grad=f:x model.c -o out.c
says "'f'"
only model.c
