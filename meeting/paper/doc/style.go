package doc

import (
	"bytes"
	_ "embed" // style.toml
	"errors"
	"fmt"
	"math"
	"slices"

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
// error names line and key.
func NewStyle(text []byte) (*Style, error) {
	st := new(Style)
	for _, t := range [][]byte{houseStyle, text} {
		from := toml.NewDecoder(bytes.NewReader(t)).DisallowUnknownFields()
		if err := from.Decode(st); err != nil {
			return nil, styleFault(err)
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

// styleFault says where a style file is wrong.
func styleFault(err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		row, _ := unknown.Errors[0].Position()
		return fmt.Errorf("样式文件第 %d 行：没有 %q 这一项", row, unknown.Errors[0].Key())
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		row, _ := bad.Position()
		return fmt.Errorf("样式文件第 %d 行写得不对：%w", row, bad)
	}
	return fmt.Errorf("样式文件读不懂：%w", err)
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
