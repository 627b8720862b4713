package ssh

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
	"pingyi/tui"
)

// Every seat says every word in every phase of a year, over SSH. What comes of it
// is a table (testdata), and the promises of DOORS.md are held against it.

// trialRoom is a branch's room in which what is tried is forgotten again: a trial
// is decided on the newest state, and its facts reach no log.
type trialRoom struct {
	*hall.Live
	mu    sync.Mutex
	trial *meeting.State // nil: what is done is done
	facts int            // of this trial
}

// State is that of the trial.
func (r *trialRoom) State() *meeting.State {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trial != nil {
		return r.trial
	}
	return r.Live.State()
}

// Do decides in the trial, or in the room itself.
func (r *trialRoom) Do(ctx context.Context, q meeting.Request) ([]meeting.Event, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trial == nil {
		return r.Live.Do(ctx, q)
	}
	events, err := meeting.Decide(r.trial, q)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		r.trial = meeting.Apply(r.trial, e)
	}
	r.facts += len(events)
	return events, nil
}

// begins a trial, in place of the one before.
func (r *trialRoom) begins() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trial, r.facts = r.Live.State(), 0
}

// ends the trial; wrote is whether anything was recorded in it.
func (r *trialRoom) ends() (wrote bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	wrote = r.facts > 0
	r.trial = nil
	return wrote
}

// seated are the seats, by their names, in the order of the table.
var seated = []struct {
	name string
	who  meeting.MemberID
}{
	{"console", "m01"},
	{"committee", "m02"},
	{"recorder", "m05"},
	{"scrutineer", "m04"},
	{"member", "m06"}, // whose private texts there are
	{"other", "m09"},
	{"probationary", "m12"},
	{"guest", "g1"},
	{"mass", "q1"},
	{"superior", "s1"},
	{"guide", "s2"},
	{"wall", meeting.Screen},
	{"booth", meeting.Booth},
}

// isAbove reports whether a seat is one of the organisation.
func isAbove(seat string) bool { return slices.Contains(strings.Fields(above), seat) }

// canaries are private texts, and the seats that may read them.
var canaries = map[string]string{
	"talk-of-two":          "member",                                // m06 with m07
	"talk-of-secretary":    "console member",                        // m01 with m06
	"talk-draft":           "console",                               // m01 has not finished it
	"outline-own":          "member",                                // handed in, and not shown
	"outline-draft":        "other",                                 // not handed in
	"outline-shown":        "probationary console recorder",         // shown to the console
	"opinion-signed":       graders,                                 // kept by the committee
	"opinion-unsigned":     graders,                                 // without a name
	"selfcheck-text":       members + " " + above,                   // the superior once it is handed in
	"conduct-note":         graders,                                 //
	"register-own":         "member " + graders + " " + above,       // once it is handed in, and sent
	"register-draft":       "other",                                 // not handed in
	"assess-draft":         graders + " " + above,                   // until it is published
	"criticism-of-other":   "member other " + recorders,             // m06 to m09
	"remark-of-member":     "member " + graders,                     // on a ballot
	"grade-of-member":      "member " + graders + " " + above,       // why m06 is graded so
	"disposal-facts":       graders + " " + above,                   //
	"statement-of-member":  "member " + graders + " superior guide", // 本人意见
	"approval-amends-line": "other " + graders + " " + above,        // why the superior changed m09's grade
}

func canary(name string) string { return "canary-" + name }

// seatWalk is the branch that everybody walks through.
type seatWalk struct {
	*house
	room  *trialRoom
	whole *testing.T
	lines map[string]*gossh.Client
	seen  map[string]map[string]bool // canaries that were read: by canary, by seat
	may   map[string]bool            // what was done by anybody: by words
}

func newSeatWalk(t *testing.T) *seatWalk {
	t.Helper()
	above, codes := newOrganisation(t)
	h := &house{t: t, log: &logBook{more: make(chan struct{}, 1)}}
	h.day(13)
	log, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	live, err := store.OpenRoom(t.Context(), log, meeting.Machine{Open: hall.OpinionOpener(secret, "b1")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(live.Close)
	w := &seatWalk{house: h, room: &trialRoom{Live: live}, whole: t, lines: map[string]*gossh.Client{}, seen: map[string]map[string]bool{}, may: map[string]bool{}}
	people := meetingtest.Members(12).Probationary(1).Post(1, "书记").Post(2, "组织委员").Post(3, "宣传委员").Mass(5)
	people = append(people, meeting.Member{ID: "g1", Name: "列席01", Kind: meeting.Guest})
	h.foundIn(t, w.room, people, h.clock, func(r *preset.Rules) {
		r.Vote.Mass, r.SelfCheckApproval = true, true
		r.Indicators = []preset.Indicator{{ID: "a", Group: "学习", Text: "按月学习", Points: 60}, {ID: "b", Group: "组织生活", Text: "按期开会", Points: 40}}
	})
	h.opens(t, keepsFiles(t.TempDir()), func(c *Config) { c.Organisation = above })
	maps.Copy(h.codes, codes)
	return w
}

// line is the one connection of a seat.
func (w *seatWalk) line(seat string, who meeting.MemberID) *gossh.Client {
	w.t.Helper()
	if c := w.lines[seat]; c != nil {
		return c
	}
	l := &login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password(w.codes[who])}}
	comes := w.try
	if meeting.Fixture(who) {
		l.user, comes = string(who), w.here // codes end with the archive
	}
	c, err := comes(l)
	if err != nil {
		w.t.Fatalf("%s can't come in: %v", seat, err)
	}
	w.whole.Cleanup(func() { c.Close() })
	w.lines[seat] = c
	return c
}

// entered reports whether a seat is let in.
func (w *seatWalk) entered(seat string, who meeting.MemberID) bool {
	w.t.Helper()
	sess, err := w.line(seat, who).NewSession()
	if err != nil {
		return false
	}
	sess.Close()
	return true
}

// spelt is how a seat says the words of a try.
func spelt(seat string, t try) string {
	name, _, _ := strings.Cut(t.words, " ")
	if isAbove(seat) && !slices.ContainsFunc(superiorWords(), func(s word) bool {
		return s.name == name && slices.Contains([]string{"help", "plain", "page", "whoami"}, name)
	}) {
		return "in b1 " + t.words
	}
	return t.words
}

// tried is what came of a try.
type tried struct {
	said
	cell string // of the table
}

// tries has a seat say something, and forgets it.
func (w *seatWalk) tries(phase, seat string, who meeting.MemberID, words, input string) tried {
	w.t.Helper()
	screen := words == "plain" || words == "page"
	if screen && who == meeting.Screen { // it has no keyboard, and goes on as a screen does
		return tried{cell: "follows"}
	}
	line := w.line(seat, who)
	w.room.begins()
	script := words + " --json"
	if screen {
		script = words // it is a screen
	}
	a := w.saysOn(line, script, input)
	rehearses := w.venue.Rehearsing()
	if rehearses {
		if err := w.venue.Rehearse(w.t.Context(), "m01", false); err != nil {
			w.t.Fatal(err)
		}
	}
	wrote := w.room.ends() || rehearses
	at := fmt.Sprintf("%s: %s: %s", phase, seat, words)
	w.searches(at, seat, a)
	switch {
	case a.exit == exitOK && a.err != "":
		w.t.Errorf("%s: done, and %q", at, a.err)
	case a.exit == exitOK && !wrote: // and for people
		w.room.begins()
		b := w.saysOn(line, words, input)
		w.room.ends()
		if w.searches(at, seat, b); b.exit != exitOK {
			w.t.Errorf("%s: done for scripts and not for people: %+v", at, b)
		}
	case a.exit != exitOK && a.exit != exitFailed && a.exit != exitUsage:
		w.t.Errorf("%s: exit %d", at, a.exit)
	case a.exit != exitOK && (!oneLine(a.err) || a.out != ""):
		w.t.Errorf("%s: refused with %q, and %q", at, a.err, a.out)
	case a.exit != exitOK && wrote:
		w.t.Errorf("%s: refused, and something was recorded", at)
	}
	return tried{a, cellOf(a)}
}

// searches looks for canaries in what a seat was told.
func (w *seatWalk) searches(at, seat string, a said) {
	w.t.Helper()
	for name, who := range canaries {
		if !strings.Contains(a.out+a.err, canary(name)) {
			continue
		}
		if !slices.Contains(strings.Fields(who), seat) {
			w.t.Errorf("%s: reads %s", at, name)
		}
		if w.seen[name] == nil {
			w.seen[name] = map[string]bool{}
		}
		w.seen[name][seat] = true
	}
}

// cellOf is what came of a word in one word: yes, none for an empty list, usage,
// or the code of the refusal.
func cellOf(a said) string {
	switch {
	case a.exit == exitOK && strings.TrimSpace(a.out) == "[]":
		return "none"
	case a.exit == exitOK:
		return "yes"
	case a.exit == exitUsage && a.err == "没有这个命令：用 help 看有哪些。\n":
		return "unknown"
	case a.exit == exitUsage && a.err == errBooth.Error()+"\n":
		return "booth"
	case a.exit == exitUsage:
		return "usage"
	}
	return codeSaid(strings.TrimSuffix(a.err, "\n"))
}

// sentences are those of the codes, the longest first.
var sentences = sync.OnceValue(func() (list []struct {
	code meeting.Code
	text *regexp.Regexp
},
) {
	all := tui.Chinese().Sentences
	codes := slices.SortedFunc(maps.Keys(all), func(a, b meeting.Code) int {
		if n := len(all[b]) - len(all[a]); n != 0 {
			return n
		}
		return strings.Compare(string(a), string(b))
	})
	hole := regexp.MustCompile(`\\\{\d\\\}`)
	for _, c := range codes {
		text := regexp.MustCompile("^" + hole.ReplaceAllString(regexp.QuoteMeta(all[c]), ".*") + "$")
		list = append(list, struct {
			code meeting.Code
			text *regexp.Regexp
		}{c, text})
	}
	return list
})

// codeSaid is the code whose sentence was said, or what was said.
func codeSaid(text string) string {
	for _, s := range sentences() {
		if s.text.MatchString(text) {
			return string(s.code)
		}
	}
	return "“" + text + "”"
}

// walks has every seat try everything in a phase, and returns the table: a row a
// try, the seats by what came of it.
func (w *seatWalk) walks(t *testing.T, phase string) string {
	t.Helper()
	w.t = t
	before, _ := w.room.Head()
	var table strings.Builder
	whyNot := map[string]status{}
	out := map[string]bool{} // who is not let in any more
	for _, s := range seated {
		if !w.entered(s.name, s.who) {
			out[s.name] = true
			fmt.Fprintf(&table, "%s is not let in\n", s.name)
		} else if s.name != "booth" {
			whyNot[s.name] = w.stands(phase, s.name, s.who)
		}
	}
	row := func(try try, words func(seat string) string, absent func(seat string) bool) {
		cells := map[string][]string{}
		for _, s := range seated {
			if out[s.name] || absent(s.name) {
				continue
			}
			got := w.tries(phase, s.name, s.who, words(s.name), try.input)
			cells[got.cell] = append(cells[got.cell], s.name)
			if got.cell == "yes" && !slices.Contains(strings.Fields(try.who), s.name) {
				t.Errorf("%s: %s says %s", phase, s.name, try.words)
			}
			if got.cell == "yes" {
				w.may[try.words] = true
			}
			if st, known := whyNot[s.name]; known {
				agrees(t, phase+": "+s.name, try, st, got)
			}
		}
		var said []string
		for _, cell := range slices.Sorted(maps.Keys(cells)) {
			if cell != "yes" {
				said = append(said, cell+": "+strings.Join(cells[cell], " "))
			}
		}
		if list := cells["yes"]; len(list) > 0 {
			said = append([]string{"yes: " + strings.Join(list, " ")}, said...)
		}
		fmt.Fprintf(&table, "%s\n\t%s\n", strings.TrimSpace(try.words), strings.Join(said, "\n\t"))
	}
	for _, try := range allTries() {
		row(try, func(seat string) string { return spelt(seat, try) }, func(string) bool { return false })
	}
	table.WriteString("\nthe organisation's own words\n\n")
	for _, try := range aboveTries {
		name, _, _ := strings.Cut(try.words, " ")
		_, shared := lookup(name, vocabulary())
		row(try, func(string) string { return try.words }, func(seat string) bool { return shared && !isAbove(seat) })
	}
	if after, _ := w.room.Head(); after != before {
		t.Errorf("%s: the log has grown", phase)
	}
	return table.String()
}

// stands is the status of a seat.
func (w *seatWalk) stands(phase, seat string, who meeting.MemberID) (s status) {
	w.t.Helper()
	got := w.tries(phase, seat, who, spelt(seat, try{words: "status"}), "")
	if err := json.Unmarshal([]byte(got.out), &s); err != nil {
		w.t.Fatalf("%s: the status of %s: %v in %q", phase, seat, err, got.out)
	}
	return s
}

// agrees holds what the status says of a word against what came of it: what it
// says they may do is not refused for who they are, and what it refuses is refused,
// with the same sentence.
func agrees(t *testing.T, at string, try try, s status, got tried) {
	t.Helper()
	act := actOf(try.words)
	if slices.Contains(s.May, act) && slices.Contains(rights, meeting.Code(got.cell)) {
		t.Errorf("%s: %s: status says that they may, and %s", at, try.words, got.cell)
	}
	why, no := s.WhyNot[act]
	_, kind := kindTries[meeting.FormName(act)]
	switch {
	case no && got.exit == exitOK:
		t.Errorf("%s: %s: done, and status says %q", at, try.words, why)
	case no && !kind && got.exit != exitUsage && strings.TrimSuffix(got.err, "\n") != why:
		t.Errorf("%s: %s: status says %q, and it is refused with %q", at, try.words, why, got.err)
	}
}

// rights are the codes of what somebody may not do, whatever the moment.
var rights = []meeting.Code{
	meeting.ConsoleOnly, meeting.RecorderOnly, meeting.NotOnRoster, meeting.WallOnlyShows, meeting.PartyOnly, meeting.KeepersOnly, meeting.GradersOnly, meeting.CommitteeOnly,
	meeting.SuperiorOnly, meeting.OutsideMeeting, meeting.KeeperOnly, meeting.FeedbackOnly, meeting.UnknownAction,
}

// actOf is the action that a try is about, "" for none: a word may be about
// something else beside the action of its name, or only read.
func actOf(words string) meeting.Action {
	name, rest, _ := strings.Cut(words, " ")
	if _, kind := kindTries[meeting.FormName(name)]; kind && strings.TrimPrefix(rest, "add") != "" {
		return ""
	}
	switch words {
	case "opinion add", // with a name, which keepers write; "opinion add " is without
		"floor m10",     // is call
		"signin m11",    // for somebody else
		"limits",        // reads
		"criticisms",    // reads
		"feedback list", // who was told
		"feedback give m10",
		"archive",                   // reads
		"key list", "key forget 99", // remain once the archive is closed
		"announce --preview", "remarks m06", "approve all --approval 党字一号":
		return ""
	}
	return meeting.Action(name)
}

// Every word is tried.
func TestEveryWordIsTriedByEverySeat(t *testing.T) {
	said := map[string]bool{}
	for _, try := range append(allTries(), aboveTries...) {
		name, _, _ := strings.Cut(try.words, " ")
		said[name] = true
	}
	for _, w := range append(vocabulary(), superiorWords()...) {
		if !said[w.name] {
			t.Errorf("nobody tries %s: it needs a row", w.name)
		}
	}
	for _, f := range meeting.Forms() {
		if _, ok := kindTries[f.Name]; !ok {
			t.Errorf("the kind %s needs a row", f.Name)
			continue
		}
		for _, m := range f.Moves {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(kindTries[f.Name].moves)), func(words string) bool {
				word, _, _ := strings.Cut(words, " ")
				return word == m.Word
			}) {
				t.Errorf("nobody tries %s %s", f.Name, m.Word)
			}
		}
	}
}

// inOtherTests are tries for whose moment other tests wait.
var inOtherTests = []string{
	"resume", "self-rate 合格", "slips", "coarsen none", "peek",
	"open",     // its work goes on behind a trial
	"papers",   // there are none on this server
	"key list", // nobody has had a device remembered
	"unseal",   // with the recovery code of who sealed
	"problem from remark 1",
	"assess inspect 1", "assess inspect 1 --approval 党字一号", "assess publish 1", "assess file 1", // when it is scored
	"disposal submit 1", "disposal remove 1 --reason 写错了", "report submit 1", "report remove 1 --reason 写错了", "publicity post 1", "publicity remove 1 --reason 写错了", // drafts that come late
}

// The year, phase by phase.
func TestEveryWordOfEverySeatInEveryPhase(t *testing.T) {
	w := newSeatWalk(t)
	for _, p := range []struct {
		name string
		goes func()
	}{
		{"drafts", w.drafts},
		{"before", w.prepares},
		{"criticism", w.criticises},
		{"sealing", w.seals},
		{"ballot", w.votes},
		{"closed", w.closes},
		{"confirmed", w.confirms},
		{"rating", w.counts},
		{"rated", w.rates},
		{"submitted", w.submits},
		{"told", w.tells},
		{"archived", w.archives},
	} {
		t.Run(p.name, func(t *testing.T) {
			w.t, w.T = t, t
			p.goes()
			golden.RequireEqual(t, w.walks(t, p.name))
		})
	}
	for name, who := range canaries {
		for _, seat := range strings.Fields(who) {
			if !w.seen[name][seat] {
				t.Errorf("%s never reads %s", seat, name)
			}
		}
	}
	for _, try := range append(allTries(), aboveTries...) {
		if try.who != nobody && !slices.Contains(inOtherTests, strings.TrimSpace(try.words)) && !w.may[try.words] {
			t.Errorf("nobody ever says %s", try.words)
		}
	}
}

// keeps has somebody of the branch or the organisation say words that are done.
func (w *seatWalk) keeps(who meeting.MemberID, words, input string) {
	w.t.Helper()
	if a := w.says(who, words, input); a.exit != exitOK {
		w.t.Fatalf("%s: %s: %+v", who, words, a)
	}
}

// drafts is what people have begun to write before the meeting.
func (w *seatWalk) drafts() {
	w.day(14)
	w.keeps("s1", "in b1 guide s2", "")
	w.keeps("m01", "name m05 recorder", "")
	w.keeps("m01", "plan add", aPlan)
	w.keeps("m02", "notice add", `{"time":"2017-03-20T14:30","place":"行政楼 205","theme":"专题组织生活会"}`)
	w.keeps("m02", "study add", `{"day":"2017-03-13","form":"集中","topic":"《准则》","hours":2,"attended":["m01","m02"]}`)
	w.keeps("m02", "opinion add", `{"about":"班子","means":"座谈","source":"群众","text":"`+canary("opinion-signed")+`"}`)
	for i := 7; i <= 11; i++ {
		w.keeps(meetingtest.ID(i), "opinion add", fmt.Sprintf(`{"anonymous":true,"about":"班子","text":"%s %d"}`, canary("opinion-unsigned"), i))
	}
	talk := `{"kind":"%s","with":["%s"],"at":"2017-03-14T16:00","means":"%s","content":"%s"}`
	w.keeps("m06", "talk add", fmt.Sprintf(talk, "党员互谈", "m07", "面谈", canary("talk-of-two")))
	w.keeps("m01", "talk add", fmt.Sprintf(talk, "书记党员", "m06", "面谈", canary("talk-of-secretary")))
	w.keeps("m01", "talk add", fmt.Sprintf(talk, "书记党员", "m06", "", canary("talk-draft")))
	outline := `{"problems":[{"problem":"%s"}],"causes":"忙","measures":[{"what":"学习"}]}`
	w.keeps("m06", "outline add", fmt.Sprintf(outline, canary("outline-own")))
	w.keeps("m09", "outline add", fmt.Sprintf(outline, canary("outline-draft")))
	w.keeps("m12", "outline add", fmt.Sprintf(outline, canary("outline-shown")))
	w.keeps("m02", "selfcheck add", `{"problems":[{"problem":"`+canary("selfcheck-text")+`"}],"causes":"忙","direction":"多下去","measures":[{"what":"走访"}]}`)
	w.keeps("m01", "problem add", `{"level":"班子","text":"走访少","source":"自查"}`)
	w.keeps("m01", "ledger add", `{"level":"班子","problem":"走访少","source":"自查"}`)
	w.keeps("m01", "ledger add", `{"level":"个人","member":"m06","problem":"联系少","source":"互评"}`)
	w.keeps("m01", "conduct update 6", `{"note":"`+canary("conduct-note")+`"}`)
	w.keeps("m06", "register update", `{"summary":"`+canary("register-own")+`"}`)
	w.keeps("m09", "register update", `{"summary":"`+canary("register-draft")+`"}`)
	w.keeps("m01", "assess update", `{"indicators":[{"id":"a","self":50,"self_note":"`+canary("assess-draft")+`"},{"id":"b","self":40}]}`)
}

// prepares hands in what waits for others before the meeting.
func (w *seatWalk) prepares() {
	w.keeps("m01", "plan submit", "")
	w.keeps("m02", "notice send", "")
	w.keeps("m06", "outline submit", "")
	w.keeps("m12", "outline submit", "")
	w.keeps("m12", "outline show --to console", "")
	w.keeps("m02", "selfcheck submit", "")
}

// criticises is 批评与自我批评 with m09 in turn, while m06 speaks.
func (w *seatWalk) criticises() {
	w.day(20)
	w.keeps("s1", "in b1 plan approve", "")
	w.SignsIn("m11")
	w.keeps("s2", "in b1 signin", "")
	w.keeps("m01", "absent m11 公出 --written", "")
	w.ComesTo(preset.Criticism)
	w.keeps("m01", "turn m09", "")
	w.keeps("m09", "self-criticise", "学习抓得不紧。")
	w.keeps("m01", "step", "")
	w.keeps("m06", "criticise m09", canary("criticism-of-other"))
	w.keeps("m10", "floor", "")
	w.keeps("m01", "call m06", "")
}

// seals is 民主测评 when the scrutineers are to seal the box.
func (w *seatWalk) seals() {
	w.ComesTo(preset.Ballot)
	w.Names("m04", "m08")
}

// votes is when the box is open.
func (w *seatWalk) votes() {
	w.Seals("m04", "m08")
	w.Opens()
	w.keeps("m07", "vote", strings.TrimSuffix(allQualified, "}")+`,"remarks":{"m06":"`+canary("remark-of-member")+`"}}`)
}

// closes is when everybody has voted.
func (w *seatWalk) closes() {
	for _, id := range meetingtest.IDs("m01", "m02", "m03", "m04", "m05", "m06", "m08", "m09", "m10", "m12", "q1", "q2", "q3", "q4", "q5") {
		w.keeps(id, "vote", strings.Replace(allQualified, `"m10":2`, `"m10":3`, 1))
	}
	w.Closes()
}

// confirms is when nobody objects.
func (w *seatWalk) confirms() { w.Confirms() }

// counts is 组织评定 after the count.
func (w *seatWalk) counts() {
	w.Unsealed()
	w.ComesTo(preset.Rating)
	w.keeps("m02", "rate m06 优秀 --reason "+canary("grade-of-member"), "")
	w.keeps("m02", "rate m10 基本合格 --reason 综合评定", "")
}

// rates is when everybody has a grade.
func (w *seatWalk) rates() {
	for _, id := range w.hall.State().Ungraded() {
		w.keeps("m02", "rate "+string(id)+" 合格 --reason 综合评定", "")
	}
}

// submits is after the meeting, when the superior is to decide.
func (w *seatWalk) submits() {
	w.keeps("m02", "submit", "")
	w.Ends()
	w.day(21)
	w.keeps("m06", "register submit", "")
	w.keeps("m02", "submit", "")
	w.keeps("m02", "disposal add", `{"member":"m10","facts":"`+canary("disposal-facts")+`","until":"2017-06-30","plan":[{"what":"按时参加"}],"basis":"党章","relation_checked":true}`)
	w.keeps("m02", "disposal submit 1", "")
	w.keeps("m01", "publicity add", `{"what":"会议情况通报","from":"2017-03-21","to":"2017-03-27"}`)
	w.keeps("m01", "publicity post 1", "")
	w.keeps("m01", "report add", "")
	w.keeps("m01", "report submit", "")
	w.keeps("m01", "assess submit", "")
}

// tells is after the superior has decided, when people are told.
func (w *seatWalk) tells() {
	w.keeps("s1", "in b1 amend m09 优秀 --reason "+canary("approval-amends-line"), "")
	w.keeps("s1", "in b1 approve all", "")
	w.keeps("s1", "in b1 disposal approve 1", "")
	w.keeps("m01", "feedback give m06", "")
	w.keeps("m01", "feedback give m09", "")
	w.keeps("m06", "ack", canary("statement-of-member"))
}

// archives closes the year.
func (w *seatWalk) archives() {
	w.keeps("m01", "archive close --reason 先归档", "")
}

// Who is named to the console, or records, is not on the committee by that:
// before the announcement, and where the rules announce less than every count
// after it, they read no counts and no remarks but those on themselves.
func TestAMemberAtTheConsoleKnowsNoVotes(t *testing.T) {
	h := newHouse(t, 7, withPapers)
	h.Does("m01", meeting.Name{ID: "m06", Seat: meeting.SeatConsole}, meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	h.toOpenBox()
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), meeting.Choices{
			Grades:   map[meeting.MemberID]meeting.Grade{"m02": "合格", "m06": "合格"},
			Comments: map[meeting.MemberID]string{"m02": canary("other"), "m06": canary("own")},
		})
	}
	h.Closes()
	h.Confirms()
	h.Unseals("m02", "m03")
	withheld := func(when string) {
		t.Helper()
		for _, who := range []meeting.MemberID{"m06", "m07", "m04"} {
			for _, words := range []string{"result", "remarks m02", "papers get tally.csv", "papers get summary.csv", "papers get ratings.csv", "papers get committee.csv"} {
				if a := h.says(who, words, ""); a.exit != exitFailed || !oneLine(a.err) {
					t.Errorf("%s: %s: %s: %+v", when, who, words, a)
				}
			}
		}
		for words, wants := range map[string]string{"result": "合格 7", "remarks m02": canary("other"), "papers get summary.csv": "合格"} {
			if a := h.says("m01", words, ""); a.exit != exitOK || !strings.Contains(a.out, wants) {
				t.Errorf("%s: the secretary: %s: %+v", when, words, a)
			}
		}
		if a := h.says("m06", "remarks", ""); a.exit != exitOK || !strings.Contains(a.out, canary("own")) {
			t.Errorf("%s: the own remarks: %+v", when, a)
		}
		for _, words := range []string{"register show m02", "register list", "bundle", "status", "papers", "page"} {
			if a := h.says("m06", words, ""); strings.Contains(a.out, canary("other")) || strings.Contains(a.out, "合格 7") {
				t.Errorf("%s: %s: %+v", when, words, a)
			}
		}
	}
	withheld("counted")
	if a := h.says("m06", "announce --preview", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("preview: %+v", a)
	}
	if a := h.says("m06", "announce", ""); a.exit != exitOK || strings.Contains(a.out, "合格 7") {
		t.Errorf("announce: %+v", a)
	}
	withheld("announced")
	h.ComesTo(preset.Rating)
	h.Rates("合格")
	h.Ends()
	withheld("rated")
}
