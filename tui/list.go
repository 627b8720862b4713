package tui

// list is a choice among numbered rows. Digits and arrows select, Enter takes.
// A second digit makes a larger number, if there are so many rows.
type list struct {
	at    int
	typed int // the number typed so far
}

// press handles a key in a list of n rows. taken reports Enter.
func (l *list) press(k stroke, n int) (taken, used bool) {
	if n == 0 {
		return false, false
	}
	l.at = min(l.at, n-1)
	typed := l.typed
	l.typed = 0
	switch k.name {
	case "up", "k":
		l.at = (l.at + n - 1) % n
	case "down", "j":
		l.at = (l.at + 1) % n
	case "pgup":
		l.at = max(0, l.at-5)
	case "pgdown":
		l.at = min(n-1, l.at+5)
	case "home":
		l.at = 0
	case "end":
		l.at = n - 1
	case "enter":
		return true, true
	default:
		return false, l.number(k.digit(), typed, n)
	}
	return false, true
}

func (l *list) number(digit, typed, n int) bool {
	for _, number := range []int{typed*10 + digit, digit} {
		if digit >= 0 && number >= 1 && number <= n {
			l.at, l.typed = number-1, number
			return true
		}
	}
	return false
}
