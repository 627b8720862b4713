package org_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
)

var spring = time.Date(2017, 3, 1, 9, 0, 0, 0, time.UTC)

// play is an organisation whose log is kept in memory.
type play struct {
	t   *testing.T
	s   *org.State
	log []string
}

// does has the keeper do something, and keeps the records.
func (p *play) does(c org.Command) {
	p.t.Helper()
	events, err := org.Decide(p.s, org.Request{ID: "r1", At: spring, Do: c})
	if err != nil {
		p.t.Fatalf("%T: %v", c, err)
	}
	for _, e := range events {
		body, class, blob, err := org.Machine{}.Encode(e)
		if err != nil || class != "" || blob != nil {
			p.t.Fatal(class, blob, err)
		}
		p.log = append(p.log, string(body))
		p.s = org.Apply(p.s, e)
	}
}

func (p *play) refused(by meeting.MemberID, c org.Command, want meeting.Code, args ...string) {
	p.t.Helper()
	var no *meeting.Refusal
	if _, err := org.Decide(p.s, org.Request{By: by, At: spring, Do: c}); !errors.As(err, &no) || no.Code != want || args != nil && !slices.Equal(no.Args, args) {
		p.t.Errorf("%T: %v, want %s %q", c, err, want, args)
	}
}

func (p *play) faulty(c org.Command, want org.Code) {
	p.t.Helper()
	var no *org.Fault
	if _, err := org.Decide(p.s, org.Request{At: spring, Do: c}); !errors.As(err, &no) || no.Code != want {
		p.t.Errorf("%T: %v, want %s", c, err, want)
	}
}

func person(id, name, post string) org.Person {
	return org.Person{ID: meeting.MemberID(id), Name: name, Post: post}
}

// year is an organisation with one person left, and a code.
func year(t *testing.T) *play {
	p := &play{t: t, s: org.Machine{}.New()}
	p.refused("", org.AddPerson{Person: person("s1", "书记甲", "")}, meeting.NotFounded)
	p.does(org.Found{Name: "某党总支"})
	p.does(org.AddPerson{Person: person("s1", "书记甲", "书记")})
	p.does(org.AddPerson{Person: person("s2", "委员乙", "")})
	p.does(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s1": "aa", "s2": "bb"}})
	p.does(org.RemovePerson{ID: "s2"})
	p.does(org.IssueCodes{})
	p.does(org.SetYear{Year: notice(t)})
	return p
}

func TestWhoWorksInTheOrganisation(t *testing.T) {
	p := year(t)
	want := &org.State{
		Name: "某党总支", People: []org.Person{person("s1", "书记甲", "书记")},
		Codes: map[meeting.MemberID]string{"s1": "aa"}, Former: map[string]meeting.MemberID{"bb": "s2"}, At: spring,
	}
	year := notice(t)
	want.Year = &year
	if !reflect.DeepEqual(p.s, want) {
		t.Errorf("%+v", p.s)
	}
	p.refused("s1", org.RemovePerson{ID: "s1"}, meeting.KeeperOnly)
	p.refused("", org.Found{Name: "另一个"}, meeting.BranchExists)
	p.faulty(org.AddPerson{Person: person("s1", "另一人", "")}, org.IDTaken)
	p.refused("", org.AddPerson{Person: person("s3", " ", "")}, meeting.FieldText, "姓名", "text-missing")
	long := strings.Repeat("长", 61)
	p.refused("", org.AddPerson{Person: person("s3", long, "书记")}, meeting.FieldText, "姓名", "text-too-long", "61", "60")
	p.refused("", org.AddPerson{Person: person("s3", "李某", long)}, meeting.FieldText, "职务", "text-too-long", "61", "60")
	p.refused("", org.AddPerson{Person: person("s3", "书记丙", "\x1b[2J")}, meeting.FieldText, "职务", "control-characters")
	for _, id := range []string{"", "s 3"} {
		p.refused("", org.AddPerson{Person: person(id, "书记丙", "")}, meeting.BadID)
	}
	for _, id := range []string{"screen", "booth", "org"} {
		p.faulty(org.AddPerson{Person: person(id, "书记丙", "")}, org.IDReserved)
	}
	p.faulty(org.RemovePerson{ID: "s2"}, org.PersonUnknown)
	p.faulty(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s2": "cc"}}, org.PersonUnknown)
	fresh := &play{t: t, s: org.Machine{}.New()}
	fresh.refused("", org.Found{Name: ""}, meeting.TextMissing)
}

// What is written is fixed: names, version, and what they lead to.
func TestTheRecordsOfAnOrganisation(t *testing.T) {
	p := year(t)
	want := []string{
		`{"id":"r1","kind":"founded","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"name":"某党总支"}}`,
		`{"id":"r1","kind":"person-added","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"id":"s1","name":"书记甲","post":"书记"}}`,
		`{"id":"r1","kind":"person-added","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"id":"s2","name":"委员乙"}}`,
		`{"id":"r1","kind":"codes-issued","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"hashes":{"s1":"aa","s2":"bb"}}}`,
		`{"id":"r1","kind":"person-removed","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"id":"s2"}}`,
		`{"id":"r1","kind":"year-set","v":1,"by":"","at":"2017-03-01T09:00:00Z","fact":{"year":{"year":2016,"title":"某通知","dates":[{"step":"plan","from":"2017-03-13","to":"2017-03-16"},{"step":"meeting","to":"2017-03-23"}],"months":[{"month":"2017-02","topics":["党章","准则"],"hours":4}],"assess":{"total":10},"indicators":[{"id":"1","group":"学习","text":"按月学习","points":10,"months":[2]}]}}}`,
	}
	if !reflect.DeepEqual(p.log, want) {
		t.Errorf("%q", p.log)
	}
	m := org.Machine{}
	s := m.New()
	for _, body := range want {
		e, err := m.Decode([]byte(body), nil)
		if err != nil {
			t.Fatal(err)
		}
		s = m.Apply(s, e)
	}
	if !reflect.DeepEqual(s, p.s) {
		t.Errorf("read back: %+v", s)
	}
	for _, body := range []string{
		``, `[]`, `{"kind":"founded","v":2,"fact":{"name":"某党总支"}}`, `{"kind":"founded","fact":{"name":"某党总支"}}`,
		`{"kind":"year-set","v":1,"fact":[]}`, `{"kind":"signed-in","v":1,"fact":{}}`, `{"kind":"founded","v":1,"fact":[]}`, `{"kind":"founded","v":1}`,
	} {
		if _, err := m.Decode([]byte(body), nil); !errors.Is(err, org.ErrRecord) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestTimeNeverRunsBack(t *testing.T) {
	p := year(t)
	events, err := org.Decide(p.s, org.Request{At: spring.Add(-time.Hour), Do: org.RemovePerson{ID: "s1"}})
	if err != nil || !events[0].At.Equal(spring) {
		t.Errorf("%+v, %v", events, err)
	}
}

// A state that was published stays as it was.
func TestPublishedStatesStay(t *testing.T) {
	p := year(t)
	was := *p.s
	before := was.People[0]
	p.does(org.AddPerson{Person: person("s3", "书记丙", "")})
	p.does(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s1": "dd"}})
	p.does(org.RemovePerson{ID: "s1"})
	if len(was.People) != 1 || was.People[0] != before || was.Codes["s1"] != "aa" {
		t.Errorf("%+v", was)
	}
}
