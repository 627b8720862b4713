package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/store"
)

// TestSixtyAtOnce has sixty members sign in at the same moment and vote at the same moment, some of them twice. Everything that was
// acknowledged is there, once, also for who opens the file anew.
func TestSixtyAtOnce(t *testing.T) {
	const n = 60
	l := boltLog(t)
	r := founded(t, l, people(n, 3))
	for i, err := range all(n, func(i int) error { return do(t.Context(), r, as(id(i), meeting.SignIn{})) }) {
		if err != nil {
			t.Fatalf("%s could not sign in: %v", id(i+1), err)
		}
	}
	if roll := r.State().Roll(); roll.Present != n {
		t.Fatalf("%d are present", roll.Present)
	}
	ballots := openBox(t, r, n)
	for i, err := range all(n, func(i int) error {
		err := do(t.Context(), r, as(id(i), meeting.Cast{Ballot: ballots[i-1]}))
		var no *meeting.Refusal
		if again := do(t.Context(), r, as(id(i), meeting.Cast{Ballot: ballots[i-1]})); !errors.As(again, &no) {
			t.Errorf("the same ballot was taken twice from %s: %v", id(i), again)
		}
		return err
	}) {
		if err != nil {
			t.Fatalf("%s could not vote: %v", id(i+1), err)
		}
	}
	if vote := r.State().Vote(); vote.Members().Returned.Len() != n || len(vote.Missing()) > 0 {
		t.Errorf("%d slips, missing %v", vote.Members().Returned.Len(), vote.Missing())
	}
	again := openRoom(t, l)
	same(t, again.State(), r.State())
	sameHead(t, again, r)
}

// TestPrunedLogOpens removes the ciphertexts from a log: the room opens with the same head, and the slips have no ballot any more.
func TestPrunedLogOpens(t *testing.T) {
	shelf := store.NewMemory()
	full := openLog(t, shelf)
	r := founded(t, full, people(5, 3))
	for i := range 5 {
		mustDo(t, r, as(id(i+1), meeting.SignIn{}))
	}
	for i, b := range openBox(t, r, 5) {
		mustDo(t, r, as(id(i+1), meeting.Cast{Ballot: b}))
	}
	pruned, err := shelf.Log(t.Context(), "pruned")
	if err != nil {
		t.Fatal(err)
	}
	var after uint64
	for b, err := range full.Read(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		rec, err := store.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if after, err = pruned.Append(t.Context(), after, rec.Prune().Encode()); err != nil {
			t.Fatal(err)
		}
	}
	again := openRoom(t, pruned)
	sameHead(t, again, r)
	for who, slip := range again.State().Vote().Members().Returned.All() {
		if slip.Ballot() != nil || slip.Receipt != r.State().Vote().Members().Returned.Of(who).Receipt {
			t.Errorf("%s: %+v", who, slip)
		}
	}
}

// TestRefresh folds a log anew after blobs were pruned: the state and the requests that are remembered have them no more, the head is the
// same, and watchers hear of it. Where the log cannot be read, nothing changes.
func TestRefresh(t *testing.T) {
	shelf := store.NewMemory()
	log := &stage{Log: openLog(t, shelf)}
	r := founded(t, log, people(3, 3))
	q := under("outline", "m02", meetingtest.Writes("outline", 0, "causes", "发言提纲"))
	mustDo(t, r, q)
	seq, hash := r.Head()
	if n, err := shelf.Prune(t.Context(), "b1", "private"); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	was, away := r.State(), errors.New("the disk is away")
	f := func() error { return away }
	log.reads.Store(&f)
	if err := r.Refresh(t.Context()); !errors.Is(err, away) || r.State() != was {
		t.Errorf("a log that cannot be read: %v", err)
	}
	log.reads.Store(nil)
	moved, stop := r.Watch()
	defer stop()
	if err := r.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-moved
	if o, _ := r.State().OutlineOf("m02"); o.Value("causes") != "" || o.At.IsZero() {
		t.Errorf("%+v", o)
	}
	events, err := r.Do(t.Context(), q)
	if err != nil || events[0].Fact.(meeting.RecordWritten).Private != nil {
		t.Errorf("%+v, %v", events, err)
	}
	if s, h := r.Head(); s != seq || h != hash {
		t.Error("the head is another")
	}
	r.Close()
	if err := r.Refresh(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Refresh after Close: %v", err)
	}
}

// TestBurstIsOneAppend has many wait while one is being written: they are written together, and nobody sees anything before that.
func TestBurstIsOneAppend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 41)
		moved, stop := s.Watch()
		defer stop()
		step, before := s.hold(), s.log.appends.Load()
		first := s.begin(t.Context(), as(id(1), meeting.SignIn{}))
		var others []<-chan error
		for i := range 40 {
			others = append(others, s.begin(t.Context(), as(id(i+2), meeting.SignIn{})))
		}
		if !open(first) || len(moved) > 0 || s.State().Roll().Present > 0 {
			t.Error("something was shown or acknowledged before it was durable")
		}
		step(nil)
		if open(first) || !present(s.State(), id(1)) || present(s.State(), id(2)) || !open(others[0]) {
			t.Error("the first alone should be there now")
		}
		<-moved
		step(nil)
		for _, answer := range append(others, first) {
			if err := <-answer; err != nil {
				t.Error(err)
			}
		}
		if n := s.log.appends.Load() - before; n != 2 || s.State().Roll().Present != 41 || len(moved) != 1 {
			t.Errorf("%d appends, want 2; %d are present", n, s.State().Roll().Present)
		}
	})
}

// TestBurstFitsTheEngine asks for more at once than one Append takes: it is split, in order. Memory refuses pieces that are too large.
func TestBurstFitsTheEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 3)
		mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
		step, before := s.hold(), s.log.appends.Load()
		text := strings.Repeat("字", 4000)
		var answers []<-chan error
		for i := range 250 {
			answers = append(answers, s.begin(t.Context(), as("m01", meeting.TakeNote{Text: fmt.Sprintf("第%d条 %s", i, text)})))
		}
		s.free()
		step(nil)
		for _, answer := range answers {
			if err := <-answer; err != nil {
				t.Fatal(err)
			}
		}
		if n := s.log.appends.Load() - before; n < 4 || n > 6 { // 3 MB, and the one that was held
			t.Errorf("%d appends", n)
		}
		for i, note := range s.State().Notes {
			if want := fmt.Sprintf("第%d条 ", i); !strings.HasPrefix(note.Text, want) {
				t.Fatalf("note %d is %.20q", i, note.Text)
			}
		}
	})
}

// TestCrowdFitsTheEngine has more at once than one Append takes records: it is split, in order.
func TestCrowdFitsTheEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 3)
		mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
		step, before := s.hold(), s.log.appends.Load()
		var answers []<-chan error
		for i := range 1 + 2*store.MaxRecords + 1 {
			answers = append(answers, s.begin(t.Context(), as("m01", meeting.TakeNote{Text: fmt.Sprint(i)})))
		}
		s.free()
		step(nil)
		for _, answer := range answers {
			if err := <-answer; err != nil {
				t.Fatal(err)
			}
		}
		if n := s.log.appends.Load() - before; n != 4 {
			t.Errorf("%d appends", n)
		}
		for i, note := range s.State().Notes {
			if note.Text != fmt.Sprint(i) {
				t.Fatalf("note %d is %s", i, note.Text)
			}
		}
	})
}

// TestTooLarge refuses what can never be written, and goes on.
func TestTooLarge(t *testing.T) {
	s := newScene(t, 3)
	codes := map[meeting.MemberID]string{"m01": strings.Repeat("0", store.MaxAppend)}
	if err := do(t.Context(), s.room, as(meeting.Keeper, meeting.IssueCodes{Hashes: codes})); !errors.Is(err, store.ErrSize) {
		t.Errorf("%v, want ErrSize", err)
	}
	mustDo(t, s.room, as("m01", meeting.SignIn{}))
}

// TestRefusal answers at once where nothing is being written, and leaves no trace.
func TestRefusal(t *testing.T) {
	s := newScene(t, 3)
	was, appends := s.State(), s.log.appends.Load()
	var no *meeting.Refusal
	if err := do(t.Context(), s.room, as("nobody", meeting.SignIn{})); !errors.As(err, &no) || no.Code != meeting.NotOnRoster {
		t.Errorf("%v", err)
	}
	if s.State() != was || s.log.appends.Load() != appends {
		t.Error("a refusal changed something")
	}
}

// TestRefusalThatRestsOnAWrite has a member sign in twice in one burst. That the second is refused would tell of a sign-in that may still
// fail: so it is answered after that, and by what became of it.
func TestRefusalThatRestsOnAWrite(t *testing.T) {
	for _, outcome := range []error{nil, errors.New("disk full")} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(t, 3)
			step := s.hold()
			busy := s.begin(t.Context(), as("m01", meeting.SignIn{}))
			first := s.begin(t.Context(), as("m02", meeting.SignIn{}))
			second := s.begin(t.Context(), as("m02", meeting.SignIn{}))
			step(nil)
			if open(busy) || !open(first) || !open(second) {
				t.Error("answered before it was durable")
			}
			step(outcome)
			var no *meeting.Refusal
			err := <-second
			switch {
			case !errors.Is(<-first, outcome):
				t.Error("the first got another outcome")
			case outcome == nil && (!errors.As(err, &no) || no.Code != meeting.AlreadySignedIn), outcome != nil && !errors.Is(err, outcome):
				t.Errorf("the second got %v", err)
			}
		})
	}
}

// TestAppendFails tells everybody whose events were not written, shows nothing of them, and goes on.
func TestAppendFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 4)
		was, full := s.State(), errors.New("disk full")
		step := s.hold()
		first := s.begin(t.Context(), as("m01", meeting.SignIn{}))
		second := s.begin(t.Context(), as("m02", meeting.SignIn{}))
		step(full)
		step(full)
		if !errors.Is(<-first, full) || !errors.Is(<-second, full) || s.State() != was {
			t.Error("a failed append was shown or acknowledged")
		}
		s.free()
		mustDo(t, s.room, as("m02", meeting.SignIn{}))
		same(t, openRoom(t, s.log).State(), s.State())
	})
}

// TestDecidedAnew has a member sign in again while the first time is being written. That fails: so the second was decided on what never
// came, and is decided anew.
func TestDecidedAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 3)
		full := errors.New("disk full")
		step := s.hold()
		first := s.begin(t.Context(), as("m01", meeting.SignIn{}))
		second := s.begin(t.Context(), as("m01", meeting.SignIn{}))
		if !open(second) {
			t.Error("answered because of what is not durable")
		}
		step(full)
		if !errors.Is(<-first, full) || !open(second) {
			t.Error("the first failed, the second should be on its way")
		}
		step(nil)
		if err := <-second; err != nil || !present(s.State(), "m01") {
			t.Errorf("%v, %v", err, s.State().Attendance)
		}
		same(t, openRoom(t, s.log).State(), s.State())
	})
}

// TestAppendFailsButWasWritten is an answer that got lost between an engine and its disk or server. The room finds the events in the log
// and decides what comes next on them.
func TestAppendFailsButWasWritten(t *testing.T) {
	s := newScene(t, 4)
	lost := errors.New("the answer was lost")
	f := func() error { s.log.after.Store(nil); return lost }
	s.log.after.Store(&f)
	if err := do(t.Context(), s.room, as("m01", meeting.SignIn{})); !errors.Is(err, lost) {
		t.Fatalf("%v", err)
	}
	var no *meeting.Refusal
	if err := do(t.Context(), s.room, as("m01", meeting.SignIn{})); !errors.As(err, &no) || no.Code != meeting.AlreadySignedIn {
		t.Errorf("signing in again: %v", err)
	}
	mustDo(t, s.room, as("m02", meeting.SignIn{}))
	same(t, openRoom(t, s.log).State(), s.State())
}

// TestGivenUpWhileWaiting cancels one request before it was decided and another while it is being written.
func TestGivenUpWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 4)
		step := s.hold()
		ctx, cancel := context.WithCancel(t.Context())
		written := s.begin(ctx, as("m01", meeting.SignIn{}))
		waiting := s.begin(ctx, as("m02", meeting.SignIn{}))
		cancel()
		if open(waiting) || !errors.Is(<-waiting, context.Canceled) || !open(written) {
			t.Error("who waits must be let go, who is being written must hear the outcome")
		}
		step(nil)
		if err := <-written; err != nil || !present(s.State(), "m01") || present(s.State(), "m02") {
			t.Errorf("%v, %v", err, s.State().Attendance)
		}
		if err := do(ctx, s.room, as("m03", meeting.SignIn{})); !errors.Is(err, context.Canceled) || present(s.State(), "m03") {
			t.Errorf("a request that was given up before: %v", err)
		}
	})
}

// TestGivenUpInTheRest cancels a request that was taken from the queue but found no room in the Append that is under way.
func TestGivenUpInTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 3)
		mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
		step := s.hold()
		ctx, cancel := context.WithCancel(t.Context())
		text := strings.Repeat("字", 4000)
		answers := []<-chan error{s.begin(t.Context(), as("m01", meeting.TakeNote{Text: text}))}
		for range 100 { // 1.2 MB
			answers = append(answers, s.begin(t.Context(), as("m01", meeting.TakeNote{Text: text})))
		}
		last := s.begin(ctx, as("m02", meeting.SignIn{}))
		step(nil)
		cancel()
		s.free()
		step(nil)
		for _, answer := range answers {
			if err := <-answer; err != nil {
				t.Error(err)
			}
		}
		if err := <-last; !errors.Is(err, context.Canceled) || present(s.State(), "m02") {
			t.Errorf("%v", err)
		}
	})
}

// TestPanic has a rule crash in the middle of a burst. The others' requests are done, the room goes on, and the error says nothing of
// what the rule worked on.
func TestPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newScene(t, 4)
		step := s.hold()
		busy := s.begin(t.Context(), as("m01", meeting.SignIn{}))
		good := s.begin(t.Context(), as("m02", meeting.SignIn{}))
		bad := s.begin(t.Context(), as("m03", struct{ meeting.Command }{}))
		late := s.begin(t.Context(), as("m04", meeting.SignIn{}))
		s.free()
		step(nil)
		for _, answer := range []<-chan error{busy, good, late} {
			if err := <-answer; err != nil {
				t.Error(err)
			}
		}
		var crash *store.PanicError
		if err := <-bad; !errors.As(err, &crash) || !bytes.Contains(crash.Stack, []byte("meeting.Decide")) || strings.Contains(err.Error(), "nil") {
			t.Errorf("%v", err)
		}
		if err := do(t.Context(), s.room, as("m03", nil)); !errors.As(err, &crash) {
			t.Errorf("%v", err)
		}
		if n := s.State().Roll().Present; n != 3 {
			t.Errorf("%d are present", n)
		}
	})
}

// TestWatch: who never looks delays nobody; who looks late sees the newest; who stopped hears nothing.
func TestWatch(t *testing.T) {
	s := newScene(t, 20)
	asleep, stopAsleep := s.Watch()
	defer stopAsleep()
	gone, stopGone := s.Watch()
	stopGone()
	stopGone()
	for i := range 20 {
		mustDo(t, s.room, as(id(i+1), meeting.SignIn{}))
	}
	if len(asleep) != 1 || len(gone) != 0 {
		t.Errorf("%d and %d signals", len(asleep), len(gone))
	}
	<-asleep
	if n := s.State().Roll().Present; n != 20 {
		t.Errorf("after the signal %d are present", n)
	}
	mustDo(t, s.room, as("m01", meeting.Next{}))
	<-asleep
}

// TestTwoRoomsOnOneLog is two servers: each decides on what the other wrote, both show the same, and no number is used twice.
func TestTwoRoomsOnOneLog(t *testing.T) {
	l := boltLog(t)
	one := founded(t, l, people(40, 40))
	two := openRoom(t, l)
	rooms := []*room{one, two}
	var taken atomic.Int64
	for _, err := range all(80, func(i int) error { // everybody signs in on both servers
		err := do(t.Context(), rooms[i%2], as(id((i+1)/2), meeting.SignIn{}))
		if err == nil {
			taken.Add(1)
		}
		return err
	}) {
		var no *meeting.Refusal
		if err != nil && (!errors.As(err, &no) || no.Code != meeting.AlreadySignedIn) {
			t.Error(err)
		}
	}
	if taken.Load() != 40 {
		t.Errorf("%d of 40 signed in, each on two servers", taken.Load())
	}
	until(t, two, func(s *meeting.State) bool { return s.Roll().Present == 40 })
	until(t, one, func(s *meeting.State) bool { return s.Roll().Present == 40 })
	sameHead(t, one, two)
	same(t, one.State(), two.State())
}

// until waits for a state, as a screen does.
func until(t testing.TB, r *room, is func(*meeting.State) bool) {
	t.Helper()
	moved, stop := r.Watch()
	defer stop()
	for !is(r.State()) {
		select {
		case <-moved:
		case <-t.Context().Done():
			t.Fatal("it never came")
		}
	}
}

// TestFollows shows on one server what happened on another, without being asked to do anything.
func TestFollows(t *testing.T) {
	shelf := store.NewMemory()
	one := founded(t, openLog(t, shelf), people(3, 3))
	two := openRoom(t, openLog(t, shelf))
	for i := range 3 {
		mustDo(t, one, as(id(i+1), meeting.SignIn{}))
		until(t, two, func(s *meeting.State) bool { return present(s, id(i+1)) })
	}
}

// TestFollowsOnAfterReadsThatFailed is a room whose log cannot be read for a while, as when a disk or a network is away: it says since when
// and why, tries again, and shows what was written meanwhile.
func TestFollowsOnAfterReadsThatFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shelf := store.NewMemory()
		one := founded(t, openLog(t, shelf), people(4, 4))
		log := &stage{Log: openLog(t, shelf)}
		two := openRoom(t, log)
		moved, stop := two.Watch()
		defer stop()
		away, failed := errors.New("the network is away"), 0
		f := func() error {
			if failed++; failed <= 5 {
				return away
			}
			return nil
		}
		log.reads.Store(&f)
		began := time.Now()
		mustDo(t, one, as("m01", meeting.SignIn{}))
		<-moved
		if since, why := two.Stale(); !errors.Is(why, away) || !since.Equal(began) || present(two.State(), "m01") {
			t.Errorf("stale since %v because %v", since, why)
		}
		mustDo(t, one, as("m02", meeting.SignIn{}))
		<-moved
		if _, why := two.Stale(); why != nil || failed != 6 || !present(two.State(), "m01") || !present(two.State(), "m02") {
			t.Errorf("after %d reads: stale because %v, %v", failed, why, two.State().Attendance)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %v", took)
		}
		mustDo(t, one, as("m03", meeting.SignIn{}))
		<-moved
		if !present(two.State(), "m03") {
			t.Error("it follows no more")
		}
	})
}

// TestCloseWhileReadsFail ends a room that waits to read again.
func TestCloseWhileReadsFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails where a goroutine is left
		shelf := store.NewMemory()
		one := founded(t, openLog(t, shelf), people(3, 3))
		log := &stage{Log: openLog(t, shelf)}
		two := openRoom(t, log)
		f := func() error { return errors.New("away") }
		log.reads.Store(&f)
		mustDo(t, one, as("m01", meeting.SignIn{}))
		time.Sleep(time.Minute)
		two.Close()
	})
}

// TestClose lets go who waits, answers who is being written, leaves no goroutine behind and the state as it was.
func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails where a goroutine is left
		s := newScene(t, 5)
		step := s.hold()
		written := s.begin(t.Context(), as("m01", meeting.SignIn{}))
		waiting := s.begin(t.Context(), as("m02", meeting.SignIn{}))
		closed := make(chan struct{})
		go func() {
			s.Close()
			close(closed)
		}()
		synctest.Wait()
		step(nil)
		<-closed
		if err := <-waiting; !errors.Is(err, store.ErrClosed) {
			t.Errorf("who waited got %v", err)
		}
		// Memory looks at ctx after the gate; an engine that has written would say so.
		if err := <-written; !errors.Is(err, store.ErrClosed) || present(s.State(), "m01") {
			t.Errorf("who was being written got %v", err)
		}
		if err := do(t.Context(), s.room, as("m03", meeting.SignIn{})); !errors.Is(err, store.ErrClosed) {
			t.Errorf("Do after Close: %v", err)
		}
		s.Close()
		if s.State().Branch.ID != "b1" {
			t.Error("the state is gone")
		}
	})
}

// TestForeignRecords puts what is no meeting into the log: a room says at which record it stops, and one that is open keeps its state.
func TestForeignRecords(t *testing.T) {
	var none store.Chain
	for what, rec := range map[string][]byte{
		"garbage":          []byte("garbage"),
		"another chain":    none.Next([]byte("{}"), "", nil).Encode(),
		"an unknown event": nil,
	} {
		l := openLog(t, store.NewMemory())
		r := founded(t, l, people(3, 3))
		seq, hash := r.Head()
		if rec == nil {
			rec = next(t, l, `{"kind":"unheard-of","by":"m01","at":"2017-03-20T14:00:00Z","fact":{}}`)
		}
		was := r.State()
		if _, err := l.Append(t.Context(), seq, rec); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(" %d: ", seq+1)
		if _, err := store.OpenRoom(t.Context(), l, meeting.Machine{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want the place", what, err)
		}
		if err := do(t.Context(), r, as("m01", meeting.SignIn{})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: Do gave %v, want the place", what, err)
		}
		if _, h := r.Head(); r.State() != was || h != hash {
			t.Errorf("%s: the state moved", what)
		}
	}
}

// next makes a record that fits behind a log.
func next(t *testing.T, l store.Log, body string) []byte {
	t.Helper()
	var c store.Chain
	for b, err := range l.Read(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.AddBytes(b); err != nil {
			t.Fatal(err)
		}
	}
	return c.Next([]byte(body), "", nil).Encode()
}

// TestFoldIsLive plays random meetings, sensible and not, also by several at once: a room that reads the log stands where the live one
// stands.
func TestFoldIsLive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := openLog(t, store.NewMemory())
		r := founded(t, l, people(6, 4))
		for range rapid.IntRange(1, 25).Draw(rt, "bursts") {
			burst := rapid.SliceOfN(requests(), 1, 4).Draw(rt, "burst")
			for i, err := range all(len(burst), func(i int) error { return do(t.Context(), r, burst[i-1]) }) {
				var no *meeting.Refusal
				if err != nil && !errors.As(err, &no) {
					rt.Fatalf("%s %+v: %v", burst[i].By, burst[i].Do, err)
				}
			}
		}
		again, err := store.OpenRoom(t.Context(), l, meeting.Machine{})
		if err != nil {
			rt.Fatal(err)
		}
		same(t, again.State(), r.State())
		sameHead(t, again, r)
		again.Close()
		r.Close()
	})
}

// requests draws what somebody may ask for, allowed or not.
func requests() *rapid.Generator[meeting.Request] {
	return rapid.Custom(func(t *rapid.T) meeting.Request {
		who := func(label string) meeting.MemberID { return id(rapid.IntRange(1, 7).Draw(t, label)) }
		text := rapid.SampledFrom([]string{"", "帮助同志", "多读书\n多走访", "\x1b[2J"}).Draw(t, "text")
		by := rapid.SampledFrom([]meeting.MemberID{"m01", "m01", "m01", who("by")}).Draw(t, "who asks")
		c := rapid.SampledFrom([]meeting.Command{
			meeting.SignIn{},
			meeting.SignInFor{ID: who("came")},
			meeting.RecordAbsence{ID: who("absent"), Reason: text, Written: true},
			meeting.Next{Reason: text},
			meeting.Next{Reason: "时间"},
			meeting.Back{},
			meeting.Goto{No: rapid.IntRange(0, 15).Draw(t, "item")},
			meeting.AskFloor{},
			meeting.GiveFloor{ID: who("floor")},
			meeting.YieldFloor{},
			meeting.PauseClock{},
			meeting.Turn{},
			meeting.Advance{},
			meeting.CriticiseSelf{Text: text},
			meeting.Respond{Text: text},
			meeting.TakeNote{Text: text},
			meeting.RateSelf{ID: who("self"), Grade: "合格"},
			meeting.Submit{},
			meeting.NameScrutineers{IDs: []meeting.MemberID{who("scrutineer")}},
		}).Draw(t, "command")
		at := time.Duration(rapid.IntRange(0, 3600).Draw(t, "second")) * time.Second
		return meeting.Request{By: by, At: afternoon.Add(at).In(time.Local), Do: c}
	})
}

// BenchmarkRoom has many do something at once, on a file, durably.
func BenchmarkRoom(b *testing.B) {
	for _, callers := range []int{1, 16, 256} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			log := &stage{Log: boltLog(b)}
			r := founded(b, log, people(60, 60))
			before := log.appends.Load()
			var next atomic.Int64
			b.ResetTimer()
			for _, err := range all(callers, func(i int) error {
				absent := meeting.RecordAbsence{ID: id((i-1)%60 + 1), Reason: "病假"}
				for next.Add(1) <= int64(b.N) {
					if err := do(context.Background(), r, as("m01", absent)); err != nil {
						return err
					}
				}
				return nil
			}) {
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(log.appends.Load()-before)/float64(b.N), "appends/op")
		})
	}
}
