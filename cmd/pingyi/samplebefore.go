package main

import (
	"context"
	"fmt"
	"maps"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

// sampleSuperior is the person of the organisation above the sample branch.
const sampleSuperior meeting.MemberID = "u1"

// weeksBefore writes what was done in the two weeks before the meeting of a sample
// branch. The first fault is kept, and nothing is done after it.
type weeksBefore struct {
	ctx   context.Context
	h     *hall.Hall
	today time.Time
	meets int // days from today to the meeting
	err   error
}

// prepareSample does the two weeks before the meeting of a sample branch, as far
// as its rules have them. What the rules hold the meeting up for is done wholly;
// of the rest something waits for everybody still. The meeting is called so that what
// the rules want before it is due today, and held when somebody begins it.
func prepareSample(ctx context.Context, h *hall.Hall, today time.Time) error {
	w := &weeksBefore{ctx: ctx, h: h, today: today}
	for _, stage := range h.State().Rules.Stages {
		w.meets = max(w.meets, -stage.To)
	}
	for _, part := range []struct {
		kind meeting.FormName
		do   func()
	}{
		{"plan", w.plan},
		{"notice", w.notice},
		{"study", w.study},
		{"opinion", w.opinions},
		{"talk", w.talks},
		{"selfcheck", w.selfcheck},
		{"outline", w.outlines},
		{"problem", w.problem},
	} {
		if h.State().Rules.Has(string(part.kind)) {
			part.do()
		}
	}
	return w.err
}

func (w *weeksBefore) day(days int) string {
	return w.today.AddDate(0, 0, days).Format(time.DateOnly)
}

// does has somebody do something.
func (w *weeksBefore) does(who meeting.MemberID, c meeting.Command) {
	if w.err != nil {
		return
	}
	if _, err := w.h.Act(w.ctx, who, c); err != nil {
		w.err = fmt.Errorf("the sample branch, %s: %w", who, err)
	}
}

// writes begins a record with the template's draft, or changes one's own.
func (w *weeksBefore) writes(who meeting.MemberID, form meeting.FormName, values map[string]string) {
	drafted := w.h.State().Draft(who, form)
	maps.Copy(drafted, values)
	w.does(who, meeting.WriteRecord{Form: form, Values: drafted})
}

func (w *weeksBefore) moves(who meeting.MemberID, form meeting.FormName, no int, word string) {
	w.does(who, meeting.MoveRecord{Form: form, No: no, Word: word})
}

// approves records the superior's paper.
func (w *weeksBefore) approves(form meeting.FormName, paper string) {
	if r, _ := w.h.State().Record(w.chair(), form, 0); r.State == meeting.Submitted {
		w.does(w.chair(), meeting.MoveRecord{Form: form, Word: "approve", Approval: paper})
	}
}

func (w *weeksBefore) chair() meeting.MemberID { return w.h.State().Chair() }

// members are the party members, in roster order.
func (w *weeksBefore) members() []meeting.MemberID {
	var list []meeting.MemberID
	for _, m := range w.h.State().Roster {
		if m.InParty() {
			list = append(list, m.ID)
		}
	}
	return list
}

func (w *weeksBefore) plan() {
	days := map[string]string{"from": w.day(w.meets), "to": w.day(w.meets + 5), "deadline": w.day(w.meets + 5), "guide_wanted": "true"}
	w.writes(w.chair(), "plan", days)
	w.writes(w.chair(), "plan", days) // the second time with the days in its text
	w.moves(w.chair(), "plan", 0, "submit")
	w.approves("plan", "示范〔1〕号")
}

// notice is confirmed by all but the last three.
func (w *weeksBefore) notice() {
	w.writes(w.chair(), "notice", map[string]string{"time": w.today.AddDate(0, 0, w.meets).Format("2006-01-02T15:04"), "place": "会议室"})
	w.moves(w.chair(), "notice", 0, "send")
	for _, id := range w.members()[:len(w.members())-3] {
		w.moves(id, "notice", 0, "confirm")
	}
}

func (w *weeksBefore) study() {
	w.writes(w.chair(), "study", map[string]string{
		"day": w.day(-6), "form": meeting.StudyTogether, "topic": "合格党员的条件和标准", "hours": "2", "attended": meeting.PeopleValue(w.members()),
	})
}

// opinions are asked for; some come without a name.
func (w *weeksBefore) opinions() {
	w.does(w.members()[4], meeting.HandInOpinion{Values: map[string]string{"about": meeting.AboutCommittee, "text": "集中学习可以多一些讨论"}})
	for _, text := range []string{"学习形式再丰富一些", "多听学生的意见"} {
		w.writes(w.chair(), "opinion", map[string]string{"about": meeting.AboutCommittee, "means": "座谈", "source": "群众", "text": text, "day": w.day(-5)})
	}
	w.does(w.chair(), meeting.CloseOpinions{})
	var nos []int
	for _, r := range w.h.State().Records(w.chair(), "opinion") {
		nos = append(nos, r.No)
	}
	if len(nos) > 1 {
		w.does(w.chair(), meeting.MergeOpinions{Nos: nos[:2], Text: "学习形式单一，讨论少"})
	}
}

// talks: the secretary has had theirs with the next four members.
func (w *weeksBefore) talks() {
	for i, id := range w.members()[1:5] {
		kind := meeting.TalkMember
		if i < 2 {
			kind = meeting.TalkSecretary
		}
		w.writes(w.chair(), "talk", map[string]string{
			"kind": kind, "with": meeting.PeopleValue([]meeting.MemberID{id}), "at": w.day(-4), "means": "面谈", "content": "交流思想，听取意见",
		})
		if list := w.h.State().Records(id, "talk"); len(list) > 0 {
			w.moves(id, "talk", list[len(list)-1].No, "confirm")
		}
	}
}

func (w *weeksBefore) selfcheck() {
	w.writes(w.chair(), "selfcheck", map[string]string{
		"problems": `[{"aspect":"组织生活","problem":"学习形式单一"}]`, "causes": "计划不细", "direction": "按月安排学习",
		"measures": `[{"what":"每月集中学习一次","until":"长期坚持"}]`,
	})
	w.moves(w.chair(), "selfcheck", 0, "submit")
	if w.h.State().Rules.Gate("selfcheck") == preset.Red {
		w.approves("selfcheck", "示范〔2〕号")
	}
}

// outlines: two of three members have handed in theirs, among them who is absent.
func (w *weeksBefore) outlines() {
	for i, id := range w.members() {
		if i%3 == 1 && id != sampleAbsent(len(w.members())) {
			continue
		}
		w.writes(id, "outline", map[string]string{
			"problems": `[{"aspect":"发挥作用","problem":"到基层少"}]`, "causes": "主动性不够", "measures": `[{"what":"每月走访一次","until":"` + w.day(90) + `"}]`,
		})
		w.moves(id, "outline", 0, "submit")
	}
}

func (w *weeksBefore) problem() {
	w.writes(w.chair(), "problem", map[string]string{"level": string(meeting.LevelCommittee), "category": "发挥作用合格", "text": "学习形式单一，讨论少", "source": "征求意见"})
}

// sampleAbove adds the superior of the sample branch to the organisation, if they
// are not there yet, and gives them a new join code.
func sampleAbove(ctx context.Context, f *folder.Folder) (code string, err error) {
	o, err := f.Organisation(ctx)
	if err != nil {
		return "", err
	}
	one, known := o.State().Person(sampleSuperior)
	if !known {
		one = org.Person{ID: sampleSuperior, Name: "上级01", Post: "党总支书记"}
		if err := o.Act(ctx, org.AddPerson{Person: one}); err != nil {
			return "", err
		}
	}
	list, err := issueSuperiorCodes(ctx, o, f.Secret, one)
	if err != nil {
		return "", err
	}
	return list[0].Code, nil
}
