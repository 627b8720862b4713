package paper_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// rated is a branch whose meeting is over: m01 is 优秀, the others 合格.
func rated(t *testing.T, id string) *meetingtest.Meeting {
	t.Helper()
	room := meetingtest.NewRoom()
	m := meetingtest.New(t, room)
	m.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: id, Name: id + "党支部", Org: "某党总支"}, Rules: meetingtest.Rules(t, "seed-2017")})
	m.Does(meeting.Keeper, meeting.ImportRoster{People: meetingtest.Members(6).Probationary(1).Post(1, "书记"), Yes: true})
	m.Sits(preset.Rating)
	m.Rates("合格")
	m.Does("m01", meeting.Rate{ID: "m01", Grade: "优秀", Reason: "带头"}, meeting.Submit{Hands: m.State().RatingHands()})
	m.Ends()
	return m
}

// The organisation's papers add the branches up, say whose grade is approved, and
// show nothing that a branch has not handed in.
func TestThePapersOfTheOrganisation(t *testing.T) {
	first, second := rated(t, "b1"), rated(t, "b2")
	first.Does("m01", meeting.Submit{})
	first.Does("org/s1", meeting.DecideBundle{Decision: meeting.LineApproved})
	texts := map[string]string{}
	for _, p := range paper.Organisation("某党总支", []*meeting.State{first.State(), second.State(), meeting.NewState()}) {
		text, err := doc.HouseStyle().Render(p.Document, doc.Markdown)
		if err != nil {
			t.Fatal(err)
		}
		texts[p.Name] = string(text)
	}
	for name, want := range map[string][]string{
		"rollup":        {"b1党支部", "合计", "已审定", "未送审", "100", "| 10 | 2 | 12 | 12 |"},
		"statistics":    {"参加民主评议的党员数", "12", "2017-03-20", "不评定等次"},
		"excellent-all": {"党员01", "带头", "已审定", "未审定"},
		"assessments":   {"未考核", "党员01"},
	} {
		for _, one := range want {
			if !strings.Contains(texts[name], one) {
				t.Errorf("%s does not say %q:\n%s", name, one, texts[name])
			}
		}
	}
}

// One branch has begun its next year and another has the same name: who reads the
// organisation's papers sees which is which, and that the sum is of two years.
func TestTheOrganisationsPapersTellBranchesApart(t *testing.T) {
	old, next := rated(t, "b1"), meetingtest.New(t, meetingtest.NewRoom())
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Year = 2017 })
	next.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b2", Name: "b1党支部", Org: "某党总支"}, Rules: rules})
	for _, p := range paper.Organisation("某党总支", []*meeting.State{old.State(), next.State()}) {
		text, err := doc.HouseStyle().Render(p.Document, doc.Markdown)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "| b1党支部（b1）（2016） |") {
			t.Errorf("%s does not tell the branches apart:\n%s", p.Name, text)
		}
		if p.Name == "rollup" && !strings.Contains(string(text), "合计是各支部所在年度的数之和") {
			t.Errorf("the sum is of one year:\n%s", text)
		}
	}
}

// Rules that have no assessment of the secretary leave their branch out of its paper.
func TestOnlySecretariesWhoAreAssessedAreListed(t *testing.T) {
	spared := meetingtest.New(t, meetingtest.NewRoom())
	spared.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: "b1", Name: "甲党支部", Org: "某党总支"}, Rules: meetingtest.Rules(t, "annual-2024")})
	assessed := func(branches ...*meeting.State) string {
		t.Helper()
		papers := paper.Organisation("某党总支", branches)
		return markdownOf(t, papers[len(papers)-1].Document)
	}
	text := assessed(spared.State(), rated(t, "b2").State())
	mustHave(t, text, "| 1 | b2党支部（2016） |", "未考核")
	if strings.Contains(text, "甲党支部") {
		t.Errorf("a branch without the assessment is listed:\n%s", text)
	}
	mustHave(t, assessed(spared.State()), "没有")
}

// The superior approves more 优秀 than the cap: papers say the cap and what is over it,
// and nothing that could be read as the one and mean the other.
func TestMoreThanTheCapIsApproved(t *testing.T) {
	m := rated(t, "b1")
	m.Does("m01", meeting.Submit{})
	m.Does("org/s1", meeting.DecideBundle{IDs: []meeting.MemberID{"m02", "m03"}, Decision: meeting.LineAmended, Grade: "优秀", Reason: "事迹突出"},
		meeting.DecideBundle{Decision: meeting.LineApproved})
	mustHave(t, markdownOf(t, paper.Organisation("某党总支", []*meeting.State{m.State()})[0].Document), "b1党支部：优秀 3 名，上限 2 名，超出 1 名，理由")
	summary := markdownOf(t, named(t, paper.All(m.State(), paper.Facts{}), "summary"))
	mustHave(t, summary, "向下取整为 2 名；已评定优秀 1 名，占 1/6（16.7%），未超出上限。", "审定优秀 3 名，超出上限 1 名。")
}

// A member who is helped and not sanctioned has no sanction, and no reason for one.
func TestHelpIsNoSanction(t *testing.T) {
	m := rated(t, "b1")
	m.Does("m01", meeting.Submit{})
	m.Does("org/s1", meeting.DecideBundle{IDs: []meeting.MemberID{"m02"}, Decision: meeting.LineAmended, Grade: "基本合格", Reason: "群众意见集中"})
	m.Does("m01", meetingtest.Writes("disposal", 0, "member", "m02", "facts", "三次无故缺席", "plan", `[{"what":"按时参加","until":"2017-06-30"}]`, "basis", "党章第二十八条", "relation_checked", "true"))
	m.Does("m01", meetingtest.Moves("disposal", 1, "submit", ""))
	m.Does("org/s1", meetingtest.Moves("disposal", 1, "approve", ""))
	for _, p := range paper.Organisation("某党总支", []*meeting.State{m.State()}) {
		text := markdownOf(t, p.Document)
		if p.Name == "rollup" {
			mustHave(t, text, "帮助教育 1")
		}
		if p.Name == "statistics" && strings.Contains(text, "党章") {
			t.Errorf("a reason without a sanction:\n%s", text)
		}
	}
}

// One branch has met, one is meeting, and in a third somebody has signed in before
// the meeting began: the branches that hold it are those of whose members there is a
// row.
func TestTheStatisticsCountTheBranchesOfTheirRows(t *testing.T) {
	begun := func(id string) *meetingtest.Meeting {
		m := meetingtest.New(t, meetingtest.NewRoom())
		m.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: id, Name: id + "党支部", Org: "某党总支"}, Rules: meetingtest.Rules(t, "seed-2017")})
		m.Does(meeting.Keeper, meeting.ImportRoster{People: meetingtest.Members(3).Post(1, "书记"), Yes: true})
		return m
	}
	meets, early := begun("b2"), begun("b3")
	meets.Sits(preset.Criticism)
	early.Does("m02", meeting.SignIn{})
	for _, p := range paper.Organisation("某党总支", []*meeting.State{rated(t, "b1").State(), meets.State(), early.State()}) {
		text := markdownOf(t, p.Document)
		if p.Name == "rollup" {
			mustHave(t, text, "| b3党支部 | 3 | 0 | 3 | 0 |", "| 合计 | 11 | 1 | 12 | 9 |")
		}
		if p.Name != "statistics" {
			continue
		}
		mustHave(t, text, "- **支部数**：3", "- **开展民主评议的支部数**：2", "- **参加民主评议的党员数**：9", "| 9 | b2党支部 |")
		if strings.Contains(text, "| b3党支部 |") {
			t.Errorf("who has only signed in took part:\n%s", text)
		}
	}
}
