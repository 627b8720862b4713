package paper

import (
	"pingyi/meeting"
)

// moment is something that happened, with the state before and after it.
type moment struct {
	meeting.Event
	Item          int // number of the item to which it belongs, 0 outside
	before, after *meeting.State
}

// replay plays the whole chronicle again. Ballots stay unread: what is on
// paper needs their receipts only, and to decode them all would take long.
func replay(s *meeting.State) []moment {
	var past []moment
	state := meeting.NewState()
	for _, c := range s.Chronicle.Forward() {
		m := moment{Event: c.Event, Item: c.Item, before: state}
		switch f := m.Fact.(type) {
		case meeting.BallotCast:
			m.Fact = f.Unread()
		case meeting.ItemOpened:
			m.Item = f.No
		}
		m.after = meeting.Apply(state, m.Event)
		state = m.after
		past = append(past, m)
	}
	return past
}

// during calls f for everything that happened during an item.
func (p *pen) during(item int, f func(moment)) {
	for _, m := range p.past {
		if m.Item == item {
			f(m)
		}
	}
}
