# Completion of gradtex for bash.

_gradtex_names() {
    local network word
    for word in "${words[@]:2}"; do
        if [[ $word != -* ]]; then
            network=$word
            break
        fi
    done
    [[ $network == - || $network == "$cur" ]] && return
    command gradtex show --names "$network" 2>/dev/null </dev/null | head -n 1000
}

_gradtex_values() {
    case $1 in
    --detail) echo 'explicit normal brief' ;;
    --result) echo 'sum factored paths index backprop' ;;
    --method) echo 'backprop sweep difference backprop,sweep' ;;
    --notation) echo 'post' ;;
    --flavour) echo 'katex mathjax kramdown quarto github' ;;
    --language) echo 'en de es fr' ;;
    --color) echo 'auto always never' ;;
    --format)
        case $2 in
        derive) echo 'text latex markdown html pdf beamer infix json' ;;
        paths) echo 'text latex json' ;;
        crosscheck) echo 'text latex markdown html pdf json' ;;
        verify) echo 'text latex markdown html pdf json sarif junit csv' ;;
        evaluate) echo 'text latex markdown html pdf json' ;;
        show) echo 'text dot' ;;
        figure) echo 'latex svg pdf' ;;
        handout) echo 'text latex markdown html pdf json' ;;
        esac
        ;;
    esac
}

_gradtex_options() {
    case $1 in
    derive)
        echo '--detail= --result --max-terms= --of= --format= --flavour= --output= --standalone --notation= --language= --help'
        ;;
    paths) echo '--format= --count --sum --limit= --skip= --of= --output= --notation= --language= --help' ;;
    crosscheck)
        echo '--method= --accuracy= --max-bits= --digits= --summary --random --values= --max-paths= --format= --flavour= --output= --standalone --notation= --language= --help'
        ;;
    verify)
        echo '--network= --hint --explain --goal= --strict --emit-network --seed= --color= --format= --flavour= --output= --standalone --language= --help'
        ;;
    evaluate)
        echo '--learning-rate= --digits= --max-bits= --random --values= --format= --flavour= --output= --standalone --notation= --language= --help'
        ;;
    show) echo '--dag --names --format= --output= --notation= --language= --help' ;;
    figure) echo '--numbers --random --values= --of= --format= --output= --standalone --notation= --language= --help' ;;
    handout)
        echo '--exercises= --seed= --blanks --key --random --values= --detail= --max-terms= --format= --flavour= --output= --standalone --notation= --language= --help'
        ;;
    esac
}

# How many words that are no options stand before the cursor, after the command.
_gradtex_operands() {
    local i count=0
    for ((i = 2; i < cword; i++)); do
        [[ ${words[i]} == -* && ${words[i]} != - ]] || count=$((count + 1))
    done
    echo "$count"
}

_gradtex() {
    local cur=${COMP_WORDS[COMP_CWORD]} cword=$COMP_CWORD
    local -a words=("${COMP_WORDS[@]}")
    local command=${words[1]} option

    # Bash takes --format=text apart into three words.
    if [[ $cur == = ]]; then
        option=${words[cword - 1]} cur=
    elif [[ ${words[cword - 1]} == = ]]; then
        option=${words[cword - 2]}
    fi
    if [[ $option == --values || $option == --network ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    elif [[ -n $option ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_gradtex_values "$option" "$command")" -- "$cur")
    elif ((cword == 1)); then
        mapfile -t COMPREPLY < <(compgen -W 'derive crosscheck verify evaluate paths figure handout show help --help --version' \
            -- "$cur")
    elif [[ $command == help ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'derive crosscheck verify evaluate paths figure handout show' -- "$cur")
    elif [[ ${words[cword - 1]} == -o ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_gradtex_options "$command")" -- "$cur")
        [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    elif [[ $command == verify ]]; then
        compopt -o filenames
        mapfile -t COMPREPLY < <(
            compgen -d -- "$cur"
            for suffix in md markdown qmd tex txt net; do
                compgen -f -X "!*.$suffix" -- "$cur"
            done
        )
    elif (($(_gradtex_operands) == 0)); then
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.net' -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -W "$(_gradtex_names)" -- "$cur")
    fi
}

complete -F _gradtex gradtex
