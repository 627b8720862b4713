package meeting

import (
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// After the meeting the branch sends the grades and the register forms to the
// superior as one bundle (DOMAIN.md §2.1, 11). They approve, amend or return
// its lines; what was returned is changed and sent again as the next version,
// and every version stays. Where the rules say so, nobody is told a grade before
// it is approved.

// What the superior does with the bundle. On paper they may do the same, and the
// console records it.
const (
	ActApprove Action = "approve"
	ActReturn  Action = "return"
	ActAmend   Action = "amend"
)

var approvalActions = []action{
	{ActApprove, forSuperior, (*State).mayDecide},
	{ActReturn, forSuperior, (*State).mayDecide},
	{ActAmend, forSuperior, (*State).mayDecide},
}

// Why something about the bundle is refused.
const (
	NoBundle        Code = "no-bundle"
	NoApproval      Code = "no-approval"      // the rules want none
	BundleChanged   Code = "bundle-changed"   // its version now, what changed
	BundleBehind    Code = "bundle-behind"    // its version, what the branch has changed since it sent it
	BundleWaits     Code = "bundle-waits"     // its version
	BundleDone      Code = "bundle-done"      // its version
	BundleUnchanged Code = "bundle-unchanged" // its version
	LineWaits       Code = "line-waits"       // name
	LineReturned    Code = "line-returned"    // name
	NotReturned     Code = "not-returned"     // name
	NothingReturned Code = "nothing-returned"
	ToldStands      Code = "told-stands"     // name
	DecidedHere     Code = "decided-here"    // name
	AmendedAlready  Code = "amended-already" // name, grade
	GradeUnchanged  Code = "grade-unchanged" // name, grade
	ApprovedSince   Code = "approved-since"  // name, who has approved the line
	ReturnedSince   Code = "returned-since"  // name, who has returned it, why
	AmendedSince    Code = "amended-since"   // name, who has amended it, grade, why
)

// Decision is what the superior says about a line of the bundle.
type Decision string

// The decisions.
const (
	LineApproved Decision = "approved"
	LineSentBack Decision = "returned"
	LineAmended  Decision = "amended"
)

// Decisions lists them all.
func Decisions() []Decision { return []Decision{LineApproved, LineSentBack, LineAmended} }

// BundleLine is what the branch says about one member.
type BundleLine struct {
	ID       MemberID `json:"id"`
	Grade    Grade    `json:"grade,omitempty"` // "" for who is not graded
	Reason   string   `json:"reason,omitempty"`
	Over     bool     `json:"over,omitempty"`     // it goes over the cap on 优秀
	Away     bool     `json:"away,omitempty"`     // most ballots gave another grade
	Register int      `json:"register,omitempty"` // version of the register form that was handed in; 0: there is none
}

// Verdict is the superior's decision about a line.
type Verdict struct {
	Decision Decision
	Grade    Grade // the grade that holds now; "" for a line that was returned
	Reason   string
	Approval string // number of the paper on which they decided; "": they decided here
	By       MemberID
	At       time.Time
	Version  int // of the bundle
}

// Bundle is one version of what was sent to the superior.
type Bundle struct {
	Version  int
	By       MemberID
	At       time.Time
	Cap      CapMeter
	Lines    []BundleLine // in roster order
	Verdicts Map[MemberID, Verdict]

	of map[MemberID]BundleLine // Lines by member
}

// linesOf are lines by member. If a member has two, as only in a foreign log, the
// first counts.
func linesOf(lines []BundleLine) map[MemberID]BundleLine {
	of := make(map[MemberID]BundleLine, len(lines))
	for _, l := range slices.Backward(lines) {
		of[l.ID] = l
	}
	return of
}

// Line returns the line of a member.
func (b Bundle) Line(id MemberID) (BundleLine, bool) {
	l, there := b.of[id]
	return l, there
}

// Approved reports whether the superior has approved or amended a line.
func (b Bundle) Approved(id MemberID) bool {
	v, decided := b.Verdicts.Get(id)
	return decided && v.Decision != LineSentBack
}

// Returned lists the members whose lines were returned.
func (b Bundle) Returned() []MemberID {
	return b.those(func(id MemberID) bool { return b.Verdicts.Of(id).Decision == LineSentBack })
}

// Waiting lists the members about whose lines nothing is decided.
func (b Bundle) Waiting() []MemberID {
	return b.those(func(id MemberID) bool { return b.Verdicts.Of(id).Decision == "" })
}

// CapNow counts the 优秀 of a version as they hold now: with what the superior has
// decided, else what the branch said.
func (b Bundle) CapNow(excellent Grade) CapMeter {
	c := CapMeter{Base: b.Cap.Base, Cap: b.Cap.Cap}
	for _, l := range b.Lines {
		if b.holds(l.ID) == excellent {
			c.Used++
		}
	}
	return c
}

// WithoutForm lists the members whose register forms were not sent.
func (b Bundle) WithoutForm() []MemberID {
	return b.those(func(id MemberID) bool { l, _ := b.Line(id); return l.Register == 0 })
}

func (b Bundle) those(want func(MemberID) bool) []MemberID {
	var ids []MemberID
	for _, l := range b.Lines {
		if want(l.ID) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// State says how far a version has come: [Submitted] while a line waits, then
// [Returned] if one was, then [Approved].
func (b Bundle) State() RecordState {
	switch {
	case len(b.Waiting()) > 0:
		return Submitted
	case len(b.Returned()) > 0:
		return Returned
	}
	return Approved
}

// Bundle returns the newest version; ok is false before there is one.
func (s *State) Bundle() (b Bundle, ok bool) {
	if len(s.Bundles) == 0 {
		return Bundle{}, false
	}
	return s.Bundles[len(s.Bundles)-1], true
}

// GradeOf is a member's rating as it stands: what the superior has decided, else
// what the branch says now. ok is false for somebody without one.
func (s *State) GradeOf(id MemberID) (r Rating, ok bool) {
	r, ok = s.rated().Get(id)
	b, _ := s.Bundle()
	if !b.Approved(id) {
		return r, ok
	}
	l, _ := b.Line(id)
	v := b.Verdicts.Of(id)
	r.Grade, r.Reason, r.Over, r.Away = v.Grade, l.Reason, l.Over, l.Away
	if v.Decision == LineAmended {
		r = Rating{Grade: v.Grade, Reason: v.Reason, By: v.By, At: v.At}
	}
	return r, ok
}

// rated are the ratings of the meeting, with what was changed after it because
// the superior had returned it. Of an approved line it is what was sent.
func (s *State) rated() Map[MemberID, Rating] {
	if s.Regraded.Len() == 0 {
		return s.Ratings
	}
	return once(s, func(a *answers) *answer[Map[MemberID, Rating]] { return &a.rated }, func(s *State) Map[MemberID, Rating] {
		all := s.Ratings
		b, _ := s.Bundle()
		for id, r := range s.Regraded.All() {
			if l, there := b.Line(id); there && b.Approved(id) {
				r.Grade, r.Reason, r.Over, r.Away = l.Grade, l.Reason, l.Over, l.Away
			}
			now := &r
			if r.Grade == "" {
				now = nil
			}
			all = all.with(id, now, false)
		}
		return all
	})
}

// Cleared refuses to tell a member their grade before the superior has approved
// it, where the rules want that. Without a bundle the decision was made on
// paper: approval is its number.
func (s *State) Cleared(id MemberID, approval string) *Refusal {
	if s.Rules.Approval != preset.ApprovalFirst {
		return nil
	}
	b, sent := s.Bundle()
	switch v := b.Verdicts.Of(id); {
	case !sent:
		return need(approval != "" || s.Approval() != "", ApprovalMissing)
	case v.Decision == LineSentBack:
		return refuse(LineReturned, s.Called(id))
	}
	return need(b.Approved(id), LineWaits, s.Called(id))
}

// bundleNow is what the branch would send now: a line for each party member.
func (s *State) bundleNow() []BundleLine {
	var lines []BundleLine
	rated := s.rated()
	for _, m := range s.Roster {
		if !s.Evaluated(m) {
			continue
		}
		r := rated.Of(m.ID)
		lines = append(lines, BundleLine{ID: m.ID, Grade: r.Grade, Reason: r.Reason, Over: r.Over, Away: r.Away, Register: s.registerOf(m.ID)})
	}
	return lines
}

// changed are those about whom two lists of lines differ.
func changed(before, now []BundleLine) []MemberID {
	old := linesOf(before)
	var ids []MemberID
	for _, l := range now {
		if old[l.ID] != l {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// sayChanged says who the lines about differ, and in what: 党员03（优秀、合格）.
func (s *State) sayChanged(ids []MemberID, before, now []BundleLine) string {
	var said []string
	olds, news := linesOf(before), linesOf(now)
	for _, id := range ids {
		was, is := olds[id], news[id]
		text := s.Called(id)
		if was.Grade != is.Grade {
			text += "（" + string(was.Grade) + "、" + string(is.Grade) + "）"
		}
		if was.Register != is.Register {
			text += "（登记表）"
		}
		said = append(said, text)
	}
	return strings.Join(said, "，")
}

// gradesAfter lets the console and the committee change and send what the
// superior decides on, after the meeting.
func (s *State) gradesAfter(m Member) *Refusal {
	return first(need(s.Rules.Approval != preset.ApprovalNone, NoApproval), need(s.Submitted, NeverSubmitted),
		need(s.runs(m.ID) || s.onCommittee(m.ID), CommitteeOnly))
}

// sentBack reports whether the superior has returned a member's line.
func (s *State) sentBack(id MemberID) bool {
	b, _ := s.Bundle()
	return b.Verdicts.Of(id).Decision == LineSentBack
}

// mayRegrade lets grades be changed that the superior has returned.
func (s *State) mayRegrade(m Member) *Refusal {
	b, _ := s.Bundle()
	return first(s.gradesAfter(m), need(len(b.Returned()) > 0, NothingReturned))
}

// maySend lets the bundle be sent: the first version, and another one once
// something is different that is not approved: a line that was returned, or a
// register form.
func (s *State) maySend(m Member) *Refusal {
	if no := s.gradesAfter(m); no != nil {
		return no
	}
	b, sent := s.Bundle()
	if !sent {
		return nil
	}
	switch open := slices.DeleteFunc(changed(b.Lines, s.bundleNow()), b.Approved); {
	case b.State() == Approved:
		return refuse(BundleDone, b.Version)
	case len(open) > 0:
		return nil
	case b.State() == Submitted:
		return refuse(BundleWaits, b.Version)
	}
	for _, id := range b.Returned() {
		if !s.Hearings.Has(id) {
			return refuse(BundleUnchanged, b.Version)
		}
	}
	return refuse(ToldStands, s.Called(b.Returned()[0]))
}

// send is the fact of sending the bundle.
func (s *State) send() Fact {
	b, _ := s.Bundle()
	return BundleSubmitted{Version: b.Version + 1, Lines: s.bundleNow(), Cap: s.Cap()}
}

// BundleSubmitted carries a version of the bundle. What was approved of the one
// before stays approved.
type BundleSubmitted struct {
	Version int          `json:"version"`
	Lines   []BundleLine `json:"lines"`
	Cap     CapMeter     `json:"cap"`
}

func (f BundleSubmitted) apply(s *State, e Event) {
	next := Bundle{Version: f.Version, By: e.By, At: e.At, Cap: f.Cap, Lines: f.Lines, of: linesOf(f.Lines)}
	if n := len(s.Bundles); n > 0 {
		next.Verdicts = s.Bundles[n-1].Verdicts
		for _, id := range s.Bundles[n-1].Returned() {
			next.Verdicts = next.Verdicts.with(id, nil, false)
		}
	}
	s.Bundles = added(s.Bundles, next)
}

// mayDecide lets the superior decide on a bundle that was sent.
func (s *State) mayDecide(Member) *Refusal {
	_, sent := s.Bundle()
	if sent {
		return need(s.Rules.Approval != preset.ApprovalNone, NoApproval)
	}
	return s.Unsent()
}

// Unsent is why there is no bundle: it is not sent yet, or there is none to wait for.
func (s *State) Unsent() *Refusal {
	over := s.Phase == After && s.rates() && !s.Submitted
	return first(need(s.Rules.Approval != preset.ApprovalNone, NoApproval), need(!over, NeverSubmitted), refuse(NoBundle))
}

// DecideBundle decides on lines of the bundle. Read is the version that was read,
// with what had been decided by then; nil is the newest as it is. Without IDs it is about all lines that wait, and an approval
// also about those that were returned, without those about which it can not be.
// The superior decides; the console may record what they decided on paper, with
// its number, of lines on which they have not decided here.
type DecideBundle struct {
	Read     *Bundle
	IDs      []MemberID
	Decision Decision
	Grade    Grade  // of an amendment
	Reason   string // of a return or an amendment
	Approval string
}

func (c DecideBundle) decide(s *State, r Request) ([]Fact, error) {
	if no := s.decides(r.By, c.Approval); no != nil {
		return nil, no
	}
	if no := first(c.Refuses(s, r.By), c.check(s)); no != nil {
		return nil, no
	}
	b, _ := s.Bundle()
	f := BundleDecided{Version: b.Version, Decision: c.Decision, Reason: c.Reason, Approval: c.Approval}
	ids, _ := c.About(s, r.By)
	for _, id := range ids {
		f.Lines = append(f.Lines, c.line(b, id))
	}
	return []Fact{f}, nil
}

// SeesBundle reports whether a person reads what was sent to the superior: they
// themselves, the console and the committee do.
func (s *State) SeesBundle(who MemberID) bool {
	return s.runs(who) || s.onCommittee(who) || s.above(who)
}

// decides refuses a decision to everybody but the superior, and the console with
// the number of a paper.
func (s *State) decides(who MemberID, approval string) *Refusal {
	may := May(s, who, ActApprove)
	if approval == "" {
		return may
	}
	if s.runs(who) {
		may = s.mayDecide(Member{})
	}
	return first(may, CheckField("批复文号", approval, 200))
}

// Refuses says why there can be no such decision, whatever its reason is; nil if
// there can.
func (c DecideBundle) Refuses(s *State, who MemberID) *Refusal {
	b, _ := s.Bundle()
	if r := c.Read; r != nil && r.Version != b.Version {
		return refuse(BundleChanged, b.Version, s.sayChanged(changed(r.Lines, b.Lines), r.Lines, b.Lines))
	}
	ids, out := c.About(s, who)
	switch {
	case len(ids) == 0 && len(out) > 0:
		return out[0]
	case len(ids) == 0:
		return refuse(BundleDone, b.Version)
	}
	for _, id := range ids {
		if no := first(c.stands(s, who, id), c.unseen(s, id)); no != nil {
			return no
		}
	}
	open := s.behind(b, ids...)
	return need(len(open) == 0, BundleBehind, b.Version, s.sayChanged(open, b.Lines, s.bundleNow()))
}

// unseen refuses a decision about a member's line in the place of another one that
// who decides has not seen, unless it says the same.
func (c DecideBundle) unseen(s *State, id MemberID) *Refusal {
	b, _ := s.Bundle()
	v := b.Verdicts.Of(id)
	if c.Read == nil || v.says(c.Read.Verdicts.Of(id)) || v.says(Verdict{Decision: c.Decision, Grade: c.line(b, id).Grade, Reason: c.Reason, Approval: c.Approval}) {
		return nil
	}
	switch name, by := s.Called(id), s.NameOf(v.By); v.Decision {
	case LineSentBack:
		return refuse(ReturnedSince, name, by, v.Reason)
	case LineAmended:
		return refuse(AmendedSince, name, by, v.Grade, v.Reason)
	default:
		return refuse(ApprovedSince, name, by)
	}
}

// says reports whether two verdicts are the same, whoever gave them and when.
func (v Verdict) says(o Verdict) bool {
	return v.Decision == o.Decision && v.Grade == o.Grade && v.Reason == o.Reason && v.Approval == o.Approval
}

// behind are those of whom the branch says something else now than when it sent
// the bundle, and of whom nothing is decided. What it is changing because it was
// returned counts for those about whom a decision is.
func (s *State) behind(b Bundle, about ...MemberID) []MemberID {
	return having(changed(b.Lines, s.bundleNow()), func(id MemberID) bool {
		d := b.Verdicts.Of(id).Decision
		return d == "" || d == LineSentBack && slices.Contains(about, id)
	})
}

// check refuses a decision that lacks a part.
func (c DecideBundle) check(s *State) *Refusal {
	if c.Reason != "" || c.Decision != LineApproved {
		if no := first(noReason(c.Reason), named("理由", badSpeech(c.Reason))); no != nil {
			return no
		}
	}
	return first(need(slices.Contains(Decisions(), c.Decision), UnknownWord, c.Decision, joinWords(Decisions())),
		need(c.Decision != LineAmended || s.GradeIndex(c.Grade) >= 0, UnknownGrade, c.Grade, s.gradeWords()))
}

// About lists the members whom the decision is about. One about all leaves those out
// about whom it can not be, and out says of each why.
func (c DecideBundle) About(s *State, who MemberID) (ids []MemberID, out []*Refusal) {
	if len(c.IDs) > 0 {
		return c.IDs, nil
	}
	b, _ := s.Bundle()
	all := b.Waiting()
	if c.Decision == LineApproved {
		all = append(all, b.Returned()...)
	}
	for _, id := range all {
		if no := c.stands(s, who, id); no != nil {
			out = append(out, no)
		} else {
			ids = append(ids, id)
		}
	}
	return ids, out
}

// stands refuses a decision about a member's line where what holds stays. What a
// member was told does. What the superior has decided here no paper replaces. A grade
// that they have amended is changed by another amendment, and an amendment changes a
// grade.
func (c DecideBundle) stands(s *State, who, id MemberID) *Refusal {
	b, _ := s.Bundle()
	l, there := b.Line(id)
	v, decided := b.Verdicts.Get(id)
	holds := b.holds(id)
	return first(s.known(id), need(there, NotGraded, s.Called(id)),
		need(!s.Hearings.Has(id) || c.Decision == LineApproved, ToldStands, s.Called(id)),
		need(!decided || s.above(who) || !s.above(v.By), DecidedHere, s.Called(id)),
		need(c.Decision != LineApproved || v.Decision != LineAmended, AmendedAlready, s.Called(id), v.Grade),
		need(c.Decision != LineAmended || s.Graded(id) || l.Grade != "", NotGraded, s.Called(id)),
		need(c.Decision != LineAmended || c.Grade != holds, GradeUnchanged, s.Called(id), holds))
}

// holds is the grade of a line as it stands: what the superior has decided, else
// what the branch has sent.
func (b Bundle) holds(id MemberID) Grade {
	if b.Approved(id) {
		return b.Verdicts.Of(id).Grade
	}
	l, _ := b.Line(id)
	return l.Grade
}

// line is the decision about one member.
func (c DecideBundle) line(b Bundle, id MemberID) DecidedLine {
	d := DecidedLine{ID: id}
	switch c.Decision {
	case LineApproved:
		d.Grade = b.holds(id)
	case LineAmended:
		d.Grade = c.Grade
	case LineSentBack:
	}
	return d
}

// DecidedLine is a line on which the superior has decided, with the grade that
// holds by it.
type DecidedLine struct {
	ID    MemberID `json:"id"`
	Grade Grade    `json:"grade,omitempty"`
}

// BundleDecided says what the superior has decided about lines of a version.
type BundleDecided struct {
	Version  int           `json:"version"`
	Decision Decision      `json:"decision"`
	Lines    []DecidedLine `json:"lines"`
	Reason   string        `json:"reason,omitempty"`
	Approval string        `json:"approval,omitempty"`
}

func (f BundleDecided) apply(s *State, e Event) {
	if f.Version < 1 || f.Version > len(s.Bundles) {
		return
	}
	b := s.Bundles[f.Version-1]
	for _, l := range f.Lines {
		b.Verdicts = b.Verdicts.With(l.ID, Verdict{
			Decision: f.Decision, Grade: l.Grade, Reason: f.Reason, Approval: f.Approval, By: e.By, At: e.At, Version: f.Version,
		})
	}
	s.Bundles = replaced(s.Bundles, f.Version-1, b)
}
