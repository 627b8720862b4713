package ssh

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui"
)

// oneLine reports whether text is a single Chinese sentence for a person.
func oneLine(text string) bool {
	return strings.Count(text, "\n") == 1 && strings.HasSuffix(text, "\n") &&
		strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestMistakesInTheWordsAreUsageErrors(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m01")
	for _, words := range []string{
		"frobnicate", "rm -rf /", "状态", "signin --loud", "goto", "goto seven", "goto 1 2", "absent m02", "note 'open",
		"extend a", "next --reason", "next --reason a --reason b", "name m02", "rate m02", "criticise", "papers put x",
		"papers get", "outline", "outline throw", "feedback give", "feedback take m01", "feedback --approval x", "ledger", "ledger show", "ledger list 1", "ledger show x", "ledger burn", "record m02 dance", "record m02 criticise", "record m02 respond m01", "resolve 同意", "resolve 同意 --yes many",
		"scrutineers", "status --follow=yes extra", "vote\x00", "note \x1b[2J", strings.Repeat("status ", 2000), "--json", "\xff\xfe", "plain --json", "plain x", "page --json", "page x",
	} {
		a := h.saysOn(c, words, "")
		if a.exit != exitUsage || a.out != "" || !oneLine(a.err) {
			t.Errorf("%.40q: %+v", words, a)
		}
		if strings.Contains(a.err, "frobnicate") || strings.Contains(a.err, "rm -rf") {
			t.Errorf("%q is repeated: %s", words, a.err)
		}
	}
	if h.hall.State().Phase != meeting.Before {
		t.Error("a mistake moved the meeting")
	}
}

// TestAPhonesKeyboardMeansTheSame: a phone makes one dash of two, begins with a
// capital, and an input method's letters and digits are full-width.
func TestAPhonesKeyboardMeansTheSame(t *testing.T) {
	h := newHouse(t, 6)
	c := h.dial("m01")
	for _, words := range []string{"Whoami --json", "ｗｈｏａｍｉ --json", "whoami —json", "whoami ––json", "whoami －－json"} {
		if a := h.saysOn(c, words, ""); a.exit != exitOK || !strings.HasPrefix(a.out, "{") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	for _, words := range []string{"signin M01 ｍ０２ ３ m04", "absent Ｍ０５ 病假 —written", "name M２ recorder", "step —reason 没有体检", "step —reason 没有体检", "goto ３", "say 大家—休息"} {
		if a := h.saysOn(c, words, ""); a.exit != exitOK {
			t.Errorf("%s: %+v", words, a)
		}
	}
	s := h.hall.State()
	if m5 := s.Attendance.Of("m05"); m5.Reason != "病假" || !m5.Written || s.Roll().Present != 4 {
		t.Errorf("m05 is absent as %+v, %d are there", m5, s.Roll().Present)
	}
	if a := h.saysOn(c, "resolve 同意 —yes ４", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
}

// TestSeveralIDsAreNoReason: of m02 m03 m04 the first was absent, because of the others.
func TestSeveralIDsAreNoReason(t *testing.T) {
	h := newHouse(t, 4)
	for _, words := range []string{"absent m02 m03 m04", "absent m02 M03 病假"} {
		if a := h.says("m01", words, ""); a.exit != exitUsage || !strings.Contains(a.err, "absent m02,m03") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.says("m01", "absent m02,m03 3 天假", ""); a.exit != exitOK || h.hall.State().Attendance.Of("m03").Reason != "3 天假" {
		t.Errorf("%+v", a)
	}
}

// TestANameOfTwoPeopleIsNoUnknownID: 党员02 is on the roster, twice.
func TestANameOfTwoPeopleIsNoUnknownID(t *testing.T) {
	h := newHouse(t, 3)
	third, _ := h.hall.State().Member("m03")
	third.Name = "党员02"
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{third}, Yes: true})
	for _, words := range []string{"signin 党员02", "name 党员02 recorder", "audit 党员02", "absent 党员02 病假"} {
		if a := h.says("m01", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "不止一个人") {
			t.Errorf("%s: %+v", words, a)
		}
	}
}

// TestZeroIsNoNumberOfANote: a correction of note 0 would have become a note of its own.
func TestZeroIsNoNumberOfANote(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	h.asks("m01", "note", "学习了文件。", new(any))
	for _, words := range []string{"note --corrects 0", "note --item 0", "note --item -1"} {
		if a := h.says("m01", words, "学习了两份文件。"); a.exit != exitFailed || a.out != "" {
			t.Errorf("%s: %+v", words, a)
		}
	}
}

func TestNothingToListIsSaidSo(t *testing.T) {
	h := newHouse(t, 2)
	if a := h.says("m02", "criticisms", ""); a.exit != exitOK || !oneLine(a.out) {
		t.Errorf("%+v", a)
	}
}

func TestWhatIsRefusedSaysWhyInOneLine(t *testing.T) {
	h := newHouse(t, 2)
	for _, who := range []meeting.MemberID{"m01", "m02"} {
		c := h.dial(who)
		for _, words := range []string{
			"back", "goto 3", "floor", "floor m09", "call m02", "yield", "pause", "extend 10", "turn", "self-criticise", "criticise m02",
			"respond", "self-rate 优秀", "record m02 self-criticise", "note", "resolve 同意 --yes 1", "scrutineers m02", "seal", "open",
			"ballot", "vote", "receipt", "close", "unseal", "void --reason 测试", "board", "result", "rate m02 优秀", "submit",
			"feedback", "feedback give m01", "ack", "ledger add", "ledger show 1", "absent m09 病假", "name m09 console", "signin m09", "papers get nothing",
		} {
			if a := h.saysOn(c, words, "文字"); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
				t.Errorf("%s %s: %+v", who, words, a)
			}
		}
	}
	if a := h.says("m02", "next", ""); a.exit != exitFailed || !strings.Contains(a.err, "主持人") {
		t.Errorf("%+v", a)
	}
}

// The help of a kind names the fields that somebody may write, and no others.
func TestHelpNamesTheFieldsThatAreWritten(t *testing.T) {
	for _, f := range meeting.Forms() {
		w, _ := lookup(string(f.Name), vocabulary())
		_, named, _ := strings.Cut(w.about, "（")
		named, _, _ = strings.Cut(named, "）")
		fields := strings.Split(named, "、")
		for _, x := range f.Fields {
			if slices.Contains(fields, x.Name) == x.Follows {
				t.Errorf("%s: %s follows %v, help has %v", f.Name, x.Name, x.Follows, fields)
			}
		}
	}
}

func TestEveryWordSpeaksJSON(t *testing.T) {
	h := newHouse(t, 6)
	var list []struct{ Word, Usage, About string }
	h.asks("m02", "help", "", &list)
	if len(list) != len(vocabulary()) {
		t.Errorf("%d words", len(list))
	}
	for _, act := range meeting.Actions() {
		if _, ok := lookup(string(act), vocabulary()); !ok {
			t.Errorf("%s is no word: nobody could do what status says", act)
		}
	}
	var value map[string]json.RawMessage
	h.asks("m01", "signin", "", &value)
	if string(value["present"]) != "1" {
		t.Errorf("attendance: %v", value)
	}
	h.asks("m01", "signin 党员02", "", &value)
	h.asks("m01", "absent m03 病假 在医院 --written", "", &value)
	if got := string(value["absent"]); !strings.Contains(got, `{"id":"m03","reason":"病假 在医院"}`) {
		t.Errorf("absent: %s", got)
	}
	h.asks("m01", "name 党员02 recorder", "", &value)
	h.asks("m01", "next", "", &value)
	if string(value["phase"]) != `"meeting"` || !strings.Contains(string(value["item"]), `"no":1`) {
		t.Errorf("where: %s", value)
	}
	if a := h.says("m01", "next", ""); a.exit != exitFailed || !strings.Contains(a.err, "理由") {
		t.Errorf("a red check needs a reason: %+v", a)
	}
	h.asks("m01", "next --reason 人已到齐 可以 开始", "", &value)
	h.asks("m02", "note", "学习了有关文件。\n讨论热烈。\n", &value)
	if string(value["no"]) != "1" {
		t.Errorf("note: %s", value)
	}
	var script struct {
		Item struct{ No int }
		Text []string
	}
	h.asks("m01", "script", "", &script)
	if script.Item.No != 2 || len(script.Text) < 3 || !strings.HasSuffix(script.Text[0], "现在开会。") {
		t.Errorf("script: %+v", script)
	}
	if a := h.says("m02", "script", ""); a.exit != exitFailed || !strings.Contains(a.err, "主持人") {
		t.Errorf("the recorder reads the script: %+v", a)
	}
	var outcome struct{ Passed, Quorum bool }
	h.asks("m01", "resolve 同意延长 半小时 --yes 2 --no 0", "", &outcome)
	if got := h.hall.State().Resolutions[0]; got.Text != "同意延长 半小时" || got.Yes != 2 {
		t.Errorf("resolution: %+v", got)
	}
	h.asks("m02", "floor", "", &value)
	if string(value["queue"]) != `["m02"]` || string(value["speaker"]) != "null" {
		t.Errorf("floor: %s", value)
	}
	h.asks("m01", "floor m02", "", &value)
	h.asks("m01", "countdown 90", "", &value)
	if got := h.hall.State().Floor.Limit; got < 90 || got > 95 {
		t.Errorf("the speaker has %d seconds", got)
	}
	h.asks("m01", "floor", "", &value)
	h.asks("m01", "queue m01 0", "", &value)
	if string(value["queue"]) != "[]" {
		t.Errorf("queue: %s", value)
	}
	h.asks("m01", "limits --response 90", "", &value)
	if string(value["limits"]) != `{"self_criticism":300,"criticism":120,"response":90,"speech":600}` || string(value["propose"]) != "null" {
		t.Errorf("limits: %s", value)
	}
	if a := h.says("m02", "limits --response 30", ""); a.exit != exitFailed {
		t.Errorf("a member sets limits: %+v", a)
	}
	h.asks("m01", "wording 3 领读《准则》", "", &value)
	if got := h.hall.State().Agenda[2].Text; got != "领读《准则》" {
		t.Errorf("words of the item: %q", got)
	}
	h.asks("m01", "pause", "", &value)
	h.asks("m01", "extend 60", "", &value)
	h.asks("m02", "yield", "", &value)
	h.asks("m01", "goto 7", "", &value)
	h.asks("m01", "turn", "", &value)
	if string(value["round"]) != `{"subject":"m01","stage":"self"}` {
		t.Errorf("round: %s", value)
	}
	h.asks("m01", "self-criticise", "\ufeff理论学习抓得不紧。", &value)
	h.asks("m02", "criticise 党员01", "到服务对象中去得少。", &value)
	h.asks("m02", "record m03 criticise m01", "会议开得长。", &value)
	h.asks("m02", "record m03 self-criticise", "书面材料。", &value)
	h.asks("m01", "respond", "接受,马上改。", &value)
	h.asks("m01", "step", "", &value)
	r, _ := h.hall.State().Round("m01")
	if len(r.Own) != 1 || r.Own[0].Text != "理论学习抓得不紧。" || len(r.Criticisms) != 2 || len(r.Responses) != 1 {
		t.Errorf("round: %+v", r)
	}
	if a := h.says("m01", "back", ""); !strings.Contains(a.out, "对 党员01 的评议停在") {
		t.Errorf("what is cut short is not said: %q", a.out)
	}
	h.asks("m01", "goto 9", "", &value)
	if a := h.says("m01", "goto 13", ""); !strings.Contains(a.out, "「个人自评」算没有做完。") {
		t.Errorf("what is left undone is not said: %q", a.out)
	}
	h.asks("m01", "goto 9", "", &value)
	h.asks("m02", "self-rate 合格", "", &value)
	h.asks("m02", "record m03 self-rate 合格", "", &value)
	if h.hall.State().SelfRatings.Len() != 2 {
		t.Errorf("self-ratings: %v", h.hall.State().SelfRatings)
	}
}

// TestStatusSaysWhatDoorsPromise compares names and shapes with DOORS.md.
func TestStatusSaysWhatDoorsPromise(t *testing.T) {
	h := newHouse(t, 3)
	got := func(who meeting.MemberID) map[string]any {
		var v map[string]any
		h.asks(who, "status", "", &v)
		return v
	}
	v := got("m02")
	if v["phase"] != "before" || v["item"] != nil || v["speaker"] != nil {
		t.Errorf("before: %v", v)
	}
	wantJSON(t, v["vote"], `{"id":"","no":0,"state":"none","issued":0,"returned":0,"confirmed":0,"fingerprint":""}`)
	wantJSON(t, v["attendance"], `{"expected":3,"present":0,"absent":[{"id":"m01","reason":""},{"id":"m02","reason":""},{"id":"m03","reason":""}]}`)
	wantJSON(t, v["queue"], `[]`)
	wantJSON(t, v["may"], `["signin","opinion","outline","register","talk","key","papers"]`)
	why := v["why_not"].(map[string]any)
	if len(why)+7 != len(meeting.Actions()) || !strings.Contains(why["next"].(string), "主持人") {
		t.Errorf("why not: %v", why)
	}
	if _, console := v["step"]; console {
		t.Error("a member sees the console's step")
	}
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{})
	v = got("m01")
	wantJSON(t, v["item"], `{"no":7,"kind":"criticism","title":"批评与自我批评"}`)
	s := v["speaker"].(map[string]any)
	if since, err := time.Parse(time.RFC3339, s["since"].(string)); err != nil || time.Since(since) > time.Minute {
		t.Errorf("since: %v", s["since"])
	}
	delete(s, "since")
	wantJSON(t, s, `{"id":"m01","for":"self-criticism","limit_s":300}`)
	wantJSON(t, v["round"], `{"subject":"m01","stage":"self"}`)
	wantJSON(t, v["step"], `{"act":"turn","who":["m01"],"wait":[]}`)
	h.toOpenBox()
	v = got("m02")
	box := v["vote"].(map[string]any)
	election := h.hall.State().Vote().Members().Election
	wantJSON(t, box, fmt.Sprintf(`{"id":%q,"no":1,"state":"open","issued":3,"returned":0,"confirmed":0,"fingerprint":%q}`, election.UUID(), election.Short()))
	if text := h.says("m02", "status", "").out; !strings.Contains(text, election.Short()) || !strings.Contains(text, "vote 投票") {
		t.Errorf("for people: %s", text)
	}
}

func wantJSON(t *testing.T, got any, want string) {
	t.Helper()
	var w any
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(w)
	if string(a) != string(b) {
		t.Errorf("got %s\nwant %s", a, b)
	}
}

func TestAFollowerHearsOfEveryMove(t *testing.T) {
	h := newHouse(t, 2)
	sess, err := h.dial("m02").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer sess.Close()
	out, err := sess.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.Start("status --follow --json"); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	read := func() (v struct {
		Attendance struct{ Present int }
		Phase      string
	},
	) {
		if !lines.Scan() {
			t.Fatalf("the stream ended: %v", lines.Err())
		}
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	if read().Attendance.Present != 0 {
		t.Error("the first line is not the present state")
	}
	h.Does("m01", meeting.SignIn{})
	if read().Attendance.Present != 1 {
		t.Error("the move was not told")
	}
	h.Does("m01", meeting.Next{})
	if read().Phase != "meeting" {
		t.Error("the second move was not told")
	}
	h.stop()
	if lines.Scan() {
		t.Errorf("a line after the end: %s", lines.Text())
	}
}

func TestAVoteOverWords(t *testing.T) {
	h := newHouse(t, 6)
	h.toItem(preset.Ballot)
	console := h.dial("m01")
	if a := h.saysOn(console, "scrutineers m02 党员03 --yes 6", ""); a.exit != 0 {
		t.Fatal(a)
	}
	var code struct{ Code string }
	codes := map[meeting.MemberID]string{}
	for _, who := range []meeting.MemberID{"m02", "m03"} {
		h.asks(who, "seal", "", &code)
		codes[who] = code.Code
	}
	if a := h.saysOn(console, "open", ""); a.exit != 0 {
		t.Fatal(a)
	}
	var paper struct {
		Subjects []struct{ ID, Name string }
		Grades   []string
		SelfVote bool `json:"self_vote"`
	}
	h.asks("m04", "ballot", "", &paper)
	if len(paper.Subjects) != 6 || len(paper.Grades) != 4 || !paper.SelfVote {
		t.Errorf("ballot: %+v", paper)
	}
	receipts := map[meeting.MemberID]string{}
	var r struct {
		Receipt string
		Times   int
	}
	for i := 1; i <= 6; i++ {
		for _, words := range []string{"close", "step"} {
			if a := h.saysOn(console, words, ""); i > 1 && (a.exit != exitFailed || !strings.Contains(a.err, "人没有投票") || !strings.Contains(a.err, "写明理由")) {
				t.Errorf("%s before all have voted: %+v", words, a)
			}
		}
		h.asks(id(i), "vote", `{"m01":"优秀","m02":"合格","m03":null}`, &r)
		receipts[id(i)] = r.Receipt
	}
	h.asks("m06", "vote", `{"m01":"基本合格","remarks":{"m01":"多到服务对象中去。"}}`, &r)
	if r.Times != 2 || r.Receipt == receipts["m06"] {
		t.Errorf("a second vote: %+v", r)
	}
	var on struct{ Found, Counted bool }
	h.asks("m06", "receipt "+receipts["m06"], "", &on)
	if on.Found {
		t.Error("the replaced ballot is still there")
	}
	h.asks("m06", "receipt", "", &on)
	if !on.Found || on.Counted {
		t.Errorf("before closing: %+v", on)
	}
	if a := h.says("m04", "board", ""); a.exit != exitFailed {
		t.Errorf("a board before closing: %+v", a)
	}
	if a := h.saysOn(console, "close", ""); a.exit != 0 {
		t.Fatal(a)
	}
	h.asks("m06", "receipt "+r.Receipt, "", &on)
	if !on.Found || !on.Counted || !h.hall.State().Vote().Checked.Of("m06") {
		t.Errorf("after closing: %+v", on)
	}
	var list []string
	h.asks("m05", "board", "", &list)
	if len(list) != 6 || !slices.IsSorted(list) || !slices.Contains(list, r.Receipt) {
		t.Errorf("board: %v", list)
	}
	if a := h.says("m02", "unseal", ""); a.exit != exitFailed || !strings.Contains(a.err, "核对") {
		t.Errorf("unsealed before the receipts were confirmed: %+v", a)
	}
	if a := h.saysOn(console, "confirmed", ""); a.exit != exitFailed || !strings.Contains(a.err, "6 名投票人中 1 名") {
		t.Errorf("ended without a reason: %+v", a)
	}
	if a := h.saysOn(console, "confirmed --reason 无人提出异议", ""); a.exit != 0 {
		t.Fatal(a)
	}
	if a := h.says("m02", "unseal --code "+codes["m02"], ""); a.exit != exitUsage || !strings.Contains(a.err, "标准输入") {
		t.Errorf("a recovery code in the command: %+v", a)
	}
	if a := h.says("m02", "unseal", ""); a.exit != 0 {
		t.Fatal(a)
	}
	if a := h.says("m03", "unseal", ""); a.exit != 0 {
		t.Fatal(a)
	}
	h.asks("m01", "remarks", "", &list)
	if len(list) != 1 || list[0] != "多到服务对象中去。" {
		t.Errorf("remarks: %q", list)
	}
	if a := h.says("m04", "remarks m01", ""); a.exit != exitFailed || strings.Contains(a.err, "服务对象") {
		t.Errorf("somebody else's remarks: %+v", a)
	}
	if a := h.says("m01", "coarsen full", ""); a.exit != exitFailed {
		t.Errorf("the facilitator announces more than the rules: %+v", a)
	}
	var level struct{ Announce string }
	if a := h.says("m01", "coarsen none", ""); a.exit != exitFailed {
		t.Errorf("nothing is less than nothing: %+v", a)
	}
	if a := h.says("m01", "announce --preview", ""); a.exit != exitOK || !strings.Contains(a.out, "现在宣布民主测评的收发票数。发出") || h.hall.State().Vote().Heard != nil {
		t.Errorf("preview: %+v", a)
	}
	if h.asks("m01", "announce", "", &level); level.Announce != preset.AnnounceNone || h.hall.State().Vote().Heard == nil {
		t.Errorf("announce: %+v", level)
	}
	if a := h.says("m04", "result", ""); a.exit != exitFailed {
		t.Errorf("the organisation holds the result: %+v", a)
	}
	var rows []struct {
		ID, Name string
		Counts   map[string]int
		Abstain  int
	}
	h.asks("m01", "result", "", &rows)
	if len(rows) != 6 || rows[0].ID != "m01" || rows[0].Counts["优秀"] != 5 || rows[0].Counts["基本合格"] != 1 ||
		rows[1].Counts["合格"] != 5 || rows[1].Abstain != 1 || rows[2].Abstain != 6 || len(rows[3].Counts) != 4 {
		t.Errorf("result: %+v", rows)
	}
	h.rates(console)
}

// TestABallotOfABoxThatIsNeverOpenedIsNotCounted: four of six voted, and it takes five.
func TestABallotOfABoxThatIsNeverOpenedIsNotCounted(t *testing.T) {
	h := newHouse(t, 6)
	h.toOpenBox()
	for i := 1; i <= 4; i++ {
		h.asks(id(i), "vote", `{"m01":"优秀"}`, new(any))
	}
	h.Does("m01", meeting.CloseBox{Reason: "其余的人走了"})
	var on struct{ Found, Counted bool }
	h.asks("m04", "receipt", "", &on)
	if !on.Found || on.Counted || !h.hall.State().Vote().Checked.Of("m04") {
		t.Errorf("%+v", on)
	}
	if a := h.says("m03", "receipt", ""); !strings.Contains(a.out, "永远不打开") || strings.Contains(a.out, "已计入") {
		t.Errorf("%+v", a)
	}
	for _, words := range []string{"result", "announce", "coarsen none"} {
		if a := h.says("m01", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "收回 4 票，不到 5 票") {
			t.Errorf("%s waits for a box that stays closed: %+v", words, a)
		}
	}
}

func TestPaperSlipsOverWords(t *testing.T) {
	h := newHouse(t, 11)
	h.toItem(preset.Ballot)
	h.Does("m01", meeting.NameScrutineers{IDs: []meeting.MemberID{"m02", "m03"}})
	var box struct{ Issued, Returned int }
	h.asks("m01", "paper 党员07", "", &box)
	h.asks("m02", "seal", "", new(any))
	h.asks("m03", "seal", "", new(any))
	if a := h.says("m01", "open", ""); a.exit != exitFailed || !strings.Contains(a.err, "共用终端") || !strings.Contains(a.err, "再多发几张") {
		t.Errorf("opened with one paper slip: %+v", a)
	}
	h.asks("m01", "paper m07 --back", "", &box)
	for i := 7; i <= 11; i++ {
		h.asks("m01", fmt.Sprintf("paper m%02d", i), "", &box)
	}
	if h.asks("m01", "open", "", &box); box.Issued != 6 {
		t.Errorf("issued: %+v", box)
	}
	if a := h.says("m01", "status", ""); !strings.Contains(a.out, "发出 6 张，收回 0 张；纸质票发出 5 张，票箱指纹") {
		t.Errorf("the slips are not told: %+v", a)
	}
	if a := h.says("m01", "paper m11 --back", ""); !strings.Contains(a.out, "党员11 的纸质票已收回。票箱打开时没有给 TA 电子票：还要投票，请再发一张。\n") {
		t.Errorf("who has no ballot now is not told: %+v", a)
	}
	h.asks("m01", "paper m11", "", &box)
	if a := h.says("m07", "vote", `{}`); a.exit != exitFailed || !strings.Contains(a.err, "纸质") {
		t.Errorf("who votes on paper votes here too: %+v", a)
	}
	for i := 1; i <= 6; i++ {
		h.asks(id(i), "vote", `{}`, new(any))
	}
	for _, input := range []string{
		``, `[]`, `{"returned":5,"sums":{}}`, `{"returned":5} x`, `{"returned":5,"counts":{"m01":{"最好":1}}}`,
		`{"returned":6,"counts":{}}`, `{"returned":-1}`, `{"returned":4,"counts":{"m01":{"优秀":1}}}`, `{"returned":5,"counts":{"m01":{"优秀":6}}}`, `{"returned":5,"counts":{"m99":{"优秀":1}}}`,
		`{"returned":5,"counts":{"m01":{"优秀":2},"m02":{"优秀":1},"m01":{"优秀":1}}}`,
	} {
		if a := h.says("m02", "slips", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	var entered struct{ Agreed bool }
	if h.asks("m02", "slips", `{"returned":5,"counts":{"m01":{"优秀":1}}}`, &entered); entered.Agreed {
		t.Error("one scrutineer is enough")
	}
	if a := h.says("m03", "slips", `{"returned":5,"counts":{"m01":{"合格":1}}}`); a.exit != exitFailed {
		t.Errorf("another sum: %+v", a)
	}
	if h.asks("m03", "slips", `{"returned":5,"counts":{"m01":{"优秀":1}}}`, &entered); !entered.Agreed {
		t.Error("two equal sums do not agree")
	}
	if a := h.says("m04", "slips", `{}`); a.exit != exitFailed {
		t.Errorf("a plain member: %+v", a)
	}
}

// rates goes on to 组织评定, where the console grades: there is no committee.
func (h *house) rates(console *gossh.Client) {
	h.toItem(preset.Rating)
	var meter struct{ Cap, Used, Left int }
	h.asks("m01", "rate m01 优秀", "", &meter)
	if meter.Cap != 2 || meter.Used != 1 || meter.Left != 1 {
		h.t.Errorf("cap: %+v", meter)
	}
	for _, words := range []string{"rate m02 优秀 --reason 表现 突出", "rate m04 合格", "rate m05 合格", "rate m06 合格"} {
		if a := h.saysOn(console, words, ""); a.exit != 0 {
			h.t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.saysOn(console, "rate m03 优秀", ""); a.exit != exitFailed || !strings.Contains(a.err, "理由") {
		h.t.Errorf("over the cap: %+v", a)
	}
	if a := h.saysOn(console, "submit", ""); a.exit != exitFailed {
		h.t.Errorf("one is not graded: %+v", a)
	}
	if a := h.saysOn(console, "rate m03 优秀 --reason 表现突出", ""); a.out != "已评定。优秀超过上限 1 名；都评定了，用 submit 提交评定表。\n" {
		h.t.Errorf("over the cap with a reason: %+v", a)
	}
	h.saysOn(console, "rate m03 合格", "")
	for words, why := range map[string]string{"submit": "举手", "submit --yes 2 --no 3": "没有超过 1/2", "submit --yes x": "--yes"} {
		if a := h.saysOn(console, words, ""); a.exit == 0 || !strings.Contains(a.err, why) {
			h.t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.saysOn(console, "submit --yes 4 --no 1", ""); a.exit != 0 || !h.hall.State().Submitted {
		h.t.Errorf("submit: %+v", a)
	}
	if a := h.saysOn(console, "rate m04 优秀 --reason 表现突出", ""); !strings.Contains(a.out, "评定表原来已经提交，改了等次就收回了") {
		h.t.Errorf("a submitted table is taken back without a word: %+v", a)
	}
	h.saysOn(console, "rate m04 合格", "")
	if a := h.saysOn(console, "submit --yes 4 --no 1", ""); a.exit != 0 {
		h.t.Errorf("submit again: %+v", a)
	}
}

func TestABrokenBallotIsRefusedWholeAndNeverRepeated(t *testing.T) {
	h := newHouse(t, 3)
	h.toOpenBox()
	c := h.dial("m02")
	before := h.hall.State().Chronicle.Len()
	for _, input := range []string{
		``, `优秀`, `null`, `[]`, `"优秀"`, `{"m01":"优秀"`, `{"m01":"优秀"}{"m02":"合格"}`, `{"m01":"优秀"} 合格`,
		`{"m01":"优秀","m01":"合格"}`, `{"m01":"优秀","m09":"合格"}`, `{"优秀":"m01"}`, `{"m01":"最优秀"}`, `{"m01":"优秀 "}`,
		`{"m01":""}`, `{"m01":9}`, `{"m01":true}`, `{"m01":["优秀"]}`, `{"m01":{"g":"优秀"}}`, `{"committee":"优秀"}`, `{"m01":"优秀",}`,
		`{'m01':'优秀'}`, `{"remarks":{"优秀":"x"}}`, `{"remarks":{"m01":1}}`,
		`{"remarks":{"m01":"优秀","m01":"合格"}}`, `{"remarks":{"m01":"` + strings.Repeat("优", 201) + `"}}`, `{"remarks":{"m01":"优\u001b秀"}}`, `{"remarks":"优秀"}`, `{"remarks":{},"remarks":{}}`, "{\"m01\":\"优\x00秀\"}",
		`{"m01":"优秀","x":` + strings.Repeat("[", 20000) + `}`, `{"m01":"` + strings.Repeat("优秀", maxInput/6) + `"}`,
	} {
		a := h.saysOn(c, "vote --json", input)
		if a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%.60q: %+v", input, a)
		}
		// The sentence about an unknown grade lists the grades that there are.
		told := strings.ReplaceAll(strings.ReplaceAll(a.err, "优秀、合格、基本合格、不合格", ""), `{"m01":"优秀","m02":null}`, "")
		if strings.Contains(told, "优秀") || strings.Contains(told, "合格") {
			t.Errorf("%.60q: a choice is repeated: %s", input, a.err)
		}
	}
	if h.hall.State().Chronicle.Len() != before {
		t.Error("something was put into the box")
	}
	if strings.Contains(h.log.String(), "优秀") || strings.Contains(h.log.String(), "合格") {
		t.Error("a grade was logged")
	}
}

func TestNothingTypedIsLogged(t *testing.T) {
	h := newHouse(t, 3)
	h.toOpenBox()
	h.says("m02", "vote", `{"m01":"基本合格"}`)
	h.says("m02", "K7QF2-M9DWA", "")
	h.says("m01", "note", "只有会上的人知道")
	h.says("m01", "resolve 只有会上的人知道 --yes 3", "")
	h.says("m02", "unseal --code 的一是了", "")
	_, _ = h.try(&login{user: "机密用户名", auth: []gossh.AuthMethod{gossh.Password("K7QF2-M9DWA")}})
	log := h.log.String()
	for _, secret := range []string{"合格", "K7QF2", "会上的人", "的一是了", "机密", h.codes["m02"]} {
		if strings.Contains(log, secret) {
			t.Errorf("%q stands in the log:\n%s", secret, log)
		}
	}
	if !strings.Contains(log, "word=vote") || !strings.Contains(log, "who=m02") {
		t.Errorf("the log does not tell what was done: %s", log)
	}
}

func TestStandardInputHasALimit(t *testing.T) {
	h := newHouse(t, 2)
	h.toItem(preset.Criticism)
	if a := h.says("m02", "criticise m01", strings.Repeat("学习", maxInput)); a.exit != exitFailed || !strings.Contains(a.err, "1 MB") {
		t.Errorf("too much: %d %s", a.exit, a.err)
	}
	for _, text := range []string{"", " \n", "a\x1b[31mb", "\xff\xfe", strings.Repeat("学", 5001)} {
		if a := h.says("m02", "criticise m01", text); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%.20q: %+v", text, a)
		}
	}
	if h.hall.State().Rounds.Len() != 0 {
		t.Error("something was kept")
	}
}

func TestPapersAreNamedNotFoundByPath(t *testing.T) {
	var rendered atomic.Int32
	h := newHouse(t, 3, func(c *Config) {
		c.Papers = func(_ context.Context, s *meeting.State, who meeting.MemberID) ([]File, error) {
			if s.Chair() != who {
				return nil, nil
			}
			content := func() ([]byte, error) {
				rendered.Add(1)
				return []byte("# 会议记录\n\x00\xff"), nil
			}
			return []File{{"会议记录.md", "会议记录", content}, {"会议记录.json", "会议记录", content}}, nil
		}
	})
	if a := h.says("m01", "papers", ""); a.out != "会议记录.md　会议记录\n会议记录.json　会议记录\n" || rendered.Load() != 0 {
		t.Errorf("a list of names rendered %d papers: %+v", rendered.Load(), a)
	}
	var list []struct{ File, Title, SHA256 string }
	h.asks("m01", "papers", "", &list)
	if len(list) != 2 || list[0].File != "会议记录.md" || len(list[0].SHA256) != 64 {
		t.Errorf("list: %+v", list)
	}
	rendered.Store(0)
	if a := h.says("m01", "papers get 会议记录.md", ""); a.exit != 0 || a.out != "# 会议记录\n\x00\xff" || rendered.Load() != 1 {
		t.Errorf("get rendered %d papers: %+v", rendered.Load(), a)
	}
	for _, name := range []string{"../secret", "/etc/passwd", "会议记录", "x"} {
		if a := h.says("m01", "papers get "+name, ""); a.exit != exitFailed || a.out != "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if a := h.says("m02", "papers get 会议记录.md", ""); a.exit != exitFailed || a.out != "" {
		t.Errorf("a plain member: %+v", a)
	}
}

func TestAWordInATerminalDoesNotWaitForInput(t *testing.T) {
	h := newHouse(t, 2)
	h.toItem(preset.Criticism)
	for words, exit := range map[string]int{"whoami": 0, "criticise m01": exitUsage} {
		sess, err := h.dial("m02").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := sess.RequestPty("xterm", 24, 80, nil); err != nil {
			t.Fatal(err)
		}
		for range 100 { // nobody draws, and yet the line stays free
			if err := sess.WindowChange(24, 80); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := sess.StdinPipe(); err != nil {
			t.Fatal(err)
		}
		err = sess.Run(words)
		if got := exitOf(err); (got == nil) != (exit == 0) || (got != nil && got.ExitStatus() != exit) {
			t.Errorf("%s: %v", words, err)
		}
	}
}

func TestOneLineCarriesOnlySoManySessions(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m02")
	var open []*gossh.Session
	for {
		sess, err := c.NewSession()
		if err != nil {
			break
		}
		if err := sess.Start("status --follow"); err != nil {
			t.Fatal(err)
		}
		if open = append(open, sess); len(open) > 100 {
			t.Fatal("there is no limit")
		}
	}
	if len(open) != sessionsPerLink {
		t.Errorf("%d sessions", len(open))
	}
	if a := h.says("m01", "whoami", ""); a.exit != 0 {
		t.Errorf("others are kept out: %+v", a)
	}
}

// FuzzWords feeds whatever a client may send as a command line.
func FuzzWords(f *testing.F) {
	for _, w := range vocabulary() {
		f.Add(w.usage())
	}
	for _, raw := range []string{"", "vote '", `next --reason "a b`, "goto １", "a\\", "--json --json", "status --follow --follow", "\x00", "note \u202e"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		w, l, err := parse(raw, vocabulary())
		if err != nil {
			if text := err.Error(); !oneLine(text + "\n") {
				t.Errorf("%q: %q", raw, text)
			}
			return
		}
		if n := len(l.args); n < w.least || (w.most >= 0 && n > w.most) {
			t.Errorf("%q: %d arguments", raw, n)
		}
		for name, value := range l.flags {
			switch {
			case slices.Contains(w.flags, name) && value == "":
				t.Errorf("%q: --%s is empty", raw, name)
			case !slices.Contains(w.flags, name) && !slices.Contains(w.switches, name) && !(name == "id" && w.once()):
				t.Errorf("%q: --%s does not exist", raw, name)
			}
		}
	})
}

// FuzzChoices feeds whatever may come as a ballot: what is taken is a ballot,
// what is refused repeats nothing.
func FuzzChoices(f *testing.F) {
	subjects := []meeting.MemberID{"m01", "m02"}
	rules := &preset.Rules{Grades: []string{"优秀", "合格"}, Vote: preset.Vote{BranchScale: []string{"好", "差"}}}
	for _, data := range []string{`{"m01":"优秀"}`, `{"m01":1,"m02":0,"committee":2}`, `{"m01":3}`, `{"m01":-1}`, `{"m01":0.5}`, `{"m01":null,"committee":"好"}`, `{"m01":"a","m01":"b"}`, `{"remarks":{"m01":"x"}}`, `{}`, `[`} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := readChoices(data, subjects, rules)
		if err != nil {
			if text := tui.Chinese().Say(err); text == "" {
				t.Error("no sentence")
			}
			if !strings.HasPrefix(err.Error(), "选票没有收下") {
				t.Errorf("%q", err)
			}
			return
		}
		if !json.Valid(data) {
			t.Errorf("%q is no JSON", data)
		}
		for id, g := range c.Grades {
			if !slices.Contains(subjects, id) || g == "" {
				t.Errorf("%q: %q %q", data, id, g)
			}
		}
	})
}

// exitOf is the exit of a word that did not end with 0, or nil.
func exitOf(err error) *gossh.ExitError {
	var exit *gossh.ExitError
	errors.As(err, &exit)
	return exit
}
