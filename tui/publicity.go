package tui

import (
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// publicityView calls a posting by what is posted and its days.
var publicityView = recordView{name: func(a *App, r meeting.Record) string {
	return strings.TrimSpace(draw.Clean(a.words.term(r.Value("what")) + "  " + r.Value("from") + "  " + r.Value("to")))
}}
