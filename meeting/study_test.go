package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// studied is a session with everything that must be there.
func studied(fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("study", 0, append([]string{"day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "1.5"}, fields...)...)
}

func TestAStudyIsKeptOnceItIsWhole(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", studied(), meeting.KeepersOnly)
	h.Does("m02", meetingtest.Writes("study", 0, "topic", "《准则》"))
	state := func() meeting.RecordState { return must(t, h.State().Records("m05", "study"), nil)[0].State }
	same(t, "the hours are missing", state(), meeting.Draft)
	h.Does("m03", meetingtest.Writes("study", 1, "day", "2017-03-14", "form", "集中", "hours", "1.5"))
	same(t, "whole", state(), meeting.Kept)
	h.Does("m03", studied("day", "2099-01-01")) // a day to come is said, not refused
	h.Refused("m03", studied("hours", "1.555"), meeting.FieldNumber, "学时", "1.555")
	h.Refused("m03", studied("hours", "-1"), meeting.FieldNumber, "学时", "-1")
	h.Does("m03", studied("hours", "1000"))
	h.Refused("m03", studied("hours", "1000.5"), meeting.BadNumber, "1000.5", "0", "1000")
	h.Refused("m03", studied("form", "观影"), meeting.FieldWord, "形式", "观影", "集中、自学、党课、研讨")
	h.Refused("m03", studied("attended", `["m05","m99"]`), meeting.FieldPerson, "到会", "m99")
	h.Refused("m03", studied("made_up", `[{"who":"m99"}]`), meeting.FieldPerson, "补课·补课人", "m99")
	h.Refused("m03", studied("made_up", `[{"who":"m05","day":"2017-03-32"}]`), meeting.FieldDay, "补课·补课日期", "2017-03-32")
	h.Refused("m03", studied("made_up", `[{"who":"m05","day":"2017-03-13"}]`), meeting.DaysReversed, "日期", "补课日期")
	h.Does("m03", studied("made_up", `[{"who":"m05"},{"who":"m06","day":"2017-03-14"}]`))
	h.Does("m03", studied("made_up", `[{"who":"m05","day":"12月1日"}]`))
	h.Refused("m03", studied("made_up", "["+strings.Repeat(`{"who":"m05"},`, 200)+`{"who":"m05"}]`), meeting.FieldTooMany, "补课", "201", "200")
}

// What was made up counts like what was attended, each session once.
func TestStudyHoursCountWhatWasMadeUp(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03",
		studied("attended", `["m05","m06"]`, "made_up", `[{"who":"m07","day":"2017-03-16"},{"who":"m07","day":"2017-03-17"},{"who":"m05"},{"day":"2017-03-16"}]`),
		studied("hours", "2", "attended", `["m05","m07"]`),
		studied("hours", "0.05", "attended", `["m05"]`),
		meetingtest.Writes("study", 0, "topic", "没有写完", "attended", `["m05"]`))
	for who, want := range map[meeting.MemberID]meeting.StudyTime{
		"m05": {Sessions: 3, Hours: 355},
		"m06": {Sessions: 1, Hours: 150},
		"m07": {Sessions: 2, MadeUp: 1, Hours: 350},
		"m08": {},
	} {
		same(t, string(who), h.State().StudyTimeOf(who), want)
	}
	for hours, want := range map[meeting.Hours]string{0: "0", 5: "0.05", 150: "1.5", 200: "2", 1000: "10", 355: "3.55"} {
		same(t, "said", hours.String(), want)
	}
}

// Who is named twice was there once, also in a talk.
func TestWhoIsNamedTwiceCountsOnce(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", studied("attended", `["m05","m06","m05"]`))
	same(t, "attended", h.State().Studies()[0].Attended, []meeting.MemberID{"m05", "m06"})
	h.Does("m05", talked("m06", "m06"))
	pairs := h.State().TalkPairsOf("m05")
	done := 0
	for _, p := range pairs {
		done += p.Done
	}
	same(t, "talks", done, 1)
}

// What people said at a study is read by who was there and who keeps the records.
func TestWhatWasSaidAtAStudyIsForThoseWhoAttended(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", studied("attended", `["m05"]`, "points", "谈了体会"))
	for who, reads := range map[meeting.MemberID]bool{"m03": true, "m02": true, "m05": true, "m06": false} {
		r, no := h.State().Record(who, "study", 1)
		if no != nil || (r.Value("points") != "") != reads || r.Value("topic") != "《准则》" {
			t.Errorf("%s reads %+v, %v", who, r.Values, no)
		}
	}
	if list := h.State().Records("q1", "study"); len(list) > 0 {
		t.Errorf("q1 reads %+v", list)
	}
}
