package meeting

import (
	"maps"
	"slices"
)

// ActPrune removes blobs.
const ActPrune Action = "prune"

var pruneActions = []action{{ActPrune, forKeeper, (*State).mayPrune}}

// AlreadyPruned refuses to remove blobs that are gone.
const AlreadyPruned Code = "already-pruned"

// Prune removes the blobs of some classes. After the superior's approval nobody
// needs the ciphertexts, and scrutineers who kept their codes cannot open what
// is gone (BALLOT.md §4). The records stay, with the hashes of what was
// removed. Approval names the decision, such as 批复文号.
type Prune struct {
	Approval string
	Classes  []Class
}

func (c Prune) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActPrune); no != nil {
		return nil, no
	}
	if bad := badText(c.Approval, 200); bad != nil {
		return nil, bad
	}
	var classes []Class
	for _, class := range c.Classes {
		if !slices.Contains(Classes(), class) {
			return nil, refuse(UnknownWord, class, joinWords(Classes()))
		}
		if _, done := s.Pruned[class]; !done && !slices.Contains(classes, class) {
			classes = append(classes, class)
		}
	}
	if len(classes) == 0 {
		return nil, refuse(AlreadyPruned)
	}
	return []Fact{BlobsPruned{Approval: c.Approval, Classes: classes}}, nil
}

// mayPrune allows pruning once the meeting is over and its rating table, where
// there is one, handed in.
func (s *State) mayPrune(Member) *Refusal {
	return first(need(s.Phase == After, NotOver),
		need(s.Submitted || !s.rates(), NeverSubmitted), need(len(s.Pruned) < len(Classes()), AlreadyPruned))
}

// BlobsPruned says which classes of blobs were removed, and on what decision.
type BlobsPruned struct {
	Approval string  `json:"approval"`
	Classes  []Class `json:"classes"`
}

func (f BlobsPruned) apply(s *State, _ Event) {
	s.Pruned = maps.Clone(s.Pruned)
	if s.Pruned == nil {
		s.Pruned = map[Class]string{}
	}
	for _, class := range f.Classes {
		s.Pruned[class] = f.Approval
	}
}
