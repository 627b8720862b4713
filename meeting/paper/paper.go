// Package paper writes a branch's papers, and those of the organisation above.
//
// A paper is built once, by a pure function from the meeting's state to a
// [doc.Document]; the formats render the same document, so that they always show
// the same facts (HOUSE.md §6, 5). Every ratio stands with its base. A number
// about a vote comes from [meeting.State.Histogram] only: below the rules' least
// number of ballots no paper has one, and the minutes have no more than the
// rules announce (HOUSE.md §6, 3; §6, 4). A paper has what its reader may read; in a
// folder it has what the console may, without private text.
//
// The list of them is writers and personals in this file; each stands in the file
// that is named after it. attendance.go, agenda.go, criticism.go, vote.go and
// rating.go write the parts of the minutes, each about its noun; history.go plays
// the chronicle again, so that a part can say what the state was when something
// happened. FIELDS.md has every field of the office's forms.
package paper

import (
	"cmp"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// Facts are what a paper says beside the state. Nothing of them comes from a
// clock: whoever has the log writes the same papers, byte for byte.
type Facts struct {
	Head [32]byte // hash of the log's last record
	Seq  uint64   // number of records in the log
}

// Paper is a document with the stable name of its kind, which is also the name
// of its file: minutes, tally, register-m03.
type Paper struct {
	Name string
	doc.Document
}

// writer writes one of the papers of a branch; false: the state does not have it
// yet, or never will.
type writer struct {
	name    string
	write   func(*pen) (doc.Document, bool)
	private bool // made of what its reader may read, and in no folder
	reads   reader
}

// personal writes a paper about one person. A private one is made for its readers
// only, and stands in no folder but where somebody asks for it with a reason.
type personal struct {
	name    string
	write   func(*pen, meeting.MemberID) (doc.Document, bool)
	private bool
	reads   func(s *meeting.State, who, of meeting.MemberID) bool // beside the person
}

// reader reports whether somebody may have a paper.
type reader func(s *meeting.State, who meeting.MemberID) bool

// anybody is every party member of the branch, and the superior.
func anybody(s *meeting.State, who meeting.MemberID) bool {
	m, ok := s.Member(who)
	return ok && (m.InParty() || m.Kind == meeting.Above)
}

// taker is the console, the recorder and the committee.
func taker(s *meeting.State, who meeting.MemberID) bool {
	return s.KeepsPapers(who)
}

// counting are those of them who know the result of a vote before it is announced.
func counting(s *meeting.State, who meeting.MemberID) bool {
	return taker(s, who) && meeting.May(s, who, meeting.ActResult) == nil
}

// grader is who grades members and tells them: the console and the committee.
func grader(s *meeting.State, who meeting.MemberID) bool { return s.GivesFeedback(who) }

// asked are those who read what is sent to the superior, and the superior once it
// is sent.
func asked(s *meeting.State, who meeting.MemberID) bool {
	return grader(s, who) || s.SeesBundle(who) && len(s.Bundles) > 0
}

// askedCounts are those of them from whom the counts are not withheld.
func askedCounts(s *meeting.State, who meeting.MemberID) bool {
	no := meeting.May(s, who, meeting.ActResult)
	return asked(s, who) && (no == nil || no.Code != meeting.ResultHeld)
}

// keepers are those who read all records of a kind, as the console does.
func keepers(form meeting.FormName) reader {
	return func(s *meeting.State, who meeting.MemberID) bool {
		return len(s.Records(who, form)) >= len(s.Records(s.Chair(), form))
	}
}

// readers are those who read any record of a kind.
func readers(form meeting.FormName) reader {
	return func(s *meeting.State, who meeting.MemberID) bool { return len(s.Records(who, form)) > 0 }
}

// console are those who run the meeting.
func console(s *meeting.State, who meeting.MemberID) bool {
	return slices.Contains(s.Seats(who), meeting.SeatConsole)
}

// known is whoever the branch knows: a notice is for guests too.
func known(s *meeting.State, who meeting.MemberID) bool {
	_, ok := s.Member(who)
	return ok
}

// writers are the papers of a branch in the order in which they are filed. A kind of
// record without a form of its own is a list of its fields.
func writers() []writer {
	list := []writer{
		{"plan", plan, false, anybody},
		{"notice", notice, false, known},
		{"study", study, false, anybody},
		{"opinions", opinions, false, (*meeting.State).ReadsOpinions},
		{"talks", talks, true, anybody},
		{"talk-matrix", talkMatrix, false, console},
		{"selfcheck", selfcheck, false, anybody},
		{"problems", problems, false, anybody},
		{"sign-in", signIn, false, taker},
		{"script", script, false, taker},
		{"minutes", minutes, false, taker},
		{"criticisms", criticisms, false, anybody},
		{"ballot-paper", ballotPaper, false, taker},
		{"tally", tally, false, counting},
		{"summary", summary, false, askedCounts},
		{"committee", committee, false, counting},
		{"ratings", ratings, false, askedCounts},
		{"request", request, false, asked},
		{"registers", registers, false, keepers("register")},
		{"report", report, false, anybody},
		{"feedbacks", feedbacks, false, grader},
		{"excellent", excellent, false, asked},
		{"disposals", disposals, false, readers("disposal")},
		{"conduct", conduct, false, grader},
		{"publicity", publicity, false, anybody},
		{"ledger", ledger, false, anybody},
		{"assessment", assessment, false, readers("assess")},
		{"index", index, false, taker},
	}
	for _, f := range meeting.Forms() {
		own := func(w writer) bool { return w.name == f.Paper }
		person := func(x personal) bool { return x.name == f.Paper }
		if f.Paper != "" && !slices.ContainsFunc(list, own) && !slices.ContainsFunc(personals(), person) {
			list = append(list, writer{f.Paper, kept(f.Name), false, keepers(f.Name)})
		}
	}
	return list
}

// personals are the papers about one person.
func personals() []personal {
	return []personal{
		{"outline", outline, true, shownOutline},
		{"register", register, false, seesRegister},
		{"feedback", feedback, true, nobodyElse},
		{"written", writtenMaterial, false, func(s *meeting.State, who, _ meeting.MemberID) bool { return taker(s, who) }},
	}
}

// Names are the names of all papers of a branch; one about a person is followed by
// their id in the name of its file.
func Names() []string {
	var list []string
	for _, w := range writers() {
		list = append(list, w.name)
	}
	for _, x := range personals() {
		list = append(list, x.name)
	}
	return list
}

// KindOf is the name of a paper without the person that it is about.
func KindOf(name string) string {
	for _, x := range personals() {
		if strings.HasPrefix(name, x.name+"-") {
			return x.name
		}
	}
	return name
}

// All returns the papers of a folder: what the console may read of all that the
// state allows, drafts marked as such. Whom one may be shown to, [For] says; the tally sheet has every count, whatever the rules announce.
func All(s *meeting.State, f Facts) []Paper {
	if s.Rules == nil {
		return nil
	}
	return newPen(s, f).papers(func(w writer) bool { return !w.private }, func(x personal, _ meeting.MemberID) bool { return !x.private })
}

// Private returns the papers with private text of everybody: a folder has them only
// where somebody gave a reason.
func Private(s *meeting.State, f Facts) []Paper {
	if s.Rules == nil {
		return nil
	}
	return newPen(s, f).papers(func(w writer) bool { return w.private }, func(x personal, _ meeting.MemberID) bool { return x.private })
}

// For returns the papers that who may have: those that their seat reads, and what
// is about themselves or shown to them.
func For(s *meeting.State, who meeting.MemberID, f Facts) []Paper {
	if s.Rules == nil {
		return nil
	}
	p := newPen(s, f)
	p.reader = who
	return p.papers(func(w writer) bool { return w.reads(s, who) }, func(x personal, of meeting.MemberID) bool { return of == who || x.reads(s, who, of) })
}

// papers writes those papers of the branch and about single people that are wanted.
// Each of the branch's knows those before it and the people's ([pen].filed).
func (p *pen) papers(branch func(writer) bool, person func(x personal, of meeting.MemberID) bool) []Paper {
	var people, list []Paper
	for _, x := range personals() {
		people = append(people, p.ofEach(x, func(of meeting.MemberID) bool { return person(x, of) })...)
	}
	for _, w := range writers() {
		if !branch(w) {
			continue
		}
		q := p.fresh()
		q.filed = append(slices.Clip(list), people...)
		if d, some := w.write(q); some {
			list = append(list, Paper{Name: w.name, Document: p.dated(d)})
		}
	}
	return append(list, people...)
}

// ofEach writes a personal paper of each party member of whom it may be read.
func (p *pen) ofEach(x personal, may func(of meeting.MemberID) bool) []Paper {
	var list []Paper
	for _, m := range p.s.Roster {
		if !m.InParty() || !may(m.ID) {
			continue
		}
		if d, some := x.write(p.fresh(), m.ID); some {
			list = append(list, Paper{Name: x.name + "-" + string(m.ID), Document: p.dated(d)})
		}
	}
	return list
}

// dated puts in whose paper it is and when its last fact happened.
func (p *pen) dated(d doc.Document) doc.Document {
	d.Unit = cmp.Or(d.Unit, p.s.Branch.Name)
	d.Made = p.made
	return d
}

// Edition is a paper in one format.
type Edition struct {
	Name   string // minutes.md: ASCII, without a path
	Title  string
	Render func() ([]byte, error) // takes milliseconds; the error is that of [doc.Style.Render]
}

// Editions are those of papers as a style has it, in those of the given formats in
// which each is written, in all of them if none is given: paper by paper, in the
// order of the formats. Nothing is rendered yet.
func Editions(papers []Paper, style *doc.Style, formats ...doc.Format) []Edition {
	if len(formats) == 0 {
		formats = doc.Formats()
	}
	var list []Edition
	for _, p := range papers {
		for _, f := range formats {
			if p.In(f) {
				list = append(list, Edition{p.Name + "." + string(f), p.Title, func() ([]byte, error) { return style.Render(p.Document, f) }})
			}
		}
	}
	return list
}
