package hall_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
)

// records are the branch's records as they lie on the disk.
func (h *house) records() []store.Record {
	h.t.Helper()
	var chain store.Chain
	var list []store.Record
	for data, err := range h.log.Read(h.t.Context(), 0) {
		if err != nil {
			h.t.Fatal(err)
		}
		r, err := chain.AddBytes(data)
		if err != nil {
			h.t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// shape is what somebody learns of records without reading them: their kinds
// and lengths. The time, whose length varies by itself, is left out.
func shape(t *testing.T, records []store.Record) []string {
	t.Helper()
	var list []string
	for _, r := range records {
		var e struct {
			Kind, By string
			Fact     json.RawMessage
		}
		if err := json.Unmarshal(r.Body, &e); err != nil {
			t.Fatal(err)
		}
		if e.Kind == "ballot-cast" {
			list = append(list, fmt.Sprintf("%s %s %d %d", e.Kind, e.By, len(e.Fact), len(r.Blob)))
		}
	}
	return list
}

// voted is a meeting in which voter i chooses grades by a rule.
func voted(t *testing.T, choice func(voter int) meeting.Choices) *house {
	t.Helper()
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), choice(i))
	}
	return h
}

var grades = []meeting.Grade{"优秀", "合格", "基本合格", "不合格", ""}

// Whatever anybody chooses, the records have the same kinds and lengths.
func TestTheLengthOfARecordTellsNothing(t *testing.T) {
	var want []string
	for turn := range grades {
		h := voted(t, func(i int) meeting.Choices {
			c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
			for j := 1; j <= 7; j++ {
				if g := grades[(i*j+turn)%len(grades)]; g != "" {
					c.Grades[id(j)] = g
				}
			}
			if turn%2 == 0 {
				c.Comments = map[meeting.MemberID]string{id(turn + 1): "意见"}
			}
			return c
		})
		got := shape(t, h.records())
		if want == nil {
			want = got
		}
		if len(got) != 7 || !slices.Equal(got, want) {
			t.Errorf("other choices look different:\n%v\n%v", got, want)
		}
	}
	// The control: a record that held the choice in the clear would be seen.
	leaky := func(g meeting.Grade) []store.Record {
		body, err := json.Marshal(map[string]any{"kind": "ballot-cast", "by": "m01", "fact": map[string]any{"choice": g}})
		if err != nil {
			t.Fatal(err)
		}
		return []store.Record{{Body: body}}
	}
	if slices.Equal(shape(t, leaky("优秀")), shape(t, leaky("基本合格"))) {
		t.Error("the test would not see a leak")
	}
}

// Somebody has a copy of the file after every single vote, and so knows which
// ciphertext is whose. Ballots with the same choices are no more alike than
// ballots with different ones.
func TestCopiesOfTheFilePairNobodyWithAChoice(t *testing.T) {
	h := voted(t, func(i int) meeting.Choices { return one(id(1), grades[i%2]) })
	alike := func(a, b []byte) float64 {
		n := 0
		for i := range a {
			if a[i] == b[i] {
				n++
			}
		}
		return float64(n) / float64(len(a))
	}
	blobs := [][]byte{}
	for _, r := range h.records() {
		if r.BlobLen > 0 {
			blobs = append(blobs, r.Blob)
		}
	}
	compare := func(blobs [][]byte) (same, other float64) {
		var n [2]float64
		for i := range blobs {
			for j := range i {
				if (i-j)%2 == 0 {
					same, n[0] = same+alike(blobs[i], blobs[j]), n[0]+1
				} else {
					other, n[1] = other+alike(blobs[i], blobs[j]), n[1]+1
				}
			}
		}
		return same / n[0], other / n[1]
	}
	const near = 0.01
	if same, other := compare(blobs); same-other > near || other-same > near {
		t.Errorf("same choices are alike in %.4f of the bytes, different ones in %.4f", same, other)
	}
	// The control: choices under one pad would be paired at once.
	leaky := [][]byte{}
	for i := range blobs {
		pad := slices.Clone(blobs[0])
		for k := 0; k < len(pad); k += 8 {
			pad[k] ^= byte(i % 2)
		}
		leaky = append(leaky, pad)
	}
	if same, other := compare(leaky); same-other < near {
		t.Error("the test would not see a leak")
	}
}

// No list is written in the order of another: the credentials and the board
// are sorted by what they are, so that their order says nothing about names.
func TestListsAreSortedByThemselves(t *testing.T) {
	h := voted(t, func(i int) meeting.Choices { return one(id(1), grades[i%2]) })
	v := h.State().Vote()
	if !slices.IsSorted(v.Board()) {
		t.Error("the board is not sorted")
	}
	var roll []string // one chance in 5,040 that this is Belenios' order
	for _, who := range v.Members().Voters {
		roll = append(roll, v.Members().Returned.Of(who).Ballot().Credential())
	}
	if c := v.Members().Election.Credentials(); len(c) != 7 || slices.Equal(c, roll) {
		t.Errorf("the credentials stand in the order of the roll: %v", c)
	}
}
