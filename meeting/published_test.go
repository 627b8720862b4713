package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// What branches have published (DOMAIN.md §1, rule 10), as data: how many there
// are, who came, and how many were graded 优秀 under which base.
var published = []struct {
	what                 string
	formal, probationary int
	away                 int // of the 正式党员
	base                 string
	excellent            int
	cap                  int
	anyway               int // of the 预备党员, who were graded against the notice
}{
	{"9 of 13 优秀", 13, 0, 0, preset.BaseBranchTotal, 9, 4, 0},
	{"12 应到, 11 实到, 4 优秀, of all", 12, 0, 1, preset.BaseBranchTotal, 4, 4, 0},
	{"12 应到, 11 实到, 4 优秀, of those who came", 12, 0, 1, preset.BaseFormalAttending, 4, 3, 0},
	{"31 present: 14 正式 and 17 预备", 14, 17, 0, preset.BaseFormal, 4, 4, 0},
	{"24 graded of whom 2 are 预备", 22, 2, 0, preset.BaseBranchTotal, 7, 8, 2},
}

// A result that breaks the cap is no refusal: it needs a reason, which is on
// record. 预备党员 come, are counted for themselves, and are graded for a reason
// only.
func TestPublishedResultsOfRealBranches(t *testing.T) {
	for _, c := range published {
		people := meetingtest.Members(c.formal+c.probationary).Probationary(c.probationary).Post(1, "书记").Post(2, "组织委员").Post(3, "宣传委员")
		h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Cap.Base = c.base }, people...)
		var away []meeting.MemberID
		for i := range c.away {
			away = append(away, meetingtest.ID(c.formal-i))
			h.Does("m01", meeting.RecordAbsence{ID: meetingtest.ID(c.formal - i), Reason: "公出"})
		}
		h.Sits(preset.Ballot, away...)
		same(t, c.what+": 正式党员 who are here", h.State().Roll().HereFormal, c.formal-c.away)
		votes := map[meeting.MemberID][]int{}
		for _, who := range h.State().Electorate(meeting.MemberBox) {
			votes[who] = []int{abstain}
		}
		h.Counted(votes)
		h.GoTo(preset.Rating)
		same(t, c.what+": the cap", h.State().Cap().Cap, c.cap)
		for i := 1; i <= c.formal; i++ {
			rate := meeting.Rate{ID: meetingtest.ID(i), Grade: "合格"}
			if i <= c.excellent {
				rate.Grade = "优秀"
			}
			if i > c.cap && i <= c.excellent {
				h.Refused("m01", rate, meeting.OverCap)
				rate.Reason = "工作特别突出"
			}
			h.Does("m01", rate)
		}
		if c.probationary > 0 {
			h.Refused("m01", meeting.Rate{ID: meetingtest.ID(c.formal + 1), Grade: "合格"}, meeting.GradedAnyway)
		}
		for i := range c.anyway {
			h.Does("m01", meeting.Rate{ID: meetingtest.ID(c.formal + 1 + i), Grade: "合格", Reason: "上级口头同意"})
		}
		h.Does("m01", meeting.Submit{})
		same(t, c.what+": graded", []int{len(h.State().ToGrade()) + c.anyway, h.State().Ratings.Len()}, []int{c.formal + c.anyway, c.formal + c.anyway})
		r := h.State().Rollup()
		same(t, c.what+": rolled up", []int{r.Grades["优秀"], r.Grades["合格"], r.Ungraded}, []int{c.excellent, c.formal - c.excellent + c.anyway, c.probationary - c.anyway})
		same(t, c.what+": the table", h.State().Table, meeting.CapMeter{Base: h.State().Cap().Base, Cap: c.cap, Used: c.excellent})
	}
}

// A grade that a 预备党员 got for a reason can be taken back, and is written
// nowhere then.
func TestAGradeAgainstTheNoticeIsTakenBack(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Does("m02", meeting.Rate{ID: "m14", Grade: "优秀", Reason: "上级口头同意"})
	same(t, "rating", []any{h.State().Ratings.Of("m14").Anyway, h.State().Cap().Used}, []any{true, 1})
	h.Does("m02", meeting.Rate{ID: "m14", Grade: "不评定等次"})
	_, is := h.State().GradeOf("m14")
	same(t, "taken back", []any{is, h.State().Cap().Used}, []any{false, 0})
}
