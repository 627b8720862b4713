package tui

import (
	"fmt"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// BenchmarkAChangeOnAMembersScreen is what one change costs a session before
// its bytes are sent.
func BenchmarkAChangeOnAMembersScreen(b *testing.B) {
	for _, who := range []meeting.MemberID{"m05", "m03", meeting.Screen} {
		for name, gallery := range map[string]*Gallery{"alone": nil, "shared": {}} {
			b.Run(string(who)+"/"+name, func(b *testing.B) {
				p := momentOf(b, "criticism-critic")
				p.gallery = gallery
				s := p.as(who)
				b.ReportAllocs()
				for b.Loop() {
					s.app.Update(movedMsg{})
				}
			})
		}
		b.Run(string(who)+"/data", func(b *testing.B) {
			s := momentOf(b, "criticism-critic").tapsAs(who)
			b.ReportAllocs()
			for b.Loop() {
				s.streamer.update(movedMsg{})
			}
		})
	}
}

// BenchmarkTheSuperiorsTable is the table of 40 branches of 300 members with 2,000
// lines in the ledger: when it is opened, and when something has moved.
func BenchmarkTheSuperiorsTable(b *testing.B) {
	p := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	p.Sits("closing")
	for i := range 2000 {
		p.Does("m03", meetingtest.Writes("ledger", 0, "member", fmt.Sprintf("m%02d", 1+i%9), "problem", "走访少", "due", "2017-06-30"))
	}
	for _, at := range []string{"opened", "moved"} {
		b.Run(at, func(b *testing.B) {
			s := p.superior(0)
			o, _ := s.app.Above.(*organisation)
			for i := range 39 {
				other := *p.State()
				other.Branch.ID = fmt.Sprintf("b%d", i+2)
				o.beside = append(o.beside, &other)
			}
			for b.Loop() {
				if at == "opened" {
					s.app.layers[0] = newBranchTable(s.app)
				}
				s.app.Update(movedMsg{})
			}
		})
	}
}

// BenchmarkWhatWaits are the pages of 等你办, 会前体检 and the archive in a branch of 300
// members, with 2,000 lines in the ledger once there can be some.
func BenchmarkWhatWaits(b *testing.B) {
	before := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	after := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	after.Sits("closing")
	for i := range 2000 {
		after.Does("m03", meetingtest.Writes("ledger", 0, "member", fmt.Sprintf("m%02d", 1+i%9), "problem", "走访少", "due", "2017-03-10"))
	}
	after.Ends()
	for _, c := range []struct {
		name string
		of   *play
		who  meeting.MemberID
		keys string
	}{
		{"console", before, "m03", ""},
		{"member", before, "m05", ""},
		{"tasks", before, "m03", "m @tasks"},
		{"ready", before, "m02", "m @ready"},
		{"calendar", before, "m05", "@tasks @calendar"},
		{"after", after, "m03", "m @tasks"},
		{"after-member", after, "m05", ""},
		{"archive", after, "m03", "esc esc m @archive"},
		{"records", after, "m03", "esc esc m @records"},
		{"ledger", after, "m03", "esc esc m @records @kind:ledger"},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := c.of.as(c.who).opens(c.keys)
			b.ReportAllocs()
			for b.Loop() {
				s.app.waits, s.app.gates = waiting{}, gates{} // as when the meeting has moved
				s.app.Update(movedMsg{})
			}
		})
	}
}
