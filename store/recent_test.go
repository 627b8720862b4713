package store_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"testing/synctest"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/store/bolt"
)

// under is a request with an id.
func under(name string, who meeting.MemberID, c meeting.Command) meeting.Request {
	q := as(who, c)
	q.ID = meeting.RequestID(name)
	return q
}

// notes has somebody write into the minutes under an id and returns how many notes there are.
func notes(t *testing.T, r *room, q meeting.Request) ([]meeting.Event, int) {
	t.Helper()
	events, err := r.Do(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return events, len(r.State().Notes)
}

// TestSentAgain sends a request again: to the same room, after a restart, on another server, to both at once. It is done once, and every
// answer tells the events of the first time.
func TestSentAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	open := func(how func(string) (*bolt.Shelf, error)) (*bolt.Shelf, store.Log) {
		s, err := how(path)
		if err != nil {
			t.Fatal(err)
		}
		return s, openLog(t, s)
	}
	shelf, l := open(bolt.Create)
	r := founded(t, l, people(3, 3))
	mustDo(t, r, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
	q := under("n1", "m01", meeting.TakeNote{Text: "一"})
	first, _ := notes(t, r, q)
	mustDo(t, r, as("m01", meeting.TakeNote{Text: "二"}))
	if again, n := notes(t, r, q); n != 2 || !reflect.DeepEqual(again, first) {
		t.Errorf("%d notes, %+v, want %+v", n, again, first)
	}
	other := openRoom(t, l)
	if again, n := notes(t, other, q); n != 2 || !reflect.DeepEqual(again, first) {
		t.Errorf("another server: %d notes, %+v, want %+v", n, again, first)
	}
	for i, err := range all(20, func(i int) error {
		return do(t.Context(), []*room{r, other}[i%2], under("n3", "m01", meeting.TakeNote{Text: "三"}))
	}) {
		if err != nil {
			t.Error(i, err)
		}
	}
	r.Close()
	other.Close()
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	shelf, l = open(bolt.Open)
	defer func() { _ = shelf.Close() }()
	r = openRoom(t, l)
	defer r.Close()
	if again, n := notes(t, r, q); n != 3 || !reflect.DeepEqual(again, first) {
		t.Errorf("after a restart: %d notes, %+v, want %+v", n, again, first)
	}
	if _, n := notes(t, r, under("n4", "m01", meeting.TakeNote{Text: "四"})); n != 4 {
		t.Errorf("a new request: %d notes", n)
	}
}

// TestSentAgainWithinOneAppend sends a request twice in one burst: its events are written once, and both hear what became of them.
func TestSentAgainWithinOneAppend(t *testing.T) {
	for _, outcome := range []error{nil, errors.New("disk full")} {
		synctest.Test(t, func(t *testing.T) {
			s := newScene(t, 3)
			mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
			step := s.hold()
			busy := s.begin(t.Context(), as("m02", meeting.SignIn{}))
			q := under("n1", "m01", meeting.TakeNote{Text: "一"})
			one, two := s.begin(t.Context(), q), s.begin(t.Context(), q)
			step(nil)
			if open(busy) || !open(one) || !open(two) {
				t.Error("answered before it was durable")
			}
			step(outcome)
			if err := <-one; !errors.Is(err, outcome) {
				t.Error(err)
			}
			if err := <-two; !errors.Is(err, outcome) {
				t.Error(err)
			}
			s.free()
			mustDo(t, s.room, q)
			if n := len(s.State().Notes); n != 1 {
				t.Errorf("%d notes", n)
			}
		})
	}
}

// TestSentAgainAfterALostAnswer is a request whose events were written although the engine gave an error.
func TestSentAgainAfterALostAnswer(t *testing.T) {
	s := newScene(t, 3)
	mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}))
	lost := errors.New("the answer was lost")
	f := func() error { s.log.after.Store(nil); return lost }
	s.log.after.Store(&f)
	q := under("n1", "m01", meeting.TakeNote{Text: "一"})
	if err := do(t.Context(), s.room, q); !errors.Is(err, lost) {
		t.Fatal(err)
	}
	if _, n := notes(t, s.room, q); n != 1 {
		t.Errorf("%d notes", n)
	}
}

// TestRefusedIsNotRemembered: what was refused is decided anew when it is sent again.
func TestRefusedIsNotRemembered(t *testing.T) {
	s := newScene(t, 3)
	q := under("n1", "m01", meeting.TakeNote{Text: "一"})
	var no *meeting.Refusal
	if err := do(t.Context(), s.room, q); !errors.As(err, &no) {
		t.Fatal(err)
	}
	mustDo(t, s.room, as("m01", meeting.SignIn{}), as("m01", meeting.Next{}), q)
	if n := len(s.State().Notes); n != 1 {
		t.Errorf("%d notes", n)
	}
}
