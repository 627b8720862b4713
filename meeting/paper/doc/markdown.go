package doc

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// signLine is the line on which somebody signs.
const signLine = "＿＿＿＿＿＿＿＿"

// markdown writes a document as GitHub-flavoured Markdown that reads well raw.
func markdown(d Document) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", inline(d.Heading()))
	if line := d.head(); line != "" {
		fmt.Fprintf(&b, "\n%s\n", inline(line))
	}
	for _, block := range d.Blocks {
		b.WriteByte('\n')
		switch x := block.(type) {
		case Heading:
			fmt.Fprintf(&b, "%s %s\n", strings.Repeat("#", x.Level+1), inline(x.Text))
		case Paragraph:
			b.WriteString(markdownParagraph(x))
		case Fields:
			for _, f := range x {
				fmt.Fprintf(&b, "- **%s**：%s\n", inline(f.Name), oneLine(f.Value.String()))
			}
		case Addressee:
			fmt.Fprintf(&b, "%s：\n", inline(string(x)))
		case Attachments:
			for i, a := range x {
				fmt.Fprintf(&b, "- 附件 %d：%s\n", i+1, inline(a))
			}
		case Closing:
			fmt.Fprintf(&b, "%s\n\n%s\n", inline(x.Unit), inline(x.Day))
		case Picture:
			fmt.Fprintf(&b, "（图：%s）\n", inline(x.Text))
		case PageBreak:
			b.WriteString("---\n")
		case Boxes:
			markdownBoxes(&b, x)
		case Table:
			b.WriteString(markdownTable(x))
		case Signatures:
			markdownSigns(&b, x)
		}
	}
	return []byte(b.String())
}

func markdownBoxes(b *strings.Builder, boxes Boxes) {
	for _, row := range boxes {
		for _, x := range row {
			fmt.Fprintf(b, "- **%s**：%s\n", inline(x.Name), oneLine(x.Value.String()))
			markdownSigns(b, x.Signs)
		}
	}
}

func markdownSigns(b *strings.Builder, signs []Signature) {
	for _, s := range signs {
		fmt.Fprintf(b, "- %s（签字）：%s　　　年　　月　　日\n", inline(strings.TrimSpace(s.Role+" "+s.Name)), signLine)
	}
}

// markdownParagraph gives every line of the text its own paragraph: a speech
// keeps its lines in every viewer.
func markdownParagraph(p Paragraph) string {
	var parts []string
	for line := range strings.Lines(p.Text) {
		if line = ownLine(line); line != "" {
			parts = append(parts, line)
		}
	}
	text := strings.Join(parts, "\n\n")
	if p.Lead != "" {
		text = "**" + inline(p.Lead) + "**：" + text
	}
	return text + "\n"
}

func markdownTable(t Table) string {
	var b strings.Builder
	if t.Title != "" {
		fmt.Fprintf(&b, "**%s**\n\n", inline(t.Title))
	}
	row := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	heads, rules := make([]string, len(t.Columns)), make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i], rules[i] = inline(c.title()), "---"
		if numeric(t, i) {
			rules[i] = "---:"
		}
	}
	row(heads)
	row(rules)
	for _, cells := range t.rows() {
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = oneLine(c.String())
		}
		row(line)
	}
	return b.String()
}

// numeric reports whether a column holds numbers, and is set to the right.
func numeric(t Table, column int) bool {
	for _, row := range t.Rows {
		switch row[column].(type) {
		case Number, Ratio:
			return true
		}
	}
	return false
}

// oneLine joins the lines of a text, so that it can stand in a cell or after a
// name.
func oneLine(text string) string {
	var parts []string
	for line := range strings.Lines(text) {
		parts = append(parts, inline(line))
	}
	return strings.Join(parts, "<br>")
}

// listNumber begins a numbered list where it begins a line.
var listNumber = regexp.MustCompile(`^(\d{1,9})([.)])( |$)`)

// ownLine escapes a line that stands by itself: as [inline], and so that
// nothing at its beginning makes it a list, a rule or the underline of a
// heading.
func ownLine(line string) string {
	line = inline(line)
	if line != "" && strings.IndexByte("-+=:", line[0]) >= 0 {
		return `\` + line
	}
	return listNumber.ReplaceAllString(line, `${1}\${2}${3}`)
}

// inline escapes a line so that Markdown shows it letter by letter.
func inline(line string) string {
	line = strings.TrimSpace(line)
	var b strings.Builder
	for i := range len(line) {
		if meansSomething(line, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// meansSomething reports whether Markdown acts on byte i anywhere in a line:
// markup, a link (http://, www.), an emoji (:word:).
func meansSomething(line string, i int) bool {
	switch line[i] {
	case ':': // but not the one in 14:06
		afterDigit := i > 0 && '0' <= line[i-1] && line[i-1] <= '9'
		return !afterDigit && i+1 < len(line) && line[i+1] < utf8.RuneSelf
	case '.':
		return strings.HasSuffix(line[:i], "www")
	}
	return strings.IndexByte("\\`*_[]<>|~&$#@^", line[i]) >= 0
}
