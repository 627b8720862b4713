package ssh

import (
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
)

func whoami(c *call) (answer, error) {
	s := c.state()
	v := struct {
		ID     meeting.MemberID `json:"id"`
		Name   string           `json:"name"`
		Branch string           `json:"branch"`
		Seats  []meeting.Seat   `json:"seats"`
	}{c.who, s.NameOf(c.who), s.Branch.ID, append([]meeting.Seat{}, s.Seats(c.who)...)}
	if c.who == meeting.Screen { // a booth never gets here: it says no words
		v.Name = tui.Chinese().SeatName(meeting.SeatProjector)
	}
	var seats []string
	for _, seat := range v.Seats {
		seats = append(seats, tui.Chinese().SeatName(seat))
	}
	return answer{value: v, text: s.Branch.Name + "　" + v.Name + "（" + string(v.ID) + "）　" + strings.Join(seats, "、")}, nil
}

func people(c *call) (answer, error) {
	type entry struct {
		ID      meeting.MemberID `json:"id"`
		Name    string           `json:"name"`
		Kind    meeting.Kind     `json:"kind"`
		Present bool             `json:"present"`
		Graded  bool             `json:"graded"`
	}
	s := c.state()
	list := []entry{}
	var text strings.Builder
	for _, m := range s.Roster {
		e := entry{m.ID, m.Name, m.Kind, s.Attendance.Of(m.ID).Present, s.Graded(m.ID)}
		list = append(list, e)
		text.WriteString(string(m.ID) + "　" + m.Name + "　" + tui.Chinese().KindName(m.Kind))
		if e.Present {
			text.WriteString("　到会")
		}
		text.WriteString("\n")
	}
	return answer{value: list, text: text.String()}, nil
}

func signIn(c *call) (answer, error) {
	var cmd meeting.Command = meeting.SignIn{}
	if len(c.args) > 0 {
		ids, no := c.state().People(strings.Join(c.args, " "))
		if no != nil {
			return answer{}, no
		}
		cmd = meeting.SignInMany{IDs: ids}
		if len(ids) == 1 {
			cmd = meeting.SignInFor{ID: ids[0]}
		}
	}
	return c.attend(cmd)
}

func absent(c *call) (answer, error) {
	ids, no := c.state().People(c.args[0])
	if no != nil {
		return answer{}, no
	}
	if _, person := c.state().Alike(c.args[1]); person { // it would be the reason of the first
		return answer{}, usageError("几个人的编号之间写逗号，不空格：absent m02,m03 原因。")
	}
	return c.attend(meeting.RecordAbsences{IDs: ids, Reason: strings.Join(c.args[1:], " "), Written: c.set("written")})
}

// attend submits cmd and answers with the attendance.
func (c *call) attend(cmd meeting.Command) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	s := c.state()
	return answer{value: attendanceOf(s), text: sayAttendance(s)}, nil
}

func name(c *call) (answer, error) {
	if err := c.act(meeting.Name{ID: c.person(c.args[0]), Seat: meeting.Seat(c.args[1])}); err != nil {
		return answer{}, err
	}
	return done("已指定。")
}
