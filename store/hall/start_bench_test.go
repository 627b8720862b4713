package hall_test

import (
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
		if err := one.Examine(); err != nil || len(one.State().Vote().Members().Returned) != voters {
			b.Fatal(err)
		}
		room.Close()
	}
	b.ReportMetric(float64(size), "bytes/ballot")
}
