package ssh

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// People of the organisation above (党总支) sign on with a code of their own. They
// have words of their own, and say a branch's words in it with `in`: those that
// are theirs, in the branch itself, in their own name.

// superiorWords lists the words of the organisation, in the order of help.
func superiorWords() []word {
	return []word{
		{name: "help", about: "有哪些命令", do: superiorHelp},
		{name: "plain", about: "逐行的界面：读屏软件、坏掉的终端用；不带 -t、不写命令登录也是它", do: plain},
		{name: "page", about: "给程序画的界面：每行一个 JSON 对象，见 STREAM.md；不能带 -t", do: pageAlone},
		{name: "whoami", about: "我是谁，担任什么", do: superiorWhoami},
		{name: "status", about: "有几个支部，什么在等我决定", do: superiorStatus},
		{name: "tasks", params: "[--ics]", about: "等你办：各支部里什么等我决定、什么逾期了；--ics 是日历文件", switches: []string{"ics"}, do: superiorTasks},
		{name: "branches", about: "所有支部走到了哪一步，什么在等我决定", do: branches},
		{name: "rollup", about: "各支部的人数、等次和优秀名额，以及合计", do: rollup},
		{name: "audit", params: "[ID]", about: "所有支部里谁在什么时候做了什么；写编号就只看那个人", most: 1, do: superiorAudit},
		{name: "key", params: "add|list|forget NO", about: "记住的设备：add 记住这次登录所用的设备，以后从它登录不用输入会码；list 列出，forget 忘记自己的", least: 1, most: 2, do: keyWord},
		{name: "papers", params: "[get FILE]", about: "汇总表、统计、优秀名单、书记考核；get 把一份写到标准输出；各支部的材料用 in BRANCH papers", most: 2, do: papers},
		{name: "in", params: "BRANCH WORD…", about: "在一个支部里说支部的命令，例如 in b1 plan show、in b1 approve all；以前的年度写 b1@2016，只能看", least: 2, most: -1, rest: true, do: inBranch},
	}
}

// forSuperior reports whether a word of a branch is one that the organisation
// above may say there. What they may read and do by it, the meeting decides.
func (w word) forSuperior() bool {
	switch w.name {
	case "status", "people", "agenda", "ready", "tasks", "bundle", "approve", "return", "amend", "guide", "audit", "file", "papers", "signin", "floor", "yield":
		return true
	}
	return slices.ContainsFunc(meeting.Forms(), func(f *meeting.Form) bool { return string(f.Name) == w.name })
}

// wordsOf are the words that somebody can say.
func wordsOf(who person) []word {
	if who.above != nil {
		return superiorWords()
	}
	return vocabulary()
}

// superiorOf returns somebody of the organisation.
func (s *Server) superiorOf(id meeting.MemberID) (meeting.Superior, bool) {
	if s.config.Organisation == nil {
		return meeting.Superior{}, false
	}
	p, known := s.config.Organisation.State().Person(id)
	return meeting.Superior(p), known
}

// superiorRoom is a branch's room as somebody of the organisation has it: they
// see the branch itself, whatever is rehearsed in it, and act in their own name.
type superiorRoom struct {
	Room
	who meeting.Superior
}

// State returns the branch's state, in which they are known.
func (r superiorRoom) State() *meeting.State { return r.Own().Knowing(&r.who) }

// Act submits c in their name.
func (r superiorRoom) Act(ctx context.Context, _ meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActAbove(ctx, "", r.who, c)
}

// ActOnce is Act, once under an id.
func (r superiorRoom) ActOnce(ctx context.Context, id meeting.RequestID, _ meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActAbove(ctx, id, r.who, c)
}

// inBranch says a word of a branch there.
func inBranch(c *call) (answer, error) {
	one, known := c.server.superiorOf(c.who)
	if !known {
		return answer{}, &meeting.Refusal{Code: meeting.NotOnRoster}
	}
	in, err := c.server.roomIn(c.ctx, c.args[0])
	if err != nil {
		return answer{}, err
	}
	w, ok := lookup(c.args[1], vocabulary())
	if !ok {
		return answer{}, usageError("没有这个命令：用 help 看有哪些。")
	}
	room := superiorRoom{heldRoom{in, c.session}, one}
	if !w.forSuperior() {
		return answer{}, whyOutside(room.State(), meeting.SuperiorID(one.ID), meeting.Action(w.name))
	}
	l, err := w.read(c.args[2:])
	if err != nil {
		return answer{}, err
	}
	c.json = l.json
	there := *c
	there.line, there.room, there.who = l, room, meeting.SuperiorID(one.ID)
	return w.do(&there)
}

// roomIn is the room of a branch, or with ID@YEAR that of one of its years.
func (s *Server) roomIn(ctx context.Context, branch string) (Room, error) {
	if strings.Contains(branch, "@") {
		return s.yearOf(ctx, branch)
	}
	rooms, err := s.config.Halls(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rooms, func(r Room) bool { return r.Own().Branch.ID == branch })
	if i < 0 {
		return nil, sentence("没有这个支部：用 branches 看有哪些。")
	}
	return rooms[i], nil
}

// yearOf is the room of one of a branch's years, ID@YEAR.
func (s *Server) yearOf(ctx context.Context, branch string) (Room, error) {
	if s.config.Year == nil {
		return nil, sentence("没有以前的年度。")
	}
	return s.config.Year(ctx, branch)
}

// whyOutside is why the superior does not say a word of the branch's own: as status
// says it, where the word is an action.
func whyOutside(s *meeting.State, who meeting.MemberID, act meeting.Action) error {
	if no := meeting.May(s, who, act); no != nil && slices.Contains(meeting.Actions(), act) {
		return no
	}
	return outside()
}

func superiorHelp(*call) (answer, error) {
	words := superiorWords()
	for _, w := range vocabulary() {
		if w.forSuperior() {
			w.name = "in BRANCH " + w.name
			words = append(words, w)
		}
	}
	return helpOn(words)
}

func superiorWhoami(c *call) (answer, error) {
	one, _ := c.server.superiorOf(c.who)
	v := struct {
		ID     meeting.MemberID `json:"id"`
		Name   string           `json:"name"`
		Branch *string          `json:"branch"`
		Seats  []meeting.Seat   `json:"seats"`
	}{one.ID, one.Name, nil, []meeting.Seat{meeting.SeatSuperior}}
	name := c.session.who.above.State().Name
	return answer{value: v, text: name + "　" + one.Name + "（" + string(one.ID) + "）　" + tui.Chinese().SeatName(meeting.SeatSuperior)}, nil
}

// overviews are all branches as the organisation sees them today.
func (s *Server) overviews(ctx context.Context) ([]meeting.Overview, error) {
	rooms, err := s.config.Halls(ctx)
	if err != nil {
		return nil, err
	}
	list := []meeting.Overview{}
	for _, r := range rooms {
		list = append(list, r.Own().Overview(r.Now().Format(time.DateOnly), s.dates(r.Own()).Due))
	}
	return list, nil
}

// dates returns those that the organisation has set for a branch; nil: none.
func (s *Server) dates(of *meeting.State) *org.Year {
	var year *org.Year
	if s.config.Organisation != nil {
		year = s.config.Organisation.State().Year
	}
	return year.For(of)
}

func branches(c *call) (answer, error) {
	list, err := c.server.overviews(c.ctx)
	if err != nil {
		return answer{}, err
	}
	var text strings.Builder
	for _, b := range list {
		fmt.Fprintf(&text, "%s　%s\n", b.ID, draw.Clean(b.Name))
		for _, step := range meeting.StepNames() {
			if said := tui.Chinese().SayYearStep(step, b.Steps[step]); said != "" {
				text.WriteString("    " + said + "\n")
			}
		}
		for _, what := range b.Waits {
			text.WriteString("    等你决定：" + tui.Chinese().WaitName(what) + "\n")
		}
	}
	if len(list) == 0 {
		text.WriteString("还没有支部。\n")
	}
	return answer{value: list, text: text.String()}, nil
}

func superiorStatus(c *call) (answer, error) {
	type waiting struct {
		Branch string `json:"branch"`
		What   string `json:"what"`
	}
	list, err := c.server.overviews(c.ctx)
	if err != nil {
		return answer{}, err
	}
	v := struct {
		Org      string    `json:"org"`
		Branches int       `json:"branches"`
		Waits    []waiting `json:"waits"`
		May      []string  `json:"may"`
	}{Org: c.session.who.above.State().Name, Branches: len(list), Waits: []waiting{}, May: []string{}}
	for _, w := range superiorWords() {
		v.May = append(v.May, w.name)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s　支部 %d 个\n", draw.Clean(v.Org), v.Branches)
	for _, b := range list {
		for _, what := range b.Waits {
			v.Waits = append(v.Waits, waiting{b.ID, what})
			fmt.Fprintf(&text, "等你决定：%s　%s（in %s …）\n", draw.Clean(b.Name), tui.Chinese().WaitName(what), b.ID)
		}
	}
	if len(v.Waits) == 0 {
		text.WriteString("没有等你决定的。\n")
	}
	return answer{value: v, text: text.String()}, nil
}

// superiorAudit is the audit of all branches, of everybody or of one.
func superiorAudit(c *call) (answer, error) {
	rooms, err := c.server.config.Halls(c.ctx)
	if err != nil {
		return answer{}, err
	}
	list, known := []act{}, len(c.args) == 0
	unknown := &meeting.Refusal{Code: meeting.UnknownMember, Args: c.args}
	var text strings.Builder
	var states []*meeting.State
	for _, r := range rooms {
		states = append(states, r.Own())
	}
	names := meeting.BranchesCalled(states)
	for i, s := range states {
		here := acts(s)
		if len(c.args) == 1 {
			who, no := doer(s, c.args[0])
			known = known || no == nil
			if no != nil && no.Code == meeting.SeveralMeant {
				unknown = no
			}
			if here = actsOf(who, here); no != nil || len(here) == 0 {
				continue
			}
		}
		list = append(list, here...)
		text.WriteString(draw.Clean(names[i]) + "\n" + sayActs(here, s.Branch.Location()))
	}
	if !known {
		if _, known = c.server.superiorOf(meeting.MemberID(c.args[0])); !known {
			return answer{}, unknown
		}
	}
	if text.Len() == 0 {
		text.WriteString(sayActs(nil, nil))
	}
	return answer{value: list, text: text.String()}, nil
}
