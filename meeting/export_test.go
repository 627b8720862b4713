package meeting

import (
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

// Without is the map without k, for the tests.
func (m Map[K, V]) Without(k K) Map[K, V] { return m.with(k, nil, false) }
