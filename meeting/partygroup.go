package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// In a large branch 批评与自我批评 and 个人自评 are held by 党小组 (DOMAIN.md §2.3):
// one group after another, each with a recorder of its own. Its members criticise
// each other and nobody else. Those who are in no group are a group of their own.

// Why something about a 党小组 is refused, and what they lack.
const (
	NotByGroups      Code = "not-by-groups"
	OtherGroup       Code = "other-group"       // name, group
	GroupsUnrecorded Code = "groups-unrecorded" // how many, their names
)

// NoGroup is what those are called together who are in no 党小组.
const NoGroup = "未编组"

// PartyGroup is a 党小组 that sits by itself.
type PartyGroup struct {
	Name     string   // as on the roster, "": of those who are in none
	Recorder MemberID // "": nobody is named
}

// Title is what a group is called.
func (g PartyGroup) Title() string {
	if g.Name == "" {
		return NoGroup
	}
	return g.Name
}

// ByGroups reports whether the branch sits by 党小组: it has more members than the
// rules say, and its roster has groups.
func (s *State) ByGroups() bool {
	if s.Rules == nil || s.Rules.GroupsOver == 0 || s.Count(Formal, Probationary) <= s.Rules.GroupsOver {
		return false
	}
	groups := s.index().partyGroups()
	return len(groups) > 0 && groups[0] != ""
}

// partyGroups are the 党小组 of party members in roster order; "" stands last, where
// somebody is in none.
func (d *directory) partyGroups() []string {
	return d.groups.get(func() []string {
		var groups, none []string
		seen := map[string]bool{}
		for _, m := range d.roster {
			switch {
			case !m.InParty() || seen[m.Group]:
				continue
			case m.Group == "":
				none = []string{""}
			default:
				groups = append(groups, m.Group)
			}
			seen[m.Group] = true
		}
		return append(groups, none...)
	})
}

// SitsByGroups reports whether the members sit by 党小组 during an item.
func (s *State) SitsByGroups(it Item) bool {
	return (it.Kind == preset.Criticism || it.Kind == preset.SelfRating) && s.ByGroups()
}

// PartyGroups lists the 党小组 in roster order, those who are in none last. It is
// empty where the branch does not sit by groups.
func (s *State) PartyGroups() []PartyGroup {
	if !s.ByGroups() {
		return nil
	}
	return once(s, func(a *answers) *answer[[]PartyGroup] { return &a.groups }, func(s *State) []PartyGroup {
		var list []PartyGroup
		for _, name := range s.index().partyGroups() {
			list = append(list, PartyGroup{name, s.GroupRecorders[name]})
		}
		return slices.Clip(list)
	})
}

// PartyGroupOf is the group in which a party member sits.
func (s *State) PartyGroupOf(who MemberID) PartyGroup {
	m, _ := s.Member(who)
	return PartyGroup{m.Group, s.GroupRecorders[m.Group]}
}

// GroupNow is the group whose turn it is in 批评与自我批评; ok is false where the
// branch does not sit by groups, and when all have been heard.
func (s *State) GroupNow() (g PartyGroup, ok bool) {
	who := s.Subject
	if who == "" {
		who = s.NextSubject()
	}
	if who == "" || !s.at(preset.Criticism) || !s.ByGroups() {
		return PartyGroup{}, false
	}
	return s.PartyGroupOf(who), true
}

// inGroups parts a list of members in the order of their groups; it is one part
// where the branch does not sit by groups.
func (s *State) inGroups(ids []MemberID) [][]MemberID {
	groups := s.PartyGroups()
	if len(groups) == 0 {
		return [][]MemberID{ids}
	}
	at := make(map[string]int, len(groups))
	for i, g := range groups {
		at[g.Name] = i
	}
	parts := make([][]MemberID, len(groups))
	for _, id := range ids {
		i := at[s.PartyGroupOf(id).Name]
		parts[i] = append(parts[i], id)
	}
	return parts
}

// recordsGroup reports whether a person is the recorder of a group.
func (s *State) recordsGroup(who MemberID) bool {
	for _, id := range s.GroupRecorders {
		if id == who && who != "" {
			return s.ByGroups()
		}
	}
	return false
}

// RecordsFor reports whether who may write for a person, and read what is written
// of them: the console, the recorder, and that of the person's group.
func (s *State) RecordsFor(who, of MemberID) bool {
	return s.records(who) || who != "" && s.PartyGroupOf(of).Recorder == who && s.ByGroups()
}

// mayRecord lets the recorder of a group write while the groups sit.
func (s *State) mayRecord(m Member) *Refusal {
	it, _ := s.Item()
	return first(s.live(), need(s.records(m.ID) || s.SitsByGroups(it), RecorderOnly))
}

// notFor refuses to write for a person to the recorder of another group.
func (s *State) notFor(who, of MemberID) *Refusal {
	return need(s.RecordsFor(who, of), OtherGroup, s.Called(of), s.PartyGroupOf(of).Title())
}

// Apart refuses to a party member to criticise one of another group. The console
// and the committee attend all groups.
func (s *State) Apart(who, of MemberID) *Refusal {
	m, _ := s.Member(who)
	group := s.PartyGroupOf(of)
	together := !m.InParty() || m.Group == group.Name || s.runs(who) || s.onCommittee(who) || !s.ByGroups()
	return need(together, OtherGroup, s.Called(of), group.Title())
}

// apartNow is [State.Apart] from the person whose round is open, if one is.
func (s *State) apartNow(who MemberID) *Refusal {
	if s.Subject == "" {
		return nil
	}
	return s.Apart(who, s.Subject)
}

// checkGroups finds the groups that nobody records.
func (s *State) checkGroups(warn warning) {
	var names []string
	for _, g := range s.PartyGroups() {
		if g.Recorder == "" {
			names = append(names, g.Title())
		}
	}
	warn(len(names) > 0, false, GroupsUnrecorded, len(names), joinWords(names))
}
