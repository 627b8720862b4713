package meeting

import (
	"regexp"
	"slices"
	"strings"
)

// duty is what a 党内职务 makes of a person in their own branch.
type duty int

const (
	noDuty duty = iota
	unsureDuty
	committeeDuty
	deputyDuty
	secretaryDuty
)

var (
	postSeparators = regexp.MustCompile(`[、，；,;/兼]`)
	// otherSecretary is the secretary of something that is no branch of the Party.
	otherSecretary = regexp.MustCompile(`(总支|总支部|委|党组|工会|团支部|团总支)副?书记$`)
)

// posts splits a 党内职务 into single posts. White space and what stands in
// brackets say nothing about them.
func posts(text string) []string {
	if text == "" {
		return nil
	}
	return postSeparators.Split(withoutBrackets(unspaced(text)), -1)
}

// dutyOf returns what one post makes of a person: 教工第一党支部书记 is the 书记,
// 党总支副书记 is nothing in this branch, and of 第一书记 nobody knows.
func dutyOf(post string) duty {
	post = strings.TrimPrefix(strings.TrimPrefix(post, "党支部"), "支部")
	switch {
	case post == "书记", post == "支书":
		return secretaryDuty
	case post == "副书记", post == "副支书":
		return deputyDuty
	case otherSecretary.MatchString(post):
		return noDuty
	case strings.HasSuffix(post, "支部书记"):
		return secretaryDuty
	case strings.HasSuffix(post, "支部副书记"):
		return deputyDuty
	case strings.Contains(post, "书记"):
		return unsureDuty
	case strings.HasSuffix(post, "委员"), strings.HasSuffix(post, "支委"):
		if slices.ContainsFunc(otherBodies, func(body string) bool { return strings.Contains(post, body) }) {
			return noDuty
		}
		return committeeDuty
	}
	return noDuty
}

// otherBodies have committees that are not the branch's own.
var otherBodies = []string{"总支", "党委", "纪委", "工会", "团支部", "团委"}

// duty returns the highest duty among a person's posts.
func (m Member) duty() duty {
	highest := noDuty
	if !m.InParty() {
		return highest
	}
	for _, p := range posts(m.PartyPost) {
		highest = max(highest, dutyOf(p))
	}
	return highest
}

// unsurePost returns the post of which nobody knows whether it is the 书记's; ""
// if there is none.
func (m Member) unsurePost() string {
	for _, p := range posts(m.PartyPost) {
		if m.InParty() && dutyOf(p) == unsureDuty {
			return p
		}
	}
	return ""
}

func (m Member) guides() bool {
	return strings.Contains(m.PartyPost, "指导") || strings.Contains(m.Post, "指导")
}

// HasCommittee reports whether a 支委会 decides on grades: the branch has
// enough 正式党员 for one, and the roster has committee members (DOMAIN.md
// §1.1).
func (s *State) HasCommittee() bool {
	if s.Rules == nil || s.Count(Formal) < s.Rules.Decision.CommitteeFrom {
		return false
	}
	return len(s.sitting()) > 0
}

// sitting are those on the branch's committee, in roster order.
func (s *State) sitting() []MemberID {
	d := s.index()
	return d.sitting.get(func() []MemberID {
		var ids []MemberID
		for _, i := range d.posts {
			if isCommitteePost(d.roster[i]) {
				ids = append(ids, d.roster[i].ID)
			}
		}
		return ids
	})
}

// onCommittee reports whether a person has a post on the 支部委员会.
func (s *State) onCommittee(who MemberID) bool {
	m, ok := s.Member(who)
	return ok && isCommitteePost(m)
}

// committee counts the committee's members in the room, and all of them. It
// meets with at least half (DOMAIN.md §3.1).
func (s *State) committee() (here, all int) {
	for _, id := range s.sitting() {
		if s.present(id) {
			here++
		}
	}
	return here, len(s.sitting())
}

// leads reports whether m is the 书记; 书记兼组织委员 is one too.
func (m Member) leads() bool { return m.duty() == secretaryDuty && !m.Gone() }

// deputises reports whether m is a 副书记.
func (m Member) deputises() bool { return m.duty() == deputyDuty && !m.Gone() }

// isCommitteePost reports whether m sits on the branch's own committee. A
// 党总支委员 or 党委委员 among the members sits on another one.
func isCommitteePost(m Member) bool { return m.duty() >= committeeDuty && !m.Gone() }

// rank orders speakers: secretary, deputy, committee, others.
func rank(m Member) int {
	switch d := m.duty(); {
	case m.Gone():
		return otherRank
	case d == secretaryDuty:
		return secretaryRank
	case d == deputyDuty:
		return 1
	case d >= committeeDuty:
		return committeeRank
	}
	return otherRank
}
