package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// ratingTable is where the committee gives grades, beside self-ratings and
// counts. A digit proposes a grade, Enter records it; the last row hands the
// table in. Nothing is graded by itself.
type ratingTable struct {
	list
	picked int // the proposed grade of the chosen row, from 1; 0: none
	opened bool
}

func (t *ratingTable) typing() bool { return false }

func (t *ratingTable) page(a *App, f flow) page {
	ids := a.s.ToGrade()
	t.at = min(t.at, len(ids))
	f.title("组织评定")
	f.say(plain, capMeter(a.s))
	f.gap()
	if t.at < len(ids) {
		t.detail(a, &f, ids[t.at])
	} else {
		f.say(strong, handIn(a.s))
	}
	f.gap()
	for i, id := range ids {
		t.row(a, &f, i, len(ids)+1, id)
	}
	drawChoice(&f, t.mark(len(ids), len(ids)+1), choice{label: "提交评定表", why: a.submittable()}, t.at == len(ids))
	if t.at == len(ids) {
		f.look()
	}
	return a.page(f)
}

// capMeter is 优秀 还可 k 名, with the base it is taken of (domain.md §3.2).
func capMeter(s *meeting.State) string {
	c := s.Cap()
	text := fmt.Sprintf("优秀最多 %d 名（%s %d），已评 %d 名，", c.Cap, capBase(s.Rules.Cap.Base), c.Base, c.Used)
	if left := c.Left(); left < 0 {
		return text + fmt.Sprintf("超过 %d 名。", -left)
	}
	return text + fmt.Sprintf("还可 %d 名。", c.Left())
}

// capBase names the people of whom 优秀 is a part.
func capBase(base string) string {
	switch base {
	case preset.BaseFormal:
		return "正式党员"
	case preset.BaseFormalAttending:
		return "到会正式党员"
	case preset.BaseParticipating:
		return "参加评议的党员"
	}
	return "支部党员总数"
}

// handIn says what handing the table in would settle.
func handIn(s *meeting.State) string {
	n := map[meeting.Grade]int{}
	for _, r := range s.Ratings {
		n[r.Grade]++
	}
	return "评定：" + leading(s, n)
}

func (t *ratingTable) detail(a *App, f *flow, id meeting.MemberID) {
	m, _ := a.s.Member(id)
	f.put(span{a.name(id), strong}, span{"  " + Clean(m.PartyPost), muted})
	f.say(plain, "自评："+orNone(string(a.s.SelfRatings[id].Grade)))
	if no := meeting.May(a.s, a.Who, meeting.ActResult); no != nil {
		f.say(muted, Say(no))
	} else if h, no := a.s.Histogram(id); no == nil {
		f.say(plain, "测评："+histogram(a.s.Rules.Grades, h))
		channels(f, a.s, id)
	} else {
		f.say(muted, Say(no))
	}
	r, done := a.s.Ratings[id]
	switch {
	case t.picked > 0:
		f.say(accent, "拟评 "+Clean(a.s.Rules.Grades[t.picked-1])+"，按 Enter 记下。")
	case done && r.Reason != "":
		f.say(plain, "评定："+Clean(string(r.Grade))+"。理由："+Clean(r.Reason))
	case done:
		f.say(plain, "评定："+Clean(string(r.Grade))+"。要改就按 1 到 4。")
	default:
		var parts []string
		for i, g := range a.s.Rules.Grades {
			parts = append(parts, fmt.Sprintf("%d %s", i+1, Clean(g)))
		}
		f.say(plain, "按数字评定："+strings.Join(parts, "，"))
	}
}

func orNone(text string) string {
	if text == "" {
		return "没有填"
	}
	return Clean(text)
}

func (t *ratingTable) row(a *App, f *flow, i, n int, id meeting.MemberID) {
	grade, tone := "", plain
	if r, done := a.s.Ratings[id]; done {
		grade = Clean(string(r.Grade))
		if r.Over || r.Away {
			grade += "（有说明）"
		}
	}
	if i == t.at {
		tone = strong
		if t.picked > 0 {
			grade = "拟评 " + Clean(a.s.Rules.Grades[t.picked-1])
		}
	}
	spans := []span{t.mark(i, n), {pad(a.name(id), 12), tone}}
	if f.width >= normalWidth-4 {
		spans = append(spans, span{"自评 " + pad(orNone(string(a.s.SelfRatings[id].Grade)), 10), muted})
	}
	f.row(append(spans, span{grade, tone})...)
	if i == t.at {
		f.look()
	}
}

// submittable says why the table can't be handed in, "" if it can.
func (a *App) submittable() string {
	switch no := meeting.May(a.s, a.Who, meeting.ActSubmit); {
	case no != nil:
		return Say(no)
	case len(a.s.Ungraded()) > 0:
		return Say(&meeting.Refusal{Code: meeting.SomeUngraded, Args: []string{fmt.Sprint(len(a.s.Ungraded()))}})
	case a.s.Submitted:
		return "评定表已经提交。改动以后要再提交一次。"
	}
	return ""
}

func (t *ratingTable) binds(a *App) []bind {
	no := why(a.s, a.Who, meeting.ActRate)
	binds := []bind{
		on("up", "选人", nothing),
		on("1", "到 4 选等次", nothing).unless(no),
		on("enter", "记下", nothing).unless(no),
	}
	if t.opened {
		binds = append(binds, on("esc tab b", "返回", shut))
	}
	return append(binds, on("l", "看测评结果", readResult).unless(why(a.s, a.Who, meeting.ActResult)).aside(true))
}

func (t *ratingTable) press(a *App, k stroke) (tea.Cmd, bool) {
	ids := a.s.ToGrade()
	if d := k.digit(); d >= 1 && d <= len(a.s.Rules.Grades) && t.at < len(ids) {
		t.picked = d
		return nil, true
	}
	if k.digit() >= 0 {
		a.tell(muted, "按 1 到 4 选等次，用上下键换人。")
		return nil, true
	}
	at := t.at
	taken, used := t.list.press(k, len(ids)+1)
	if t.at != at {
		t.picked = 0
	}
	if !taken {
		return nil, used
	}
	switch {
	case t.at == len(ids):
		return t.submit(a), true
	case t.picked == 0:
		a.tell(muted, "先按 1 到 4 选等次，再按 Enter 记下。")
		return nil, true
	}
	return t.rate(a, ids[t.at]), true
}

func (t *ratingTable) rate(a *App, id meeting.MemberID) tea.Cmd {
	grade := meeting.Grade(a.s.Rules.Grades[t.picked-1])
	build := func(reason string) meeting.Command { return meeting.Rate{ID: id, Grade: grade, Reason: reason} }
	return a.actOrReason(build, func(a *App) {
		t.picked, t.at = 0, t.at+1
		a.tell(accent, fmt.Sprintf("%s 评定为 %s，已记下。", a.name(id), Clean(string(grade))))
	})
}

func (t *ratingTable) submit(a *App) tea.Cmd {
	if no := a.submittable(); no != "" {
		a.tell(warn, no)
		return nil
	}
	return a.ask("提交评定表？", handIn(a.s)+capMeter(a.s)+"提交后仍在这一项时可以改，改后要再提交。", "是，提交", func(a *App) tea.Cmd {
		return a.act(meeting.Submit{}, "评定表已提交。")
	})
}
