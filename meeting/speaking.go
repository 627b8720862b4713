package meeting

import (
	"maps"
	"time"
)

// SpeakingTime is how often somebody had the floor, and for how long in all.
type SpeakingTime struct {
	Times int
	Time  time.Duration
}

// SpeakingTimes returns the speaking time of everybody who had the floor; the
// present speaker's runs up to now.
func (s *State) SpeakingTimes(now time.Time) map[MemberID]SpeakingTime {
	talks := maps.Clone(s.spoken())
	if id := s.Floor.Speaker; id != "" {
		talks[id] = s.SpeakingTime(id, now)
	}
	return talks
}

// SpeakingTime is one person's of [State.SpeakingTimes].
func (s *State) SpeakingTime(id MemberID, now time.Time) SpeakingTime {
	talk := s.spoken()[id]
	if id != "" && id == s.Floor.Speaker {
		talk.Times++
		talk.Time += s.Floor.Elapsed(now)
	}
	return talk
}

// spoken are the speeches that have ended.
func (s *State) spoken() map[MemberID]SpeakingTime {
	return once(s, func(a *answers) *answer[map[MemberID]SpeakingTime] { return &a.spoken }, func(s *State) map[MemberID]SpeakingTime {
		talks := map[MemberID]SpeakingTime{}
		for c := range s.Chronicle.Kept() {
			if f, ok := c.Fact.(FloorYielded); ok {
				talks[f.ID] = SpeakingTime{Times: talks[f.ID].Times + 1, Time: talks[f.ID].Time + time.Duration(f.Seconds)*time.Second}
			}
		}
		return talks
	})
}
