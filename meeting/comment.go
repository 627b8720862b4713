package meeting

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"pingyi/meeting/ballot"
)

// ActComments reads anonymous comments.
const ActComments Action = "remarks"

var commentActions = []action{{ActComments, forMembers, ofVote((*State).mayReadComments)}}

// Why comments are refused.
const (
	NoComments      Code = "no-remarks"
	CommentTooLong  Code = "remark-too-long"  // characters, most
	TooManyComments Code = "too-many-remarks" // comments, most
)

// mayReadComments lets those who know the votes read all comments once the vote
// is counted, and subjects those on themselves.
func (s *State) mayReadComments(m Member, v *Vote) *Refusal {
	_, onBallot := s.question(m.ID)
	return first(v.standing(), need(v.State == BoxCounted, ResultLater),
		need(s.KnowsVotes(m.ID) || onBallot, ResultHeld))
}

// MaxComments is the number of comments that go with every ballot. A voter who
// wrote fewer gets empty ones on other subjects, so that nobody sees who had
// something to say.
const MaxComments = 5

// Written returns the comments that say something, tidied.
func (c Choices) Written() map[MemberID]string {
	m := map[MemberID]string{}
	for id, text := range c.Comments {
		if text = tidy(text); text != "" {
			m[id] = text
		}
	}
	return m
}

// SealComments encrypts what a voter wrote and adds empty comments on random
// subjects, so that their number, and the work, is always the same. Their order
// is random.
func (v *Vote) SealComments(e *ballot.Election, texts map[MemberID]string, rand io.Reader) ([]*ballot.Comment, error) {
	var list []*ballot.Comment
	err := v.eachComment(texts, rand, func(question int, text string) error {
		c, err := e.SealComment(question, text, rand)
		list = append(list, c)
		return err
	})
	return list, err
}

// eachComment calls seal for each comment that goes with a ballot, in random
// order: those that say something, and empty ones.
func (v *Vote) eachComment(texts map[MemberID]string, rand io.Reader, seal func(question int, text string) error) error {
	ids := slices.Collect(maps.Keys(texts))
	var order [MaxComments]int
	for i := range order {
		j, err := dice(i+1, rand)
		if err != nil {
			return err
		}
		order[i], order[j] = order[j], i
	}
	for _, n := range order {
		question, err := dice(len(v.Subjects), rand)
		if err != nil {
			return err
		}
		text := ""
		if n < len(ids) {
			question, text = slices.Index(v.Subjects, ids[n]), texts[ids[n]]
		}
		if err := seal(question, text); err != nil {
			return err
		}
	}
	return nil
}

// dice returns a random number from 0 to n-1; n is small.
func dice(n int, rand io.Reader) (int, error) {
	var b [8]byte
	if _, err := io.ReadFull(rand, b[:]); err != nil {
		return 0, err
	}
	return int(binary.BigEndian.Uint64(b[:]) % uint64(n)), nil //nolint:gosec // below n
}

// checkComments refuses comments that cannot go with a ballot: on somebody who
// is not graded, too long, too many, or with control characters.
func (s *State) checkComments(c Choices) *Refusal {
	v, comments := s.Vote(), c.Written()
	for id, text := range comments {
		switch chars := utf8.RuneCountInString(text); {
		case !s.Rules.Vote.Comments:
			return refuse(NoComments)
		case !slices.Contains(v.Subjects, id):
			return refuse(NotOnBallot, id)
		case chars > ballot.MaxComment:
			return refuse(CommentTooLong, chars, ballot.MaxComment)
		case badSpeech(text) != nil:
			return badSpeech(text)
		}
	}
	return need(len(comments) <= MaxComments, TooManyComments, len(comments), MaxComments)
}

// OpenComments is given by the server just before the last scrutineer opens the
// box: the comments that were opened with the scrutineers' keys, by subject.
// They do not tell which voter wrote one. A text that cannot be shown is left
// out, because no comment may keep the box from being opened.
type OpenComments struct{ Texts map[MemberID][]string }

func (c OpenComments) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	if r.By != Keeper {
		return nil, refuse(KeeperOnly)
	}
	if v == nil || v.State != BoxClosed || v.Comments != nil || !s.Rules.Vote.Comments {
		return nil, refuse(BoxNotOpen)
	}
	if no := v.confirmed(); no != nil {
		return nil, no
	}
	n, most := 0, 0
	for _, b := range v.Boxes {
		most += MaxComments * b.Returned.Len()
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
	return []Fact{CommentsOpened{Count: n, Texts: shown}}, nil
}

// CommentsOpened carries the anonymous comments, by subject. The texts are stored
// apart from the fact and are pruned with the ballots.
type CommentsOpened struct {
	Count int                   `json:"count"`
	Texts map[MemberID][]string `json:"-"`
}

func (f CommentsOpened) split() (Class, []byte) { //nolint:unparam // others have other classes
	blob, err := json.Marshal(f.Texts)
	if err != nil {
		return CommentBlob, nil // strings always can be written
	}
	return CommentBlob, blob
}

func (f CommentsOpened) joined(blob []byte) (Fact, error) {
	if len(blob) == 0 {
		return f, nil
	}
	return f, json.Unmarshal(blob, &f.Texts)
}

func (f CommentsOpened) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) {
		if v.Comments = f.Texts; v.Comments == nil {
			v.Comments = map[MemberID][]string{}
		}
	})
}

// CommentsOn returns the anonymous comments on a person that who may read:
// those who know the votes read everybody's, a subject their own.
func (s *State) CommentsOn(who, id MemberID) ([]string, *Refusal) {
	if no := May(s, who, ActComments); no != nil {
		return nil, no
	}
	if who != id && !s.KnowsVotes(who) {
		return nil, refuse(ResultHeld)
	}
	if no := s.known(id); no != nil {
		return nil, no
	}
	return s.Vote().Comments[id], nil
}
