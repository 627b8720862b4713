package meeting

// ActWording gives an item words of its own.
const ActWording Action = "wording"

var wordingActions = []action{{ActWording, forConsole, (*State).untilOver}}

// maxWording is the longest text of an item, in characters: it stands on the
// wall, too.
const maxWording = 500

// WordItem gives an item words of its own, which are read out and shown to
// everybody while it is open; an empty text takes them away.
type WordItem struct {
	No   int
	Text string
}

func (c WordItem) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActWording); no != nil {
		return nil, no
	}
	if c.No < 1 || c.No > len(s.Agenda) {
		return nil, refuse(BadNumber, c.No, 1, len(s.Agenda))
	}
	if c.Text != "" {
		if bad := badLines(c.Text, maxWording); bad != nil {
			return nil, bad
		}
	}
	if tidy(c.Text) == s.Agenda[c.No-1].Text {
		return nil, nil
	}
	return []Fact{ItemWorded{No: c.No, Text: tidy(c.Text)}}, nil
}

// ItemWorded says which words of its own an item has.
type ItemWorded struct {
	No   int    `json:"no"`
	Text string `json:"text"` // "": none
}

func (f ItemWorded) apply(s *State, _ Event) {
	s.changeItem(f.No, func(it *Item) { it.Text = f.Text })
}
