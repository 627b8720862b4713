package meeting

import (
	"iter"
	"slices"
)

// vector is a list that is never changed: with another element it is another list,
// which shares all but one chunk with this one. So one of twenty thousand records is
// written without a copy of the others.
type vector[T any] struct {
	n      int
	chunks [][]*T // all but the last are full
}

// chunk is the number of elements of a full chunk.
const chunk = 256

func (v vector[T]) len() int { return v.n }

// get returns the element at i, from 0. Nobody changes it.
func (v vector[T]) get(i int) *T { return v.chunks[i/chunk][i%chunk] }

// all yields the elements in their order. Nobody changes them.
func (v vector[T]) all() iter.Seq[*T] {
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

// backward yields the elements from the last to the first.
func (v vector[T]) backward() iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := v.n - 1; i >= 0 && yield(v.get(i)); i-- {
		}
	}
}

// find returns the first element that is wanted, nil if there is none.
func (v vector[T]) find(want func(*T) bool) *T {
	for e := range v.all() {
		if want(e) {
			return e
		}
	}
	return nil
}

// with returns the list in which the element at i is e; i behind the last adds it.
// If the list is alone, which nobody else has, it is changed where it is.
func (v vector[T]) with(i int, e *T, alone bool) vector[T] {
	next := vector[T]{n: max(v.n, i+1), chunks: v.chunks}
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
