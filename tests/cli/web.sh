#!/bin/sh
# Pages as a reader sees them, in a browser, which $CHROMIUM may name: see tests/web.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

web=$srcdir/tests/web
CHROMIUM=${CHROMIUM-$(command -v chromium || true)}
export CHROMIUM
needs node
test -n "$CHROMIUM" || skip 'chromium is missing'
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || skip 'Node.js 20 is missing'
for package in axe-core playwright-core; do
    test -d "$web/node_modules/$package" || skip "$package is missing: ./bootstrap tools gets it"
done

# page NAME COMMAND...
page() {
    name=$1
    shift
    expect 0 "$GRADTEX" "$@"
    mv "$work/out" "$work/$name"
}

# pages NAME NETWORK SYMBOL: what each command makes of them.
pages() {
    page "$1.derive.html" derive "$2" "$3" --format=html
    page "$1.general.html" derive "$2" --format=html
    page "$1.evaluate.html" evaluate "$2" --format=html
    page "$1.crosscheck.html" crosscheck "$2" "$3" --format=html
    page "$1.svg" figure "$2" "$3" --format=svg
}

for file in "$srcdir"/examples/*.net; do
    name=${file##*/}
    pages "${name%.net}" "$file" "$("$GRADTEX" show --names "$file" | sed -n '/^[xt]/!{p;q;}')"
done
page wide.html derive 784-64-10 'w_{1,1}^1' --format=html
page wide.svg figure 784-64-10 --format=svg
for shape in 1-3-3 1-4-3 2-3-3 3-3-2 3-4-1 4-3-1; do
    page $shape.svg figure $shape:bias --format=svg
done
page numbers.svg figure 2-3-3 --numbers --random --format=svg
page deep.html derive 2-2-2-2-2-2-2-2-2-2-2 w11^1 --format=html
page deep.evaluate.html evaluate 3-3-3-3-3-3-3-3-3-3-3 --format=html
expect 1 "$GRADTEX" verify --explain --format=html "$srcdir/examples/slip.tex" "$srcdir/examples/mistake.tex"
mv "$work/out" "$work/report.html"
page sheet.html handout "$srcdir/examples/2-2-2-2.net" --key --format=html

# A title that would act, and names that need room.
cat >"$work/hostile.net" <<'END'
title "</title><script>alert(1)</script><img src=x onerror=alert(2)> & 'this' $x$"
inputs a_{(1),first}, \alpha
parameters weight_{in,hidden}, v^{[1](i)}
net_{hidden,1} = tanh(weight_{in,hidden} a_{(1),first} + v^{[1](i)} \alpha)
\hat y_{long,name,here} = v^{[1](i)} net_{hidden,1}
outputs \hat y_{long,name,here}
targets t_{long}
error E = squares
END
pages hostile "$work/hostile.net" 'v^{[1](i)}'
page hostile.html handout "$work/hostile.net" --key --format=html

node "$web/page.mjs" "$work" 2-2-2-2.derive.html softmax.general.html 2-2-2-2.evaluate.html \
    softmax.crosscheck.html report.html sheet.html hostile.html || fail 'a page is not as it should be'

# What is broken is found: broken NAME SCRIPT for sed, that breaks a page.
broken() {
    sed "$2" "$work/2-2-2-2.derive.html" >"$work/broken/$1.html"
    cmp -s "$work/2-2-2-2.derive.html" "$work/broken/$1.html" && fail "$1: nothing is broken"
}
mkdir "$work/broken"
broken wide 's/^body{/&min-width:1000px;/'
broken dark 's/screen and //'
broken pale 's/--soft:#5e5e5a/--soft:#aaa/'
broken dim 's/{opacity:\.18}/{opacity:.9}/'
broken away 's/position:sticky/position:static/'
broken unlit 's/{opacity:1}/{}/'
broken crowded 's/<svg viewBox="\([^ ]*\) /<svg viewBox="0 /'
broken touching 's/font-size="16"/font-size="60"/g'
broken crooked 's/^body{/.right:nth-child(5){padding-left:9px}&/'
broken asking 's/<main>/&<img src="http:\/\/localhost\/" alt="">/'
broken unnamed 's/ aria-labelledby="[^"]*"//; s/<title id=.*//'
node "$web/page.mjs" "$work/broken" unnamed.html >"$work/out"
for file in "$work"/broken/*.html; do
    grep -q "^${file##*/}: " "$work/out" || fail "$file: nothing is found"
done
finish
