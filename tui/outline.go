package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// turn reports whether it is a person's turn for self-criticism.
func turn(s *meeting.State, who meeting.MemberID) bool {
	round, _ := s.Round(who)
	return at(s, preset.Criticism) && s.Subject == who && round.Part == meeting.PartSelf
}

// speaksFrom reports whether a person has the floor for their self-criticism and
// has an outline.
func speaksFrom(s *meeting.State, who meeting.MemberID) bool {
	if s.Floor.Speaker != who || !turn(s, who) {
		return false
	}
	_, has := s.OutlineOf(who)
	return has
}

// outlineChoices lead to a member's own speaking outline, before the meeting
// and during it. Its key is free until the receipts can be looked at.
func outlineChoices(a *App) []choice {
	c := choice{label: a.words.mineTitle(formNamed("outline")), id: "mine:outline", key: "o", why: a.words.why(a.s, a.Who, meeting.ActOutline), do: openOutline}
	if len(resultChoices(a)) > 0 {
		c.key = ""
	}
	return []choice{c}
}

// openOutline reads the outline, or begins to write it.
func openOutline(a *App) tea.Cmd {
	if _, has := a.s.OutlineOf(a.Who); !has {
		return writeNew(a, formNamed("outline"), nil)
	}
	return a.push(outline{})
}

// outlineText is an outline as a text to begin a self-criticism with.
func outlineText(a *App, o meeting.Record) string {
	f := formNamed("outline")
	var parts []string
	for _, x := range f.Fields {
		if text := a.words.FieldText(a.s, x, o.Value(x.Name)); text != "" {
			parts = append(parts, strings.TrimSpace(a.words.Record.Says.of(a.words.label(f, x), ""))+"\n"+text)
		}
	}
	return strings.Join(parts, "\n")
}

// startFrom puts a text where nothing has been written yet, and says so.
func (a *App) startFrom(text, said string) {
	w, ok := a.top().(*write)
	if !ok || len(w.Text) > 0 || text == "" {
		return
	}
	w.Set(text)
	if said != "" {
		a.tell(draw.Muted, said)
	}
}

// outline is the page from which a member speaks: their own words under the
// labels of the form, with air between them, and nothing else.
type outline struct{}

// outlineWidth is shorter than a page: the eye goes to the speaker's listeners
// and has to find its way back.
const outlineWidth = 60

func (outline) typing() bool { return false }

func (outline) page(a *App) page {
	f := a.flow()
	form := formNamed("outline")
	kept, _ := a.s.OutlineOf(a.Who)
	f.title(a.words.mineTitle(form))
	f.gap()
	outlineSays(a, &f, kept)
	p := a.page(f)
	p.most = outlineWidth
	if a.s.Floor.Speaker == a.Who { // the clock stays in sight
		p.side = strings.TrimSpace(a.words.timing(a.s.Floor, a.Room.Now()))
		if running(a.s) {
			p.beat = second
		}
	}
	return p
}

// outlineSays is an outline to speak from.
func outlineSays(a *App, f *flow, kept meeting.Record) {
	form := formNamed("outline")
	for _, x := range form.Fields {
		said := a.words.FieldText(a.s, x, kept.Value(x.Name))
		if said == "" {
			continue
		}
		f.say(draw.Muted, a.words.label(form, x))
		for _, l := range draw.CleanLines(said) {
			f.say(draw.Strong, l)
			f.gap()
		}
	}
}

func (outline) binds(a *App) []bind {
	kept, _ := a.s.OutlineOf(a.Who)
	return []bind{
		on("up", a.words.Record.Scroll, nothing),
		on("enter", a.words.Record.On, nothing),
		on("e", a.words.Record.Change, func(a *App) tea.Cmd { return openRecord(a, formNamed("outline"), kept.No) }),
		on("esc tab b o", a.words.Common.Back, shut),
	}
}

func (outline) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	by := map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "enter": 5}[k.Name]
	a.scroll = max(0, a.scroll+by)
	return nil, by != 0
}
