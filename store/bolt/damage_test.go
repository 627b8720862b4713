package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"pingyi/store"
)

// sample is the bytes of a file with three branches, as two interleaved meetings with ballots leave it, and what it holds.
type sample struct {
	bytes []byte
	holds map[string][]string
}

var meetings = sync.OnceValue(func() sample {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	s := sample{holds: map[string][]string{}}
	s.bytes = write(filepath.Join(dir, "db"), func(shelf *Shelf) {
		r := rand.New(rand.NewPCG(7, 7))
		for i := range 34 {
			branch := []string{"b1", "b1", "b2"}[i%3]
			recs := []string{fmt.Sprintf("%s event %d %s", branch, i, strings.Repeat("字", r.IntN(60)))}
			switch {
			case i%5 == 4: // a group of ballots in one Append
				recs = append(recs, strings.Repeat(fmt.Sprint(i, "密"), 900+r.IntN(800)), fmt.Sprint("ballot of ", i))
			case i == 0:
				s.put(shelf, "quiet", "only one")
			}
			s.put(shelf, branch, recs...)
		}
	})
	return s
})

func (s *sample) put(shelf *Shelf, branch string, recs ...string) {
	l, err := shelf.Log(context.Background(), branch)
	if err != nil {
		panic(err)
	}
	var raw [][]byte
	for _, r := range recs {
		raw = append(raw, []byte(r))
	}
	if _, err := l.Append(context.Background(), uint64(len(s.holds[branch])), raw...); err != nil {
		panic(err)
	}
	s.holds[branch] = append(s.holds[branch], recs...)
}

// write opens a file, lets work happen and returns the file's bytes after closing.
func write(path string, work func(*Shelf)) []byte {
	shelf, err := Create(path)
	if err != nil {
		panic(err)
	}
	work(shelf)
	if err := shelf.Close(); err != nil {
		panic(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return b
}

// reopen opens a file with these bytes and returns what it holds. It checks that a refused file is left as it was, a damaged one is kept,
// bbolt's own check is satisfied with what is opened, and every log goes on.
func reopen(t testing.TB, b []byte) (holds map[string][]string, repaired *store.Repair, err error) {
	t.Helper()
	dir, err := os.MkdirTemp("", "store") // t.TempDir would keep thousands until the end
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	shelf, err := Open(path)
	if err != nil {
		kept, readErr := os.ReadFile(path)
		if readErr != nil || !bytes.Equal(kept, b) {
			t.Errorf("a refused file was changed (%v)", readErr)
		}
		return nil, nil, err
	}
	defer func() {
		if err := shelf.Close(); err != nil {
			t.Error(err)
		}
	}()
	if r := shelf.Repaired(); r != nil {
		if kept, err := os.ReadFile(r.Kept); err != nil || !bytes.Equal(kept, b) {
			t.Errorf("the damaged file was not kept as it was (%v)", err)
		}
	}
	sound(t, shelf.db)
	holds = contents(t, shelf)
	for branch, recs := range holds {
		l, err := shelf.Log(t.Context(), branch)
		if err == nil {
			_, err = l.Append(t.Context(), uint64(len(recs)), []byte("the log goes on"))
		}
		if err != nil {
			t.Errorf("%s does not go on after %d records: %v", branch, len(recs), err)
		}
	}
	return holds, shelf.Repaired(), nil
}

func sound(t testing.TB, db *bbolt.DB) {
	t.Helper()
	err := db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Errorf("bbolt: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func contents(t testing.TB, shelf *Shelf) map[string][]string {
	t.Helper()
	holds := map[string][]string{}
	ids, err := shelf.Branches(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		l, err := shelf.Log(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for rec, err := range l.Read(t.Context(), 0) {
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			holds[id] = append(holds[id], string(rec))
		}
	}
	return holds
}

// judge checks what became of a damaged file: nothing false, nothing lost in silence, never a half Append.
func judge(t testing.TB, what string, s sample, holds map[string][]string, repaired *store.Repair, err error) {
	t.Helper()
	if err != nil {
		var middle *DamageError
		switch {
		case errors.As(err, &middle):
			if middle.Seq == 0 || middle.Seq > uint64(len(s.holds[middle.Branch])) {
				t.Errorf("%s: refused because of %s record %d, which does not exist", what, middle.Branch, middle.Seq)
			}
		case !errors.Is(err, ErrUnreadable):
			t.Errorf("%s: %v", what, err)
		}
		return
	}
	for branch := range holds {
		if s.holds[branch] == nil {
			t.Errorf("%s: a branch %q appeared", what, branch)
		}
	}
	for branch, want := range s.holds {
		got := holds[branch]
		if len(got) > len(want) || !slices.Equal(got, want[:len(got)]) {
			t.Errorf("%s: %s holds something else than before", what, branch)
		}
		if len(got) < len(want) {
			told(t, what, repaired, store.Loss{Branch: branch, Kept: uint64(len(got)), Had: uint64(len(want))})
		}
	}
	for _, l := range lost(repaired) {
		if uint64(len(holds[l.Branch])) != l.Kept || l.Had > uint64(len(s.holds[l.Branch])) {
			t.Errorf("%s: the report %+v is false", what, l)
		}
	}
	var why interface{ Reason() (string, []string) }
	if repaired != nil && !errors.As(repaired.Why, &why) {
		t.Errorf("%s: no sentence says why it was mended: %v", what, repaired.Why)
	}
}

func lost(r *store.Repair) []store.Loss {
	if r == nil {
		return nil
	}
	return r.Lost
}

// told checks that a loss was reported, exactly or at least as a doubt.
func told(t testing.TB, what string, r *store.Repair, l store.Loss) {
	t.Helper()
	if r == nil || !r.Unsure && !slices.Contains(r.Lost, l) {
		t.Errorf("%s: %+v was lost in silence (report %+v)", what, l, r)
	}
}

// TestFlippedByte changes one byte: every one in the heads of pages and in the root, and many elsewhere. All are examined: a byte that
// the tree or a record lives on never goes unnoticed. Of each outcome a sample is really opened.
func TestFlippedByte(t *testing.T) {
	s := meetings()
	page := os.Getpagesize()
	living, root := live(t, s.bytes)
	tally := map[string]int{}
	for at := range s.bytes {
		if at%page >= 48 && at%97 != 0 && at/page != root || at/page == root && at%page > 300 {
			continue
		}
		b := bytes.Clone(s.bytes)
		b[at] ^= byte(1 << (at % 8))
		outcome := describe(examine(bytes.NewReader(b), int64(len(b))))
		tally[outcome]++
		if outcome == "whole" && living[at] {
			t.Errorf("byte %d is part of a page in use, but nothing was noticed", at)
		}
		if n := tally[outcome]; n <= 15 || n%100 == 0 {
			holds, repaired, err := reopen(t, b)
			judge(t, fmt.Sprintf("byte %d (%s)", at, outcome), s, holds, repaired, err)
		}
	}
	t.Log(tally)
	for _, must := range []string{"whole", "ahead", "mended, nothing lost", "mended, unsure", "end dropped", "refused"} {
		if tally[must] == 0 {
			t.Errorf("no flipped byte led to %q: the test is blind", must)
		}
	}
}

// live marks the bytes that matter in the tree's pages: all but the number of overflow pages and what lies behind the last value. It also
// returns the page of the root.
func live(t *testing.T, b []byte) (living []bool, root int) {
	t.Helper()
	m, err := newestMeta(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	living = make([]bool, len(b))
	w := walker{r: bytes.NewReader(b), pageSize: m.pageSize, high: m.high, seen: map[uint64]bool{}}
	buckets, err := w.root(m)
	for _, bucket := range buckets {
		_, bucketErr := w.bucket(bucket)
		err = errors.Join(err, bucketErr)
	}
	if err != nil {
		t.Fatal(err)
	}
	for id := range w.seen {
		at := int64(id) * m.pageSize
		p := b[at:]
		if le.Uint64(p) != id {
			continue // an overflow page
		}
		end := pageHead
		for i := range int(le.Uint16(p[10:])) {
			e := p[pageHead+i*element:]
			if end = pageHead + i*element + int(le.Uint32(e)+le.Uint32(e[4:])); le.Uint16(p[8:]) == leafPage {
				end = pageHead + i*element + int(le.Uint32(e[4:])+le.Uint32(e[8:])+le.Uint32(e[12:]))
			}
		}
		for i := range end {
			living[at+int64(i)] = i < 12 || i >= pageHead
		}
	}
	return living, int(m.root)
}

func describe(f finding, err error) string {
	switch {
	case err != nil:
		return "refused"
	case f.alone:
		return "mended, unsure"
	case f.damage == nil && !f.ahead:
		return "whole"
	case f.ahead:
		return "ahead"
	case len(f.lost) > 0:
		return "end dropped"
	case f.unsure:
		return "mended, unsure"
	}
	return "mended, nothing lost"
}

// TestTruncated cuts the file at many lengths; at and beside all page borders the outcome is really opened.
func TestTruncated(t *testing.T) {
	s := meetings()
	tally := map[string]int{}
	page := os.Getpagesize()
	for n := 1; n < len(s.bytes); n++ {
		if beside := (n+1)%page <= 2; beside || n%211 == 0 {
			tally[describe(examine(bytes.NewReader(s.bytes[:n]), int64(n)))]++
			if beside {
				holds, repaired, err := reopen(t, s.bytes[:n])
				judge(t, fmt.Sprintf("cut to %d", n), s, holds, repaired, err)
			}
		}
	}
	t.Log(tally)
	for _, must := range []string{"whole", "mended, nothing lost", "end dropped", "refused"} {
		if tally[must] == 0 {
			t.Errorf("no length led to %q: the test is blind", must)
		}
	}
}

// TestLastRecordDamaged is the case that a person meets: the newest record is spoilt, all others are kept, and the report says so.
func TestLastRecordDamaged(t *testing.T) {
	s := meetings()
	n := len(s.holds["b1"])
	b := bytes.ReplaceAll(s.bytes, []byte(s.holds["b1"][n-1]), []byte(strings.Repeat("?", len(s.holds["b1"][n-1]))))
	holds, repaired, err := reopen(t, b)
	if err != nil {
		t.Fatal(err)
	}
	if want := s.holds["b1"][:n-1]; !slices.Equal(holds["b1"], want) {
		t.Errorf("%d records are left, want %d", len(holds["b1"]), len(want))
	}
	told(t, "last record", repaired, store.Loss{Branch: "b1", Kept: uint64(n - 1), Had: uint64(n)})
	if report, want := fmt.Sprint(repaired.Report()), fmt.Sprintf("store.records-lost b1 %d 1", n-1); !strings.Contains(report, want) {
		t.Errorf("the report %q does not say %q", report, want)
	}
}

// TestTornAppendIsDroppedWhole spoils the last of three records that were appended together: none of the three may stay.
func TestTornAppendIsDroppedWhole(t *testing.T) {
	var s sample
	s.holds = map[string][]string{}
	b := write(filepath.Join(t.TempDir(), "db"), func(shelf *Shelf) {
		s.put(shelf, "b1", "first")
		s.put(shelf, "b1", "one", "two", "three!")
	})
	holds, repaired, err := reopen(t, bytes.ReplaceAll(b, []byte("three!"), []byte("xxxxxx")))
	if err != nil || !slices.Equal(holds["b1"], []string{"first"}) {
		t.Errorf("left: %q, %v", holds["b1"], err)
	}
	told(t, "torn append", repaired, store.Loss{Branch: "b1", Kept: 1, Had: 4})
}

// TestMiddleDamaged refuses and says where.
func TestMiddleDamaged(t *testing.T) {
	s := meetings()
	b := bytes.ReplaceAll(s.bytes, []byte(s.holds["b2"][4]), []byte(strings.Repeat("?", len(s.holds["b2"][4]))))
	_, _, err := reopen(t, b)
	var damage *DamageError
	if !errors.As(err, &damage) || *damage != (DamageError{"b2", 5}) {
		t.Fatalf("%v, want damage at record 5 of b2", err)
	}
	if want := "record 5 of branch b2"; !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not say %q", err, want)
	}
}

// TestNewestMetaDamaged spoils the meta page that the last Append wrote. bbolt alone would open the state before it and forget an
// acknowledged record without a word.
func TestNewestMetaDamaged(t *testing.T) {
	s := meetings()
	m, err := newestMeta(bytes.NewReader(s.bytes))
	if err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(s.bytes)
	b[m.id*m.pageSize+40] ^= 1
	holds, _, err := reopen(t, b)
	if err != nil || !maps.EqualFunc(holds, s.holds, slices.Equal) {
		t.Errorf("records were lost with a meta page (%v)", err)
	}
}

// TestPowerCut stops the disk at many moments of an Append: any part of its sectors is written, the meta page last and perhaps torn.
// The file opens without any repair to the state before or after it.
func TestPowerCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	before, after := sample{holds: map[string][]string{}}, sample{holds: map[string][]string{}}
	write(path, func(shelf *Shelf) {
		for i := range 12 {
			before.put(shelf, "b1", fmt.Sprint("event ", i), strings.Repeat("密", 400*i))
		}
		before.bytes = read(t, path)
		after.holds["b1"] = slices.Clone(before.holds["b1"])
		after.put(shelf, "b1", "the last", strings.Repeat("票", 5000), "end")
		after.bytes = read(t, path)
	})
	if len(before.bytes) < len(after.bytes) {
		before.bytes = append(before.bytes, make([]byte, len(after.bytes)-len(before.bytes))...)
	}
	r := rand.New(rand.NewPCG(3, 3))
	outcomes := map[int]int{}
	for i := range 150 {
		b := bytes.Clone(before.bytes)
		partly(b, after.bytes, i, r)
		holds, repaired, err := reopen(t, b)
		if err != nil || repaired != nil {
			t.Fatalf("cut %d: %v, %v", i, repaired, err)
		}
		n := len(holds["b1"])
		if n != len(before.holds["b1"]) && n != len(after.holds["b1"]) || !slices.Equal(holds["b1"], after.holds["b1"][:n]) {
			t.Fatalf("cut %d: %d records", i, n)
		}
		outcomes[n]++
	}
	if len(outcomes) != 2 {
		t.Errorf("only one outcome: %v", outcomes)
	}
}

// partly writes a part of what after has into b: for even i some of the data sectors, for odd i all of them and a part of the meta page.
func partly(b, after []byte, i int, r *rand.Rand) {
	const sector = 512
	data := 2 * os.Getpagesize()
	for at := data; at < len(b); at += sector {
		if i%2 == 1 || r.IntN(100) < 40+i/2 {
			copy(b[at:at+sector], after[at:])
		}
	}
	if i%2 == 1 {
		copy(b[:data], after[:data/2])
		copy(b[data/2:data], after[data/2:data/2+i])
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestNotOurs refuses what is no shelf and leaves it alone.
func TestNotOurs(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "foreign")
	db, err := bbolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("b1"))
		return errors.Join(err, b.Put([]byte("k"), []byte("v")))
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"text": []byte("编号,姓名\n1,党员01\n"), "zeros": make([]byte, 40_000), "another bbolt": read(t, foreign),
		"the magic alone": []byte(frameMagic), "magics": bytes.Repeat([]byte(frameMagic), 30_000),
	} {
		if _, _, err := reopen(t, b); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %v, want ErrUnreadable", name, err)
		}
	}
}

// TestTextIsNotAFrame types a whole frame into a record: the scan of a damaged file must not take it for one.
func TestTextIsNotAFrame(t *testing.T) {
	forged, _ := encodeFrame(frame{branch: "b1", seq: 1, last: 1}, []byte("forged"))
	s := sample{holds: map[string][]string{}}
	b := write(filepath.Join(t.TempDir(), "db"), func(shelf *Shelf) { s.put(shelf, "b1", "true", string(forged)) })
	b[8] ^= 1 // the head of a meta page: the tree is not trusted
	holds, _, err := reopen(t, b)
	judge(t, "forged", s, holds, nil, err)
	if err != nil || len(holds["b1"]) != 2 {
		t.Errorf("%q, %v", holds, err)
	}
}

// TestReplacedRecord puts a whole record of another time in the place of one: each is whole in itself, but they do not follow each other.
func TestReplacedRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	s := sample{holds: map[string][]string{}}
	b := write(path, func(shelf *Shelf) {
		s.put(shelf, "b1", "one")
		s.put(shelf, "b1", "two")
		foreign, _ := encodeFrame(frame{branch: "b1", seq: 1, last: 1}, []byte("other"))
		err := shelf.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("b1")).Put(key(1), foreign) })
		if err != nil {
			t.Fatal(err)
		}
	})
	b = bytes.ReplaceAll(b, []byte("one"), []byte("???")) // no stale copy helps
	var damage *DamageError
	if _, _, err := reopen(t, b); !errors.As(err, &damage) || damage.Branch != "b1" {
		t.Errorf("%v, want damage", err)
	}
}

// TestFramesOfTheFirstVersion reads, continues and searches a file whose frames have the sum of old, SHA-256 of all that follows.
func TestFramesOfTheFirstVersion(t *testing.T) {
	s := sample{holds: map[string][]string{}}
	path := filepath.Join(t.TempDir(), "db")
	write(path, func(shelf *Shelf) {
		s.put(shelf, "b1", "one")
		s.put(shelf, "b1", "two", "three")
		err := shelf.db.Update(func(tx *bbolt.Tx) (err error) {
			var sum [32]byte
			for seq := uint64(1); seq <= 3; seq++ {
				old := bytes.Clone(tx.Bucket([]byte("b1")).Get(key(seq)))
				old[7] = 1
				copy(old[40:], sum[:])
				sum = sha256.Sum256(old[40:])
				copy(old[8:], sum[:])
				err = errors.Join(err, tx.Bucket([]byte("b1")).Put(key(seq), old))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	shelf, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s.put(shelf, "b1", "four")
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	b := read(t, path)
	holds, _, err := reopen(t, b)
	if judge(t, "as it is", s, holds, nil, err); err != nil || len(holds["b1"]) != 4 {
		t.Errorf("%q, %v", holds, err)
	}
	b[8] ^= 1 // the head of a meta page: the tree is not trusted
	holds, _, err = reopen(t, b)
	if judge(t, "by a scan", s, holds, nil, err); err != nil || len(holds["b1"]) != 4 {
		t.Errorf("by a scan: %q, %v", holds, err)
	}
}

// FuzzOpen damages the sample in several places at once and cuts it.
func FuzzOpen(f *testing.F) {
	s := meetings()
	f.Add([]byte{}, uint32(len(s.bytes)))
	f.Add([]byte{0, 0, 1, 1, 0, 0, 16, 255}, uint32(len(s.bytes)))
	f.Add([]byte{0, 1, 0, 9}, uint32(len(s.bytes)/2))
	f.Fuzz(func(t *testing.T, flips []byte, size uint32) {
		b := bytes.Clone(s.bytes[:min(int(size), len(s.bytes))])
		for ; len(flips) >= 4 && len(b) > 0; flips = flips[4:] {
			at := int(flips[0])<<16 | int(flips[1])<<8 | int(flips[2])
			b[at%len(b)] = flips[3]
		}
		if len(b) == 0 {
			return
		}
		holds, repaired, err := reopen(t, b)
		judge(t, "fuzz", s, holds, repaired, err)
	})
}
