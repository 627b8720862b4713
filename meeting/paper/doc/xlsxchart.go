package doc

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// chartHeight is the height in points of a chart under its table.
const chartHeight = 200

// onePage reports whether the rows and a chart below them go on one page.
func (s *sheet) onePage() bool {
	p := s.book.page
	scale := min(1, s.book.room()/s.all())
	return (s.heightOf(len(s.rows))+chartHeight+2*p.Cell.high())*scale <= inches(p.Height-p.Top-p.Bottom)*72
}

// draw draws the chart of a table under the rows, over their whole width: bars, a
// place on the axis for each record. A chart on a sheet of its own fills the page.
func (s *sheet) draw() error {
	p, chart, from := s.book.page, s.drawn.table.Chart, s.drawn
	high := float64(chartHeight)
	if from != s {
		scale := min(1, s.book.room()/s.all())
		high = inches(p.Height-p.Top-p.Bottom)*72/scale - s.heightOf(len(s.rows)) - 3*p.Cell.high()
	}
	gap, no, letters := uint(60), false, excelize.Font{Family: p.Cell.Font, Size: p.Cell.Size, Color: "000000"}
	out := &excelize.Chart{
		Type: excelize.Col, GapWidth: &gap, VaryColors: &no,
		Format: excelize.GraphicOptions{AltText: chart.Title}, // for those who do not see it
		Legend: excelize.ChartLegend{Position: "bottom", Font: &letters},
		XAxis:  excelize.ChartAxis{Font: letters, TickLabelSkip: 1},
		YAxis:  excelize.ChartAxis{Font: letters, MajorGridLines: true},
	}
	if chart.Stacked {
		out.Type = excelize.ColStacked
	}
	if len(chart.Values) == 1 {
		out.Legend.Position = "none"
	}
	if from.table.few() {
		out.YAxis.MajorUnit = 1
	}
	if chart.Title != "" {
		out.Title.Paragraph = []excelize.RichTextRun{{Text: chart.Title, Font: &excelize.Font{Family: p.Head.Font, Size: p.Body.Size, Color: "000000"}}}
	}
	for _, column := range chart.Values {
		out.Series = append(out.Series, excelize.ChartSeries{
			Name:       from.refer(from.seriesName(chart, column)),
			Categories: from.refer(from.records(chart.Names)),
			Values:     from.refer(from.records(column)),
		})
	}
	return s.place(out, int(high/p.Cell.high()))
}

// few reports whether the bars of a table's chart are so short that their axis would
// count in halves.
func (t Table) few() bool {
	const most = 10
	for _, r := range t.Rows {
		sum := 0
		for _, i := range t.Chart.Values {
			if _, format := valued(r[i]); format == asRatio {
				return false
			}
			n, _ := r[i].(Number)
			sum += int(n)
		}
		if sum > most {
			return false
		}
	}
	return true
}

// place puts a chart on so many blank rows under the others. It ends with the last
// column and the last row: excelize finds them by pixels as it counts them.
func (s *sheet) place(chart *excelize.Chart, rows int) error {
	const unit = 8 // pixels
	line, top := s.book.page.Cell.high(), len(s.rows)+2
	for range rows + 1 {
		s.rows = append(s.rows, row{height: line})
	}
	for _, w := range s.widths {
		chart.Dimension.Width += uint(w*unit + 0.5)
	}
	chart.Dimension.Height = uint(float64(rows) * math.Ceil(line*4/3.4))
	return s.book.file.AddChart(s.name, at(1, top), chart)
}

// records are the cells of a column without head and total.
func (s *sheet) records(column int) string {
	return fixed(column+1, s.record[0]) + ":" + fixed(column+1, s.record[1])
}

// seriesName is the cell that names a series: the column's head, or its group where
// all the columns of the chart are from different ones (优秀 over 票).
func (s *sheet) seriesName(c *Chart, column int) string {
	t, groups := s.table, map[string]bool{}
	for _, i := range c.Values {
		groups[t.Columns[i].Group] = true
	}
	row, mine := s.head[1], t.Columns[column].Group
	switch {
	case mine == "":
		row = s.head[0]
	case len(groups) == len(c.Values):
		for row = s.head[0]; column > 0 && t.Columns[column-1].Group == mine; {
			column--
		}
	}
	return fixed(column+1, row)
}
