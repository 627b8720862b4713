package meeting

import (
	"path"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// ActArchive closes the archive of a branch's year.
const ActArchive Action = "archive"

var archiveActions = []action{{ActArchive, forConsole, (*State).mayArchive}}

// Why the archive is not closed, or something is not done since it is.
const (
	YearArchived  Code = "year-archived"  // the day
	ArchiveMisses Code = "archive-misses" // how much is missing
)

// Archived is the phase of a branch whose archive is closed. [State.Phase] stays
// After: [State.Stands] says it.
const Archived Phase = "archived"

// Stands is where the branch's work stands, with [Archived].
func (s *State) Stands() Phase {
	if s.Archive != nil {
		return Archived
	}
	return s.Phase
}

// Archive is the end of a branch's year: from then on it is only read.
type Archive struct {
	By     MemberID
	At     time.Time
	Reason string   // why it was closed although something is missing
	Misses []string // what was: names of lines of the archive's list
}

// archived refuses what would add to a year whose archive is closed.
func (s *State) archived() *Refusal {
	if s.Archive == nil {
		return nil
	}
	return refuse(YearArchived, s.day(s.Archive.At))
}

// outlasts reports whether a command remains once the archive is closed: to begin
// the next year, to remove what nobody needs any more, to write papers, to answer
// the feedback that one was given, to end codes, and to forget a lost device.
func outlasts(c Command) bool {
	switch c.(type) {
	case EndYear, Prune, Acknowledge, WriteOut, TakeBox, RevokeCodes, ForgetKey:
		return true
	}
	return false
}

// mayArchive allows to close the archive once the meeting is over.
func (s *State) mayArchive(Member) *Refusal {
	v := s.Vote()
	return first(need(s.Phase == After, NotOver), need(v == nil || v.State != BoxClosed || s.NeverOpened(), NotCountedYet))
}

// ArchiveLevel says how much of a line of the archive's list is there.
type ArchiveLevel string

// The levels. What is missing is a reason not to close the archive.
const (
	ArchiveWhole   ArchiveLevel = "green"
	ArchivePart    ArchiveLevel = "amber" // begun
	ArchiveMissing ArchiveLevel = "red"
	ArchiveSpare   ArchiveLevel = "none" // not there, and not needed everywhere
)

// ArchiveLine is a line of the list of what belongs into the archive of a year
// (DOMAIN.md §5.3): how much of it is done, and how much there is to do.
type ArchiveLine struct {
	Name  string // of its paper or kind, as ledger
	Have  int
	Of    int
	Level ArchiveLevel
}

// archivePart is a line of the list: whether the branch has it at all, and how far
// it is. Of one that is begun something is there, though nothing of it may be
// done.
type archivePart struct {
	name  string
	has   func(*State) bool
	count func(*State) (have, of int, begun bool)
	spare bool // it is not needed everywhere
}

func archiveParts() []archivePart {
	always := func(*State) bool { return true }
	return []archivePart{
		{"plan", hasKind("plan"), onceIn("plan", Approved), false},
		{"notice", hasKind("notice"), onceIn("notice", Sent), true},
		{"study", hasKind("study"), eachIn("study", Kept), false},
		{"opinions", hasKind("opinion"), (*State).archivedOpinions, false},
		{"talks", hasKind("talk"), (*State).archivedTalks, false},
		{"selfcheck", hasKind("selfcheck"), onceIn("selfcheck", Approved), false},
		{"outline", hasKind("outline"), (*State).archivedOutlines, false},
		{"problems", hasKind("problem"), eachIn("problem", InLedger, Dropped), false},
		{"sign-in", always, (*State).archivedRoll, false},
		{"minutes", always, (*State).archivedMinutes, false},
		{"criticisms", hasItem(preset.Criticism), (*State).archivedRounds, false},
		{"tally", hasItem(preset.Ballot), stepOf(StepBallot), false},
		{"ratings", hasItem(preset.Rating), stepOf(StepRating), false},
		{"registers", hasKind("register"), (*State).archivedRegisters, false},
		{"request", func(s *State) bool { return s.Rules.Approval != preset.ApprovalNone }, (*State).archivedApproval, false},
		{"feedbacks", hasItem(preset.Rating), (*State).archivedFeedback, false},
		{"disposals", func(s *State) bool { return len(s.toDispose()) > 0 && hasKind("disposal")(s) }, (*State).archivedDisposals, false},
		{"publicity", func(s *State) bool { return hasKind("publicity")(s) && len(s.all("publicity")) > 0 }, eachIn("publicity", Ended), true},
		{"ledger", hasKind("ledger"), eachIn("ledger", ShutState), false},
		{"report", hasKind("report"), onceIn("report", Received), false},
		{"assessment", hasKind("assess"), onceIn("assess", Filed), false},
		{"photographs", always, (*State).archivedPhotographs, true},
	}
}

// ArchiveList is what belongs into the archive of the year, and how much of it is
// there.
func (s *State) ArchiveList() []ArchiveLine {
	var list []ArchiveLine
	if s.Rules == nil {
		return nil
	}
	for _, part := range archiveParts() {
		if !part.has(s) {
			continue
		}
		have, of, begun := part.count(s)
		line := ArchiveLine{Name: part.name, Have: have, Of: of, Level: ArchiveMissing}
		switch {
		case of > 0 && have >= of:
			line.Level = ArchiveWhole
		case begun || have > 0:
			line.Level = ArchivePart
		case part.spare:
			line.Level = ArchiveSpare
		}
		list = append(list, line)
	}
	return list
}

// onceIn counts the only record of a kind, which has to come to a state.
func onceIn(form FormName, state RecordState) func(*State) (int, int, bool) {
	return func(s *State) (have, of int, begun bool) {
		r, ok := s.only(form)
		if ok && r.State == state {
			have = 1
		}
		return have, 1, ok && r.State != Draft
	}
}

// eachIn counts the records of a kind, each of which has to come to one of some
// states.
func eachIn(form FormName, states ...RecordState) func(*State) (int, int, bool) {
	return func(s *State) (have, of int, begun bool) {
		list := s.all(form)
		for _, r := range list {
			if slices.Contains(states, r.State) {
				have++
			}
		}
		return have, len(list), len(list) > 0
	}
}

// stepOf counts a step of the year.
func stepOf(name StepName) func(*State) (int, int, bool) {
	return func(s *State) (have, of int, begun bool) {
		for _, step := range yearSteps() {
			if step.name == name && step.done(s).done {
				have = 1
			}
		}
		never := s.Unreadable() != nil || s.NeverOpened() // which the minutes say
		return have, 1, name == StepBallot && s.Phase == After && never
	}
}

// archivedOpinions: what was collected is summed up.
func (s *State) archivedOpinions() (have, of int, begun bool) {
	for _, l := range s.Opinions.Lines {
		have += len(l.Of)
	}
	return have, s.RawOpinions(), s.RawOpinions() > 0
}

// archivedTalks: the talks that are owed were held.
func (s *State) archivedTalks() (have, of int, begun bool) {
	owed := s.pairs(func(p TalkPair) bool { return p.Owed })
	if owed == 0 {
		return 1, 1, false
	}
	return s.pairs(func(p TalkPair) bool { return p.Owed && p.Done > 0 }), owed, false
}

// archivedRegisters: every member wrote their part of the form.
func (s *State) archivedRegisters() (have, of int, begun bool) {
	of = len(s.party())
	for r := range s.kept["register"].All() {
		if r.State == Submitted {
			have++
		}
	}
	return have, of, have > 0
}

// archivedOutlines: every member handed one in.
func (s *State) archivedOutlines() (have, of int, begun bool) {
	for _, id := range s.party() {
		of++
		if s.Outlined(id) {
			have++
		}
	}
	return have, of, s.kept["outline"].Len() > 0
}

// archivedRoll: of everybody it is known that they came, or why not.
func (s *State) archivedRoll() (have, of int, begun bool) {
	roll := s.Roll()
	return roll.Expected - len(s.unexplained()), roll.Expected, roll.Present > 0
}

// archivedMinutes: the minutes of the meeting that was held lack nothing.
func (s *State) archivedMinutes() (have, of int, begun bool) {
	have = 1
	s.checkMinutes(func(yes, _ bool, _ Code, _ ...any) {
		if yes {
			have = 0
		}
	})
	if s.Phase != After {
		have = 0
	}
	return have, 1, s.Phase == After
}

// archivedRounds: everybody who took part was heard.
func (s *State) archivedRounds() (have, of int, begun bool) {
	of = len(s.Participants())
	return of - len(s.Unheard()), of, false
}

// archivedApproval: the superior has approved what was sent.
func (s *State) archivedApproval() (have, of int, begun bool) {
	if s.approvalDay().done {
		have = 1
	}
	return have, 1, len(s.Bundles) > 0
}

// archivedFeedback: every member has answered what they were told.
func (s *State) archivedFeedback() (have, of int, begun bool) {
	for _, id := range s.party() {
		of++
		if !s.Hearings.Of(id).Acknowledged.IsZero() {
			have++
		}
	}
	return have, of, s.Hearings.Len() > 0
}

// toDispose are the members with one of the two lower grades.
func (s *State) toDispose() []MemberID {
	return having(s.party(), func(id MemberID) bool {
		rated, graded := s.GradeOf(id)
		return graded && rated.Grade != "" && s.GradeIndex(rated.Grade) >= len(s.Rules.Grades)-2
	})
}

// archivedDisposals: of each of them it was decided.
func (s *State) archivedDisposals() (have, of int, begun bool) {
	list := s.all("disposal")
	for _, id := range s.toDispose() {
		of++
		if slices.ContainsFunc(list, func(r Record) bool { return MemberID(r.Value("member")) == id && r.State == Approved }) {
			have++
		}
	}
	return have, of, len(list) > 0
}

// archivedPhotographs counts the pictures among the files: three are enough.
func (s *State) archivedPhotographs() (have, of int, begun bool) {
	const enough = 3
	for _, f := range s.files.All() {
		if slices.Contains([]string{".jpg", ".jpeg", ".png"}, strings.ToLower(path.Ext(f.Name))) {
			have++
		}
	}
	return have, enough, have > 0
}

// CloseArchive closes the archive: the year is only read from then on. Where
// something is missing it needs the reason.
type CloseArchive struct{ Reason string }

func (c CloseArchive) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActArchive); no != nil {
		return nil, no
	}
	f := ArchiveClosed{Reason: tidy(c.Reason)}
	if c.Reason != "" {
		if no := badReason(c.Reason, 200); no != nil {
			return nil, no
		}
	}
	for _, line := range s.ArchiveList() {
		if line.Level == ArchiveMissing {
			f.Misses = append(f.Misses, line.Name)
		}
	}
	if len(f.Misses) > 0 && f.Reason == "" {
		return nil, refuse(ArchiveMisses, len(f.Misses))
	}
	return []Fact{f}, nil
}

// ArchiveClosed says that the archive of the year is closed, and of what was
// missing why it was closed without.
type ArchiveClosed struct {
	Reason string   `json:"reason,omitempty"`
	Misses []string `json:"misses,omitempty"`
}

func (f ArchiveClosed) apply(s *State, e Event) {
	s.Archive = &Archive{By: e.By, At: e.At, Reason: f.Reason, Misses: f.Misses}
}
