package tui

import (
	"testing"

	"pingyi/meeting"
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
	}
}
