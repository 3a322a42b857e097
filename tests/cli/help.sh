# --help goes to standard output, with status 0, and names every option.
. "$CLI/common"
adgen 0 --help
for option in -o --header -I -D -U -include -isystem -std= -MD -MF -MT -MP --grad --vjp --suffix-grad --print-include-dir --check --workspace --with-source \
    --version --help -Werror --color; do
    has out "$option"
done
[ ! -s err ] || fail '--help writes to standard error'
only
