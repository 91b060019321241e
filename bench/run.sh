#!/bin/sh
# Times, memory and rates beside their limits; `make bench` runs this on the built tool. The shortest of
# seven runs, from the start of the process to its end; exit status 1 if anything is beyond its limit.
: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
: "${builddir:=.}"
# libtool's wrapper would be measured too.
tool=$builddir/.libs/gradtex
test -x "$tool" || tool=$builddir/gradtex
LD_LIBRARY_PATH=$builddir/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
failed=0

# row WHAT MS MS_LIMIT MB MB_LIMIT [RATE RATE_LIMIT]: a limit of - is none; a rate is a least one.
row() {
    echo "$1|$2|$3|$4|$5|${6--}|${7--}" | awk -F'|' '
        function limit(value) { return value == "-" ? "" : value }
        { beyond = ($3 != "-" && $2 > $3 + 0) || $4 > $5 + 0 || ($7 != "-" && $6 < $7 + 0)
          printf "%-42s %8.1f %8s %7.1f %7s %8s %8s%s\n", $1, $2, limit($3), $4, $5, limit($6), limit($7),
                 beyond ? "  beyond its limit" : ""
          exit beyond }' || failed=1
}

# measure ARGUMENTS...: sets $ms and $mb.
measure() {
    figures=$("$builddir/bench/measure" "$tool" "$@") || {
        echo "bench: the command failed: gradtex $*"
        exit 1
    }
    ms=${figures% *}
    mb=${figures#* }
}

# limit WHAT MS MB ARGUMENTS...
limit() {
    what=$1 most_ms=$2 most_mb=$3
    shift 3
    measure "$@"
    row "$what" "$ms" "$most_ms" "$mb" "$most_mb"
}

# layers COUNT SIZE: a short form.
layers() {
    awk -v count="$1" -v size="$2" 'BEGIN { for (i = 1; i < count; i++) printf "%s-", size; print size }'
}

printf '%-42s %8s %8s %7s %7s %8s %8s\n' '' ms limit MB limit MB/s 'at least'
measure --version
row 'start and end alone' "$ms" - "$mb" 20
for network in 1-1 1-1-1 1-2; do
    limit "derive examples/$network.net w1" 10 20 derive "$srcdir/examples/$network.net" w1
done
for network in 2-2-2-reduced 2-2-2 2-2-2-2; do
    limit "derive examples/$network.net w11^1" 10 20 derive "$srcdir/examples/$network.net" w11^1
done
limit 'derive five layers of 4, proved, 64 paths' 30 20 derive "$(layers 5 4)" w11^1
limit 'derive 20 layers of 50' 1000 100 derive "$(layers 20 50)" w_1,1^1
limit 'paths --count, 30 layers of 1,000' 100 30 paths "$(layers 30 1000)" w_1,1^1 --count

eight=$(layers 10 8)
bytes=$("$tool" paths "$eight" w11^1 --sum | wc -c)
measure paths "$eight" w11^1 --sum
row 'paths --sum, ten layers of 8, to /dev/null' "$ms" - "$mb" 20 \
    "$(awk -v bytes="$bytes" -v ms="$ms" 'BEGIN { printf "%.0f", bytes / 1e3 / ms }')" 300

# derivation STEPS: 4 definitions, then derivations of 3 or 4 steps each.
derivation() {
    awk -v steps="$1" 'BEGIN {
        print "$$ y_k = \\sum_{j=1}^{2} w_{kj} h_j $$ $$ h_j = \\sigma(z_j) $$"
        print "$$ z_j = \\sum_{i=1}^{2} v_{ji} x_i + b_j $$ $$ E = \\frac{1}{2} \\sum_{k=1}^{2} (y_k - t_k)^2 $$"
        for (n = 4; n < steps; n += 3) {
            j = n % 2 + 1; i = int(n / 2) % 2 + 1
            print "\\begin{align}"
            printf "\\frac{\\partial E}{\\partial v_{%d%d}} &= \\sum_{k=1}^{2} (y_k - t_k) ", j, i
            printf "\\frac{\\partial y_k}{\\partial h_%d} \\frac{\\partial h_%d}{\\partial v_{%d%d}} \\\\\n", j, j, j, i
            printf "&= \\sum_{k=1}^{2} (y_k - t_k) w_{k%d} \\sigma\047(z_%d) x_%d \\\\\n", j, j, i
            printf "&= [(y_1 - t_1) w_{1%d} + (y_2 - t_2) w_{2%d}] h_%d (1 - h_%d) x_%d\n", j, j, j, j, i
            print "\\end{align}"
        }
    }'
}
derivations=$(mktemp -d) || exit 1
trap 'rm -rf "$derivations"' EXIT
for steps in 50 400 800; do
    derivation $steps >"$derivations/$steps.tex"
done
limit 'verify, 50 steps' 15 20 verify "$derivations/50.tex"
measure verify "$derivations/400.tex"
row 'verify, 400 steps' "$ms" - "$mb" 100
limit 'verify, 800 steps, twice as long at most' "$(awk -v ms="$ms" 'BEGIN { print 2.2 * ms }')" 100 \
    verify "$derivations/800.tex"
many=$(awk -v file="$derivations/50.tex" 'BEGIN { for (i = 0; i < 1000; i++) print file }')
# shellcheck disable=SC2086
limit 'verify, 1,000 documents of 50 steps' 5000 200 verify $many

limit 'handout 2-2-2-2, 10 exercises and key' 50 30 \
    handout 2-2-2-2 --exercises=10 --key --format=latex --standalone
limit 'handout 784-64-10, 10 exercises, as a page' 1000 100 \
    handout 784-64-10 --exercises=10 --key --format=html
limit 'the same with an example in numbers' 1000 100 \
    handout 784-64-10:sigmoid --random --exercises=10 --key --format=html

echo
"$builddir/bench/gradient" || failed=1

echo
"$builddir/bench/repair" || failed=1
exit $failed
