// Package storetest has the contracts of store.Log, store.Shelf and store.Files as tests that every engine must pass. An engine's own test
// calls Run.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pingyi/store"
)

// Engine is what the suite needs to know about an engine.
type Engine struct {
	// Open returns an empty shelf; the suite closes it.
	Open func(t *testing.T) store.Shelf
	// Crash returns what a new process finds when the one that had the shelf was killed at this moment: a second shelf, while the first
	// stays open. nil for an engine that does not outlive its process.
	Crash func(t *testing.T, of store.Shelf) store.Shelf
}

// Run runs the suite.
func Run(t *testing.T, e Engine) {
	tests := []struct {
		name string
		run  func(t *testing.T, e Engine)
	}{
		{"Order", testOrder},
		{"Conflict", testConflict},
		{"AllOrNothing", testAllOrNothing},
		{"Size", testSize},
		{"BigRecords", testBigRecords},
		{"Branches", testBranches},
		{"BranchNames", testBranchNames},
		{"WaitWakes", testWaitWakes},
		{"WaitEnds", testWaitEnds},
		{"ConcurrentAppenders", testConcurrentAppenders},
		{"ReadWhileAppending", testReadWhileAppending},
		{"ReadIsACopy", testReadIsACopy},
		{"Cancelled", testCancelled},
		{"Closed", testClosed},
		{"Prune", testPrune},
		{"PruneRefused", testPruneRefused},
		{"Model", testModel},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, e) })
	}
	if e.Crash != nil {
		t.Run("Crash", func(t *testing.T) { testCrash(t, e) })
	}
	RunFiles(t, onShelf(e))
}

// shelf opens a shelf that is closed with the test.
func shelf(t *testing.T, e Engine) store.Shelf {
	t.Helper()
	s := e.Open(t)
	t.Cleanup(func() { check(t, s.Close()) })
	return s
}

// log opens a handle.
func log(t *testing.T, s store.Shelf, branch string) store.Log {
	t.Helper()
	l, err := s.Log(t.Context(), branch)
	check(t, err)
	return l
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// add appends records and fails the test unless they are accepted.
func add(t *testing.T, l store.Log, after uint64, rec ...string) {
	t.Helper()
	last, err := l.Append(t.Context(), after, raw(rec)...)
	check(t, err)
	if want := after + uint64(len(rec)); last != want {
		t.Fatalf("Append returned %d, want %d", last, want)
	}
}

func raw(rec []string) [][]byte {
	out := make([][]byte, len(rec))
	for i, r := range rec {
		out[i] = []byte(r)
	}
	return out
}

// all reads the records after a number.
func all(t *testing.T, l store.Log, after uint64) []string {
	t.Helper()
	var got []string
	for rec, err := range l.Read(t.Context(), after) {
		check(t, err)
		got = append(got, string(rec))
	}
	return got
}

// holds fails the test unless the log holds exactly these records.
func holds(t *testing.T, l store.Log, want ...string) {
	t.Helper()
	if got := all(t, l, 0); !slices.Equal(got, want) {
		t.Fatalf("the log holds %.200q, want %.200q", got, want)
	}
}

func testOrder(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	holds(t, l)
	add(t, l, 0, "one")
	add(t, l, 1, "two", "", "four")
	holds(t, l, "one", "two", "", "four")
	if got := all(t, l, 2); !slices.Equal(got, []string{"", "four"}) {
		t.Errorf("after 2: %q", got)
	}
	if got := all(t, l, 4); len(got) > 0 {
		t.Errorf("after the head: %q", got)
	}
	if got := all(t, l, 99); len(got) > 0 {
		t.Errorf("far after the head: %q", got)
	}
}

func testConflict(t *testing.T, e Engine) {
	s := shelf(t, e)
	mine, other := log(t, s, "b1"), log(t, s, "b1")
	add(t, mine, 0, "one")
	for _, after := range []uint64{0, 2, 1 << 40} {
		if _, err := other.Append(t.Context(), after, []byte("late")); !errors.Is(err, store.ErrConflict) {
			t.Errorf("Append after %d at head 1: %v, want ErrConflict", after, err)
		}
	}
	holds(t, mine, "one")
	add(t, other, 1, "two")
	holds(t, mine, "one", "two")
	if _, err := log(t, s, "b2").Append(t.Context(), 1, []byte("x")); !errors.Is(err, store.ErrConflict) {
		t.Errorf("Append after 1 to an empty log: %v, want ErrConflict", err)
	}
	if ids, err := s.Branches(t.Context()); err != nil || !slices.Equal(ids, []string{"b1"}) {
		t.Errorf("after a conflict on an empty log there are the branches %q, %v", ids, err)
	}
}

func testAllOrNothing(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	add(t, l, 0, "one")
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for _, try := range []func() (uint64, error){
		func() (uint64, error) { return l.Append(t.Context(), 0, []byte("a"), []byte("b")) },
		func() (uint64, error) { return l.Append(done, 1, []byte("a"), []byte("b")) },
		func() (uint64, error) {
			return l.Append(t.Context(), 1, []byte("a"), make([]byte, store.MaxAppend))
		},
	} {
		if _, err := try(); err == nil {
			t.Error("an Append that must fail was accepted")
		}
	}
	holds(t, l, "one")
}

func testSize(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	if _, err := l.Append(t.Context(), 0); !errors.Is(err, store.ErrSize) {
		t.Errorf("Append of nothing: %v, want ErrSize", err)
	}
	if _, err := l.Append(t.Context(), 0, make([]byte, store.MaxAppend+1)); !errors.Is(err, store.ErrSize) {
		t.Errorf("Append of too much: %v, want ErrSize", err)
	}
	if _, err := l.Append(t.Context(), 0, make([]byte, store.MaxAppend)); err != nil {
		t.Errorf("Append of MaxAppend bytes: %v", err)
	}
	many := make([][]byte, store.MaxRecords+1)
	if _, err := l.Append(t.Context(), 1, many...); !errors.Is(err, store.ErrSize) {
		t.Errorf("Append of too many: %v, want ErrSize", err)
	}
	if last, err := l.Append(t.Context(), 1, many[1:]...); err != nil || last != store.MaxRecords+1 {
		t.Errorf("Append of MaxRecords: %d, %v", last, err)
	}
}

func testBigRecords(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	r := rand.New(rand.NewPCG(1, 2))
	var want []string
	for i, size := range []int{1, 4096, 40_000, 300_000, 5, store.MaxAppend, 70_000, 2} {
		rec := make([]byte, size)
		for j := range rec {
			rec[j] = byte(r.Uint32())
		}
		add(t, l, uint64(i), string(rec))
		want = append(want, string(rec))
	}
	holds(t, l, want...)
}

func testBranches(t *testing.T, e Engine) {
	s := shelf(t, e)
	want := map[string][]string{}
	ids := []string{"第三支部", "b10", "b2", "b1", "a-_9"}
	for i := range 30 {
		id := ids[i%len(ids)]
		rec := fmt.Sprintf("%s/%d", id, i)
		add(t, log(t, s, id), uint64(len(want[id])), rec)
		want[id] = append(want[id], rec)
	}
	log(t, s, "empty")
	got, err := s.Branches(t.Context())
	check(t, err)
	if sorted := slices.Sorted(slices.Values(ids)); !slices.Equal(got, sorted) {
		t.Errorf("branches %q, want %q", got, sorted)
	}
	for id, recs := range want {
		holds(t, log(t, s, id), recs...)
	}
}

func testBranchNames(t *testing.T, e Engine) {
	s := shelf(t, e)
	for _, id := range []string{"", "a/b", "..", "a b", "a\x00", "a\nb", "\xff", "=1+1", string(bytes.Repeat([]byte("a"), 65))} {
		if _, err := s.Log(t.Context(), id); !errors.Is(err, store.ErrBranch) {
			t.Errorf("Log(%q): %v, want ErrBranch", id, err)
		}
	}
}

func testWaitWakes(t *testing.T, e Engine) {
	s := shelf(t, e)
	mine, other := log(t, s, "b1"), log(t, s, "b1")
	add(t, mine, 0, "one")
	check(t, mine.Wait(t.Context(), 0)) // the records are there already
	woken := make(chan error, 20)
	for range cap(woken) {
		go func() { woken <- other.Wait(t.Context(), 2) }()
	}
	add(t, log(t, s, "b2"), 0, "another branch", "wakes", "nobody")
	add(t, mine, 1, "two")
	select {
	case err := <-woken:
		t.Fatalf("Wait(2) returned %v at head 2", err)
	default:
	}
	add(t, mine, 2, "three")
	for range cap(woken) {
		check(t, <-woken)
	}
}

func testWaitEnds(t *testing.T, e Engine) {
	s := shelf(t, e)
	l := log(t, s, "b1")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.Wait(ctx, 0) }()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled Wait: %v", err)
	}
	past, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := l.Wait(past, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Wait past its deadline: %v", err)
	}
	go func() { ended <- l.Wait(t.Context(), 0) }()
	check(t, l.Close())
	if err := <-ended; !errors.Is(err, store.ErrClosed) {
		t.Errorf("Wait on a closed log: %v", err)
	}
	other := log(t, s, "b1")
	add(t, other, 0, "the branch lives on")
	go func() { ended <- other.Wait(t.Context(), 1) }()
	check(t, s.Close())
	if err := <-ended; !errors.Is(err, store.ErrClosed) {
		t.Errorf("Wait on a closed shelf: %v", err)
	}
}

// testConcurrentAppenders lets many race for every number: each number goes to one, nothing is lost, nobody's batch is torn.
func testConcurrentAppenders(t *testing.T, e Engine) {
	s := shelf(t, e)
	const writers, batches = 8, 12
	var wg sync.WaitGroup
	for w := range writers {
		l := log(t, s, "b1")
		wg.Go(func() {
			for i := range batches {
				if err := insist(t.Context(), l, fmt.Sprintf("%d.%d.a", w, i), fmt.Sprintf("%d.%d.b", w, i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	got := all(t, log(t, s, "b1"), 0)
	if len(got) != 2*writers*batches {
		t.Fatalf("%d records, want %d", len(got), 2*writers*batches)
	}
	next := [writers]int{}
	for i := 0; i < len(got); i += 2 {
		var w, n int
		if _, err := fmt.Sscanf(got[i], "%d.%d.a", &w, &n); err != nil || got[i+1] != fmt.Sprintf("%d.%d.b", w, n) || next[w] != n {
			t.Fatalf("records %d and %d are %q and %q", i+1, i+2, got[i], got[i+1])
		}
		next[w]++
	}
}

// insist appends at the head, wherever that is, until it succeeds.
func insist(ctx context.Context, l store.Log, rec ...string) error {
	var after uint64
	for {
		_, err := l.Append(ctx, after, raw(rec)...)
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
		for _, err := range l.Read(ctx, after) {
			if err != nil {
				return err
			}
			after++
		}
	}
}

// testReadWhileAppending has a reader that takes its time and appends from inside its loop, and another that follows with Wait.
func testReadWhileAppending(t *testing.T, e Engine) {
	s := shelf(t, e)
	l := log(t, s, "b1")
	const total = 60
	big := string(bytes.Repeat([]byte("x"), 30_000)) // makes a file grow under the open reader
	followed := make(chan error, 1)
	go func() { followed <- follow(t.Context(), l, total) }()
	add(t, l, 0, "1"+big, "2"+big)
	appended := uint64(2)
	var seen uint64
	for rec, err := range l.Read(t.Context(), 0) {
		check(t, err)
		seen++
		if string(rec) != fmt.Sprint(seen)+big {
			t.Fatalf("record %d is %.20q", seen, rec)
		}
		for range min(3, total-appended) {
			appended++
			add(t, l, appended-1, fmt.Sprint(appended)+big)
		}
	}
	if seen < 2 {
		t.Errorf("the reader saw %d records of those that were there when it began", seen)
	}
	for appended < total {
		appended++
		add(t, l, appended-1, fmt.Sprint(appended)+big)
	}
	check(t, <-followed)
}

// follow reads on until it has seen the records 1 … total, each once and in order.
func follow(ctx context.Context, l store.Log, total uint64) error {
	for seen := uint64(0); seen < total; {
		if err := l.Wait(ctx, seen); err != nil {
			return err
		}
		before := seen
		for rec, err := range l.Read(ctx, seen) {
			if err != nil {
				return err
			}
			seen++
			if !bytes.HasPrefix(rec, fmt.Append(nil, seen, "x")) {
				return fmt.Errorf("the follower read %.20q as record %d", rec, seen)
			}
		}
		if seen == before {
			return fmt.Errorf("Wait(%d) returned, but nothing is there", seen)
		}
	}
	return nil
}

func testReadIsACopy(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	mine := []byte("mine")
	_, err := l.Append(t.Context(), 0, mine)
	check(t, err)
	copy(mine, "gone")
	for rec, err := range l.Read(t.Context(), 0) {
		check(t, err)
		copy(rec, "gone")
	}
	holds(t, l, "mine")
}

func testCancelled(t *testing.T, e Engine) {
	l := log(t, shelf(t, e), "b1")
	add(t, l, 0, "one", "two")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Append(ctx, 2, []byte("three")); !errors.Is(err, context.Canceled) {
		t.Errorf("Append: %v", err)
	}
	n := 0
	for rec, err := range l.Read(ctx, 0) {
		if n++; rec != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("Read: %q, %v", rec, err)
		}
	}
	if n != 1 {
		t.Errorf("a cancelled Read yielded %d times, want its error once", n)
	}
	holds(t, l, "one", "two")
}

func testClosed(t *testing.T, e Engine) {
	s := e.Open(t)
	one, two := log(t, s, "b1"), log(t, s, "b1")
	add(t, one, 0, "one")
	check(t, one.Close())
	check(t, one.Close())
	closed(t, one)
	holds(t, two, "one")
	check(t, s.Close())
	check(t, s.Close())
	closed(t, two)
	if _, err := s.Log(t.Context(), "b1"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Log of a closed shelf: %v", err)
	}
	if _, err := s.Branches(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Branches of a closed shelf: %v", err)
	}
}

// closed checks that every method of a log returns ErrClosed.
func closed(t *testing.T, l store.Log) {
	t.Helper()
	if _, err := l.Append(t.Context(), 1, []byte("x")); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Append on a closed log: %v", err)
	}
	for _, err := range l.Read(t.Context(), 0) {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("Read on a closed log: %v", err)
		}
	}
	if err := l.Wait(t.Context(), 0); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Wait on a closed log: %v", err)
	}
}

// testModel compares with slices under random work; a durable engine also crashes at random moments.
func testModel(t *testing.T, e Engine) {
	rapid.Check(t, func(rt *rapid.T) {
		s := e.Open(t)
		defer func() { check(t, s.Close()) }()
		model := map[string][]string{}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			if e.Crash != nil && rapid.IntRange(0, 5).Draw(rt, "crash") == 0 {
				again := e.Crash(t, s)
				check(t, s.Close())
				s = again
			}
			id := rapid.SampledFrom([]string{"b1", "b2", "b3"}).Draw(rt, "branch")
			recs := rapid.SliceOfN(rapid.StringN(0, 40, 200), 1, 5).Draw(rt, "records")
			if pad := rapid.SampledFrom([]int{0, 0, 0, 3000, 20_000}).Draw(rt, "pad"); pad > 0 {
				recs[0] += string(make([]byte, pad))
			}
			after := uint64(len(model[id]))
			stale := after > 0 && rapid.IntRange(0, 3).Draw(rt, "stale") == 0
			if stale {
				after--
			}
			_, err := log(t, s, id).Append(t.Context(), after, raw(recs)...)
			if stale != errors.Is(err, store.ErrConflict) || !stale && err != nil {
				rt.Fatalf("Append after %d (stale: %v): %v", after, stale, err)
			}
			if !stale {
				model[id] = append(model[id], recs...)
			}
		}
		for id, recs := range model {
			holds(t, log(t, s, id), recs...)
		}
	})
}

// testCrash kills again and again: what was acknowledged is there, nothing else is, and the log goes on.
func testCrash(t *testing.T, e Engine) {
	s := e.Open(t)
	var want []string
	for i := range 12 {
		l := log(t, s, "b1")
		recs := []string{fmt.Sprintf("%d.a", i), fmt.Sprintf("%d.b%s", i, make([]byte, i*3000))}
		add(t, l, uint64(len(want)), recs...)
		want = append(want, recs...)
		again := e.Crash(t, s)
		check(t, s.Close())
		s = again
		holds(t, log(t, s, "b1"), want...)
	}
	check(t, s.Close())
}
