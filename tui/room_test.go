package tui

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// testRoom is a Room in memory: the real meeting and the real ballots, a clock
// that the test turns, randomness that repeats itself.
type testRoom struct {
	s        *meeting.State
	now      time.Time
	rand     io.Reader
	keys     map[meeting.MemberID]*ballot.SecretKey
	codes    map[meeting.MemberID]string
	private  map[meeting.MemberID]string
	shares   map[meeting.MemberID]*ballot.ThresholdKey        // where some scrutineers are enough
	comments map[meeting.MemberID]map[meeting.MemberID]string // by voter: the hall has them encrypted
	own      *testRoom                                        // while it holds a rehearsal
	broken   error                                            // what every Act answers, if set
	lost     error                                            // the same, but it was recorded
	done     map[meeting.RequestID][]meeting.Event            // what has an id
}

type secretKey = ballot.SecretKey

const goodCode = "天地玄黄宇宙洪荒日月盈昃"

func newRoom(t testing.TB, id string, people []meeting.Member) *testRoom {
	t.Helper()
	rules, err := preset.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return newRoomWith(t, rules, people)
}

func newRoomWith(t testing.TB, rules *preset.Rules, people []meeting.Member) *testRoom {
	t.Helper()
	r := &testRoom{
		s: meeting.NewState(), now: time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC), rand: rand.NewChaCha8([32]byte{7}),
		keys: map[meeting.MemberID]*ballot.SecretKey{}, codes: map[meeting.MemberID]string{}, private: map[meeting.MemberID]string{},
		shares: map[meeting.MemberID]*ballot.ThresholdKey{}, comments: map[meeting.MemberID]map[meeting.MemberID]string{},
	}
	branch := meeting.Branch{ID: "b1", Name: "第一党支部", Org: "某党总支"}
	for _, c := range []meeting.Command{meeting.Found{Branch: branch, Rules: rules}, meeting.ImportRoster{People: people}} {
		if err := r.act(context.Background(), meeting.Keeper, c); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// branchOf is a branch of n: m03 is the secretary, m02 and m04 sit on the
// committee, the last is 预备; a guide and a 群众代表 come beside.
func branchOf(n int) []meeting.Member {
	var people []meeting.Member
	for i := 1; i <= n; i++ {
		m := meeting.Member{ID: meeting.MemberID(fmt.Sprintf("m%02d", i)), Name: fmt.Sprintf("党员%02d", i), Kind: meeting.Formal}
		switch i {
		case 2:
			m.PartyPost = "组织委员"
		case 3:
			m.PartyPost = "书记"
		case 4:
			m.PartyPost = "宣传委员"
		case n:
			m.Kind = meeting.Probationary
		}
		people = append(people, m)
	}
	return append(people,
		meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest, PartyPost: "指导"},
		meeting.Member{ID: "q1", Name: "群众01", Kind: meeting.Mass})
}

// copy is a room that goes on by itself from here.
func (r *testRoom) copy() *testRoom {
	c := *r
	c.keys, c.codes, c.private = maps.Clone(r.keys), maps.Clone(r.codes), maps.Clone(r.private)
	c.shares, c.comments = maps.Clone(r.shares), maps.Clone(r.comments)
	c.rand = rand.NewChaCha8([32]byte{byte(r.s.Chronicle.Len())})
	return &c
}

func (r *testRoom) State() *meeting.State { return r.s }
func (r *testRoom) Now() time.Time        { return r.now }

func (r *testRoom) Watch() (<-chan struct{}, func()) {
	closed := make(chan struct{})
	close(closed) // the play says itself when the state has moved
	return closed, func() {}
}

func (r *testRoom) act(ctx context.Context, who meeting.MemberID, c meeting.Command) error {
	_, err := r.Act(ctx, who, c)
	return err
}

func (r *testRoom) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActOnce(ctx, "", who, c)
}

func (r *testRoom) ActOnce(_ context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	if r.broken != nil {
		return nil, r.broken
	}
	if events := r.done[id]; events != nil {
		return events, nil
	}
	events, err := meeting.Decide(r.s, meeting.Request{By: who, At: r.now, Do: c})
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		r.s = meeting.Apply(r.s, e)
	}
	if id != "" {
		r.done = map[meeting.RequestID][]meeting.Event{id: events}
	}
	return events, r.lost
}

func (r *testRoom) Prepare(meeting.MemberID, meeting.Choices) {}

func (r *testRoom) Code(who meeting.MemberID) (string, error) {
	if no := meeting.May(r.s, who, meeting.ActSeal); no != nil {
		return "", no
	}
	r.codes[who] = goodCode
	return goodCode, nil
}

func (r *testRoom) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	if r.codes[who] == "" {
		return &meeting.Refusal{Code: meeting.CodeNotShown}
	}
	if strings.ReplaceAll(code, " ", "") != r.codes[who] {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	if r.s.Threshold() > 0 {
		return r.sealShare(ctx, who)
	}
	key, err := ballot.NewSecretKey(meeting.Group, r.rand)
	if err != nil {
		return err
	}
	public, err := key.Public(r.rand)
	if err != nil {
		return err
	}
	r.keys[who] = key
	return r.act(ctx, who, meeting.Seal{Trustee: public})
}

// sealShare seals where some scrutineers are enough; the last one joins the keys.
func (r *testRoom) sealShare(ctx context.Context, who meeting.MemberID) error {
	v := r.s.Vote()
	r.shares[who] = ballot.NewThresholdKey(meeting.Group, []byte("seed of "+who))
	place := ballot.Position{Index: slices.Index(v.Scrutineers, who) + 1, Size: len(v.Scrutineers), Threshold: r.s.Threshold()}
	certificate, err := r.shares[who].Certificate(place, r.rand)
	if err != nil {
		return err
	}
	if err := r.act(ctx, who, meeting.Seal{Certificate: certificate}); err != nil || len(r.s.Sealers()) > 0 {
		return err
	}
	var certificates, polynomials, shares [][]byte
	for _, id := range v.Scrutineers {
		certificates = append(certificates, r.s.Vote().Shares.Certificates[id])
	}
	for _, id := range v.Scrutineers {
		p, err := r.shares[id].Polynomial(certificates, r.rand)
		if err != nil {
			return err
		}
		polynomials = append(polynomials, p)
	}
	for _, id := range v.Scrutineers {
		share, err := r.shares[id].Share(certificates, polynomials, r.rand)
		if err != nil {
			return err
		}
		shares = append(shares, share)
	}
	trustee, boxes, err := ballot.NewThresholdTrustee(meeting.Group, certificates, polynomials, shares)
	if err != nil {
		return err
	}
	join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
	for i, id := range v.Scrutineers {
		join.Shares[id] = boxes[i]
		if r.keys[id], err = r.shares[id].Open(boxes[i]); err != nil {
			return err
		}
	}
	return r.act(ctx, meeting.Keeper, join)
}

func (r *testRoom) Holds(who meeting.MemberID) bool { return r.keys[who] != nil }

func (r *testRoom) Open(ctx context.Context, who meeting.MemberID) error {
	key, err := ballot.NewSecretKey(meeting.Group, r.rand)
	if err != nil {
		return err
	}
	r.keys[meeting.Keeper] = key
	open := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		if voters := r.s.Electorate(channel); len(voters) > 0 {
			if open.Elections[channel], err = r.election(voters); err != nil {
				return err
			}
		}
	}
	return r.act(ctx, who, open)
}

func (r *testRoom) election(voters []meeting.MemberID) (*ballot.Election, error) {
	uuid, err := ballot.NewUUID(r.rand)
	if err != nil {
		return nil, err
	}
	var public []string
	for _, id := range voters {
		if r.private[id], err = ballot.NewCredential(r.rand); err != nil {
			return nil, err
		}
		credential, err := ballot.PublicCredential(meeting.Group, uuid, r.private[id])
		if err != nil {
			return nil, err
		}
		public = append(public, credential)
	}
	slices.Sort(public)
	own, err := r.keys[meeting.Keeper].Public(r.rand)
	if err != nil {
		return nil, err
	}
	return ballot.NewElection(ballot.Setup{
		UUID: uuid, Name: r.s.Branch.Name, Description: "测评", Group: meeting.Group,
		Questions: r.s.Questions(), Trustees: append(r.s.Vote().Trustees(), own), Credentials: public,
	})
}

func (r *testRoom) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	rows, no := r.s.Rows(who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	box, _ := r.s.Vote().BoxOf(who)
	sheet, err := ballot.NewSheet(box.Election, r.private[who])
	if err != nil {
		return meeting.Receipt{}, err
	}
	for i, answer := range rows {
		if err := sheet.Choose(i, answer, r.rand); err != nil {
			return meeting.Receipt{}, err
		}
	}
	b, err := sheet.Seal(r.rand)
	if err != nil {
		return meeting.Receipt{}, err
	}
	if err := r.act(ctx, who, meeting.Cast{Ballot: b}); err != nil {
		return meeting.Receipt{}, err
	}
	r.comments[who] = maps.Clone(c.Comments)
	box, _ = r.s.Vote().BoxOf(who)
	return meeting.Receipt{Code: b.Tracker(), Times: box.Returned[who].Times}, nil
}

func (r *testRoom) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	if r.keys[who] == nil && code != goodCode {
		return &meeting.Refusal{Code: meeting.CodeWrong}
	}
	if r.s.Rules.Vote.Comments && r.s.Vote().Comments == nil {
		texts := map[meeting.MemberID][]string{}
		for _, voter := range slices.Sorted(maps.Keys(r.comments)) {
			for id, text := range r.comments[voter] {
				texts[id] = append(texts[id], text)
			}
		}
		if err := r.act(ctx, meeting.Keeper, meeting.OpenComments{Texts: texts}); err != nil {
			return err
		}
	}
	for _, owner := range []meeting.MemberID{meeting.Keeper, who} {
		if r.s.Vote().Members().Partials[owner] != nil {
			continue
		}
		unseal := meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{}}
		for _, box := range r.s.Vote().OpenedBoxes() {
			partial, err := box.Election.Decrypt(box.Tally, r.keys[owner], r.rand)
			if err != nil {
				return err
			}
			unseal.Partials[box.Channel] = partial
		}
		if err := r.act(ctx, owner, unseal); err != nil {
			return err
		}
	}
	return nil
}
