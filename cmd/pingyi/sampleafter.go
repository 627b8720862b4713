package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"pingyi/meeting"
	"pingyi/ssh/robot"
	"pingyi/store/hall"
)

// player is a simulated person who does what waits for them (等你办) before and
// after the meeting, as a client over SSH.
type player struct {
	id     meeting.MemberID
	name   string
	code   string
	at     robot.Server
	in     string // what the superior says before every word
	habits habits
	branch *branchRules
	tried  map[waiting]int

	door *robot.Door
	ctx  context.Context // of the present turn
	did  bool            // some words were accepted in it
	err  error           // the connection broke
}

// branchRules is what a player needs of the rules of the branch.
type branchRules struct {
	secretary meeting.MemberID
	grades    []string
	outcomes  []string
	category  string // of problems
	today     string
	later     string // until when something is put right
}

// waiting is something that waits for a player, as the word tasks tells it.
type waiting struct {
	What string
	No   int
	Code meeting.TaskCode
	Text string
}

// habits are what a person does about what waits for them.
type habits map[meeting.TaskCode]func(*player, waiting)

// mostTries is how often a player tries to do the same.
const mostTries = 5

// turn does what waits for the player, each thing once.
func (p *player) turn(ctx context.Context, does func(waiting) error) (did bool, err error) {
	p.ctx, p.did = ctx, false
	if p.door == nil {
		if p.door, p.err = robot.Enter(ctx, p.at, p.code); p.err != nil {
			return false, p.err
		}
	}
	var list []waiting
	p.ask("tasks", &list)
	for _, w := range list {
		do := p.habits[w.Code]
		if do == nil || p.tried[w] == mostTries || p.err != nil {
			continue
		}
		p.tried[w]++
		if err := does(w); err != nil {
			return p.did, err
		}
		do(p, w)
	}
	return p.did, p.err
}

// players are the simulated people of a sample branch before and after its
// meeting: the members, the secretary, the superior. One does something at a time.
type players struct {
	list []*player
	pace func() time.Duration // before each thing that is done; nil: at once
	said func(*player, waiting)
}

// newPlayers are the party members of a sample branch and the superior; without
// the secretary where a person runs it.
func newPlayers(h *hall.Hall, c *crowd, above string, withSecretary bool) *players {
	s := h.State()
	rules := &branchRules{
		secretary: s.Chair(), grades: s.Rules.Grades, outcomes: append(s.Rules.Assess.Outcomes, "表扬"),
		category: append(s.Rules.Aspects, "作用发挥")[0],
		today:    h.Now().Format(time.DateOnly), later: h.Now().AddDate(0, 3, 0).Format(time.DateOnly),
	}
	var all players
	add := func(id meeting.MemberID, name, code, in string, does habits) {
		all.list = append(all.list, &player{id: id, name: name, code: code, at: c.server, in: in, habits: does, branch: rules, tried: map[waiting]int{}})
	}
	for _, m := range s.Roster {
		if m.InParty() && m.ID != s.Chair() {
			add(m.ID, m.Name, c.codes[m.ID], "", memberHabits())
		}
	}
	if withSecretary {
		add(s.Chair(), s.NameOf(s.Chair()), c.codes[s.Chair()], "", secretaryHabits())
	}
	add(sampleSuperior, "上级01", above, "in "+s.Branch.ID+" ", superiorHabits())
	return &all
}

// play has everybody do what waits for them, in turn, until nobody does anything
// any more.
func (a *players) play(ctx context.Context) error {
	for again := true; again; {
		again = false
		for _, p := range a.list {
			did, err := p.turn(ctx, func(w waiting) error { return a.begins(ctx, p, w) })
			if err != nil {
				return err
			}
			again = again || did
		}
	}
	return nil
}

// closeArchive has the secretary close the archive of the year, which is refused
// while something is missing there.
func (a *players) closeArchive(ctx context.Context) error {
	for _, p := range a.list {
		if p.id == p.branch.secretary {
			p.ctx = ctx
			p.say("archive close", nil)
			return p.err
		}
	}
	return nil
}

// begins waits as long as a person takes.
func (a *players) begins(ctx context.Context, p *player, w waiting) error {
	if a.said != nil {
		a.said(p, w)
	}
	if a.pace == nil {
		return nil
	}
	select {
	case <-time.After(a.pace()):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// follow plays whenever the branch has moved, from the end of its meeting until
// ctx ends.
func (a *players) follow(ctx context.Context, h *hall.Hall) error {
	moved, stop := h.Watch()
	defer stop()
	defer a.leave()
	for {
		if h.State().Phase == meeting.After {
			if err := a.play(ctx); err != nil {
				return cmp.Or(ctx.Err(), err)
			}
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// leave ends the connections.
func (a *players) leave() {
	for _, p := range a.list {
		if p.door != nil {
			p.door.Close()
		}
	}
}

// memberHabits are those of every party member. Who is on the committee strikes
// off the secretary's lines of the ledger.
func memberHabits() habits {
	return habits{ //nolint:exhaustive // nothing is done about the others
		meeting.TaskConfirm: func(p *player, w waiting) { p.say(fmt.Sprintf("%s confirm %d", w.What, w.No), nil) },
		meeting.TalkWith:    (*player).talks,
		meeting.WriteOutline: func(p *player, _ waiting) {
			p.say("outline add", fields{
				"problems": rows{{"aspect": p.branch.category, "problem": "到基层少"}}, "causes": "主动性不够",
				"measures": rows{{"what": "每月走访一次", "until": p.branch.later}},
			})
			p.say("outline submit", nil)
		},
		meeting.SubmitOutline: func(p *player, _ waiting) { p.say("outline submit", nil) },
		meeting.SubmitRegister: func(p *player, _ waiting) {
			p.say("register update", fields{"summary": "按时参加学习和组织生活，完成本职工作；到服务对象中去得还少，今后每月走访一次。"})
			p.say("register submit", nil)
		},
		meeting.AnswerFeedback: func(p *player, _ waiting) { p.say("ack", "同意，按整改措施做。") },
		meeting.MendLine: func(p *player, w waiting) {
			p.say(fmt.Sprintf("ledger update %d", w.No), fields{"progress": meeting.ProgressDone, "done": p.branch.today, "evidence": "工作记录"})
		},
		meeting.CloseLines: func(p *player, _ waiting) {
			p.strike(func(of meeting.MemberID) bool { return of == p.branch.secretary })
		},
	}
}

// secretaryHabits are those of who runs the branch, beside a member's.
func secretaryHabits() habits {
	list := memberHabits()
	maps.Copy(list, habits{ //nolint:exhaustive // nothing is done about the others
		meeting.MergeThem:          (*player).merge,
		meeting.SortProblems:       (*player).sort,
		meeting.SettleProblems:     (*player).settle,
		meeting.MendCommitteeLines: (*player).mendCommittee,
		meeting.CloseLines:         func(p *player, _ waiting) { p.strike(func(of meeting.MemberID) bool { return of != p.id }) },
		meeting.TaskWrite:          func(p *player, w waiting) { p.say(w.What+" add", nil) },
		meeting.TaskSubmit:         func(p *player, w waiting) { p.say(fmt.Sprintf("%s submit %d", w.What, w.No), nil) },
		meeting.SendBundle:         func(p *player, _ waiting) { p.say("submit", nil) },
		meeting.SendBundleAgain:    func(p *player, _ waiting) { p.say("submit", nil) },
		meeting.MendBundle:         (*player).mendBundle,
		meeting.TellMembers:        (*player).tell,
		meeting.WriteDisposal:      (*player).dispose,
		meeting.CheckYourself:      (*player).checkYourself,
		meeting.TellTheBranch:      func(p *player, _ waiting) { p.say("assess publish", nil) },
		meeting.FileAssessment:     func(p *player, _ waiting) { p.say("assess file", nil) },
	})
	return list
}

// superiorHabits are those of the superior.
func superiorHabits() habits {
	return habits{ //nolint:exhaustive // nothing is done about the others
		meeting.AssignAGuide: func(p *player, _ waiting) { p.say("guide "+string(p.id), nil) },
		meeting.DecideGrades: (*player).decideGrades,
		meeting.TaskDecide: func(p *player, w waiting) {
			switch w.What {
			case "report":
				p.say(fmt.Sprintf("report receive %d", w.No), nil)
			case "assess":
				p.inspect()
			default:
				p.say(fmt.Sprintf("%s approve %d", w.What, w.No), nil)
			}
		},
	}
}

// fields are what a player fills into a record, rows a list in it.
type (
	fields map[string]any
	rows   []map[string]any
)

// row is a record, or a line of a list, as words answer it.
type row struct {
	No     int
	State  meeting.RecordState
	Fields map[string]any
}

func (r row) is(field string, value any) bool {
	return fmt.Sprint(cmp.Or(r.Fields[field], any(""))) == fmt.Sprint(value)
}

// say says words, with fields or a text as their input. What is refused stays as
// it is, and waits on.
func (p *player) say(words string, input any) {
	if p.err != nil {
		return
	}
	text, plain := input.(string)
	if input != nil && !plain {
		content, err := json.Marshal(input)
		if err != nil {
			p.err = err
			return
		}
		text = string(content)
	}
	_, err := p.door.Say(p.ctx, p.in+words, text)
	p.did = p.did || err == nil
	p.broke(err)
}

// ask reads the answer to words into v, which stays empty if they are refused.
func (p *player) ask(words string, v any) {
	if p.err == nil {
		p.broke(p.door.Ask(p.ctx, p.in+words, v))
	}
}

func (p *player) broke(err error) {
	var no *robot.Refused
	if err != nil && !errors.As(err, &no) {
		p.err = fmt.Errorf("%s: %w", p.id, err)
	}
}

// talks writes down a talk with everybody whom the player owes one.
func (p *player) talks(waiting) {
	var pairs []struct {
		By, With meeting.MemberID
		Why      string
		Owed     bool
		Done     int
	}
	p.ask("talk pairs", &pairs)
	with := map[string][]meeting.MemberID{}
	for _, one := range pairs {
		if one.By == p.id && one.Owed && one.Done == 0 {
			with[one.Why] = append(with[one.Why], one.With)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(with)) {
		p.say("talk add", fields{"kind": kind, "with": with[kind], "at": p.branch.today, "means": "集体", "content": "交流思想，互相提醒，听取意见"})
	}
}

// merge makes a line of the summary of every opinion that is in none.
func (p *player) merge(waiting) {
	var all struct {
		Items   []row
		Summary []struct{ Of []int }
	}
	p.ask("opinion list", &all)
	done := map[int]bool{}
	for _, line := range all.Summary {
		for _, no := range line.Of {
			done[no] = true
		}
	}
	for _, one := range all.Items {
		if !done[one.No] {
			p.say(fmt.Sprintf("opinion merge %d", one.No), fmt.Sprint(one.Fields["text"]))
		}
	}
}

// records are those of a kind for which want is true.
func (p *player) records(kind string, want func(row) bool) []row {
	var list []row
	p.ask(kind+" list", &list)
	return slices.DeleteFunc(list, func(r row) bool { return !want(r) })
}

func (p *player) sort(waiting) {
	for _, r := range p.records("problem", func(r row) bool { return r.is("category", "") }) {
		p.say(fmt.Sprintf("problem update %d", r.No), fields{"category": p.branch.category})
	}
}

// settle takes every open problem over into the ledger.
func (p *player) settle(waiting) {
	for _, r := range p.records("problem", func(r row) bool { return r.State == meeting.OpenState }) {
		p.say(fmt.Sprintf("ledger from problem %d", r.No), nil)
	}
}

func (p *player) mendCommittee(waiting) {
	for _, r := range p.records("ledger", func(r row) bool { return r.State == meeting.OpenState && r.is("member", "") }) {
		p.say(fmt.Sprintf("ledger update %d", r.No), fields{
			"measure": "每月集中学习一次，每次都有讨论", "due": p.branch.later, "progress": meeting.ProgressDone, "done": p.branch.today, "evidence": "会议记录",
		})
	}
}

// strike strikes off lines of the ledger that are done, as far as their person is
// wanted.
func (p *player) strike(wanted func(meeting.MemberID) bool) {
	for _, r := range p.records("ledger", func(r row) bool { return r.State == meeting.OpenState && r.is("progress", meeting.ProgressDone) }) {
		of, _ := r.Fields["member"].(string)
		if wanted(meeting.MemberID(of)) {
			p.say(fmt.Sprintf("ledger close %d", r.No), "已核实，同意销号。")
		}
	}
}

// bundle is what was sent to the superior, and what they decided.
type bundle struct {
	Version int
	Lines   []bundleLine
}

type bundleLine struct {
	ID       meeting.MemberID
	Grade    string
	Decision struct{ Decision, Grade string }
}

func (p *player) mendBundle(waiting) {
	var b bundle
	p.ask("bundle", &b)
	for _, l := range b.Lines {
		if l.Decision.Decision == string(meeting.LineSentBack) {
			p.say(fmt.Sprintf("rate %s %s --reason 依据自评、测评票数和考勤评定", l.ID, l.Grade), nil)
		}
	}
	p.say("submit", nil)
}

// decideGrades returns the first line of what was sent, amends the last one that
// has a grade and approves the others; what is sent again is approved, and so is
// what could not be sent back, since its member had been told.
func (p *player) decideGrades(waiting) {
	var b bundle
	p.ask("bundle", &b)
	last := len(b.Lines) - 1
	for last > 0 && b.Lines[last].Grade == "" {
		last--
	}
	begun := slices.ContainsFunc(b.Lines, func(l bundleLine) bool { return l.Decision.Decision != "" })
	if b.Version > 1 || last < 1 || begun {
		p.say("approve all", nil)
		return
	}
	for i, l := range b.Lines {
		switch i {
		case 0:
			p.say(fmt.Sprintf("return %s --reason 请写明评定的依据", l.ID), nil)
		case last:
			p.say(fmt.Sprintf("amend %s %s --reason 全年有三次组织生活没有参加", l.ID, p.branch.grades[len(p.branch.grades)-2]), nil)
		default:
			p.say("approve "+string(l.ID), nil)
		}
	}
}

// tell gives everybody their feedback who has none.
func (p *player) tell(waiting) {
	var list []struct {
		ID   meeting.MemberID
		Told *time.Time
	}
	p.ask("feedback list", &list)
	for _, one := range list {
		if one.Told == nil {
			p.say("feedback give "+string(one.ID), nil)
		}
	}
}

// dispose talks with everybody who has one of the two lower grades, and writes
// down what is done about it.
func (p *player) dispose(waiting) {
	var b bundle
	p.ask("bundle", &b)
	written := p.records("disposal", func(row) bool { return true })
	for _, l := range b.Lines {
		low := slices.Index(p.branch.grades, cmp.Or(l.Decision.Grade, l.Grade)) >= len(p.branch.grades)-2
		if !low || slices.ContainsFunc(written, func(r row) bool { return r.is("member", l.ID) }) {
			continue
		}
		p.say("talk add", fields{"kind": meeting.TalkFeedback, "with": []meeting.MemberID{l.ID}, "at": p.branch.today, "means": "面谈", "content": "指出存在的问题，帮助制定整改措施"})
		p.say("disposal add", fields{
			"member": l.ID, "facts": "全年有三次组织生活没有参加", "until": p.branch.later,
			"plan": rows{{"what": "按时参加组织生活，缺席的补课", "until": p.branch.later}}, "basis": "党章和党内有关规定", "relation_checked": true,
		})
	}
}

// indicator is a line of the assessment.
type indicator struct {
	ID           string
	Points, Self float64
}

func (p *player) indicators() []indicator {
	var r struct {
		Fields struct{ Indicators []indicator }
	}
	p.ask("assess show", &r)
	return r.Fields.Indicators
}

func (p *player) checkYourself(waiting) {
	var list rows
	for _, one := range p.indicators() {
		list = append(list, map[string]any{"id": one.ID, "self": one.Points})
	}
	p.say("assess update", fields{"indicators": list})
	p.say("assess submit", nil)
}

// inspect takes a point off the first indicator.
func (p *player) inspect() {
	var list rows
	for i, one := range p.indicators() {
		line := map[string]any{"id": one.ID, "score": one.Self}
		if i == 0 {
			line["score"], line["why"] = one.Self-1, "有一个月的学习没有考勤"
		}
		list = append(list, line)
	}
	p.say("assess update", fields{"indicators": list, "outcome": p.branch.outcomes[0], "reason": "按要求完成了各个环节"})
	p.say("assess inspect", nil)
}
