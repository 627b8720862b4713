package tui

import (
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// groupName is what a 党小组 is called.
func (w *Words) groupName(g meeting.PartyGroup) string {
	if g.Name == "" {
		return w.PartyGroup.NoGroup
	}
	return draw.Clean(g.Name)
}

// groupHead names a 党小组 and its recorder.
func (w *Words) groupHead(s *meeting.State, g meeting.PartyGroup) string {
	if g.Recorder == "" {
		return w.PartyGroup.HeadNone.of(w.groupName(g))
	}
	return w.PartyGroup.Head.of(w.groupName(g), nameOf(s, g.Recorder))
}

// groupNow is the heading of the 党小组 whose turn it is, "" where the branch
// does not sit by groups.
func (w *Words) groupNow(s *meeting.State) string {
	g, ok := s.GroupNow()
	if !ok {
		return ""
	}
	return w.groupHead(s, g)
}

// groupHeads are the headings of all groups in one sentence.
func (w *Words) groupHeads(s *meeting.State) string {
	var list []string
	for _, g := range s.PartyGroups() {
		list = append(list, w.groupHead(s, g))
	}
	return strings.Join(list, w.Branches.GroupSep)
}

// sits is how far an item has come, and that it is held by groups.
func (w *Words) sits(s *meeting.State, it meeting.Item) string {
	status := w.ItemStatusName(it.Status)
	if !s.SitsByGroups(it) {
		return status
	}
	return strings.TrimSpace(status + "  " + w.PartyGroup.ByGroups)
}

// sayGroup writes the heading of the group whose turn it is, if there is one.
func sayGroup(f *flow, s *meeting.State) {
	if text := f.words.groupNow(s); text != "" {
		f.say(draw.Strong, text)
	}
}

// group shows whose turn it is among the groups.
func (sc *scenery) group(w *Words, s *meeting.State) {
	if text := w.groupNow(s); text != "" {
		sc.above = append(sc.above, draw.Span{Text: text, Tone: draw.Plain})
	}
}
