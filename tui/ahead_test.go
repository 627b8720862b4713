package tui

import (
	"fmt"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// ahead is a room that notes what it is asked to encrypt ahead: how many
// subjects, and whether that is all there is.
type ahead struct {
	*meetingtest.Room
	asked *[]string
}

func (r ahead) Prepare(_ meeting.MemberID, c meeting.Choices, whole bool) {
	*r.asked = append(*r.asked, fmt.Sprint(len(c.Grades), whole))
}

// A chosen 弃权 is encrypted like a grade, and what was left open as soon as the
// overview is there: nothing but the signature waits for the end.
func TestEveryChoiceIsEncryptedBeforeTheEnd(t *testing.T) {
	for _, width := range []int{40, 80, 120} { // phone, pages, table
		for _, c := range []struct{ keys, want string }{
			{"1", "[1 false 2 false 3 false 4 false 5 false 6 false 7 true]"},
			{"0", "[1 false 2 false 3 false 4 false 5 false 6 false 7 true]"},
			{"", "[0 false 0 false 0 false 0 false 0 false 0 false 0 true]"},
		} {
			p := momentOf(t, "ballot-open")
			p.width = width
			var asked []string
			s := p.as("m05")
			s.app.Room = ahead{p.room, &asked}
			s.press("enter")
			for range s.app.sheetOf().pages() {
				if c.keys != "" {
					s.press(c.keys)
				} else {
					s.press("enter", "enter") // leaves it open
				}
			}
			if got := fmt.Sprint(asked); got != c.want {
				t.Errorf("%d columns, keys %q: %s, want %s", width, c.keys, got, c.want)
			}
		}
	}
}
