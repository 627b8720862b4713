package meeting

import (
	"time"

	"pingyi/meeting/preset"
)

// Forecast is how much longer than planned the open item and the whole meeting
// will probably last; 0 if they will not, or nothing is planned.
type Forecast struct{ Item, Meeting time.Duration }

// Forecast estimates from now: what is left of the open item, and the planned
// time of every item still to come.
func (s *State) Forecast(now time.Time) Forecast {
	it, ok := s.Item()
	if !ok || s.Rules == nil {
		return Forecast{}
	}
	var f Forecast
	spent, planned := s.spentOn(it.No, now), s.planned(it.Kind)
	left := s.leftOf(it, now)
	if planned > 0 {
		f.Item = max(0, spent+left-planned)
	}
	all := time.Duration(0)
	for _, item := range s.Agenda {
		if s.planned(item.Kind) == 0 {
			return f
		}
		all += s.planned(item.Kind)
	}
	for _, item := range s.undone() {
		left += s.planned(item.Kind)
	}
	f.Meeting = max(0, s.Worked(s.Began(), now)+left-all)
	return f
}

// Left estimates how long the open item and the whole meeting still last; 0 where
// nothing is planned.
func (s *State) Left(now time.Time) (item, all time.Duration) {
	it, ok := s.Item()
	if !ok || s.Rules == nil {
		return 0, 0
	}
	item = s.leftOf(it, now)
	all = item
	for _, other := range s.undone() {
		all += s.planned(other.Kind)
	}
	return item, all
}

// leftOf estimates how long the open item still lasts.
func (s *State) leftOf(it Item, now time.Time) time.Duration {
	spent := s.spentOn(it.No, now)
	if left := itemKinds[it.Kind].left; left != nil {
		return left(s, spent, now)
	}
	return max(0, s.planned(it.Kind)-spent)
}

// planned returns the time that the rules plan for a kind of item.
func (s *State) planned(kind string) time.Duration {
	for _, it := range s.Rules.Agenda {
		if it.Kind == kind {
			return time.Duration(it.Minutes) * time.Minute
		}
	}
	return 0
}

// spentOn returns how long an item has been open, all its openings together.
func (s *State) spentOn(no int, now time.Time) time.Duration {
	spent, until := time.Duration(0), now
	for _, o := range s.openings() {
		if o.no == no {
			spent += s.Worked(o.at, until)
		}
		until = o.at
	}
	return max(0, spent)
}

// opening is when an item was opened.
type opening struct {
	no int
	at time.Time
}

// openings are those of all items, the newest first.
func (s *State) openings() []opening {
	return once(s, func(a *answers) *answer[[]opening] { return &a.openings }, func(s *State) []opening {
		var list []opening
		for c := range s.Chronicle.Kept() {
			if f, ok := c.Fact.(ItemOpened); ok {
				list = append(list, opening{f.No, c.At})
			}
		}
		return list
	})
}

// criticismLeft estimates the rest of 批评与自我批评: the time limits of
// everybody still to be heard or reviewed, at the pace of those who are done. A
// person counts as one self-criticism, one criticism and one response. Until as
// much as one whole round was held everybody has their share of the planned
// time, if the limits are longer: what nobody has shown yet is no delay.
func (s *State) criticismLeft(spent time.Duration, now time.Time) time.Duration {
	limits := s.Limits()
	own, review := max(1, limits.SelfCriticism), max(1, limits.Criticism+limits.Response)
	var done, left int
	for _, id := range s.Participants() {
		r, _ := s.Round(id)
		switch {
		case !s.takesTurn(id):
		case r.Part == PartDone:
			done += own + review
		case r.Spoke:
			done, left = done+own, left+review
		default:
			left += own + review
		}
	}
	part := review
	if r, _ := s.Round(s.Subject); r.Part == PartSelf {
		part = own
	}
	at := func(work int) time.Duration { return time.Duration(work) * time.Second }
	going := s.partFor(now)
	planned := s.planned(preset.Criticism)
	switch {
	case done >= own+review:
		at = func(work int) time.Duration { return (spent - going) * time.Duration(work) / time.Duration(done) }
	case planned > 0 && planned < at(done+left):
		all := done + left
		at = func(work int) time.Duration { return planned * time.Duration(work) / time.Duration(all) }
	}
	return max(0, at(left)-min(going, at(part)))
}

// partFor returns how long the present part of the round has lasted:
// self-criticism, or criticism together with the response.
func (s *State) partFor(now time.Time) time.Duration {
	if s.Subject == "" {
		return 0
	}
	for c := range s.Chronicle.Kept() {
		switch f := c.Fact.(type) {
		case RoundMoved:
			if f.Part != PartResponse {
				return s.Worked(c.At, now)
			}
		case ItemOpened:
			return 0
		}
	}
	return 0
}
