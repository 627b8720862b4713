package ssh

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/anmitsu/go-shlex"
)

// maxLine is the longest command line, in bytes. Longer texts come on standard
// input.
const maxLine = 8 << 10

// usageError is a mistake in the words themselves, as a Chinese sentence.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// line is a parsed command line.
type line struct {
	word  string
	args  []string
	flags map[string]string // without the dashes; "" for those that are only set
	json  bool
}

// split splits a command line as a shell does. It refuses what cannot be meant,
// and never repeats it: a join code could have been typed by mistake.
func split(raw string) ([]string, error) {
	switch {
	case len(raw) > maxLine:
		return nil, usageError("命令太长：长的内容请从标准输入给。")
	case !utf8.ValidString(raw):
		return nil, usageError("命令不是 UTF-8 编码：请把终端设为 UTF-8。")
	case strings.ContainsFunc(raw, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }):
		return nil, usageError("命令里有控制字符：请删去。")
	}
	parts, err := shlex.Split(raw, true)
	if err != nil {
		return nil, usageError("引号或反斜杠没有配对：请检查。")
	}
	return parts, nil
}

// parse reads a command line against some words.
func parse(raw string, words []word) (word, line, error) {
	parts, err := split(raw)
	if err != nil {
		return word{}, line{}, err
	}
	if len(parts) == 0 {
		return word{}, line{}, usageError("没有写命令：用 help 看有哪些。")
	}
	w, ok := lookup(parts[0], words)
	if !ok {
		return word{}, line{}, usageError("没有这个命令：用 help 看有哪些。")
	}
	if w.rest && len(parts) > w.least {
		return w, line{word: w.name, args: parts[1:]}, nil
	}
	l, err := w.read(parts[1:])
	return w, l, err
}

// read sorts the parts after a word into arguments and flags. A flag's text
// runs to the next flag, because the typing person's shell has taken the quotes
// away.
func (w word) read(parts []string) (line, error) {
	l := line{word: w.name, flags: map[string]string{}}
	open := "" // the flag whose text goes on
	for _, p := range parts {
		if p = w.dashed(p); !strings.HasPrefix(p, "--") {
			if open == "" {
				l.args = append(l.args, p)
			} else {
				l.flags[open] = strings.TrimSpace(l.flags[open] + " " + p)
			}
			continue
		}
		name, value, _ := strings.Cut(strings.TrimPrefix(p, "--"), "=")
		if open = ""; name == "json" {
			l.json = true
			continue
		}
		_, twice := l.flags[name]
		switch {
		case slices.Contains(w.switches, name):
		case slices.Contains(w.flags, name), name == "id" && w.once():
			open = name
		default:
			return line{}, usagef("%s 没有这个选项。用法：%s", w.name, w.usage())
		}
		if twice {
			return line{}, usagef("选项 --%s 写了两次。用法：%s", name, w.usage())
		}
		l.flags[name] = strings.TrimSpace(value)
	}
	if n := len(l.args); n < w.least || (n > w.most && w.most >= 0) {
		return line{}, usagef("参数的个数不对。用法：%s", w.usage())
	}
	if id, set := l.flags["id"]; set && !goodID(id) {
		return line{}, usagef("--id 后面应当是 1 到 64 个字母、数字、- 或 _。用法：%s", w.usage())
	}
	for _, name := range w.flags {
		if v, set := l.flags[name]; set && v == "" {
			return line{}, usagef("选项 --%s 后面没有内容。用法：%s", name, w.usage())
		}
	}
	return l, nil
}

// dashed returns a part as --NAME where it is a flag of the word behind a dash that a
// phone or an input method has made of two: —reason.
func (w word) dashed(part string) string {
	bare := strings.TrimLeft(part, "-\u2013\u2014\u2212\uff0d")
	name, _, _ := strings.Cut(bare, "=")
	known := name == "json" || name == "id" && w.once() || slices.Contains(w.switches, name) || slices.Contains(w.flags, name)
	if plain := strings.Trim(part[:len(part)-len(bare)], "-") == ""; plain || !known {
		return part
	}
	return "--" + bare
}

// set reports whether a flag was given.
func (l line) set(flag string) bool {
	_, ok := l.flags[flag]
	return ok
}
