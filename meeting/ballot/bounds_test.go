package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// thrifty runs what reads a hostile file. It may take as much time and memory as fits the file's size, and no more.
func thrifty(t testing.TB, size int, read func()) {
	t.Helper()
	const (
		mostTime   = 10 * time.Second // of a busy machine
		mostMemory = 128 << 20
		perByte    = 1 << 10
	)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	read()
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if took > mostTime {
		t.Errorf("%d bytes took %v", size, took)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > mostMemory+perByte*uint64(size) {
		t.Errorf("%d bytes took %d MB of memory", size, used>>20)
	}
}

// What an archive says of its own sizes costs nothing before it is compared with what is there.
func TestTheSizesOfAHostileArchiveAreBounded(t *testing.T) {
	other := aPoint(t)
	for name, c := range map[string]struct {
		do   func(f *forgery)
		kind string
		code Code
	}{
		"twenty million ballots tallied": {func(f *forgery) {
			f.find(eventTally, 0).data[1] = sizedRecord(20_000_000, "")
		}, "tally", WrongSum},
		"twenty million ballots in another sum": {func(f *forgery) {
			s := f.find(eventTally, 0)
			swapText(&s.data[0], between(s.data[0], `"alpha":"`, `"`), other)
			s.data[1] = sizedRecord(20_000_000, "")
		}, "tally", OutOfRange},
		"more ballots in another sum than there are": {func(f *forgery) {
			f.remove(eventBallot, 1)
			f.remove(eventBallot, 1)
			f.find(eventTally, 0).data[1] = sizedRecord(2, "")
		}, "tally", OutOfRange},
		"an owner": {func(f *forgery) { f.find(eventPartial, 0).owner = 2_000_000_000 }, "partial", WrongKey},
		"a limit of answers": {func(f *forgery) {
			swapText(&f.steps[0].data[0], `"max":1`, `"max":2000000000`)
		}, "election", BadSetup},
		"many questions": {func(f *forgery) {
			swapText(&f.steps[0].data[0], `"questions":[`, `"questions":[`+strings.Repeat(`{"answers":["1"],"min":0,"max":1,"question":""},`, 50_000))
		}, "election", OutOfRange},
		"many answers": {func(f *forgery) {
			swapText(&f.steps[0].data[0], `"answers":[`, `"answers":[`+strings.Repeat(`"",`, 50_000))
		}, "election", OutOfRange},
		"a long name": {func(f *forgery) {
			swapText(&f.steps[0].data[0], `"name":"`, `"name":"`+strings.Repeat("评", 1<<20))
		}, "election", OutOfRange},
		"many trustees": {func(f *forgery) {
			one := bytes.TrimSuffix(bytes.TrimPrefix(f.steps[0].data[1], []byte("[")), []byte("]"))
			f.steps[0].data[1] = slices.Concat([]byte("["), bytes.Repeat(append(one, ','), 40), one, []byte("]"))
		}, "trustees", OutOfRange},
		"many factors": {func(f *forgery) {
			s := f.find(eventPartial, 0)
			swapText(&s.data[0], `[["`, `[["`+strings.Repeat(other+`","`, 10_000))
		}, "partial", OutOfRange},
		"many rows of factors": {func(f *forgery) {
			swapText(&f.find(eventPartial, 0).data[0], `[[`, `[`+strings.Repeat(`[],`, 100_000)+`[`)
		}, "partial", OutOfRange},
		"many choices": {func(f *forgery) {
			swapText(firstBallot(f), `"choices":[`, `"choices":[`+strings.Repeat(`{"alpha":"`+other+`","beta":"`+other+`"},`, 5_000))
		}, "ballot", OutOfRange},
		"a number of a million digits": {func(f *forgery) {
			swapText(firstBallot(f), `"challenge":"`, `"challenge":"1`+strings.Repeat("0", 1_000_000))
		}, "ballot", Malformed},
		"a result of many rows": {func(f *forgery) {
			swapText(&f.find(eventResult, 0).data[0], `[[`, `[`+strings.Repeat(`[],`, 100_000)+`[`)
		}, "result", OutOfRange},
	} {
		t.Run(name, func(t *testing.T) {
			_, good := attacked(t)
			f := takeApart(t, good)
			c.do(f)
			archive := f.archive(t)
			var r *Verification
			thrifty(t, len(archive), func() { r = verify(t, archive) })
			if !slices.ContainsFunc(r.Failures, func(f Failure) bool { return f.Kind == c.kind && f.Code == c.code }) {
				t.Errorf("want %s %s, got %+v", c.kind, c.code, r.Failures)
			}
		})
	}
}

// Records that belong to nothing are not kept, and a file of faults is not read to its end.
func TestAnArchiveOfRubbishIsNotReadToItsEnd(t *testing.T) {
	var out bytes.Buffer
	a := archiveWriter{tar: tarWriter{&out, 1795425164}}
	a.record("BELENIOS", archiveHeader(1795425164))
	for i := range 5000 {
		a.record(fmt.Sprintf("%064x.data.json", i), []byte("{}"))
	}
	r := verify(t, out.Bytes())
	if len(r.Failures) > maxFailures+2*maxData || r.Records > maxFailures {
		t.Errorf("%d failures in %d records", len(r.Failures), r.Records)
	}
}

// A set of many keys costs what its record is worth; more keys than any meeting has are refused.
func TestTheLargestSetIsVerifiedInTime(t *testing.T) {
	set, _ := ceremony(t, Ed25519, 20, 20)
	record := set.JSON()
	thrifty(t, len(record), func() {
		if _, err := ParseTrustee(Ed25519, record); err != nil {
			t.Error(err)
		}
	})
	var trustees []Trustee
	for range maxKeys + 1 {
		trustees = append(trustees, aTrustee(t))
	}
	if err := countKeys(trustees); !errors.Is(err, OutOfRange) {
		t.Errorf("%d keys: %v", len(trustees), err)
	}
	if err := countKeys(trustees[1:]); err != nil {
		t.Errorf("%d keys: %v", maxKeys, err)
	}
}

// The tally of a log has at most a ballot of each credential.
func TestATallyOfMoreBallotsThanVotersIsRefused(t *testing.T) {
	v := newVote(t, Ed25519, 2, 1, subjects(1))
	tally, _, _ := v.count(t, []*Ballot{v.cast(t, 0, 1)})
	more := *tally
	more.counted = 3
	if _, err := v.e.ParseTally(more.Marshal()); !errors.Is(err, OutOfRange) {
		t.Error(err)
	}
}

// One key is one trustee: the archive of an audit in which it was two, and all ways to make such an election.
func TestOneKeyIsNotTwoTrustees(t *testing.T) {
	r := verify(t, read(t, filepath.Join("testdata", "audit", "k01-one-key-two-trustees.bel")))
	if len(r.Failures) == 0 || r.Failures[0].Kind != "trustees" || r.Failures[0].Code != Doubled || r.Result != nil {
		t.Errorf("%+v", r)
	}
	v := newVote(t, Ed25519, 1, 2, subjects(1))
	s := v.e.setup
	again, err := v.keys[0].Public(rand.Reader) // another proof of the same key
	if err != nil {
		t.Fatal(err)
	}
	set, keys := ceremony(t, Ed25519, 2, 3)
	member, err := keys[1].Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, trustees := range map[string][]Trustee{
		"twice":                {s.Trustees[0], s.Trustees[1], again},
		"in a set and besides": {set, member},
		"a set twice":          {set, set},
	} {
		s.Trustees = trustees
		if _, err := NewElection(s); !errors.Is(err, Doubled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// By itself the archive of the attack on the decryption proof verifies, in the other group too: BALLOT.md says so.
func TestAnArchiveAloneDoesNotProveItsDecryption(t *testing.T) {
	r := verify(t, read(t, filepath.Join("testdata", "audit", "weakfs-2048.bel")))
	if want := [][]int{{6, 0, 0, 0}, {1, 5, 0, 0}}; !r.OK() || !reflect.DeepEqual(r.Result, want) {
		t.Errorf("%v %+v", r.Result, r.Failures)
	}
}
