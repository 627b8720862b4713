package meeting

import (
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// What real inspections find in the papers of a branch (DOMAIN.md §4.12, §6), beside
// what the readiness page and the minutes name.
const (
	CountsDisagree   Code = "counts-disagree"   // whose
	LastYearMissing  Code = "last-year-missing" // nothing was said of last year's ledger
	UnheardPeople    Code = "unheard-people"    // how many, who
	Uncriticised     Code = "uncriticised"      // how many, who
	OutsideThePlan   Code = "outside-the-plan"  // the meeting's day, from, to
	DayTooLate       Code = "day-too-late"      // day, of what, the meeting's day
	DayTooEarly      Code = "day-too-early"     // day, of what, the meeting's day
	NoHost           Code = "no-host"
	ArchiveLineShort Code = "archive-line-short" // how much there is, of how much
)

// Flaw is what an inspector finds in a paper.
type Flaw struct {
	Paper string // its name: minutes
	Check
}

// Inspect lists what an inspector would find on a day in the papers of the year, as far
// as the branch has come: before the meeting what is not ready, then what the papers of
// the meeting lack, then what the archive does.
func (s *State) Inspect(today string) []Flaw {
	if s.Rules == nil {
		return nil
	}
	list := s.gateFlaws(today)
	about := func(paper string) warning {
		return func(yes, red bool, code Code, args ...any) {
			if yes {
				list = append(list, Flaw{paper, Check{Code: code, Args: refuse(code, args...).Args, Red: red}})
			}
		}
	}
	if s.Phase != Before {
		s.inspectMeeting(about)
		s.inspectDays(about)
	}
	if s.Phase == After {
		for _, line := range s.ArchiveList() {
			flawed := slices.ContainsFunc(list, func(f Flaw) bool { return f.Paper == line.Name })
			about(line.Name)(line.Level == ArchiveMissing && !flawed, true, ArchiveLineShort, line.Have, max(1, line.Of))
		}
	}
	return list
}

// gateFlaws are the gates that are not green, each as a flaw of its kind's paper. Of
// what is judged while the meeting is on the meeting's own papers tell, and of each day
// after the meeting [State.inspectDays] does.
func (s *State) gateFlaws(today string) []Flaw {
	var list []Flaw
	for _, g := range s.Readiness(today) {
		if f, ok := g.Form.form(); ok && g.Level != Green && f.Paper != "" && g.Code != DayTooLate {
			list = append(list, Flaw{f.Paper, Check{Code: g.Code, Args: g.Args, Red: g.Level == preset.Red}})
		}
	}
	return list
}

// inspectMeeting lists what the papers of the meeting lack.
func (s *State) inspectMeeting(about func(paper string) warning) {
	n := len(s.unexplained())
	about("sign-in")(n > 0, true, AbsentWithoutReason, n)
	s.checkMinutes(about("minutes"))
	about("minutes")(s.Host() == "", true, NoHost)
	if it, ok := s.itemOf(preset.LastYear); ok {
		about("minutes")(it.Status == Done && len(s.Carried()) == 0 && !s.noted(it.No) && !s.talked(it), false, LastYearMissing)
	}
	s.inspectCriticism(about("criticisms"))
	if v := s.Vote(); v != nil && v.State == BoxCounted {
		s.inspectCounts(v, about("tally"))
	}
}

// inspectCriticism lists who was not heard, and whom nobody has criticised.
func (s *State) inspectCriticism(warn warning) {
	if it, ok := s.itemOf(preset.Criticism); !ok || it.Status != Done {
		return
	}
	unheard := s.Unheard()
	warn(len(unheard) > 0, true, UnheardPeople, len(unheard), s.someNames(unheard))
	var alone []MemberID
	for _, id := range s.Participants() {
		if r, ok := s.Round(id); ok && r.Spoke && len(r.Criticisms) == 0 {
			alone = append(alone, id)
		}
	}
	warn(len(alone) > 0, false, Uncriticised, len(alone), s.someNames(alone))
}

// inspectCounts lists whose grades and abstentions are not as many as the valid
// ballots (DOMAIN.md §3.6).
func (s *State) inspectCounts(v *Vote, warn warning) {
	for _, id := range s.ToGrade() {
		h, no := s.Histogram(id)
		if no != nil {
			continue
		}
		sum := h.Abstain
		for _, n := range h.Counts {
			sum += n
		}
		warn(sum != h.Ballots || h.Ballots > len(v.Members().Voters)+len(v.OnPaper), true, CountsDisagree, s.Called(id))
	}
}

// inspectDays lists what happened on a day on which it can't have: the meeting
// outside of its plan, what belongs before it after it, and the other way round.
func (s *State) inspectDays(about func(paper string) warning) {
	held := s.day(s.Began())
	if plan, ok := s.only("plan"); ok {
		from, to := plan.Value("from"), plan.Value("to")
		about("plan")(from != "" && held < from || to != "" && held > to, false, OutsideThePlan, held, from, to)
		s.inspectDecision(plan, Approved, held, about("plan"))
	}
	if notice, ok := s.only("notice"); ok {
		s.inspectDecision(notice, Sent, held, about("notice"))
	}
	for _, r := range s.all("study") {
		about("study")(r.Value("day") > held, false, DayTooLate, r.Value("day"), FormName("study"), held)
	}
	for _, r := range s.all("talk") {
		day := dayOf(r.Value("at"))
		back := r.Value("kind") == TalkFeedback
		about("talks")(day > held && !back, false, DayTooLate, day, FormName("talk"), held)
		about("talks")(day < held && back && day != "", false, DayTooEarly, day, FormName("talk"), held)
	}
	for _, r := range s.all("ledger") {
		_, err := time.Parse(time.DateOnly, r.Value("due"))
		about("ledger")(err == nil && r.Origin.From != FromYear && r.Value("due") < held, false, DayTooEarly, r.Value("due"), FormName("ledger"), held)
	}
}

// inspectDecision warns of a text that came to its state only after the meeting.
func (s *State) inspectDecision(r Record, state RecordState, held string, warn warning) {
	for _, step := range r.History {
		if step.State == state {
			warn(s.day(step.At) > held, false, DayTooLate, s.day(step.At), r.Form, held)
			return
		}
	}
}
