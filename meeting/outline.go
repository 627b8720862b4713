package meeting

import "time"

// ActOutline keeps one's own outline.
const ActOutline Action = "outline"

var outlineActions = []action{{ActOutline, forMembers, (*State).mayOutline}}

func (s *State) mayOutline(m Member) *Refusal {
	return first(need(m.InParty(), PartyOnly), s.untilOver(m))
}

// Outline is a member's own 发言提纲 (DOMAIN.md §4.9): notes to speak from.
// Nobody else reads it, and it stands on no paper.
type Outline struct {
	Text string
	At   time.Time // of the newest text
}

// OutlineOf returns a person's outline; ok is false if there is none, or it was
// pruned. Show it to that person only.
func (s *State) OutlineOf(who MemberID) (o Outline, ok bool) {
	o = s.Outlines[who]
	return o, o.Text != ""
}

// KeepOutline replaces the caller's outline. It can be changed until the
// meeting is over.
type KeepOutline struct{ Text string }

func (c KeepOutline) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActOutline); no != nil {
		return nil, no
	}
	if bad := badSpeech(c.Text); bad != nil {
		return nil, bad
	}
	text := tidy(c.Text)
	if s.Outlines[r.By].Text == text {
		return nil, nil
	}
	return []Fact{OutlineKept{Text: text}}, nil
}

// OutlineKept carries a member's outline. The text is stored apart from the
// fact, so that no exported log holds it, and can be pruned.
type OutlineKept struct {
	Text string `json:"-"`
}

func (f OutlineKept) split() (Class, []byte) { return PrivateBlob, []byte(f.Text) }

func (f OutlineKept) joined(blob []byte) (Fact, error) { //nolint:unparam // others may fail
	return OutlineKept{Text: string(blob)}, nil
}

func (f OutlineKept) apply(s *State, e Event) {
	s.Outlines = with(s.Outlines, e.By, Outline{Text: f.Text, At: e.At})
}
