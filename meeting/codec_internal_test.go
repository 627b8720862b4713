package meeting

import (
	"encoding/json"
	"testing"
	"time"
)

// The envelope of a record is read in one pass where Encode wrote it, and by
// encoding/json where anything is written otherwise: both read the same.
func TestEnvelopeIsReadInOnePass(t *testing.T) {
	at := time.Date(2017, 3, 20, 14, 0, 0, 123, time.UTC)
	for _, e := range []Event{
		{By: "m01", At: at, Fact: SignedIn{}},
		{ID: "a-1", By: "m01", At: at, Fact: AbsenceRecorded{ID: "m02", Reason: `病"假}`}},
		{ID: "<", By: "m01", At: at, Fact: AbsenceRecorded{ID: "m02"}},
	} {
		body, _, _, err := Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		var want stored
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatal(err)
		}
		got, ok := readStored(body)
		if ok != (e.ID != "<") {
			t.Errorf("%s: %v", body, ok)
		}
		if ok && (got.ID != want.ID || got.Kind != want.Kind || got.Version != want.Version || got.By != want.By || !got.At.Equal(want.At) || string(got.Fact) != string(want.Fact)) {
			t.Errorf("%s: %+v, want %+v", body, got, want)
		}
		if again, err := Decode(body, nil); err != nil || again.By != e.By || again.ID != e.ID {
			t.Errorf("%s: %+v %v", body, again, err)
		}
	}
	for _, odd := range []string{
		`{"kind":"signed-in","v":1,"by":"m01","at":"2017-03-20T14:00:00Z","fact":{}} `, `{"kind":"signed-in","v":1,"by":"m01","at":"2017-03-20T14:00:00Z","fact":{},"by":"m02"}`,
		`{ "kind":"signed-in","v":1,"by":"m01","at":"2017-03-20T14:00:00Z","fact":{}}`,
	} {
		var raw stored
		if err := json.Unmarshal([]byte(odd), &raw); err != nil {
			t.Fatal(err)
		}
		want, err := raw.event(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Decode([]byte(odd), nil); err != nil || got.By != want.By {
			t.Errorf("%s: %+v %v", odd, got, err)
		}
	}
}

// The envelope is written in one pass, as encoding/json writes it, whatever the ids and
// the time are; it takes memory once, beside the time's text.
func TestEnvelopeIsWrittenInOnePass(t *testing.T) {
	at := time.Date(2017, 3, 20, 14, 0, 0, 120, time.UTC)
	fact := json.RawMessage(`{"receipt":"a\u003cb"}`)
	for _, raw := range []stored{
		{Kind: "signed-in", Version: 1, By: "m01", At: at, Fact: fact},
		{ID: "a-1_", Kind: "signed-in", Version: 12, By: "superior:zhang@b.cn", At: at, Fact: fact},
		{ID: `a"b`, Kind: "signed-in", Version: 1, By: "m01", At: at, Fact: fact},
		{ID: "<&>", Kind: "signed-in", Version: 1, By: `m\01`, At: at, Fact: fact},
		{ID: "张", Kind: "signed-in", Version: 1, By: "m\u2028\xff\x7f\n", At: at.Add(time.Hour), Fact: fact},
		{Kind: "signed-in", Version: 1, At: time.Time{}, Fact: fact},
	} {
		want, err := json.Marshal(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := raw.marshal(); err != nil || string(got) != string(want) {
			t.Errorf("%s %v, want %s", got, err, want)
		}
	}
	if _, err := (stored{At: at.AddDate(10000, 0, 0), Fact: fact}).marshal(); err == nil {
		t.Error("a time that JSON cannot have is written")
	}
	raw := stored{ID: "a-1", Kind: "ballot-cast", Version: 1, By: "m01", At: at, Fact: fact}
	if n := testing.AllocsPerRun(10, func() { _, _ = raw.marshal() }); n > 2 {
		t.Errorf("memory is taken %v times", n)
	}
}
