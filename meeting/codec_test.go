package meeting_test

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// fill gives everything that a fact can hold a value that is not its zero.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("甲\u00a0\"乙\"\n")
	case reflect.Int:
		v.SetInt(-7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(`["Single",{"x":1}]`))
			return
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte{0, 1, 0xff})
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0))
		fill(v.Index(1))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	default:
		panic("a fact holds a " + v.Kind().String())
	}
}

// filled are all facts there can be, full of values.
func filled() []meeting.Event {
	var events []meeting.Event
	for _, name := range slices.Sorted(maps.Keys(meeting.Kinds)) {
		p := reflect.New(reflect.TypeOf(meeting.Kinds[name]))
		fill(p.Elem())
		events = append(events, meeting.Event{By: "m03", At: time.Date(2017, 3, 20, 14, 0, 0, 123456789, time.UTC), Fact: p.Elem().Interface().(meeting.Fact)})
	}
	return events
}

func TestEveryFactComesBackAsItWas(t *testing.T) {
	for _, e := range filled() {
		body, _, blob, err := meeting.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := meeting.Decode(body, blob)
		if err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%s came back as %+v %v", body, back, err)
		}
	}
}

// Logs that were written once have to be read for ever.
func TestTheFormOfTheLogStays(t *testing.T) {
	same(t, "kinds", strings.Join(slices.Sorted(maps.Keys(meeting.Kinds)), " "),
		"absence-recorded acknowledged adjourned announced ballot-cast clock-extended clock-paused closed coarsened codes-issued counted criticised "+
			"feedback-given floor-asked floor-given floor-withdrawn floor-yielded founded item-ended item-left item-opened keys-joined line-added line-struck line-updated named noted opened outline-kept "+
			"paper-given pruned rated rating-submitted receipt-checked rehearsal-begun remarks-opened resolved responded roster-imported round-moved "+
			"scrutineers-named sealed self-criticised self-rated signed-in slips-entered unsealed voided")
	at := time.Date(2017, 3, 20, 22, 0, 10, 0, time.FixedZone("China", 8*3600))
	for want, f := range map[string]meeting.Fact{
		`{"kind":"signed-in","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"ID":"m05"}}`:                                                       meeting.SignedIn{ID: "m05"},
		`{"kind":"criticised","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"From":"m05","Of":"m03","Text":"会议偏多"}}`:                           meeting.Criticised{From: "m05", Of: "m03", Text: "会议偏多"},
		`{"kind":"ballot-cast","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Receipt":"abc"}}`:                                                meeting.BallotCast{Receipt: "abc", Ciphertext: []byte("sealed")},
		`{"kind":"resolved","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Text":"通过","Yes":7,"No":0,"Abstain":1}}`:                            meeting.Resolved{Text: "通过", Hands: meeting.Hands{Yes: 7, Abstain: 1}},
		`{"kind":"counted","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Sums":[[1,2,3,4]]}}`:                                                 meeting.Counted{Sums: [][]int{{1, 2, 3, 4}}},
		`{"kind":"rated","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"ID":"m01","Grade":"优秀","Reason":"","Over":false,"Away":false}}`:        meeting.Rated{ID: "m01", Grade: "优秀"},
		`{"kind":"scrutineers-named","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"IDs":["m05","m06"],"Hands":{"Yes":7,"No":0,"Abstain":0}}}`: meeting.ScrutineersNamed{IDs: ids("m05", "m06"), Hands: &meeting.Hands{Yes: 7}},
		`{"kind":"roster-imported","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"People":[{"ID":"m01","Name":"党员01","Kind":"formal"}]}}`:      meeting.RosterImported{People: []meeting.Member{{ID: "m01", Name: "党员01", Kind: meeting.Formal}}},
		`{"kind":"sealed","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Trustee":["Single",{}]}}`:                                             meeting.Sealed{Trustee: []byte(`["Single",{}]`)},
		`{"kind":"sealed","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Certificate":"e30="}}`:                                                meeting.Sealed{Certificate: []byte("{}")},
		`{"kind":"closed","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Tally":"AQ==","Mass":"Ag=="}}`:                                        meeting.Closed{Tally: []byte{1}, Mass: []byte{2}},
		`{"kind":"line-added","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Level":"个人","Of":"m01","Problem":"会议偏多","Source":"互评"}}`:          meeting.LineAdded{Level: meeting.LevelMember, Of: "m01", Problem: "会议偏多", Source: "互评"},
		`{"kind":"line-updated","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"No":1,"Progress":"已完成","Done":"2017-06-30"}}`:                   meeting.LineUpdated{No: 1, LineChange: meeting.LineChange{Progress: new(meeting.ProgressDone), Done: new("2017-06-30")}},
		`{"kind":"feedback-given","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"ID":"m01"}}`:                                                  meeting.FeedbackGiven{ID: "m01"},
		`{"kind":"outline-kept","by":"m05","at":"2017-03-20T14:00:10Z","fact":{}}`:                                                              meeting.OutlineKept{Text: "理论学习抓得不紧"},
		`{"kind":"remarks-opened","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Count":1}}`:                                                   meeting.CommentsOpened{Count: 1, Texts: map[meeting.MemberID][]string{"m01": {"会议偏多"}}},
		`{"kind":"slips-entered","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Returned":2,"Grades":{"m01":[1,1,0,0]}}}`:                      meeting.PaperEntered{PaperCount: meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{"m01": {1, 1, 0, 0}}}},
		`{"kind":"announced","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Level":"counts"}}`:                                                 meeting.ResultAnnounced{Level: preset.AnnounceCounts},
		`{"kind":"pruned","by":"m05","at":"2017-03-20T14:00:10Z","fact":{"Approval":"批复〔2017〕3 号"}}`:                                            meeting.CiphertextsPruned{Approval: "批复〔2017〕3 号"},
	} {
		body, _, blob, err := meeting.Encode(meeting.Event{By: "m05", At: at, Fact: f})
		same(t, "record", string(must(t, body, err)), want)
		apart := slices.Contains([]string{"ballot-cast", "remarks-opened", "outline-kept"}, meeting.KindOf(f))
		if apart != (len(blob) > 0) {
			t.Errorf("%s has a blob of %d bytes", body, len(blob))
		}
	}
}

func TestWhatIsNoEventIsNotRead(t *testing.T) {
	for _, body := range []string{
		"", "null", "{}", "[]", "x", `{"kind":"signed-in"}`, `{"kind":"signed-in","fact":"m05"}`, `{"kind":"signed-in","fact":{"ID":5}}`,
		`{"kind":"dance","fact":{}}`, `{"kind":"signed-in","at":"yesterday","fact":{"ID":"m05"}}`, `{"kind":"signed-in","fact":{"ID":"m05"}`,
		`{"kind":"closed","fact":{"Tally":"not base64!"}}`, `{"kind":"remarks-opened","fact":{"Count":"many"}}`,
	} {
		if e, err := meeting.Decode([]byte(body), nil); !errors.Is(err, meeting.ErrRecord) {
			t.Errorf("%s is read as %+v, %v", body, e, err)
		}
	}
}

// After the approval ciphertexts are removed: the rest of the meeting stays.
func TestAPrunedLogKeepsTheResult(t *testing.T) {
	h := five(t, nil)
	h.Counted(map[meeting.MemberID][]int{"m03": {0}, "m04": {1}, "m05": {1}, "m14": {0}, "m15": {1}})
	pruned := meeting.NewState()
	for _, c := range h.State().Chronicle.Forward() {
		body, _, _, err := meeting.Encode(c.Event)
		back, err2 := meeting.Decode(must(t, body, err), nil)
		pruned = meeting.Apply(pruned, must(t, back, err2))
	}
	was, is := h.State().Vote(), pruned.Vote()
	same(t, "the count", []any{is.State, is.Sums, is.Board(), is.Missing()}, []any{was.State, was.Sums, was.Board(), was.Missing()})
	same(t, "ballots", []int{len(was.Ballots()), len(is.Ballots())}, []int{5, 0})
	got, no := pruned.Histogram("m03")
	want, _ := h.State().Histogram("m03")
	same(t, "histogram", []any{got, no == nil}, []any{want, true})
}

// A foreign log may be wrong, but it does not bring the server down.
func TestFactsThatDoNotFitChangeNothing(t *testing.T) {
	states := []*meeting.State{meeting.NewState(), newHall(t, "seed-2017", nil).State(), seated(t, "regulation-2018", preset.Criticism, nil).State()}
	h := five(t, func(r *preset.Rules) { r.Vote.MinBallots = 1 })
	for _, state := range []func(){
		func() { h.Sealed("m03", "m04") }, h.Opens,
		func() { h.Casts("m05", qualified) }, func() { h.Does("m03", meeting.CloseBox{}) }, h.Unsealed,
	} {
		state()
		states = append(states, h.State())
	}
	for i, s := range states {
		before := meetingtest.Dump(s)
		for _, e := range filled() {
			for _, e := range []meeting.Event{e, {Fact: meeting.Kinds[meeting.KindOf(e.Fact)]}} {
				meeting.Apply(s, e)
			}
		}
		if meetingtest.Dump(s) != before {
			t.Errorf("state %d was changed", i)
		}
	}
	founded := meeting.Apply(meeting.NewState(), meeting.Event{Fact: meeting.SignedIn{ID: "m01"}})
	same(t, "before there is a branch", []any{len(founded.Attendance), founded.Chronicle.Len()}, []any{0, 1})
}
