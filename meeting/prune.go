package meeting

// Prune ends the keeping of ciphertexts: after the superior's approval nobody
// needs them, and what is not kept cannot be opened later by scrutineers who
// kept their codes (ballot.md §4). The records stay, with the hashes of what
// was removed. Approval says on what decision, as 批复文号.
type Prune struct{ Approval string }

func (c Prune) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActPrune); no != nil {
		return nil, no
	}
	if bad := badText(c.Approval, 200); bad != nil {
		return nil, bad
	}
	return []Fact{CiphertextsPruned(c)}, nil
}

// CiphertextsPruned says that the ciphertexts of all votes are removed, and on
// what decision.
type CiphertextsPruned struct{ Approval string }

func (f CiphertextsPruned) apply(s *State, _ Event) { s.Pruned = f.Approval }
