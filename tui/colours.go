package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// dress takes the colours that the terminal has, and on the wall those of a
// room.
func (a *App) dress() {
	a.profile = colorprofile.Env(a.Env)
	of := draw.SchemeFor(a.profile)
	if of != draw.Mono && a.Who == meeting.Screen {
		of = draw.OnWall
	}
	a.wear(of)
}

// wear switches to a scheme's theme.
func (a *App) wear(of draw.Scheme) {
	a.scheme, a.theme = of, draw.NewTheme(of, a.profile)
}

// Profile returns the colours that the terminal has, as [Config.Env] says.
func (a *App) Profile() colorprofile.Profile { return a.profile }

// changeColours switches to the next scheme.
func changeColours(a *App) tea.Cmd {
	schemes := draw.Schemes()
	i := slices.Index(schemes, a.scheme)
	a.wear(schemes[(i+1)%len(schemes)])
	a.tell(draw.Muted, a.words.Page.Colours[a.scheme])
	return nil
}
