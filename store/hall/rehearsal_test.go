package hall_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
)

// rehearsing is a branch of so many whose rehearsal is on.
func rehearsing(t *testing.T, members int, change func(*preset.Rules)) (*house, *hall.Venue) {
	t.Helper()
	h := newHouseWith(t, people(members), change)
	st := hall.NewVenue(h.Hall)
	t.Cleanup(st.Close)
	if err := st.Rehearse(t.Context(), id(1), true); err != nil {
		t.Fatal(err)
	}
	return h, st
}

func tries(t *testing.T, st *hall.Venue, who meeting.MemberID, g meeting.Grade) {
	t.Helper()
	if _, err := st.Cast(t.Context(), who, meetingtest.Alike(st.State(), g)); err != nil {
		t.Fatal(err)
	}
}

func TestARehearsalRunsEveryLineAndTheBranchKnowsOnlyThatItTookPlace(t *testing.T) {
	for _, group := range []string{"", "BELENIOS-2048"} {
		h, st := rehearsing(t, 6, func(r *preset.Rules) { r.Vote.Group = group })
		seq, _ := h.Head()
		own := h.State()
		s := st.State()
		if !s.Rehearsal || !st.Rehearsing() || own.Rehearsal || s.Vote().State != meeting.BoxOpened || len(s.Vote().Members().Voters) != 6 {
			t.Fatalf("no open rehearsal: %+v", s.Vote())
		}
		if names := s.NameOf(s.Vote().Subjects[0]); len(s.Vote().Subjects) != 3 || !strings.Contains(names, "西红柿") {
			t.Errorf("it grades %q", names)
		}
		if roll := s.Roll(); roll.Expected != 6 || len(roll.Absent) != 0 || len(roll.Guests) != 0 {
			t.Errorf("what is graded counts as people: %+v", roll)
		}
		tries(t, st, id(2), "优秀")
		tries(t, st, id(3), "不合格")
		if _, err := st.Act(t.Context(), id(3), meeting.CloseBox{}); code(err) != meeting.ConsoleOnly {
			t.Errorf("anybody closes the box: %v", err)
		}
		if _, err := st.Act(t.Context(), id(1), meeting.CloseBox{}); err != nil {
			t.Fatal(err)
		}
		if _, err := st.Act(t.Context(), id(1), meeting.Confirm{}); code(err) != meeting.SomeUnconfirmed {
			t.Errorf("nobody has confirmed: %v", err)
		}
		if _, err := st.Act(t.Context(), id(1), meeting.Confirm{Reason: "无人提出异议"}); err != nil {
			t.Fatal(err)
		}
		s = st.State()
		hist, no := s.Histogram(s.Vote().Subjects[1])
		if no != nil || fmt.Sprint(hist.Counts) != "[1 0 0 1]" || meeting.May(s, id(6), meeting.ActResult) != nil {
			t.Errorf("counted %v %v, seen by all: %v", hist.Counts, no, meeting.May(s, id(6), meeting.ActResult))
		}
		if _, err := st.Act(t.Context(), id(1), meeting.NextStep(s).Do); err != nil { // Enter on the console ends it
			t.Fatal(err)
		}
		own = h.State()
		if now, _ := h.Head(); now != seq+1 || st.State() != own || st.Rehearsing() {
			t.Error("the rehearsal left something behind")
		}
		if own.Rehearsed == nil || own.Rehearsed.Ballots != 2 || !slices.ContainsFunc(own.Readiness(""), func(c meeting.GateCheck) bool {
			return c.Gate == "rehearsal" && c.Level == meeting.Green
		}) {
			t.Errorf("what the branch knows of it: %+v", own.Rehearsed)
		}
	}
}

// Who opens the file, takes the backup or runs the meeting looks for a choice.
func TestNothingToSeeForWhoPeeks(t *testing.T) {
	_, st := rehearsing(t, 4, nil)
	if _, err := st.Peek(t.Context(), id(2)); code(err) != meeting.NothingToPeek {
		t.Errorf("before voting: %v", err)
	}
	tries(t, st, id(3), "合格")
	tries(t, st, id(2), "优秀")
	tries(t, st, id(2), "基本合格")
	p, err := st.Peek(t.Context(), id(2))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Records) != 2 || p.Times != 2 || p.Issued != 4 || !slices.Equal(p.Returned, []meeting.MemberID{id(2), id(3)}) || p.Receipt == "" {
		t.Errorf("peeked: %d records, %+v", len(p.Records), p.Returned)
	}
	subjects := st.State().Vote().Subjects
	for i, b := range p.Records {
		rec, err := store.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if e, err := meeting.Decode(rec.Body, rec.Blob); err != nil || e.By != id(2) || meeting.KindOf(e.Fact) != "ballot-cast" {
			t.Errorf("record %d is no ballot of m02: %+v %v", i, e, err)
		}
		if len(rec.Blob) < 500 {
			t.Errorf("a ciphertext of %d bytes", len(rec.Blob))
		}
		for _, clear := range []string{"优秀", "合格", "不合格", st.State().NameOf(subjects[0]), string(subjects[0]) + `"`, `"Grades"`} {
			if bytes.Contains(b, []byte(clear)) {
				t.Errorf("record %d tells %q", i, clear)
			}
		}
	}
	if bytes.Equal(p.Records[0], p.Records[1]) {
		t.Error("two ballots are one record")
	}
}

func TestTooFewTrialBallotsAreNotCounted(t *testing.T) {
	_, st := rehearsing(t, 4, nil)
	if _, err := st.Act(t.Context(), id(1), meeting.CloseBox{}); code(err) != meeting.NoBallots {
		t.Errorf("an empty box: %v", err)
	}
	tries(t, st, id(2), "优秀")
	if _, err := st.Act(t.Context(), id(1), meeting.CloseBox{}); err != nil {
		t.Fatal(err)
	}
	s := st.State()
	if v := s.Vote(); v.State != meeting.BoxClosed || v.Members().Sums != nil || meeting.May(s, id(1), meeting.ActUnseal).Code != meeting.TooFewBallots {
		t.Errorf("one ballot was counted: %+v", v.Members().Sums)
	}
}

func TestWhatARehearsalDoesNotLetPass(t *testing.T) {
	h, st := rehearsing(t, 4, nil)
	for who, list := range map[meeting.MemberID][]meeting.Command{
		id(1): {meeting.Void{Reason: "x"}, meeting.Name{ID: id(2), Seat: meeting.SeatConsole}, meeting.RecordAbsence{ID: id(2), Reason: "病假"}, meeting.TakeNote{Text: "x"}, meeting.Goto{No: 1}},
		id(2): {meeting.SignIn{}, meeting.AskFloor{}},
	} {
		for _, c := range list {
			if _, err := st.Act(t.Context(), who, c); code(err) != meeting.RehearsalIsOn {
				t.Errorf("%T: %v", c, err)
			}
		}
	}
	if err := st.Rehearse(t.Context(), id(1), true); code(err) != meeting.RehearsalIsOn {
		t.Errorf("a second one: %v", err)
	}
	if err := st.Rehearse(t.Context(), id(2), false); code(err) != meeting.ConsoleOnly || !st.Rehearsing() {
		t.Errorf("any member ends it: %v", err)
	}
	// new codes are the branch's own matter, also meanwhile
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{id(2): "abc"}})
	if st.State().Codes.Of(id(2)) != "abc" {
		t.Error("the rehearsal keeps an old code valid")
	}
	if err := st.Rehearse(t.Context(), id(1), false); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"ended twice": st.Rehearse(t.Context(), id(1), false),
		"peek":        func() error { _, err := st.Peek(t.Context(), id(1)); return err }(),
	} {
		if code(err) != meeting.NoRehearsal {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := st.Rehearse(t.Context(), id(2), true); code(err) != meeting.ConsoleOnly {
		t.Errorf("any member begins one: %v", err)
	}
}

func TestTheMeetingEndsTheRehearsal(t *testing.T) {
	for name, begin := range map[string]func(*house, *hall.Venue) error{
		"by the console":  func(_ *house, st *hall.Venue) error { _, err := st.Act(t.Context(), id(1), meeting.Next{}); return err },
		"behind its back": func(h *house, _ *hall.Venue) error { _, err := h.Act(t.Context(), id(1), meeting.Next{}); return err },
	} {
		h, st := rehearsing(t, 4, nil)
		tries(t, st, id(2), "优秀")
		sheet := meetingtest.Alike(st.State(), "合格")
		moved, stop := st.Watch()
		if err := begin(h, st); err != nil {
			t.Fatal(name, err)
		}
		if s := st.State(); s.Rehearsal || s.Phase != meeting.Live || st.Rehearsing() || s.Vote() != nil {
			t.Errorf("%s: people still see the rehearsal", name)
		}
		select {
		case <-moved:
		case <-time.After(20 * time.Second):
			t.Errorf("%s: nobody was told", name)
		}
		stop()
		if _, err := st.Cast(t.Context(), id(3), sheet); code(err) != meeting.NoVote {
			t.Errorf("%s: a trial ballot that comes too late: %v", name, err)
		}
		if err := st.Rehearse(t.Context(), id(1), true); code(err) != meeting.TooLateToRehearse {
			t.Errorf("%s: rehearsing in the meeting: %v", name, err)
		}
	}
}

func TestARestartLosesNothingButTheRehearsal(t *testing.T) {
	h, st := rehearsing(t, 4, nil)
	tries(t, st, id(2), "优秀")
	seq, head := h.Head()
	h.restart()
	again := hall.NewVenue(h.Hall)
	if now, hash := h.Head(); now != seq || hash != head || again.Rehearsing() || again.State().Phase != meeting.Before || len(again.State().Roster) != 4 {
		t.Error("the branch is not as it was")
	}
}

// Everybody votes, watches, looks and peeks while the console begins and ends
// rehearsals and at last the meeting.
func TestManyWatchersSeeEverySwitch(t *testing.T) {
	const members, rounds = 8, 3
	h := newHouse(t, members)
	st := hall.NewVenue(h.Hall)
	defer st.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	// until waits as a screen does: pull, then wait for the token.
	until := func(moved <-chan struct{}, what func(*meeting.State) bool) (*meeting.State, error) {
		for {
			if s := st.State(); what(s) {
				return s, nil
			}
			select {
			case <-moved:
			case <-ctx.Done():
				return nil, errors.New("a watcher was not told")
			}
		}
	}
	var people sync.WaitGroup
	voted := make(chan struct{}, members*rounds)
	for i := 2; i <= members; i++ {
		people.Go(func() {
			moved, stop := st.Watch()
			defer stop()
			last := ""
			for range rounds {
				s, err := until(moved, func(s *meeting.State) bool {
					return s.Rehearsal && s.Vote() != nil && s.Vote().State == meeting.BoxOpened && s.Vote().Members().Election.UUID() != last
				})
				if err != nil {
					t.Error(err)
					return
				}
				last = s.Vote().Members().Election.UUID()
				c := meetingtest.Alike(s, grades[i%2])
				st.Prepare(id(i), c, true)
				if _, err := st.Cast(ctx, id(i), c); err != nil {
					t.Error(err)
				}
				voted <- struct{}{}
				if _, err := st.Peek(ctx, id(i)); err != nil && code(err) != meeting.NoRehearsal {
					t.Error(err)
				}
			}
			if _, err := until(moved, func(s *meeting.State) bool { return s.Phase == meeting.Live && !s.Rehearsal }); err != nil {
				t.Error(err)
			}
		})
	}
	for round := range rounds {
		if err := st.Rehearse(ctx, id(1), true); err != nil {
			t.Fatal(err)
		}
		for range members - 1 {
			select {
			case <-voted:
			case <-ctx.Done():
				t.Fatal("somebody did not vote")
			}
		}
		for _, c := range []meeting.Command{meeting.CloseBox{}, meeting.Confirm{Reason: "无人提出异议"}} {
			if _, err := st.Act(ctx, id(1), c); err != nil {
				t.Fatal(err)
			}
		}
		if round < rounds-1 {
			if err := st.Rehearse(ctx, id(1), false); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := st.Act(ctx, id(1), meeting.Next{}); err != nil {
		t.Fatal(err)
	}
	people.Wait()
	if s := h.State(); len(s.Votes) != 0 {
		t.Error("a rehearsal's vote stands in the meeting")
	}
}
