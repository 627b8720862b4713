package meeting

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
)

// List is a list that is never changed: with another element it is another list,
// which shares all but one chunk with this one. So one of twenty thousand records is
// written without a copy of the others.
type List[T any] struct {
	n      int
	chunks [][]*T // all but the last are full
}

// chunk is the number of elements of a full chunk.
const chunk = 256

// Len returns the number of elements.
func (v List[T]) Len() int { return v.n }

// get returns the element at i, from 0. Nobody changes it.
func (v List[T]) get(i int) *T { return v.chunks[i/chunk][i%chunk] }

// Last returns the last element of a list that has one. Nobody changes it.
func (v List[T]) Last() *T { return v.get(v.n - 1) }

// All yields the elements in their order. Nobody changes them.
func (v List[T]) All() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, c := range v.chunks {
			for _, e := range c {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// index returns where the first element that is wanted stands, -1 if there is none.
func (v List[T]) index(want func(*T) bool) int {
	for i := range v.n {
		if want(v.get(i)) {
			return i
		}
	}
	return -1
}

// having is the list of those that are wanted.
func (v List[T]) having(want func(*T) bool) (some List[T]) {
	for e := range v.All() {
		if want(e) {
			some = some.with(some.n, e, true)
		}
	}
	return some
}

// find returns the first element that is wanted, nil if there is none.
func (v List[T]) find(want func(*T) bool) *T {
	for e := range v.All() {
		if want(e) {
			return e
		}
	}
	return nil
}

// String writes the list as one of the language.
func (v List[T]) String() string { return fmt.Sprintf("%+v", v.values()) }

// MarshalJSON writes the list as one of the language.
func (v List[T]) MarshalJSON() ([]byte, error) { return json.Marshal(v.values()) }

func (v List[T]) values() (list []T) {
	for e := range v.All() {
		list = append(list, *e)
	}
	return list
}

// with returns the list in which the element at i is e; i behind the last adds it.
// If the list is alone, which nobody else has, it is changed where it is.
func (v List[T]) with(i int, e *T, alone bool) List[T] {
	next := List[T]{n: max(v.n, i+1), chunks: v.chunks}
	if !alone {
		next.chunks = slices.Clone(v.chunks)
	}
	if i/chunk == len(next.chunks) {
		next.chunks = append(next.chunks, nil)
	}
	one := &next.chunks[i/chunk]
	switch {
	case i < v.n && alone:
		(*one)[i%chunk] = e
	case i < v.n:
		*one = replaced(*one, i%chunk, e)
	case alone:
		*one = append(*one, e)
	default:
		*one = append(slices.Clip(*one), e)
	}
	return next
}
