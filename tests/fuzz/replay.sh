#!/bin/sh
# The fuzz targets on their corpus, on the examples and on the wrong networks, and on all that these
# begin with; no fuzzer is needed.
: "${srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${builddir:=.}"
failed=0

# replay TARGET FILE...
replay() {
    target=$1
    shift
    printf '%s: ' "$target"
    "$builddir/tests/fuzz/replay_$target" "$@" || failed=1
}

replay net "$srcdir"/tests/fuzz/corpus/net/* "$srcdir"/examples/*.net "$srcdir"/tests/bad/*.net
replay formula "$srcdir"/tests/fuzz/corpus/formula/*
replay document "$srcdir"/tests/fuzz/corpus/document/*
replay number "$srcdir"/tests/fuzz/corpus/number/*
# The bomb is for tests/cli.
arrays=$(ls "$srcdir"/tests/arrays/*.np[yz] | grep -v bomb)
# shellcheck disable=SC2086
replay npy "$srcdir"/tests/fuzz/corpus/npy/* $arrays
exit $failed
