# --version names the program and a number.
. "$CLI/common"
adgen 0 --version
has out '^adgen [0-9]+\.[0-9]+'
[ ! -s err ] || fail '--version writes to standard error'
only
