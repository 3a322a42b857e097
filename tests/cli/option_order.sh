# Options before and after the source, -oFILE in one word.
. "$CLI/common"
model
adgen 0 -o a.c model.c
adgen 0 model.c -ob.c
cmp -s a.c b.c || fail 'the outputs differ'
only model.c a.c b.c
