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

// Why a line is not written or closed.
const (
	LedgerOnly    Code = "ledger-only"
	CommitteeLine Code = "committee-line"
	LineClosed    Code = "line-closed" // number
	ClosesOwnLine Code = "closes-own-line"
)

// Level is the 层面 of a line of the ledger, in the words of the form.
type Level string

// The levels.
const (
	LevelCommittee Level = "班子"
	LevelMember    Level = "个人"
)

// Levels lists them all.
func Levels() []Level { return []Level{LevelCommittee, LevelMember} }

// Source says where a problem was found, in the words of the form (DOMAIN.md §4.11).
type Source string

// Sources lists them all.
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

// Progresses lists them all.
func Progresses() []Progress {
	return []Progress{ProgressNone, ProgressGoing, ProgressDone, ProgressDelayed}
}

// What stands for a date in [LedgerLine].Due.
const (
	DueNow    = "立行立改"
	DueAlways = "长期坚持"
)

// LedgerLine is one line of the 整改台账 (DOMAIN.md §4.11), read from its record.
// What is not known yet is "".
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
}

// ledgerForm is the 整改台账: the console, the recorder and the committee keep it,
// who is responsible for a line reports how far it has come, and somebody else
// strikes it off (销号).
func ledgerForm() *Form {
	keepers := func(s *State, who MemberID, _ Record) bool { return s.KeepsLedger(who) }
	nobody := func(*State, MemberID, Record) bool { return false }
	return &Form{
		Name: "ledger", Title: "整改台账", Paper: "ledger",
		Fields: []Field{
			{Name: "level", Label: "层面", Type: WordField, Words: words(Levels()), Must: true, By: keepers},
			{Name: "member", Label: "责任人", Type: PersonField, By: keepers},
			{Name: "problem", Label: "问题", Type: TextField, Must: true, By: keepers},
			{Name: "source", Label: "来源", Type: WordField, Words: words(Sources()), By: keepers},
			{Name: "measure", Label: "整改措施", Type: TextField, By: keepers},
			{Name: "goal", Label: "整改目标", Type: TextField, By: keepers},
			{Name: "helper", Label: "协助人", Type: LineField, Most: 60, By: keepers},
			{Name: "due", Label: "整改时限", Type: DayField, Words: []string{DueNow, DueAlways}, By: keepers},
			{Name: "progress", Label: "进展", Type: WordField, Words: words(Progresses())},
			{Name: "done", Label: "完成日期", Type: DayField},
			{Name: "evidence", Label: "佐证材料", Type: TextField},
			{Name: "files", Label: "佐证文件", Type: FilesField},
			{Name: "acceptance", Label: "验收意见", Type: TextField, By: nobody},
		},
		Moves: []Move{{
			Word: "close", From: []RecordState{OpenState}, To: ShutState, Fills: "acceptance", Text: true,
			Sets: map[string]string{"progress": string(ProgressDone)}, May: (*State).mayStrike,
		}},
		Phase:  (*State).mayLedger,
		Fill:   fillLedger,
		Write:  (*State).checkLine,
		Read:   (*State).readsBranch,
		Status: func(Record, RecordState) RecordState { return OpenState },
		Strike: func(s *State, who MemberID, r Record) *Refusal {
			return first(need(r.State != ShutState, LineClosed, r.No), need(s.KeepsLedger(who), LedgerOnly))
		},
	}
}

// fillLedger puts in what a line says without being asked.
func fillLedger(values map[string]string) {
	fillLevel(values)
	if values["progress"] == "" {
		values["progress"] = string(ProgressNone)
	}
}

// lineOf reads a line from its record.
func lineOf(r Record) LedgerLine {
	return LedgerLine{
		No: r.No, Level: Level(r.Value("level")), Of: MemberID(r.Value("member")), Problem: r.Value("problem"),
		Source: Source(r.Value("source")), Measure: r.Value("measure"), Goal: r.Value("goal"), Helper: r.Value("helper"),
		Due: r.Value("due"), Progress: Progress(r.Value("progress")), Done: r.Value("done"), Evidence: r.Value("evidence"),
		Acceptance: r.Value("acceptance"), Closed: r.State == ShutState,
	}
}

// Ledger are all lines, in the order of their numbers.
func (s *State) Ledger() []LedgerLine {
	var list []LedgerLine
	for _, r := range s.all("ledger") {
		list = append(list, lineOf(r))
	}
	return list
}

// Carried are the lines that were open when the year before ended, and came over.
func (s *State) Carried() []LedgerLine {
	var list []LedgerLine
	for _, r := range s.all("ledger") {
		if r.Origin.From == FromYear {
			list = append(list, lineOf(r))
		}
	}
	return list
}

// LedgerOf are the lines for which a person is responsible.
func (s *State) LedgerOf(who MemberID) []LedgerLine {
	return once(s, func(a *answers) *answer[map[MemberID][]LedgerLine] { return &a.lines }, func(s *State) map[MemberID][]LedgerLine {
		own := map[MemberID][]LedgerLine{}
		for _, l := range s.Ledger() {
			if l.Of != "" {
				own[l.Of] = append(own[l.Of], l)
			}
		}
		return own
	})[who]
}

// KeepsLedger reports whether who writes the whole ledger. Who is responsible for
// a line only reports how far it has come.
func (s *State) KeepsLedger(who MemberID) bool { return s.keepsRecords(who) }

// mayLedger: from the item on in which rectification is discussed, and after
// the meeting (DOMAIN.md §2.1, 8 and 13). Before that only if there is something
// to write of: a problem that was found, or a line of the year before.
func (s *State) mayLedger(m Member) *Refusal {
	var when *Refusal
	switch {
	case s.kept["problem"].Len() > 0 || s.kept["ledger"].Len() > 0:
	case s.Phase == Live:
		when = need(s.reached(preset.Rectification), WrongItem, s.titleOf(preset.Rectification))
	case s.Phase == Before && len(s.Earlier) > 0: // lines of the year before are open
	case s.Phase != After:
		when = s.live()
	}
	return first(when, need(s.KeepsLedger(m.ID) || len(s.LedgerOf(m.ID)) > 0, LedgerOnly))
}

// mayStrike: who keeps the ledger, and is not responsible for the line.
func (s *State) mayStrike(who MemberID, r Record) *Refusal {
	m, _ := s.Member(who)
	return first(s.mayLedger(m), need(r.State != ShutState, LineClosed, r.No), need(s.KeepsLedger(who), LedgerOnly),
		need(MemberID(r.Value("member")) != who, ClosesOwnLine))
}

// reached reports whether the meeting is at an item, or was there, or has gone
// past it.
func (s *State) reached(kind string) bool {
	i := slices.IndexFunc(s.Agenda, func(it Item) bool { return it.Kind == kind })
	return i >= 0 && (i <= s.Current || s.Agenda[i].Times > 0)
}

// checkLine refuses a line that can't stand in the ledger, or that who may not
// write.
func (s *State) checkLine(who MemberID, old, next Record) *Refusal {
	l := lineOf(next)
	m, _ := s.Member(l.Of)
	return first(
		need(old.State != ShutState, LineClosed, old.No),
		need(s.KeepsLedger(who) || old.No > 0 && MemberID(old.Value("member")) == who, LedgerOnly),
		need(l.Level == LevelMember || l.Of == "", CommitteeLine),
		need(l.Of == "" || m.InParty(), NotInParty, s.Called(m.ID)),
		need(l.Level != LevelMember || l.Of != "", FieldMissing, "责任人"),
		need(l.Problem != "", FieldMissing, "问题"))
}

func isDay(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2100
}

// words are the words of a list as plain text.
func words[T ~string](list []T) []string {
	plain := make([]string, len(list))
	for i, w := range list {
		plain[i] = string(w)
	}
	return plain
}

// joinWords lists words as a sentence does.
func joinWords[T ~string](list []T) string { return strings.Join(words(list), "、") }
