package meeting

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"

	"pingyi/meeting/ballot"
)

// Why a ballot that its voter made on their own machine is refused.
const (
	BallotUnreadable Code = "ballot-unreadable"
	BallotForeign    Code = "ballot-foreign"   // made for another vote
	BallotNotYours   Code = "ballot-not-yours" // signed with another credential than the voter's
	BallotUnproven   Code = "ballot-unproven"  // where, as Belenios names it
	BallotAgain      Code = "ballot-again"     // cast before
	SelfRowNotBlank  Code = "self-row-not-blank"
	CommentsUnfit    Code = "remarks-unfit" // how many there must be
)

// Ready is a ballot that its voter made on their own machine, as the word cast
// takes it: the server never has the choices.
//
// Comments are [MaxComments] ([ballot.Election.HandComment]), or none: then the
// server adds empty ones, so that the log does not tell who had nothing to say.
// Blank shows that the voter's own row is blank where members do not grade
// themselves ([ballot.Sheet.ChooseBlank]).
type Ready struct {
	Ballot   json.RawMessage `json:"ballot"` // Belenios' record
	Comments [][]byte        `json:"remarks,omitempty"`
	Blank    []byte          `json:"blank,omitempty"`
}

// ReadReady reads a ready ballot: the JSON of a Ready, or Belenios' record
// alone, as belenios-tool makes it. What is neither is refused by [State.Take].
func ReadReady(data []byte) Ready {
	data = bytes.TrimSpace(data)
	var r Ready
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if dec.Decode(&r) != nil || dec.More() || len(r.Ballot) == 0 {
		return Ready{Ballot: data}
	}
	return r
}

// MakeReady encrypts a voter's choices on their own machine. s needs no more
// than what the voter may know of the vote. The error is a *[Refusal] if the
// choices break a rule; it never repeats one.
func (s *State) MakeReady(who MemberID, credential string, c Choices, rand io.Reader) (Ready, error) {
	rows, no := s.Rows(who, c)
	if no != nil {
		return Ready{}, no
	}
	v := s.Vote()
	box, _ := v.BoxOf(who)
	sheet, err := ballot.NewSheet(box.Election, credential)
	if err != nil {
		return Ready{}, err
	}
	defer sheet.Wipe()
	var r Ready
	for i, answer := range rows {
		if i == s.ownRow(who) {
			r.Blank, err = sheet.ChooseBlank(i, rand)
		} else {
			err = sheet.Choose(i, answer, rand)
		}
		if err != nil {
			return Ready{}, err
		}
	}
	b, err := sheet.Seal(rand)
	if err != nil {
		return Ready{}, err
	}
	r.Ballot = b.JSON()
	if !s.Rules.Vote.Comments {
		return r, nil
	}
	err = v.eachComment(c.Written(), rand, func(question int, text string) error {
		handed, err := box.Election.HandComment(b.Credential(), question, text, rand)
		r.Comments = append(r.Comments, handed)
		return err
	})
	return r, err
}

// ownRow returns the row in which a voter would grade themself where the rules
// forbid it; -1 if there is none.
func (s *State) ownRow(who MemberID) int {
	if s.Rules.Vote.SelfVote {
		return -1
	}
	return slices.Index(s.Vote().Subjects, who)
}

// Take checks a ready ballot of a voter, whose public credential the caller
// knows, and returns the command that casts it. It refuses one that is not made
// for this vote, not signed with this credential, or not proved.
func (s *State) Take(who MemberID, credential string, r Ready, rand io.Reader) (Cast, error) {
	if no := May(s, who, ActVote); no != nil {
		return Cast{}, no
	}
	v := s.Vote()
	box, _ := v.BoxOf(who)
	b, err := ballot.ParseBallot(box.Election, r.Ballot)
	if err != nil {
		return Cast{}, unfit(err)
	}
	if b.Credential() != credential {
		return Cast{}, refuse(BallotNotYours)
	}
	if err := box.Election.Check(b); err != nil {
		return Cast{}, unfit(err)
	}
	if own := s.ownRow(who); own >= 0 && b.CheckBlank(own, r.Blank) != nil {
		return Cast{}, refuse(SelfRowNotBlank)
	}
	cast := Cast{Ballot: b}
	cast.Comments, err = s.takeComments(box.Election, credential, r.Comments, rand)
	return cast, err
}

// takeComments checks the comments of a ready ballot, or makes empty ones.
func (s *State) takeComments(e *ballot.Election, credential string, handed [][]byte, rand io.Reader) ([]*ballot.Comment, error) {
	v := s.Vote()
	switch {
	case !s.Rules.Vote.Comments && len(handed) > 0:
		return nil, refuse(NoComments)
	case !s.Rules.Vote.Comments:
		return nil, nil
	case len(handed) == 0:
		return v.SealComments(e, nil, rand)
	case len(handed) != MaxComments:
		return nil, refuse(CommentsUnfit, MaxComments)
	}
	var list []*ballot.Comment
	for _, record := range handed {
		c, err := ballot.TakeComment(e, credential, record)
		if err != nil || c.Question() >= len(v.Subjects) {
			return nil, refuse(CommentsUnfit, MaxComments)
		}
		list = append(list, c)
	}
	return list, nil
}

// unfit turns what is wrong with a ballot into a refusal.
func unfit(err error) error {
	var e *ballot.Error
	switch {
	case errors.Is(err, ballot.WrongElection):
		return refuse(BallotForeign)
	case errors.Is(err, ballot.UnknownCredential):
		return refuse(BallotNotYours)
	case errors.Is(err, ballot.BadSignature), errors.Is(err, ballot.BadProof):
		if errors.As(err, &e) {
			return refuse(BallotUnproven, e.Part)
		}
	}
	return refuse(BallotUnreadable)
}
