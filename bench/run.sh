#!/bin/sh
# Times and memory beside their limits; `make bench` runs this on the built tool.
: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
: "${builddir:=.}"
# libtool's wrapper would be measured too.
tool=$builddir/.libs/gradtex
test -x "$tool" || tool=$builddir/gradtex
LD_LIBRARY_PATH=$builddir/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
failed=0

# limit MS MB ARGUMENTS...
limit() {
    ms=$1
    mb=$2
    shift 2
    "$builddir/bench/measure" "$ms" "$mb" "$tool" "$@" || {
        echo "  beyond its limit: $*"
        failed=1
    }
}

for network in 1-1 1-1-1 1-2; do
    limit 10 20 derive "$srcdir/examples/$network.net" w_1
done
for network in 2-2-2 2-2-2-2; do
    limit 10 20 derive "$srcdir/examples/$network.net" w11^1
done
limit 30 40 derive 4-4-4-4-4-4 w11^1
wide=1000
for _ in 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    wide=$wide-1000
done
limit 100 30 paths "$wide" w_1,1^1 --count
limit 1000 20 paths 8-8-8-8-8-8-8-8-8-8-8 w11^1 --sum --limit=1000000
exit $failed
