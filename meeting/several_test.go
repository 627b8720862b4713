package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Who is there is recorded by numbers and ranges, as somebody reads them off a
// list.
func TestManyAreSignedInByTheirNumbers(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for text, want := range map[string][]meeting.MemberID{
		"1-3,5":     ids("m01", "m02", "m03", "m05"),
		"5，1－2、 15": ids("m01", "m02", "m05", "m15"),
		"m04-m06":   ids("m04", "m05", "m06"),
		"党员03 7":    ids("m03", "m07"),
		"14-99":     ids("m14", "m15"),
		"g1":        ids("g1"),
		"M03、ｍ０５":   ids("m03", "m05"),
		"１－３":       ids("m01", "m02", "m03"),
	} {
		got, no := h.State().People(text)
		same(t, text, got, want)
		if no != nil {
			t.Errorf("%s: %v", text, no)
		}
	}
	for _, text := range []string{"", "0", "77-99", "x", "3-", "m01-g1", "5-2"} {
		if got, no := h.State().People(text); no == nil {
			t.Errorf("%q means %v", text, got)
		}
	}
	h.Does("m03", meeting.SignIn{}, meeting.SignInMany{IDs: ids("m01", "m02", "m03")})
	same(t, "here", h.State().Roll().Present, 3)
	h.Refused("m03", meeting.SignInMany{IDs: ids("m01", "m02")}, meeting.AlreadySignedIn)
	h.Refused("m03", meeting.SignInMany{IDs: ids("m04", "m99")}, meeting.UnknownMember, "m99")
	same(t, "all or none", h.State().Roll().Present, 3)
	h.Refused("m03", meeting.RecordAbsences{IDs: ids("m04", "g1"), Reason: "病假"}, meeting.NotInParty, "列席01")
	h.Refused("m05", meeting.RecordAbsences{IDs: ids("m04"), Reason: "病假"}, meeting.ConsoleOnly)
	h.Does("m03", meeting.RecordAbsences{IDs: ids("m04", "m05"), Reason: "病假"})
	same(t, "absent", []string{h.State().Attendance.Of("m04").Reason, h.State().Attendance.Of("m05").Reason}, []string{"病假", "病假"})
}

// Several absences that were recorded at once are taken back at once.
func TestSeveralAbsencesAreTakenBackTogether(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.RecordAbsences{IDs: ids("m06", "m07"), Reason: "接孩子"})
	h.Does("m03", meeting.LastStep(h.State(), "m03").Back)
	same(t, "back", []bool{h.State().Attendance.Of("m06").Present, h.State().Attendance.Of("m07").Present}, []bool{true, true})
}

// A name that two people have means neither: it is on the roster, so nobody is told
// that it is not.
func TestANameOfTwoPeopleMeansNeither(t *testing.T) {
	people := fifteen()
	people[5].Name, people[6].Name = "党员06", "党员06"
	h := newHall(t, "seed-2017", nil, people...)
	h.Sits(string(preset.Criticism))
	for _, do := range []meeting.Command{
		meeting.SignInFor{ID: "党员06"},
		meeting.RecordAbsence{ID: "党员06", Reason: "病假"},
		meeting.Name{ID: "党员06", Seat: meeting.SeatRecorder},
		meeting.GiveFloor{ID: "党员06"},
		meeting.Turn{ID: "党员06"},
		meeting.Criticise{Of: "党员06", Text: "要多联系群众。"},
		meeting.Respond{From: "党员06", Text: "我接受。"},
	} {
		h.Refused("m03", do, meeting.SeveralMeant, "党员06")
	}
	h.Refused("m03", meeting.GiveFloor{ID: "党员66"}, meeting.UnknownMember, "党员66")
	h.Refused("m03", meeting.WriteRecord{Form: "study", Values: map[string]string{"attended": "党员06"}}, meeting.SeveralMeant, "党员06")
}
