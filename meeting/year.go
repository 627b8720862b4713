package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// A branch's log is one year of 评议. The next year is another log, whose first
// fact carries what goes over and where the old log ended; the old one takes no
// more facts but that ciphertexts were removed.

// Why a year does not follow another.
const (
	YearOver     Code = "year-over"      // the year that came after
	YearGoesOn   Code = "year-goes-on"   // the year
	YearNotLater Code = "year-not-later" // the year, that of the log before
	StillLive    Code = "still-live"
)

// Year is an earlier year of a branch.
type Year struct {
	Year   int                `json:"year"`  // the year that was evaluated
	Title  string             `json:"title"` // of its meeting
	Seq    int                `json:"seq"`   // of the last record of its log
	Hash   string             `json:"hash"`  // of that record, hexadecimal
	Grades map[MemberID]Grade `json:"grades,omitempty"`
}

// readsOnly are the actions that change nothing, so that they remain when a year is
// over.
var readsOnly = []Action{ActPapers, ActBoard, ActResult, ActComments, ActPeek, ActFeedback}

// onlyRead refuses an action that would add to a year after which the next has begun,
// or whose archive is closed.
func (s *State) onlyRead(who MemberID, act Action) *Refusal {
	told := s.Hearings.Has(who)
	switch {
	case act == ActFeedback && !told: // there is nothing to read
	case act == ActPrune, slices.Contains(readsOnly, act):
		return nil
	case act == ActAck, act == ActBox: // while the archive is closed only
		return s.followed()
	}
	return first(s.followed(), s.archived())
}

// followed refuses what would add to a year after which the next has begun.
func (s *State) followed() *Refusal {
	if s.Next == 0 {
		return nil
	}
	return refuse(YearOver, s.Next)
}

// EndYear ends a year for good: the next one begins.
type EndYear struct{ Next int }

func (c EndYear) decide(s *State, r Request) ([]Fact, error) {
	switch {
	case r.By != Keeper:
		return nil, refuse(KeeperOnly)
	case s.Rules == nil:
		return nil, refuse(NotFounded)
	case s.Rehearsal:
		return nil, refuse(RehearsalIsOn)
	}
	v := s.Vote()
	if no := first(need(s.Phase != Live, StillLive), need(v == nil || v.State != BoxClosed || s.NeverOpened(), NotCountedYet), later(c.Next, s)); no != nil {
		return nil, no
	}
	return []Fact{YearEnded(c)}, nil
}

// later refuses a year that does not come after that of a state.
func later(year int, s *State) *Refusal {
	return need(year > s.Rules.Year, YearNotLater, year, s.Rules.Year)
}

// YearEnded says that a year takes no more facts.
type YearEnded struct {
	Next int `json:"next"`
}

func (f YearEnded) apply(s *State, _ Event) { s.Next = f.Next }

// BeginYear begins the log of the year after Of, which has ended with the record
// Seq of that Hash: with everybody on the roster and their remembered devices, the
// lines of the ledger that are open, and the grades of the years before.
type BeginYear struct {
	Of    *State
	Seq   int
	Hash  string
	Rules *preset.Rules
}

func (c BeginYear) decide(s *State, r Request) ([]Fact, error) {
	switch {
	case r.By != Keeper:
		return nil, refuse(KeeperOnly)
	case s.Rules != nil:
		return nil, refuse(BranchExists, s.Branch.ID)
	case c.Rules == nil || c.Rules.Check() != nil || c.Of == nil || c.Of.Rules == nil:
		return nil, refuse(NotFounded)
	}
	if no := first(need(c.Of.Next != 0, YearGoesOn, c.Of.Rules.Year), later(c.Rules.Year, c.Of)); no != nil {
		return nil, no
	}
	year := Year{Year: c.Of.Rules.Year, Title: c.Of.Rules.Title, Seq: c.Seq, Hash: c.Hash, Grades: map[MemberID]Grade{}}
	for _, m := range c.Of.Roster {
		if rating, graded := c.Of.GradeOf(m.ID); graded && rating.Grade != "" {
			year.Grades[m.ID] = rating.Grade
		}
	}
	return []Fact{YearBegun{
		Branch: c.Of.Branch, Rules: c.Rules, Roster: c.Of.Roster, Lines: c.Of.openLines(), Files: c.Of.openFiles(),
		Devices: c.Of.Devices, LastDevice: c.Of.LastDevice,
		Earlier: append(slices.Clone(c.Of.Earlier), year),
	}}, nil
}

// openLines are the values of the lines of the ledger that nobody has struck
// off.
func (s *State) openLines() []map[string]string {
	var list []map[string]string
	for _, r := range s.all("ledger") {
		if r.State == OpenState {
			list = append(list, r.Values)
		}
	}
	return list
}

// OpenLines is how many lines of the ledger go over into the next year.
func (s *State) OpenLines() int { return len(s.openLines()) }

// openFiles are the files that these lines name.
func (s *State) openFiles() []File {
	var list []File
	for _, values := range s.openLines() {
		for _, ref := range ledgerForm().files(values) {
			if file, known := s.files.Get(ref.Hash); known && !slices.Contains(list, file) {
				list = append(list, file)
			}
		}
	}
	return list
}

// YearBegun is the first fact of the log of a later year.
type YearBegun struct {
	Branch  Branch              `json:"branch"`
	Rules   *preset.Rules       `json:"rules"`
	Roster  []Member            `json:"roster"`
	Lines   []map[string]string `json:"lines,omitempty"` // of the ledger, by field
	Files   []File              `json:"files,omitempty"` // that these lines name
	Earlier []Year              `json:"earlier"`         // the last one is the year before

	Devices    []Device `json:"devices,omitempty"`
	LastDevice int      `json:"last_device,omitempty"`
}

func (f YearBegun) apply(s *State, e Event) {
	if f.Rules == nil || s.Rules != nil {
		return
	}
	Founded{Branch: f.Branch, Rules: f.Rules}.apply(s, e)
	s.enrol(f.Roster)
	s.Earlier = f.Earlier
	s.Devices, s.LastDevice = slices.Clip(f.Devices), f.LastDevice
	origin := Origin{From: FromYear}
	if n := len(f.Earlier); n > 0 {
		origin.No = f.Earlier[n-1].Year
	}
	for _, file := range f.Files {
		s.files = s.files.with(file.Hash, &file, s.alone)
	}
	for i, values := range f.Lines {
		RecordWritten{Form: "ledger", No: i + 1, Rev: 1, Version: 1, Values: values, State: OpenState, Origin: &origin}.apply(s, e)
	}
}

// PastGrade is what somebody was graded in an earlier year.
type PastGrade struct {
	Year  int   `json:"year"`
	Grade Grade `json:"grade"`
}

// PastGrades are the grades of a member in the years before, the oldest first,
// as far as who may know them: one's own, and everybody's for those who grade.
func (s *State) PastGrades(who, of MemberID) []PastGrade {
	if who != of && !s.GivesFeedback(who) {
		return nil
	}
	var list []PastGrade
	for _, y := range s.Earlier {
		if g := y.Grades[of]; g != "" {
			list = append(list, PastGrade{y.Year, g})
		}
	}
	return list
}
