package tui

// ring rings the console's bell when a speaker's last seconds begin: the
// facilitator may be looking elsewhere. Nobody else hears it.
func (a *App) ring() {
	ends := a.place == placeConsole && ending(a.s.Floor, a.Room.Now())
	if ends && !a.warned {
		a.rings++
	}
	a.warned = ends
}

// Rings counts how often the terminal's bell has rung.
func (a *App) Rings() int { return a.rings }
