package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// A record is found by its owner and by those whom it names now, also when it names them
// only since it was rewritten, or again; and by nobody once it is struck.
func TestARecordIsFoundByWhomItNames(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	talk := func(no int, with string) meeting.WriteRecord {
		return meetingtest.Writes("talk", no, "kind", "党员互谈", "with", with, "at", "2017-03-11", "means", "面谈", "content", "谈了学习")
	}
	h.Does("m06", talk(0, `["m07"]`), talk(0, `["m08"]`), talk(0, `["m07"]`))
	found := func(who meeting.MemberID) []int { return h.State().Naming("talk", who) }
	same(t, "the owner", found("m06"), []int{1, 2, 3})
	same(t, "named in two", found("m07"), []int{1, 3})
	h.Does("m06", talk(2, `["m07","m09"]`))
	same(t, "named in between", found("m07"), []int{1, 2, 3})
	same(t, "named beside", found("m09"), []int{2})
	h.Does("m06", talk(1, `["m08"]`), talk(1, `["m07"]`))
	same(t, "named again", found("m07"), []int{1, 2, 3})
	h.Does("m06", meeting.StrikeRecord{Form: "talk", No: 3, Reason: "记错了"})
	same(t, "struck", found("m07"), []int{1, 2})
	h.Does("m03", meetingtest.Writes("study", 0, "day", "2017-03-10", "topic", "党章", "form", "集中", "attended", `["m02","m10"]`))
	same(t, "who was there", h.State().Naming("study", "m10"), []int{1})
	same(t, "nobody is missed", h.State().Unnamed(), "")

	machine := meeting.Machine{}
	alone := machine.Alone()
	for _, e := range h.State().Chronicle.Forward() {
		alone = meeting.Apply(alone, e.Event)
	}
	alone = machine.Shared(alone)
	same(t, "folded at once", alone.Naming("talk", "m07"), []int{1, 2})
	same(t, "nobody is missed there", alone.Unnamed(), "")
}
