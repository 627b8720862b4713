package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// wear switches to a scheme's theme.
func (a *App) wear(of scheme) {
	a.profile = colorprofile.Env(a.Env)
	a.scheme, a.theme = of, newTheme(of, a.profile)
}

// changeColours switches to the next scheme.
func changeColours(a *App) tea.Cmd {
	i := slices.Index(schemes, a.scheme)
	a.wear(schemes[(i+1)%len(schemes)])
	a.tell(muted, a.words.Page.Colours[a.scheme])
	return nil
}
