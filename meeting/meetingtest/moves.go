package meetingtest

import (
	"context"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Reason is the chair's reason where a step needs one.
const Reason = "按预定安排"

// Founds founds the sample branch under these rules and imports its people.
func (m *Meeting) Founds(rules *preset.Rules, people ...meeting.Member) {
	m.T.Helper()
	m.Does(meeting.Keeper, meeting.Found{Branch: SampleBranch(), Rules: rules}, meeting.ImportRoster{People: people})
}

// Chair returns who runs the meeting: the secretary, or the first console. If
// the roster has neither, the keeper names the first member.
func (m *Meeting) Chair() meeting.MemberID {
	m.T.Helper()
	if id := m.State().Chair(); id != "" {
		return id
	}
	if len(m.State().Consoles) == 0 {
		i := slices.IndexFunc(m.State().Roster, meeting.Member.InParty)
		m.Does(meeting.Keeper, meeting.Name{ID: m.State().Roster[i].ID, Seat: meeting.SeatConsole})
	}
	return m.State().Consoles[0]
}

// SignsIn signs everybody in but those in away.
func (m *Meeting) SignsIn(away ...meeting.MemberID) {
	m.T.Helper()
	for _, p := range m.State().Roster {
		if !m.State().Attendance.Of(p.ID).Present && !slices.Contains(away, p.ID) {
			m.Does(p.ID, meeting.SignIn{})
		}
	}
}

// Sits signs everybody in but those in away, begins the meeting and opens the
// item of a kind at once.
func (m *Meeting) Sits(kind string, away ...meeting.MemberID) {
	m.T.Helper()
	m.SignsIn(away...)
	m.goesOn()
	m.GoTo(kind)
}

// At reports whether the item of a kind is open.
func (m *Meeting) At(kind string) bool {
	it, open := m.State().Item()
	return open && it.Kind == kind
}

// Item returns the item of a kind as it stands now.
func (m *Meeting) Item(kind string) meeting.Item {
	m.T.Helper()
	agenda := m.State().Agenda
	i := slices.IndexFunc(agenda, func(it meeting.Item) bool { return it.Kind == kind })
	if i < 0 {
		m.T.Fatalf("no item %s", kind)
	}
	return agenda[i]
}

// GoTo has the chair open the item of a kind, past those between.
func (m *Meeting) GoTo(kind string) {
	m.T.Helper()
	if it := m.Item(kind); !m.At(kind) {
		m.Does(m.Chair(), meeting.Goto{No: it.No})
	}
}

// ComesTo has the chair go through the items until that of a kind is open, with
// a [Reason] at red checks.
func (m *Meeting) ComesTo(kind string) {
	m.T.Helper()
	for !m.At(kind) {
		m.goesOn()
	}
}

// Ends has the chair go on to the end of the meeting.
func (m *Meeting) Ends() {
	m.T.Helper()
	for m.State().Phase != meeting.After {
		m.goesOn()
	}
}

func (m *Meeting) goesOn() {
	m.T.Helper()
	next := meeting.Next{}
	shut := m.State().Phase == meeting.Before && slices.ContainsFunc(m.State().Readiness(""), func(c meeting.GateCheck) bool { return c.Level == preset.Red && c.Reason == "" })
	if shut || slices.ContainsFunc(m.State().Checks(), func(c meeting.Check) bool { return c.Red }) {
		next.Reason = Reason
	}
	m.Does(m.Chair(), next)
}

// Names has the chair name scrutineers, by the hands of everybody if that
// passes.
func (m *Meeting) Names(scrutineers ...meeting.MemberID) {
	m.T.Helper()
	c := meeting.NameScrutineers{IDs: scrutineers}
	if roll := m.State().Roll(); 2*roll.HereFormal > roll.ExpectedFormal {
		c.Hands = &meeting.Hands{Yes: roll.HereFormal}
	}
	m.Does(m.Chair(), c)
}

// Again has everybody pass by hands that the counted vote is held again, with
// the same scrutineers.
func (m *Meeting) Again(reason string) {
	m.T.Helper()
	hands := &meeting.Hands{Yes: m.State().Roll().HereFormal}
	m.Does(m.Chair(), meeting.NameScrutineers{IDs: m.State().Vote().Scrutineers, Hands: hands, Reason: reason})
}

// Seals has scrutineers seal the box and keep their codes.
func (m *Meeting) Seals(scrutineers ...meeting.MemberID) {
	m.T.Helper()
	for _, who := range scrutineers {
		code, err := m.Code(who)
		if err == nil {
			err = m.Seal(context.Background(), who, code)
		}
		if err != nil {
			m.T.Fatalf("%s seals: %v", who, err)
		}
		m.codes[who] = code
	}
}

// CodeOf returns the code that a scrutineer wrote down.
func (m *Meeting) CodeOf(who meeting.MemberID) string { return m.codes[who] }

// Opens has the chair open the box.
func (m *Meeting) Opens() {
	m.T.Helper()
	if err := m.Open(context.Background(), m.Chair(), ""); err != nil {
		m.T.Fatalf("opening the box: %v", err)
	}
}

// Sealed names scrutineers and has them seal the box.
func (m *Meeting) Sealed(scrutineers ...meeting.MemberID) {
	m.T.Helper()
	m.Names(scrutineers...)
	m.Seals(scrutineers...)
}

// Opened is [Meeting.Sealed] and then opens the box.
func (m *Meeting) Opened(scrutineers ...meeting.MemberID) {
	m.T.Helper()
	m.Sealed(scrutineers...)
	m.Opens()
}

// Votes has somebody cast a ballot.
func (m *Meeting) Votes(who meeting.MemberID, c meeting.Choices) {
	m.T.Helper()
	if _, err := m.Cast(context.Background(), who, c); err != nil {
		m.T.Fatalf("%s votes: %v", who, err)
	}
}

// Casts has somebody cast a ballot with these answers, as for [Row].
func (m *Meeting) Casts(who meeting.MemberID, answers ...int) {
	m.T.Helper()
	m.Votes(who, Row(m.State(), who, answers...))
}

// Closes has the chair close the box.
func (m *Meeting) Closes() {
	m.T.Helper()
	m.Does(m.Chair(), meeting.CloseBox{Reason: Reason})
}

// Confirms has the chair end the confirming of receipts, if it is time for it.
func (m *Meeting) Confirms() {
	m.T.Helper()
	if meeting.May(m.State(), m.Chair(), meeting.ActConfirmed) == nil {
		m.Does(m.Chair(), meeting.Confirm{Reason: Reason})
	}
}

// Unseals has the receipts confirmed and scrutineers open the closed box, with the codes that they kept.
func (m *Meeting) Unseals(scrutineers ...meeting.MemberID) {
	m.T.Helper()
	m.Confirms()
	for _, who := range scrutineers {
		if err := m.Unseal(context.Background(), who, m.codes[who]); err != nil {
			m.T.Fatalf("%s unseals: %v", who, err)
		}
	}
}

// Unsealed opens the closed box with as many scrutineers as are needed, the
// last ones on the list.
func (m *Meeting) Unsealed() {
	m.T.Helper()
	needed := m.State().Vote().Scrutineers
	if n := m.State().Threshold(); n > 0 {
		needed = needed[len(needed)-n:]
	}
	m.Unseals(needed...)
}

// Closed holds a vote up to the closed box, with the proposed scrutineers. Each
// voter gives their answers, as for [Row]; a voter without answers does not
// vote.
func (m *Meeting) Closed(answers map[meeting.MemberID][]int) {
	m.T.Helper()
	m.Opened(m.State().ProposeScrutineers()...)
	for _, who := range Voters(m.State()) {
		if row, ok := answers[who]; ok {
			m.Casts(who, row...)
		}
	}
	m.Closes()
}

// Counted holds a whole vote.
func (m *Meeting) Counted(answers map[meeting.MemberID][]int) {
	m.T.Helper()
	m.Closed(answers)
	m.Unsealed()
}

// Everybody gives everybody on the roster the same answers.
func Everybody(s *meeting.State, answers ...int) map[meeting.MemberID][]int {
	all := map[meeting.MemberID][]int{}
	for _, p := range s.Roster {
		all[p.ID] = answers
	}
	return all
}

// Rates has the chair give a grade to everybody without one.
func (m *Meeting) Rates(g meeting.Grade) {
	m.T.Helper()
	for _, who := range m.State().Ungraded() {
		m.Does(m.Chair(), meeting.Rate{ID: who, Grade: g, Reason: "综合平时表现"})
	}
}

// Writes is the command to write fields of a record, each name before its value;
// no 0 is a new one.
func Writes(form meeting.FormName, no int, fields ...string) meeting.WriteRecord {
	c := meeting.WriteRecord{Form: form, No: no, Values: map[string]string{}}
	for i := 0; i+1 < len(fields); i += 2 {
		c.Values[fields[i]] = fields[i+1]
	}
	return c
}

// Moves is the command to move a record with a word.
func Moves(form meeting.FormName, no int, word, text string) meeting.MoveRecord {
	return meeting.MoveRecord{Form: form, No: no, Word: word, Text: text}
}
