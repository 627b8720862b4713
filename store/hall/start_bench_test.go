package hall_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// BenchmarkStart is a server that starts, and examines the ballots, while 500
// of them on 30 subjects, with remarks, lie in an open box on disk. It reports
// the bytes of a stored ballot.
func BenchmarkStart(b *testing.B) {
	const voters = 500
	shelf, err := bolt.Create(filepath.Join(b.TempDir(), "pingyi.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = shelf.Close() })
	log, err := shelf.Log(b.Context(), "b1")
	if err != nil {
		b.Fatal(err)
	}
	h := newHouseOn(b, log, people(voters).Probationary(voters-30), func(r *preset.Rules) { r.Vote.Comments = true })
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	c := meetingtest.Alike(h.State(), "合格")
	var wg sync.WaitGroup
	for i := 1; i <= voters; i++ {
		wg.Go(func() {
			if _, err := h.Cast(b.Context(), id(i), c); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
	size := 0
	for _, r := range h.records() {
		if r.Class == string(meeting.BallotBlob) {
			size = max(size, len(r.Encode()))
		}
	}
	h.Wipe()
	for b.Loop() {
		room, err := store.OpenRoom(b.Context(), log, meeting.Machine{})
		if err != nil {
			b.Fatal(err)
		}
		one := hall.New(room, secret, time.Now)
		if err := one.Examine(); err != nil || one.State().Vote().Members().Returned.Len() != voters {
			b.Fatal(err)
		}
		room.Close()
	}
	b.ReportMetric(float64(size), "bytes/ballot")
}

// BenchmarkStartOf is a server that starts where one thing was recorded very often:
// 20,000 notes, 100,000 absences, 20,000 and 100,000 versions of 2,000 lines of the
// ledger.
func BenchmarkStartOf(b *testing.B) {
	const members = 100
	for _, c := range []struct {
		name string
		n    int
		fact func(i int) meeting.Fact
	}{
		{"notes", 20_000, func(i int) meeting.Fact { return meeting.Noted{Item: 1, Text: fmt.Sprint("记录", i)} }},
		{"absences", 100_000, func(i int) meeting.Fact {
			return meeting.AbsenceRecorded{ID: id(i%members + 1), Reason: "病假"}
		}},
		{"records", 20_000, line},
		{"records", 100_000, line},
	} {
		b.Run(fmt.Sprintf("%s/%d", c.name, c.n), func(b *testing.B) {
			shelf, err := bolt.Create(filepath.Join(b.TempDir(), "pingyi.db"))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = shelf.Close() })
			log, err := shelf.Log(b.Context(), "b1")
			if err != nil {
				b.Fatal(err)
			}
			facts := []meeting.Fact{
				meeting.Founded{Branch: meetingtest.SampleBranch(), Rules: meetingtest.Rules(b, preset.Default)},
				meeting.RosterImported{People: people(members)},
				meeting.ItemOpened{No: 1},
			}
			for i := range c.n {
				facts = append(facts, c.fact(i))
			}
			wrote(b, log, facts)
			for b.Loop() {
				room, err := store.OpenRoom(b.Context(), log, meeting.Machine{})
				if err != nil {
					b.Fatal(err)
				}
				if room.State().Chronicle.Len() != len(facts) {
					b.Fatal("something is missing")
				}
				room.Close()
			}
		})
	}
}

// line is a version of one of 2,000 lines of the ledger.
func line(i int) meeting.Fact {
	return meeting.RecordWritten{
		Form: "ledger", No: i%2000 + 1, Rev: i/2000 + 1, Version: 1, State: meeting.OpenState,
		Values: map[string]string{"problem": "走访少", "due": "2017-06-30"},
	}
}

// wrote appends facts to a log.
func wrote(b *testing.B, log store.Log, facts []meeting.Fact) {
	b.Helper()
	var chain store.Chain
	at := time.Date(2017, 3, 28, 14, 0, 0, 0, time.UTC)
	var records [][]byte
	after := uint64(0)
	for i, f := range facts {
		body, class, blob, err := meeting.Machine{}.Encode(meeting.Event{At: at.Add(time.Duration(i) * time.Second), Fact: f})
		if err != nil {
			b.Fatal(err)
		}
		rec := chain.Next(body, class, blob)
		if err := chain.Add(rec); err != nil {
			b.Fatal(err)
		}
		if records = append(records, rec.Encode()); len(records) < store.MaxRecords && i < len(facts)-1 {
			continue
		}
		if after, err = log.Append(b.Context(), after, records...); err != nil {
			b.Fatal(err)
		}
		records = nil
	}
}
