package hall_test

import (
	"fmt"
	"io"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// atHome is a scrutineer's key that never is on the server.
type atHome struct {
	h   *house
	who meeting.MemberID
	key *ballot.SecretKey
}

func newAtHome(h *house, who meeting.MemberID) *atHome {
	h.t.Helper()
	key, err := ballot.NewSecretKey(meeting.Group, random{})
	if err != nil {
		h.t.Fatal(err)
	}
	return &atHome{h, who, key}
}

// gives seals with the next record: the whole key, or one of the joint key.
func (a *atHome) gives() {
	a.h.t.Helper()
	var record []byte
	var err error
	if ceremony, no := a.h.State().Ceremony(a.who); no == nil {
		record, err = ceremony.Next(a.key.Threshold(), random{})
	} else {
		var public ballot.Trustee
		public, err = a.key.Public(random{})
		record = public.JSON()
	}
	if err != nil {
		a.h.t.Fatal(err)
	}
	if err := a.h.SealOwn(a.h.t.Context(), a.who, record); err != nil {
		a.h.t.Fatal(a.who, err)
	}
}

// unseals reads each box as a closed archive and opens it with what belongs to
// the key, as pingyi trustee does.
func (a *atHome) unseals() {
	a.h.t.Helper()
	key := a.key
	if ceremony, no := a.h.State().Ceremony(a.who); no == nil {
		var err error
		if key, err = a.key.Threshold().Open(ceremony.Share); err != nil {
			a.h.t.Fatal(err)
		}
	}
	v := a.h.State().Vote()
	var all []byte
	for _, b := range v.OpenedBoxes() {
		in, out := io.Pipe()
		go func() { out.CloseWithError(b.Archive(out, v.Closed)) }()
		e, tally, report, err := ballot.ReadClosed(in)
		if err != nil || !report.OK() {
			a.h.t.Fatal(err, report)
		}
		p, err := e.DecryptAs(v.Owner(a.who), tally, key, random{})
		if err != nil {
			a.h.t.Fatal(err)
		}
		all = append(all, p.Marshal()...)
	}
	if err := a.h.UnsealOwn(a.h.t.Context(), a.who, ballot.SplitPartials(all)...); err != nil {
		a.h.t.Fatal(a.who, err)
	}
}

// A combination is one way to hold a vote.
type combination struct {
	threshold              int // of three scrutineers; 0: all
	own                    []meeting.MemberID
	mass, branch, comments bool
	scrutineers            []meeting.MemberID // who comes to open the box
}

func (c combination) String() string {
	return fmt.Sprintf("threshold %d, own %v, mass %v, committee %v, comments %v", c.threshold, c.own, c.mass, c.branch, c.comments)
}

// hold walks the whole vote: everybody grades 党员01 优秀 and the committee 好,
// 群众 grade 合格 and 较好.
func (c combination) hold(t *testing.T) *house {
	t.Helper()
	crowd := people(5)
	if c.mass {
		crowd = crowd.Mass(5)
	}
	h := newHouseWith(t, crowd, func(r *preset.Rules) {
		r.Vote.Scrutineers, r.Vote.Threshold, r.Vote.Mass, r.Vote.Comments = 3, c.threshold, c.mass, c.comments
		if c.branch {
			r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale = true, "支部班子", []string{"好", "较好", "一般", "差"}
		}
	})
	h.Sits(preset.Ballot)
	all := []meeting.MemberID{id(3), id(4), id(5)}
	h.Names(all...)
	home := map[meeting.MemberID]*atHome{}
	for _, who := range all {
		if slices.Contains(c.own, who) {
			home[who] = newAtHome(h, who)
			home[who].gives()
		} else {
			h.Seals(who)
		}
	}
	for h.State().Vote().State == meeting.BoxSealing {
		waits := h.State().Sealers()
		if len(waits) == 0 {
			t.Fatal("nobody is waited for, and the box is not sealed")
		}
		for _, who := range waits {
			if home[who] == nil {
				t.Fatalf("%s has no key at home and is waited for", who)
			}
			home[who].gives()
		}
	}
	h.Opens()
	for i := 1; i <= 5; i++ {
		h.Votes(id(i), c.choices("优秀", "好"))
	}
	if c.mass {
		for i := 1; i <= 5; i++ {
			h.Votes(meeting.MemberID(fmt.Sprintf("q%d", i)), c.choices("合格", "较好"))
		}
	}
	h.Closes()
	h.Confirms()
	for _, who := range c.scrutineers {
		if home[who] != nil {
			home[who].unseals()
		} else {
			h.Unseals(who)
		}
	}
	return h
}

func (c combination) choices(g, branch meeting.Grade) meeting.Choices {
	choices := one(id(1), g)
	if c.branch {
		choices.Branch = branch
	}
	if c.comments {
		choices.Comments = map[meeting.MemberID]string{id(2): "多联系群众"}
	}
	return choices
}

// Keys on the server or at home, all scrutineers or some, 群众 or not, the
// committee or not, comments or not: every combination is a whole vote.
func TestEveryCombinationIsAWholeVote(t *testing.T) {
	all := []meeting.MemberID{id(3), id(4), id(5)}
	for _, threshold := range []int{0, 1, 2} {
		for _, own := range [][]meeting.MemberID{nil, {id(4), id(5)}, all} {
			for flags := range 4 {
				mass, branch := flags&1 != 0, flags&2 != 0
				c := combination{threshold: threshold, own: own, mass: mass, branch: branch, comments: mass != branch, scrutineers: all}
				if threshold > 0 {
					c.scrutineers = all[len(all)-threshold:]
				}
				t.Run(c.String(), func(t *testing.T) {
					h := c.hold(t)
					v := h.State().Vote()
					if v.State != meeting.BoxCounted {
						t.Fatalf("the vote is %s", v.State)
					}
					if got, no := h.State().Histogram(id(1)); no != nil || fmt.Sprint(got.Counts) != "[5 0 0 0]" {
						t.Errorf("%+v %v", got, no)
					}
					if got, no := h.State().BranchHistogram(); c.branch && (no != nil || fmt.Sprint(got.Counts) != "[5 0 0 0]") {
						t.Errorf("the committee: %+v %v", got, no)
					}
					if !c.mass {
						return
					}
					if got, no := h.State().HistogramApart(meeting.MassBox, id(1)); no != nil || fmt.Sprint(got.Counts) != "[0 5 0 0]" {
						t.Errorf("mass: %+v %v", got, no)
					}
					if got, no := h.State().BranchHistogramApart(meeting.MassBox); c.branch && (no != nil || fmt.Sprint(got.Counts) != "[0 5 0 0]") {
						t.Errorf("mass of the committee: %+v %v", got, no)
					}
				})
			}
		}
	}
}
