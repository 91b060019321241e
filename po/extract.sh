#!/bin/sh
# Prints the catalogue of all that documents say, in English (make update-po). Run in the top folder.
# shellcheck disable=SC2046
xgettext --from-code=UTF-8 --language=C --add-comments=TRANSLATORS --no-wrap --sort-by-file --add-location=file \
    --package-name=gradtex --output=- \
    --keyword --keyword=N_ --keyword=NC_:1c,2 --keyword=RULE:5 --keyword=sentence_counted:3,4 \
    $(ls src/doc/*.c src/tell/*.c src/write/*.c src/derive/rule.def) |
    sed -e '/^# /d' -e '/^#$/d' -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/'
