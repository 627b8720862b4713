package store_test

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
)

// room is the room of a meeting.
type room = store.Room[*meeting.State, meeting.Request, meeting.Event]

// afternoon is when the sample meetings are held.
var afternoon = meetingtest.Afternoon()

var id = meetingtest.ID

// as is a request of a person.
func as(who meeting.MemberID, c meeting.Command) meeting.Request {
	return meeting.Request{By: who, At: afternoon, Do: c}
}

// people are n members of whom the first is the secretary and the first formal ones are 正式党员.
func people(n, formal int) meetingtest.People {
	return meetingtest.Members(n).Probationary(n-formal).Post(1, "书记")
}

// do has a request done for callers who need not know what was recorded.
func do(ctx context.Context, r *room, q meeting.Request) error {
	_, err := r.Do(ctx, q)
	return err
}

// mustDo has requests done, one after the other.
func mustDo(t testing.TB, r *room, requests ...meeting.Request) {
	t.Helper()
	for _, q := range requests {
		if err := do(context.Background(), r, q); err != nil {
			t.Fatalf("%s %T: %v", q.By, q.Do, err)
		}
	}
}

// openRoom opens a room that is closed with the test.
func openRoom(t testing.TB, l store.Log) *room {
	t.Helper()
	r, err := store.OpenRoom(context.Background(), l, meeting.Machine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// openLog opens a log of a shelf.
func openLog(t testing.TB, s store.Shelf) store.Log {
	t.Helper()
	l, err := s.Log(context.Background(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// founded opens a room on a log and founds a branch in it. Probationary members vote, so that a ballot can be short.
func founded(t testing.TB, l store.Log, members []meeting.Member) *room {
	t.Helper()
	r := openRoom(t, l)
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Probationary.Votes = true })
	meetingtest.New(t, meetingtest.NewRoomOn(r)).Founds(rules, members...)
	return r
}

// boltLog is a log in a file that is closed with the test.
func boltLog(t testing.TB) store.Log {
	t.Helper()
	s, err := bolt.Create(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return openLog(t, s)
}

// stage is a log whose Appends a test can count, hold and spoil.
type stage struct {
	store.Log
	appends atomic.Int64
	before  atomic.Pointer[func() error] // may block; its error is returned and nothing is written
	after   atomic.Pointer[func() error] // its error is returned although the records are written
	reads   atomic.Pointer[func() error] // of every Read from then on; nil reads
}

func (s *stage) Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	if f := s.reads.Load(); f != nil {
		if err := (*f)(); err != nil {
			return func(yield func([]byte, error) bool) { yield(nil, err) }
		}
	}
	return s.Log.Read(ctx, after)
}

func (s *stage) Append(ctx context.Context, after uint64, rec ...[]byte) (uint64, error) {
	if f := s.before.Load(); f != nil {
		if err := (*f)(); err != nil {
			return 0, err
		}
	}
	s.appends.Add(1)
	last, err := s.Log.Append(ctx, after, rec...)
	if f := s.after.Load(); err == nil && f != nil {
		err = (*f)()
	}
	return last, err
}

// same fails the test unless two states are equal in all that a meeting shows.
func same(t testing.TB, got, want *meeting.State) {
	t.Helper()
	if a, b := meetingtest.Chronicle(got), meetingtest.Chronicle(want); !slices.Equal(a, b) {
		t.Fatalf("different things happened:\n%s\n%s", a, b)
	}
	if a, b := meetingtest.Dump(got), meetingtest.Dump(want); a != b {
		t.Fatalf("states differ:\n%s\n%s", a, b)
	}
}

// all runs work for 1 … n at once and returns the errors, the first at 0.
func all(n int, work func(i int) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = work(i + 1) })
	}
	wg.Wait()
	return errs
}

// openBox leads a room in which everybody has signed in to the open ballot box, and returns a ballot of each voter that a member could
// hand in.
func openBox(t testing.TB, r *room, voters int) []*ballot.Ballot {
	t.Helper()
	hall := meetingtest.NewRoomOn(r)
	m := meetingtest.New(t, hall)
	m.Sits(preset.Ballot)
	m.Opened("m02", "m03")
	ballots := make([]*ballot.Ballot, voters)
	for i := range ballots {
		answers := make([]int, len(r.State().Questions()))
		for row := range answers {
			answers[row] = (i + row) % 4
		}
		ballots[i] = hall.Urn.BallotOf(r.State(), id(i+1), answers...)
	}
	return ballots
}

func sameHead(t testing.TB, a, b *room) {
	t.Helper()
	seqA, hashA := a.Head()
	seqB, hashB := b.Head()
	if seqA != seqB || hashA != hashB || seqA == 0 {
		t.Errorf("heads %d %x and %d %x", seqA, hashA, seqB, hashB)
	}
}

// scene is a room on a stage, inside a synctest bubble: synctest.Wait is the moment when everybody who can wait waits.
type scene struct {
	*room
	log *stage
}

func newScene(t *testing.T, members int) scene {
	log := &stage{Log: openLog(t, store.NewMemory())}
	return scene{founded(t, log, people(members, members)), log}
}

// hold keeps every Append from now on until step lets one of them go on: err nil, or fail.
func (s scene) hold() (step func(err error)) {
	gate := make(chan error)
	f := func() error { return <-gate }
	s.log.before.Store(&f)
	return func(err error) {
		gate <- err
		synctest.Wait()
	}
}

// free lets all later Appends go on by themselves.
func (s scene) free() { s.log.before.Store(nil) }

// begin does a request in the background. The channel gets the answer.
func (s scene) begin(ctx context.Context, q meeting.Request) <-chan error {
	answer := make(chan error, 1)
	go func() { answer <- do(ctx, s.room, q) }()
	synctest.Wait()
	return answer
}

func open(answer <-chan error) bool {
	synctest.Wait()
	return len(answer) == 0
}

func present(s *meeting.State, who meeting.MemberID) bool { return s.Attendance.Of(who).Present }
