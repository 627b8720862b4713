package meetingtest

import (
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Whole holds a meeting of eleven and five 群众代表 from before its beginning to
// after its end. Everything there is on the agenda happens in it: somebody is
// late, somebody ill with written material, somebody leaves; one item is skipped; one vote is
// void and held again; the plan is not approved, and it begins all the same; people vote twice, on paper, and in two boxes where the
// rules have them; feedback is given and answered, the ledger closed. text is
// what everybody writes wherever one can write.
func (m *Meeting) Whole(rules *preset.Rules, text string) {
	m.T.Helper()
	rules.Vote.MinBallots = min(rules.Vote.MinBallots, 2) // there are two paper slips
	rules.Gates = map[string]string{"plan": preset.Red}
	people := Members(11).Probationary(2).Post(2, "组织委员").Post(3, "书记").Post(4, "宣传委员").Guide().Mass(5)
	for i := range people {
		people[i].Born, people[i].Native, people[i].Post = text, text, text
	}
	people[8].NotCounted = "出国半年以上"
	m.Founds(rules, people...)
	m.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m99", Name: "党员99", Kind: meeting.Formal}}},
		meeting.RemoveMember{ID: "m99", Reason: text})
	m.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m01": "8f14e45f"}})
	m.Does(meeting.Keeper, meeting.GiveDirective{Directive: meeting.Directive{Title: text, Months: []meeting.StudyMonth{{Month: "2017-01", Topics: []string{text}, Hours: 4}}}})
	m.suggest(text)
	m.comeTogether(text)
	m.talk(text)
	for _, part := range []struct {
		item string
		held func(string)
	}{{preset.Criticism, m.criticise}, {preset.SelfRating, m.rateThemselves}, {preset.Ballot, m.vote}, {preset.Rating, m.grade}} {
		if rules.OnAgenda(part.item) {
			m.ComesTo(part.item)
			part.held(text)
		}
	}
	m.ComesTo(preset.Closing)
	m.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: text + "，先走"})
	m.Ends()
	m.afterwards(text)
}

// suggest hands in an opinion without a name, which is summed up, where the rules
// have opinions.
func (m *Meeting) suggest(text string) {
	m.T.Helper()
	if !m.State().Rules.Has("opinion") {
		return
	}
	m.Does("m01", meeting.HandInOpinion{Values: map[string]string{"about": meeting.AboutCommittee, "text": text}})
	m.Does("m03", meeting.CloseOpinions{})
	m.Does("m03", meeting.MergeOpinions{Nos: []int{m.State().Records("m03", "opinion")[0].No}, Text: text})
}

// comeTogether signs people in: m08 is ill, m09 away for the year, m11 absent,
// m06 on the way.
func (m *Meeting) comeTogether(text string) {
	m.T.Helper()
	m.Does(meeting.SuperiorID("s1"), meeting.AssignGuide{Guide: meeting.Superior{ID: "s2", Name: "上级s2"}})
	if m.State().Rules.Has("outline") {
		m.Does("m04", Writes("outline", 0, "causes", text))
	}
	m.Does("m03", meeting.Next{Reason: text}, meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, meeting.SignInFor{ID: "q5"},
		meeting.RecordAbsence{ID: "m08", Reason: "病假", Written: true}, meeting.RecordAbsence{ID: "m11", Reason: text})
	m.SignsIn("m06", "m08", "m09", "m11")
	m.ComesTo(preset.Opening)
}

func (m *Meeting) talk(text string) {
	m.T.Helper()
	m.Does("m06", meeting.SignIn{})
	m.Does("m05", meeting.NotePlace{Place: text}, meeting.TakeNote{Text: text}, meeting.TakeNote{Text: text, Corrects: 1}, meeting.Resolve{Text: text, Hands: meeting.Hands{Yes: 6, Abstain: 1}})
	m.Does("m01", meeting.AskFloor{})
	m.Does("m02", meeting.AskFloor{})
	m.Does("m03", meeting.MoveInQueue{ID: "m02", To: 1})
	m.Does("m02", meeting.YieldFloor{})
	m.Does("m03", meeting.GiveFloor{ID: "m02"})
	m.Does("m03", meeting.LastStep(m.State(), "m03").Back) // the wrong one
	m.Does("m03", meeting.GiveFloor{ID: "m01"}, meeting.PauseClock{}, meeting.PauseClock{}, meeting.ExtendClock{Seconds: 60}, meeting.Countdown{Seconds: 120})
	m.Does("m03", meeting.Say{Text: text, Break: true, Seconds: 300}, meeting.Say{}, meeting.WordItem{No: 3, Text: text})
	m.Does("m01", meeting.YieldFloor{})
	m.Does("m03", meeting.BeginRecess{Until: "2099-01-01"}, meeting.EndRecess{})
	m.ComesTo(preset.Briefing)
	m.Does("m03", meeting.Back{})
	m.ComesTo(preset.Briefing)
	m.Does("m03", meeting.Next{Reason: text})
}

// criticise holds two rounds: m03 is heard, m08's words are read out. The
// others wait for another day.
func (m *Meeting) criticise(text string) {
	m.T.Helper()
	limits := m.State().Limits()
	limits.Response = 90
	m.Does("m03", meeting.SetLimits{Limits: limits}, meeting.Turn{}, meeting.CriticiseSelf{Text: text}, meeting.Advance{})
	own := meeting.SpeechID{Kind: meeting.CriticismSpeech, Of: "m03", Nth: 1}
	m.Does("m04", meeting.Criticise{Of: "m03", Text: text + "。"}, meeting.MendSpeech{ID: own, Text: text}, meeting.AskFloor{}, meeting.AskReading{})
	m.Does("m03", meeting.Turn{ID: "m08"})
	m.Does("m05", meeting.CriticiseSelf{From: "m08", Text: text}, meeting.Criticise{From: "m01", Of: "m08", Text: text})
	m.Does("m03", meeting.Turn{ID: "m03"}, meeting.Advance{}, meeting.Respond{Text: text}, meeting.Next{Reason: text})
}

func (m *Meeting) rateThemselves(string) {
	m.T.Helper()
	m.Does("m01", meeting.RateSelf{Grade: "合格"})
	m.Does("m04", meeting.RateSelf{Grade: "基本合格"})
	m.Does("m05", meeting.RateSelf{ID: "m08", Grade: "合格"})
}

// vote holds a vote that is void, and one in which m02 and m10 vote on paper, and
// m01 and m05 change their minds.
func (m *Meeting) vote(text string) {
	m.T.Helper()
	m.Opened("m05", "m06")
	m.Casts("m01", 0)
	m.Does("m03", meeting.Void{Reason: text})
	m.Names("m05", "m07")
	m.Does("m03", meeting.GivePaper{ID: "m02"}, meeting.GivePaper{ID: "m10"})
	m.Seals("m05", "m07")
	m.Opens()
	for i, who := range Voters(m.State()) {
		m.Casts(who, i%2, 1, 2, 1)
	}
	again := Row(m.State(), "m01", 1, 1, -1, 1)
	if m.State().Rules.Vote.Comments {
		again.Comments = map[meeting.MemberID]string{"m01": text}
	}
	m.Votes("m01", again)
	m.Casts("m05", 0, 1, 3, 1)
	m.Closes()
	for _, who := range m.State().Vote().Scrutineers {
		m.Does(who, meeting.EnterPaper{PaperCount: meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{"m01": {0, 1, 0, 1}}}})
	}
	for _, who := range Voters(m.State()) {
		m.Does(who, meeting.CheckReceipt{Receipt: returned(m.State(), who).Receipt})
	}
	m.Does("m03", meeting.Confirm{})
	m.ComesTo(preset.Tally)
	m.Unsealed()
	m.Does("m03", meeting.Announce{})
}

func (m *Meeting) grade(text string) {
	m.T.Helper()
	for _, who := range m.State().ToGrade() {
		m.Does("m03", meeting.Rate{ID: who, Grade: "合格", Reason: text})
	}
	m.Does("m04", meeting.Rate{ID: "m01", Grade: "优秀", Reason: text})
	m.Does("m03", meeting.Submit{})
}

// approves has the superior return the bundle once and approve it then.
func (m *Meeting) approves(text string) {
	m.T.Helper()
	if m.State().Rules.Approval == preset.ApprovalNone {
		return
	}
	above := meeting.SuperiorID("s1")
	m.Does("m04", meeting.Submit{})
	m.Does(above, meeting.DecideBundle{IDs: []meeting.MemberID{"m01"}, Decision: meeting.LineSentBack, Reason: text})
	m.Does("m04", meeting.Rate{ID: "m01", Grade: "合格", Reason: text}, meeting.Submit{})
	m.Does(above, meeting.DecideBundle{Decision: meeting.LineApproved})
}

func (m *Meeting) afterwards(text string) {
	m.T.Helper()
	m.Does("m04", Writes("ledger", 0, "level", "个人", "member", "m01", "problem", text, "source", "互评", "due", meeting.DueNow),
		Writes("ledger", 0, "level", "班子", "problem", text, "source", "征求意见", "due", meeting.DueAlways))
	m.Does("m01", Writes("ledger", 1, "evidence", text, "progress", string(meeting.ProgressDone)))
	m.Does("m04", Moves("ledger", 1, "close", text))
	m.Does("m02", Writes("talk", 0, "kind", "反馈谈话", "with", `["m01"]`, "at", "2017-03-21T09:00", "place", text, "means", "面谈", "content", text))
	m.Does("m01", Moves("talk", 1, "confirm", ""))
	photo := meeting.File{Hash: strings.Repeat("0f", 32), Name: "照片.jpg", Size: 3}
	m.Does("m04", meeting.AddFile{File: photo}, Writes("ledger", 2, "files", meeting.FilesValue([]meeting.FileRef{{Name: photo.Name, Hash: photo.Hash}})))
	m.Does("m03", Writes("plan", 0, "title", text, "from", "2017-03-18", "to", "2017-03-23", "before", text, "during", text, "after", text), Moves("plan", 0, "submit", ""))
	m.Does(meeting.SuperiorID("s1"), Moves("plan", 0, "approve", ""))
	m.Does("m04", Writes("talk", 0, "place", text), meeting.StrikeRecord{Form: "talk", No: 2, Reason: text})
	if m.State().Rules.OnAgenda(preset.Rating) {
		m.approves(text)
		m.Does("m04", meeting.GiveFeedback{ID: "m01", Approval: text})
		m.Does("m01", meeting.Acknowledge{Text: text})
	}
	m.Does(meeting.Keeper, meeting.WriteOut{Reason: text, Papers: []meeting.WrittenPaper{{Name: "outline-m04.md", SHA256: strings.Repeat("0f", 32)}}})
}
