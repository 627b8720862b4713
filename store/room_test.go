package store_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
)

// afternoon is when the sample meetings are held.
var afternoon = time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC)

// id is the id of a sample person.
func id(n int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", n)) }

// as is a request of a person.
func as(who meeting.MemberID, c meeting.Command) meeting.Request {
	return meeting.Request{By: who, At: afternoon, Do: c}
}

// people are n members of whom the first is the secretary and the first formal ones are 正式党员.
func people(n, formal int) []meeting.Member {
	var list []meeting.Member
	for i := 1; i <= n; i++ {
		m := meeting.Member{ID: id(i), Name: fmt.Sprintf("党员%02d", i), Kind: meeting.Formal}
		if i > formal {
			m.Kind = meeting.Probationary
		}
		list = append(list, m)
	}
	list[0].PartyPost = "书记"
	return list
}

// mustDo has requests done, one after the other.
func mustDo(t testing.TB, r *store.Room, requests ...meeting.Request) {
	t.Helper()
	for _, q := range requests {
		if err := r.Do(context.Background(), q); err != nil {
			t.Fatalf("%s %T: %v", q.By, q.Do, err)
		}
	}
}

// openRoom opens a room that is closed with the test.
func openRoom(t testing.TB, l store.Log) *store.Room {
	t.Helper()
	r, err := store.OpenRoom(context.Background(), l)
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
func founded(t testing.TB, l store.Log, members []meeting.Member) *store.Room {
	t.Helper()
	rules, err := preset.Load("seed-2017")
	if err != nil {
		t.Fatal(err)
	}
	rules.Probationary.Votes = true
	r := openRoom(t, l)
	mustDo(t, r,
		as(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}, Rules: rules}),
		as(meeting.Keeper, meeting.ImportRoster{People: members}))
	return r
}

// boltLog is a log in a file that is closed with the test.
func boltLog(t testing.TB) store.Log {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "db"))
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
	before  atomic.Pointer[func(rec [][]byte) error] // may block; its error is returned and nothing is written
	after   atomic.Pointer[func() error]             // its error is returned although the records are written
}

func (s *stage) Append(ctx context.Context, after uint64, rec ...[]byte) (uint64, error) {
	if f := s.before.Load(); f != nil {
		if err := (*f)(rec); err != nil {
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

// replayed is the state that a new room reads out of a log.
func replayed(t testing.TB, l store.Log) *store.Room {
	t.Helper()
	return openRoom(t, l)
}

// same fails the test unless two states are equal in all that a meeting shows.
func same(t testing.TB, got, want *meeting.State) {
	t.Helper()
	for _, s := range []**meeting.State{&got, &want} {
		bare := **s
		bare.Chronicle, bare.Votes = nil, nil // hold parsed ballots, which a replay makes anew
		if a, b := chronicle(t, got), chronicle(t, want); !bytes.Equal(a, b) {
			t.Fatalf("different things happened:\n%s\n%s", a, b)
		}
		if *s = &bare; s == &want && !reflect.DeepEqual(got, want) {
			t.Fatalf("states differ:\n%+v\n%+v", got, want)
		}
	}
}

// chronicle is everything that happened, in bytes.
func chronicle(t testing.TB, s *meeting.State) []byte {
	t.Helper()
	var all []byte
	for _, c := range s.Chronicle.Forward() {
		body, blob, err := meeting.Encode(c.Event)
		if err != nil {
			t.Fatal(err)
		}
		all = slices.Concat(all, body, blob, []byte{'\n'})
	}
	return all
}
