package paper

import (
	"fmt"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// pen writes a document part by part and holds what every part needs.
type pen struct {
	s       *meeting.State
	facts   Facts
	made    time.Time        // of the last fact that papers know
	reader  meeting.MemberID // whose papers they are; "" for a folder
	when    calendar
	past    []moment
	blocks  []doc.Block
	chapter int // number of the last 一、
	section int // number of the last （一）
}

func newPen(s *meeting.State, f Facts) *pen {
	p := &pen{s: s, facts: f, when: newCalendar(s.Branch.Location(), s.Began()), past: replay(s)}
	if last := s.Filed(); last != nil {
		p.made = last.At
	}
	return p
}

// fresh is a pen for the next document.
func (p *pen) fresh() *pen {
	return &pen{s: p.s, facts: p.facts, made: p.made, reader: p.reader, when: p.when, past: p.past}
}

func (p *pen) write(blocks ...doc.Block) { p.blocks = append(p.blocks, blocks...) }

// say writes a paragraph.
func (p *pen) say(format string, args ...any) {
	p.write(doc.Paragraph{Text: fmt.Sprintf(format, args...)})
}

// table writes a table, or the word for an empty one.
func (p *pen) table(t doc.Table, empty string) {
	if len(t.Rows) > 0 {
		p.write(t)
		return
	}
	p.write(doc.Paragraph{Lead: t.Title, Text: empty})
}

// begin writes the heading of a chapter: 一、.
func (p *pen) begin(title string) {
	p.chapter++
	p.section = 0
	p.write(doc.Heading{Level: 1, Text: numeral(p.chapter) + "、" + title})
}

// beginSection writes the heading of a section: （一）.
func (p *pen) beginSection(title string) {
	p.section++
	p.write(doc.Heading{Level: 2, Text: "（" + numeral(p.section) + "）" + title})
}

// numeral returns a number from 1 to 99 in Chinese: 一, 十四, 二十.
func numeral(n int) string {
	digit := []rune("零一二三四五六七八九")
	tens, ones := "", ""
	if n >= 10 {
		tens = "十"
	}
	if n >= 20 {
		tens = string(digit[n/10%10]) + "十"
	}
	if n%10 > 0 {
		ones = string(digit[n%10])
	}
	return tens + ones
}

// names joins people's names: 党员01、党员02; 无 if there is nobody.
func (p *pen) names(ids []meeting.MemberID) string {
	if len(ids) == 0 {
		return "无"
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = p.s.Called(id)
	}
	return strings.Join(list, "、")
}

// titled returns a person with their post, 党员03（书记）.
func (p *pen) titled(id meeting.MemberID) string {
	m, _ := p.s.Member(id)
	if post := postOf(m); post != "" {
		return p.s.Called(id) + "（" + post + "）"
	}
	return p.s.Called(id)
}

func postOf(m meeting.Member) string {
	if m.PartyPost != "" {
		return m.PartyPost
	}
	return m.Post
}

// sentence ends a typed text with exactly one full stop.
func sentence(text string) string { return strings.TrimRight(text, "。．.；; ") + "。" }

// kindName is the 类别 of a person, in words.
func kindName(k meeting.Kind) string {
	switch k {
	case meeting.Formal:
		return "正式党员"
	case meeting.Probationary:
		return "预备党员"
	case meeting.Mass:
		return "群众代表"
	}
	return "列席人员"
}
