package meeting

import (
	"fmt"
	"maps"
	"slices"
)

// ItemKinds are the kinds of items that have a row in the table, for the tests.
func ItemKinds() []string { return slices.Collect(maps.Keys(itemKinds)) }

// Kinds are the facts that can be stored, for the tests.
var Kinds = func() map[string]Fact {
	m := map[string]Fact{}
	for name, k := range kinds {
		m[name] = k.fact
	}
	return m
}()

// Voting puts a box in the place of a vote's boxes, for the tests.
func (v *Vote) Voting(b *Box) {
	b.voters = setOf(b.Voters)
	v.Boxes = []*Box{b}
	v.remembering()
}

// With is the list with another element, for the tests.
func (v List[T]) With(e T) List[T] { return v.with(v.n, &e, false) }

// Unnamed is a record that is not found by somebody whom it names, or is found twice,
// for the tests; "" if there is none.
func (s *State) Unnamed() string {
	for form, k := range s.kept {
		f, _ := form.form()
		for r := range k.All() {
			ids := []MemberID{r.Owner}
			for _, x := range f.Fields {
				if x.Type == PersonField || x.Type == PeopleField {
					ids = append(ids, r.People(x.Name)...)
				}
			}
			for _, who := range ids {
				_, known := s.Member(who)
				want := 0
				if known && !r.Struck {
					want = 1
				}
				if found := len(slices.DeleteFunc(slices.Collect(k.naming(who)), func(o *Record) bool { return o.No != r.No })); known && found != want {
					return fmt.Sprintf("%s %d is found %d times by %s", form, r.No, found, who)
				}
			}
		}
	}
	return ""
}

// RecordsOfAll are [State.Records], found by a walk over all, for the tests.
func (s *State) RecordsOfAll(who MemberID, form FormName) []Record {
	f, _ := form.form()
	return s.readBy(f, who, s.all(form))
}

// Naming are the numbers of the records that stand and name somebody, for the tests.
func (s *State) Naming(form FormName, who MemberID) (numbers []int) {
	for r := range s.kept[form].naming(who) {
		numbers = append(numbers, r.No)
	}
	return numbers
}

// Owed is with how many somebody has still to talk, and who the first few are, for the
// tests.
func (s *State) Owed(who MemberID) (n int, first []MemberID) {
	return s.talksOwedBy(who, s.talkedWith(who))
}

// Without is the map without k, for the tests.
func (m Map[K, V]) Without(k K) Map[K, V] { return m.with(k, nil, false) }
