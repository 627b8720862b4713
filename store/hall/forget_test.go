package hall_test

import (
	"errors"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// What sealing holds in memory is wiped as soon as it is of no use: a key, and a
// code that was shown and never typed again.
func TestTheKeysAreWipedWhenNothingNeedsThem(t *testing.T) {
	sealed := func(t *testing.T) *house {
		h := newHouse(t, 7)
		h.Sits(preset.Ballot)
		h.Sealed(id(3), id(4))
		if !h.Holds(id(3)) || !h.Holds(id(4)) {
			t.Fatal("the keys are not in memory after sealing")
		}
		return h
	}
	votes := func(h *house, n int) {
		h.Opens()
		for i := 1; i <= n; i++ {
			h.Votes(id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "合格"}})
		}
		h.Closes()
	}
	for name, end := range map[string]func(h *house){
		"void":                 func(h *house) { h.Does(h.Chair(), meeting.Void{Reason: "重来"}) },
		"counted":              func(h *house) { votes(h, 7); h.Unseals(id(3), id(4)) },
		"too few ballots":      func(h *house) { votes(h, 2) },
		"over, never open":     func(h *house) { h.Ends() },
		"over, never unsealed": func(h *house) { votes(h, 7); h.Ends() },
	} {
		t.Run(name, func(t *testing.T) {
			h := sealed(t)
			end(h)
			if h.Holds(id(3)) || h.Holds(id(4)) {
				t.Error("a key is still in memory")
			}
		})
	}

	t.Run("a closed box that will be opened keeps them", func(t *testing.T) {
		h := sealed(t)
		votes(h, 7)
		if !h.Holds(id(3)) {
			t.Error("the code is asked for without need")
		}
	})

	t.Run("shown and never typed", func(t *testing.T) {
		h := newHouse(t, 7)
		h.Sits(preset.Ballot)
		h.Names(id(3), id(4))
		code, err := h.Code(id(3))
		if err != nil {
			t.Fatal(err)
		}
		h.Names(id(3), id(5))
		var no *meeting.Refusal
		if err := h.Seal(t.Context(), id(3), code); !errors.As(err, &no) || no.Code != meeting.CodeNotShown {
			t.Errorf("a code of before still seals: %v", err)
		}
	})
}
