package paper_test

import (
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
)

// readable are the formats that a test reads as text.
var readable = []doc.Format{doc.Markdown, doc.CSV, doc.JSON}

func render(t interface {
	Helper()
	Fatal(...any)
}, d doc.Document, f doc.Format,
) string {
	t.Helper()
	b, err := doc.HouseStyle().Render(d, f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// baseless lists the ratios whose base a reader does not find beside them.
func baseless(d doc.Document) []string {
	var list []string
	for _, block := range d.Blocks {
		table, _ := block.(doc.Table)
		for _, row := range table.Rows {
			for i, cell := range row {
				ratio, ok := cell.(doc.Ratio)
				if ok && !strings.Contains(table.Columns[i].Name, strconv.Itoa(ratio.Base)) && !holds(row, ratio.Base) {
					list = append(list, fmt.Sprintf("%s %v", table.Columns[i].Name, ratio))
				}
			}
		}
	}
	return list
}

func holds(row []doc.Cell, n int) bool {
	for _, c := range row {
		if c == doc.Cell(doc.Number(n)) {
			return true
		}
	}
	return false
}

// typed is what people type: words, markup, formulas, breaks, and characters
// that act on terminals.
func typed() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"学习", "党员01", "=1+1", "+1", "-1", "@cmd", "＝1", "|", "*", "**", "#", "# 一", "<b>", "&lt;", "`", "~~", "[a](b)", "\\", "\\|",
			"1. ", "2)", "- ", "---", "===", "http://x.y", "www.x.y", ":tada:", "$x$", "14:06", "\n", "\r\n", "\t", " ", "\u3000", "\x1b[2J", "\u202e", "\u2028", "\ue000", "\"", ",", "'",
		}),
		rapid.StringN(0, 5, -1))
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "text"), "") })
}

// named is the paper of a name.
func named(t meetingtest.TB, list []paper.Paper, name string) doc.Document {
	t.Helper()
	for _, p := range list {
		if p.Name == name {
			return p.Document
		}
	}
	t.Fatalf("no %s", name)
	return doc.Document{}
}
