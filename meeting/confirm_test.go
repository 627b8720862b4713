package meeting_test

import (
	"testing"

	"pingyi/meeting"
)

// Between closing and unsealing members find their receipts on the board: the
// box waits until all have, or until the room was asked and a reason is given.
func TestTheBoxWaitsForTheReceipts(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, qualified)
	}
	h.Refused("m03", meeting.Confirm{Reason: "x"}, meeting.BoxIsOpen)
	h.Closes()
	h.Greyed("m04", meeting.ActUnseal, meeting.NotConfirmed)
	h.Refused("m05", meeting.Confirm{}, meeting.ConsoleOnly)
	h.checks("m05", "m14")
	same(t, "who has not", h.State().Vote().Unconfirmed(), ids("m03", "m04", "m15"))
	same(t, "the next step", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActConfirmed, Wait: ids("m03", "m04", "m15")})
	h.Refused("m03", meeting.Confirm{}, meeting.SomeUnconfirmed, "2", "5")
	h.Refused("m03", meeting.Confirm{Reason: "\x1b"}, meeting.ControlCharacters)
	h.Does("m03", meeting.Confirm{Reason: "已当场询问，无人提出异议"})
	same(t, "with a reason", *h.State().Vote().Confirmed, meeting.ReceiptsConfirmed{Voters: 5, Checked: 2, Reason: "已当场询问，无人提出异议"})
	h.Refused("m03", meeting.Confirm{Reason: "x"}, meeting.AlreadyConfirmed)
	h.Unsealed()
	same(t, "counted", h.State().Vote().State, meeting.BoxCounted)
}

func TestNoReasonIsNeededWhenEverybodyHasConfirmed(t *testing.T) {
	h := five(t, nil)
	h.Closed(everybodyQualified)
	h.checks(ids("m03", "m04", "m05", "m14", "m15")...)
	same(t, "the next step", meeting.NextStep(h.State()), meeting.Step{Act: meeting.ActConfirmed, Do: meeting.Confirm{}})
	h.Does("m03", meeting.Confirm{})
	same(t, "without a reason", *h.State().Vote().Confirmed, meeting.ReceiptsConfirmed{Voters: 5, Checked: 5})
	h.Unsealed()
	same(t, "counted", h.State().Vote().State, meeting.BoxCounted)
}

// checks has voters find their receipts on the board.
func (h *hall) checks(voters ...meeting.MemberID) {
	h.T.Helper()
	for _, who := range voters {
		h.Does(who, meeting.CheckReceipt{Receipt: h.State().Vote().Members().Returned.Of(who).Receipt})
	}
}

// A box with too few ballots stays closed: there is nothing to confirm.
func TestTooFewBallotsNeedNoConfirming(t *testing.T) {
	h := five(t, nil)
	h.Closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}})
	h.Refused("m03", meeting.Confirm{Reason: "x"}, meeting.TooFewBallots, "4", "5")
	same(t, "the next step", meeting.NextStep(h.State()).Act, meeting.ActNext)
}

// A log of before has no such step: it folds as it was.
func TestALogWithoutConfirmingFolds(t *testing.T) {
	h := five(t, nil)
	h.Counted(everybodyQualified)
	old := meeting.NewState()
	for _, c := range h.State().Chronicle.Forward() {
		if _, is := c.Fact.(meeting.ReceiptsConfirmed); !is {
			old = meeting.Apply(old, c.Event)
		}
	}
	same(t, "counted", []any{old.Vote().State, old.Vote().Members().Sums}, []any{meeting.BoxCounted, h.State().Vote().Members().Sums})
}
