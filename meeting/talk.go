package meeting

import (
	"cmp"
	"maps"
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
// the form talk).
type TalkPair struct {
	By, With MemberID
	Owed     bool
	Why      string   // the kind of talk that is owed; "" if none is
	Done     int      // how many talks they have had
	Means    []string // of these talks, each once
}

// smallBranch is the largest branch without 党小组 in which all members talk with
// each other.
const smallBranch = 15

// TalkPairs are all pairs that are owed or have talked: 书记 with every member
// of the committee and every member, members of the committee with each other,
// members with each other within their 党小组. Each pair stands once, who speaks
// first in the branch before the other.
func (s *State) TalkPairs() []TalkPair {
	people := s.partyByRank()
	talks := s.talksByPair()
	var pairs []TalkPair
	for i, a := range people {
		for _, b := range people[i+1:] {
			p := TalkPair{By: a.ID, With: b.ID, Why: s.owed(a, b, len(people))}
			p.Owed = p.Why != ""
			had := talks[pairOf(a.ID, b.ID)]
			p.Done = len(had)
			for _, means := range had {
				if !slices.Contains(p.Means, means) {
					p.Means = append(p.Means, means)
				}
			}
			if p.Owed || p.Done > 0 {
				pairs = append(pairs, p)
			}
		}
	}
	return pairs
}

// talker is a party member and their rank, which costs too much to be read for
// every pair.
type talker struct {
	ID    MemberID
	Group string
	gone  bool
	rank  int
}

// partyByRank are the party members, the secretary first.
func (s *State) partyByRank() []talker {
	d := s.index()
	return d.talkers.get(func() []talker {
		var list []talker
		for _, i := range d.speakers() {
			m := d.roster[i]
			list = append(list, talker{m.ID, m.Group, m.Gone(), rank(m)})
		}
		return list
	})
}

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

// talksShort are the members who have talked with fewer others than the rules want
// of each, and how many are missing: in a branch that is too large for all to talk
// with all, and has no 党小组.
func (s *State) talksShort() map[MemberID]int {
	return once(s, func(a *answers) *answer[map[MemberID]int] { return &a.short }, (*State).findTalksShort)
}

func (s *State) findTalksShort() map[MemberID]int {
	all := s.partyByRank()
	var people []MemberID
	for _, m := range all {
		if m.rank > committeeRank && m.Group == "" && !m.gone {
			people = append(people, m.ID)
		}
	}
	if s.Rules.Talks.Each == 0 || len(all) <= smallBranch || len(people) < 2 {
		return nil
	}
	short := map[MemberID]int{}
	for _, id := range people {
		short[id] = min(s.Rules.Talks.Each, len(people)-1)
	}
	for p := range s.talksByPair() {
		_, one := short[p[0]]
		if _, other := short[p[1]]; one && other {
			short[p[0]]--
			short[p[1]]--
		}
	}
	maps.DeleteFunc(short, func(_ MemberID, n int) bool { return n <= 0 })
	return short
}

// pair is two people, whoever is named first.
type pair [2]MemberID

func pairOf(a, b MemberID) pair {
	if cmp.Less(b, a) {
		a, b = b, a
	}
	return pair{a, b}
}

// talksByPair are the means of the talks that took place, by who had them.
func (s *State) talksByPair() map[pair][]string {
	return once(s, func(a *answers) *answer[map[pair][]string] { return &a.talks }, (*State).findTalks)
}

func (s *State) findTalks() map[pair][]string {
	found := map[pair][]string{}
	for _, r := range s.all("talk") {
		if r.State == Draft {
			continue
		}
		for _, id := range r.People("with") {
			p := pairOf(r.Owner, id)
			found[p] = append(found[p], r.Value("means"))
		}
	}
	return found
}
