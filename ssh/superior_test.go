package ssh

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/org"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
)

// newOrganisation is an organisation of two people, s1 and s2, with the codes that
// they have.
func newOrganisation(t *testing.T) (Organisation, map[meeting.MemberID]string) {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), org.ID)
	if err != nil {
		t.Fatal(err)
	}
	room, err := store.OpenRoom(t.Context(), log, org.Machine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(room.Close)
	codes, hashes := map[meeting.MemberID]string{}, map[meeting.MemberID]string{}
	for _, id := range []meeting.MemberID{"s1", "s2"} {
		if codes[id], err = NewCode(rand.Reader); err != nil {
			t.Fatal(err)
		}
		hashes[id] = HashCode(secret, codes[id])
	}
	year := org.Year{Year: 2016, Title: "某通知", Dates: []org.Date{{Step: "plan", To: "2017-03-16"}}}
	for _, c := range []org.Command{
		org.Found{Name: "某党总支"},
		org.AddPerson{Person: org.Person{ID: "s1", Name: "上级甲", Post: "党总支书记"}},
		org.AddPerson{Person: org.Person{ID: "s2", Name: "上级乙"}},
		org.IssueCodes{Hashes: hashes},
		org.SetYear{Year: year},
	} {
		if _, err := room.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: c}); err != nil {
			t.Fatal(err)
		}
	}
	return room, codes
}

// newOrgHouse is a house of two branches below an organisation: b1 of the house
// itself, and b2, whose first member is in the house as b2/m01.
func newOrgHouse(t *testing.T, change ...func(*preset.Rules)) (h *house, other *meetingtest.Meeting) {
	t.Helper()
	above, codes := newOrganisation(t)
	other, venue, code := newBranch(t, "b2", "第二党支部", time.Now)
	h = newHouseUnder(t, 5, func(r *preset.Rules) {
		for _, c := range change {
			c(r)
		}
	}, func(c *Config) {
		first := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := first(ctx)
			return append(rooms, venue), err
		}
		c.Organisation = above
	})
	for id, code := range codes {
		h.codes[id] = code
	}
	h.codes["b2/m01"] = code
	return h, other
}

// newBranch is one more branch of five: what happens in it, what people see of it,
// and the code of m01, who is its secretary.
func newBranch(t *testing.T, id, name string, clock func() time.Time) (*meetingtest.Meeting, Room, string) {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	room, err := store.OpenRoom(t.Context(), log, meeting.Machine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(room.Close)
	branch := hall.New(room, secret, clock)
	m := meetingtest.New(t, branch)
	rules := meetingtest.Rules(t, "seed-2017")
	m.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: id, Name: name, Org: "某党总支"}, Rules: rules})
	m.Does(meeting.Keeper, meeting.ImportRoster{People: meetingtest.Members(5).Post(1, "书记"), Yes: true})
	code, err := NewCode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	m.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m01": HashCode(secret, code)}})
	return m, hall.NewVenue(branch), code
}

const aPlan = `{"title":"工作方案","from":"2017-03-18","to":"2017-03-23","before":"学习","during":"评议","after":"整改"}`

// A superior signs on with their own code, sees all branches, and decides in a
// branch in their own name.
func TestASuperiorSeesAllBranchesAndDecidesInOne(t *testing.T) {
	h, other := newOrgHouse(t)
	var who struct {
		ID, Name string
		Branch   *string
		Seats    []string
	}
	h.asks("s1", "whoami", "", &who)
	if who.ID != "s1" || who.Branch != nil || !slices.Equal(who.Seats, []string{"superior"}) || who.Name != "上级甲" {
		t.Errorf("%+v", who)
	}
	h.asks("m01", "plan add", aPlan, &recordAnswer{})
	h.asks("m01", "plan submit", "", &recordAnswer{})
	var all []meeting.Overview
	h.asks("s1", "branches", "", &all)
	if len(all) != 2 || all[0].ID != "b1" || all[0].Steps["plan"].Day != "2017-03-16" || !slices.Equal(all[0].Waits, []string{"plan"}) || len(all[1].Waits) != 0 || len(all[1].Steps) != 13 {
		t.Errorf("%+v", all)
	}
	var plan recordAnswer
	h.asks("s1", "in b1 plan show", "", &plan)
	if plan.Fields["title"] != "工作方案" || !slices.Equal(plan.May, []string{"approve", "return"}) {
		t.Errorf("%+v", plan)
	}
	h.asks("s1", "in b1 plan return --reason 缺少日期", "", &plan)
	if last := plan.History[len(plan.History)-1]; plan.State != meeting.Returned || last.By != "org/s1" || last.Reason != "缺少日期" {
		t.Errorf("%+v", plan)
	}
	for _, words := range []string{"in b1 register show", "in b1 outline show"} { // they have none, and are not told to write it
		if a := h.says("s1", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "写出那一份的序号") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.says("s1", "in b1 register show m03", ""); a.exit != exitUsage || !strings.Contains(a.err, "register list") {
		t.Errorf("by whose it is: %+v", a)
	}
	h.asks("s1", "in b1 guide s2", "", &struct{}{})
	if s := h.hall.State(); s.Guide == nil || s.Guide.Name != "上级乙" || s.NameOf("org/s1") != "上级甲" {
		t.Errorf("%+v", s.Guide)
	}
	if s := other.State(); len(s.Superiors) != 0 {
		t.Errorf("the other branch heard of it: %+v", s.Superiors)
	}
	var audit []act
	h.asks("s1", "in b1 audit", "", &audit)
	if len(audit) == 0 || audit[len(audit)-1].What != "guide-assigned" || audit[len(audit)-1].Name != "上级甲" {
		t.Errorf("%+v", audit)
	}
	everything := func(words string, by ...meeting.MemberID) {
		t.Helper()
		var list []act
		h.asks("s1", words, "", &list)
		if len(list) == 0 || slices.ContainsFunc(list, func(a act) bool { return !slices.Contains(by, a.By) }) {
			t.Errorf("%q: %+v", words, list)
		}
	}
	everything("in b1 audit s1", "org/s1")
	everything("in b1 audit m01", "m01")
	everything("audit s1", "org/s1")
	everything("audit m01", "m01")
	for _, words := range []string{"in b1 audit m99", "audit m99"} {
		if a := h.says("s1", words, ""); a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, "m99") {
			t.Errorf("%q: %+v", words, a)
		}
	}
	h.asks("s2", "in b1 signin", "", &struct{}{})
	if s := h.hall.State(); !s.Attendance.Of("org/s2").Present || s.Roll().Present != 0 {
		t.Errorf("the guide has signed in: %+v", s.Roll())
	}
	var status struct {
		Org      string
		Branches int
	}
	h.asks("s1", "status", "", &status)
	if status.Org != "某党总支" || status.Branches != 2 {
		t.Errorf("%+v", status)
	}
}

// A superior decides on the version that they have read, or on nothing.
func TestASuperiorDecidesOnTheVersionThatTheyHaveRead(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.asks("m01", "plan add", aPlan, &recordAnswer{})
	h.asks("m01", "plan submit", "", &recordAnswer{})
	h.asks("m01", "plan update", `{"during":"换了地方"}`, &recordAnswer{})
	h.asks("m01", "plan submit", "", &recordAnswer{})
	var plan recordAnswer
	for words, want := range map[string]string{
		"in b1 plan approve --version 1":            "第 2 稿",
		"in b1 plan return --reason 太长 --version 1": "第 2 稿",
		"in b1 plan approve --version 7":            "数字 7 不对",
		"in b1 plan list --version 2":               "用法",
	} {
		if a := h.says("s1", words, ""); a.exit == 0 || !oneLine(a.err) || !strings.Contains(a.err, want) {
			t.Errorf("%q: %+v", words, a)
		}
		if h.asks("s1", "in b1 plan show", "", &plan); plan.State != meeting.Submitted {
			t.Fatalf("%q: %+v", words, plan)
		}
	}
	for _, words := range []string{"plan submit --approval 3", "plan update --version 2", "plan add --reason 改"} {
		if a := h.says("m01", words, `{"during":"又改"}`); a.exit != exitUsage {
			t.Errorf("%q: %+v", words, a)
		}
	}
	if h.asks("s1", "in b1 plan approve --version 2", "", &plan); plan.State != meeting.Approved || plan.Version != 2 {
		t.Errorf("%+v", plan)
	}
}

// What is not the superior's is refused in one line: words of members, of the
// console, of their own level, and what a branch has not handed in.
func TestASuperiorDoesNothingOfTheMeeting(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.asks("m01", "plan add", aPlan, &recordAnswer{})
	h.asks("m02", "outline add", "学习不够", &recordAnswer{})
	c := h.dial("s1")
	for _, words := range []string{
		"in b1 signin", "in b1 step", "in b1 vote", "in b1 result", "in b1 feedback give m02", "in b1 rate m02 优秀", "in b1 submit",
		"in b1 plan show", "in b1 outline show 1", "in b1 outline add", "in b1 plan add", "in b1 approve all", "in b9 status", "in b1 guide s9", "in b1 seal", "in b1 rehearse", "in b1 peek",
	} {
		if a := h.saysOn(c, words, "{}"); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%q: %+v", words, a)
		}
	}
	for _, words := range []string{"signin", "step", "approve all", "in", "in b1", "in b1 dance", "in b1 approve", "in b1 plan", "in b1 amend m01", "whoami now", "plan show"} {
		if a := h.saysOn(c, words, ""); a.exit != exitUsage || a.out != "" || !oneLine(a.err) {
			t.Errorf("%q: %+v", words, a)
		}
	}
	for _, words := range []string{"branches", "rollup", "in b1 status"} {
		if a := h.says("m01", words, ""); a.exit != exitUsage {
			t.Errorf("the secretary says %q: %+v", words, a)
		}
	}
	if a := h.says("m02", "audit", ""); a.exit != exitFailed {
		t.Errorf("a member's audit: %+v", a)
	}
	if a := h.saysOn(c, "in b1 outline list --json", ""); strings.TrimSpace(a.out) != "[]" {
		t.Errorf("outlines: %+v", a)
	}
	h.asks("m01", "opinion add", `{"about":"班子","means":"座谈","source":"党员","text":"走访太少"}`, &struct{}{})
	if a := h.saysOn(c, "in b1 opinion list --json", ""); strings.Contains(a.out, "走访") {
		t.Errorf("opinions: %+v", a)
	}
	if s := h.hall.State(); len(s.Superiors) != 0 {
		t.Errorf("what was refused is on record: %+v", s.Superiors)
	}
}

// The grades go to the superior over SSH, come back, and go again; a decision on
// paper is the console's, with its number.
func TestTheBundleOverSSH(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.toItem(preset.Rating)
	h.Rates("合格")
	var sent submitted
	h.asks("m01", "submit --yes 5", "", &sent)
	if sent.What != "ratings" || sent.Version != 1 {
		t.Errorf("%+v", sent)
	}
	h.Ends()
	h.asks("m01", "submit", "", &sent)
	if sent.What != "bundle" || sent.Version != 1 {
		t.Errorf("%+v", sent)
	}
	if a := h.says("m01", "feedback give m02", ""); a.exit != exitFailed || !strings.Contains(a.err, "上级还没有审定") {
		t.Errorf("%+v", a)
	}
	for _, words := range []string{"in b1 approve all --version 0", "in b1 approve m02 --version -1", "in b1 approve m02 --version 9"} { // no version, and not the newest
		if a := h.says("s1", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "不对") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	var b bundleAnswer
	h.asks("s1", "in b1 return m02 --reason 理由不够", "", &b)
	h.asks("s1", "in b1 amend m03 基本合格 --reason 群众意见", "", &b)
	if b.State != meeting.Submitted || b.Lines[1].Decision.Reason != "理由不够" || b.Lines[2].Decision.Grade != "基本合格" || b.Lines[0].Decision != nil {
		t.Errorf("%+v", b)
	}
	h.asks("m01", "rate m02 合格 --reason 走访多", "", &struct{}{})
	h.asks("m01", "submit", "", &sent)
	if sent.Version != 2 {
		t.Errorf("%+v", sent)
	}
	if a := h.says("s1", "in b1 approve all --version 1", ""); a.exit != exitFailed || !strings.Contains(a.err, "党员02") {
		t.Errorf("an old version: %+v", a)
	}
	if a := h.says("m01", "approve m02", ""); a.exit != exitFailed || !strings.Contains(a.err, "上级") {
		t.Errorf("the console without a paper: %+v", a)
	}
	h.asks("m01", "approve m02 --approval 批复3号", "", &b)
	for range 2 {
		h.asks("s1", "in b1 approve all --id a1", "", &b)
	}
	if b.State != meeting.Approved || b.Lines[1].Decision.Approval != "批复3号" {
		t.Errorf("%+v", b)
	}
	h.asks("m01", "feedback give m03", "", &struct{}{})
	if f, _ := h.hall.State().FeedbackOf("m03"); f.Grade != "基本合格" {
		t.Errorf("%+v", f)
	}
	for words, why := range map[string]string{
		"in b1 approve m03":              "改定为基本合格",
		"in b1 return m03 --reason 再议":   "已经知道结果",
		"in b1 amend m04 合格 --reason 再议": "现在就是合格",
	} {
		if a := h.says("s1", words, ""); a.exit != exitFailed || !strings.Contains(a.err, why) {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.says("m01", "approve m03 --approval 假2号", ""); a.exit != exitFailed || !strings.Contains(a.err, "在系统里已经决定") {
		t.Errorf("a paper changes what the superior has decided here: %+v", a)
	}
	var old bundleAnswer
	h.asks("m01", "bundle --version 1", "", &old)
	if old.Version != 1 || old.State != meeting.Submitted {
		t.Errorf("%+v", old)
	}
	if a := h.says("m02", "bundle", ""); a.exit != exitFailed {
		t.Errorf("a member reads the grades: %+v", a)
	}
	var roll struct {
		Branches []meeting.Rollup
		Total    meeting.Rollup
	}
	h.asks("s1", "rollup", "", &roll)
	if len(roll.Branches) != 2 || roll.Branches[0].Grades["合格"] != 4 || roll.Branches[0].Grades["基本合格"] != 1 || roll.Total.Formal != 10 || roll.Total.Cap != roll.Branches[0].Cap+roll.Branches[1].Cap {
		t.Errorf("%+v", roll)
	}
}

// On a terminal, and line by line, a superior begins with all branches, opens one
// and goes back.
func TestTheScreensOfASuperior(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.asks("m01", "plan add", aPlan, &recordAnswer{})
	h.asks("m01", "plan submit", "", &recordAnswer{})
	s := h.terminal(h.dial("s1"), 120, 30)
	s.sees("各支部")
	s.sees("第二党支部")
	s.sends("\r").sees("等你决定：")
	s.sends("1\r").sees("工作方案")
	s.sends("q")
	l := h.plainly(h.dial("s2"), "", "")
	l.hears("各支部", "第一党支部", "等你决定：方案", "第二党支部")
}

// The code of a superior opens no wall and no booth, and ends with the person.
func TestTheCodeOfASuperior(t *testing.T) {
	h, _ := newOrgHouse(t)
	for _, user := range []string{"screen", "booth"} {
		l := &login{user: user, auth: []gossh.AuthMethod{gossh.Password(h.codes["s1"])}}
		if c, err := h.try(l); err == nil {
			c.Close()
			t.Errorf("%s was let in", user)
		}
	}
	c := h.dial("s2")
	room, ok := h.server.config.Organisation.(*store.Room[*org.State, org.Request, org.Event])
	if !ok {
		t.Fatal("the organisation is another one")
	}
	if _, err := room.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: org.RemovePerson{ID: "s2"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("who was removed opens a session")
	}
}

// Two branches meet at once: neither sees anything of the other, and a wall shows
// the branch that it is asked for.
func TestBranchesMeetBesideEachOther(t *testing.T) {
	h, other := newOrgHouse(t)
	h.toItem(preset.Opening)
	other.SignsIn()
	other.ComesTo(preset.Criticism)
	var mine, theirs status
	h.asks("m01", "status", "", &mine)
	h.asks("b2/m01", "status", "", &theirs)
	if mine.Item.Kind != preset.Opening || theirs.Item.Kind != preset.Criticism {
		t.Errorf("%+v, %+v", mine.Item, theirs.Item)
	}
	h.says("b2/m01", "say 第二党支部的话", "")
	for branch, want := range map[string]string{"b1": "第一党支部", "b2": "第二党支部"} {
		c, err := h.here(&login{user: "screen+" + branch})
		if err != nil {
			t.Fatal(err)
		}
		wall := h.terminal(c, 80, 24)
		wall.sees(want)
		if branch == "b1" && strings.Contains(wall.text(), "第二") {
			t.Errorf("the wall of b1 shows %q", wall.text())
		}
		c.Close()
	}
	l := &login{user: "screen"}
	if c, err := h.here(l); err == nil || !strings.Contains(l.heard, "有几个支部") {
		t.Errorf("a wall of two meetings was let in without a branch: %v %q", c, l.heard)
	}
}

// Every word that is not the superior's is refused to them in a branch, whatever
// comes with it, and nothing is on record by it.
func TestEveryWordOfABranchIsTheSuperiorsOrIsNot(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.toItem(preset.Criticism)
	before := h.hall.State().Chronicle.Len()
	c := h.dial("s1")
	for _, w := range vocabulary() {
		if w.forSuperior() {
			continue
		}
		words := "in b1 " + w.name + strings.Repeat(" m02", w.least)
		if a := h.saysOn(c, words, "{}"); a.exit == exitOK || a.out != "" || !oneLine(a.err) {
			t.Errorf("%q: %+v", words, a)
		}
	}
	if n := h.hall.State().Chronicle.Len(); n != before {
		t.Errorf("%d records were made", n-before)
	}
}

// A server that hosts one branch shows that branch on its wall, whatever meets
// beside it.
func TestTheHostedBranchHangsOnTheWall(t *testing.T) {
	h, other := newOrgHouse(t)
	other.SignsIn()
	other.ComesTo(preset.Criticism)
	h.server.config.Hosted = "b1"
	c, err := h.here(&login{user: "screen"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	wall := h.terminal(c, 80, 24)
	wall.sees("第一党支部")
	h.Does("m01", meeting.SignIn{})
	other.Does("m01", meeting.Say{Text: "别的支部"})
	wall.sees("1/5")
	if strings.Contains(wall.text(), "第二") || strings.Contains(wall.text(), "别的支部") {
		t.Errorf("the wall of b1 shows %q", wall.text())
	}
}

// New dates of the organisation show at once on the screens that are open: those of
// a branch, and the superior's.
func TestOpenScreensShowTheNewDates(t *testing.T) {
	h, _ := newOrgHouse(t)
	room, ok := h.server.config.Organisation.(*store.Room[*org.State, org.Request, org.Event])
	if !ok {
		t.Fatal("the organisation is another one")
	}
	chair, above := h.terminal(h.dial("m01"), 120, 40), h.terminal(h.dial("s1"), 120, 40)
	chair.sees("2017-03-16")
	above.sees("第二党支部")
	chair.sends("")
	above.sends("")
	year := org.Year{Year: 2016, Title: "某通知", Dates: []org.Date{{Step: "plan", To: "2017-03-27"}}}
	if _, err := room.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: org.SetYear{Year: year}}); err != nil {
		t.Fatal(err)
	}
	chair.sees("27")
	above.sees("27")
}

// The organisation's dates of one year make nothing late in a branch that is in
// another year.
func TestTheDatesOfAnotherYearAreNoBranchs(t *testing.T) {
	h, _ := newOrgHouse(t)
	room, ok := h.server.config.Organisation.(*store.Room[*org.State, org.Request, org.Event])
	if !ok {
		t.Fatal("the organisation is another one")
	}
	year := org.Year{Year: 2024, Title: "某通知", Dates: []org.Date{{Step: "plan", To: "2017-03-02"}}}
	if _, err := room.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: org.SetYear{Year: year}}); err != nil {
		t.Fatal(err)
	}
	for who, word := range map[meeting.MemberID]string{"m01": "tasks", "s1": "branches"} {
		if a := h.says(who, word, ""); a.exit != 0 || strings.Contains(a.out, "2017-03-02") {
			t.Errorf("%s: %+v", word, a)
		}
	}
	chair := h.terminal(h.dial("m01"), 120, 40)
	chair.sees("方案")
	if text := chair.text(); strings.Contains(text, "03-02") {
		t.Errorf("the screen says %q", text)
	}
}

// The superior, to whom the ledger is reported and whose tasks count its lines, reads
// it in the branch and does not write it.
func TestASuperiorReadsTheLedger(t *testing.T) {
	h, other := newOrgHouse(t)
	other.ComesTo(preset.Rectification)
	other.Does("m01", meetingtest.Writes("ledger", 0, "level", "班子", "problem", "会议偏多", "source", "征求意见"))
	if a := h.says("s1", "in b2 ledger list", ""); a.exit != 0 || !strings.Contains(a.out, "会议偏多") {
		t.Errorf("%+v", a)
	}
	if a := h.says("s1", "in b2 ledger update 1", `{"progress":"已完成"}`); a.exit != exitFailed {
		t.Errorf("the superior writes it: %+v", a)
	}
}

// The usage of a move names the reason that it needs, and the paper of a decision.
func TestTheUsageOfAMoveNamesWhatItNeeds(t *testing.T) {
	h, _ := newOrgHouse(t)
	for words, want := range map[string]string{
		"in b1 disposal return": "return NO --reason TEXT [--version N] [--approval 文号]",
		"in b1 disposal x":      "approve NO [--version N] [--approval 文号]",
		"in b1 plan x":          "return [NO] --reason TEXT [--version N] [--approval 文号]",
		"in b1 report x":        "receive [NO] [--version N] [--approval 文号]|return [NO] --reason TEXT",
		"in b1 problem drop":    "drop NO --reason TEXT",
	} {
		if a := h.says("s1", words, ""); a.exit != exitUsage || !strings.Contains(a.err, want) {
			t.Errorf("%s: %+v", words, a)
		}
	}
}

// A version that came back is shown as returned, whatever became of the next.
func TestAnEarlierVersionIsShownAsItStood(t *testing.T) {
	h, _ := newOrgHouse(t)
	var r kept
	h.asks("m01", "plan add", aPlan, &r)
	h.asks("m01", "plan submit", "", &r)
	h.asks("m01", "plan update", `{"before":"学习一周"}`, &r)
	h.asks("m01", "plan submit", "", &r)
	h.asks("s1", "in b1 plan return --reason 请写明谁记录", "", &r)
	h.asks("m01", "plan update", `{"during":"党员02 记录。"}`, &r)
	h.asks("m01", "plan submit", "", &r)
	h.asks("s1", "in b1 plan approve", "", &r)
	for version, state := range []string{"submitted", "returned", "approved"} {
		words := fmt.Sprintf("in b1 plan show --version %d", version+1)
		if h.asks("s1", words, "", &r); r.State != state || r.Version != version+1 || r.By != "m01" || len(r.May) != 0 {
			t.Errorf("%s: %+v", words, r)
		}
	}
	if a := h.says("m01", "plan show --version 2", ""); !strings.Contains(a.out, "已退回") {
		t.Errorf("for people: %+v", a)
	}
}

// A word of the branch's own is not the superior's, whether anything came of it
// or not; nobody looks for them on a roster.
func TestASuperiorIsNotLookedForOnARoster(t *testing.T) {
	h, _ := newOrgHouse(t)
	for _, word := range []string{"result", "vote", "self-rate 合格", "board", "name m01 recorder", "next"} {
		if a := h.says("s1", "in b2 "+word, ""); a.exit != exitFailed || !strings.Contains(a.err, "上级") {
			t.Errorf("%s: %+v", word, a)
		}
	}
}
