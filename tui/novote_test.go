package tui

import (
	"regexp"
	"testing"

	"pingyi/meeting"
)

// Where nobody votes and nobody is graded, no page reads of it.
func TestAMeetingWithoutAVote(t *testing.T) {
	p := newPlay(t, "party-history-2021", 8)
	p.width, p.height = 80, 60
	vote := regexp.MustCompile("票|测评|评定|等次|反馈给本人")
	look := func() {
		t.Helper()
		chair := p.as("m03").press("m")
		for _, id := range []meeting.MemberID{"m03", "m01", "m08", "g1", meeting.Screen} {
			if found := vote.FindString(p.as(id).screen()); found != "" {
				t.Errorf("%s reads %s:\n%s", id, found, p.as(id).screen())
			}
		}
		chair.press("esc")
	}
	look()
	for agenda := 0; p.State().Phase != meeting.After; {
		p.dutiful()
		p.as("m03").press("enter")
		if now := p.State().Current; now != agenda {
			agenda = now
			look()
		}
	}
	look()
	if no := meeting.May(p.State(), "m03", meeting.ActFeedback); no == nil || no.Code != meeting.NothingToTell {
		t.Errorf("feedback: %v", no)
	}
}
