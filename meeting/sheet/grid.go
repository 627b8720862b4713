package sheet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// grid gathers the rows of a table and what is wrong with them.
type grid struct {
	rows   [][]string
	faults []Fault
}

// put adds the cells of row no, counted from 1 and ascending. It reports
// whether more rows are wanted.
func (g *grid) put(no int, cells []string) bool {
	cells = tidy(cells)
	switch {
	case len(cells) == 0:
		return true
	case no > MaxRows:
		g.refuse(no, 0, cells[0], fmt.Sprintf("表超过 %d 行，请分成几个文件导入。", MaxRows))
		return false
	case len(cells) > MaxColumns:
		g.refuse(no, MaxColumns+1, cells[MaxColumns], fmt.Sprintf("这一行超过 %d 列，请删去多余的列。", MaxColumns))
		return !g.full()
	}
	for i, c := range cells {
		if why := whyRefused(c); why != "" {
			g.refuse(no, i+1, c, why)
		}
	}
	for len(g.rows) < no-1 {
		g.rows = append(g.rows, nil)
	}
	g.rows = append(g.rows, cells)
	return !g.full()
}

// refuse notes a fault; the first MaxFaults are kept.
func (g *grid) refuse(row, column int, value, why string) {
	if !g.full() {
		g.faults = append(g.faults, Fault{Row: row, Column: column, Value: shown(value), Why: why})
	}
}

// refuseFile notes a fault of the file as a whole.
func (g *grid) refuseFile(why string) { g.refuse(0, 0, "", why) }

func (g *grid) full() bool { return len(g.faults) >= MaxFaults }

// tidy makes line breaks and tabs spaces and drops the white space around each
// cell, and then the blank cells at the end. A header is often broken into two
// lines to fit a narrow column, and programs put a tab before a long number.
func tidy(cells []string) []string {
	breaks := strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ")
	last := 0
	for i, c := range cells {
		cells[i] = strings.TrimSpace(breaks.Replace(c))
		if cells[i] != "" {
			last = i + 1
		}
	}
	return cells[:last]
}

// whyRefused says what is wrong with the text of a cell; "" is nothing.
func whyRefused(cell string) string {
	if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
		return "这一格是公式（以 = 或 @ 开头），请改成普通的文字或数值。"
	}
	if utf8.RuneCountInString(cell) > MaxCell {
		return fmt.Sprintf("这一格超过 %d 个字，请缩短。", MaxCell)
	}
	for _, r := range cell {
		switch {
		case r == unicode.ReplacementChar:
			return "这一格里有乱码，请重新输入。"
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return fmt.Sprintf("这一格里有看不见的控制字符（%U），请删去后重新输入。", r)
		}
	}
	return ""
}
