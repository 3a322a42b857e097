# --print-include-dir names the directory of adgen.h, for the user's compiler.
. "$CLI/common"
adgen 0 --print-include-dir
directory=$(cat out)
[ -e "$directory/adgen.h" ] || fail "no adgen.h in $directory"
[ -e "$directory/adgen_tape.h" ] || fail "no adgen_tape.h in $directory"
model
cc -I"$directory" -c model.c -o model.o 2>err || fail 'cc'
only model.o model.c
