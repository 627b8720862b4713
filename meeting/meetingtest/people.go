package meetingtest

import (
	"fmt"
	"maps"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// ID returns the 编号 of the i-th sample member: m01, m02 ….
func ID(i int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", i)) }

// IDs turns texts into 编号.
func IDs(list ...string) []meeting.MemberID {
	var ids []meeting.MemberID
	for _, id := range list {
		ids = append(ids, meeting.MemberID(id))
	}
	return ids
}

// People is a sample roster, in its order. Each method returns a changed copy.
type People []meeting.Member

// Members returns n 正式党员 without a post: m01 党员01, m02 党员02 ….
func Members(n int) People {
	people := make(People, n)
	for i := range people {
		people[i] = meeting.Member{ID: ID(i + 1), Name: fmt.Sprintf("党员%02d", i+1), Kind: meeting.Formal}
	}
	return people
}

// Branch returns a branch of the usual kind: n members with m03 as secretary,
// m02 and m04 on the committee, and the last ones 预备党员; beside them a guide
// (g1) and a 群众代表 (q1).
func Branch(n, probationary int) People {
	return Members(n).Probationary(probationary).Post(2, "组织委员").Post(3, "书记").Post(4, "宣传委员").Guide().Mass(1)
}

// Post gives the i-th person a post in the Party, if there is such a person.
func (p People) Post(i int, post string) People {
	p = slices.Clone(p)
	if i <= len(p) {
		p[i-1].PartyPost = post
	}
	return p
}

// Probationary makes the last n people 预备党员.
func (p People) Probationary(n int) People {
	p = slices.Clone(p)
	for i := len(p) - n; i < len(p); i++ {
		p[i].Kind = meeting.Probationary
	}
	return p
}

// Guide adds a guide, g1 列席01.
func (p People) Guide() People {
	return append(slices.Clip(p), meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest, PartyPost: "指导领导"})
}

// Mass adds n 群众代表: q1 群众01, q2 群众02 ….
func (p People) Mass(n int) People {
	for i := 1; i <= n; i++ {
		p = append(slices.Clip(p), meeting.Member{ID: meeting.MemberID(fmt.Sprintf("q%d", i)), Name: fmt.Sprintf("群众%02d", i), Kind: meeting.Mass})
	}
	return p
}

// Rules returns the rules of a preset after the changes; nil is no change. No gate
// is red in them: most tests hold a meeting without the work before it.
func Rules(t TB, id string, changes ...func(*preset.Rules)) *preset.Rules {
	t.Helper()
	rules, err := preset.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(rules.Gates, func(_, level string) bool { return level == preset.Red })
	if len(rules.Gates) == 0 {
		rules.Gates = nil // as it is read from the log
	}
	for _, change := range changes {
		if change != nil {
			change(rules)
		}
	}
	return rules
}

// SampleBranch returns the branch that tests found.
func SampleBranch() meeting.Branch {
	return meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}
}
