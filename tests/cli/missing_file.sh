# A source that isn't there.
. "$CLI/common"
adgen 1 nowhere.c -o out.c
says 'nowhere\.c'
says 'No such file'
only
