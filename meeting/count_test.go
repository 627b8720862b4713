package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// attacked is a closed vote in which all six gave 不合格 to m05. m03, a
// scrutineer, cast the last ballot so that it can turn them into 优秀.
func attacked(t meetingtest.TB) (*hall, *meetingtest.Shift) {
	t.Helper()
	h := newHall(t, "seed-2017", nil, fifteen()[:6]...)
	h.Sits(preset.Ballot)
	h.Opened("m03", "m04")
	for _, id := range ids("m01", "m02", "m04", "m05", "m06") {
		h.Casts(id, unqualified)
	}
	s := h.State()
	shift, last := h.urn.Shift(s, "m03", 4, unqualified, excellent, 6)
	h.Does("m03", last)
	h.Closes()
	h.Confirms()
	return h, shift
}

func TestAScrutineerWhoCastsTheLastBallotShiftsNoSum(t *testing.T) {
	h, shift := attacked(t)
	v := h.State().Vote()
	same(t, "row 4", v.Subjects[4], meeting.MemberID("m05"))
	box, forged := v.Members(), shift.Unseal(v)
	p := forged.Partials[meeting.MemberBox]

	// Belenios' proof holds, and the sums are the attacker's.
	if err := box.Election.CheckPartial(box.Tally, p); err != nil {
		t.Fatal("the attack was not made right:", err)
	}
	others := []*ballot.Partial{p, h.urn.Unseal(v, "m04").Partials[meeting.MemberBox], h.urn.Unseal(v, meeting.Keeper).Partials[meeting.MemberBox]}
	sums, err := box.Election.Result(box.Tally, others)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the false sums", sums[4], []int{6, 0, 0, 0})

	h.Refused("m03", forged, meeting.BadPartial)
	h.Refused("m03", meetingtest.Partials(p.Plain(), nil), meeting.UnboundPartial)
	h.Unsealed()
	same(t, "the sums", h.State().Vote().Members().Sums[4], []int{0, 0, 0, 6})
}

// What got past the door all the same, because it stands in the log, is not
// counted and not announced.
func TestNoSumIsCountedOrAnnouncedWithoutTheSecondProofs(t *testing.T) {
	for name, want := range map[string]meeting.Code{"unbound": meeting.UnboundPartial, "forged": meeting.BadPartial} {
		h, shift := attacked(t)
		v := h.State().Vote()
		p := shift.Unseal(v).Partials[meeting.MemberBox]
		if name == "unbound" {
			p = p.Plain()
		}
		s := meeting.Apply(h.State(), meeting.Event{By: "m03", At: h.room.Now(), Fact: meeting.Unsealed{
			Partials: map[meeting.Channel][]byte{meeting.MemberBox: p.Marshal()},
		}})
		h.room.Becomes(s)
		h.Does(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper))
		h.Refused("m04", h.urn.Unseal(v, "m04"), want)

		s = h.State()
		for _, e := range []meeting.Event{
			{By: "m04", Fact: meeting.Unsealed{Partials: map[meeting.Channel][]byte{
				meeting.MemberBox: h.urn.Unseal(v, "m04").Partials[meeting.MemberBox].Marshal(),
			}}},
			{By: "m04", Fact: meeting.Counted{Sums: map[meeting.Channel][][]int{
				meeting.MemberBox: {{}, {}, {}, {}, {6, 0, 0, 0}, {}},
			}}},
		} {
			e.At = h.room.Now()
			s = meeting.Apply(s, e)
		}
		h.room.Becomes(s)
		same(t, "state", h.State().Vote().State, meeting.BoxCounted)
		h.Refused(h.Chair(), meeting.Announce{}, want)
	}
}
