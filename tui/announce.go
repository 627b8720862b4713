package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// level is a way to announce a result: its name, and what the meeting then
// hears.
type level struct{ level, name, heard string }

// levels lists the ways to announce a result, the fullest first.
func (w *Words) levels() []level {
	return []level{
		{preset.AnnounceFull, w.Announce.Full, w.Announce.FullHeard},
		{preset.AnnounceExcellent, w.Announce.Excellent, w.Announce.ExcellentHeard},
		{preset.AnnounceCounts, w.Announce.Counts, w.Announce.CountsHeard},
		{preset.AnnounceNone, w.Announce.None, w.Announce.NoneHeard},
	}
}

// heard says what the meeting hears at a level.
func (w *Words) heard(of string) string {
	for _, l := range w.levels() {
		if l.level == of {
			return l.heard
		}
	}
	return w.term(of)
}

// levelName is what a level is called.
func (w *Words) levelName(of string) string {
	for _, l := range w.levels() {
		if l.level == of {
			return l.name
		}
	}
	return w.term(of)
}

// confirmAnnounce asks before an announcement: it says what everybody will see,
// in the very words for who may know them, how else it can be announced, and what that would give away (BALLOT.md §4). If it gives somebody away, the
// coarser ways come first, so that Enter alone reveals nobody.
func confirmAnnounce(a *App) tea.Cmd {
	a.calm = a.Room.Now().Add(grace)
	return a.push(&menu{
		title: a.words.announceAsk(a.s), scene: a.scene, opened: true,
		say: func(a *App, f *flow) {
			effect := a.words.Announce.Effect.of(a.words.heard(a.s.Announcing()))
			if an, ok := a.s.ToAnnounce(); ok && an.Leading != nil && a.s.Vote().Branch {
				effect += a.words.Announce.Committee.of(a.words.term(a.s.Rules.Vote.BranchTitle))
			}
			f.say(draw.Plain, effect)
			if unanimous, lone := a.s.AnnouncementReveals(); unanimous+lone > 0 {
				f.gap()
				f.say(draw.Warn, a.words.Announce.Reveals.of(unanimous, lone))
			}
		},
		choices: announceChoices,
		below: func(a *App, f *flow) {
			if an, ok := a.s.ToAnnounce(); ok && meeting.May(a.s, a.Who, meeting.ActResult) == nil {
				f.say(draw.Muted, a.words.Announce.ReadThis)
				read(f, a.words.readOut(a.s, an))
			}
		},
	})
}

// announceName is what announcing is called: where no result is
// announced, by the rules or because somebody chose so, it does not promise one.
func (w *Words) announceName(s *meeting.State) string {
	switch {
	case s.Rules.Announce == preset.AnnounceNone:
		return w.Announce.NoneStep
	case s.Announcing() == preset.AnnounceNone:
		return w.Announce.NoneChosen
	}
	return w.ActionName(meeting.ActAnnounce)
}

// announceAsk is the question before an announcement.
func (w *Words) announceAsk(s *meeting.State) string {
	if s.Announcing() == preset.AnnounceNone {
		return w.Announce.NoneAsk
	}
	return w.Announce.Ask
}

// SayAnnounceDone says what the meeting has heard once it is announced.
func (w *Words) SayAnnounceDone(s *meeting.State) string {
	if s.Announcing() == preset.AnnounceNone {
		return w.Announce.NoneDone
	}
	return w.Announce.Done
}

func announceChoices(a *App) []choice {
	yes := choice{label: a.words.Announce.Yes, do: func(a *App) tea.Cmd {
		a.pop(1)
		return a.act(meeting.Announce{}, a.words.SayAnnounceDone(a.s))
	}}
	no := choice{label: a.words.Common.NoBack, do: shut}
	unanimous, lone := a.s.AnnouncementReveals()
	switch {
	case unanimous+lone > 0:
		yes.label = a.words.Announce.Anyway.of(a.words.levelName(a.s.Announcing()))
		return append(a.words.otherLevels(a.s), yes, no)
	}
	return append(append([]choice{yes}, a.words.otherLevels(a.s)...), no)
}

// otherLevels lists the ways to announce that the rules allow beside the
// present one.
func (w *Words) otherLevels(s *meeting.State) []choice {
	var list []choice
	within := false // at the rules' own level, and at all coarser ones
	for _, l := range w.levels() {
		within = within || l.level == s.Rules.Announce
		if !within || l.level == s.Announcing() {
			continue
		}
		list = append(list, choice{label: w.Announce.Change.of(l.name), do: func(a *App) tea.Cmd {
			a.pop(1)
			return a.actThen(meeting.Coarsen{Level: l.level}, func(a *App) {
				confirmAnnounce(a)
				a.tell(draw.Accent, a.words.Announce.Changed.of(l.name))
			})
		}})
	}
	return list
}
