package meeting

import (
	"slices"
	"unicode/utf8"

	"pingyi/meeting/ballot"
)

// Written are the remarks that say something, without what is around them.
func (c Choices) Written() map[MemberID]string {
	m := map[MemberID]string{}
	for id, text := range c.Remarks {
		if text = tidy(text); text != "" {
			m[id] = text
		}
	}
	return m
}

// checkRemarks refuses remarks that can't go with a ballot: on somebody who is
// not graded, too long, too many, or with control characters.
func (s *State) checkRemarks(c Choices) *Refusal {
	v, remarks := s.Vote(), c.Written()
	for id, text := range remarks {
		switch chars := utf8.RuneCountInString(text); {
		case !s.Rules.Vote.Remarks:
			return refuse(NoRemarks)
		case !slices.Contains(v.Subjects, id):
			return refuse(NotOnBallot, id)
		case chars > ballot.MaxRemark:
			return refuse(RemarkTooLong, chars, ballot.MaxRemark)
		case badSpeech(text) != nil:
			return badSpeech(text)
		}
	}
	return need(len(remarks) <= MaxRemarks, TooManyRemarks, len(remarks), MaxRemarks)
}

// OpenRemarks is the server's: it gives the remarks that were opened with the
// scrutineers' keys, by subject and shuffled, just before the last scrutineer
// opens the box. Which voter wrote one is not known to it. A text that cannot be
// shown is left out: nothing that a voter wrote keeps the box from being opened.
type OpenRemarks struct{ Texts map[MemberID][]string }

func (c OpenRemarks) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	if r.By != Keeper {
		return nil, refuse(KeeperOnly)
	}
	if v == nil || v.State != BoxClosed || v.Remarks != nil || !s.Rules.Vote.Remarks {
		return nil, refuse(BoxNotOpen)
	}
	n, most := 0, 0
	for _, b := range v.Boxes() {
		most += MaxRemarks * len(b.Slips)
	}
	shown := map[MemberID][]string{}
	for id, texts := range c.Texts {
		if !slices.Contains(v.Subjects, id) {
			return nil, refuse(NotOnBallot, id)
		}
		for _, text := range texts {
			if text = tidy(text); badSpeech(text) == nil {
				shown[id] = append(shown[id], text)
				n++
			}
		}
	}
	if n > most {
		return nil, refuse(BadBallot)
	}
	return []Fact{RemarksOpened{Count: n, Texts: shown}}, nil
}

// RemarksOpened carries the anonymous remarks, by subject. The texts are stored
// apart from the fact and are pruned with the ballots.
type RemarksOpened struct {
	Count int
	Texts map[MemberID][]string `json:"-"`
}

func (f RemarksOpened) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) {
		if v.Remarks = f.Texts; v.Remarks == nil {
			v.Remarks = map[MemberID][]string{}
		}
	})
}

// RemarksOn returns the anonymous remarks on a person that who may read:
// the committee and the console read everybody's, a subject their own.
func (s *State) RemarksOn(who, id MemberID) ([]string, *Refusal) {
	if no := May(s, who, ActRemarks); no != nil {
		return nil, no
	}
	if who != id && !s.onCommittee(who) && !s.runs(who) {
		return nil, refuse(ResultHeld)
	}
	return s.Vote().Remarks[id], nil
}
