package voter

import (
	"crypto/rand"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// asked is an election in which three people and the committee are graded.
func asked(t *testing.T) *ballot.Election {
	t.Helper()
	key, err := ballot.NewSecretKey(ballot.Ed25519, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	setup := ballot.Setup{Name: "第一党支部", Group: ballot.Ed25519, Trustees: []ballot.Trustee{public}}
	if setup.UUID, err = ballot.NewUUID(rand.Reader); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"m01 党员01", "m02 党员02", "m03 党员03"} {
		setup.Questions = append(setup.Questions, ballot.Question{Question: q, Answers: []string{"优秀", "合格"}, Max: 1})
	}
	setup.Questions = append(setup.Questions, ballot.Question{Question: "支部班子", Answers: []string{"好", "差"}, Max: 1})
	e, err := ballot.NewElection(setup)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func honest() paper {
	return paper{
		Subjects: []person{{"m01", "党员01"}, {"m02", "党员02"}, {"m03", "党员03"}},
		Grades:   []string{"优秀", "合格"}, Committee: []string{"好", "差"}, SelfVote: true, Comments: true,
	}
}

func TestAVoterKnowsEnoughToVote(t *testing.T) {
	e := asked(t)
	for _, me := range []person{{"m02", "党员02"}, {"m09", "党员09"}} {
		s := stateOf(me, honest(), e)
		if s == nil {
			t.Fatalf("%s does not get a ballot", me.ID)
		}
		rows, no := s.Rows(me.ID, meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m02": "合格"}, Branch: "差"})
		if no != nil || !slices.Equal(rows, []int{ballot.Abstain, 1, ballot.Abstain, 1}) {
			t.Errorf("%s: %v %v", me.ID, rows, no)
		}
		if got := s.Vote().Members().Fingerprint(); got != e.Short() {
			t.Errorf("the fingerprint is %s, not %s", got, e.Short())
		}
	}
	alone := honest()
	alone.SelfVote = false
	s := stateOf(person{"m02", "党员02"}, alone, e)
	if _, no := s.Rows("m02", meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m02": "合格"}}); no == nil || no.Code != meeting.NoSelfVote {
		t.Errorf("a grade for oneself: %v", no)
	}
}

// A server that shows other names, grades or another order than the election
// asks for would have choices counted for somebody else.
func TestABallotThatIsNotTheElectionsIsRefused(t *testing.T) {
	e := asked(t)
	me := person{"m02", "党员02"}
	for what, change := range map[string]func(*paper){
		"another order":     func(p *paper) { p.Subjects[0], p.Subjects[1] = p.Subjects[1], p.Subjects[0] },
		"another name":      func(p *paper) { p.Subjects[0].Name = "党员03" },
		"somebody less":     func(p *paper) { p.Subjects = p.Subjects[1:] },
		"somebody twice":    func(p *paper) { p.Subjects[2] = p.Subjects[0] },
		"grades turned":     func(p *paper) { slices.Reverse(p.Grades) },
		"a grade less":      func(p *paper) { p.Grades = p.Grades[:1] },
		"no committee":      func(p *paper) { p.Committee = nil },
		"a scale turned":    func(p *paper) { slices.Reverse(p.Committee) },
		"nothing":           func(p *paper) { *p = paper{} },
		"control character": func(p *paper) { p.Subjects[0].Name = "党员\x1b[2J01" },
	} {
		p := honest()
		change(&p)
		if stateOf(me, p, e) != nil {
			t.Errorf("%s: taken", what)
		}
	}
	if stateOf(person{"m09", "党员\x1b[2J"}, honest(), e) != nil || stateOf(person{}, honest(), e) != nil {
		t.Error("a strange voter is taken")
	}
}
