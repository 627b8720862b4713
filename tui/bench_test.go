package tui

import (
	"testing"

	"pingyi/meeting"
)

// BenchmarkAChangeOnAMembersScreen is what one change costs a session before
// its bytes are sent.
func BenchmarkAChangeOnAMembersScreen(b *testing.B) {
	for _, who := range []meeting.MemberID{"m05", "m03", meeting.Screen} {
		b.Run(string(who), func(b *testing.B) {
			s := momentOf(b, "criticism-critic").as(who)
			b.ReportAllocs()
			for b.Loop() {
				s.app.Update(movedMsg{})
			}
		})
	}
}
