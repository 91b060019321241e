#!/bin/sh
# Wide and deep networks, names made to collide, little memory, a small stack, few files, sudden death.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
cd "$work" || exit 1

cat >deep.net <<'END'
inputs  x 2
layer   h 3 tanh
layer   g 3 sigmoid from h, x
layer   y 2 softmax
biases
targets t
error   cross-entropy
END
cat >exact.net <<'END'
inputs  x 3
layer   h 2 relu
layer   y 1
targets t
error   half-squares
END

# A hundred thousand layers, widths that fill no memory, counts that are no machine numbers.
awk 'BEGIN { print "inputs x 1"; for (i = 0; i <= 100000; i++) print "layer h 1 tanh" }' >a.net
expect 6 timeout 20 "$GRADTEX" show a.net
says '100,000 layers'
for width in 1000000000 18446744073709551616; do
    printf 'inputs x 2\nlayer h %s sigmoid\nlayer y 2 softmax\n' $width >a.net
    expect 6 timeout 20 "$GRADTEX" paths --count a.net x1
done
printf 'inputs x 2\nlayer h 10000000 sigmoid\nlayer y 2 softmax\n' >a.net
expect 0 timeout 20 "$GRADTEX" paths --count a.net x1
prints 40000000
awk 'BEGIN { print "inputs x 1000"; for (i = 0; i < 29; i++) print "layer h 1000 sigmoid" }' >a.net
expect 0 timeout 20 "$GRADTEX" paths --count a.net w_1,1^1
test "$(cat out)" = "1$(printf '%084d' 0)" || fail "not 10^84 paths: $(cat out)"
expect 6 timeout 20 "$GRADTEX" paths --count 2000-2000 w^1
says 'means more than 1,000,000 symbols'

# Sums of equal parts are shared, not written out as a tree.
awk 'BEGIN { print "inputs x 1\na_1 = x_1 + x_1"
             for (i = 1; i < 100; i++) printf "a_%d = a_%d + a_%d\n", i + 1, i, i
             print "error E = \\tanh(a_100)" }' >a.net
expect 0 timeout 20 "$GRADTEX" derive --result --format=text a.net x_1
prints 1267650600228229401496703205376

# Names of which all hashes of the kind 31 h + c, and all of the kind 33 h + c, are equal.
for pair in 'Aa BB' 'Ez FY'; do
    # shellcheck disable=SC2086
    set -- $pair
    awk -v a="$1" -v b="$2" 'BEGIN {
        printf "inputs x 1\nlayer y 1 from x\nparameters"
        for (i = 0; i < 65536; i++) {
            name = ""
            for (k = i + 65536; k > 1; k = int(k / 2))
                name = name (k % 2 ? a : b)
            printf " %s", name
        }
        print "" }' >a.net
    expect 0 timeout 20 "$GRADTEX" paths --count a.net x1
done

# A weight that reaches no output.
cat >a.net <<'END'
inputs  x 2
layer   h 2 sigmoid
layer   y 1 from x
outputs y
targets t
error   half-squares
for i = 1..1: q_i = h_i
END
expect 0 "$GRADTEX" derive --format=text a.net w11^1
prints '= 0'
grep -qi 'no path' out || fail 'the reason is missing'
expect 0 "$GRADTEX" paths a.net w11^1
says 'no path'

# Little memory: 6, or the loader gives up. Sanitizers need more room than there is.
for memory in 24000 26000 28000 30000 34000 40000 50000; do
    (ulimit -v $memory && "$GRADTEX" --version) >/dev/null 2>&1 || continue
    for arguments in 'derive deep.net w11^1' 'paths --count deep.net w11^1' 'show deep.net' \
        'crosscheck exact.net' 'crosscheck deep.net w11^1' 'evaluate exact.net --random' 'derive - w11^1' 'crosscheck exact.net --values=/dev/stdin'; do
        status=0
        # shellcheck disable=SC2086
        (ulimit -v $memory && exec timeout 20 "$GRADTEX" $arguments </dev/zero) \
            >out 2>err || status=$?
        case $status in
        0 | 5 | 6) ;;
        *) fail "ulimit -v $memory: status $status: $arguments" ;;
        esac
    done
done
# Before it is installed the program is behind a script of libtool, which needs files of its own.
program=$GRADTEX
if [ -x "${GRADTEX%/*}/.libs/gradtex" ]; then
    program=${GRADTEX%/*}/.libs/gradtex
    LD_LIBRARY_PATH=${GRADTEX%/*}/.libs${LD_LIBRARY_PATH+:$LD_LIBRARY_PATH}
    export LD_LIBRARY_PATH
fi
for limit in '-s 128' '-n 4' '-n 5'; do
    for arguments in 'derive deep.net w11^1' 'show deep.net' 'crosscheck exact.net' \
        'crosscheck deep.net w11^1' 'evaluate exact.net --random' 'show exact.net -o sheet.txt'; do
        status=0
        # shellcheck disable=SC2086
        (ulimit $limit && exec "$program" $arguments) >out 2>err || status=$?
        case $status in
        0 | 5 | 6 | 127) ;;
        *) fail "ulimit $limit: status $status: $arguments" ;;
        esac
    done
done

# 10^30 paths for a second: the memory stays what it is.
awk 'BEGIN { print "inputs x 1000"; for (i = 0; i < 12; i++) print "layer h 1000 sigmoid" }' >a.net
if (ulimit -v 60000 && "$program" --version) >/dev/null 2>&1; then
    status=0
    (ulimit -v 60000 && exec timeout 1 "$program" paths a.net w_1,1^1) >/dev/null 2>err || status=$?
    test $status -eq 124 || fail "10^30 paths in 60 MB: status $status: $(head -n 3 err)"
fi

# A list in parts is the list.
expect 0 "$GRADTEX" paths deep.net x1
mv out whole
count=$(wc -l <whole)
: >parts
part=0
while [ $part -lt "$count" ]; do
    expect 0 "$GRADTEX" paths deep.net x1 --skip=$part --limit=7
    cat out >>parts
    part=$((part + 7))
done
cmp -s whole parts || fail 'the parts are not the whole'
test "$count" -eq "$("$GRADTEX" paths --count deep.net x1)" || fail "$count paths listed"

# Killed while it writes: the old file, and none that looks finished.
echo old >kept.txt
for wait in 0.05 0.1 0.2; do
    for signal in TERM KILL; do
        "$GRADTEX" paths 8-8-8-8-8-8-8-8-8-8-8-8 w11^1 -o kept.txt 2>err &
        sleep $wait
        kill -s $signal $! 2>/dev/null
        wait $! 2>/dev/null
        test "$(cat kept.txt)" = old || fail "$signal after $wait: the old file is gone"
    done
done
ls >left
for file in *.txt; do
    test "$file" = kept.txt || test "$file" = sheet.txt || fail "a file was left: $file"
done

# The locale changes no byte.
cat >a.net <<'END'
inputs  x 2
layer   h 2 relu
layer   y 1
targets t
let x = 0.5 1e-1
let w = 1/2 -0.25 3 4 5 6
let t = 1
END
expect 0 "$GRADTEX" crosscheck a.net
mv out plain
for setting in LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 LC_NUMERIC=de_DE.UTF-8; do
    expect 0 env "$setting" "$GRADTEX" crosscheck a.net
    cmp -s plain out || fail "$setting changes the result"
done
finish
