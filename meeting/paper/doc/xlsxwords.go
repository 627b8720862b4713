package doc

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// cellList is the most characters of a list that stands in the cell itself.
const cellList = 255

// choices give the cells of a column their words to choose from.
func (s *sheet) choices() error {
	if s.table == nil || s.record[1] < s.record[0] {
		return nil
	}
	for i, c := range s.table.Columns {
		if len(c.Words) == 0 {
			continue
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(at(i+1, s.record[0]) + ":" + at(i+1, s.record[1]))
		list.SetError(excelize.DataValidationErrorStyleStop, c.title(), "请从列表中选")
		all := strings.Join(c.Words, ",")
		if units(all) <= cellList && strings.Count(all, ",") == len(c.Words)-1 && !strings.Contains(all, `"`) {
			if err := list.SetDropList(c.Words); err != nil {
				return err
			}
		} else {
			list.SetSqrefDropList(s.book.list(c.Words))
		}
		if err := s.book.file.AddDataValidation(s.name, list); err != nil {
			return err
		}
	}
	return nil
}

// wordsSheet is the hidden sheet with the lists that no cell can hold.
const wordsSheet = "选项"

// list keeps a list and returns where it will stand.
func (b *workbook) list(words []string) string {
	i := slices.IndexFunc(b.lists, func(other []string) bool { return slices.Equal(other, words) })
	if i < 0 {
		i = len(b.lists)
		b.lists = append(b.lists, words)
	}
	return fmt.Sprintf("'%s'!%s:%s", b.free(wordsSheet), fixed(i+1, 1), fixed(i+1, len(words)))
}

// writeLists writes the hidden sheet, if it has a list.
func (b *workbook) writeLists() error {
	if len(b.lists) == 0 {
		return nil
	}
	name := b.free(wordsSheet)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	for i, words := range b.lists {
		for j, w := range words {
			if err := b.file.SetCellStr(name, at(i+1, j+1), w); err != nil {
				return err
			}
		}
	}
	return b.file.SetSheetVisible(name, false)
}
