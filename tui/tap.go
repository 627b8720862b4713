package tui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// take carries out an answer, unless it was given to another page than the newest.
func (s *streamer) take(h *arrival) tea.Cmd {
	a := s.a
	switch {
	case h.wrong != nil:
		return s.refuse(h.wrong(&a.words.Stream))
	case h.does == "quit":
		return s.quit()
	case h.does == "columns":
		a.Width = min(max(h.columns, leastColumns), mostColumns)
		return s.done(nil)
	case h.does == "draft":
		s.draft(h.answer)
		return nil
	case h.print == s.last && a.left(s.took.Add(grace), grace) > 0: // a double tap is one
		return nil
	case h.at != s.at && !s.seeking(h.answer):
		return s.late(h.answer)
	case a.early():
		return s.done(nil)
	}
	s.last, s.took, s.lost = h.print, a.Room.Now(), ""
	a.said, a.leaving = draw.Span{}, ""
	s.name = pageName{} // what follows is another page, even if it looks the same
	return s.done(s.do(h.answer))
}

// done sends the answer to what somebody did.
func (s *streamer) done(cmd tea.Cmd) tea.Cmd {
	s.owed = true
	s.again()
	return tea.Batch(cmd, s.a.tick())
}

// refuse says why nothing was done.
func (s *streamer) refuse(why string) tea.Cmd {
	s.a.tell(draw.Warn, why)
	return s.done(nil)
}

// quit leaves at once: a button is no slip of a finger. At a booth it ends the visit.
func (s *streamer) quit() tea.Cmd { return s.done(s.a.quit("q", "q")) }

// passedAt is a page on which something was written.
func (s *streamer) passedAt(at string) (passed, bool) {
	i := slices.IndexFunc(s.past, func(w passed) bool { return w.at == at && w.on != nil })
	if i < 0 {
		return passed{}, false
	}
	return s.past[i], true
}

// seeking reports whether an answer is what somebody looks for in a list that has
// become another meanwhile, as it does with every letter.
func (s *streamer) seeking(h answer) bool {
	w, known := s.passedAt(h.at)
	_, list := w.on.(*menu)
	return known && h.does == "text" && list && w.on == s.a.top()
}

// draft keeps what somebody has written so far.
func (s *streamer) draft(h answer) (kept bool) {
	w, known := s.passedAt(h.at)
	switch page, writes := w.on.(*write); {
	case !known || !writes || page.secret:
		return false
	case page == s.a.top() && page.typing():
		page.Set(h.text)
		page.keep(s.a)
		if s.a.visiting {
			s.a.stay()
		}
		s.known = string(page.Text)
		return true
	case h.at == s.lost && page.keeps != nil:
		return page.keeps(s.a, h.text)
	case h.at == s.lost && w.what != "":
		s.a.Drafts.keep(s.a.Who, w.what, h.text)
		return true
	}
	return false
}

// late says that an answer is not carried out. A text is kept as a draft.
func (s *streamer) late(h answer) tea.Cmd {
	w := s.a.words.Stream
	if h.does == "text" && s.draft(h) {
		return s.refuse(w.LateKept)
	}
	return s.refuse(w.Late)
}

// do carries out an answer to the newest page.
func (s *streamer) do(h answer) tea.Cmd {
	switch h.does {
	case "pick":
		return s.pick(h.pick)
	case "key":
		if !slices.ContainsFunc(s.buttons, func(k sentKey) bool { return k.Key == h.text }) {
			return s.says(s.a.words.Stream.NoButton)
		}
		return s.a.presses(h.text)
	}
	return s.text(h.text)
}

// says answers with a sentence.
func (s *streamer) says(text string) tea.Cmd {
	s.a.tell(draw.Warn, text)
	return nil
}

// pick takes a choice, as its number and Enter do. On a table it selects a row, but
// takes the last, which goes on.
func (s *streamer) pick(n int) tea.Cmd {
	a, p := s.a, &s.now
	rows := len(rowsOf(p))
	if n >= rows {
		return s.says(a.words.Stream.NoChoice)
	}
	down := func() []string { return append([]string{"home"}, slices.Repeat([]string{"down"}, n)...) }
	number := strings.Split(strconv.Itoa(n+1), "")
	m, _ := a.top().(*menu)
	switch {
	case p.input.kind == gradeInput && tabled(a):
		return a.presses(down()...)
	case p.input.kind == gradeInput:
		return a.presses(strconv.Itoa((n + 1) % rows)) // the last is 0
	case p.input.pick != nil && n < p.input.rows:
		p.input.pick(n)
		return nil
	case p.input.pick != nil:
		p.input.pick(n)
		return a.presses("enter")
	case p.direct:
		return a.presses(number...)
	case m != nil && m.query != "": // digits belong to what is looked for
		return a.presses(append(down(), "enter")...)
	}
	return a.presses(append(number, "enter")...)
}

// text takes a text that is finished.
func (s *streamer) text(text string) tea.Cmd {
	a := s.a
	switch in := s.now.input; {
	case in.text != nil:
		return s.finish(in.text, text)
	case in.kind == numberInput && in.at < in.rows:
		return s.number(in, text)
	}
	if m, is := a.top().(*menu); is && m.people {
		m.seek(text)
		return nil
	}
	return s.says(a.words.Stream.NoText)
}

// finish ends a text, unless there is too much of it: then it stays to be shortened.
func (s *streamer) finish(w *write, text string) tea.Cmd {
	a := s.a
	w.Set("")
	full := w.Editor.Insert(text)
	w.keep(a)
	switch {
	case full:
		return s.says(a.words.Page.TooLong.of(w.Most))
	case w.Single:
		return a.presses("enter")
	}
	return a.presses("tab")
}

// number fills in the selected number.
func (s *streamer) number(in input, text string) tea.Cmd {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > 9999 {
		return s.says(s.a.words.Stream.NoNumber)
	}
	in.pick(in.at) // it begins anew
	return s.a.presses(append(strings.Split(strconv.Itoa(n), ""), "enter")...)
}
