package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// What may be done with the result.
const (
	ActResult   Action = "result"
	ActCoarsen  Action = "coarsen" // announce less of the result
	ActAnnounce Action = "announce"
)

var resultActions = []action{
	{ActResult, forMembers, ofVote((*State).mayKnow)},
	{ActCoarsen, forConsole, (*State).mayAnnounce},
	{ActAnnounce, forConsole, (*State).mayAnnounce},
}

// Why something about the result is refused, and what is amiss with it.
const (
	ResultLater      Code = "result-later"
	ResultHeld       Code = "result-held"
	AlreadyAnnounced Code = "already-announced"
	NotCoarser       Code = "not-coarser"
	NotCountedYet    Code = "not-counted-yet"
	Revealing        Code = "revealing" // subjects unanimous, subjects with a lone grade
)

// mayAnnounce: once, and less than the rules say only before it.
func (s *State) mayAnnounce(Member) *Refusal {
	v := s.Vote()
	return first(s.live(), s.tooFew(), need(v != nil && v.State == BoxCounted, ResultLater), need(v == nil || v.Heard == nil, AlreadyAnnounced))
}

var tallyItem = itemKind{
	check:     (*State).checkTally,
	untouched: func(s *State) bool { return s.Vote() == nil || s.Vote().State != BoxCounted },
	step:      (*State).tallyStep,
}

func (s *State) checkTally(warn warning) {
	switch v := s.Vote(); {
	case s.NeverOpened():
		warn(true, true, TooFewBallots, v.Members().Returned.Len(), s.LeastBallots())
	case s.beforeOpening() == nil:
		s.checkBallot(warn)
	case v.State != BoxCounted:
		warn(true, true, NotCountedYet)
	}
	unanimous, lone := s.AnnouncementReveals()
	warn(unanimous+lone > 0, false, Revealing, unanimous, lone)
}

func (s *State) tallyStep(next Step) Step {
	if step, ok := s.confirmStep(); ok {
		return step
	}
	if step, ok := s.voteAgainStep(); ok {
		return step
	}
	switch v := s.Vote(); {
	case v != nil && v.State == BoxClosed && s.enough(v):
		return Step{Wait: v.Unsealers()}
	case v != nil && v.State == BoxCounted && v.Heard == nil:
		return Step{Act: ActAnnounce, Do: Announce{}, Confirm: true}
	}
	return next
}

// voteAgainStep leads back to the vote that is void, unless the meeting has
// decided in writing to go on without one: else the step would lead in a circle.
func (s *State) voteAgainStep() (Step, bool) {
	if v := s.Vote(); v == nil || v.State != BoxVoid {
		return Step{}, false
	}
	it, ok := s.itemOf(preset.Ballot)
	tally, _ := s.itemOf(preset.Tally)
	return Step{Act: ActGoto, Do: Goto{No: it.No}}, ok && it.Reason == "" && tally.Reason == ""
}

// Histogram is how a subject was graded: 优秀 + 合格 + 基本合格 + 不合格 + 弃权
// = 收回. The subject's own ballot is not asked where members may not grade
// themselves, and is then left out of 收回 too.
type Histogram struct {
	Counts  []int // by grade, best first
	Abstain int
	Ballots int // the base of every ratio
}

// Histogram returns how a subject was graded. It refuses before the count, and
// with fewer ballots than the rules ask for. It is the only way to the sums;
// [May] with ActResult says who may ask. Paper slips are included;
// [State.PaperHistogram] shows them apart.
func (s *State) Histogram(id MemberID) (Histogram, *Refusal) {
	if s.wall != nil {
		return s.wall.histogram(id)
	}
	v, i, no := s.counted(id)
	if no != nil {
		return Histogram{}, no
	}
	box := v.Members()
	n := box.Returned.Len()
	if box.Returned.Has(id) && !s.Rules.Vote.SelfVote {
		n--
	}
	if n < s.Rules.Vote.MinBallots { // whoever entered the paper slips could subtract them
		return Histogram{}, refuse(TooFewBallots, n, s.Rules.Vote.MinBallots)
	}
	paper, _ := v.AgreedPaper()
	return s.histogram(box.Sums[i], n, paper.Grades[id], s.paperAsked(paper, id))
}

// PaperHistogram returns how the paper slips alone graded a subject: those that
// two scrutineers agree on.
func (s *State) PaperHistogram(id MemberID) (Histogram, *Refusal) {
	v, i, no := s.counted(id)
	if no != nil {
		return Histogram{}, no
	}
	paper, _ := v.AgreedPaper()
	return s.histogram(make([]int, len(v.Members().Sums[i])), 0, paper.Grades[id], s.paperAsked(paper, id))
}

// HistogramApart returns how the voters of a channel beside the members' graded
// a subject: they are counted apart (DOMAIN.md §3.7).
func (s *State) HistogramApart(c Channel, id MemberID) (Histogram, *Refusal) {
	v, i, no := s.counted(id)
	if no != nil {
		return Histogram{}, no
	}
	return s.apart(v.Box(c), i)
}

// apart returns the histogram of question i in a box beside the members'.
func (s *State) apart(b *Box, i int) (Histogram, *Refusal) {
	switch {
	case b == nil:
		return Histogram{}, refuse(NoVote)
	case b.Sums == nil:
		return Histogram{}, refuse(TooFewBallots, b.Returned.Len(), s.Rules.Vote.MinBallots)
	}
	return s.histogram(b.Sums[i], b.Returned.Len(), nil, 0)
}

// counted returns the current vote and the question about a person, once the
// sums are known.
func (s *State) counted(id MemberID) (*Vote, int, *Refusal) {
	v := s.Vote()
	switch {
	case s.wall != nil:
		return nil, 0, refuse(ResultHeld)
	case v == nil || v.State != BoxCounted:
		return nil, 0, refuse(ResultLater)
	}
	i, on := s.question(id)
	if !on {
		return nil, 0, refuse(NotOnBallot, s.Called(id))
	}
	return v, i, nil
}

// question returns the number of the question about a person, from 0, on the
// ballots of the current vote.
func (s *State) question(id MemberID) (i int, on bool) {
	i, on = once(s, func(a *answers) *answer[map[MemberID]int] { return &a.questions }, func(s *State) map[MemberID]int {
		at := map[MemberID]int{}
		if v := s.Vote(); v != nil {
			for i, id := range slices.Backward(v.Subjects) {
				at[id] = i
			}
		}
		return at
	})[id]
	return i, on
}

// BranchHistogram returns how the committee was graded, as [State.Histogram].
func (s *State) BranchHistogram() (Histogram, *Refusal) {
	if s.wall != nil {
		return s.wall.committee()
	}
	v := s.Vote()
	if v == nil || v.State != BoxCounted || !v.Branch {
		return Histogram{}, refuse(ResultLater)
	}
	paper, _ := v.AgreedPaper()
	box := v.Members()
	return s.histogram(box.Sums[len(v.Subjects)], box.Returned.Len(), paper.Branch, paper.Returned)
}

// BranchHistogramApart returns how the voters of a channel beside the members'
// graded the committee.
func (s *State) BranchHistogramApart(c Channel) (Histogram, *Refusal) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted || !v.Branch {
		return Histogram{}, refuse(ResultLater)
	}
	return s.apart(v.Box(c), len(v.Subjects))
}

// histogram adds the box's counts and those of paper slips.
func (s *State) histogram(counts []int, ballots int, paper []int, slips int) (Histogram, *Refusal) {
	ballots += slips
	if least := s.Rules.Vote.MinBallots; ballots < least {
		return Histogram{}, refuse(TooFewBallots, ballots, least)
	}
	h := Histogram{Counts: slices.Clone(counts), Abstain: ballots, Ballots: ballots}
	for i, n := range paper {
		h.Counts[i] += n
	}
	for _, n := range h.Counts {
		h.Abstain -= n
	}
	return h, nil
}

// Reveals counts the subjects, the committee among them, whose histograms would
// give voters away if everybody saw them (BALLOT.md §4). Unanimous: every
// voter's choice is known, also if all are 弃权. Lone: a grade has one ballot.
// The histograms of every box and of the paper slips count.
func (s *State) Reveals() (unanimous, lone int) {
	v := s.Vote()
	if v == nil {
		return 0, 0
	}
	var r revealed
	for _, id := range v.Subjects { // what is refused is empty and reveals nothing
		all, _ := s.Histogram(id)
		paper, _ := s.PaperHistogram(id)
		list := []Histogram{all, paper, all.without(paper)}
		for _, b := range v.Boxes {
			if apart, no := s.HistogramApart(b.Channel, id); no == nil && b.Channel != MemberBox {
				list = append(list, apart)
			}
		}
		r.add(list...)
	}
	all, _ := s.BranchHistogram()
	list := []Histogram{all}
	for _, b := range v.Boxes {
		if apart, no := s.BranchHistogramApart(b.Channel); no == nil && b.Channel != MemberBox {
			list = append(list, apart)
		}
	}
	r.add(list...)
	return r.unanimous, r.lone
}

// AnnouncementReveals is the same of what the meeting would hear now: every subject's
// counts, or only those of the committee. What was announced cannot be taken back, and
// is not counted.
func (s *State) AnnouncementReveals() (unanimous, lone int) {
	if v := s.Vote(); v == nil || v.Heard != nil {
		return 0, 0
	}
	switch s.Announcing() {
	case preset.AnnounceFull:
		return s.Reveals()
	case preset.AnnounceCounts:
		var r revealed
		all, _ := s.BranchHistogram()
		r.add(all)
		return r.unanimous, r.lone
	}
	return 0, 0
}

// revealed counts subjects.
type revealed struct{ unanimous, lone int }

// add counts a subject of whom these are shown.
func (r *revealed) add(list ...Histogram) {
	switch {
	case slices.ContainsFunc(list, Histogram.unanimous):
		r.unanimous++
	case slices.ContainsFunc(list, Histogram.lone):
		r.lone++
	}
}

func (h Histogram) unanimous() bool {
	return h.Ballots > 0 && (h.Abstain == h.Ballots || slices.Contains(h.Counts, h.Ballots))
}

func (h Histogram) lone() bool { return slices.Contains(h.Counts, 1) }

// without returns h less a part that is shown beside it.
func (h Histogram) without(part Histogram) Histogram {
	rest := Histogram{Counts: slices.Clone(h.Counts), Abstain: h.Abstain - part.Abstain, Ballots: h.Ballots - part.Ballots}
	for i, n := range part.Counts {
		if i < len(rest.Counts) {
			rest.Counts[i] -= n
		}
	}
	return rest
}

// levels orders the ways to announce, the coarsest first.
var levels = []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull}

// Announcing returns how much the meeting will hear: what the rules say, or
// less if the facilitator chose so.
func (s *State) Announcing() string {
	if s.Coarser != "" {
		return s.Coarser
	}
	return s.Rules.Announce
}

// Coarsen lets the meeting hear less of the result than the rules announce,
// because it would show what single members chose. It can be changed until the
// announcement, but never to more than the rules announce.
type Coarsen struct{ Level string }

func (c Coarsen) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActCoarsen); no != nil {
		return nil, no
	}
	if i := slices.Index(levels, c.Level); i < 0 || i > slices.Index(levels, s.Rules.Announce) || c.Level == s.Announcing() {
		return nil, refuse(NotCoarser)
	}
	return []Fact{Coarsened(c)}, nil
}

// Coarsened says how much of the result the meeting hears.
type Coarsened struct {
	Level string `json:"level"`
}

func (f Coarsened) apply(s *State, _ Event) { s.Coarser = f.Level }

// KnowsVotes reports whether a person sees every subject's counts and comments
// whatever is announced: the committee does, because it grades by them. A console
// does not by itself; it does where the roster has nobody on a committee.
func (s *State) KnowsVotes(who MemberID) bool {
	if len(s.sitting()) > 0 {
		return s.onCommittee(who)
	}
	return s.runs(who)
}

// announcedAll reports whether every subject's counts were announced.
func (s *State) announcedAll() bool {
	v := s.Vote()
	return v != nil && v.Heard != nil && v.Heard.Level == preset.AnnounceFull
}

// mayKnow lets those who know the votes see every subject's counts. Others see
// what the rules announce (DOMAIN.md §0, 8).
func (s *State) mayKnow(m Member, v *Vote) *Refusal {
	return first(
		v.standing(), s.tooFew(), need(v.State == BoxCounted, ResultLater),
		need(s.announcedAll() || s.KnowsVotes(m.ID), ResultHeld),
		need(s.enough(v), TooFewBallots, v.Members().Returned.Len(), s.LeastBallots()))
}

// Announce lets the meeting hear the result, as much as [State.Announcing]
// says. Before that only the committee knows it, and sees first what it would
// reveal; a console is told how many it would give away.
type Announce struct{}

func (Announce) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAnnounce); no != nil {
		return nil, no
	}
	for _, b := range s.Vote().OpenedBoxes() {
		if no := b.bound(b.PartialList()...); no != nil {
			return nil, no
		}
	}
	return []Fact{ResultAnnounced(s.announcement())}, nil
}

// ResultAnnounced says what the meeting has heard of the result.
type ResultAnnounced Announcement

func (f ResultAnnounced) apply(s *State, _ Event) {
	heard := Announcement(f)
	s.changeVote(func(v *Vote) { v.Heard = &heard })
}

// Announcement is what the meeting hears of a counted vote.
type Announcement struct {
	Level     string        `json:"level"` // how much: preset.AnnounceNone, …
	Issued    int           `json:"issued"`
	Returned  int           `json:"returned"`
	Leading   map[Grade]int `json:"leading"`        // how many subjects most ballots gave each grade; nil if not announced
	Excellent []MemberID    `json:"excellent"`      // those with most 优秀 ballots, within the cap; nil if not announced
	Tied      []MemberID    `json:"tied"`           // at the cap line with equal counts: 并列, for the committee to study
	Cap       CapMeter      `json:"cap"`            // within which 优秀 were picked
	Full      bool          `json:"full,omitempty"` // every subject's histogram is announced
}

// Announced returns what the meeting has heard of the current vote; ok is false
// before the announcement.
func (s *State) Announced() (a Announcement, ok bool) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted || v.Heard == nil {
		return a, false
	}
	return *v.Heard, true
}

// ToAnnounce returns what the meeting will hear of the vote when it is
// announced, for who runs it to read before; ok is false while there is nothing
// to announce.
func (s *State) ToAnnounce() (a Announcement, ok bool) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted || v.Heard != nil {
		return a, false
	}
	return s.announcement(), true
}

// announcement returns what the meeting would hear of the counted vote now.
func (s *State) announcement() Announcement {
	v, box := s.Vote(), s.Vote().Members()
	a := Announcement{Level: s.Announcing(), Cap: s.Cap(), Issued: len(box.Voters), Returned: box.Returned.Len()}
	if !s.enough(v) {
		return a
	}
	switch a.Level {
	case preset.AnnounceFull:
		a.Full = true
	case preset.AnnounceCounts:
		a.Leading = map[Grade]int{}
		for _, id := range v.Subjects {
			if g, one := s.Leading(id); one {
				a.Leading[g]++
			}
		}
	case preset.AnnounceExcellent:
		a.Excellent, a.Tied = s.excellentByVotes()
	}
	return a
}

// Undecided is how many subjects of an announcement of [Announcement.Leading] have no
// grade that most ballots gave them: a tie, or nobody who has not abstained.
func (s *State) Undecided(a Announcement) int {
	n := len(s.Vote().Subjects)
	for _, of := range a.Leading {
		n -= of
	}
	return n
}

// Leading returns the grade with the most ballots about a subject. That need not be a
// majority, since 弃权 is no grade, and no notice asks for one (DOMAIN.md §3.8). one is
// false in a tie or without a histogram.
func (s *State) Leading(id MemberID) (g Grade, one bool) {
	h, no := s.Histogram(id)
	if no != nil {
		return "", false
	}
	most := slices.Max(h.Counts)
	for i, n := range h.Counts {
		if n == most && most > 0 {
			if one {
				return "", false
			}
			g, one = Grade(s.Rules.Grades[i]), true
		}
	}
	return g, one
}

// excellentByVotes returns the subjects whom most ballots call 优秀, best
// first, as many as the cap has room for. Subjects with equal counts at the cap
// line are not picked but returned as tied (DOMAIN.md §3.8).
func (s *State) excellentByVotes() (names, tied []MemberID) {
	names = s.calledExcellent()
	limit := s.Cap().Cap
	if len(names) <= limit {
		return names, nil
	}
	from, to := limit, limit
	for from > 0 && s.compareVotes(names[from-1], names[limit]) == 0 {
		from--
	}
	for to < len(names) && s.compareVotes(names[to], names[limit]) == 0 {
		to++
	}
	if from == limit {
		return names[:limit], nil
	}
	return names[:from], names[from:to]
}

// calledExcellent are the subjects whom most ballots call 优秀, best first.
func (s *State) calledExcellent() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.excellent }, func(s *State) []MemberID {
		return having(s.ByVotes(), func(id MemberID) bool {
			g, one := s.Leading(id)
			return one && g == s.Excellent()
		})
	})
}

// Crowded reports whether most ballots call a subject 优秀, and more of them than
// the cap has room for: some of them get the next grade, each for a reason in
// writing.
func (s *State) Crowded(id MemberID) bool {
	names := s.calledExcellent()
	return len(names) > s.Cap().Cap && slices.Contains(names, id)
}

// Tied lists the subjects with equal counts at the cap line, whatever is
// announced: 并列, for the committee to study (DOMAIN.md §3.8).
func (s *State) Tied() []MemberID {
	_, tied := s.excellentByVotes()
	return tied
}

// ByVotes returns the subjects of the counted vote, best first: more 优秀, then
// fewer 不合格 and 基本合格, then more 合格 (DOMAIN.md §3.8). Equals stay in
// roster order.
func (s *State) ByVotes() []MemberID {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return nil
	}
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.byVotes }, func(s *State) []MemberID {
		ids := slices.Clone(s.Vote().Subjects)
		slices.SortStableFunc(ids, s.compareVotes)
		return ids
	})
}

func (s *State) compareVotes(a, b MemberID) int {
	x, no := s.Histogram(a)
	y, no2 := s.Histogram(b)
	if no != nil || no2 != nil {
		return 0
	}
	for _, d := range []int{
		y.Counts[0] - x.Counts[0],
		x.Counts[3] + x.Counts[2] - y.Counts[3] - y.Counts[2],
		y.Counts[1] - x.Counts[1],
	} {
		if d != 0 {
			return d
		}
	}
	return 0
}
