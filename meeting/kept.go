package meeting

import (
	"iter"
	"slices"
	"sort"
	"strings"
)

// kept are the records of one kind: by number, and by whom they name. Like [List] and
// [Map] they are never changed, so that what is asked of one person among two thousand
// is no walk over the records of all.
type kept struct {
	List[Record]
	names Map[MemberID, List[int]] // the numbers of the records that name or named somebody, ascending
}

// with are the records in which the one with its number is r, as [List.with]. known
// reports who is on the roster.
func (k kept) with(r *Record, known func(MemberID) bool, alone bool) kept {
	k.List = k.List.with(r.No-1, r, alone)
	for _, who := range r.named(known) {
		if numbers, more := including(k.names.Of(who), r.No, alone); more {
			k.names = k.names.with(who, &numbers, alone)
		}
	}
	return k
}

// including are ascending numbers with another one, which is the last but where an
// older record is rewritten; more is false if they have it.
func including(numbers List[int], no int, alone bool) (with List[int], more bool) {
	at := sort.Search(numbers.n, func(i int) bool { return *numbers.get(i) >= no })
	switch {
	case at == numbers.n:
		return numbers.with(at, &no, alone), true
	case *numbers.get(at) == no:
		return numbers, false
	}
	for i, n := range slices.Insert(numbers.values(), at, no) {
		with = with.with(i, &n, true)
	}
	return with, true
}

// naming yields the records that stand and are a person's own or name them, by number;
// who "" is everybody, and all that stand.
func (k kept) naming(who MemberID) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		if who == "" {
			for r := range k.All() {
				if !r.Struck && !yield(r) {
					return
				}
			}
			return
		}
		for no := range k.names.Of(who).All() {
			if r := k.get(*no - 1); !r.Struck && !yield(r) {
				return
			}
		}
	}
}

// ownedBy yields those of them that are a person's own.
func (k kept) ownedBy(who MemberID) iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		for r := range k.naming(who) {
			if r.Owner == who && !yield(r) {
				return
			}
		}
	}
}

// named are the owner of a record and those of the roster whose ids stand in a field,
// alone or in a list, some perhaps twice. Which fields hold people, a fact does not ask:
// who reads the records does.
func (r *Record) named(known func(MemberID) bool) []MemberID {
	ids := []MemberID{r.Owner}
	for _, value := range r.Values {
		switch {
		case known(MemberID(value)):
			ids = append(ids, MemberID(value))
		case strings.HasPrefix(value, `["`):
			ids = append(ids, slices.DeleteFunc(People(value), func(id MemberID) bool { return !known(id) })...)
		}
	}
	return ids
}
