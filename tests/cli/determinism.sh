# The same input gives the same bytes: twice, from another directory, with another locale and time zone.
. "$CLI/common"
cp "$TESTS/run/mlp.c" model.c
adgen 0 model.c -o a.c
adgen 0 model.c -o b.c
cmp -s a.c b.c || fail 'the outputs differ'
(export LC_ALL=C TZ=Asia/Tokyo MALLOC_PERTURB_=99 && "$ADGEN" model.c -o c.c)
cmp -s a.c c.c || fail 'the output depends on the environment'
mkdir other
cp model.c other
(cd other && "$ADGEN" model.c -o d.c)
cmp -s a.c other/d.c || fail 'the output depends on the directory'
lacks a.c "$PWD"
only model.c other a.c b.c c.c
