package org_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/meeting/preset"
)

const noticeText = `
year = 2016
title = "某通知"

[[dates]]
step = "plan"
from = 2017-03-13
to = "2017-03-16"

[[dates]]
step = "meeting"
to = 2017-03-23

[[months]]
month = "2017-02"
topics = ["党章", "准则"]
hours = 4

[assess]
total = 10

[[indicators]]
id = "1"
group = "学习"
text = "按月学习"
points = 10
months = [2]
`

func notice(t *testing.T) org.Year {
	t.Helper()
	y, err := org.ReadYear([]byte("\ufeff" + noticeText))
	if err != nil {
		t.Fatal(err)
	}
	return *y
}

func TestAYearSaysUntilWhenAStepIsToBeDone(t *testing.T) {
	y := notice(t)
	for step, want := range map[string]string{"plan": "2017-03-16", "meeting": "2017-03-23", "report": ""} {
		if got := y.Due(meeting.StepName(step)); got != want {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
	if got := (*org.Year)(nil).Due("plan"); got != "" {
		t.Errorf("no year sets %q", got)
	}
}

// The dates of one year are not those of a branch that is in another.
func TestTheDatesOfAYearAreForItsBranches(t *testing.T) {
	y := notice(t)
	for _, rules := range []*preset.Rules{nil, {Year: y.Year - 1}, {Year: y.Year}, {Year: y.Year + 1}} {
		want := ""
		if rules != nil && rules.Year == y.Year {
			want = "2017-03-16"
		}
		if got := y.For(&meeting.State{Rules: rules}).Due("plan"); got != want {
			t.Errorf("%+v: %q, want %q", rules, got, want)
		}
	}
}

// Everything that is wrong with a file is said at once, with its lines.
func TestAFileOfTheYearIsChecked(t *testing.T) {
	for old, c := range map[string]struct{ text, want string }{
		"":                       {"", "0  org.file-empty []"},
		"year = 2016":            {`year = 16`, "2 year preset.number-bad [16 1900 2200]"},
		"= 2016":                 {"= 0", "2 year preset.number-bad [0 1900 2200]"},
		"year = 2016\n":          {"", "0 year preset.missing []"},
		"points = 10\n":          {"", "22 indicators[1].points preset.missing []"},
		`title = "某通知"`:          {"", "0 title preset.missing []"},
		`step = "plan"`:          {`step = "tea"`, "6 dates[1].step preset.word-unknown"},
		`to = "2017-03-16"`:      {`to = "2017-02-30"`, "8 dates[1].to org.day-bad [2017-02-30]"},
		"to = 2017-03-23":        {`to = "soon"`, "12 dates[2].to org.day-bad [soon]"},
		"to = 2017-03-23\n":      {"to = 2017-02-30 # 月底\n", "12  preset.not-day [2017-02-30]"},
		"from = 2017-03-13\n":    {"from = 2017-3-13\n", "7  preset.not-day [2017-3-13]"},
		"from = 2017-03-13":      {"from = 2017-03-17", "8 dates[1].to org.days-backwards [2017-03-17]"},
		`step = "meeting"`:       {`step = "plan"`, "11 dates[2].step preset.word-twice [plan]"},
		`month = "2017-02"`:      {`month = "二月"`, "15 months[1].month org.month-bad [二月]"},
		`topics = ["党章", "准则"]`:  {`topics = []`, "16 months[1].topics preset.missing []"},
		"hours = 4":              {`hours = "4"`, "17 months[1].hours preset.want-number []"},
		"total = 10\n":           {"total = 10\noutcomes = [\"表扬\", \"表扬\", \"\"]\n", "21 assess.outcomes[2] preset.word-twice"},
		"points = 10":            {"points = 9", "22 indicators preset.points-sum [10 9]"},
		`text = "按月学习"`:          {`text = "按月` + "\x1b" + `学习"`, "25 "},
		"months = [2]":           {"months = [13]", "27 indicators[1].months[1] preset.number-bad [13 1 12]"},
		`id = "1"`:               {`name = "1"`, "23 indicators[1].name preset.key-unknown"},
		"total = 10":             {"totals = 10", "20 assess.totals preset.key-unknown"},
		"[[months]]":             {"[months]", "14 months preset.want-list []"},
		"[assess]\ntotal = 10\n": {"", "indicators preset.points-sum [100 10]"},
	} {
		text := strings.Replace(noticeText, old, c.text, 1)
		if old == "" {
			text = " \n"
		}
		_, err := org.ReadYear([]byte(text))
		var wrong *preset.Error
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		var said []string
		for _, f := range wrong.Faults {
			said = append(said, fmt.Sprint(f.Line, " ", f.Key, " ", f.Code, " ", f.Args))
		}
		if !strings.Contains(strings.Join(said, "\n"), c.want) {
			t.Errorf("%s: %q, want %q", c.text, said, c.want)
		}
	}
}

func TestAYearThatContradictsItselfIsRefused(t *testing.T) {
	p := year(t)
	bad := notice(t)
	bad.Dates[0].To = "2017-03-12"
	var wrong *preset.Error
	if _, err := org.Decide(p.s, org.Request{At: spring, Do: org.SetYear{Year: bad}}); !errors.As(err, &wrong) {
		t.Errorf("%v", err)
	}
}
