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
