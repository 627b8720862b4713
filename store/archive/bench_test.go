package archive_test

import (
	"fmt"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
)

// BenchmarkMake writes the papers of a branch that has voted: all of them, and the
// minutes with the tally. It is meant for one core: go test -cpu 1.
func BenchmarkMake(b *testing.B) {
	for _, n := range []int{50, 100} {
		log := votedIn(b, n)
		for name, only := range map[string][]string{"all": nil, "minutes and tally": {"minutes", "tally"}} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				for b.Loop() {
					if _, err := archive.Make(b.Context(), log, archive.Press{Only: only}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// votedIn is the log of a branch of n in which everybody has graded everybody.
func votedIn(b *testing.B, n int) store.Log {
	b.Helper()
	log, err := store.NewMemory().Log(b.Context(), "b1")
	if err != nil {
		b.Fatal(err)
	}
	room, err := store.OpenRoom(b.Context(), log, meeting.Machine{Open: meetingtest.Plainly})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(room.Close)
	hall := meetingtest.NewRoomOn(room)
	hall.Urn.Dice = random{}
	h := meetingtest.New(b, hall)
	h.Founds(meetingtest.Rules(b, "seed-2017"), meetingtest.Branch(n, 0)...)
	h.Sits(preset.Ballot)
	h.Counted(meetingtest.Everybody(h.State(), 1))
	h.ComesTo(preset.Rating)
	h.Rates("合格")
	return log
}
