package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// archiveChoices lead the facilitator to the archive's list, once the meeting is
// over.
func archiveChoices(a *App) []choice {
	if a.s.Phase != meeting.After {
		return nil
	}
	return []choice{{label: a.words.Archive.Title, id: "archive", do: openArchive}}
}

// openArchive lists what belongs into the archive and how much of it is there,
// what is missing first, and leads to closing it.
func openArchive(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Archive.Title, opened: true, reads: true, say: archiveSays, choices: func(a *App) []choice {
		return []choice{{label: a.words.Archive.Close, id: "close", states: true, why: a.words.why(a.s, a.Who, meeting.ActArchive), do: closeArchive}}
	}})
}

func archiveSays(a *App, f *flow) {
	w := a.words.Archive
	if text := a.words.SayArchived(a.s); text != "" {
		f.say(draw.Strong, text)
		if gone := a.s.Archive; len(gone.Misses) > 0 {
			f.say(draw.Plain, w.Without.of(a.words.archiveNames(gone.Misses)))
			f.say(draw.Plain, w.Because.of(draw.Clean(gone.Reason)))
		}
		f.gap()
	}
	list := a.s.ArchiveList()
	slices.SortStableFunc(list, func(x, y meeting.ArchiveLine) int { return urgency(x) - urgency(y) })
	n := map[meeting.ArchiveLevel]int{}
	for _, line := range list {
		n[line.Level]++
	}
	f.say(draw.Plain, w.Summary.of(n[meeting.ArchiveWhole], n[meeting.ArchivePart], n[meeting.ArchiveMissing]))
	f.gap()
	tones := map[meeting.ArchiveLevel]draw.Tone{meeting.ArchiveWhole: draw.Muted, meeting.ArchiveSpare: draw.Muted, meeting.ArchivePart: draw.Plain, meeting.ArchiveMissing: draw.Warn}
	for _, line := range list {
		f.row(tones[line.Level], a.words.SayArchiveLine(line))
	}
	flaws := slices.DeleteFunc(a.s.Inspect(a.today()), func(x meeting.Flaw) bool { // what is missing stands above
		return slices.ContainsFunc(list, func(l meeting.ArchiveLine) bool { return l.Name == x.Paper && l.Level == meeting.ArchiveMissing })
	})
	if len(flaws) > 0 {
		f.gap()
		f.say(draw.Strong, a.words.Inspection.Title)
		inspectionSays(f, flaws)
	}
}

// urgency orders lines: what is missing, what is not finished, what need not be
// there, the others.
func urgency(line meeting.ArchiveLine) int {
	return slices.Index([]meeting.ArchiveLevel{meeting.ArchiveMissing, meeting.ArchivePart, meeting.ArchiveSpare, meeting.ArchiveWhole}, line.Level)
}

// SayArchiveLine says how much of a line is there.
func (w *Words) SayArchiveLine(line meeting.ArchiveLine) string {
	state := w.Archive.Part.of(line.Have, line.Of)
	switch {
	case line.Level == meeting.ArchiveWhole:
		state = w.Archive.Whole
	case line.Level == meeting.ArchiveMissing:
		state = w.Archive.Missing
	case line.Level == meeting.ArchiveSpare:
		state = w.Archive.Spare
	case line.Of == 1:
		state = w.Archive.Unfinished
	}
	return w.Record.Says.of(w.ArchiveName(line.Name), state)
}

// ArchiveName is what a line of the archive's list is called.
func (w *Words) ArchiveName(name string) string { return word(w.Archive.Lines, name) }

func (w *Words) archiveNames(names []string) string {
	var list []string
	for _, name := range names {
		list = append(list, w.ArchiveName(name))
	}
	return strings.Join(list, w.Happening.NameSep)
}

// SayArchived says since when a year is only read, "" while it is not.
func (w *Words) SayArchived(s *meeting.State) string {
	if s.Archive == nil {
		return ""
	}
	return w.Archive.Shut.of(s.Archive.At.In(s.Branch.Location()).Format(time.DateOnly))
}

// closeArchive closes the archive, once that is confirmed. While something is
// missing it asks for the reason.
func closeArchive(a *App) tea.Cmd {
	w := a.words.Archive
	var misses []string
	for _, line := range a.s.ArchiveList() {
		if line.Level == meeting.ArchiveMissing {
			misses = append(misses, line.Name)
		}
	}
	confirm := func(a *App, reason string, depth int) tea.Cmd {
		text := w.Effect
		if reason != "" {
			text += "\n" + w.Because.of(draw.Clean(reason))
		}
		return a.weighDoing(meeting.CloseArchive{Reason: reason}, w.Ask.of(a.s.Rules.Year), text, w.Yes, func(a *App) tea.Cmd {
			return a.hand(meeting.CloseArchive{Reason: reason}, "", depth, w.Done)
		})
	}
	if len(misses) == 0 {
		return confirm(a, "", 0)
	}
	return a.reason(w.Lacks.of(a.words.archiveNames(misses))+w.ReasonHint, "", func(a *App, text string) tea.Cmd { return confirm(a, text, 1) })
}
