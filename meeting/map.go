package meeting

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
)

// Map is what is known of each of many people, or of other things that have a key. It
// is never changed: with another entry it is another map, which shares all but the way
// to that entry with this one. So one of two thousand signs in without a copy of the
// others. The zero Map is empty.
//
// The entries stand in a tree: which way leads to one, the hash of its key says, four
// bits at each fork.
type Map[K ~string, V any] struct {
	n    int
	root *fork[K, V]
}

// fork is an entry, and the ways that lead on from it.
type fork[K ~string, V any] struct {
	key   K
	value *V // nil: the entry was taken out, and the ways lead on
	ways  [1 << forkBits]*fork[K, V]
}

// forkBits is how many bits of a hash choose the way.
const forkBits = 4

// seed makes the shape of the trees nobody's choice.
var seed = maphash.MakeSeed()

// Len returns the number of entries.
func (m Map[K, V]) Len() int { return m.n }

// Get returns the value of k; ok is false if there is none.
func (m Map[K, V]) Get(k K) (v V, ok bool) {
	at := m.root
	for way := maphash.String(seed, string(k)); at != nil && at.key != k; way >>= forkBits {
		at = at.ways[way%(1<<forkBits)]
	}
	if at == nil || at.value == nil {
		return v, false
	}
	return *at.value, true
}

// Of returns the value of k, the zero value if there is none.
func (m Map[K, V]) Of(k K) V {
	v, _ := m.Get(k)
	return v
}

// Has reports whether there is a value of k.
func (m Map[K, V]) Has(k K) bool {
	_, ok := m.Get(k)
	return ok
}

// All yields the entries in no order, as a range over a map of the language.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.root.all(yield) }
}

func (f *fork[K, V]) all(yield func(K, V) bool) (more bool) {
	if f == nil {
		return true
	}
	if f.value != nil && !yield(f.key, *f.value) {
		return false
	}
	for _, next := range f.ways {
		if !next.all(yield) {
			return false
		}
	}
	return true
}

// With returns the map in which k has the value v.
func (m Map[K, V]) With(k K, v V) Map[K, V] { return m.with(k, &v, false) }

// with returns the map in which k has the value v; nil takes it out. If the map is
// alone, which nobody else has, it is changed where it is.
func (m Map[K, V]) with(k K, v *V, alone bool) Map[K, V] {
	at := &m.root
	for way := maphash.String(seed, string(k)); *at != nil; way >>= forkBits {
		if !alone {
			copied := **at
			*at = &copied
		}
		if (*at).key == k {
			break
		}
		at = &(*at).ways[way%(1<<forkBits)]
	}
	if *at == nil {
		*at = &fork[K, V]{key: k}
	}
	if had := (*at).value != nil; had {
		m.n--
	}
	if (*at).value = v; v != nil {
		m.n++
	}
	return m
}

// String writes the map as one of the language.
func (m Map[K, V]) String() string { return fmt.Sprint(maps.Collect(m.All())) }

// MarshalJSON writes the map as one of the language; null if nothing was ever in it.
func (m Map[K, V]) MarshalJSON() ([]byte, error) {
	if m.root == nil {
		return []byte("null"), nil
	}
	return json.Marshal(maps.Collect(m.All()))
}
