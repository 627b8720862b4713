package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// outlined is the command to write one's outline.
func outlined(fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("outline", 0, fields...)
}

func TestAMemberKeepsAnOutlineUntilTheMeetingIsOver(t *testing.T) {
	h := five(t, nil)
	h.Refused("g1", outlined("causes", "提纲"), meeting.PartyOnly)
	h.Refused("m04", outlined("causes", strings.Repeat("长", 5001)), meeting.FieldText, "原因", "text-too-long", "5001", "5000")
	h.Refused("m04", outlined("causes", "\x1b[2J"), meeting.FieldText, "原因", "control-characters")
	h.Refused("m04", outlined("problems", `[{"colour":"红"}]`), meeting.FieldRows)
	h.Refused("m04", outlined("problems", "理论学习抓得不紧"), meeting.FieldRows)
	h.Does("m04", outlined("study", "学习体会"), outlined("causes", " 学习体会\r\n理论学习抓得不紧 "))
	o, ok := h.State().OutlineOf("m04")
	same(t, "outline", []any{o.Value("study"), o.Value("causes"), o.At.Equal(h.room.Now()), ok, o.No, o.Rev},
		[]any{"学习体会", "学习体会\n理论学习抓得不紧", true, true, 1, 2})
	n := h.State().Chronicle.Len()
	h.Does("m04", outlined("causes", "学习体会\n理论学习抓得不紧"))
	same(t, "the same again is nothing new", h.State().Chronicle.Len(), n)
	_, ok = h.State().OutlineOf("m05")
	same(t, "m05 has none", ok, false)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Refused("m04", outlined("causes", "晚了"), meeting.MeetingOver)
}

func TestWhoIsNotInTheMeetingYetMayPrepare(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m14", outlined("causes", "提纲"))
	h.Greyed("q1", meeting.ActOutline, meeting.PartyOnly)
}

// The console sees that an outline was handed in, and reads it only when its
// owner says so; what is written afterwards is their own again.
func TestWhoReadsAnOutline(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	reads := func(who meeting.MemberID) string {
		list := h.State().Records(who, "outline")
		if len(list) == 0 {
			return "nothing"
		}
		return string(list[0].State) + " " + list[0].Value("causes")
	}
	h.Does("m04", outlined("causes", "只有我看"))
	h.Refused("m04", meetingtest.Moves("outline", 0, "submit", ""), meeting.FieldMissing, "查摆的问题")
	h.Refused("m03", meetingtest.Moves("outline", 1, "submit", ""), meeting.NoRecord, "1")
	same(t, "before it is handed in", []string{reads("m04"), reads("m03"), reads("m05")}, []string{"draft 只有我看", "nothing", "nothing"})
	h.Does("m04", outlined("problems", `[{"problem":"学习不够"}]`, "measures", `[{"what":"每周两次","until":"2017-06-30"}]`), meetingtest.Moves("outline", 0, "submit", ""))
	same(t, "handed in", []string{reads("m04"), reads("m03"), reads("m05")}, []string{"submitted 只有我看", "submitted ", "nothing"})
	h.Does("m04", meetingtest.Moves("outline", 0, "share", ""))
	same(t, "shown to the console", []string{reads("m03"), reads("m05")}, []string{"submitted 只有我看", "nothing"})
	h.Refused("m03", meetingtest.Writes("outline", 1, "causes", "改了"), meeting.NotYourRecord)
	h.Does("m04", outlined("causes", "又只有我看"))
	o, _ := h.State().OutlineOf("m04")
	same(t, "the next version", []any{o.State, o.Version, len(o.Earlier), o.Earlier[0].Values["causes"], reads("m03")}, []any{meeting.Draft, 2, 1, "只有我看", "nothing"})
}

// No exported log holds the words of an outline, and pruning takes them away.
func TestAnOutlineIsStoredApartAndPruned(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m04", outlined("causes", "只有我看"))
	pruned := meeting.NewState()
	for _, c := range h.State().Chronicle.Forward() {
		body, class, blob, err := meeting.Encode(c.Event)
		if err != nil || strings.Contains(string(body), "只有我看") {
			t.Errorf("%s %v", body, err)
		}
		if _, is := c.Fact.(meeting.RecordWritten); is != (len(blob) > 0 && class == meeting.PrivateBlob) {
			t.Errorf("%s has a blob of %d bytes of class %q", body, len(blob), class)
		}
		back, err := meeting.Decode(body, nil)
		pruned = meeting.Apply(pruned, must(t, back, err))
	}
	_, ok := pruned.OutlineOf("m04")
	same(t, "after pruning", ok, false)
}

// outlines hands in a whole outline.
func outlines(h *hall, who meeting.MemberID, text string) {
	h.T.Helper()
	h.Does(who, outlined("problems", `[{"problem":"`+text+`"}]`, "causes", text, "measures", `[{"what":"`+text+`"}]`), moved("outline", 0, "submit", ""))
}

// The outline of an absent member is their written material: whoever reads it out
// sees it while it is their turn, and the log says which revision was read out.
func TestTheOutlineOfAnAbsentMemberIsReadOut(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	outlines(h, "m14", "提纲")
	h.Does("m13", outlined("causes", "没有交"))
	h.Does("m03", meeting.Next{}, meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.SignsIn("m13", "m14")
	h.Does("m03", meeting.RecordAbsence{ID: "m14", Reason: "病假"}, meeting.RecordAbsence{ID: "m13", Reason: "公出"})
	same(t, "written material", []bool{h.State().Attendance.Of("m14").Written, h.State().Attendance.Of("m13").Written}, []bool{true, false})
	h.ComesTo(preset.Criticism)
	reads := func(who meeting.MemberID) string {
		r, ok := h.State().ToReadOut(who)
		if r, no := h.State().Record(who, "outline", 1); !ok && no == nil && r.Value("causes") != "" && who != "m14" {
			t.Errorf("%s reads %q without reading it out", who, r.Value("causes"))
		}
		return r.Value("causes")
	}
	same(t, "before the turn", []string{reads("m03"), reads("m05")}, []string{"", ""})
	h.Does("m03", meeting.Turn{ID: "m14"})
	same(t, "in the turn", []string{reads("m03"), reads("m05"), reads("m01"), reads("g1")}, []string{"提纲", "提纲", "", ""})
	h.Does("m03", meeting.Advance{})
	round, _ := h.State().Round("m14")
	same(t, "afterwards", []any{reads("m03"), round.Spoke, round.Read}, []any{"", true, 1})
	h.Does("m03", meeting.LastStep(h.State(), "m03").Back)
	round, _ = h.State().Round("m14")
	same(t, "taken back", []any{reads("m03"), round.Spoke, round.Read}, []any{"提纲", false, 0})
}

// An outline that is handed in after the absence was recorded counts at once: the
// member takes part, and their words are read out.
func TestAnOutlineThatComesLateCountsForTheAbsent(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.RecordAbsence{ID: "m04", Reason: "病假"})
	same(t, "without words", slices.Contains(h.State().Participants(), "m04"), false)
	h.Does("m04", outlined("problems", `[{"problem":"学习不够"}]`, "causes", "忙", "measures", `[{"what":"多学"}]`), meetingtest.Moves("outline", 0, "submit", ""))
	a := h.State().Attendance.Of("m04")
	same(t, "with them", []any{slices.Contains(h.State().Participants(), "m04"), a.Written, a.Reason}, []any{true, true, "病假"})
}
