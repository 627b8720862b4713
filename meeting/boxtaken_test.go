package meeting_test

import (
	"testing"

	"pingyi/meeting"
)

// A closed box is for members who could vote and for scrutineers. Each taking is
// recorded once, and papers do not know it.
func TestWhoTakesABoxIsRecorded(t *testing.T) {
	h := withMass(t, 5)
	h.Greyed("m03", meeting.ActBox, meeting.NoVote)
	h.Sealed("m03", "m04")
	h.Refused("m05", meeting.TakeBox{}, meeting.BoxForVoters) // nobody has a ballot yet
	h.Refused("m03", meeting.TakeBox{}, meeting.BoardLater)
	h.Opens()
	h.Refused("m05", meeting.TakeBox{}, meeting.BoardLater)
	for _, who := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(who, 1)
	}
	h.Closes()
	h.Refused("q1", meeting.TakeBox{}, meeting.BoxForVoters)
	filed := h.State().Filed().N
	for range 2 { // the second time nothing is written
		h.Does("m05", meeting.TakeBox{})
		h.Does("m04", meeting.TakeBox{}, meeting.TakeBox{Mass: true})
	}
	var got []any
	for _, x := range h.State().Takings {
		got = append(got, x.By, x.Vote, x.Mass)
	}
	same(t, "takings", got, []any{meeting.MemberID("m05"), 1, false, meeting.MemberID("m04"), 1, false, meeting.MemberID("m04"), 1, true})
	same(t, "what papers know", h.State().Filed().N, filed)
}

// Without ballots of the masses there is no such box.
func TestThereIsNoBoxOfTheMassToTake(t *testing.T) {
	h := five(t, nil)
	h.Closed(everybodyQualified)
	h.Refused("m03", meeting.TakeBox{Mass: true}, meeting.NoMassBallots)
	h.Refused("m99", meeting.TakeBox{}, meeting.NotOnRoster)
}
