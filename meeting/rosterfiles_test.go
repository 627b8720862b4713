package meeting_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/sheet"
)

// sheetsOf reads a file as the command line does.
func sheetsOf(t *testing.T, name string) []meeting.Sheet {
	t.Helper()
	data, err := os.ReadFile("testdata/rosters/" + name)
	tables, err := sheet.Read(name, must(t, data, err))
	var sheets []meeting.Sheet
	for _, table := range must(t, tables, err) {
		sh := meeting.Sheet{Name: table.Name, Closed: table.Unread, Rows: table.Rows, Hidden: table.Hidden, Veiled: table.Veiled}
		for _, f := range table.Faults {
			sh.Bad = append(sh.Bad, meeting.BadCell{Cell: meeting.Cell{Row: f.Row, Column: f.Column}, Value: f.Value, Code: meeting.RowCode(f.Code), Args: f.Args})
		}
		sheets = append(sheets, sh)
	}
	return sheets
}

// codesAt writes what was found, and where.
func codesAt(errs []meeting.RowError) string {
	var list []string
	for _, e := range errs {
		list = append(list, fmt.Sprintf("%d%s:%s", e.Row, e.Column, strings.TrimPrefix(string(e.Code), "roster.")))
	}
	return strings.Join(list, " ")
}

// entries writes what a roster says about people: number, name, kind and what else
// there is.
func entries(people []meeting.Member) string {
	var list []string
	for _, m := range people {
		words := []string{string(m.ID), m.Name, meeting.KindWord(m.Kind)}
		for _, w := range []string{m.PartyPost, m.Group, m.Born, m.Joined, m.Confirmed, m.NotCounted} {
			if w != "" {
				words = append(words, w)
			}
		}
		list = append(list, strings.Join(words, " "))
	}
	return strings.Join(list, ", ")
}

// The sheets that first users brought. A second file is imported after the first.
func TestSheetsAsOfficesHaveThem(t *testing.T) {
	three := "m01 党员01 正式 书记 2001-07-01, m02 党员02 正式 组织委员 2005-06-30, m03 党员03 预备 2024-12-01"
	type want struct{ people, errors, skipped, notes string }
	for name, w := range map[string]want{
		"01-notcounted-none-marks.xlsx": {errors: "3不计入应到原因:reason-unknown"},
		"02-partial-columns-1.csv":      {people: "m01 党员01 正式 书记 第一党小组 2001-07, m02 党员02 正式 组织委员 第一党小组 2002-07 长期病休"},
		"02-partial-columns-2.csv":      {people: "m01 党员01 正式 书记 第一党小组 2001-07, m02 党员02 正式 组织委员 第一党小组 2002-07 长期病休"},
		"08-same-names.csv":             {people: "m01 党员01 正式 书记, m02 同名甲 正式, m03 同名甲 正式, m04 党员04 正式"},
		"10-filtered-rows.xlsx": {
			people: three + ", m04 党员98 正式 1999-01-01, m05 党员99 正式 1999-01-01",
			notes:  "5姓名:hidden 6姓名:hidden",
		},
		"11-merged-group.xlsx": {people: "m01 党员01 正式 书记 第一党小组, m02 党员02 正式 第一党小组, m03 党员03 正式 第一党小组, " +
			"m04 党员04 正式 第二党小组, m05 党员05 正式 第二党小组, m06 党员06 正式 第二党小组"},
		"13-post-not-secretary-05.xlsx":    {people: "m01 党员01 正式 党总支副书记、教工第一党支部书记"},
		"14-interpunct-1.csv":              {people: "m01 阿不都·外力 正式", notes: "0:secretary-none"},
		"14-interpunct-2.csv":              {errors: "2编号:same-name 3编号:same-name"},
		"15-renumbered-2.csv":              {people: "1 党员甲 正式, 2 党员丙 正式", notes: "0:secretary-none"},
		"16-title-total-notes.xlsx":        {people: three, skipped: "7:skip-note 9:skip-note 10:skip-note"},
		"17-two-row-header.xlsx":           {people: three},
		"17c-extra-columns.xlsx":           {people: three, notes: "1身份证号码:column-unread 1联系电话:column-unread 1备注:column-unread"},
		"17e-tick-columns.xlsx":            {people: "m01 党员01 正式 书记, m02 党员02 预备"},
		"18-instructions-sheet-first.xlsx": {people: three, notes: "0:sheet-unread"},
		"19-rownumber-formula.xlsx":        {people: three},
		"20-true-dates-refused.xlsx":       {errors: "10入党时间:date-serial 13入党时间:date-serial"},
		"20d-excel-auto-month.csv":         {errors: "2入党时间:date-short 4入党时间:date-short"},
		"21-illogical-dates.xlsx": {
			people: "m01 党员01 预备 2010-01-01 1999-07-01 1998-07-01, m02 党员02 正式 2030-01-01 2031-07-01, m03 党员03 正式 1990-01-01 2020-07-01 2020-07-15",
			notes: "2入党时间:too-young 2转正时间:confirmed-early 2转正时间:confirmed-already 3出生年月:date-future 3入党时间:date-future " +
				"3入党时间:too-young 4转正时间:confirmed-early 0:secretary-none",
		},
		"22-nonsense-names.xlsx": {errors: "3姓名:name-odd 4姓名:name-odd 5姓名:name-odd 6姓名:name-missing", skipped: "7:skip-note"},
		"24-group-variants.xlsx": {
			people: "m01 党员01 正式 第一党小组, m02 党员02 正式 第1党小组, m03 党员03 正式 一组, m04 党员04 正式 第一党小组",
			notes:  "0:secretary-none 0党小组:groups-alike",
		},
		"28-private-use-name.xlsx": {errors: "2姓名:cell-private"},
		"30-placeholders.xlsx":     {people: "m01 党员01 正式 书记, m02 党员02 正式, m03 党员03 正式, m04 党员04 预备 2024-12"},
	} {
		t.Run(name, func(t *testing.T) {
			h := founded(t)
			if first := strings.Replace(name, "-2.csv", "-1.csv", 1); first != name {
				read := meeting.ReadRoster(h.State(), sheetsOf(t, first), today)
				h.Does(meeting.Keeper, meeting.ImportRoster{People: read.People})
			}
			read := meeting.ReadRoster(h.State(), sheetsOf(t, name), today)
			same(t, "people", entries(read.People), w.people)
			same(t, "errors", codesAt(read.Errors), w.errors)
			same(t, "skipped", codesAt(read.Skipped), w.skipped)
			same(t, "notes", codesAt(read.Notes), w.notes)
		})
	}
}

// Kinds of sheets that the files above do not have.
func TestSheetsOfOtherShapes(t *testing.T) {
	text := func(name, rows string) meeting.Sheet { return meeting.Sheet{Name: name, Rows: rowsOf(t, rows)} }
	for name, c := range map[string]struct {
		sheets                         []meeting.Sheet
		people, errors, skipped, notes string
	}{
		"groups in rows": {
			sheets:  []meeting.Sheet{text("", "序号,姓名,类别,党内职务\n第一党小组（2人）\n1,党员01,正式,书记\n2,党员02,预备,\n二、第二党小组\n1,党员03,正式,\n")},
			people:  "m01 党员01 正式 书记 第一党小组, m02 党员02 预备 第一党小组, m03 党员03 正式 第二党小组",
			skipped: "2:skip-section 5:skip-section",
		},
		"kinds in rows, groups inside": {
			sheets:  []meeting.Sheet{text("", "姓名,党内职务\n一、正式党员（2人）\n第一组\n党员01,书记\n第二组\n党员02,\n二、预备党员：1人\n党员03,\n合计,3人\n")},
			people:  "m01 党员01 正式 书记 第一组, m02 党员02 正式 第二组, m03 党员03 预备",
			skipped: "2:skip-section 3:skip-section 5:skip-section 7:skip-section 9:skip-note",
		},
		"people on several sheets": {
			sheets: []meeting.Sheet{
				text("填写说明", "姓名,必填\n其他,选填\n"), text("正式党员", "姓名,党内职务\n党员01,书记\n"),
				text("预备党员", "名册\n姓名,入党日期\n党员02,2025.12\n"),
				{Name: "旧表", Closed: true},
			},
			people: "m01 党员01 正式 书记, m02 党员02 预备 2025-12",
			notes:  "0:sheet-unread 0:sheet-hidden 0:sheet-taken 0:sheet-taken",
		},
		"the header again, and another order below it": {
			sheets:  []meeting.Sheet{text("", "姓名,类别,党内职务\n党员01,正式,书记\n姓 名,党内职务,类别\n党员02,组织委员,预备\n")},
			people:  "m01 党员01 正式 书记, m02 党员02 预备 组织委员",
			skipped: "3:skip-header",
		},
		"a second table with columns of its own": {
			sheets:  []meeting.Sheet{text("", "姓名,类别,,党内职务,备注\n党员01,正式,,书记,\n党员02,预备,,,病休\n列席人员\n姓名,,类别,,备注,手机\n列席01,,列席,,外聘,138\n")},
			people:  "m01 党员01 正式 书记, m02 党员02 预备, m03 列席01 列席",
			skipped: "4:skip-section 5:skip-header", notes: "1备注:column-unread 5手机:column-unread",
		},
		"headers with notes, and those of the national system": {
			sheets: []meeting.Sheet{text("", "*姓 名,人员类别（正式/预备）：,性别,加入党组织日期,转为正式党员日期,出生日期(如1990.05),政治面貌,党支部职务*\n党员01,正式党员,男,2001-07-01,2002-07-01,1970.05,中共党员,支部书记\n")},
			people: "m01 党员01 正式 书记 1970-05 2001-07-01 2002-07-01",
			notes:  "1政治面貌:column-unread",
		},
		"only a 政治面貌": {
			sheets: []meeting.Sheet{text("", "姓名,政治面貌,党内职务\n党员01,中共党员,书记\n党员02,中共预备党员,\n群众01,群众,\n")},
			people: "m01 党员01 正式 书记, m02 党员02 预备, m03 群众01 群众",
		},
		"a header of two rows without merged cells": {
			sheets: []meeting.Sheet{text("", "序号,姓名,类别,,党籍情况,,党内职务\n,,正式,预备,入党时间,转正时间,\n1,党员01,√,,2001.07,2002.07,书记\n2,党员02,,√,2025.12,,\n3,党员03,√,√,,,\n")},
			errors: "5类别:ticks-many",
		},
		"bad cells count where they are read": {
			sheets: []meeting.Sheet{{
				Rows: rowsOf(t, "序号,姓名,类别,党内职务\n,党员01,正式,书记\n,党员02,,\n合计,,,\n"),
				Bad: []meeting.BadCell{
					{Cell: meeting.Cell{Row: 2, Column: 1}, Code: "sheet.formula"},
					{Cell: meeting.Cell{Row: 3, Column: 3}, Code: "sheet.formula"},
					{Cell: meeting.Cell{Row: 4, Column: 3}, Code: "sheet.formula"},
					{Cell: meeting.Cell{Row: 3, Column: 9}, Code: "sheet.formula"},
				},
			}},
			errors: "3类别:sheet.formula", skipped: "4:skip-note",
		},
		"rows that are struck out, and rows without anybody": {
			sheets: []meeting.Sheet{{
				Rows:   rowsOf(t, "姓名,类别,党内职务,备注\n党员01,正式,书记,\n党员02,正式,,\n,,,见附件\n"),
				Struck: []meeting.Cell{{Row: 3, Column: 1}, {Row: 2, Column: 3}},
			}},
			people: "m01 党员01 正式 书记", skipped: "3:skip-struck 4:skip-nobody", notes: "1备注:column-unread",
		},
		"ticks that a program wrote": {
			sheets: []meeting.Sheet{text("", "姓名,正式党员,预备党员,党内职务\n党员01,1,0,书记\n党员02,FALSE,TRUE,\n")},
			people: "m01 党员01 正式 书记, m02 党员02 预备",
		},
		"names with signs beside them": {
			sheets: []meeting.Sheet{text("", "姓名,发展阶段,党内职务\n党员01（女）,正式党员,书记\n\"党员02、党员03\",正式,\n玛丽·居里,预备,\n")},
			people: "m01 党员01（女） 正式 书记, m02 党员02、党员03 正式, m03 玛丽·居里 预备",
			notes:  "2姓名:name-marked 3姓名:name-marked",
		},
		"a column that is hidden": {
			sheets: []meeting.Sheet{{Rows: rowsOf(t, "姓名,类别,党内职务,不计入应到原因,电话\n党员01,正式,书记,,1\n党员02,正式,,出国,2\n"), Veiled: []int{4, 5, 9}}},
			people: "m01 党员01 正式 书记, m02 党员02 正式 出国", notes: "1电话:column-unread 1不计入应到原因:column-hidden",
		},
		"a column without a header": {
			sheets: []meeting.Sheet{text("", "姓名,,类别\n党员01,教授,正式\n")},
			people: "m01 党员01 正式", notes: "1:head-missing 0:secretary-none",
		},
	} {
		t.Run(name, func(t *testing.T) {
			read := meeting.ReadRoster(founded(t).State(), c.sheets, today)
			same(t, "people", entries(read.People), c.people)
			same(t, "errors", codesAt(read.Errors), c.errors)
			same(t, "skipped", codesAt(read.Skipped), c.skipped)
			same(t, "notes", codesAt(read.Notes), c.notes)
		})
	}
}
