package ssh

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
)

// archive answers what belongs into the archive of the year and how much of it is
// there; close closes it.
func archive(c *call) (answer, error) {
	s := c.state()
	if len(c.args) == 1 && c.args[0] == "close" {
		if err := c.act(meeting.CloseArchive{Reason: c.flags["reason"]}); err != nil {
			return answer{}, err
		}
		return done("已归档，这个年度从此只读。")
	}
	if len(c.args) > 0 || c.flags["reason"] != "" {
		return answer{}, c.misused()
	}
	if !slices.Contains(s.Seats(c.who), meeting.SeatConsole) {
		return answer{}, &meeting.Refusal{Code: meeting.ConsoleOnly}
	}
	type line struct {
		Name  string               `json:"name"`
		Title string               `json:"title"`
		Level meeting.ArchiveLevel `json:"level"`
		Have  int                  `json:"have"`
		Of    int                  `json:"of"`
		Text  string               `json:"text"`
	}
	w := tui.Chinese()
	list, texts := []line{}, []string{}
	if text := w.SayArchived(s); text != "" {
		texts = append(texts, text)
	}
	for _, l := range s.ArchiveList() {
		text := w.SayArchiveLine(l)
		list, texts = append(list, line{l.Name, w.ArchiveName(l.Name), l.Level, l.Have, l.Of, text}), append(texts, text)
	}
	return answer{value: list, text: strings.Join(texts, "\n")}, nil
}
