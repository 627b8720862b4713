package meeting

import (
	"reflect"

	"pingyi/meeting/preset"
)

// Directive is what the superior's notice (上级通知) of a year gives a branch to
// go by: the study plan month by month, and by what the secretary is assessed.
type Directive struct {
	Title      string             `json:"title"`
	Months     []StudyMonth       `json:"months,omitempty"`
	Assess     preset.Assess      `json:"assess,omitzero"`
	Indicators []preset.Indicator `json:"indicators,omitempty"`
}

// StudyMonth is a month of the study plan.
type StudyMonth struct {
	Month  string   `toml:"month" json:"month"` // yyyy-mm
	Topics []string `toml:"topics" json:"topics"`
	Hours  int      `toml:"hours" json:"hours,omitempty"`
}

// GiveDirective gives the branch a directive, in place of the one before. Once
// the branch has begun to check its secretary, by what they are assessed stays.
type GiveDirective struct{ Directive Directive }

func (c GiveDirective) decide(s *State, r Request) ([]Fact, error) {
	if s.Rules == nil {
		return nil, refuse(NotFounded)
	}
	no := first(need(r.By == Keeper, KeeperOnly), s.followed(), CheckText(c.Directive.Title, 60))
	if no != nil {
		return nil, no
	}
	given := c.Directive
	if s.kept["assess"].find(func(r *Record) bool { return !r.Struck }) != nil {
		given.Assess, given.Indicators = s.assessing()
	}
	if s.Directive != nil && reflect.DeepEqual(*s.Directive, given) {
		return nil, nil
	}
	return []Fact{DirectiveGiven{given}}, nil
}

// assessing is by what the secretary is assessed: as the directive says, else as
// the rules do.
func (s *State) assessing() (preset.Assess, []preset.Indicator) {
	if s.Directive != nil && len(s.Directive.Indicators) > 0 {
		return s.Directive.Assess, s.Directive.Indicators
	}
	return s.Rules.Assess, s.Rules.Indicators
}

// DirectiveGiven carries the whole directive.
type DirectiveGiven struct {
	Directive Directive `json:"directive"`
}

func (f DirectiveGiven) apply(s *State, _ Event) { s.Directive = &f.Directive }
