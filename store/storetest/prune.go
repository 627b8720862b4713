package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pingyi/store"
)

// records are two branches of records with blobs of two classes, and the rest of b1 without.
type records struct {
	shelf interface {
		store.Shelf
		store.Upkeep
	}
	all map[string][]store.Record
}

func newRecords(t *testing.T, e Engine) records {
	t.Helper()
	s := shelf(t, e)
	upkeep, ok := s.(interface {
		store.Shelf
		store.Upkeep
	})
	if !ok {
		t.Fatal("the shelf has no Upkeep")
	}
	r := records{upkeep, map[string][]store.Record{}}
	for _, branch := range []string{"b1", "b2"} {
		var c store.Chain
		var encoded []string
		for i, class := range []string{"ballots", "", "private", "ballots", ""} {
			var blob []byte
			if class != "" {
				blob = bytes.Repeat([]byte{byte(i), 0xff}, 3000)
			}
			rec := c.Next(fmt.Appendf(nil, `{"of":%q}`, branch), class, blob)
			check(t, c.Add(rec))
			r.all[branch] = append(r.all[branch], rec)
			encoded = append(encoded, string(rec.Encode()))
		}
		add(t, log(t, s, branch), 0, encoded...)
	}
	return r
}

// holds fails the test unless the records are there, those of b1 without the blobs of the classes.
func (r records) holds(t *testing.T, s store.Shelf, pruned ...string) {
	t.Helper()
	for branch, recs := range r.all {
		want := make([]string, len(recs))
		for i, rec := range recs {
			if branch == "b1" && slices.Contains(pruned, rec.Class) {
				rec = rec.Prune()
			}
			want[i] = string(rec.Encode())
		}
		holds(t, log(t, s, branch), want...)
	}
}

// testPrune removes one class after the other: only that one goes, handles and readers from before go on, and it is so after a crash.
func testPrune(t *testing.T, e Engine) {
	r := newRecords(t, e)
	prune := func(want int, branch string, classes ...string) {
		t.Helper()
		if n, err := r.shelf.Prune(t.Context(), branch, classes...); n != want || err != nil {
			t.Errorf("Prune of %v in %s: %d, %v, want %d", classes, branch, n, err, want)
		}
	}
	before := log(t, r.shelf, "b1")
	prune(0, "b1")
	prune(0, "b1", "remarks")
	prune(0, "nobody", "ballots")
	r.holds(t, r.shelf)
	seen := 0
	for _, err := range before.Read(t.Context(), 0) {
		check(t, err)
		if seen++; seen == 2 {
			prune(2, "b1", "ballots", "remarks")
		}
	}
	if seen != len(r.all["b1"]) {
		t.Errorf("a reader saw %d records", seen)
	}
	r.holds(t, r.shelf, "ballots")
	prune(0, "b1", "ballots")
	prune(1, "b1", "ballots", "private")
	r.holds(t, r.shelf, "ballots", "private")
	if e.Crash != nil {
		again := e.Crash(t, r.shelf)
		r.holds(t, again, "ballots", "private")
		check(t, again.Close())
	}
	var c store.Chain
	for _, rec := range all(t, before, 0) {
		_, err := c.AddBytes([]byte(rec))
		check(t, err)
	}
	last := c.Next([]byte("{}"), "ballots", []byte("later"))
	add(t, before, uint64(len(r.all["b1"])), string(last.Encode()))
	check(t, before.Wait(t.Context(), uint64(len(r.all["b1"]))))
	prune(1, "b1", "ballots")
	if r.shelf.Repaired() != nil {
		t.Error("a whole shelf was repaired")
	}
	if copies, err := r.shelf.Copies(); len(copies) > 0 || err != nil {
		t.Errorf("copies %q, %v", copies, err)
	}
}

// testPruneRefused checks that a refused Prune changes nothing.
func testPruneRefused(t *testing.T, e Engine) {
	r := newRecords(t, e)
	add(t, log(t, r.shelf, "odd"), 0, "no record of ours")
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx    context.Context
		branch string
		want   error
	}{
		{t.Context(), "../b1", store.ErrBranch},
		{t.Context(), "odd", store.ErrRecord},
		{done, "b1", context.Canceled},
	} {
		if _, err := r.shelf.Prune(c.ctx, c.branch, "ballots"); !errors.Is(err, c.want) {
			t.Errorf("Prune of %s: %v, want %v", c.branch, err, c.want)
		}
	}
	r.holds(t, r.shelf)
	holds(t, log(t, r.shelf, "odd"), "no record of ours")
	check(t, r.shelf.Close())
	if _, err := r.shelf.Prune(t.Context(), "b1", "ballots"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Prune on a closed shelf: %v", err)
	}
}
