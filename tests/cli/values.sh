#!/bin/sh
# Values from files: arrays of NumPy and lines of let, in the network and on the command line.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

arrays=$srcdir/tests/arrays
net=$work/net.net
cat >"$net" <<'END'
inputs  x 3
layer   h 2
layer   y 1
biases
targets t
error   half-squares
END

# with LINE...: the network with more lines.
with() {
    cat "$net" >"$work/more.net"
    printf '%s\n' "$@" >>"$work/more.net"
}

has_archives() {
    "$GRADTEX" show --names "$work/more.net" >"$work/out" 2>"$work/err"
    ! grep -q 'built without libzip' "$work/err"
}

cp "$arrays"/*.np[yz] "$work"

# One array a file; the file's name is the array's.
with 'let t = 1' 'let w^2 = 1 2' 'let b = 0 0 0' 'values x.npy' 'values w^1.npy shortest'
expect 0 "$GRADTEX" show "$work/more.net"
prints 'let x_1 x_2 x_3 w_{11}^1'
prints '= 3 2 1 1/10 1/5'
is_silent

# float32 exactly: 0.1f is 13421773/134217728.
with 'let t = 1' 'let w^2 = 1 2' 'let b = 0 0 0' 'values "x.npy"' 'values "w^1.npy"'
expect 0 "$GRADTEX" show "$work/more.net"
prints '13421773/134217728'

# Files are sought beside the network, wherever the command runs.
(cd / && "$GRADTEX" show "$work/more.net" >/dev/null 2>&1) || fail 'not beside the network'

# The command line wins over the file, and the file's other values stay.
cat >"$work/lets" <<'END'
# the second input
let x_2 = -5/2
let w_{11}^1 = 1e-1
END
with 'let x = 1 2 3' 'let t = 1' 'let w = 1 2 3 4 5 6 7 8' 'let b = 0 0 0'
expect 0 "$GRADTEX" crosscheck --format=json --values="$work/lets" "$work/more.net" x1
prints '"x_{1}": "1"'
prints '"x_{2}": "-5/2"'
prints '"w_{11}^{1}": "1/10"'
prints '"w_{12}^{1}": "2"'
expect 0 "$GRADTEX" crosscheck --format=json --values "$work/x.npy" "$work/more.net" x1
prints '"x_{1}": "3"'

# A pipe is read; one that nobody writes to, a folder and a device are not waited for.
mkfifo "$work/pipe"
cat "$work/lets" >"$work/pipe" &
sleep 0.2
expect 0 timeout 10 "$GRADTEX" crosscheck --values "$work/pipe" "$work/more.net" x1
wait
expect 4 timeout 10 "$GRADTEX" crosscheck --values "$work/pipe" "$work/more.net" x1
says 'holds no values'
expect 5 timeout 10 "$GRADTEX" crosscheck --values "$work" "$work/more.net" x1
expect 5 timeout 10 "$GRADTEX" crosscheck --values /dev/zero "$work/more.net" x1
says '/dev/zero'
expect 5 "$GRADTEX" crosscheck --values "$work/nowhere" "$work/more.net"
says 'nowhere: No such file'
with 'values nowhere.npz'
expect 5 "$GRADTEX" show "$work/more.net"
says 'more.net:7:8: error: cannot open'
with 'values pipe'
expect 4 timeout 10 "$GRADTEX" show "$work/more.net"

# The output is no file of values.
with 'let t = 1' 'let w = 1 2 3 4 5 6 7 8' 'let b = 0 0 0' 'values x.npy'
expect 2 "$GRADTEX" crosscheck --format=json -o "$work/x.npy" "$work/more.net"
says 'also the input'
cmp -s "$work/x.npy" "$arrays/x.npy" || fail 'an array was overwritten'
cp "$work/lets" "$work/lets.txt"
expect 2 "$GRADTEX" crosscheck --values "$work/lets.txt" -o "$work/lets.txt" "$work/more.net"
cmp -s "$work/lets" "$work/lets.txt" || fail 'the values were overwritten'

# What a file of values may hold.
for line in 'layer h 2' 'fix w_{11}^1 = 0' 'values x.npy' 'x_1 = 2'; do
    echo "$line" >"$work/lets"
    expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$net"
    says 'lets:1:1: error'
done
printf 'let x = 1 2 3\nlet x_2 = 1\n' >"$work/lets"
expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$net"
says 'lets:2:1: error: x_2 has a value already'
says 'lets:1:1: note'
echo 'let x = 1 2' >"$work/lets"
expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$net"
says '3 names stand before the equals sign and 2 values after it'
echo 'let q = 1' >"$work/lets"
expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$net"
says 'lets:1:5: error: there is no q'
echo 'let x = 1 2 3' >"$work/lets"
expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$net"
says 'some symbols have values, but not'
expect 2 "$GRADTEX" crosscheck --values "$work/lets" --random "$net"
says 'choose one'
expect 2 "$GRADTEX" derive --values "$work/lets" "$net"

# Fixed, tied and defined symbols.
with 'fix w_{12}^1 = 0' 'values "w^1.npy"'
expect 4 "$GRADTEX" show "$work/more.net"
says 'w_12^1 is fixed by the network at another number'
with 'fix w_{12}^1 = 1/5' 'values "w^1.npy" shortest'
expect 0 "$GRADTEX" show "$work/more.net"
echo 'let w_{12}^1 = 3' >"$work/lets"
expect 4 "$GRADTEX" crosscheck --values "$work/lets" "$work/more.net"
says 'fixed'
sed 's/^biases/biases b_<layer> tied/' "$net" >"$work/tied.net"
cp "$work/x.npy" "$work/b_1.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/b_1.npy" "$work/tied.net"
says 'array '
says 'has the shape (3,), but b_1 takes the shape ()'
printf 'inputs x 3\nlayer h 2 weights v_<from> tied\nlayer y 1\n' >"$work/tied.net"
cp "$work/w^1.npy" "$work/v.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/v.npy" "$work/tied.net"
says 'v_1 is tied, but has different numbers at its edges'

# A batch: a row for each sample.
printf 'inputs p 3\nlayer y 1\ntargets t\nsamples 2 summed\nvalues p.npy\n' >"$work/batch.net"
cp "$work/w^1.npy" "$work/p.npy"
expect 0 "$GRADTEX" show "$work/batch.net"
prints 'let p_1^{(1)} p_2^{(1)} p_3^{(1)} p_1^{(2)}'
sed -i 's/samples 2/samples 3/' "$work/batch.net"
expect 4 "$GRADTEX" show "$work/batch.net"
says 'has the shape (2, 3), but p takes the shape (3, 3)'
sed -i 's/values p/values "w^3/; s/npy$/npy"/' "$work/batch.net"
cp "$work/w^1.npy" "$work/w^3.npy"
expect 4 "$GRADTEX" show "$work/batch.net"
says 'rrays may be called p, w^1, t'

# Names of layers in brackets and below.
cp "$work/w^1.npy" "$work/w1.npy"
for template in 'w_{<to><from>}^{(<layer>)}' 'w_{<to><from>}^{[<layer>]}' 'w_{<layer>}^{<to><from>}' \
    'w_{<edge>}^{<layer>}' 'w_{<source><source-unit><to>}^{<layer>}'; do
    printf 'inputs x 3\nlayer h 2\nlayer y 1\nweights %s\nvalues w1.npy shortest\n' "$template" \
        >"$work/template.net"
    expect 0 "$GRADTEX" show "$work/template.net"
    prints '= 1/10 1/5 3/10 2/5 1/2 3/5'
done

# Given twice.
with 'let x_2 = 1' 'values x.npy'
expect 4 "$GRADTEX" show "$work/more.net"
says 'x_2 has a value already'
says ':7:1: note: the first value stands here'

# Shapes and names.
with 'values transposed.npy'
expect 4 "$GRADTEX" show "$work/more.net"
says 'nothing in the network that takes values is called transposed'
says 'arrays may be called x, b^1, b^2, w^1, w^2, t'
cp "$work/transposed.npy" "$work/w1.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/w1.npy" "$net"
says 'has the shape (3, 2), but w1 takes the shape (2, 3): a row for each unit'
printf 'inputs x 3\nlayer y 1\nconstant \\lambda\nerror J = half-squares + \\lambda\n' >"$work/near.net"
cp "$work/x.npy" "$work/lamda.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/lamda.npy" "$work/near.net"
says 'did you mean lambda?'
cp "$work/x.npy" "$work/h_1.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/h_1.npy" "$net"
says 'h_1'

# Numbers that are none, and objects.
cp "$work/nan.npy" "$work/x.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/x.npy" "$net"
says 'entry [1], at byte 136, is NaN'
cp "$work/objects.npy" "$work/x.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/x.npy" "$net"
says 'pickled Python objects'
cp "$work/complex.npy" "$work/x.npy"
expect 4 "$GRADTEX" crosscheck --values "$work/x.npy" "$net"
says 'type <c16'

# The statement itself.
with 'values'
expect 4 "$GRADTEX" show "$work/more.net"
says 'the name of a file is expected here'
with 'values x.npy longest'
expect 4 "$GRADTEX" show "$work/more.net"
says 'more.net:7:14'
with 'values net.net'
expect 4 "$GRADTEX" show "$work/more.net"
says 'holds no arrays'

with 'values float32.npz'
has_archives || finish

# The same network in three archives: exact, packed, in Fortran's order and turned bytes.
with 'values float32.npz shortest'
expect 0 "$GRADTEX" crosscheck --format=json "$work/more.net"
cp "$work/out" "$work/wanted"
for file in float64 fortran; do
    with "values $file.npz shortest"
    expect 0 "$GRADTEX" crosscheck --format=json "$work/more.net"
    cmp -s "$work/out" "$work/wanted" || fail "$file.npz differs from float32.npz"
    expect 0 "$GRADTEX" crosscheck --format=json --values "$work/$file.npz" "$net"
    ! cmp -s "$work/out" "$work/wanted" || fail "$file.npz: exact is shortest"
done
with 'values integers.npz'
expect 0 "$GRADTEX" crosscheck --format=json "$work/more.net"
prints '"w_{23}^{1}": "6"'
prints '"t_{1}": "1"'

# refused STATUS FILE TEXT
refused() {
    expect "$1" timeout 20 "$GRADTEX" crosscheck --values "$work/$2" "$net"
    says "$3"
}
refused 4 transposed.npz 'has the shape (3, 2), but w1 takes the shape (2, 3)'
refused 4 unknown.npz 'is called w3; arrays may be called x, b^1'
refused 4 positional.npz 'is called arr_0'
refused 4 twice.npz 'w_11^1 has a value already'
refused 4 defined.npz 'h_1 is defined by the network'
refused 4 nothing.npz 'holds no values'
refused 4 other.npz 'other.npz/readme.txt'
refused 4 spoiled.npz 'CRC'
refused 4 cut.npz 'damaged archive'
refused 4 secret.npz 'encrypted'
refused 6 bomb.npz '64 MiB'
# Values from elsewhere keep to what the network assumes.
printf 'inputs x 2\nlayer y 2 softmax\ntargets t\nerror cross-entropy\nassume \\sum_k t_k = 1\nlet x = 1 1\nlet w = 1 1 1 1\nlet t = 0 1\n' >"$work/class.net"
printf 'let t = 1 0\n' >"$work/t.let"
expect 0 "$GRADTEX" evaluate "$work/class.net" --values="$work/t.let"
printf 'let t = 1 1\n' >"$work/t.let"
expect 4 "$GRADTEX" evaluate "$work/class.net" --values="$work/t.let"
says 'the left side is 2 and the right side is 1'

finish
