package meeting

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// SeveralMeant refuses a number that several people have.
const SeveralMeant Code = "several-meant" // number

// People returns the people that a text means, in roster order: ids, names and
// numbers, and ranges of ids or numbers, such as 1-12,15 or m01-m12. A number
// means the party member whose 编号 ends with it. What a range leaves out on the
// roster it leaves out.
func (s *State) People(text string) ([]MemberID, *Refusal) {
	meant := map[MemberID]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，、;； \t\u3000", r) }) {
		ids, no := s.meant(word)
		if no != nil {
			return nil, no
		}
		for _, id := range ids {
			meant[id] = true
		}
	}
	var list []MemberID
	for _, m := range s.Roster {
		if meant[m.ID] {
			list = append(list, m.ID)
		}
	}
	return list, need(len(list) > 0, UnknownMember, text)
}

// meant returns whom one word of [State.People] means.
func (s *State) meant(word string) ([]MemberID, *Refusal) {
	if _, known := s.Member(MemberID(word)); known {
		return []MemberID{MemberID(word)}, nil
	}
	if same := s.Named(word); len(same) > 0 {
		return same, need(len(same) == 1, SeveralMeant, word)
	}
	if id, ok := s.Alike(word); ok {
		return []MemberID{id}, nil
	}
	word = width.Narrow.String(word)
	from, to, isRange := strings.Cut(strings.NewReplacer("－", "-", "–", "-", "—", "-", "~", "-", "～", "-").Replace(word), "-")
	if !isRange {
		to = from
	}
	prefix, low, ok := splitID(from)
	end, high, ok2 := splitID(to)
	if !ok || !ok2 || end != "" && end != prefix {
		return nil, refuse(UnknownMember, word)
	}
	seen := map[int]bool{}
	var ids []MemberID
	for _, m := range s.Roster {
		p, n, numbered := splitID(string(m.ID))
		if !numbered || n < low || n > high || prefix != p && (prefix != "" || !m.InParty()) {
			continue
		}
		if seen[n] {
			return nil, refuse(SeveralMeant, n)
		}
		seen[n], ids = true, append(ids, m.ID)
	}
	return ids, need(len(ids) > 0, UnknownMember, word)
}

// Alike returns the only person whose id is a text but for capitals and full-width
// letters and digits, as phones and input methods write them, and leading zeros.
func (s *State) Alike(text string) (id MemberID, ok bool) {
	text = foldedID(text)
	for _, m := range s.Roster {
		if foldedID(string(m.ID)) != text {
			continue
		}
		if ok {
			return "", false
		}
		id, ok = m.ID, true
	}
	return id, ok
}

// splitID parts an id such as m07 into its beginning and its number.
func splitID(id string) (prefix string, n int, ok bool) {
	prefix = strings.TrimRight(id, "0123456789")
	n, err := strconv.Atoi(id[len(prefix):])
	return prefix, n, err == nil
}

// SignInMany records that several people have come. Who is there already stays.
type SignInMany struct{ IDs []MemberID }

func (c SignInMany) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAbsent); no != nil {
		return nil, no
	}
	var facts []Fact
	for _, id := range c.IDs {
		if s.present(id) {
			continue
		}
		one, err := SignInFor{ID: id}.decide(s, r)
		if err != nil {
			return nil, err
		}
		facts = append(facts, one...)
	}
	if len(facts) == 0 {
		return nil, refuse(AlreadySignedIn)
	}
	return facts, nil
}

// RecordAbsences records the same reason for several people, for all or for
// none.
type RecordAbsences struct {
	IDs     []MemberID
	Reason  string
	Written bool
}

func (c RecordAbsences) decide(s *State, r Request) ([]Fact, error) {
	if no := first(May(s, r.By, ActAbsent), need(len(c.IDs) > 0, UnknownMember, "")); no != nil {
		return nil, no
	}
	var facts []Fact
	for _, id := range c.IDs {
		one, err := RecordAbsence{ID: id, Reason: c.Reason, Written: c.Written}.decide(s, r)
		if err != nil {
			return nil, err
		}
		facts = append(facts, one...)
	}
	return facts, nil
}
