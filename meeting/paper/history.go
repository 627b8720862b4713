package paper

import (
	"pingyi/meeting"
)

// moment is an event with the state before and after it.
type moment struct {
	meeting.Event
	Item          int // number of the item to which it belongs, 0 outside of all
	before, after *meeting.State
}

// replay folds the whole chronicle again. It leaves out the steps that were
// taken back. Ballots stay undecoded: papers need
// their receipts only, and decoding them all would take long.
func replay(s *meeting.State) []moment {
	var past []moment
	kept := map[int]bool{}
	for c := range s.Chronicle.Kept() {
		kept[c.N] = true
	}
	state := meeting.NewState()
	for _, c := range s.Chronicle.Forward() {
		m := moment{Event: c.Event, Item: c.Item, before: state}
		switch f := m.Fact.(type) {
		case meeting.BallotCast:
			m.Fact = f.Unread()
		case meeting.ItemOpened:
			m.Item = f.No
		case meeting.Noted:
			m.Item = f.Item
		}
		m.after = meeting.Apply(state, m.Event)
		state = m.after
		if kept[c.N] && !c.Aside() {
			past = append(past, m)
		}
	}
	return past
}

// during calls f for every event during an item.
func (p *pen) during(item int, f func(moment)) {
	for _, m := range p.past {
		if m.Item == item {
			f(m)
		}
	}
}
