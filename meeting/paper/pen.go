package paper

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// pen writes a document part by part and holds what every part needs.
type pen struct {
	s       *meeting.State
	facts   Facts
	made    time.Time                             // of the last fact that papers know
	reader  meeting.MemberID                      // whose papers they are; "" for a folder
	filed   []Paper                               // the papers that were written before this one
	read    map[meeting.FormName][]meeting.Record // [pen.records], read once
	when    calendar
	past    []moment
	blocks  []doc.Block
	chapter int // number of the last 一、
	section int // number of the last （一）
}

func newPen(s *meeting.State, f Facts) *pen {
	p := &pen{s: s, facts: f, read: map[meeting.FormName][]meeting.Record{}, when: newCalendar(s.Branch.Location(), s.Began()), past: replay(s)}
	if last := s.Filed(); last != nil {
		p.made = last.At
	}
	return p
}

// fresh is a pen for the next document.
func (p *pen) fresh() *pen {
	return &pen{s: p.s, facts: p.facts, made: p.made, reader: p.reader, read: p.read, when: p.when, past: p.past}
}

// seat is whose reading rights a paper has: its reader's, in a folder the console's.
func (p *pen) seat() meeting.MemberID { return cmp.Or(p.reader, p.s.Chair()) }

// public reports whether a paper is made for a folder, without what is private.
func (p *pen) public() bool { return p.reader == "" }

// records are those of a kind that the paper's reader may read. In a folder they
// are without what is private: it has what the exported log gives.
func (p *pen) records(form meeting.FormName) []meeting.Record {
	if list, known := p.read[form]; known {
		return list
	}
	list := p.s.Records(p.seat(), form)
	for i := range list {
		list[i].Values = maps.Clone(list[i].Values)
		for _, x := range formNamed(form).Fields {
			if x.Private && p.public() {
				delete(list[i].Values, x.Name)
			}
		}
	}
	p.read[form] = list
	return list
}

// erased says on what decision private text was removed, so that a place without it is
// not taken for one that nobody filled in.
func (p *pen) erased() {
	if number := p.s.Pruned[meeting.PrivateBlob]; number != "" {
		p.say("只给少数人看的内容审定后已清除，依据：%s；没有内容的地方不表示当时没有写。", number)
	}
}

// party are the party members of whom papers tell, in roster order
// ([meeting.State.Evaluated]).
func (p *pen) party() []meeting.Member {
	return slices.DeleteFunc(slices.Clone(p.s.Roster), func(m meeting.Member) bool { return !p.s.Evaluated(m) })
}

// graded are those who get a grade by the rules, and who have one anyway, in roster
// order.
func (p *pen) graded() []meeting.MemberID {
	var ids []meeting.MemberID
	for _, m := range p.s.Roster {
		if p.s.Graded(m.ID) || p.branchRating(m.ID).Grade != "" || p.s.Ratings.Of(m.ID).Grade != "" {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// cell is a field of a record: a number or a day as such, other things in words.
func (p *pen) cell(x meeting.Field, r meeting.Record) doc.Cell {
	value := r.Value(x.Name)
	switch x.Type {
	case meeting.NumberField:
		if n, err := strconv.Atoi(value); err == nil {
			return doc.Number(n)
		}
	case meeting.DayField:
		return doc.Day(value)
	}
	return doc.Text(fieldText(p.s, x, value))
}

// longDay is a day, yyyy-mm-dd, as letters write it; "" for none.
func (p *pen) longDay(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.Format(dayForm)
}

// today is the day of the newest fact, as papers write it.
func (p *pen) today() string { return p.when.date(p.made) }

// signs are places to sign for people in one role.
func (p *pen) signs(role string, ids ...meeting.MemberID) doc.Signatures {
	var list doc.Signatures
	for _, id := range ids {
		list = append(list, doc.Signature{Role: role, Name: p.s.Called(id)})
	}
	if len(list) == 0 {
		return doc.Signatures{{Role: role}}
	}
	return list
}

// seal is the place for a stamp (盖章).
func (p *pen) seal(unit string) {
	p.write(doc.Paragraph{Lead: unit + "（盖章）", Text: blank + handDay})
}

// What is left to be filled in by hand: some words, a day.
const (
	blank   = "＿＿＿＿＿＿"
	handDay = "　　　　年　　月　　日"
)

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
