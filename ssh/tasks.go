package ssh

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// task is a line of 等你办.
type task struct {
	Branch string           `json:"branch,omitempty"` // for the superior, of all branches
	What   string           `json:"what"`
	No     int              `json:"no"`
	Until  string           `json:"until"`
	Level  string           `json:"level"`
	Code   meeting.TaskCode `json:"code"`
	Text   string           `json:"text"`
}

func taskOf(branch string, t meeting.Task) task {
	return task{branch, t.What, t.No, t.Until, t.Level, t.Code, tui.Chinese().SayTask(t)}
}

// tasks is what waits for the caller: as a list, or as a calendar.
func tasks(c *call) (answer, error) {
	s, now := c.state(), c.room.Now()
	found := s.Tasks(c.who, now.Format(time.DateOnly), c.server.dates(s).Due)
	if c.set("ics") {
		return answer{}, writeCalendar(c.out, s.Branch.Name+" "+s.Rules.Title, now, slices.Concat(meetingEvent(s, c.who), taskEvents(s, c.who, found)))
	}
	list := []task{}
	for _, t := range found {
		list = append(list, taskOf("", t))
	}
	return answer{value: list, text: tui.Chinese().SayTasks(found)}, nil
}

// superiorTasks is what waits for the superior in all branches.
func superiorTasks(c *call) (answer, error) {
	rooms, err := c.server.config.Halls(c.ctx)
	if err != nil {
		return answer{}, err
	}
	who, _ := c.server.superiorOf(c.who)
	id := meeting.SuperiorID(who.ID)
	list, events := []task{}, []calendarEvent{}
	var text strings.Builder
	now := time.Now()
	for _, r := range rooms {
		s := r.Own().Knowing(&who)
		now = r.Now()
		found := s.Tasks(id, now.Format(time.DateOnly), c.server.dates(s).Due)
		for _, t := range found {
			list = append(list, taskOf(s.Branch.ID, t))
		}
		events = append(events, taskEvents(s, id, found)...)
		if len(found) > 0 {
			fmt.Fprintf(&text, "%s（in %s …）\n%s", draw.Clean(s.Branch.Name), s.Branch.ID, tui.Chinese().SayTasks(found))
		}
	}
	if c.set("ics") {
		return answer{}, writeCalendar(c.out, c.session.who.above.State().Name, now, events)
	}
	if len(list) == 0 {
		text.WriteString(tui.Chinese().SayTasks(nil))
	}
	return answer{value: list, text: text.String()}, nil
}

// taskEvents are the tasks that have a day.
func taskEvents(s *meeting.State, who meeting.MemberID, list []meeting.Task) []calendarEvent {
	var events []calendarEvent
	same := map[string]int{}
	for _, t := range list {
		if t.Until == "" {
			continue
		}
		key := fmt.Sprint(t.What, " ", t.No, " ", t.Code)
		same[key]++
		events = append(events, calendarEvent{
			UID: eventID(s, who, fmt.Sprint(key, " ", same[key])), Day: t.Until, Summary: tui.Chinese().SayTask(t), Note: s.Branch.Name,
		})
	}
	return events
}

// meetingEvent is the meeting itself, for whoever may read its notice.
func meetingEvent(s *meeting.State, who meeting.MemberID) []calendarEvent {
	r, none := s.Record(who, "notice", 0)
	if none != nil || r.State != meeting.Sent {
		return nil
	}
	e := calendarEvent{UID: eventID(s, who, "meeting"), Day: r.Value("time"), Summary: r.Value("theme"), Note: s.Branch.Name, Place: r.Value("place")}
	if at, err := time.ParseInLocation("2006-01-02T15:04", e.Day, s.Branch.Location()); err == nil {
		e.At = at
	}
	return []calendarEvent{e}
}

// eventID is the same whenever a calendar is fetched again, and nobody else's.
func eventID(s *meeting.State, who meeting.MemberID, key string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %s %s", s.Branch.ID, s.Rules.Year, who, key))
	return hex.EncodeToString(sum[:16]) + "@pingyi"
}
