package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// readMatrix shows who has spoken how long, and who has criticised whom: as a
// table where it fits, elsewhere as a list.
func readMatrix(a *App) tea.Cmd {
	return a.push(&menu{
		title: a.words.Console.WhoSpoke, opened: true, wide: true,
		beat: func(a *App) bool { return running(a.s) },
		say: func(a *App, f *flow) {
			m := newMatrix(a.s, a.Room.Now())
			if len(m.people) > mostCrossed {
				f.add(versions{{0, func() []block { return m.list(a) }}})
				return
			}
			f.add(versions{
				{max(normalWidth-2, m.width()+noteColumn), func() []block { return m.table(a, true) }},
				{max(normalWidth-2, m.width()), func() []block { return m.table(a, false) }},
				{max(normalWidth-2, m.closeWidth(len(m.people))), func() []block { return m.close(a, len(m.people)) }},
				{normalWidth - 2, func() []block { return m.close(a, normalWidth-2-m.closeWidth(0)) }},
				{0, func() []block { return m.list(a) }},
			})
		},
	})
}

// mostCrossed is the number of people up to whom everybody stands beside everybody:
// of more nobody could read it, and it would be millions of cells.
const mostCrossed = 200

// matrix holds who spoke and who criticised whom, in numbers.
type matrix struct {
	s         *meeting.State
	people    []meeting.MemberID
	count     map[[2]meeting.MemberID]int // by critic and criticised
	gave, got map[meeting.MemberID]int
	talks     map[meeting.MemberID]meeting.SpeakingTime
	longest   time.Duration
}

// The columns of the table, in cells.
const (
	numberColumn = 3
	nameColumn   = 9
	gaveColumn   = 6
	clockColumn  = 8
	noteColumn   = 22
)

func newMatrix(s *meeting.State, now time.Time) *matrix {
	m := &matrix{s: s, people: s.Participants(), count: map[[2]meeting.MemberID]int{}, gave: gave(s), got: map[meeting.MemberID]int{}, talks: s.SpeakingTimes(now)}
	for r := range s.Rounds.All() {
		for _, c := range r.Criticisms {
			m.count[[2]meeting.MemberID{c.From, r.Subject}]++
			m.got[r.Subject]++
		}
	}
	for _, id := range m.people {
		m.longest = max(m.longest, m.talks[id].Time)
	}
	return m
}

// gave counts the criticisms that each person has made.
func gave(s *meeting.State) map[meeting.MemberID]int {
	n := map[meeting.MemberID]int{}
	for r := range s.Rounds.All() {
		for _, c := range r.Criticisms {
			n[c.From]++
		}
	}
	return n
}

// closeWidth returns the width of a table that gives each of some people one
// cell.
func (m *matrix) closeWidth(people int) int {
	return numberColumn + nameColumn + 1 + people + gaveColumn + clockColumn
}

// close is the table of a large branch: a cell for each person criticised, under
// a number whose digits stand one above the other. Where they do not all fit
// side by side the table goes on below, in parts of equal width.
func (m *matrix) close(a *App, most int) []block {
	f, w := a.flow(), a.words.Matrix
	f.say(draw.Muted, w.Legend)
	parts := (len(m.people) + most - 1) / most
	for i := range parts {
		m.part(&f, i*len(m.people)/parts, (i+1)*len(m.people)/parts)
	}
	m.notes(&f)
	return f.blocks
}

// part is the part of a close table that has the columns of some people. The
// first has the sums of the rows.
func (m *matrix) part(f *flow, from, to int) {
	w := f.words.Matrix
	f.gap()
	head, foot := m.digits("", draw.Plain, from, to, func(i int) int { return i + 1 }), m.digits(w.Got, draw.Muted, from, to, func(i int) int { return m.got[m.people[i]] })
	if from == 0 {
		last := len(head) - 1
		head[last] = append(head[last], cell{w.Gave, draw.Muted, gaveColumn, true}, cell{w.Spoke, draw.Muted, clockColumn, true})
	}
	for _, r := range head {
		f.add(r)
	}
	for i, critic := range m.people {
		r := m.name(i)
		r = append(r, cell{width: 1})
		for _, of := range m.people[from:to] {
			one := m.cell(critic, of)
			if one.width = 1; len(one.text) > 1 {
				one.text = "+"
			}
			r = append(r, one)
		}
		if from == 0 {
			r = append(r, m.sums(critic)...)
		}
		f.add(r)
	}
	for _, r := range foot {
		f.add(r)
	}
}

// digits are rows of numbers whose digits stand one above the other.
func (m *matrix) digits(label string, tone draw.Tone, from, to int, of func(int) int) []row {
	places := 1
	for i := from; i < to; i++ {
		places = max(places, len(fmt.Sprint(of(i))))
	}
	rows := make([]row, places)
	for place := range rows {
		rows[place] = row{{width: numberColumn + nameColumn + 1}}
		for i := from; i < to; i++ {
			digit := fmt.Sprintf("%*d", places, of(i))[place]
			rows[place] = append(rows[place], cell{string(digit), m.tone(m.people[i]), 1, true})
		}
	}
	rows[places-1][0] = cell{label, tone, numberColumn + nameColumn + 1, false}
	return rows
}

// name is the beginning of a person's row.
func (m *matrix) name(i int) row {
	tone := m.tone(m.people[i])
	return row{{fmt.Sprint(i+1) + " ", tone, numberColumn, true}, {nameOf(m.s, m.people[i]), tone, nameColumn, false}}
}

// sums are how many criticisms a person has made, and how long they spoke.
func (m *matrix) sums(id meeting.MemberID) row {
	return row{{fmt.Sprint(m.gave[id]), draw.Plain, gaveColumn, true}, {clock(m.talks[id].Time), draw.Plain, clockColumn, true}}
}

// width returns the width of the table without notes.
func (m *matrix) width() int {
	return numberColumn + nameColumn + numberColumn*len(m.people) + gaveColumn + clockColumn
}

// table has a row for each critic and a column, under a number, for each person
// criticised. What stands out is noted in the rows, or else below.
func (m *matrix) table(a *App, noted bool) []block {
	f, w := a.flow(), a.words.Matrix
	f.say(draw.Muted, w.Legend)
	f.gap()
	head, foot := row{{width: numberColumn + nameColumn}}, row{{w.Got, draw.Muted, numberColumn + nameColumn, false}}
	for i, id := range m.people {
		head = append(head, cell{fmt.Sprint(i + 1), m.tone(id), numberColumn, true})
		foot = append(foot, cell{fmt.Sprint(m.got[id]), draw.Plain, numberColumn, true})
	}
	f.add(append(head, cell{w.Gave, draw.Muted, gaveColumn, true}, cell{w.Spoke, draw.Muted, clockColumn, true}))
	for i, from := range m.people {
		r := m.name(i)
		for _, of := range m.people {
			r = append(r, m.cell(from, of))
		}
		r = append(r, m.sums(from)...)
		if noted {
			r = append(r, cell{text: "  " + m.note(a.words, from)})
		}
		f.add(r)
	}
	f.add(foot)
	if !noted {
		m.notes(&f)
	}
	return f.blocks
}

// notes says below a table, which has no room for them, what stands out.
func (m *matrix) notes(f *flow) {
	var order []string
	who := map[string][]meeting.MemberID{}
	for _, id := range m.people {
		for _, note := range []string{m.speech(f.words, id), m.silence(f.words, id)} {
			if _, known := who[note]; !known && note != "" {
				order = append(order, note)
			}
			who[note] = append(who[note], id)
		}
	}
	f.gap()
	for _, note := range order {
		f.say(draw.Plain, f.words.Matrix.Note.of(note, f.words.names(m.s, who[note])))
	}
}

// tone marks the person whose turn it is.
func (m *matrix) tone(id meeting.MemberID) draw.Tone {
	if id == m.s.Subject {
		return draw.Accent
	}
	return draw.Plain
}

func (m *matrix) cell(from, of meeting.MemberID) cell {
	switch n := m.count[[2]meeting.MemberID{from, of}]; {
	case from == of:
		return cell{"-", draw.Muted, numberColumn, true}
	case n == 0:
		return cell{".", draw.Muted, numberColumn, true}
	default:
		return cell{fmt.Sprint(n), draw.Strong, numberColumn, true}
	}
}

// note says what stands out in a row.
func (m *matrix) note(w *Words, id meeting.MemberID) string {
	speech, silence := m.speech(w, id), m.silence(w, id)
	if speech != "" && silence != "" {
		return speech + w.Happening.NameSep + silence
	}
	return speech + silence
}

// silence says who is there and has criticised nobody.
func (m *matrix) silence(w *Words, id meeting.MemberID) string {
	if m.gave[id] > 0 || !m.s.Attendance.Of(id).Present {
		return ""
	}
	return w.Matrix.Silent
}

// speech says who is still to be heard, and who has spoken longest.
func (m *matrix) speech(w *Words, id meeting.MemberID) string {
	switch spoke := m.talks[id]; {
	case spoke.Times > 0 && spoke.Time == m.longest:
		return w.Matrix.Longest
	case spoke.Times > 0:
		return ""
	case !m.s.Attendance.Of(id).Present:
		return w.Minutes.InWriting
	}
	return w.Matrix.Unheard
}

// list has the same as a list of people.
func (m *matrix) list(a *App) []block {
	f := a.flow()
	for _, id := range m.people {
		r, _ := m.s.Round(id)
		f.put(draw.Span{Text: nameOf(m.s, id), Tone: draw.Strong}, draw.Span{Text: "  " + f.words.PartName(r.Part), Tone: draw.Strong},
			draw.Span{Text: "  " + draw.Whole(f.words.Matrix.SpokeFor.of(clock(m.talks[id].Time))), Tone: draw.Plain}, draw.Span{Text: "  " + m.speech(f.words, id), Tone: draw.Plain})
		text := f.words.Console.GaveGot.of(m.gave[id], m.got[id])
		if critics := r.Critics(); len(critics) > 0 {
			text += f.words.Console.Critics.of(f.words.names(m.s, critics))
		}
		f.hang(draw.Span{Text: "  ", Tone: draw.Plain}, draw.Span{Text: text, Tone: draw.Plain})
	}
	return f.blocks
}
