package ssh

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pkg/sftp"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/org"
	"pingyi/store"
	"pingyi/store/hall"
	"pingyi/tui"
)

// reissue gives somebody a new code, which ends the one that h.codes has.
func (h *house) reissue(who meeting.MemberID) {
	h.t.Helper()
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{who: HashCode(secret, "23456-789AB")}})
}

const replaced = "入会码已经更换：请用新的入会码重新登录。"

// Whatever a session does or waits for, it ends with its code, says why, and its
// exit status is not that of somebody who has left.
func TestASessionEndsWithItsCode(t *testing.T) {
	h := newHouse(t, 3, withPapers)
	c := h.dial("m02")
	drawn := h.terminal(c, 80, 24)
	drawn.sees(branchName)
	read := h.plainly(h.dial("m03"), "dumb", "")
	read.hears(branchName)
	following := h.plainly(c, "", "status --follow")
	following.hears(branchName)
	writing := h.plainly(c, "", "outline add") // waits for standard input
	if _, err := writing.keys.Write([]byte("只写了一半")); err != nil {
		t.Fatal(err)
	}
	other := h.terminal(h.dial("m01"), 80, 24)
	other.sees(branchName)
	copying, err := sftp.NewClient(h.dial("m02"))
	if err != nil {
		t.Fatal(err)
	}
	defer copying.Close()
	if _, err := copying.ReadDir("papers"); err != nil {
		t.Fatal(err)
	}
	h.reissue("m02")
	h.reissue("m03")
	for name, s := range map[string]*screen{"screen": drawn, "plain": read.screen, "follow": following.screen, "writes": writing.screen} {
		s.exits(exitFailed)
		if !strings.Contains(s.text(), replaced) {
			t.Errorf("%s ends with %q", name, s.text()[max(0, len(s.text())-300):])
		}
	}
	if err := copying.Wait(); err == nil {
		t.Error("sftp has left by itself")
	}
	if _, err := copying.ReadDir("papers"); err == nil {
		t.Error("an old code still copies papers")
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("an old code opens sessions")
	}
	_ = c.Wait() // the server hangs up, or the client's own end would never come
	if n := len(h.State().Records("m02", "outline")); n != 0 {
		t.Errorf("%d outlines were written with half a text", n)
	}
	other.sends("?").sees("帮助")
}

// Others of the branch have come before and left: who is still there ends with
// their code all the same.
func TestASessionEndsWithItsCodeAfterOthersHaveLeft(t *testing.T) {
	h := newHouse(t, 3)
	first := h.plainly(h.dial("m01"), "dumb", "")
	first.hears(branchName)
	last := h.terminal(h.dial("m02"), 80, 24)
	last.sees(branchName)
	other := h.plainly(h.dial("m03"), "", "status --follow")
	other.hears(branchName)
	first.keys.Close()
	<-first.over
	h.reissue("m03")
	other.exits(exitFailed)
	h.reissue("m02")
	last.exits(exitFailed)
	if !strings.Contains(last.text(), replaced) {
		t.Errorf("it ends with %q", last.text()[max(0, len(last.text())-300):])
	}
}

func TestASessionSaysWhyItsCodeEnded(t *testing.T) {
	for name, one := range map[string]struct {
		ends func(h *house)
		says string
	}{
		"revoked": {func(h *house) { h.Does(meeting.Keeper, meeting.RevokeCodes{IDs: []meeting.MemberID{"m02"}}) }, "已经停用"},
		"left": {func(h *house) {
			gone, _ := h.State().Member("m02")
			gone.Standing = "已转出"
			h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{gone}, Yes: true})
		}, "不在本支部"},
		"removed":   {func(h *house) { h.Does(meeting.Keeper, meeting.RemoveMember{ID: "m02", Reason: "导错了"}) }, "已经停用"},
		"next year": {func(h *house) { h.Does(meeting.Keeper, meeting.EndYear{Next: 2018}) }, "2018 年度已经开始"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, 3)
			s := h.plainly(h.dial("m02"), "", "status --follow")
			s.hears(branchName)
			one.ends(h)
			s.exits(exitFailed)
			if !strings.Contains(s.text(), one.says) {
				t.Errorf("it ends with %q", s.text())
			}
		})
	}
}

// A rehearsal changes nothing of who may be there.
func TestARehearsalsSessionEndsWithItsCode(t *testing.T) {
	h := newHouse(t, 3)
	if err := h.venue.Rehearse(t.Context(), "m01", true); err != nil {
		t.Fatal(err)
	}
	s := h.terminal(h.dial("m02"), 80, 24)
	s.sees(branchName)
	h.reissue("m02")
	s.exits(exitFailed)
}

func TestTheSuperiorsSessionEndsWithTheirCode(t *testing.T) {
	h, _ := newOrgHouse(t)
	s := h.terminal(h.dial("s1"), 80, 24)
	s.sees("某党总支")
	other := h.terminal(h.dial("s2"), 80, 24)
	other.sees("某党总支")
	above := h.server.config.Organisation.(interface {
		Do(context.Context, org.Request) ([]org.Event, error)
	})
	does := func(c org.Command) {
		t.Helper()
		if _, err := above.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: c}); err != nil {
			t.Fatal(err)
		}
	}
	does(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s1": "new"}})
	s.exits(exitFailed)
	if !strings.Contains(s.text(), replaced) {
		t.Errorf("it ends with %q", s.text())
	}
	does(org.RemovePerson{ID: "s2"})
	other.exits(exitFailed)
	for id, says := range map[string]string{"s1": replaced, "s2": "请找管理服务器的人"} { // who types the old code is told so, too
		l := &login{user: id, auth: []gossh.AuthMethod{gossh.Password(h.codes[meeting.MemberID(id)])}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Fatal("an old code lets somebody in")
		}
		if !strings.Contains(l.heard, says) {
			t.Errorf("with the old code of %s is heard %q", id, l.heard)
		}
	}
}

// Whatever is done in a room passes the look at the code.
func TestNothingPassesOnceTheCodeHasEnded(t *testing.T) {
	h := newHouse(t, 2)
	for _, who := range []person{
		{room: h.venue, id: "m02", owner: "m02", hash: "old"},
		{room: h.venue, id: meeting.Screen, owner: "m01", hash: "old"},
	} {
		room := (&session{who: who}).room()
		for m := range reflect.TypeFor[Room]().Methods() {
			last := m.Type.NumOut() - 1
			if m.Name == "Stale" || last < 0 || m.Type.Out(last) != reflect.TypeFor[error]() {
				continue // it only tells
			}
			args := []reflect.Value{}
			for i := range m.Type.NumIn() {
				arg := reflect.Zero(m.Type.In(i))
				switch m.Type.In(i) {
				case reflect.TypeFor[context.Context]():
					arg = reflect.ValueOf(t.Context())
				case reflect.TypeFor[meeting.MemberID]():
					arg = reflect.ValueOf(who.id)
				}
				args = append(args, arg)
			}
			call := reflect.ValueOf(room).MethodByName(m.Name).Call
			if m.Type.IsVariadic() {
				args = args[:len(args)-1]
			}
			err, _ := call(args)[last].Interface().(error)
			var no *meeting.Refusal
			if !errors.As(err, &no) || no.Code != meeting.CodeReplaced {
				t.Errorf("%s passes: %v", m.Name, err)
			}
		}
	}
}

// Acts and the end of their code race; the log is the judge.
func TestNoActIsRecordedAfterTheEndOfItsCode(t *testing.T) {
	h := newHouse(t, 2)
	h.SignsIn()
	for round := range 5 {
		one := &session{who: person{room: h.venue, id: "m01", owner: "m01", hash: h.State().Codes.Of("m01")}}
		var acting sync.WaitGroup
		begun := make(chan struct{}, 8)
		for range 4 {
			acting.Go(func() {
				defer func() { begun <- struct{}{} }()
				for i := 0; ; i++ {
					_, err := one.room().Act(t.Context(), "m01", meeting.Say{Text: fmt.Sprint("请安静", i)})
					var no *meeting.Refusal
					if errors.As(err, &no) && no.Code == meeting.CodeReplaced {
						return
					}
					if err != nil {
						t.Errorf("it ends with %v", err)
						return
					}
					if i == 0 {
						begun <- struct{}{}
					}
				}
			})
		}
		<-begun
		h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m01": fmt.Sprint("code", round)}})
		acting.Wait()
		if last := h.State().Chronicle.Event; last.By != meeting.Keeper {
			t.Fatalf("round %d: %s acts after the end of the code", round, last.By)
		}
	}
}

// Who sits at a booth is sent away with their code, and the booth goes on; with
// the code of whoever opened it the booth ends.
func TestABoothsVisitorGoesWithTheirCode(t *testing.T) {
	h := newHouse(t, 3)
	c, err := h.try(&login{user: "booth", auth: []gossh.AuthMethod{gossh.Password(h.codes["m01"])}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	booth := h.terminal(c, 80, 24)
	booth.sees("公用终端")
	booth.sends(h.codes["m02"] + "\r").sees("党员02")
	h.reissue("m02")
	booth.sees("入会码已经更换")
	h.server.seats.mu.Lock()
	for one := range h.server.seats.all {
		if _, err := one.room().Act(t.Context(), "m02", meeting.SignIn{}); err == nil {
			t.Error("the visitor still signs in")
		}
	}
	h.server.seats.mu.Unlock()
	booth.sends(h.codes["m03"] + "\r").sees("党员03")
	h.reissue("m01")
	booth.exits(exitFailed)
}

func TestWhoLeavesAndWhoIsAskedToEndDifferently(t *testing.T) {
	h := newHouse(t, 3)
	left := h.terminal(h.dial("m02"), 80, 24)
	left.sees(branchName)
	left.sends("\x03").sees("再按一次")
	left.sends("\x03").exits(exitOK)
	lines := h.plainly(h.dial("m02"), "", "")
	lines.hears(branchName, "请输入：").types("q\n")
	lines.exits(exitOK)
	older := h.terminal(h.dial("m02"), 80, 24)
	older.sees(branchName)
	newer := h.terminal(h.dial("m02"), 80, 24)
	older.exits(exitFailed)
	newer.sees(branchName)
	read := h.plainly(h.dial("m03"), "", "")
	read.hears(branchName)
	word := h.plainly(h.dial("m03"), "", "status --follow")
	word.hears(branchName)
	h.stop()
	for _, s := range []*screen{newer, read.screen, word.screen} {
		s.exits(exitFailed)
		if !strings.Contains(s.text(), "服务器关闭了") {
			t.Errorf("it ends with %q", s.text())
		}
	}
}

// What somebody has begun to write in a year is not found in the next: it was meant
// for the meeting that is over.
func TestDraftsStayInTheirYear(t *testing.T) {
	h := newHouse(t, 5)
	old, venue, _ := newBranch(t, "b2", "第二党支部", time.Now)
	old.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	log, err := store.NewMemory().Log(t.Context(), "b2")
	if err != nil {
		t.Fatal(err)
	}
	room, err := store.OpenRoom(t.Context(), log, meeting.Machine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(room.Close)
	next := hall.New(room, secret, time.Now)
	meetingtest.New(t, next).Does(meeting.Keeper, meeting.BeginYear{Of: old.State(), Rules: meetingtest.Rules(t, "regulation-2018")})
	drafts := func(of Room) *tui.Drafts { return h.server.draftsOf(person{id: "m01", room: of}.stands()) }
	begun := drafts(venue)
	if again := drafts(venue); again != begun || drafts(hall.NewVenue(next)) == begun {
		t.Error("drafts are not those of one year")
	}
}
