#!/bin/sh
# Holds the #include lines under src against the table in HACKING.md: a room includes itself, base and
# what its row names, and the rows make no circle.
: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
cd "$srcdir" || exit 1

{
    sed -n '/^| room | may use |/,/^$/p' HACKING.md | sed -n '3,$p' | sed '/^$/d; s/^/row /'
    grep -rn '^ *# *include *"' src --include='*.[ch]' --include='*.def' | sed 's/^/use /'
} | awk '
    # The room of a file: "src/net/spec.c" -> "net"; a file of its own row -> "eval/backprop".
    function room_of(path,    parts, count, own) {
        sub(/^src\//, "", path)
        count = split(path, parts, "/")
        if (count < 2)
            return "top"
        own = path
        sub(/\.[a-z]+$/, "", own)
        return own in allowed ? own : parts[1]
    }
    function family(room) {
        sub(/\/.*/, "", room)
        return room
    }
    function fail(text) {
        print "layers: " text
        failed = 1
    }
    function may_use(from, to) {
        if (from == "top" || to == from || (to == "base" && from != "cmd"))
            return 1
        return index(" " allowed[from] " ", " " to " ") > 0
    }
    # Depth-first, with the rooms on the way marked, so that a circle is met again.
    function visit(room,    names, count, i) {
        if (state[room] == 1)
            fail("the table has a circle through " room)
        if (state[room] != 0)
            return
        state[room] = 1
        count = split(allowed[room], names, " ")
        for (i = 1; i <= count; i++)
            if (names[i] in allowed)
                visit(names[i])
        state[room] = 2
    }
    $1 == "row" {
        split(substr($0, 5), cell, "|")
        gsub(/[ `]/, "", cell[2])
        gsub(/[`,]/, " ", cell[3])
        gsub(/ +/, " ", cell[3])
        allowed[cell[2]] = cell[3]
        rows++
        next
    }
    {
        split($2, place, ":")
        split($0, quoted, "\"")
        file = place[1]
        target = quoted[2]
        from = file == "src/main.c" ? "cmd" : room_of(file)
        to = target ~ /\// ? room_of("src/" target) : target
        includes++
        if (to == from || family(to) == from)
            next
        if (index(" " allowed[from] " ", " " to " ") == 0 && from != "top")
            to = family(to)
        if (from != "top" && !(from in allowed))
            fail(file ": room " from " is not in the table")
        else if (file == "src/main.c" && to == "cmd")
            next
        else if (!may_use(from, to))
            fail(file ":" place[2] ": " from " may not use " to)
    }
    END {
        for (room in allowed)
            visit(room)
        if (rows < 10 || includes < 50)
            fail("read only " rows + 0 " rows and " includes + 0 " includes")
        exit failed
    }'
