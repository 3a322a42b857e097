# The output is a directory.
. "$CLI/common"
model
mkdir folder
adgen 1 model.c -o folder
says 'folder'
[ -d folder ] || fail 'the directory is gone'
only model.c folder
