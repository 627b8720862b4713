package ssh

import (
	"bytes"
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// writeConduct writes a record of daily conduct as any other, or takes a table of
// it: csv or xlsx, with a column of 姓名 or 编号, all rows or none.
func writeConduct(c *call) (answer, error) {
	f := formNamed("conduct")
	no, err := c.recordNo(f, c.args[0])
	if err != nil {
		return answer{}, err
	}
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	if text := bytes.TrimSpace(data); len(text) == 0 || text[0] == '{' {
		c.in = bytes.NewReader(data)
		return c.writeRecord(f, no)
	}
	if no > 0 {
		return answer{}, c.misused()
	}
	if no := c.state().MayWrite(c.who, meeting.Record{Form: f.Name}); no != nil {
		return answer{}, no
	}
	tables, err := sheet.Read("", data)
	if err != nil {
		return answer{}, err
	}
	sheets, faults := sheetsOf(tables)
	read := meeting.ReadConduct(c.state(), sheets)
	if faults = append(faults, read.Errors...); len(faults) > 0 {
		return answer{}, sentence(draw.Clean(fmt.Sprintf("表里有 %d 处不对，一行也没有记下：%s。", len(faults), sayRows(faults))))
	}
	if err := c.act(meeting.ImportConduct{Rows: read.Rows}); err != nil {
		return answer{}, err
	}
	a, err := c.listRecords(f)
	a.text = fmt.Sprintf("已记下 %d 名党员的情况。", len(read.Rows))
	if len(read.Skipped) > 0 {
		a.text += "没有读：" + draw.Clean(sayRows(read.Skipped)) + "。"
	}
	return a, err
}

// sheetsOf turns tables into sheets. Faults that cut a table off are told apart
// from those of its cells.
func sheetsOf(tables []sheet.Table) (sheets []meeting.Sheet, faults []meeting.RowError) {
	for _, t := range tables {
		sh := meeting.Sheet{Name: t.Name, Closed: t.Unread, Rows: t.Rows}
		for _, c := range t.Struck {
			sh.Struck = append(sh.Struck, meeting.Cell(c))
		}
		for _, f := range t.Faults {
			code := meeting.RowCode(f.Code)
			if f.OfCell() {
				sh.Bad = append(sh.Bad, meeting.BadCell{Cell: meeting.Cell{Row: f.Row, Column: f.Column}, Value: f.Value, Code: code, Args: f.Args})
				continue
			}
			faults = append(faults, meeting.RowError{Sheet: t.Name, Row: f.Row, Value: f.Value, Code: code, Args: f.Args})
		}
		sheets = append(sheets, sh)
	}
	return sheets, faults
}

// sayRows says what is wrong, or was left out, with the row and the column of each.
func sayRows(rows []meeting.RowError) string {
	var list []string
	for _, e := range rows {
		place := ""
		if e.Sheet != "" {
			place = "工作表「" + e.Sheet + "」"
		}
		if e.Row > 0 {
			place += fmt.Sprintf("第 %d 行", e.Row)
		}
		if e.Column != "" {
			place += " " + e.Column
		}
		if e.Value != "" {
			place += "“" + e.Value + "”"
		}
		list = append(list, place+"："+strings.TrimSuffix(tui.Chinese().Say(e), "。"))
	}
	return strings.Join(list, "；")
}
