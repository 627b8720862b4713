package meeting_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// seatedAs are people of every seat, in the order of the table.
var seatedAs = []struct {
	name string
	who  meeting.MemberID
}{
	{"console", "m03"},
	{"committee", "m02"},
	{"recorder", "m05"},
	{"scrutineer", "m06"},
	{"member", "m07"},
	{"probationary", "m08"},
	{"guest", "g2"},
	{"guide", "g1"},
	{"mass", "q1"},
	{"superior", meeting.SuperiorID("s1")},
	{"assigned", meeting.SuperiorID("s2")}, // of the superior's people, the guide of this branch
	{"wall", meeting.Screen},
	{"booth", meeting.Booth},
	{"keeper", meeting.Keeper},
	{"stranger", "m99"},
}

// seatsNow is the table of who may do what now: a line an action, the seats by
// what they are told.
func seatsNow(s *meeting.State) string {
	var table strings.Builder
	for _, act := range append(meeting.Actions(), meeting.ActApprove, meeting.ActReturn, meeting.ActAmend, meeting.ActGuide) {
		cells := map[string][]string{}
		for _, seat := range seatedAs {
			known := s
			if strings.HasPrefix(string(seat.who), string(meeting.SuperiorID("s"))) {
				known = s.Knowing(&meeting.Superior{ID: meeting.MemberID(strings.TrimPrefix(string(seat.who), string(meeting.SuperiorID("")))), Name: "上级"})
			}
			cell := "may"
			if no := meeting.May(known, seat.who, act); no != nil {
				cell = string(no.Code)
			}
			cells[cell] = append(cells[cell], seat.name)
		}
		var told []string
		if list := cells["may"]; list != nil {
			told = append(told, "may: "+strings.Join(list, " "))
		}
		delete(cells, "may")
		for _, cell := range slices.Sorted(maps.Keys(cells)) {
			told = append(told, cell+": "+strings.Join(cells[cell], " "))
		}
		fmt.Fprintf(&table, "%s\n\t%s\n", act, strings.Join(told, "\n\t"))
	}
	return table.String()
}

// Who may do what, in every phase of a year: what greys a key out on a screen.
func TestEveryActionOfEverySeatInEveryPhase(t *testing.T) {
	people := append(meetingtest.Branch(8, 1).Mass(0), meeting.Member{ID: "g2", Name: "列席02", Kind: meeting.Guest})
	for i := 2; i <= 5; i++ {
		people = append(people, meeting.Member{ID: meeting.MemberID(fmt.Sprintf("q%d", i)), Name: fmt.Sprintf("群众%02d", i), Kind: meeting.Mass})
	}
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.Mass = true }, people...)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	for _, p := range []struct {
		name string
		goes func()
	}{
		{"before", func() {}},
		{"criticism", func() { h.SignsIn(); h.ComesTo(preset.Criticism); h.Does("m03", meeting.Turn{ID: "m07"}) }},
		{"ballot", func() { h.ComesTo(preset.Ballot); h.Opened("m06", "m07") }},
		{"closed", func() {
			for _, who := range meetingtest.Voters(h.State()) {
				h.Casts(who, 1)
			}
			h.Closes()
		}},
		{"counted", func() { h.Unsealed() }},
		{"rating", func() { h.ComesTo(preset.Rating); h.Rates("合格") }},
		{"after", func() { h.Does("m03", meeting.Submit{}); h.Ends() }},
		{"archived", func() { h.Does("m03", meeting.CloseArchive{Reason: "先归档"}) }},
	} {
		t.Run(p.name, func(t *testing.T) {
			p.goes()
			golden.RequireEqual(t, seatsNow(h.State()))
		})
	}
}
