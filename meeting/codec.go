package meeting

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"
)

// kinds names every fact that can be stored: all that can ever happen. A name
// is never changed and never used again for something else.
var kinds = map[string]Fact{
	"founded":           Founded{},
	"named":             Named{},
	"roster-imported":   RosterImported{},
	"codes-issued":      CodesIssued{},
	"signed-in":         SignedIn{},
	"absence-recorded":  AbsenceRecorded{},
	"item-opened":       ItemOpened{},
	"item-ended":        ItemEnded{},
	"item-left":         ItemLeft{},
	"adjourned":         Adjourned{},
	"floor-asked":       FloorAsked{},
	"floor-given":       FloorGiven{},
	"floor-yielded":     FloorYielded{},
	"floor-withdrawn":   FloorWithdrawn{},
	"clock-paused":      ClockPaused{},
	"clock-extended":    ClockExtended{},
	"round-moved":       RoundMoved{},
	"self-criticised":   SelfCriticised{},
	"criticised":        Criticised{},
	"responded":         Responded{},
	"self-rated":        SelfRated{},
	"noted":             Noted{},
	"resolved":          Resolved{},
	"scrutineers-named": ScrutineersNamed{},
	"sealed":            Sealed{},
	"opened":            Opened{},
	"ballot-cast":       BallotCast{},
	"closed":            Closed{},
	"unsealed":          Unsealed{},
	"counted":           Counted{},
	"voided":            Voided{},
	"receipt-checked":   ReceiptChecked{},
	"rated":             Rated{},
	"rating-submitted":  RatingSubmitted{},
	"keys-joined":       KeysJoined{},
	"remarks-opened":    CommentsOpened{},
	"paper-given":       PaperGiven{},
	"slips-entered":     PaperEntered{},
	"pruned":            CiphertextsPruned{},
	"coarsened":         Coarsened{},
	"announced":         ResultAnnounced{},
	"outline-kept":      OutlineKept{},
	"feedback-given":    FeedbackGiven{},
	"acknowledged":      Acknowledged{},
	"line-added":        LineAdded{},
	"line-updated":      LineUpdated{},
	"line-struck":       LineStruck{},
	"rehearsal-begun":   RehearsalBegun{},
}

var names = func() map[reflect.Type]string {
	m := make(map[reflect.Type]string, len(kinds))
	for name, f := range kinds {
		m[reflect.TypeOf(f)] = name
	}
	return m
}()

// KindOf returns the stable name of a fact, as ballot-cast.
func KindOf(f Fact) string { return names[reflect.TypeOf(f)] }

// ErrRecord is returned by [Decode] for bytes that are no event.
var ErrRecord = errors.New("meeting: not an event")

// Class says what a blob is, and so when it may be pruned. A class is never
// renamed: it stands in the records.
type Class string

// The classes.
const (
	NoBlob      Class = ""
	BallotBlob  Class = "ballots"
	CommentBlob Class = "remarks"
	PrivateBlob Class = "private"
)

type stored struct {
	ID   RequestID       `json:"id,omitempty"`
	Kind string          `json:"kind"`
	By   MemberID        `json:"by"`
	At   time.Time       `json:"at"`
	Fact json.RawMessage `json:"fact"`
}

// Encode returns an event as it is stored: a body in JSON, and as a blob of a
// class what no exported log may hold and what can be pruned later: the
// ciphertexts of a ballot, the comments, an outline.
func Encode(e Event) (body []byte, class Class, blob []byte, err error) {
	fact, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, "", nil, fmt.Errorf("meeting: encode %s: %w", KindOf(e.Fact), err)
	}
	switch f := e.Fact.(type) {
	case BallotCast:
		class, blob = BallotBlob, f.Ciphertext
	case OutlineKept:
		class, blob = PrivateBlob, []byte(f.Text)
	case CommentsOpened:
		class = CommentBlob
		if blob, err = json.Marshal(f.Texts); err != nil {
			return nil, "", nil, fmt.Errorf("meeting: encode remarks: %w", err)
		}
	}
	body, err = json.Marshal(stored{ID: e.ID, Kind: KindOf(e.Fact), By: e.By, At: e.At.UTC(), Fact: fact})
	return body, class, blob, err
}

// Decode reads what [Encode] wrote. A fact whose blob was pruned comes back
// without what stood in it. It returns [ErrRecord] for anything else.
func Decode(body, blob []byte) (Event, error) {
	var raw stored
	if err := json.Unmarshal(body, &raw); err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	zero, ok := kinds[raw.Kind]
	if !ok {
		return Event{}, fmt.Errorf("%w: unknown kind %q", ErrRecord, raw.Kind)
	}
	p := reflect.New(reflect.TypeOf(zero))
	if err := json.Unmarshal(raw.Fact, p.Interface()); err != nil {
		return Event{}, fmt.Errorf("%w: %s: %w", ErrRecord, raw.Kind, err)
	}
	e := Event{ID: raw.ID, By: raw.By, At: raw.At.UTC(), Fact: p.Elem().Interface().(Fact)}
	switch f := e.Fact.(type) {
	case BallotCast:
		f.Ciphertext = blob
		e.Fact = f
	case OutlineKept:
		f.Text = string(blob)
		e.Fact = f
	case CommentsOpened:
		if len(blob) > 0 {
			if err := json.Unmarshal(blob, &f.Texts); err != nil {
				return Event{}, fmt.Errorf("%w: %s: %w", ErrRecord, raw.Kind, err)
			}
		}
		e.Fact = f
	}
	return e, nil
}
