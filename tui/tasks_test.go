package tui

import (
	"regexp"
	"strings"
	"testing"

	"pingyi/meeting"
)

// What waits names as many people as there is room for, and nobody by half.
func TestWhatWaitsPartsNoName(t *testing.T) {
	p := newPlay(t, "annual-2024", 15)
	p.width, p.height = 40, 20
	p.as("m05").sees("与 14 人谈心谈话：党员03、党员02等")
	p.height = 8
	p.again("m06").sees("等你办：与 14 人谈心谈话  还有 1 件")

	for p.height, p.width = 40, normalWidth; p.width < 140; p.width++ { // on the console, where much stands beside it
		a := p.again("m03").sees("等你办").app
		room := p.width - 2 - agendaWidth - 2
		if p.width >= wideWidth && len(longings(a)) > 0 {
			room -= asideWidth + 2
		}
		if a.place != placeConsole || a.waits.on.width > room {
			t.Fatalf("%d columns: what waits is set for %d, and has %d", p.width, a.waits.on.width, room)
		}
	}

	whole := regexp.MustCompile(`党员\d\d|阿不都热合曼[·・]买买提`)
	for _, task := range []meeting.Task{
		{Code: meeting.TalkWith, Args: []string{"14", "党员01、阿不都热合曼·买买提、党员03、党员05、党员06等"}},
		{Code: meeting.TalkWith, Args: []string{"2", "阿不都热合曼·买买提、党员03"}},
		{Code: meeting.WriteDisposal, Args: []string{"阿不都热合曼·买买提"}},
	} {
		for _, w := range []*Words{Chinese(), English()} {
			for room := 10; room < 100; room++ {
				text := w.taskWithin(task, room)
				if rest := whole.ReplaceAllString(text, ""); strings.ContainsAny(rest, "党阿") {
					t.Errorf("%d: %q", room, text)
				}
			}
			if got, want := w.taskWithin(task, 100), w.SayTask(task); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
}
