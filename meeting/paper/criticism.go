package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// criticism writes 批评与自我批评: the counts that are reported (DOMAIN.md
// §4.10), who has not spoken, and everybody's round.
func (p *pen) criticism(it meeting.Item) {
	s := p.s
	order := "逐人自我批评并听取批评意见"
	if s.Rules.MutualReview == preset.AfterAll {
		order = "先逐人自我批评，再逐人听取批评意见"
	}
	if s.ByGroups() {
		order = "按党小组进行，" + order
	}
	own, mutual := s.CountCriticism()
	p.say("%s。参加 %d 名，自我批评 %d 条，相互批评 %d 条。", order, len(s.Participants()), own, mutual)
	p.missing("未作自我批评", s.Unheard())
	p.missing("未听取批评意见", s.Unreviewed())
	p.missing("到会而未提出批评意见", s.Silent())
	if !p.byGroup(func(g meeting.PartyGroup) { p.rounds(it, p.groupRounds(g), 4) }) {
		p.rounds(it, slices.Collect(s.Rounds.All()), 3)
	}
}

// rounds writes rounds under headings of a level.
func (p *pen) rounds(it meeting.Item, list []*meeting.Round, level int) {
	for i, r := range list {
		p.write(doc.Heading{Level: level, Text: fmt.Sprintf("%d. %s", i+1, p.titled(r.Subject))})
		p.round(it, *r)
	}
}

// missing names the people of whom something is still missing, if any.
func (p *pen) missing(what string, ids []meeting.MemberID) {
	if len(ids) > 0 {
		p.say("%s：%s。", what, p.names(ids))
	}
}

// round writes one person's round: their self-criticism, the criticisms, their
// response, and what the recorder noted meanwhile.
func (p *pen) round(it meeting.Item, r meeting.Round) {
	spoke := p.speakingTimes(it, r.Subject)
	p.ownWords(r, spoke)
	for _, id := range p.critics(r, spoke) {
		p.criticisms(r, id, spoke[speech{id, meeting.ForCriticism}])
	}
	seconds := spoke[speech{r.Subject, meeting.ForResponse}]
	if len(r.Responses) == 0 && seconds > 0 {
		r.Responses = wordless(r.Subject)
	}
	p.speeches("表态", r.Responses, seconds)
	p.during(it.No, func(m moment) {
		if _, talk := m.Fact.(meeting.FloorYielded); !talk && ofRound(m) && m.before.Subject == r.Subject {
			p.happened(m)
		}
	})
}

// ofRound reports whether an event belongs to the round of the person whose
// turn it was, and not to the item as a whole.
func ofRound(m moment) bool {
	switch f := m.Fact.(type) {
	case meeting.Noted:
		return m.before.Subject != "" && f.Item == m.before.Current+1
	case meeting.Resolved, meeting.FloorYielded:
		return m.before.Subject != ""
	}
	return false
}

// speech is a speaker and what they had the floor for, within a round.
type speech struct {
	by  meeting.MemberID
	use meeting.Purpose
}

// speakingTimes returns how many seconds each person spoke in a person's round.
func (p *pen) speakingTimes(it meeting.Item, subject meeting.MemberID) map[speech]int {
	spoke := map[speech]int{}
	p.during(it.No, func(m moment) {
		if f, ok := m.Fact.(meeting.FloorYielded); ok && m.before.Subject == subject {
			spoke[speech{f.ID, f.For}] += f.Seconds
		}
	})
	return spoke
}

func (p *pen) ownWords(r meeting.Round, spoke map[speech]int) {
	switch {
	case !r.Spoke:
		p.write(doc.Paragraph{Lead: "自我批评", Text: "未作。"})
	case len(r.Own) == 0 && r.Read > 0:
		p.write(doc.Paragraph{Lead: "自我批评（缺席，书面材料）", Text: "宣读了本人提交的发言提纲。"})
	case len(r.Own) == 0:
		r.Own = wordless(r.Subject)
	}
	p.speeches("自我批评", r.Own, spoke[speech{r.Subject, meeting.ForSelfCriticism}])
}

// wordless stands for a speech whose words nobody wrote down.
func wordless(from meeting.MemberID) []meeting.Speech {
	return []meeting.Speech{{From: from, By: from}}
}

// critics lists who spoke about the subject: first those whose criticism is
// recorded, then other speakers who are no party members, in roster order.
func (p *pen) critics(r meeting.Round, spoke map[speech]int) []meeting.MemberID {
	ids := r.Critics()
	for _, m := range p.s.Roster {
		if spoke[speech{m.ID, meeting.ForCriticism}] > 0 && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// criticisms writes what one person said about the subject.
func (p *pen) criticisms(r meeting.Round, from meeting.MemberID, seconds int) {
	var words []meeting.Speech
	for _, c := range r.Criticisms {
		if c.From == from {
			words = append(words, c)
		}
	}
	if len(words) == 0 {
		words = wordless(from)
	}
	p.speeches(p.s.Called(from)+"批评"+p.s.Called(r.Subject), words, seconds)
}

// speeches writes the texts of one person under a lead, with the speaking time
// and, if it was somebody else, who wrote them down.
func (p *pen) speeches(lead string, words []meeting.Speech, seconds int) {
	for i, w := range words {
		var marks []string
		if i == 0 && seconds > 0 {
			marks = append(marks, duration(seconds))
		}
		if a := p.s.Attendance.Of(w.From); !a.Came() && a.Written {
			marks = append(marks, "缺席，书面材料")
		}
		if w.By != w.From && w.Text != "" {
			marks = append(marks, p.s.Called(w.By)+"记录")
		}
		head := lead
		if len(marks) > 0 {
			head += "（" + strings.Join(marks, "，") + "）"
		}
		text := w.Text
		if text == "" {
			text = "要点未记录。"
		}
		p.write(doc.Paragraph{Lead: head, Text: text})
	}
}
