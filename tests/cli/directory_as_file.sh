# A directory where a source is expected.
. "$CLI/common"
mkdir folder.c
adgen 1 folder.c -o out.c
says 'folder\.c'
says 'directory'
only folder.c
