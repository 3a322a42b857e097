# Large inputs of all kinds: each has a derivative, and compilers take it.
. "$CLI/common"
python3 "$TESTS/../benchmarks/compiler" --write . --size 600
for input in *.c; do
    adgen 0 "$input" -o "out_$input" --report=report --header="${input%.c}.h"
    cc -std=c11 -O0 -fsyntax-only -I"$INCLUDE" "out_$input" 2>err || fail "cc out_$input"
done
