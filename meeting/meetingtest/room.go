package meetingtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
)

// GoodCode is every scrutineer's recovery code in a [Room].
const GoodCode = "天地玄黄宇宙洪荒日月盈昃"

// Afternoon returns the time at which sample meetings begin.
func Afternoon() time.Time { return time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC) }

// Door carries out a meeting's requests one after another, and has the newest
// state.
type Door interface {
	State() *meeting.State
	Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error)
}

// Memory is a door that keeps nothing but the state.
type Memory struct{ s *meeting.State }

// NewMemory returns a door without a branch.
func NewMemory() *Memory { return &Memory{meeting.Machine{Open: Plainly}.New()} }

// Plainly opens what a [Room] has put into the log in place of what a server
// seals: it is in the clear.
func Plainly(box []byte) ([]byte, bool) { return box, true }

// State returns the newest state.
func (m *Memory) State() *meeting.State { return m.s }

// Do decides a request and applies what follows from it.
func (m *Memory) Do(_ context.Context, r meeting.Request) ([]meeting.Event, error) {
	events, err := meeting.Decide(m.s, r)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		m.s = meeting.Apply(m.s, e)
	}
	return events, nil
}

// Room is a [Hall] on any door: real ballots, a clock that the test turns,
// codes that everybody knows. It does all that a screen needs of a room.
// Comments are kept in the clear until the box is opened. One goroutine uses
// it.
type Room struct {
	Door
	Urn    *Urn
	Tick   time.Duration // how far the clock moves before each command
	Broken error         // the answer to every command, if set
	Lost   error         // the same, but the command was recorded
	Behind error         // why the state may be behind, for a minute; nil: it is not
	Jump   time.Duration // by how much the machine's clock is ahead of the room's

	now     time.Time
	shown   map[meeting.MemberID]bool             // whose code was shown
	held    map[meeting.MemberID]bool             // whose key is in memory
	choices map[meeting.MemberID]meeting.Choices  // by voter
	own     *Room                                 // while it holds a rehearsal
	done    map[meeting.RequestID][]meeting.Event // the newest request that had an id
}

// NewRoom returns a room in memory.
func NewRoom() *Room { return NewRoomOn(NewMemory()) }

// NewRoomOn returns a room on a door.
func NewRoomOn(d Door) *Room {
	return &Room{
		Door: d, Urn: newUrn(), now: Afternoon(), shown: map[meeting.MemberID]bool{}, held: map[meeting.MemberID]bool{},
		choices: map[meeting.MemberID]meeting.Choices{},
	}
}

// Copy returns a room in memory that goes on by itself from here.
func (r *Room) Copy() *Room {
	c := *r
	c.Door, c.Urn = &Memory{r.State()}, r.Urn.copy()
	c.shown, c.held, c.choices = maps.Clone(r.shown), maps.Clone(r.held), maps.Clone(r.choices)
	return &c
}

// Becomes replaces the room's state.
func (r *Room) Becomes(s *meeting.State) { r.Door = &Memory{s} }

// Happens applies a fact that nobody decided: where deciding would take a whole
// ceremony, or would be refused.
func (r *Room) Happens(by meeting.MemberID, f meeting.Fact) {
	r.now = r.now.Add(r.Tick)
	r.Becomes(meeting.Apply(r.State(), meeting.Event{By: by, At: r.now, Fact: f}))
}

// Now returns the time of the room's clock.
func (r *Room) Now() time.Time { return r.now }

// Ahead returns what the test says.
func (r *Room) Ahead() time.Duration { return r.Jump }

// Later moves the room's clock on.
func (r *Room) Later(d time.Duration) { r.now = r.now.Add(d) }

// Watch returns a channel that says at once that the state has moved.
func (r *Room) Watch() (moved <-chan struct{}, stop func()) {
	closed := make(chan struct{})
	close(closed)
	return closed, func() {}
}

// Stale tells that the room is behind, for a minute, if the test says so.
func (r *Room) Stale() (since time.Time, why error) { return r.now.Add(-time.Minute), r.Behind }

// Act does what somebody asks for, at the time of the room's clock.
func (r *Room) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActOnce(ctx, "", who, c)
}

// ActOnce is Act for a request that may be sent again under the same id: it is
// done once.
func (r *Room) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	if r.Broken != nil {
		return nil, r.Broken
	}
	if events := r.done[id]; events != nil {
		return events, nil
	}
	r.now = r.now.Add(r.Tick)
	if o, unsigned := c.(meeting.HandInOpinion); unsigned {
		no := meeting.LastUnsigned - r.State().Opinions.Unsigned()*617%(meeting.LastUnsigned-meeting.FirstUnsigned)
		values, refused := r.State().CheckUnsigned(who, o.Values)
		if refused != nil {
			return nil, refused
		}
		o.Box, _ = meeting.UnsignedOpinion{No: no, Values: values}.Padded(0)
		c = o
	}
	events, err := r.Do(ctx, meeting.Request{ID: id, By: who, At: r.now, Do: c, Superior: Above(who)})
	if err != nil {
		return nil, err
	}
	if _, closed := c.(meeting.CloseBox); closed {
		if err := r.noteHead(ctx); err != nil {
			return nil, err
		}
	}
	if id != "" {
		r.done = map[meeting.RequestID][]meeting.Event{id: events}
	}
	return events, r.Lost
}

// Above is who of the organisation has an id in a branch's log: org/s1 is 上级s1.
func Above(who meeting.MemberID) *meeting.Superior {
	id, above := strings.CutPrefix(string(who), string(meeting.SuperiorID("")))
	if !above {
		return nil
	}
	return &meeting.Superior{ID: meeting.MemberID(id), Name: "上级" + id, Post: "党总支书记"}
}

// noteHead notes what stands for the chain's head after the closing.
func (r *Room) noteHead(ctx context.Context) error {
	seq := r.State().Chronicle.Len()
	head := meeting.Head{Vote: r.State().Vote().No, Seq: seq, Hash: fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, seq)))}
	_, err := r.Do(ctx, meeting.Request{By: meeting.Keeper, At: r.now, Do: meeting.NoteHead{Head: head}})
	return err
}

// Code shows a scrutineer the recovery code.
func (r *Room) Code(who meeting.MemberID) (string, error) {
	if no := meeting.May(r.State(), who, meeting.ActSeal); no != nil {
		return "", no
	}
	r.shown[who] = true
	return GoodCode, nil
}

// Seal seals the box for somebody who has typed the code again. Where some
// scrutineers are enough, the last one joins the keys.
func (r *Room) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	if !r.shown[who] {
		return &meeting.Refusal{Code: meeting.CodeNotShown}
	}
	if no := wrongCode(code); no != nil {
		return no
	}
	if _, err := r.Act(ctx, who, r.Urn.Seal(r.State(), who)); err != nil {
		return err
	}
	r.held[who] = true
	if r.State().Threshold() == 0 || len(r.State().Sealers()) > 0 {
		return nil
	}
	return r.acts(ctx, meeting.Keeper, r.Urn.Join(r.State()))
}

// wrongCode refuses a code that is not [GoodCode].
func wrongCode(code string) *meeting.Refusal {
	typed, good := []rune(strings.ReplaceAll(code, " ", "")), []rune(GoodCode)
	if len(typed) != len(good) {
		return &meeting.Refusal{Code: meeting.CodeLength, Args: []string{fmt.Sprint(len(typed))}}
	}
	for i := range good {
		if typed[i] != good[i] {
			return &meeting.Refusal{Code: meeting.CodeWordWrong, Args: []string{fmt.Sprint(i + 1)}}
		}
	}
	return nil
}

// Holds reports whether a scrutineer's key is in memory.
func (r *Room) Holds(who meeting.MemberID) bool { return r.held[who] }

// Forgets forgets scrutineers' keys, as a restart of the server does. Their
// codes bring the keys back.
func (r *Room) Forgets(who ...meeting.MemberID) {
	for _, id := range who {
		delete(r.held, id)
	}
}

// Open opens the box, for a reason where a gate is shut.
func (r *Room) Open(ctx context.Context, who meeting.MemberID, reason string) error {
	clear(r.choices)
	open := r.Urn.Open(r.State())
	open.Reason = reason
	return r.acts(ctx, who, open)
}

// Prepare does nothing: this room works nothing ahead.
func (r *Room) Prepare(meeting.MemberID, meeting.Choices, bool) {}

// Cast puts a ballot into the box, and keeps the choices.
func (r *Room) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	cast, no := r.Urn.cast(r.State(), who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	events, err := r.Act(ctx, who, cast)
	if err != nil {
		return meeting.Receipt{}, err
	}
	r.choices[who] = meeting.Choices{Grades: maps.Clone(c.Grades), Comments: maps.Clone(c.Comments)}
	f := events[0].Fact.(meeting.BallotCast)
	return meeting.Receipt{Code: f.Receipt, Times: f.Times}, nil
}

// CommentsOf returns the comments of somebody's last ballot.
func (r *Room) CommentsOf(who meeting.MemberID) map[meeting.MemberID]string {
	return r.choices[who].Comments
}

// GradesOf returns the grades of somebody's last ballot.
func (r *Room) GradesOf(who meeting.MemberID) map[meeting.MemberID]meeting.Grade {
	return r.choices[who].Grades
}

// Unseal opens the closed box with the server's key and a scrutineer's, and
// before that the comments, if there are any.
func (r *Room) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	if !r.held[who] && code == "" {
		return &meeting.Refusal{Code: meeting.CodeMissing}
	}
	if no := wrongCode(code); !r.held[who] && no != nil {
		return no
	}
	if err := r.openComments(ctx); err != nil {
		return err
	}
	for _, owner := range []meeting.MemberID{meeting.Keeper, who} {
		if unsealed(r.State(), owner) {
			continue
		}
		if _, err := r.Act(ctx, owner, r.Urn.Unseal(r.State().Vote(), owner)); err != nil {
			return err
		}
	}
	return nil
}

func (r *Room) openComments(ctx context.Context) error {
	texts := map[meeting.MemberID][]string{}
	for _, voter := range slices.Sorted(maps.Keys(r.choices)) {
		for id, text := range r.choices[voter].Comments {
			texts[id] = append(texts[id], text)
		}
	}
	if len(texts) == 0 || r.State().Vote().Comments != nil {
		return nil
	}
	return r.acts(ctx, meeting.Keeper, meeting.OpenComments{Texts: texts})
}

// Rehearse replaces the meeting by a rehearsal with its box open, or puts the
// meeting back.
func (r *Room) Rehearse(ctx context.Context, who meeting.MemberID, on bool) error {
	if !on {
		*r = *r.own
		return nil
	}
	own := r.Copy()
	*r = *NewRoom()
	r.Urn.Dice, r.Tick, r.now, r.own = own.Urn.Dice, own.Tick, own.now, own
	for _, c := range []meeting.Command{
		meeting.Rehearse{Of: own.State(), Subjects: []string{"食堂的西红柿炒鸡蛋", "周一早上八点的课"}},
		meeting.NameScrutineers{IDs: []meeting.MemberID{who}},
	} {
		if _, err := r.Act(ctx, who, c); err != nil {
			return err
		}
	}
	if _, err := r.Code(who); err != nil {
		return err
	}
	if err := r.Seal(ctx, who, GoodCode); err != nil {
		return err
	}
	return r.Open(ctx, who, "")
}

// Rehearsing reports whether a rehearsal is on.
func (r *Room) Rehearsing() bool { return r.State().Rehearsal }

// Peek returns what is kept of somebody's trial ballots, with a stand-in for
// the record.
func (r *Room) Peek(_ context.Context, who meeting.MemberID) (meeting.Peek, error) {
	p, no := r.State().Peek(who)
	if no != nil {
		return p, no
	}
	p.Records = [][]byte{slices.Repeat([]byte{0xc1}, 300)}
	return p, nil
}

// acts is Act for callers who need only the error.
func (r *Room) acts(ctx context.Context, who meeting.MemberID, c meeting.Command) error {
	_, err := r.Act(ctx, who, c)
	return err
}
