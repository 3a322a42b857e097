# --color=always paints the message, never and a pipe do not.
. "$CLI/common"
escape=$(printf '\033')
adgen 1 --color=always nowhere.c
says "$escape\\["
adgen 1 --color=never nowhere.c
lacks err "$escape"
adgen 1 nowhere.c
lacks err "$escape"
only
