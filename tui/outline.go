package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

const outlineDraft = "outline"

// outlineChoices open a member's own outline, before and during the meeting.
// The same key shows the receipts once there are any.
func outlineChoices(a *App) []choice {
	c := choice{label: a.words.Outline.Mine, key: "o", why: a.words.why(a.s, a.Who, meeting.ActOutline), do: openOutline}
	if len(resultChoices(a)) > 0 {
		c.key = ""
	}
	return []choice{c}
}

// turn reports whether it is a person's turn for self-criticism.
func turn(s *meeting.State, who meeting.MemberID) bool {
	round, _ := s.Round(who)
	return at(s, preset.Criticism) && s.Subject == who && round.Part == meeting.PartSelf
}

// openOutline reads the outline, or begins to write it.
func openOutline(a *App) tea.Cmd {
	if _, has := a.s.OutlineOf(a.Who); !has {
		return writeOutline(a)
	}
	return a.push(outline{})
}

func writeOutline(a *App) tea.Cmd {
	kept, _ := a.s.OutlineOf(a.Who)
	cmd := a.compose(a.words.Outline.Mine, a.words.Outline.Hint, outlineDraft, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.KeepOutline{Text: text}, outlineDraft, 1, a.words.Outline.Kept)
	})
	a.startFrom(kept.Text, "")
	return cmd
}

// startFrom puts text into an empty editor and says so.
func (a *App) startFrom(text, said string) {
	w, ok := a.top().(*write)
	if !ok || len(w.text) > 0 || text == "" {
		return
	}
	w.set(text)
	if said != "" {
		a.tell(muted, said)
	}
}

// outline is the page from which a member speaks: only their own words, with
// space between them.
type outline struct{}

// outlineWidth is narrower than a page: the eye goes to the listeners and has
// to find its way back.
const outlineWidth = 60

func (outline) typing() bool { return false }

func (outline) page(a *App, f flow) page {
	kept, _ := a.s.OutlineOf(a.Who)
	f.title(a.words.Outline.Mine)
	f.gap()
	text := a.flow(min(f.width, outlineWidth))
	for _, l := range cleanLines(kept.Text) {
		text.say(strong, l)
		text.gap()
	}
	f.lines = append(f.lines, text.lines...)
	p := a.page(f)
	if a.s.Floor.Speaker == a.Who { // the clock stays visible
		p.side = strings.TrimSpace(a.words.timing(a.s.Floor, a.Room.Now()))
		if running(a.s) {
			p.beat = second
		}
	}
	return p
}

func (outline) binds(a *App) []bind {
	return []bind{
		on("up", a.words.Outline.Scroll, nothing),
		on("enter", a.words.Outline.On, nothing),
		on("e", a.words.Outline.Change, writeOutline).unless(a.words.why(a.s, a.Who, meeting.ActOutline)),
		on("esc tab b o", a.words.Common.Back, shut),
	}
}

func (outline) press(a *App, k stroke) (tea.Cmd, bool) {
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "enter": 5}[k.name]
	a.scroll = max(0, a.scroll+by)
	return nil, by != 0
}
