package meeting

import (
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// ActLedger writes the ledger, or reports on one's own lines.
const ActLedger Action = "ledger"

var ledgerActions = []action{{ActLedger, forMembers, (*State).mayLedger}}

// Why something about the ledger is refused.
const (
	LedgerOnly    Code = "ledger-only"
	CommitteeLine Code = "committee-line"
	NoLine        Code = "no-line"     // number
	LineClosed    Code = "line-closed" // number
	BadDate       Code = "bad-date"    // text
)

// Level is the 层面 of a line of the ledger, in the words of the form.
type Level string

// The levels.
const (
	LevelCommittee Level = "班子"
	LevelMember    Level = "个人"
)

// Levels lists all levels.
func Levels() []Level { return []Level{LevelCommittee, LevelMember} }

// Source says where a problem was found, in the words of the form (DOMAIN.md §4.11).
type Source string

// Sources lists all sources.
func Sources() []Source { return []Source{"自查", "谈话", "征求意见", "互评", "点评"} }

// Progress is how far the rectification of a problem has come, in the words of
// the form.
type Progress string

// The stages of progress.
const (
	ProgressNone    Progress = "未启动"
	ProgressGoing   Progress = "进行中"
	ProgressDone    Progress = "已完成"
	ProgressDelayed Progress = "延期"
)

// Progresses lists all stages of progress.
func Progresses() []Progress {
	return []Progress{ProgressNone, ProgressGoing, ProgressDone, ProgressDelayed}
}

// Words that may stand for a date in [LedgerLine].Due.
const (
	DueNow    = "立行立改"
	DueAlways = "长期坚持"
)

// LedgerLine is one line of the 整改台账 (DOMAIN.md §4.11). What is not known yet is "".
type LedgerLine struct {
	No         int // from 1
	Level      Level
	Of         MemberID // who is responsible; "" for the committee's own problems
	Problem    string
	Source     Source
	Measure    string
	Goal       string
	Helper     string // who helps
	Due        string // DueNow, DueAlways, or yyyy-mm-dd
	Progress   Progress
	Done       string // yyyy-mm-dd
	Evidence   string
	Acceptance string // who accepted it, and in which words
	Closed     bool   // 销号
	By         MemberID
	At         time.Time // of the newest change
}

// Ledger returns all lines, ordered by number.
func (s *State) Ledger() []LedgerLine { return slices.Clone(s.LedgerLines) }

// LedgerOf returns the lines for which a person is responsible.
func (s *State) LedgerOf(who MemberID) []LedgerLine {
	return slices.DeleteFunc(s.Ledger(), func(l LedgerLine) bool { return who == "" || l.Of != who })
}

// KeepsLedger reports whether a person writes the whole ledger: the console,
// the recorder and the committee do. Whoever is responsible for a line only
// reports its progress.
func (s *State) KeepsLedger(who MemberID) bool { return s.records(who) || s.onCommittee(who) }

// mayLedger allows the ledger from the item 提出整改意见 on, and after the
// meeting (DOMAIN.md §2.1, 8 and 13).
func (s *State) mayLedger(m Member) *Refusal {
	var when *Refusal
	switch {
	case s.Phase == Live:
		when = need(s.reached(preset.Rectification), WrongItem, s.titleOf(preset.Rectification))
	case s.Phase != After:
		when = s.live()
	}
	return first(when, need(s.KeepsLedger(m.ID) || len(s.LedgerOf(m.ID)) > 0, LedgerOnly))
}

// reached reports whether the meeting has come to an item or gone past it.
func (s *State) reached(kind string) bool {
	i := slices.IndexFunc(s.Agenda, func(it Item) bool { return it.Kind == kind })
	return i >= 0 && (i <= s.Current || s.Agenda[i].Times > 0)
}

// line returns the line with a number.
func (s *State) line(no int) (LedgerLine, *Refusal) {
	if no < 1 || no > len(s.LedgerLines) {
		return LedgerLine{}, refuse(NoLine, no)
	}
	return s.LedgerLines[no-1], nil
}

// changeLine lets f change a copy of a line and puts it in the line's place.
func (s *State) changeLine(no int, e Event, f func(*LedgerLine)) {
	l, none := s.line(no)
	if none != nil {
		return
	}
	f(&l)
	l.At = e.At
	s.LedgerLines = replaced(s.LedgerLines, no-1, l)
}

// checkLine refuses a line with contents that the form does not allow.
func (s *State) checkLine(l LedgerLine) *Refusal {
	bad := first(
		oneWord(l.Level, Levels()), oneWord(l.Source, Sources()), oneWord(l.Progress, Progresses()),
		need(l.Level == LevelMember || l.Of == "", CommitteeLine), badSpeech(l.Problem),
		need(l.Due == "" || l.Due == DueNow || l.Due == DueAlways || isDay(l.Due), BadDate, l.Due),
		need(l.Done == "" || isDay(l.Done), BadDate, l.Done))
	if bad != nil {
		return bad
	}
	if m, ok := s.Member(l.Of); l.Level == LevelMember {
		if bad := first(need(ok, UnknownMember, l.Of), need(m.InParty(), NotInParty, m.Name)); bad != nil {
			return bad
		}
	}
	for _, text := range []string{l.Measure, l.Goal, l.Evidence, l.Acceptance} {
		if text != "" && badSpeech(text) != nil {
			return badSpeech(text)
		}
	}
	if l.Helper != "" {
		return badText(l.Helper, 60)
	}
	return nil
}

// oneWord refuses a word that is not one of the form's.
func oneWord[T ~string](word T, words []T) *Refusal {
	return need(slices.Contains(words, word), UnknownWord, word, joinWords(words))
}

// joinWords joins words with 、.
func joinWords[T ~string](words []T) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return strings.Join(list, "、")
}

func isDay(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2100
}

// AddLine writes a problem into the ledger. Of is who is responsible, "" where
// it is the committee's own.
type AddLine struct {
	Level   Level    `json:"level"`
	Of      MemberID `json:"of,omitempty"`
	Problem string   `json:"problem"`
	Source  Source   `json:"source"`
	Measure string   `json:"measure,omitempty"`
	Goal    string   `json:"goal,omitempty"`
	Helper  string   `json:"helper,omitempty"`
	Due     string   `json:"due,omitempty"`
}

func (c AddLine) line() LedgerLine {
	return LedgerLine{
		Level: c.Level, Of: c.Of, Problem: c.Problem, Source: c.Source, Measure: c.Measure, Goal: c.Goal,
		Helper: c.Helper, Due: c.Due, Progress: ProgressNone,
	}
}

func (c AddLine) decide(s *State, r Request) ([]Fact, error) {
	if no := first(May(s, r.By, ActLedger), need(s.KeepsLedger(r.By), LedgerOnly), s.checkLine(c.line())); no != nil {
		return nil, no
	}
	for _, text := range []*string{&c.Problem, &c.Measure, &c.Goal, &c.Helper} {
		*text = tidy(*text)
	}
	return []Fact{LineAdded{No: len(s.LedgerLines) + 1, Progress: ProgressNone, AddLine: c}}, nil
}

// LineAdded carries a new line of the ledger.
type LineAdded struct {
	No       int      `json:"no"` // from 1
	Progress Progress `json:"progress"`
	AddLine
}

func (f LineAdded) apply(s *State, e Event) {
	l := f.line()
	l.No, l.Progress, l.By, l.At = f.No, f.Progress, e.By, e.At
	s.LedgerLines = added(s.LedgerLines, l)
}

// LineChange has the new values of a line; a nil field is left unchanged.
type LineChange struct {
	Problem  *string   `json:"problem,omitempty"`
	Source   *Source   `json:"source,omitempty"`
	Measure  *string   `json:"measure,omitempty"`
	Goal     *string   `json:"goal,omitempty"`
	Helper   *string   `json:"helper,omitempty"`
	Due      *string   `json:"due,omitempty"`
	Progress *Progress `json:"progress,omitempty"`
	Done     *string   `json:"done,omitempty"`
	Evidence *string   `json:"evidence,omitempty"`
}

// onlyReports reports whether the change touches progress, day and evidence
// only.
func (c LineChange) onlyReports() bool {
	c.Progress, c.Done, c.Evidence = nil, nil, nil
	return c == LineChange{}
}

// tidied returns c with its texts in stored form.
func (c LineChange) tidied() LineChange {
	for _, text := range []**string{&c.Problem, &c.Measure, &c.Goal, &c.Helper, &c.Evidence} {
		if *text != nil {
			t := tidy(**text)
			*text = &t
		}
	}
	return c
}

func (c LineChange) change(l *LedgerLine) {
	set(&l.Problem, c.Problem)
	set(&l.Source, c.Source)
	set(&l.Measure, c.Measure)
	set(&l.Goal, c.Goal)
	set(&l.Helper, c.Helper)
	set(&l.Due, c.Due)
	set(&l.Progress, c.Progress)
	set(&l.Done, c.Done)
	set(&l.Evidence, c.Evidence)
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// UpdateLine changes a line that is not closed. Whoever is responsible for it
// may change progress, day and evidence; everything else is for those who keep
// the ledger.
type UpdateLine struct {
	No int
	LineChange
}

func (c UpdateLine) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActLedger); no != nil {
		return nil, no
	}
	old, no := s.line(c.No)
	c.LineChange = c.tidied()
	next := old
	c.change(&next)
	no = first(no, need(s.KeepsLedger(r.By) || old.Of == r.By && c.onlyReports(), LedgerOnly),
		need(!old.Closed, LineClosed, c.No), s.checkLine(next))
	switch {
	case no != nil:
		return nil, no
	case next == old:
		return nil, nil
	}
	return []Fact{LineUpdated(c)}, nil
}

// LineUpdated says what has changed in a line of the ledger.
type LineUpdated struct {
	No int `json:"no"`
	LineChange
}

func (f LineUpdated) apply(s *State, e Event) { s.changeLine(f.No, e, f.change) }

// CloseLine closes a line (销号). Acceptance says who accepted the work, in
// words.
type CloseLine struct {
	No         int
	Acceptance string
}

func (c CloseLine) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActLedger); no != nil {
		return nil, no
	}
	old, no := s.line(c.No)
	no = first(no, need(s.KeepsLedger(r.By), LedgerOnly), need(!old.Closed, LineClosed, c.No), badSpeech(c.Acceptance))
	if no != nil {
		return nil, no
	}
	return []Fact{LineStruck{No: c.No, Progress: ProgressDone, Acceptance: tidy(c.Acceptance)}}, nil
}

// LineStruck says that a line was closed, with the words of acceptance.
type LineStruck struct {
	No         int      `json:"no"`
	Progress   Progress `json:"progress"`
	Acceptance string   `json:"acceptance"`
}

func (f LineStruck) apply(s *State, e Event) {
	s.changeLine(f.No, e, func(l *LedgerLine) { l.Progress, l.Acceptance, l.Closed = f.Progress, f.Acceptance, true })
}
