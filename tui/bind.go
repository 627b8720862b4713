package tui

import (
	"slices"
	"strings"
	"sync"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// bind is a key with its label, whether it is enabled and, if not, why. The
// bottom line and the help page are made from binds, so that they cannot lie.
type bind struct {
	key.Binding
	why   string // why it does not work now; "": it does
	quiet bool   // kept off the bottom line
	aloud string // its label where what it shows is printed; "" for the same
	touch string // its label where it is tapped; "" for the same
	do    func(*App) tea.Cmd
}

// on binds keys, whose names are separated by spaces; the first is shown. Binds are
// made for every page, so that this is cheap: without options.
func on(keys, label string, do func(*App) tea.Cmd) bind {
	b := bind{do: do}
	b.SetKeys(keysIn(keys)...)
	b.SetHelp(b.Keys()[0], label)
	return b
}

// keysIn splits names of keys, each text once.
func keysIn(text string) []string {
	if keys, known := splitKeys.Load(text); known {
		return keys.([]string) //nolint:forcetypeassert // nothing else is in it
	}
	keys, _ := splitKeys.LoadOrStore(text, strings.Fields(text))
	return keys.([]string) //nolint:forcetypeassert // nothing else is in it
}

var splitKeys sync.Map // of []string by text: as many as keys are written in the code

// key is the name that is shown.
func (b bind) key() string { return b.Help().Key }

// label says what the key does.
func (b bind) label() string { return b.Help().Desc }

// unless disables the key for a reason; "" enables it.
func (b bind) unless(why string) bind {
	b.why = why
	b.SetEnabled(why == "")
	return b
}

// aside keeps the key off the bottom line.
func (b bind) aside(yes bool) bind {
	b.quiet = yes
	return b
}

// choosing reports whether the key stands for those that choose a row, which the
// rows tell by themselves.
func (b bind) choosing() bool { return slices.Contains([]string{"1", "up"}, b.key()) }

// tapped gives the key another label where it is tapped.
func (b bind) tapped(label string) bind {
	b.touch = label
	return b
}

// has reports whether k is one of the bind's keys, even while it is disabled: a
// disabled key says why. ([key.Matches] treats a disabled key as one without a
// meaning.)
func (b bind) has(k draw.Stroke) bool { return slices.Contains(b.Keys(), k.Name) }

// capOf returns how a key is written on the screen.
func (w *Words) capOf(name string) string {
	switch name {
	case "enter", "tab", "esc":
		return strings.ToUpper(name[:1]) + name[1:]
	case "up":
		return w.Page.UpDown
	case "pgdown":
		return "PgDn"
	case "pgup":
		return "PgUp"
	case "ctrl+c":
		return "Ctrl+C"
	case "backspace":
		return "Backspace"
	}
	return name
}

// nothing is the action of a key that its layer has handled before.
func nothing(*App) tea.Cmd { return nil }

// shut closes the layer that is seen.
func shut(a *App) tea.Cmd {
	a.pop(1)
	return nil
}
