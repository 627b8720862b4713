package meeting

import "time"

// SpeakingTime is how often somebody had the floor, and for how long in all.
type SpeakingTime struct {
	Times int
	Time  time.Duration
}

// SpeakingTimes returns the speaking time of everybody who had the floor; the
// present speaker's runs up to now.
func (s *State) SpeakingTimes(now time.Time) map[MemberID]SpeakingTime {
	talks := map[MemberID]SpeakingTime{}
	spoke := func(id MemberID, d time.Duration) {
		talks[id] = SpeakingTime{Times: talks[id].Times + 1, Time: talks[id].Time + d}
	}
	for c := range s.Chronicle.Kept() {
		if f, ok := c.Fact.(FloorYielded); ok {
			spoke(f.ID, time.Duration(f.Seconds)*time.Second)
		}
	}
	if id := s.Floor.Speaker; id != "" {
		spoke(id, s.Floor.Elapsed(now))
	}
	return talks
}
