package ssh

import (
	"slices"
	"time"

	"pingyi/meeting"
	"pingyi/tui"
)

// agenda lists the items, whose turn comes when, and how long it will last.
func agenda(c *call) (answer, error) {
	type entry struct {
		item
		Status meeting.ItemStatus `json:"status"`
	}
	type turn struct {
		ID    meeting.MemberID  `json:"id"`
		Stage meeting.RoundPart `json:"stage"`
		Group string            `json:"group,omitempty"` // 党小组, where the branch sits by groups
	}
	s, now := c.state(), c.room.Now()
	var v struct {
		Items  []entry `json:"items"`
		Order  []turn  `json:"order"`
		Before *int    `json:"before_me"` // how many come before the caller; null: the caller's turn is over, now, or never
		Left   struct {
			Item    int `json:"item_s"`
			Meeting int `json:"meeting_s"`
		} `json:"left"`
	}
	v.Items, v.Order = []entry{}, []turn{}
	for _, it := range s.Agenda {
		v.Items = append(v.Items, entry{item{it.No, it.Kind, it.Title}, it.Status})
	}
	for _, id := range s.Participants() {
		r, _ := s.Round(id)
		t := turn{ID: id, Stage: r.Part}
		if s.ByGroups() {
			t.Group = s.PartyGroupOf(id).Title()
		}
		v.Order = append(v.Order, t)
	}
	if n := slices.Index(s.ToCome(), c.who); n >= 0 && s.Subject != c.who {
		v.Before = &n
	}
	one, all := s.Left(now)
	v.Left.Item, v.Left.Meeting = int(one.Seconds()), int(all.Seconds())
	return answer{value: v, text: tui.Chinese().SayAgenda(s, c.who, now)}, nil
}

// mine is the caller's own part of the meeting: what they handed in, and what
// the minutes say of them.
func mine(c *call) (answer, error) {
	type words struct {
		Subject meeting.MemberID `json:"subject"`
		From    meeting.MemberID `json:"from"`
		Text    string           `json:"text"`
	}
	type note struct {
		Item int    `json:"item"`
		Text string `json:"text"`
	}
	type record struct {
		Kind  meeting.FormName    `json:"kind"`
		No    int                 `json:"no"`
		State meeting.RecordState `json:"state"`
	}
	type writing struct {
		At     string `json:"at"`
		Reason string `json:"reason"`
	}
	s, now := c.state(), c.room.Now()
	own := s.Own(c.who, now)
	v := struct {
		Present    bool                `json:"present"`
		Reason     string              `json:"reason"`
		Written    bool                `json:"written"`
		ReadOut    bool                `json:"read_out"`
		Times      int                 `json:"spoke_times"`
		Seconds    int                 `json:"spoke_s"`
		Self       []words             `json:"self"`
		Given      []words             `json:"given"`
		Received   []words             `json:"received"`
		Responses  []words             `json:"responses"`
		SelfRating meeting.Grade       `json:"self_rating"`
		Receipt    string              `json:"receipt"`
		Cast       int                 `json:"times"`
		Confirmed  bool                `json:"confirmed"`
		Notes      []note              `json:"notes"`
		Records    []record            `json:"records"`
		Opinion    string              `json:"opinion"`
		Earlier    []meeting.PastGrade `json:"earlier"`
		WrittenOut []writing           `json:"written_out"`
	}{
		Present: own.Attendance.Present, Reason: own.Attendance.Reason, Written: own.Attendance.Written, ReadOut: own.ReadOut,
		Times: own.Speaking.Times, Seconds: int(own.Speaking.Time.Seconds()),
		SelfRating: own.SelfRating, Receipt: own.Receipt, Cast: own.Times, Confirmed: own.Checked,
		Given: []words{}, Notes: []note{}, Records: []record{}, Opinion: own.Opinion,
		Earlier: append([]meeting.PastGrade{}, s.PastGrades(c.who, c.who)...),
	}
	said := func(list []meeting.Speech) []words {
		all := []words{}
		for _, x := range list {
			all = append(all, words{c.who, x.From, x.Text})
		}
		return all
	}
	v.Self, v.Received, v.Responses = said(own.Round.Own), said(own.Round.Criticisms), said(own.Round.Responses)
	for _, x := range own.Given {
		v.Given = append(v.Given, words{x.ID.Of, x.From, x.Text})
	}
	for _, n := range own.Notes {
		v.Notes = append(v.Notes, note{n.Item, n.Text})
	}
	for _, r := range own.Records {
		v.Records = append(v.Records, record{r.Form, r.No, r.State})
	}
	v.WrittenOut = []writing{}
	for _, x := range own.WrittenOut {
		v.WrittenOut = append(v.WrittenOut, writing{x.At.In(s.Branch.Location()).Format(time.RFC3339), x.Reason})
	}
	return answer{value: v, text: tui.Chinese().SayOwn(s, c.who, now)}, nil
}
