package meeting_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
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
		events = append(events, meeting.Event{ID: "r1", By: "m03", At: time.Date(2017, 3, 20, 14, 0, 0, 123456789, time.UTC), Fact: p.Elem().Interface().(meeting.Fact)})
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

// Logs that were written once have to be read for ever: a line may be added to
// the file of facts as they are stored, and none may change.
func TestTheFormOfTheLogStays(t *testing.T) {
	text, err := os.ReadFile("testdata/facts.jsonl")
	stored := strings.Split(strings.TrimSpace(string(must(t, text, err))), "\n")
	for i, e := range filled() {
		e.At = time.Date(2017, 3, 20, 22, 0, 10, 0, time.FixedZone("China", 8*3600))
		body, class, _, err := meeting.Encode(e)
		if line := string(must(t, body, err)) + " " + string(class); i >= len(stored) || strings.TrimSpace(line) != stored[i] {
			t.Fatalf("line %d of testdata/facts.jsonl should be\n%s", i+1, line)
		}
	}
	same(t, "kinds", len(stored), len(meeting.Kinds))
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
	same(t, "the count", []any{is.State, is.Members().Sums, is.Board(), is.Missing()}, []any{was.State, was.Members().Sums, was.Board(), was.Missing()})
	same(t, "ballots", []int{len(was.Members().Ballots()), len(is.Members().Ballots())}, []int{5, 0})
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
		func() { h.Casts("m05", qualified) }, func() { h.Closes() }, h.Unsealed,
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
	same(t, "before there is a branch", []any{founded.Attendance.Len(), founded.Chronicle.Len()}, []any{0, 1})
}

// A clock that was set back does not turn the log round: what is asked for then
// counts as of the newest event, speaking times included.
func TestTimeNeverRunsBackInALog(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m05"})
	newest := h.State().Chronicle.At
	events, err := meeting.Decide(h.State(), meeting.Request{By: "m05", At: newest.Add(-time.Hour), Do: meeting.YieldFloor{}})
	if err != nil || !events[0].At.Equal(newest) || events[0].Fact.(meeting.FloorYielded).Seconds != 0 {
		t.Errorf("%+v %v", events, err)
	}
	events, err = meeting.Decide(h.State(), meeting.Request{By: "m05", At: newest.Add(90 * time.Second), Do: meeting.YieldFloor{}})
	if err != nil || !events[0].At.Equal(newest.Add(90*time.Second)) || events[0].Fact.(meeting.FloorYielded).Seconds != 90 {
		t.Errorf("%+v %v", events, err)
	}
}
