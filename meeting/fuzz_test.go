package meeting_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// bytesDice choose by the bytes of a fuzzer's input, and end with them.
type bytesDice struct{ rest []byte }

func (d *bytesDice) pick(n int) int {
	if len(d.rest) == 0 {
		return 0
	}
	b := int(d.rest[0])
	d.rest = d.rest[1:]
	return b % n
}

func FuzzDecide(f *testing.F) {
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0}, 200))
	f.Add(bytes.Repeat([]byte{7, 11, 13, 17, 19, 23, 29, 31}, 40))
	f.Add([]byte("会议记录: next next next seal open vote close unseal rate submit, and once more from the beginning"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d := &bytesDice{data[:min(len(data), 1000)]}
		p := newPlay(t, d)
		for len(d.rest) > 0 {
			p.turn(d)
		}
		p.publishedStays()
		p.mayAgrees()
	})
}

func FuzzDecode(f *testing.F) {
	for _, e := range filled() {
		body, _, blob, err := meeting.Encode(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body, blob)
	}
	h := seated(f, "seed-2017", preset.Ballot, nil)
	h.Opened("m05", "m06")
	f.Fuzz(func(t *testing.T, body, blob []byte) {
		e, err := meeting.Decode(body, blob)
		if err != nil {
			return
		}
		meeting.Apply(meeting.NewState(), e)
		meeting.Apply(h.State(), e)
		once, _, blob, err := meeting.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := meeting.Decode(once, blob)
		if err != nil {
			t.Fatalf("%s: %v", once, err)
		}
		if twice, _, _, err := meeting.Encode(back); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s, then %s, %v", once, twice, err)
		}
	})
}

func FuzzReadRoster(f *testing.F) {
	for _, text := range []string{
		"姓名,类别\n党员21,正式", "序号,姓 名,类别,编号,出生年月,党内职务\n1,党员21,正式,m21,2017.08,支部书记\n2,党员03,预备,,20170809,\n,,,,,",
		"名册\n\n姓名,类别,姓名,,电话\n党员21,团员,=1+1,\x1b,2017.13", "", "姓名,类别,入党时间\n党员21,群众,1990.1\n党员21,列席,2016-02-30",
		"姓名,正式党员,预备党员,不计入应到原因\n党员21,√,,无\n合计,1人\n第二小组\n一、预备党员（1人）\n党员22,,√,出国（2年）",
		"序号,姓名,党籍,,党内职务\n,,类别,入党时间,\n1,阿不都 • 外力,正式,2017-03,党总支副书记、教工第一党支部书记\n注：无",
	} {
		f.Add(text)
	}
	h := newHall(f, "seed-2017", nil, fifteen()...)
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for line := range strings.SplitSeq(text, "\n") {
			rows = append(rows, strings.Split(line, ","))
		}
		sheets := []meeting.Sheet{{Name: "第一组", Rows: rows, Hidden: []int{3}, Struck: []meeting.Cell{{Row: 4, Column: 1}}}, {Closed: true}}
		read := meeting.ReadRoster(h.State(), sheets, today)
		people, bad := read.People, read.Errors
		if (len(people) > 0) == (len(bad) > 0) {
			t.Fatalf("people %v and errors %v", people, bad)
		}
		for _, e := range slices.Concat(read.Notes, read.Skipped) {
			if e.Row < 0 || e.Row > len(rows)+1 || e.Code == "" {
				t.Errorf("where and what is %+v", e)
			}
		}
		for _, e := range bad {
			if e.Row < 0 || e.Row > len(rows)+1 || e.Code == "" {
				t.Errorf("where and what is %+v", e)
			}
		}
		if len(bad) > 0 {
			return
		}
		// What was read is what can be imported, and reading it again changes nothing.
		events, err := meeting.Decide(h.State(), meeting.Request{Do: meeting.ImportRoster{People: people, Yes: true}})
		if err != nil {
			t.Fatalf("%+v: %v", people, err)
		}
		s := h.State()
		for _, e := range events {
			s = meeting.Apply(s, e)
		}
		again := meeting.ReadRoster(s, sheets, today)
		if len(again.Errors) > 0 || !reflect.DeepEqual(again.People, people) || len(s.Changes(people)) > 0 {
			t.Errorf("%+v, then %+v", people, again)
		}
	})
}
