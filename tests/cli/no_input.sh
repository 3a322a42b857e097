# No source at all.
. "$CLI/common"
adgen 2
says 'error: '
only
