package tui

import (
	"cmp"
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// fileText is a file that a record names: its name, how large it is, and the
// number by which it is fetched.
func (w *Words) fileText(s *meeting.State, ref meeting.FileRef) string {
	return w.Record.File.of(draw.Clean(ref.Name), fileSize(s.FileSize(ref)), shortHash(ref))
}

// shortHash are the first characters of a file's hash, which name it too.
func shortHash(ref meeting.FileRef) string { return ref.Hash[:min(8, len(ref.Hash))] }

// fileSize is a number of bytes as people say it.
func fileSize(bytes int) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1<<10-1)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// filesSay are the files that a field names, a line each, and how they are
// fetched. A name is no part of what is shown to be typed: it could be a command.
func filesSay(a *App, text *flow, mark draw.Span, list []meeting.FileRef) {
	for i, ref := range list {
		if i > 0 {
			mark.Text = strings.Repeat(" ", draw.Cells(mark.Text))
		}
		text.hang(mark, draw.Span{Text: a.words.fileText(a.s, ref), Tone: draw.Plain})
	}
	if len(list) > 0 {
		text.say(draw.Muted, a.words.Record.FileGet.of(a.serverLine(), shortHash(list[0])))
	}
}

// serverLine is how the server's words are said from a person's own machine.
func (a *App) serverLine() string { return draw.Clean(cmp.Or(a.JoinHint, a.words.Record.Door)) }
