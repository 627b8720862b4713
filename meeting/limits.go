package meeting

import (
	"time"

	"pingyi/meeting/preset"
)

// ActLimits sets how long people may speak in this meeting.
const ActLimits Action = "limits"

var limitsActions = []action{{ActLimits, forConsole, (*State).untilOver}}

// longestLimit is the longest time limit, in seconds.
const longestLimit = 3600

// Limits returns how long people may speak: what was set for this meeting, else
// what the rules say.
func (s *State) Limits() preset.Limits {
	if s.OwnLimits != nil {
		return *s.OwnLimits
	}
	return s.Rules.Limits
}

// SetLimits sets how long people may speak from now on, in seconds; 0 sets no
// limit. Whoever speaks keeps the limit with which they began.
type SetLimits struct{ Limits preset.Limits }

func (c SetLimits) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActLimits); no != nil {
		return nil, no
	}
	l := c.Limits
	for _, n := range []int{l.SelfCriticism, l.Criticism, l.Response, l.Speech} {
		if n < 0 || n > longestLimit {
			return nil, refuse(BadNumber, n, 0, longestLimit)
		}
	}
	if l == s.Limits() {
		return nil, nil
	}
	return []Fact{LimitsSet(c)}, nil
}

// LimitsSet says how long people may speak in this meeting.
type LimitsSet struct {
	Limits preset.Limits `json:"limits"`
}

func (f LimitsSet) apply(s *State, _ Event) { s.OwnLimits = &f.Limits }

// LimitProposal is how long people may speak so that everybody has their say in
// the time that there is.
type LimitProposal struct {
	Limits preset.Limits
	Time   time.Duration // left for 批评与自我批评
	People int           // still to be reviewed
}

// ProposeLimits shares the time that is left for 批评与自我批评 among those still
// to be reviewed, in the proportions of the present limits and in steps of half
// a minute. ok is false where the present limits fit but for a tenth, and where
// nothing is planned or left.
func (s *State) ProposeLimits(now time.Time) (p LimitProposal, ok bool) {
	if s.Rules == nil {
		return p, false
	}
	p = LimitProposal{Limits: s.Limits(), Time: s.planned(preset.Criticism)}
	if it, open := s.Item(); open && it.Kind == preset.Criticism {
		p.Time -= s.spentOn(it.No, now)
	}
	p.Time = p.Time.Round(time.Minute)
	p.People = len(having(s.Participants(), func(id MemberID) bool {
		r, _ := s.Round(id)
		return r.Part != PartDone && s.takesTurn(id)
	}))
	was := p.Limits
	each := was.SelfCriticism + was.Criticism + was.Response
	have := int(p.Time / time.Second)
	if have <= 0 || p.People == 0 || p.People*each <= have+have/10 {
		return p, false
	}
	share := func(limit int) int {
		if limit == 0 {
			return 0
		}
		return max(30, limit*have/(p.People*each)/30*30)
	}
	p.Limits.SelfCriticism, p.Limits.Criticism, p.Limits.Response = share(was.SelfCriticism), share(was.Criticism), share(was.Response)
	return p, p.Limits != was
}
