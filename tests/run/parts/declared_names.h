/* Names that the output might like for its variables. */
enum declared { end = 3, k1 = 4, s_was = 9 };
typedef int t;
extern int v_i;
