package ssh

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// status is the answer of the word status (DOORS.md §3). During a rehearsal it
// is about the rehearsal, and says so.
type status struct {
	Phase      meeting.Phase             `json:"phase"`
	Adjourned  *string                   `json:"adjourned"` // the day on which the meeting goes on; null: it does not rest
	Rehearsal  bool                      `json:"rehearsal"`
	Item       *item                     `json:"item"`
	Placard    *placard                  `json:"placard"` // what hangs on the wall in the item's place; null: nothing
	Attendance attendance                `json:"attendance"`
	Speaker    *speaker                  `json:"speaker"`
	Queue      []meeting.MemberID        `json:"queue"`
	Round      *round                    `json:"round"`
	Vote       vote                      `json:"vote"`
	Step       *nextStep                 `json:"step,omitempty"`
	May        []meeting.Action          `json:"may"`
	WhyNot     map[meeting.Action]string `json:"why_not"`
	Trouble    *string                   `json:"trouble"`
	Stale      *stale                    `json:"stale,omitempty"`
	Ahead      int                       `json:"clock_ahead_s,omitempty"`
}

// stale says since when and why the rest of the answer may not be the newest.
type stale struct {
	Since time.Time `json:"since"`
	Why   string    `json:"why"`
}

type item struct {
	No    int    `json:"no"`
	Kind  string `json:"kind"`
	Title string `json:"title"`
}

type placard struct {
	Text    string    `json:"text"`
	Break   bool      `json:"break"`
	Since   time.Time `json:"since"`
	Seconds int       `json:"seconds"` // how long the break lasts; 0: it is not said
}

type attendance struct {
	Expected int        `json:"expected"`
	Present  int        `json:"present"`
	Absent   []absentee `json:"absent"`
	Left     []absentee `json:"left,omitempty"` // were present, and went away early
}

type absentee struct {
	ID     meeting.MemberID `json:"id"`
	Reason string           `json:"reason"`
}

type speaker struct {
	ID    meeting.MemberID `json:"id"`
	For   meeting.Purpose  `json:"for"`
	Since time.Time        `json:"since"`
	Limit int              `json:"limit_s"`
	Read  bool             `json:"read_out,omitempty"` // somebody else reads out what they wrote
}

type round struct {
	Subject meeting.MemberID  `json:"subject"`
	Stage   meeting.RoundPart `json:"stage"`
	Apart   bool              `json:"apart,omitempty"` // of another 党小组 than the caller's
}

type vote struct {
	ID          string           `json:"id"` // of the election; "" before the box opens
	No          int              `json:"no"` // counts the votes of a meeting; 0: none yet
	State       meeting.BoxState `json:"state"`
	Issued      int              `json:"issued"`
	Returned    int              `json:"returned"`
	Confirmed   int              `json:"confirmed"`      // how many voters have found their receipt
	Head        string           `json:"head,omitempty"` // of the log's chain at closing, short
	Fingerprint string           `json:"fingerprint"`
}

type nextStep struct {
	Act  meeting.Action     `json:"act"`
	Who  []meeting.MemberID `json:"who"`
	Wait []meeting.MemberID `json:"wait"`
}

func statusOf(s *meeting.State, who meeting.MemberID) status {
	v := status{
		Phase: s.Stands(), Rehearsal: s.Rehearsal, Item: itemOf(s), Placard: placardOf(s), Attendance: attendanceOf(s), Speaker: speakerOf(s), Queue: queueOf(s),
		Round: roundOf(s, who), Vote: voteOf(s), May: []meeting.Action{}, WhyNot: map[meeting.Action]string{},
	}
	if rest, rests := s.Resting(); rests {
		v.Adjourned = &rest.Until
	}
	for _, act := range meeting.Actions() {
		if no := meeting.May(s, who, act); no != nil {
			v.WhyNot[act] = tui.Chinese().Say(no)
		} else {
			v.May = append(v.May, act)
		}
	}
	if meeting.May(s, who, meeting.ActStep) == nil {
		step := meeting.NextStep(s)
		v.Step = &nextStep{Act: step.Act, Who: ids(step.Who), Wait: ids(step.Wait)}
	}
	return v
}

// ids is a list that is [] in JSON when it is empty.
func ids(list []meeting.MemberID) []meeting.MemberID { return append([]meeting.MemberID{}, list...) }

func itemOf(s *meeting.State) *item {
	it, ok := s.Item()
	if !ok {
		return nil
	}
	return &item{it.No, it.Kind, it.Title}
}

func placardOf(s *meeting.State) *placard {
	p := s.Placard
	if !p.Hangs() {
		return nil
	}
	return &placard{p.Text, p.Break, p.Since, p.Seconds}
}

func attendanceOf(s *meeting.State) attendance {
	roll := s.Roll()
	a := attendance{Expected: roll.Expected, Present: roll.Present, Absent: []absentee{}}
	for _, id := range roll.Absent {
		a.Absent = append(a.Absent, absentee{id, s.Attendance.Of(id).Reason})
	}
	for _, id := range roll.Left {
		a.Left = append(a.Left, absentee{id, s.Attendance.Of(id).Reason})
	}
	return a
}

func speakerOf(s *meeting.State) *speaker {
	if s.Floor.Speaker == "" {
		return nil
	}
	return &speaker{s.Floor.Speaker, s.Floor.For, s.Floor.Since, s.Floor.Limit, s.ReadsOut()}
}

func queueOf(s *meeting.State) []meeting.MemberID { return ids(s.Floor.Queue) }

func roundOf(s *meeting.State, who meeting.MemberID) *round {
	r, ok := s.Round(s.Subject)
	if !ok {
		return nil
	}
	return &round{r.Subject, r.Part, s.Apart(who, r.Subject) != nil}
}

func voteOf(s *meeting.State) vote {
	v := s.Vote()
	if v == nil {
		return vote{State: meeting.BoxNone}
	}
	box := v.Members()
	out := vote{No: v.No, State: v.State, Issued: len(box.Voters), Returned: box.Returned.Len(), Confirmed: v.Checked.Len(), Head: v.Head.Short()}
	if box.Election != nil {
		out.ID, out.Fingerprint = box.Election.UUID(), box.Election.Short()
	}
	return out
}

// showStatus answers once, or with --follow every time that the meeting has
// moved, until the session ends.
func showStatus(c *call) (answer, error) {
	if !c.set("follow") {
		return c.status(), nil
	}
	moved, stop := c.room.Watch()
	defer stop()
	for {
		if err := c.print(c.status()); err != nil {
			return answer{}, err
		}
		c.work.rest()
		select {
		case <-moved:
			c.work.begin()
		case <-c.ctx.Done():
			return answer{}, context.Cause(c.ctx)
		}
	}
}

func (c *call) status() answer {
	s := c.state()
	since, why := c.room.Stale()
	said := c.trouble()
	if c.json {
		v := statusOf(s, c.who)
		switch {
		case said != "":
			v.Trouble = &said
		case why != nil && !errors.Is(why, store.ErrLow):
			v.Stale = &stale{since, why.Error()}
		}
		v.Ahead = int(c.room.Ahead().Seconds())
		return answer{value: v}
	}
	text := sayStatus(s, c.who)
	switch {
	case said != "":
		text += "\n" + said
	case why != nil && !errors.Is(why, store.ErrLow):
		text += "\n" + tui.Chinese().SayStale(since, why)
	}
	if jump := tui.Chinese().SayJump(c.room.Now(), c.room.Ahead()); jump != "" && slices.Contains(s.Seats(c.who), meeting.SeatConsole) {
		text += "\n" + jump
	}
	return answer{text: text}
}

// trouble says that nothing is recorded at the moment or, to whom it concerns,
// that the disk is nearly full; "" if neither is so.
func (c *call) trouble() string {
	since, why := c.room.Stale()
	if errors.Is(why, store.ErrStopped) || errors.Is(why, store.ErrLow) && c.state().ReadsReady(c.who) == nil {
		return tui.Chinese().SayStale(since, why)
	}
	return ""
}

// sayStatus is the status for people: what is not the case is not said.
func sayStatus(s *meeting.State, who meeting.MemberID) string {
	lines := []string{draw.Clean(s.Branch.Name) + "　" + sayWhere(s), sayAttendance(s)}
	if text := tui.Chinese().SayPlacard(s); text != "" {
		lines = append(lines, text)
	}
	if s.Floor.Speaker != "" || len(s.Floor.Queue) > 0 {
		lines = append(lines, sayFloor(s))
	}
	if s.Vote() != nil {
		lines = append(lines, sayVote(s))
	}
	if text := tui.Chinese().SayRemark(s); text != "" {
		lines = append(lines, text)
	}
	if step := meeting.NextStep(s).Act; meeting.May(s, who, meeting.ActNext) == nil && (step == meeting.ActNext || step == meeting.ActAnnounce) {
		for _, check := range s.Checks() {
			if step == meeting.ActNext || check.Code == meeting.Revealing { // what is announced can be less before it is
				lines = append(lines, "提醒："+tui.Chinese().SayCheck(check))
			}
		}
	}
	var may []string
	for _, act := range meeting.Actions() {
		if meeting.May(s, who, act) == nil {
			may = append(may, string(act)+" "+tui.Chinese().ActionName(act))
		}
	}
	if len(may) > 0 {
		lines = append(lines, "你现在可以："+strings.Join(may, "、"))
	}
	return strings.Join(lines, "\n")
}

func sayWhere(s *meeting.State) string {
	text := tui.Chinese().PhaseName(s.Stands())
	if s.Rehearsal {
		text = tui.Chinese().ActionName(meeting.ActRehearse)
	}
	if it, ok := s.Item(); ok {
		text += fmt.Sprintf("　第 %d / %d 项　%s", it.No, len(s.Agenda), draw.Clean(it.Title))
	}
	if rest := tui.Chinese().SayResting(s); rest != "" {
		return text + "　" + rest
	}
	if r, ok := s.Round(s.Subject); ok {
		text += "　" + s.Called(r.Subject) + "：" + tui.Chinese().PartName(r.Part)
	}
	return text
}

func sayAttendance(s *meeting.State) string {
	roll := s.Roll()
	text := fmt.Sprintf("应到 %d，实到 %d，缺席 %d", roll.Expected, roll.Present, len(roll.Absent))
	var reasons []string
	for _, id := range roll.Absent {
		if a := s.Attendance.Of(id); a.Reason != "" {
			reasons = append(reasons, s.Called(id)+" "+draw.Clean(a.Reason))
		}
	}
	if len(reasons) > 0 {
		text += "（" + strings.Join(reasons, "，") + "）"
	}
	var left []string
	for _, id := range roll.Left {
		left = append(left, s.Called(id)+" "+draw.Clean(s.Attendance.Of(id).Reason))
	}
	if len(left) > 0 {
		text += fmt.Sprintf("，提前离开 %d（%s）", len(left), strings.Join(left, "，"))
	}
	return text
}

func sayFloor(s *meeting.State) string {
	text := "现在没有人发言"
	if f := s.Floor; f.Speaker != "" {
		text = fmt.Sprintf("发言：%s（%s）", s.Called(f.Speaker), tui.Chinese().PurposeName(f.For))
		if f.Limit > 0 {
			text += fmt.Sprintf("，限 %d 秒", f.Limit)
		}
		if s.ReadsOut() {
			text += "，书面，由人宣读"
		}
		if f.Paused {
			text += "，计时已暂停"
		}
	}
	if len(s.Floor.Queue) > 0 {
		text += "；候言：" + sayNames(s, s.Floor.Queue)
	}
	return text
}

func sayVote(s *meeting.State) string {
	v := voteOf(s)
	state := tui.Chinese().BoxStateName(v.State)
	if s.NeverOpened() {
		state = "投票结束，票太少，永远不开箱"
	}
	text := "测评：" + state
	if v.Issued > 0 {
		text += "，" + tui.Chinese().SayIssued(s.Vote()) + "，票箱指纹 " + v.Fingerprint
	}
	if v.State == meeting.BoxClosed {
		text += fmt.Sprintf("，已核对 %d / %d", v.Confirmed, len(s.Vote().Board()))
		if v.Head != "" {
			text += "，关箱链头 " + v.Head
		}
	}
	return text
}

func sayNames(s *meeting.State, list []meeting.MemberID) string {
	names := make([]string, len(list))
	for i, id := range list {
		names[i] = s.Called(id)
	}
	return strings.Join(names, "、")
}
