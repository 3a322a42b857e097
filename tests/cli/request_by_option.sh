# --grad=f:x on code without annotations; --vjp beside it; no names means all.
. "$CLI/common"
plain_model
adgen 0 --grad=f:x --vjp=g:v model.c -o out.c
has out.c 'double f_grad\(double x, double y, double \*(restrict )?x_bar\)'
has out.c 'double g_vjp\(int n, const double \*v, double \*(restrict )?v_bar, double ret_bar\)'
strict out.c
adgen 0 --grad=f model.c -o out.c
has out.c 'double f_grad\(double x, double y, double \*(restrict )?x_bar, double \*(restrict )?y_bar\)'
only model.c out.c
