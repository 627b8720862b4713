package paper

import (
	"os"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// sections are those of DOMAIN.md §4 that FIELDS.md has to have.
var sections = []string{"4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.10", "4.11", "4.12", "4.13", "4.14", "4.15"}

// sample is a whole meeting with a record of every kind.
func sample(t meetingtest.TB) *meeting.State {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Whole(meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) {
		r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale, r.Vote.Mass = true, "支部班子", []string{"好", "较好", "一般", "差"}, true
		r.SelfCheckApproval = true
	}), "内容")
	m.Does("m03",
		meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "二楼", "theme", "主题"),
		meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "主题", "hours", "2", "attended", `["m01"]`),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "党员", "text", "内容"),
		meetingtest.Writes("selfcheck", 0, "causes", "内容"),
		meetingtest.Writes("problem", 0, "level", "班子", "text", "内容"),
		meeting.WriteRecord{Form: "report", Values: m.State().Draft("m03", "report")},
		meetingtest.Writes("assess", 0, "indicators", `[{"id":"study-plan","self":"12"}]`))
	return m.State()
}

// everything is every paper as Markdown that anybody gets, of the branch and of the
// organisation above, by its name; those about
// a person under outline-ID.
func everything(t *testing.T, s *meeting.State) map[string]string {
	list := append(All(s, Facts{}), Private(s, Facts{})...)
	for _, m := range s.Roster {
		list = append(list, For(s, m.ID, Facts{})...)
	}
	list = append(list, Organisation("某党总支", []*meeting.State{s})...)
	texts := map[string]string{}
	for _, p := range list {
		name := p.Name
		for _, x := range personals() {
			if strings.HasPrefix(name, x.name+"-") {
				name = x.name + "-ID"
			}
		}
		texts[name] += asMarkdown(t, p.Document)
	}
	return texts
}

// Every field of the office's forms has its place on a paper.
func TestEveryFieldOfTheFormsStandsOnItsPaper(t *testing.T) {
	texts := everything(t, sample(t))
	file, err := os.ReadFile("FIELDS.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	section := ""
	for line := range strings.Lines(string(file)) {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section, _, _ = strings.Cut(title, " ")
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "|") || len(cells) != 3 || strings.TrimSpace(cells[0]) == "field" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		rows[section]++
		label, name := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
		if _, words, renamed := strings.Cut(label, " → "); renamed {
			label = words
		}
		switch text, some := texts[name]; {
		case !some:
			t.Errorf("%s %s: no paper %s", section, label, name)
		case !strings.Contains(text, label):
			t.Errorf("%s: %q does not stand on %s:\n%.3000s", section, label, name, text)
		}
	}
	for _, want := range sections {
		if rows[want] == 0 {
			t.Errorf("FIELDS.md has nothing of %s", want)
		}
	}
}
