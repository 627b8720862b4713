package doc

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// xlsx writes a document for Excel: its first table on the first sheet with all that
// is no table above and below it, each further table on a sheet of its own.
// xlsxsheet.go lays a sheet out and writes it, xlsxtable.go has the tables,
// xlsxtext.go the lines of texts, xlsxchart.go the charts, xlsxwords.go the lists of
// words that may be filled in.
func (st *Style) xlsx(d Document) ([]byte, error) {
	b := &workbook{st: st, page: st.of(d.Layout), file: excelize.NewFile(), looks: map[look]int{}}
	defer b.file.Close()
	b.plainFont()
	for _, p := range d.leaves() {
		b.add(d, p)
	}
	for _, s := range b.sheets {
		b.fail(s.write())
	}
	b.fail(b.writeLists())
	if b.err != nil {
		return nil, b.err
	}
	return b.packed(d)
}

// workbook is a document on its way to Excel.
type workbook struct {
	st     *Style
	page   *Page
	file   *excelize.File
	looks  map[look]int // the number of each look among the styles of the file
	sheets []*sheet
	lists  [][]string // of words too many for a cell's own list, a column each
	err    error
}

func (b *workbook) fail(err error) { b.err = errors.Join(b.err, err) }

// leaf is what stands on one sheet.
type leaf struct {
	above []Block
	table *Table // nil for none
	below []Block
}

// leaves divide a document into sheets. Headings right before a further table go
// with it.
func (d Document) leaves() []leaf {
	first, more := leaf{}, []leaf{}
	for _, block := range d.Blocks {
		t, is := block.(Table)
		switch {
		case is && len(t.Columns) == 0:
		case is && first.table == nil:
			first.table = &t
		case is:
			n := len(first.below)
			for n > 0 && isHeading(first.below[n-1]) {
				n--
			}
			more = append(more, leaf{above: first.below[n:], table: &t})
			first.below = slices.Clip(first.below[:n])
		case first.table == nil:
			first.above = append(first.above, block)
		default:
			first.below = append(first.below, block)
		}
	}
	return append([]leaf{first}, more...)
}

func isHeading(b Block) bool { _, is := b.(Heading); return is }

// add lays out a sheet, and one for its chart where both do not go on one page.
func (b *workbook) add(d Document, p leaf) {
	name := "表" + number(len(b.sheets)+1)
	switch {
	case p.table != nil && p.table.Title != "":
		name = p.table.Title
	case len(b.sheets) == 0 && d.Title != "":
		name = d.Title
	}
	s := &sheet{book: b, name: b.free(name), table: p.table, widths: b.columns(p.table)}
	s.lay(d, p)
	b.sheets = append(b.sheets, s)
	if p.table == nil || p.table.Chart == nil || len(p.table.Rows) == 0 {
		return
	}
	if s.drawn = s; !s.onePage() {
		s.drawn = nil
		title := cmp.Or(p.table.Chart.Title, name)
		own := &sheet{book: b, name: b.free("图 " + title), drawn: s, widths: s.widths}
		own.lay(d, leaf{})
		b.sheets = append(b.sheets, own)
	}
}

// sheetName is the most characters of a sheet's name.
const sheetName = 31

// free makes a name that Excel takes for a sheet and that no other sheet has.
func (b *workbook) free(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return '-'
		}
		return r
	}, name)
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = "（" + number(n) + "）"
		}
		try := strings.Trim(first(name, sheetName-units(end)), " '") + end
		if try == "" {
			try = "表" + end
		}
		if !slices.ContainsFunc(b.sheets, func(s *sheet) bool { return strings.EqualFold(s.name, try) }) {
			return try
		}
	}
}

func number(n int) string { return Number(n).String() }

// look is how a cell looks.
type look struct {
	face   Face
	side   string // left, center or right
	top    bool   // else in the middle
	framed bool
	format string // of its value; "" for any
}

// style returns the number of a look.
func (b *workbook) style(l look) int {
	if n, is := b.looks[l]; is {
		return n
	}
	chinese := 134 // the character set, by which Excel chooses another font where this one is missing
	s := &excelize.Style{
		Font:      &excelize.Font{Family: l.face.Font, Size: l.face.Size, Bold: l.face.Bold, Charset: &chinese},
		Alignment: &excelize.Alignment{Horizontal: l.side, Vertical: "center", WrapText: true},
	}
	if l.top {
		s.Alignment.Vertical = "top"
	}
	switch l.format {
	case "":
	case asText:
		s.NumFmt = 49
	case asCount:
		s.NumFmt = 1
	default:
		s.CustomNumFmt = &l.format
	}
	if l.framed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	n, err := b.file.NewStyle(s)
	b.fail(err)
	b.looks[l] = n
	return n
}

// plainFont makes the type of cells that of the whole file: the width of its figures
// is what Excel counts the width of columns in.
func (b *workbook) plainFont() {
	b.fail(b.file.SetDefaultFont(b.page.Cell.Font))
	font := b.file.Styles.Fonts.Font[0]
	*font.Sz.Val = b.page.Cell.Size
}

// pixel is a pixel of Excel in points.
const pixel = 0.75

// unit is the width of a figure of the file's font in points: half a Chinese
// character, in whole pixels.
func (b *workbook) unit() float64 { return math.Round(b.page.Cell.Size/2/pixel) * pixel }

// room is the width of a page between its margins in units.
func (b *workbook) room() float64 {
	return inches(b.page.Width-b.page.Left-b.page.Right) * 72 / b.unit()
}

func inches(mm float64) float64 { return mm / 25.4 }

// packed returns the file's bytes. excelize writes some parts in the order of a map
// and with a clock of its own: here they are sorted, and the properties those of the
// document.
func (b *workbook) packed(d Document) ([]byte, error) {
	c := new(parts)
	if _, err := b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return c }).WriteToBuffer(); err != nil {
		return nil, err
	}
	list := make([]Part, len(c.names))
	for i, name := range c.names {
		list[i] = Part{name, []byte(c.texts[i].String())}
		switch name {
		case typesPart:
			list[i].Data = sorted(list[i].Data)
		case "docProps/core.xml":
			list[i].Data = coreProperties(d)
		case "docProps/app.xml":
			list[i].Data = []byte(excelApp)
		}
	}
	slices.SortFunc(list, func(a, b Part) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Name, b.Name)) })
	return Zip(list)
}

const (
	typesPart = "[Content_Types].xml"
	excelApp  = xml.Header + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>pingyi</Application></Properties>`
)

// rank says what comes first in a package: what is in it, then where it begins.
func rank(p Part) int {
	switch p.Name {
	case typesPart:
		return 0
	case "_rels/.rels":
		return 1
	}
	return 2
}

// contentType is an element of the list of content types.
var contentType = regexp.MustCompile(`<(Default|Override) [^>]*>(</(Default|Override)>)?`)

// sorted sorts a list of content types.
func sorted(types []byte) []byte {
	var list []string
	i := 0
	contentType.ReplaceAllFunc(types, func(t []byte) []byte { list = append(list, string(t)); return nil })
	slices.Sort(list)
	return contentType.ReplaceAllFunc(types, func([]byte) []byte { i++; return []byte(list[i-1]) })
}

// parts takes what excelize would zip.
type parts struct {
	names []string
	texts []*strings.Builder
}

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	p.names, p.texts = append(p.names, name), append(p.texts, new(strings.Builder))
	return p.texts[len(p.texts)-1], nil
}

// AddFS is of no use here.
func (p *parts) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close does nothing.
func (p *parts) Close() error { return nil }
