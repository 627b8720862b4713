package doc

import (
	"bytes"
	"cmp"
	_ "embed" // style.toml
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// Style is how papers look (DOMAIN.md §5): style.toml, where each value is
// explained.
type Style struct {
	Digits   string              `toml:"digits"`
	Fallback map[string][]string `toml:"fallback"`
	Letter   Page                `toml:"letter"`
	Form     Page                `toml:"form"`
	Ledger   Page                `toml:"ledger"`
}

// Page is the paper, in millimetres from its edges, and the type on it.
type Page struct {
	Width  float64 `toml:"width"`
	Height float64 `toml:"height"`
	Top    float64 `toml:"top"`
	Bottom float64 `toml:"bottom"`
	Left   float64 `toml:"left"`
	Right  float64 `toml:"right"`
	Footer float64 `toml:"footer"`
	Indent int     `toml:"indent"` // characters at the beginning of a paragraph
	Chars  int     `toml:"chars"`  // of the body in a full line; 0: as many as there is room for
	Title  Face    `toml:"title"`
	Body   Face    `toml:"body"`
	Cell   Face    `toml:"cell"`
	Head   Face    `toml:"head"` // of a table
	Number Face    `toml:"page"` // the page's number
	Levels []Face  `toml:"levels"`
}

// Face is a type: a font by name, its size and the distance of its lines in
// points.
type Face struct {
	Font string  `toml:"font"`
	Size float64 `toml:"size"`
	Line float64 `toml:"line"` // 0: the font's own
	Bold bool    `toml:"bold"`
}

//go:embed style.toml
var houseStyle []byte

// HouseStyle is the style that papers have unless somebody brings another.
func HouseStyle() *Style {
	st, err := NewStyle(nil)
	if err != nil {
		panic(err) // style.toml is part of the program; a test reads it
	}
	return st
}

// NewStyle reads a style file; what it does not say is as in the house style. The
// error names line, column and key.
func NewStyle(text []byte) (*Style, error) {
	st := new(Style)
	for _, t := range [][]byte{houseStyle, text} {
		from := toml.NewDecoder(bytes.NewReader(t)).DisallowUnknownFields()
		if err := from.Decode(st); err != nil {
			return nil, styleFault(t, err)
		}
	}
	for name, p := range map[string]*Page{"letter": &st.Letter, "form": &st.Form, "ledger": &st.Ledger} {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("样式文件的 [%s]：%w", name, err)
		}
	}
	return st, nil
}

// check refuses what no page can be.
func (p *Page) check() error {
	switch {
	case !between(0, mostPaper, p.Top, p.Bottom, p.Left, p.Right, p.Footer):
		return fmt.Errorf("页边距是 0 到 %d 毫米的数", mostPaper)
	case !between(0, mostPaper, p.Width, p.Height),
		!between(50, mostPaper, p.Width-p.Left-p.Right, p.Height-p.Top-p.Bottom):
		return fmt.Errorf("除去页边距，版心的宽和高至少各 50 毫米，纸不超过 %d 毫米", mostPaper)
	case p.Indent < 0 || p.Indent > 10:
		return errors.New("indent 是 0 到 10 个字")
	case p.Chars < 0 || p.Chars > 200:
		return errors.New("chars 是一行的字数，不超过 200；0 表示按字号排")
	case len(p.Levels) != headings:
		return fmt.Errorf("levels 要写满 %d 级", headings)
	}
	for _, f := range append(slices.Clone(p.Levels), p.Title, p.Body, p.Cell, p.Head, p.Number) {
		if f.Font == "" || !between(5, 72, f.Size) || f.Line != 0 && !between(f.Size, 200, f.Line) {
			return errors.New("每种字体要写 font（名称）、size（5 到 72 磅）；line（行距，磅）不小于 size、不超过 200，0 表示字体自己的行距")
		}
	}
	return nil
}

// mostPaper is the longest side of a sheet, in millimetres.
const mostPaper = 1000

// between reports whether numbers are within limits; NaN, which TOML can write, is
// not.
func between(least, most float64, numbers ...float64) bool {
	for _, n := range numbers {
		if !(least <= n && n <= most) {
			return false
		}
	}
	return true
}

// headings is the number of levels of headings.
const headings = 4

// styleFault says where a style file is wrong, in words of our own: those of the library
// are English and name Go's types.
func styleFault(text []byte, err error) error {
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		bad = &unknown.Errors[0]
		return fmt.Errorf("样式文件%s：没有 %s 这一项。[letter]、[form]、[ledger] 里可以写 width height top bottom left right footer indent chars title body cell head page levels，字体里可以写 font size line bold", place(text, bad), strings.Join(bad.Key(), "."))
	case !errors.As(err, &bad):
		return errors.New("样式文件读不懂：请按 TOML 写，一行一项，像 width = 210")
	case toml.Unmarshal(text, new(map[string]any)) != nil:
		return fmt.Errorf("样式文件%s：不是 TOML 的写法。一行一项，像 width = 210；文字加英文引号，引号、等号、逗号和括号都用英文的，同一项只写一次", place(text, bad))
	}
	return fmt.Errorf("样式文件%s：%s 的值不是这一项要的。尺寸写数，不加引号；indent 和 chars 是整数；字体名加引号，[fallback] 里写成 [\"宋体\"]；title、body 等写成 { font = \"宋体\", size = 12 }", place(text, bad), cmp.Or(strings.Join(bad.Key(), "."), "这里"))
}

// place is the line and the column of a fault. The library counts bytes, people count
// characters.
func place(text []byte, fault *toml.DecodeError) string {
	row, column := fault.Position()
	if lines := bytes.Split(text, []byte("\n")); row >= 1 && row <= len(lines) {
		before := lines[row-1]
		column = utf8.RuneCount(before[:min(max(0, column-1), len(before))]) + 1
	}
	return fmt.Sprintf("第 %d 行第 %d 列", row, column)
}

// closer is how much closer letters of the body's size stand than their size, in
// twentieths of a point, so that a full line has so many; 0 where nothing is said.
func (p *Page) closer() int {
	if p.Chars == 0 {
		return 0
	}
	points := (p.Width - p.Left - p.Right) / 25.4 * 72
	return int(math.Floor((points/float64(p.Chars) - p.Body.Size) * 20))
}

// height is what a page has between its margins, in points.
func (p *Page) height() float64 { return (p.Height - p.Top - p.Bottom) / 25.4 * 72 }

// of returns the page of a layout.
func (st *Style) of(l Layout) *Page {
	switch l {
	case Letter:
		return &st.Letter
	case Ledger:
		return &st.Ledger
	}
	return &st.Form
}
