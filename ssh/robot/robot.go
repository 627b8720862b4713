// Package robot has simulated members for demonstrations and rehearsals. They
// are real SSH clients: each connects with a join code, follows `status` and
// says the words of DOORS.md. So it takes exactly the way that people take.
//
// A robot's vote leaves its memory only as any member's does, and through the
// callback of whoever made the robot.
package robot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// Persona is how one robot behaves.
type Persona struct {
	ID   string // of the member whose code the robot has
	Code string // join code
	Seed uint64 // the same seed makes the same choices

	// Rates lets a committee member grade everybody in 组织评定. One robot
	// of the committee is enough.
	Rates bool
	// Pace returns how long the robot waits before it acts; nil: not at
	// all.
	Pace func(*rand.Rand) time.Duration
	// Voted is called with the robot's choices each time a ballot of it was
	// accepted; the last call counts. A member who is not in choices got
	// 弃权.
	Voted func(id string, choices map[string]string)
}

// errLost says that an acknowledged ballot is not on the board.
var errLost = errors.New("robot: the ballot is not on the board")

// maxTries is how often a robot tries what is refused.
const maxTries = 3

// Run takes part in the meeting until it is over and returns nil, or the error
// of ctx if that ends first. A broken connection is made again.
func Run(ctx context.Context, at Server, p Persona) error {
	m := &member{
		Persona: p, rand: rand.New(rand.NewPCG(p.Seed, 0)),
		done: map[string]bool{}, tries: map[string]int{}, codes: map[int]string{}, receipts: map[string]string{},
	}
	if err := retry(ctx, at, p.Code, m.attend); err != nil {
		return fmt.Errorf("%s: %w", p.ID, err)
	}
	return nil
}

// member is what a robot remembers across its connections.
type member struct {
	Persona
	rand     *rand.Rand
	done     map[string]bool
	tries    map[string]int    // number of refusals
	codes    map[int]string    // recovery codes, by number of the vote
	receipts map[string]string // by vote
}

// deed is something to do now.
type deed struct {
	key string
	do  func(context.Context, *Door) error
}

// attend follows the meeting on one connection.
func (m *member) attend(ctx context.Context, d *Door) error {
	news, err := d.follow()
	if err != nil {
		return err
	}
	s, ok := status{}, true
	for {
		select {
		case s, ok = <-news:
		case <-ctx.Done():
			return ctx.Err()
		}
		if !ok {
			return errors.New("robot: the connection broke")
		}
		if over, err := m.react(ctx, d, s, news); over || err != nil {
			return err
		}
	}
}

// react does everything that is due, one deed after another, each decided on
// the newest status.
func (m *member) react(ctx context.Context, d *Door, s status, news <-chan status) (over bool, err error) {
	for {
		next := m.choose(s)
		if next == nil {
			return s.Phase == "after", nil
		}
		if m.Pace != nil {
			select {
			case <-time.After(m.Pace(m.rand)):
			case <-ctx.Done():
				return false, ctx.Err()
			}
			select {
			case fresh, ok := <-news:
				if !ok {
					return false, errors.New("robot: the connection broke")
				}
				if s = fresh; m.choose(s) == nil || m.choose(s).key != next.key {
					continue // too late: the moment has passed
				}
			default:
			}
		}
		err := next.do(ctx, d)
		var no *Refused
		switch {
		case errors.As(err, &no):
			m.tries[next.key]++
			return false, nil // the status was outdated: wait for the next one
		case err != nil:
			return false, err
		}
		m.done[next.key] = true
	}
}

// choose returns the first deed that is due and was not done yet.
func (m *member) choose(s status) *deed {
	for _, d := range m.deeds(s) {
		if !m.done[d.key] && m.tries[d.key] < maxTries {
			return &d
		}
	}
	return nil
}

// deeds lists what a conscientious member does at this moment.
func (m *member) deeds(s status) []deed {
	var list []deed
	add := func(when bool, key, words string, input func(*rand.Rand) string) {
		if when {
			list = append(list, deed{key, m.word(words, input)})
		}
	}
	add(s.may("signin"), "signin", "signin", nil)
	if s.may("seal") {
		list = append(list, deed{fmt.Sprint("seal ", s.Vote.No), m.seal(s.Vote.No)})
	}
	if s.may("unseal") {
		code := m.codes[s.Vote.No]
		list = append(list, deed{fmt.Sprint("unseal ", s.Vote.ID), m.word("unseal", func(*rand.Rand) string { return code })})
	}
	if s.may("vote") {
		list = append(list, deed{"vote " + s.Vote.ID, m.vote(s)})
	}
	if receipt := m.receipts[s.Vote.ID]; receipt != "" && (s.Vote.State == "closed" || s.Vote.State == "counted") {
		list = append(list, deed{"receipt " + s.Vote.ID, m.check(receipt)})
	}
	if s.Speaker != nil && s.Speaker.ID == m.ID {
		list = append(list, deed{fmt.Sprint("speak ", s.Speaker.Since.UnixNano()), m.speak(s)})
	}
	list = append(list, m.criticisms(s)...)
	add(s.may("self-rate"), "self-rate", "self-rate "+m.ownGrade(), nil)
	add(s.at("rectification") && s.may("floor") && m.chance("rectification", 1/float64(max(1, s.Attendance.Present))), "rectification", "floor", nil)
	if m.Rates && s.may("rate") {
		list = append(list, deed{"rate " + s.Vote.ID, m.rate})
	}
	return list
}

// chance returns true with probability p, always the same for one occasion.
func (m *member) chance(occasion string, p float64) bool {
	return m.occasion(occasion).Float64() < p
}

// occasion returns the robot's own dice for one occasion, so that its choice
// does not depend on when it is asked.
func (m *member) occasion(name string) *rand.Rand {
	var h uint64 = 14695981039346656037 // FNV-1a
	for _, b := range []byte(name) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(m.Seed, h))
}

func (m *member) word(words string, input func(*rand.Rand) string) func(context.Context, *Door) error {
	return func(ctx context.Context, d *Door) error {
		text := ""
		if input != nil {
			text = input(m.rand)
		}
		_, err := d.Say(ctx, words, text)
		return err
	}
}

// criticisms returns what the robot says about the person whose turn it is.
// About three robots say something, some of them from the floor.
func (m *member) criticisms(s status) []deed {
	if s.Round == nil || s.Round.Stage != "criticism" || s.Round.Subject == m.ID || s.Round.Apart || !s.may("criticise") {
		return nil
	}
	of := s.Round.Subject
	if !m.chance("criticise "+of, 3/float64(max(1, s.Attendance.Present))) {
		return nil
	}
	if m.chance("aloud "+of, 0.4) {
		if !s.may("floor") {
			return nil
		}
		return []deed{{"criticise " + of, m.word("floor", nil)}}
	}
	return []deed{{"criticise " + of, m.word("criticise "+of, func(r *rand.Rand) string { return pick(r, opinions) })}}
}

// speak says what the robot has the floor for, and then gives the floor back.
func (m *member) speak(s status) func(context.Context, *Door) error {
	words, text := "", ""
	switch s.Speaker.For {
	case "self-criticism":
		words, text = "self-criticise", selfCriticism(m.rand)
	case "criticism":
		if s.Round != nil {
			words, text = "criticise "+s.Round.Subject, pick(m.rand, opinions)
		}
	case "response":
		words, text = "respond", pick(m.rand, responses)
	}
	said := fmt.Sprint("said ", s.Speaker.Since.UnixNano())
	return func(ctx context.Context, d *Door) error {
		if words != "" && !m.done[said] {
			if _, err := d.Say(ctx, words, text); err != nil {
				return err
			}
			m.done[said] = true // if the connection breaks now, it is not said twice
		}
		_, err := d.Say(ctx, "yield", "")
		return err
	}
}

func (m *member) ownGrade() string {
	if m.chance("own grade", 0.3) {
		return "优秀"
	}
	return "合格"
}

func (m *member) seal(no int) func(context.Context, *Door) error {
	return func(ctx context.Context, d *Door) error {
		var a struct {
			Code string `json:"code"`
		}
		if err := d.Ask(ctx, "seal", &a); err != nil {
			return err
		}
		m.codes[no] = a.Code
		return nil
	}
}

// paper is the answer of `ballot --json`.
type paper struct {
	Subjects []struct {
		ID string `json:"id"`
	} `json:"subjects"`
	Grades    []string `json:"grades"`
	SelfVote  bool     `json:"self_vote"`
	Committee []string `json:"committee"`
	Comments  bool     `json:"remarks"`
}

// vote casts the robot's ballot; one in ten changes their mind first.
func (m *member) vote(s status) func(context.Context, *Door) error {
	return func(ctx context.Context, d *Door) error {
		var p paper
		if err := d.Ask(ctx, "ballot", &p); err != nil {
			return err
		}
		drafts := []string{fmt.Sprint("vote ", s.Vote.No)}
		if m.chance("change of mind", 0.1) {
			drafts = []string{"a first thought", drafts[0]}
		}
		for _, draft := range drafts {
			dice := m.occasion(draft)
			if err := m.cast(ctx, d, s.Vote.ID, m.choices(p, dice), m.comments(p, dice)); err != nil {
				return err
			}
		}
		return nil
	}
}

func (m *member) cast(ctx context.Context, d *Door, vote string, choices, comments map[string]string) error {
	all := map[string]any{}
	for id, grade := range choices {
		all[id] = grade
	}
	if len(comments) > 0 {
		all["remarks"] = comments
	}
	ballot, err := json.Marshal(all)
	if err != nil {
		return err
	}
	out, err := d.Say(ctx, "vote --json", string(ballot))
	if err != nil {
		return err
	}
	var a struct {
		Receipt string `json:"receipt"`
	}
	if err := json.Unmarshal(out, &a); err != nil {
		return err
	}
	m.receipts[vote] = a.Receipt
	if m.Voted != nil {
		m.Voted(m.ID, choices)
	}
	return nil
}

// choices fills a ballot in: mostly the better grades, sometimes 弃权.
func (m *member) choices(p paper, r *rand.Rand) map[string]string {
	fill := func(scale []string) (string, bool) {
		for i, share := range []float64{0.4, 0.75, 0.7, 0.5} {
			if i < len(scale) && r.Float64() < share {
				return scale[i], true
			}
		}
		return "", false
	}
	c := map[string]string{}
	for _, s := range p.Subjects {
		if g, ok := fill(p.Grades); ok && (p.SelfVote || s.ID != m.ID) {
			c[s.ID] = g
		}
	}
	if g, ok := fill(p.Committee); ok {
		c["committee"] = g
	}
	return c
}

// comments writes anonymous comments: one robot in three writes one.
func (m *member) comments(p paper, r *rand.Rand) map[string]string {
	if !p.Comments || len(p.Subjects) == 0 || r.Float64() > 0.33 {
		return nil
	}
	return map[string]string{p.Subjects[r.IntN(len(p.Subjects))].ID: pick(r, opinions)}
}

// check looks for the robot's receipt, as every voter may.
func (m *member) check(receipt string) func(context.Context, *Door) error {
	return func(ctx context.Context, d *Door) error {
		var a struct {
			Found   bool `json:"found"`
			Counted bool `json:"counted"`
		}
		if err := d.Ask(ctx, "receipt "+receipt, &a); err != nil {
			return err
		}
		if !a.Found || !a.Counted {
			return errLost
		}
		return nil
	}
}

// row is one member in the answers of `result` and `people`.
type row struct {
	ID     string         `json:"id"`
	Counts map[string]int `json:"counts"`
	Graded bool           `json:"graded"`
}

// rate grades everybody as a committee would that follows the votes and keeps
// the cap: members with most 优秀 first, with a reason where one is asked for.
func (m *member) rate(ctx context.Context, d *Door) error {
	var p paper
	if err := d.Ask(ctx, "ballot", &p); err != nil {
		return err
	}
	var rows []row
	err := d.Ask(ctx, "result", &rows)
	var no *Refused
	if errors.As(err, &no) { // too few ballots: nobody sees the counts
		if err = d.Ask(ctx, "people", &rows); err == nil {
			rows = slices.DeleteFunc(rows, func(r row) bool { return !r.Graded })
		}
	}
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return r.ID == "" }) // the committee as a whole
	slices.SortStableFunc(rows, func(a, b row) int { return b.Counts[p.Grades[0]] - a.Counts[p.Grades[0]] })
	for _, r := range rows {
		// Without a reason the rules say whether the grade is within the cap.
		grade, why := r.leading(p.Grades), "综合自评、互评、测评和平时表现"
		_, err := d.Say(ctx, "rate "+r.ID+" "+grade, "")
		if errors.As(err, &no) {
			grade, why = p.Grades[1], "优秀名额已满，结合日常表现评定"
		} else if err != nil {
			return err
		}
		_, err = d.Say(ctx, "rate "+r.ID+" "+grade+" --reason "+why, "")
		if err != nil {
			return err
		}
	}
	return nil
}

// leading returns the grade that most ballots gave, the second best without
// counts.
func (r row) leading(grades []string) string {
	best := grades[1]
	for _, g := range grades {
		if r.Counts[g] > r.Counts[best] {
			best = g
		}
	}
	return best
}
