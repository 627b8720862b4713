package draw

// List is a choice among numbered rows. Digits and arrows select, Enter takes.
// A second digit makes a larger number, if there are so many rows.
type List struct {
	At    int
	typed int // the number typed so far
}

// Press handles a key in a list of n rows, of which so many are in sight at
// once. taken reports Enter.
func (l *List) Press(k Stroke, n, sight int) (taken, used bool) {
	if n == 0 {
		return false, false
	}
	l.At = min(l.At, n-1)
	typed := l.typed
	l.typed = 0
	switch k.Name {
	case "up", "k":
		l.At = (l.At + n - 1) % n
	case "down", "j":
		l.At = (l.At + 1) % n
	case "pgup":
		l.At = max(0, l.At-sight)
	case "pgdown":
		l.At = min(n-1, l.At+sight)
	case "home":
		l.At = 0
	case "end":
		l.At = n - 1
	case "enter":
		return true, true
	default:
		return false, l.number(k.Digit(), typed, n)
	}
	return false, true
}

func (l *List) number(digit, typed, n int) bool {
	for _, number := range []int{typed*10 + digit, digit} {
		if digit >= 0 && number >= 1 && number <= n {
			l.At, l.typed = number-1, number
			return true
		}
	}
	return false
}
