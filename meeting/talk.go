package meeting

import (
	"cmp"
	"slices"
)

// ActTalk writes one's own talks.
const ActTalk Action = "talk"

var talkActions = []action{{ActTalk, forMembers, (*State).mayTalk}}

// TalkWithSelf means that who had a talk is named as the other side of it.
const TalkWithSelf Code = "talk-with-self"

// talkForm is a 谈心谈话记录 (DOMAIN.md §4.5). Who had the talk writes it down,
// every other side confirms it. Only they read what was said; the console knows
// that it took place.
func talkForm() *Form {
	return &Form{
		Name: "talk", Title: "谈心谈话记录", Paper: "talks", Main: "content",
		Fields: []Field{
			{Name: "kind", Label: "谈话类型", Type: WordField, Words: []string{TalkCommittee, TalkSecretary, TalkMember, TalkMembers, TalkFeedback}, Must: true},
			{Name: "with", Label: "谈话对象", Type: PeopleField, Must: true},
			{Name: "at", Label: "时间", Type: MomentField, Must: true},
			{Name: "place", Label: "地点", Type: LineField},
			{Name: "means", Label: "方式", Type: WordField, Words: []string{"面谈", "电话", "网络", "上门", "集体"}, Must: true},
			{Name: "content", Label: "谈话内容要点", Type: TextField, Must: true, Private: true},
			{Name: "praise", Label: "肯定的成绩", Type: TextField, Private: true},
			{Name: "problems", Label: "指出的问题", Type: TextField, Private: true},
			{Name: "their_opinion", Label: "对方意见建议", Type: TextField, Private: true},
			{Name: "mood", Label: "思想动态和困难", Type: TextField, Private: true},
			{Name: "agreed", Label: "达成共识和后续", Type: TextField, Private: true},
		},
		Moves: []Move{{
			Word: "confirm", From: []RecordState{Kept}, To: Confirmed,
			Signers: func(_ *State, r Record) []MemberID { return r.People("with") },
		}},
		Phase:       (*State).mayTalk,
		Write:       (*State).checkTalk,
		Read:        func(s *State, who MemberID, r Record) bool { return r.sides(who) || r.State != Draft && s.runs(who) },
		Others:      (*State).runs,
		ReadPrivate: func(_ *State, who MemberID, r Record) bool { return r.sides(who) },
		Status:      whole(talkForm),
	}
}

// The kinds of talks.
const (
	TalkCommittee = "班子互谈"
	TalkSecretary = "书记委员"
	TalkMember    = "书记党员"
	TalkMembers   = "党员互谈"
	TalkFeedback  = "反馈谈话"
)

// sides reports whether who took part in a talk. The others learn of it when it
// is no longer a draft.
func (r Record) sides(who MemberID) bool {
	return r.Owner == who || r.State != Draft && slices.Contains(r.People("with"), who)
}

// mayTalk: party members, before, during and after the meeting.
func (s *State) mayTalk(m Member) *Refusal { return need(m.InParty(), PartyOnly) }

// checkTalk: the writer's own, with others of the branch, and not after it was
// confirmed.
func (s *State) checkTalk(who MemberID, old, next Record) *Refusal {
	if no := first(need(old.Owner == who, NotYourRecord), need(old.State != Confirmed, RecordStands, old.State)); no != nil {
		return no
	}
	for _, id := range next.People("with") {
		m, _ := s.Member(id)
		if no := first(need(id != who, TalkWithSelf), need(m.InParty(), NotInParty, s.Called(m.ID))); no != nil {
			return no
		}
	}
	return nil
}

// TalkPair is two people who have talked, or owe each other a talk (records of
// the form talk). Talks in which results are told are none of these.
type TalkPair struct {
	By, With MemberID
	Owed     bool
	Why      string   // the kind of talk that is owed; "" if none is
	Done     int      // how many talks they have had
	Means    []string // of these talks, each once

	Beforehand bool // one of them was before the meeting, or on its day
}

// smallBranch is the largest branch without 党小组 in which all members talk with
// each other.
const smallBranch = 15

// TalkPairs are all pairs that are owed or have talked: 书记 with every member
// of the committee and every member, members of the committee with each other,
// members with each other within their 党小组. Each pair stands once, who speaks
// first in the branch before the other. Nobody changes them.
func (s *State) TalkPairs() []TalkPair {
	return once(s, func(a *answers) *answer[[]TalkPair] { return &a.pairs }, (*State).findPairs)
}

// TalkPairsOf are those of them that somebody is a side of. Nobody changes them.
func (s *State) TalkPairsOf(who MemberID) []TalkPair {
	return once(s, func(a *answers) *answer[map[MemberID][]TalkPair] { return &a.sides }, func(s *State) map[MemberID][]TalkPair {
		sides := map[MemberID][]TalkPair{}
		for _, p := range s.TalkPairs() {
			sides[p.By], sides[p.With] = append(sides[p.By], p), append(sides[p.With], p)
		}
		return sides
	})[who]
}

// findPairs looks only at those who are owed or have talked: of a thousand members
// without 党小组 these are some thousands, and not half a million.
func (s *State) findPairs() []TalkPair {
	t, talks := s.talkers(), s.talksByPair()
	talked := make([][]int, len(t.list)) // with whom of those behind them
	for p := range talks {
		i, one := t.at[p[0]]
		j, other := t.at[p[1]]
		if one && other && i != j {
			talked[min(i, j)] = append(talked[min(i, j)], max(i, j))
		}
	}
	var pairs []TalkPair
	for i, a := range t.list {
		behind := talked[i]
		for j := i + 1; j < t.leaders; j++ {
			behind = append(behind, j)
		}
		mates := t.mates(a)
		first, _ := slices.BinarySearch(mates, i+1)
		behind = append(behind, mates[first:]...)
		slices.Sort(behind)
		for _, j := range slices.Compact(behind) {
			b := t.list[j]
			p := TalkPair{By: a.ID, With: b.ID, Why: s.owed(a, b, len(t.list))}
			p.Owed = p.Why != ""
			had := talks[pairOf(a.ID, b.ID)]
			p.Done = len(had)
			for _, talk := range had {
				p.Beforehand = p.Beforehand || talk.beforehand
				if !slices.Contains(p.Means, talk.means) {
					p.Means = append(p.Means, talk.means)
				}
			}
			if p.Owed || p.Done > 0 {
				pairs = append(pairs, p)
			}
		}
	}
	return slices.Clip(pairs)
}

// talker is a party member and their rank, which costs too much to be read for
// every pair.
type talker struct {
	ID    MemberID
	Group string
	gone  bool
	rank  int
}

// free reports whether somebody chooses with whom they talk, where not all talk with
// all: an ordinary member without 党小组.
func (t talker) free() bool { return t.rank > committeeRank && t.Group == "" && !t.gone }

// talkers are the party members in the order of their ranks, the secretary first.
type talkers struct {
	list     []talker
	at       map[MemberID]int // index in list
	leaders  int              // how many at its beginning are the secretary and the committee
	ordinary []int            // indexes of the others
	groups   map[string][]int // indexes of the others by 党小组, "" for who is in none
	free     int              // how many are
}

func (s *State) talkers() *talkers {
	d := s.index()
	return d.talkers.get(func() *talkers {
		t := &talkers{at: map[MemberID]int{}, groups: map[string][]int{}}
		for i, at := range d.speakers() {
			m := d.roster[at]
			one := talker{m.ID, m.Group, m.Gone(), rank(m)}
			t.list, t.at[m.ID] = append(t.list, one), i
			if one.free() {
				t.free++
			}
			if one.rank <= committeeRank {
				t.leaders++
				continue
			}
			t.ordinary = append(t.ordinary, i)
			t.groups[m.Group] = append(t.groups[m.Group], i)
		}
		return t
	})
}

// mates are the indexes of the other members with whom somebody has to talk, who may be
// among them.
func (t *talkers) mates(own talker) []int {
	switch {
	case own.rank == secretaryRank:
		return t.ordinary
	case own.Group != "" || len(t.list) <= smallBranch:
		return t.groups[own.Group]
	}
	return nil
}

// partyByRank are the party members, the secretary first.
func (s *State) partyByRank() []talker { return s.talkers().list }

// Ranks of those who talk: below them stand the other members.
const secretaryRank, committeeRank, otherRank = 0, 2, 3

// owed is the kind of talk that two members owe each other, "" for none. a speaks
// before b.
func (s *State) owed(a, b talker, all int) string {
	switch {
	case a.rank == secretaryRank && b.rank <= committeeRank:
		return TalkSecretary
	case a.rank == secretaryRank:
		return TalkMember
	case a.rank <= committeeRank && b.rank <= committeeRank:
		return TalkCommittee
	case a.Group != "" && a.Group == b.Group, a.Group == "" && b.Group == "" && all <= smallBranch:
		return TalkMembers
	}
	return ""
}

// talkedWith are those with whom somebody has talked.
func (s *State) talkedWith(who MemberID) map[MemberID]bool { return s.talkedBy(who, anyDay) }

// talkedBy is talkedWith as it is on a day.
func (s *State) talkedBy(who MemberID, today string) map[MemberID]bool {
	var others map[MemberID]bool
	for r := range s.kept["talk"].naming(who) {
		if others == nil {
			others = map[MemberID]bool{}
		}
		with := r.People("with")
		switch {
		case !r.tookPlace() || dayOf(r.Value("at")) > today:
		case r.Owner == who:
			for _, id := range with {
				others[id] = true
			}
		case slices.Contains(with, who):
			others[r.Owner] = true
		}
	}
	return others
}

// talksShortOf is how many more others the rules want somebody to talk with, whoever
// they are, in a branch that is too large for all to talk with all, and has no 党小组.
func (s *State) talksShortOf(who MemberID, talked map[MemberID]bool) int {
	t := s.talkers()
	free := func(id MemberID) bool { i, is := t.at[id]; return is && t.list[i].free() }
	if s.Rules.Talks.Each == 0 || len(t.list) <= smallBranch || !free(who) {
		return 0
	}
	short := min(s.Rules.Talks.Each, t.free-1)
	for id := range talked {
		if free(id) && id != who {
			short--
		}
	}
	return max(0, short)
}

// talksShort are those who have talked with fewer others than the rules want, by id.
func (s *State) talksShort() []MemberID {
	var ids []MemberID
	for _, t := range s.partyByRank() {
		if s.talksShortOf(t.ID, s.talkedWith(t.ID)) > 0 {
			ids = append(ids, t.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// talksOwedBy says with how many others somebody has to talk and has not, and names the
// first few of them, who speaks first in the branch first. One more than a line names
// are named, so that it can say that there are more.
func (s *State) talksOwedBy(who MemberID, talked map[MemberID]bool) (n int, first []MemberID) {
	t := s.talkers()
	at, is := t.at[who]
	if !is {
		return 0, nil
	}
	own := t.list[at]
	for i, other := range t.list[:t.leaders] {
		if a, b := t.list[min(i, at)], t.list[max(i, at)]; i != at && !talked[other.ID] && s.owed(a, b, len(t.list)) != "" {
			n, first = n+1, append(first, other.ID)
		}
	}
	mates := t.mates(own)
	among := func(i int) bool { return i >= t.leaders && (own.rank == secretaryRank || t.list[i].Group == own.Group) }
	for _, i := range mates {
		if len(first) > mostNames {
			break
		}
		if other := t.list[i].ID; i != at && !talked[other] {
			first = append(first, other)
		}
	}
	if len(mates) == 0 {
		return n, first
	}
	n += len(mates)
	if among(at) {
		n--
	}
	for id := range talked {
		if i, is := t.at[id]; is && i != at && among(i) {
			n--
		}
	}
	return n, first
}

// pair is two people, whoever is named first.
type pair [2]MemberID

func pairOf(a, b MemberID) pair {
	if cmp.Less(b, a) {
		a, b = b, a
	}
	return pair{a, b}
}

// tookPlace reports whether a talk counts as one of those that members owe each other.
// One in which a result is told does not: it comes after the meeting.
func (r Record) tookPlace() bool { return r.State != Draft && r.Value("kind") != TalkFeedback }

// hadTalk is one talk of two people.
type hadTalk struct {
	means      string
	beforehand bool // before the meeting, or on its day
}

// talksByPair are the talks that took place, by who had them.
func (s *State) talksByPair() map[pair][]hadTalk {
	return once(s, func(a *answers) *answer[map[pair][]hadTalk] { return &a.talks }, (*State).findTalks)
}

func (s *State) findTalks() map[pair][]hadTalk {
	found := map[pair][]hadTalk{}
	for _, r := range s.all("talk") {
		if !r.tookPlace() {
			continue
		}
		one := hadTalk{r.Value("means"), s.beforehand(r.Value("at"))}
		for _, id := range r.People("with") {
			p := pairOf(r.Owner, id)
			found[p] = append(found[p], one)
		}
	}
	return found
}
