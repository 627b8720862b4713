package doc

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheet is a sheet on its way to Excel. It is laid out row by row, then written in
// one go.
type sheet struct {
	book   *workbook
	name   string
	table  *Table    // nil for none
	widths []float64 // of the columns, in units
	rows   []row
	merged [][2]string // the corners of merged cells
	head   [2]int      // the first and the last row of the table's head, 0 for none
	record [2]int      // the first and the last row of its records, without the total
	drawn  *sheet      // whose table's chart stands under the rows; nil for none
}

// row is a row of a sheet.
type row struct {
	height float64 // points
	cells  []any
}

// lay lays out the rows: title, unit, what stands above the table, the table, what
// stands below.
func (s *sheet) lay(d Document, p leaf) {
	page := s.book.page
	s.wide(d.Heading(), page.Title, "center")
	unit := d.Unit
	if d.Signed() {
		unit += "（盖章）"
	}
	if line := strings.Trim(unit+"　　"+d.Day, "　"); line != "" {
		s.wide(line, page.Body, "center")
	}
	for _, b := range p.above {
		s.block(b)
	}
	if p.table != nil {
		s.tabled(*p.table, d.Title)
	}
	for _, b := range p.below {
		s.block(b)
	}
}

// block lays out what is no table.
func (s *sheet) block(b Block) {
	body := s.book.page.Body
	switch x := b.(type) {
	case Heading:
		s.wide(x.Text, s.book.page.Levels[max(1, min(headings, x.Level))-1], "left")
	case Paragraph:
		text := x.Text
		if x.Lead != "" {
			text = x.Lead + "：" + text
		}
		s.wide(text, body, "left")
	case Addressee:
		s.wide(string(x)+"：", body, "left")
	case Attachments:
		for i, a := range x {
			s.wide(fmt.Sprintf("附件 %d：%s", i+1, a), body, "left")
		}
	case Closing:
		s.wide(x.Unit, body, "right")
		s.wide(x.Day, body, "right")
	case Fields:
		s.fields(x)
	case Boxes:
		for _, boxes := range x {
			for _, box := range boxes {
				s.fields(Fields{{Name: box.Name, Value: box.Value}})
				s.signatures(box.Signs)
			}
		}
	case Signatures:
		s.signatures(x)
	}
}

// fields lays out named facts, as many on a line as it holds.
func (s *sheet) fields(list Fields) {
	const gap = "　　"
	body, line := s.book.page.Body, ""
	for _, f := range list {
		text := f.Name + "：" + f.Value.String()
		if line != "" && (strings.Contains(line+text, "\n") || ems(line+gap+text) > s.roomOf(s.all(), body)) {
			s.wide(line, body, "left")
			line = ""
		}
		if line != "" {
			line += gap
		}
		line += text
	}
	if line != "" {
		s.wide(line, body, "left")
	}
}

// signHeight is the least height in points of a line to sign on.
const signHeight = 30

func (s *sheet) signatures(list []Signature) {
	for _, x := range list {
		s.wide(x.line(), s.book.page.Body, "left")
		s.rows[len(s.rows)-1].height = max(signHeight, s.rows[len(s.rows)-1].height)
	}
}

// wide lays out a text over the whole width, in several rows where it is long.
func (s *sheet) wide(text string, f Face, side string) {
	style := s.book.style(look{face: f, side: side})
	for _, p := range pieces(text, f, s.roomOf(s.all(), f)) {
		cells := make([]any, len(s.widths))
		for i := range cells {
			cells[i] = excelize.Cell{StyleID: style}
		}
		cells[0] = excelize.Cell{StyleID: style, Value: p.text}
		s.put(p.lines, f, cells)
		s.merge(1, len(s.rows), len(s.widths), len(s.rows))
	}
}

// put adds a row of so many lines.
func (s *sheet) put(lines int, f Face, cells []any) {
	s.rows = append(s.rows, row{min(cellHeight, float64(lines)*f.high()+cellMargin), cells})
}

// merge makes one cell of several.
func (s *sheet) merge(left, top, right, bottom int) {
	if left != right || top != bottom {
		s.merged = append(s.merged, [2]string{at(left, top), at(right, bottom)})
	}
}

// all is the width of the columns together.
func (s *sheet) all() float64 {
	sum := 0.0
	for _, w := range s.widths {
		sum += w
	}
	return sum
}

// roomOf is how many Chinese characters of a face stand on a line of a cell so many
// units wide: less than there are, as no mark may begin a line.
func (s *sheet) roomOf(width float64, f Face) float64 {
	const sides = 5 * pixel
	return (width*s.book.unit()-sides)/f.Size - 0.4
}

// at is the name of a cell; both numbers begin with 1.
func at(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

// fixed is the name of a cell for formulas: $A$1.
func fixed(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row, true)
	return name
}

// refer names cells of the sheet for formulas.
func (s *sheet) refer(cells string) string {
	return "'" + strings.ReplaceAll(s.name, "'", "''") + "'!" + cells
}

// write writes the sheet. The order is excelize's: the page before the rows, the
// widths before the chart.
func (s *sheet) write() error {
	if err := s.begin(); err != nil {
		return err
	}
	all := "A1:" + at(len(s.widths), len(s.rows))
	err := errors.Join(s.paper(), s.choices(), s.book.file.SetSheetDimension(s.name, all),
		s.book.file.AddIgnoredErrors(s.name, all, excelize.IgnoredErrorsNumberStoredAsText)) // no green corners on student numbers
	out, bad := s.book.file.NewStreamWriter(s.name)
	if bad != nil {
		return errors.Join(err, bad)
	}
	for i, w := range s.widths {
		err = errors.Join(err, out.SetColWidth(i+1, i+1, w))
	}
	if s.head[1] > 0 && s.heightOf(s.head[1]) <= frozenHeight {
		err = errors.Join(err, out.SetPanes(&excelize.Panes{Freeze: true, YSplit: s.head[1], TopLeftCell: at(1, s.head[1]+1), ActivePane: "bottomLeft"}))
	}
	if s.drawn != nil {
		err = errors.Join(err, s.draw())
	}
	for i, r := range s.rows {
		err = errors.Join(err, out.SetRow(at(1, i+1), r.cells, excelize.RowOpts{Height: r.height}))
	}
	for _, m := range s.merged {
		err = errors.Join(err, out.MergeCell(m[0], m[1]))
	}
	return errors.Join(err, out.Flush(), s.names())
}

// frozenHeight is the most points that stay when one rolls down: more would leave
// no place for the table on a small screen.
const frozenHeight = 280

// heightOf is the height of the first so many rows in points.
func (s *sheet) heightOf(rows int) float64 {
	sum := 0.0
	for _, r := range s.rows[:rows] {
		sum += r.height
	}
	return sum
}

// begin makes the sheet in the file.
func (s *sheet) begin() error {
	if s == s.book.sheets[0] {
		return s.book.file.SetSheetName("Sheet1", s.name)
	}
	_, err := s.book.file.NewSheet(s.name)
	return err
}

// paper sets the page: as wide as the sheet is, as many below each other as it needs.
func (s *sheet) paper() error {
	p, file := s.book.page, s.book.file
	yes, side, wide, high, line := true, "portrait", 1, 0, s.book.page.Cell.high()
	if p.Width > p.Height {
		side = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Orientation: &side, FitToWidth: &wide, FitToHeight: &high}
	if size, is := paperSizes[[2]float64{min(p.Width, p.Height), max(p.Width, p.Height)}]; is {
		layout.Size = &size
	}
	margin := func(mm float64) *float64 { x := math.Round(inches(mm)*1000) / 1000; return &x }
	footer := fmt.Sprintf(`&C&"%s,Regular"&%.0f第 &P 页，共 &N 页`, strings.NewReplacer(`"`, "", "&", "").Replace(p.Number.Font), p.Number.Size)
	return errors.Join(
		file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes, DefaultRowHeight: &line, CustomHeight: &yes}),
		file.SetPageLayout(s.name, layout),
		file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
			Top: margin(p.Top), Bottom: margin(p.Bottom), Left: margin(p.Left), Right: margin(p.Right),
			Header: margin(p.Top / 2), Footer: margin(p.Footer), Horizontally: &yes,
		}),
		file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: footer}),
	)
}

// paperSizes are Excel's numbers of papers by their sides in millimetres.
var paperSizes = map[[2]float64]int{{297, 420}: 8, {210, 297}: 9, {148, 210}: 11}

// names names what is printed, and the head that is printed on every page.
func (s *sheet) names() error {
	err := s.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.name, RefersTo: s.refer(fixed(1, 1) + ":" + fixed(len(s.widths), len(s.rows))),
	})
	if s.head[1] == 0 {
		return err
	}
	return errors.Join(err, s.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: s.refer(fmt.Sprintf("$%d:$%d", s.head[0], s.head[1])),
	}))
}
