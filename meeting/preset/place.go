package preset

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// lines are the lines on which the keys of a file stand.
type lines map[string]int

// line returns the line of a key, of the table that it should be in, or 0.
func (l lines) line(key string) int {
	for key != "" {
		if n := l[key]; n > 0 {
			return n
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 0
}

// has reports whether a key is written, or for an element of a list the list.
func (l lines) has(key string) bool {
	if strings.HasSuffix(key, "]") {
		key = key[:strings.LastIndex(key, "[")]
	}
	return l[key] > 0
}

// places finds the lines of all keys and those that are given twice.
func places(data []byte) (lines, []Fault) {
	w := walk{data: data, lines: lines{}, tables: map[string]int{}, lists: map[string]int{}}
	w.Reset(data)
	table := ""
	for w.NextExpression() {
		switch n := w.Expression(); n.Kind {
		case unstable.Table:
			table = w.key("", n)
			if first := w.tables[table]; first > 0 {
				w.again(table, first, n)
			}
			w.tables[table] = w.begins(n)
		case unstable.ArrayTable:
			list := w.key("", n)
			table = element(list, w.lists[list])
			w.lists[list]++
			w.lines[table] = w.begins(n)
		case unstable.KeyValue:
			w.pair(table, n)
		}
	}
	if err := w.Error(); err != nil {
		return nil, []Fault{misspelt(data, err)}
	}
	return w.lines, w.twice
}

// walk goes through the expressions of a file.
type walk struct {
	unstable.Parser
	data   []byte
	lines  lines
	tables map[string]int // the lines of [tables]
	lists  map[string]int // how many [[tables]] a list has so far
	twice  []Fault
}

// begins returns the line on which a table or a value begins.
func (w *walk) begins(n *unstable.Node) int {
	it := n.Key()
	it.Next()
	return lineAt(w.data, int(it.Node().Raw.Offset))
}

// again notes a key that is given a second time.
func (w *walk) again(key string, first int, n *unstable.Node) {
	second := faulty(shown(key), KeyTwice, first)
	second.Line = w.begins(n)
	w.twice = append(w.twice, second)
}

// key returns the key of a table or a value, and notes where it and those
// around it begin.
func (w *walk) key(table string, n *unstable.Node) string {
	key := table
	for it := n.Key(); it.Next(); {
		key = joined(key, string(it.Node().Data))
		if w.lines[key] == 0 {
			w.lines[key] = lineAt(w.data, int(it.Node().Raw.Offset))
		}
	}
	return key
}

func (w *walk) pair(table string, n *unstable.Node) {
	before := len(w.lines)
	key := w.key(table, n)
	if len(w.lines) == before {
		w.again(key, w.lines[key], n)
		return
	}
	w.value(key, n.Value())
}

func (w *walk) value(key string, n *unstable.Node) {
	i := 0
	for it := n.Children(); it.Next(); {
		switch child := it.Node(); {
		case n.Kind == unstable.InlineTable:
			w.pair(key, child)
		case n.Kind == unstable.Array:
			at := element(key, i)
			if child.Raw.Length > 0 {
				w.lines[at] = lineAt(w.data, int(child.Raw.Offset))
			}
			w.value(at, child)
			i++
		}
	}
}

// joined returns the key of a name in a table.
func joined(table, name string) string {
	if table == "" {
		return name
	}
	return table + "." + name
}

// lineAt returns the line of an offset, from 1.
func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(offset, len(data))], []byte("\n"))
}

// misspelt returns the fault of a file that is no TOML.
func misspelt(data []byte, err error) Fault {
	f := Fault{Code: Syntax}
	var parser *unstable.ParserError
	var decoder *toml.DecodeError
	switch {
	case errors.As(err, &parser):
		f.Line = lineAt(data, cap(data)-cap(parser.Highlight))
	case errors.As(err, &decoder):
		f.Line, _ = decoder.Position()
	}
	if f.Line == 0 {
		return f
	}
	if day := impossibleDay(data, f.Line); day != "" {
		f.Code, f.Args = NotDay, []string{day}
	}
	if hasFullWidth(data, f.Line) {
		f.Code = FullWidth
	}
	return f
}

var looksLikeDay = regexp.MustCompile(`=\s*([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\s*$`)

// impossibleDay is what a line gives as a day that is none: 2026-02-30, 2026-2-3.
func impossibleDay(data []byte, line int) string {
	text, _, _ := strings.Cut(strings.Split(string(data), "\n")[line-1], "#")
	found := looksLikeDay.FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, found[1]); err == nil {
		return ""
	}
	return found[1]
}

// hasFullWidth reports whether a line has a mark of a Chinese keyboard where
// TOML wants the plain one.
func hasFullWidth(data []byte, line int) bool {
	text, _, _ := strings.Cut(strings.Split(string(data), "\n")[line-1], "#")
	return strings.ContainsAny(text, "\u201c\u201d\uff02\uff1d\uff0c\u3010\u3011\uff3b\uff3d\uff5b\uff5d")
}
