package ssh

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui"
)

// act is one line of the audit: who did what, and when. It has no text that
// somebody wrote, and nothing about a choice.
type act struct {
	Branch string           `json:"branch"`
	At     time.Time        `json:"at"`
	By     meeting.MemberID `json:"by"` // "": the server's own machine
	Name   string           `json:"name"`
	What   string           `json:"what"` // the kind of fact
	Text   string           `json:"text"`
}

// audit tells who did what when, of everybody or of one: to the console and to the
// superior.
func audit(c *call) (answer, error) {
	s := c.state()
	seats := s.Seats(c.who)
	if !slices.Contains(seats, meeting.SeatConsole) && !slices.Contains(seats, meeting.SeatSuperior) {
		return answer{}, &meeting.Refusal{Code: meeting.ConsoleOnly}
	}
	list := acts(s)
	if len(c.args) == 1 {
		who, no := doer(s, c.args[0])
		if no != nil {
			return answer{}, no
		}
		list = actsOf(who, list)
	}
	return answer{value: list, text: sayActs(list, s.Branch.Location())}, nil
}

// doer returns whom an argument means in a branch: somebody on its roster by id or
// by a name that only they have, or by id somebody of the organisation.
func doer(s *meeting.State, arg string) (meeting.MemberID, *meeting.Refusal) {
	for _, id := range []meeting.MemberID{meeting.MemberID(arg), meeting.SuperiorID(meeting.MemberID(arg))} {
		if _, known := s.Member(id); known {
			return id, nil
		}
	}
	switch same := s.Named(arg); len(same) {
	case 0:
		return "", &meeting.Refusal{Code: meeting.UnknownMember, Args: []string{arg}}
	case 1:
		return same[0], nil
	}
	return "", &meeting.Refusal{Code: meeting.SeveralMeant, Args: []string{arg}}
}

// actsOf are those acts of a list that somebody did.
func actsOf(who meeting.MemberID, list []act) []act {
	return slices.DeleteFunc(list, func(a act) bool { return a.By != who })
}

// acts are the lines of a branch, the oldest first.
func acts(s *meeting.State) []act {
	list := []act{}
	for _, d := range tui.Chinese().Audit(s) {
		list = append(list, act{s.Branch.ID, d.At, d.By, d.Name, d.Kind, d.Text})
	}
	return list
}

func sayActs(list []act, zone *time.Location) string {
	if len(list) == 0 {
		return "还没有记录。\n"
	}
	var text strings.Builder
	for _, a := range list {
		fmt.Fprintf(&text, "%s　%s　%s\n", a.At.In(zone).Format("2006-01-02 15:04:05"), a.Name, a.Text)
	}
	return text.String()
}
