package ssh

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"pingyi/meeting"
)

// trialStatus is what the tests read of `status --json` in a rehearsal.
type trialStatus struct {
	Phase     meeting.Phase
	Rehearsal bool
	Vote      vote
	May       []meeting.Action
	Step      *nextStep
}

func TestARehearsalOverSSH(t *testing.T) {
	h := newHouse(t, 5)
	seq, _ := h.hall.Head()
	var s trialStatus
	if a := h.says("m02", "rehearse", ""); a.exit != exitFailed || !strings.Contains(a.err, "主持人") {
		t.Errorf("any member begins a rehearsal: %+v", a)
	}
	wall, err := h.try(&login{user: "screen"})
	if err != nil {
		t.Fatal(err)
	}
	defer wall.Close()
	stage, member := h.terminal(wall, 120, 40), h.terminal(h.dial("m04"), 80, 24)
	stage.sees(branchName)
	member.sees(branchName)
	h.asks("m01", "rehearse", "", &s)
	if !s.Rehearsal || s.Vote.State != meeting.BoxOpened || s.Vote.Issued != 5 {
		t.Errorf("begun: %+v", s)
	}
	stage.sees("预演") // by the token of the switch
	member.sees("预演")
	var ballot struct {
		Subjects []struct{ ID, Name string }
		Comments bool
	}
	h.asks("m02", "ballot", "", &ballot)
	if len(ballot.Subjects) != 3 || ballot.Comments {
		t.Errorf("the ballot: %+v", ballot)
	}
	first := ballot.Subjects[0]
	var votes sync.WaitGroup
	for who, grade := range map[meeting.MemberID]string{"m02": "优秀", "m03": "基本合格"} {
		votes.Go(func() {
			if a := h.says(who, "vote", `{"`+first.ID+`":"`+grade+`"}`); a.exit != exitOK {
				t.Errorf("%s: %+v", who, a)
			}
		})
	}
	votes.Wait()
	h.asks("m01", "status", "", &s)
	if !s.Rehearsal || s.Vote.Returned != 2 || s.Step == nil || s.Step.Act != meeting.ActClose {
		t.Errorf("status: %+v %+v", s, s.Step)
	}
	h.asks("m01", "rehearse close", "", &s)
	if s.Vote.State != meeting.BoxClosed || s.Vote.Confirmed != 0 {
		t.Errorf("closed: %+v", s)
	}
	for _, who := range []meeting.MemberID{"m02", "m03"} {
		if a := h.says(who, "receipt", ""); a.exit != exitOK {
			t.Errorf("%s: %+v", who, a)
		}
	}
	if h.asks("m01", "status", "", &s); s.Vote.Confirmed != 2 {
		t.Errorf("confirmed: %+v", s.Vote)
	}
	var v vote
	if h.asks("m01", "confirmed", "", &v); v.State != meeting.BoxCounted {
		t.Errorf("counted: %+v", v)
	}
	var list []counts
	h.asks("m05", "result", "", &list)
	if len(list) != 3 || list[0].Name != first.Name || list[0].Counts["优秀"] != 1 || list[0].Counts["基本合格"] != 1 || list[1].Abstain != 2 {
		t.Errorf("result: %+v", list)
	}
	h.peeks("m02", first.Name)
	if a := h.says("m05", "peek", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("who did not vote: %+v", a)
	}
	member.forget()
	h.asks("m01", "rehearse end", "", &s)
	if s.Rehearsal || s.Vote.State != meeting.BoxNone {
		t.Errorf("ended: %+v", s)
	}
	if now, _ := h.hall.Head(); now != seq+1 || h.hall.State().Rehearsed.Ballots != 2 {
		t.Error("the branch's log knows more than that the rehearsal took place")
	}
	member.sees("会前") // the branch's own meeting again
	if a := h.says("m02", "signin", ""); a.exit != exitOK {
		t.Errorf("the real attendance: %+v", a)
	}
	for _, words := range []string{"rehearse close", "rehearse end", "peek"} {
		if a := h.says("m01", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "没有预演") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.says("m01", "rehearse twice", ""); a.exit != exitUsage {
		t.Errorf("%+v", a)
	}
}

// forget drops what was drawn so far: what is seen from here on is new.
func (s *screen) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drawn.Reset()
}

// peeks has a member look for their choice, as whoever has the file would.
func (h *house) peeks(who meeting.MemberID, subject string) {
	h.t.Helper()
	var p struct {
		Records  [][]byte
		Receipt  string
		Times    int
		Issued   int
		Returned []meeting.MemberID
	}
	h.asks(who, "peek", "", &p)
	if len(p.Records) != 1 || p.Times != 1 || p.Issued != 5 || len(p.Returned) != 2 {
		h.t.Errorf("peek: %d records, %+v", len(p.Records), p.Returned)
		return
	}
	if !bytes.Contains(p.Records[0], []byte(`"ballot-cast"`)) || !bytes.Contains(p.Records[0], []byte(p.Receipt)) {
		h.t.Error("this is not the record of a ballot")
	}
	for _, clear := range []string{"优秀", "合格", subject, "t1"} {
		if bytes.Contains(p.Records[0], []byte(`"`+clear)) || len(clear) > 2 && bytes.Contains(p.Records[0], []byte(clear)) {
			h.t.Errorf("the record tells %q", clear)
		}
	}
	if a := h.says(who, "peek", ""); a.exit != exitOK || !strings.Contains(a.out, "党员02、党员03") || strings.Contains(a.out, "优秀") {
		h.t.Errorf("peek for people: %+v", a)
	}
}

func TestOneTrialBallotIsNotCountedAndSaysWhy(t *testing.T) {
	h := newHouse(t, 3)
	h.says("m01", "rehearse", "")
	h.says("m02", "vote", `{"t1":"优秀"}`)
	if a := h.says("m01", "rehearse close", ""); a.exit != exitOK || !strings.Contains(a.out, "收回 1 票") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m02", "result", ""); a.exit != exitFailed {
		t.Errorf("%+v", a)
	}
}

func TestBeginningTheMeetingEndsTheRehearsal(t *testing.T) {
	h := newHouse(t, 3)
	member := h.terminal(h.dial("m02"), 80, 24)
	h.says("m01", "rehearse", "")
	member.sees("预演")
	member.forget()
	var s trialStatus
	h.asks("m01", "next", "", &s)
	h.asks("m02", "status", "", &s)
	if s.Rehearsal || s.Phase != meeting.Live || s.Vote.State != meeting.BoxNone {
		t.Errorf("the meeting has not begun: %+v", s)
	}
	member.sees("第 1/14 项")
	if a := h.says("m01", "rehearse", ""); a.exit != exitFailed || !strings.Contains(a.err, "已经开始") {
		t.Errorf("a rehearsal in the meeting: %+v", a)
	}
}

// Who may come in follows from the branch's own codes, also in a rehearsal.
func TestANewCodeCountsInARehearsal(t *testing.T) {
	h := newHouse(t, 3)
	h.says("m01", "rehearse", "")
	c := h.dial("m02")
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m02": HashCode(secret, "23456-789AB")}})
	if _, err := c.NewSession(); err == nil {
		t.Error("a replaced code still opens sessions")
	}
	h.codes["m02"] = "23456-789AB"
	if a := h.says("m02", "ballot", ""); a.exit != exitOK {
		t.Errorf("the new code: %+v", a)
	}
}

func TestAMeetingComesBeforeARehearsalOnTheWall(t *testing.T) {
	one, two := newHouse(t, 2), newHouse(t, 2)
	d := doorman{Server: one.server, ctx: t.Context()}
	rooms := []Room{one.venue, two.venue}
	two.Does("m01", meeting.Next{})
	one.says("m01", "rehearse", "")
	for range 2 {
		rooms[0], rooms[1] = rooms[1], rooms[0]
		d.config.Halls = func(context.Context) ([]Room, error) { return rooms, nil }
		if room, err := d.stage(""); err != nil || room != Room(two.venue) {
			t.Errorf("the rehearsal is shown: %v", err)
		}
	}
}
