package meeting

import "time"

// Talk is how often somebody had the floor, and how long in all.
type Talk struct {
	Times int
	Time  time.Duration
}

// Talks are everybody who has spoken from the floor, the present speaker up to
// the moment now.
func (s *State) Talks(now time.Time) map[MemberID]Talk {
	talks := map[MemberID]Talk{}
	spoke := func(id MemberID, d time.Duration) {
		talks[id] = Talk{Times: talks[id].Times + 1, Time: talks[id].Time + d}
	}
	for c := range s.Chronicle.Backward() {
		if f, ok := c.Fact.(FloorYielded); ok {
			spoke(f.ID, time.Duration(f.Seconds)*time.Second)
		}
	}
	if id := s.Floor.Speaker; id != "" {
		spoke(id, s.Floor.Elapsed(now))
	}
	return talks
}
