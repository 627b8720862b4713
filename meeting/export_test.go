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
