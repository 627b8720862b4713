package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Form is a table as it is written: a header, rows, and lists to choose from.
type Form struct {
	Name    string // of its sheet
	Columns []FormColumn
	Rows    [][]string
	Guide   []string // the lines of a second sheet; none without them
	GuideAs string   // the name of the second sheet
}

// FormColumn is a column of a form.
type FormColumn struct {
	Header  string
	Choices []string // what may be chosen
	Open    bool     // anything else may be written too
}

// formRows is how many rows of a form have their lists.
const formRows = 500

// CSV returns the form as csv in UTF-8, with the mark at its beginning by which
// spreadsheet programs in China know it.
func (f Form) CSV() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	err := errors.Join(w.Write(f.headers()), w.WriteAll(f.Rows)) // WriteAll flushes
	return b.Bytes(), err
}

func (f Form) headers() []string {
	list := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		list[i] = c.Header
	}
	return list
}

// Workbook returns the form as xlsx. Every cell is text, so that no program makes
// another date or number of what is typed.
func (f Form) Workbook() ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	err := errors.Join(book.SetSheetName("Sheet1", f.Name), f.fill(book))
	if err == nil && len(f.Guide) > 0 {
		err = f.guide(book)
	}
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = book.Write(&b)
	return b.Bytes(), err
}

func (f Form) fill(book *excelize.File) error {
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	head, err := book.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}})
	if err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(f.Columns))
	if err != nil {
		return err
	}
	err = errors.Join(
		book.SetColStyle(f.Name, "A:"+last, text), book.SetColWidth(f.Name, "A", last, 13),
		book.SetCellStyle(f.Name, "A1", last+"1", head),
		book.SetPanes(f.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
	)
	for i, row := range append([][]string{f.headers()}, f.Rows...) {
		for j, cell := range row {
			if cell == "" {
				continue
			}
			at, bad := excelize.CoordinatesToCellName(j+1, i+1)
			err = errors.Join(err, bad, book.SetCellStr(f.Name, at, cell))
		}
	}
	for i, c := range f.Columns {
		if len(c.Choices) > 0 {
			err = errors.Join(err, f.choose(book, i+1, c))
		}
	}
	return err
}

// choose gives a column its list.
func (f Form) choose(book *excelize.File, column int, c FormColumn) error {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return err
	}
	list := excelize.NewDataValidation(true)
	list.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, formRows+1))
	list.ShowErrorMessage = !c.Open
	if err := list.SetDropList(c.Choices); err != nil {
		return err
	}
	return book.AddDataValidation(f.Name, list)
}

func (f Form) guide(book *excelize.File) error {
	if _, err := book.NewSheet(f.GuideAs); err != nil {
		return err
	}
	err := book.SetColWidth(f.GuideAs, "A", "A", 100)
	for i, line := range f.Guide {
		at, bad := excelize.CoordinatesToCellName(1, i+1)
		err = errors.Join(err, bad, book.SetCellStr(f.GuideAs, at, line))
	}
	return err
}
