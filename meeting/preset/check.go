package preset

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check reports everything in which rules contradict themselves, as an [*Error]
// without lines; nil is none.
func (r *Rules) Check() error { return refusal(r.faults()) }

func (r *Rules) faults() []Fault {
	var c checks
	c.id("id", r.ID)
	c.number("year", r.Year, 1900, 2200)
	c.text("title", r.Title, 60)
	if r.Source != "" {
		c.text("source", r.Source, 120)
	}
	c.agenda(r.Agenda)
	c.word("mutual_review", r.MutualReview, AfterEach, AfterAll)
	c.four("grades", r.Grades)
	c.text("ungraded", r.Ungraded, mostMark)
	if slices.Contains(r.Grades, r.Ungraded) {
		c.add("ungraded", WordTwice, r.Ungraded)
	}
	c.word("announce", r.Announce, AnnounceNone, AnnounceCounts, AnnounceExcellent, AnnounceFull)
	c.word("superior_approval", r.Approval, ApprovalFirst, ApprovalFiling, ApprovalNone)
	c.cap(r.Cap)
	c.vote(r.Vote, r.OnAgenda(Ballot))
	c.quorum(r.Quorum)
	c.decision(r.Decision)
	c.limits(r.Limits)
	c.work(r)
	c.templates(r)
	c.assess(r.Assess, r.Indicators)
	return c
}

// Limits of what stands in rules.
const (
	mostNumber = 1000     // members, ballots, parts of a ratio
	mostClock  = 4 * 3600 // seconds
	mostMark   = 8        // characters of a grade or a mark
)

// checks collects the faults of rules.
type checks []Fault

func (c *checks) add(key string, code Code, args ...any) { *c = append(*c, faulty(key, code, args...)) }

func (c *checks) word(key, got string, want ...string) {
	switch {
	case slices.Contains(want, got):
	case got == "":
		c.add(key, Missing)
	default:
		c.add(key, WordUnknown, got, strings.Join(slices.DeleteFunc(want, func(w string) bool { return w == "" }), "、"))
	}
}

func (c *checks) number(key string, got, least, most int) {
	if got < least || got > most {
		c.add(key, NumberBad, got, least, most)
	}
}

func (c *checks) text(key, got string, most int) {
	switch {
	case strings.TrimSpace(got) == "":
		c.add(key, Missing)
	case utf8.RuneCountInString(got) > most || !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }):
		c.add(key, TextBad, most)
	}
}

// idForm is what an id may be: it becomes part of file names and commands.
var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$`)

func (c *checks) id(key, id string) {
	switch {
	case id == "":
		c.add(key, Missing)
	case !idForm.MatchString(id):
		c.add(key, IDBad, 40)
	}
}

// four checks a scale of four different marks, best first.
func (c *checks) four(key string, marks []string) {
	if len(marks) != 4 {
		c.add(key, NotFour, len(marks))
	}
	for i, m := range marks {
		at := element(key, i)
		c.text(at, m, mostMark)
		if m != "" && slices.Contains(marks[:i], m) {
			c.add(at, WordTwice, m)
		}
	}
}

// element returns the key of a list's element i, which people count from 1.
func element(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i+1) }

func (c *checks) agenda(items []Item) {
	place := map[string]int{} // from 1
	for i, it := range items {
		at := element("agenda", i)
		c.word(at+".kind", it.Kind, Kinds()...)
		c.text(at+".title", it.Title, 30)
		c.number(at+".minutes", it.Minutes, 0, 24*60)
		if place[it.Kind] > 0 && it.Kind != "" {
			c.add(at+".kind", KindTwice, it.Kind)
		}
		place[it.Kind] = i + 1
	}
	if place[SignIn] != 1 {
		c.add("agenda", SignInFirst)
	}
	if n := len(items); n == 0 || items[n-1].Kind != Closing {
		c.add("agenda", ClosingLast)
	}
	if place[Ballot] > place[Tally] || place[Ballot] == 0 && place[Tally] > 0 {
		c.add("agenda", TallyAlone)
	}
}

func (c *checks) cap(r Cap) {
	c.number("excellent_cap.den", r.Den, 1, mostNumber)
	c.number("excellent_cap.num", r.Num, 0, mostNumber)
	c.number("excellent_cap.min", r.Min, 0, mostNumber)
	if r.Den > 0 && r.Num > r.Den {
		c.add("excellent_cap.num", RatioOver, r.Den)
	}
	c.word("excellent_cap.base", r.Base, BaseFormal, BaseFormalAttending, BaseParticipating, BaseBranchTotal)
	c.word("excellent_cap.round", r.Round, "floor", "ceil", "nearest")
}

func (c *checks) vote(v Vote, onAgenda bool) {
	c.number("ballot.min_ballots", v.MinBallots, 1, mostNumber)
	c.number("ballot.scrutineers", v.Scrutineers, 1, mostNumber)
	c.number("ballot.threshold", v.Threshold, 0, mostNumber)
	c.word("ballot.group", v.Group, "", "Ed25519", "BELENIOS-2048")
	if v.Mass && !onAgenda {
		c.add("ballot.mass", BoxMissing)
	}
	if v.Branch && !onAgenda {
		c.add("ballot.branch", BoxMissing)
	}
	if v.Branch {
		c.text("ballot.branch_title", v.BranchTitle, 20)
		c.four("ballot.branch_scale", v.BranchScale)
	}
}

func (c *checks) quorum(q Quorum) {
	c.number("quorum.den", q.Den, 1, mostNumber)
	c.number("quorum.num", q.Num, 1, mostNumber)
	if q.Den > 0 && q.Num > q.Den {
		c.add("quorum.num", RatioOver, q.Den)
	}
	c.word("quorum.base", q.Base, BaseFormal, BaseBranchTotal)
}

func (c *checks) decision(d Decision) {
	c.number("decision.committee_from", d.CommitteeFrom, 0, mostNumber)
	c.number("decision.pass_den", d.PassDen, 1, mostNumber)
	c.number("decision.pass_num", d.PassNum, 0, mostNumber)
	if d.PassNum >= d.PassDen && d.PassDen > 0 { // more than all can't vote yes
		c.add("decision.pass_num", RatioOver, d.PassDen-1)
	}
}

func (c *checks) limits(l Limits) {
	c.number("limits.self_criticism", l.SelfCriticism, 0, mostClock)
	c.number("limits.criticism", l.Criticism, 0, mostClock)
	c.number("limits.response", l.Response, 0, mostClock)
	c.number("limits.speech", l.Speech, 0, mostClock)
}
