package ssh

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// at is the name of the newest page that came.
func (l *hearing) at() string {
	l.t.Helper()
	lines := strings.Split(l.text(), "\n") // behind the last end of a line there is nothing whole
	for i := len(lines) - 2; i >= 0; i-- {
		var m struct{ At string }
		if err := json.Unmarshal([]byte(lines[i]), &m); err != nil {
			l.t.Fatalf("%v: %s", err, lines[i])
		}
		if m.At != "" {
			return m.At
		}
	}
	l.t.Fatalf("no page came: %q", l.text())
	return ""
}

// taps answers the newest page.
func (l *hearing) taps(answer string) *hearing {
	l.t.Helper()
	return l.types(fmt.Sprintf("{\"at\":%q,%s}\n", l.at(), answer))
}

// page opens the screen of somebody as data.
func (h *house) page(c *gossh.Client) *hearing {
	h.t.Helper()
	return h.plainly(c, "", "page").hears("\n")
}

// A member takes part by taps alone: comes in, signs in, criticises, loses the line
// in mid-text, votes, notes the receipt and votes again.
func TestAMemberTakesPartByTaps(t *testing.T) {
	h := newHouse(t, 6)
	m := h.page(h.dial("m04"))
	m.taps(`"pick":0`).hears("已签到", "\n")
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{ID: "m02"}, meeting.Advance{})
	m.hears("对 党员02 提批评意见", "\n")
	catchBreath()
	m.taps(`"pick":0`).hears(`"kind":"text"`, "\n").taps(`"draft":"调查研究不够"`)
	m.types("{}\n").hears("没有说要做什么", "\n") // so that the draft has come
	m.line.Close()
	m = h.page(h.dial("m04"))
	m.taps(`"pick":0`).hears("上次没有交的草稿", `"text":"调查研究不够"`, "\n")
	m.taps(`"text":"调查研究不够。\n建议多听意见。"`).hears("你写了", `"label":"提交"`, "\n").taps(`"pick":0`).hears("已提交", "\n")
	round, _ := h.hall.State().Round("m02")
	if len(round.Criticisms) != 1 || round.Criticisms[0].Text != "调查研究不够。\n建议多听意见。" {
		t.Fatalf("recorded %+v", round.Criticisms)
	}
	h.ComesTo(preset.Ballot)
	h.Opened("m02", "m03")
	m.hears("民主测评", `"label":"开始填测评票"`, "\n")
	catchBreath()
	m.taps(`"pick":0`)
	votes := func(grade int) {
		t.Helper()
		for i := range 6 {
			m.hears(fmt.Sprintf("第 %d / 6 页", i+1), `"radio":true`, "\n").taps(fmt.Sprintf(`"pick":%d`, grade))
		}
		m.hears("都填好了", "\n").taps(`"pick":6`).hears("提交测评票？", "\n")
		catchBreath()
		m.taps(`"pick":0`).hears("测评票已经投进票箱", "回执", "\n")
	}
	votes(1)
	slip := h.hall.State().Vote().Members().Returned.Of("m04")
	if slip.Times != 1 || !strings.Contains(strings.ReplaceAll(m.text(), " ", ""), slip.Receipt) {
		t.Errorf("slip %+v, heard %q", slip, m.text())
	}
	m.taps(`"key":"c"`).hears("改投", "\n")
	catchBreath()
	m.taps(`"pick":0`)
	votes(2)
	if slip := h.hall.State().Vote().Members().Returned.Of("m04"); slip.Times != 2 {
		t.Errorf("slip %+v", slip)
	}
	m.types("{\"quit\":true}\n").hears(`{"bye":"已退出。`, `"again":false}`)
	m.exits(0)
	if strings.Contains(h.log.String(), "合格") || strings.Contains(h.log.String(), "调查研究") {
		t.Error("a choice or a text was logged")
	}
}

// A page is a screen: the newer one of a person takes its place, whatever kind it is.
func TestPagesGiveWayAndLeaveNothingBehind(t *testing.T) {
	h := newHouse(t, 3)
	c := h.dial("m02")
	h.saysOn(c, "status", "")
	before := runtime.NumGoroutine()
	older := h.page(c)
	newer := h.page(c)
	older.hears(`{"bye":"你已在另一个终端登录，这里退出了。","again":false}`)
	older.exits(exitFailed)
	lines := h.plainly(c, "", "plain").hears("请输入：")
	newer.hears(`"bye":`).exits(exitFailed)
	last := h.page(c)
	lines.hears("你已在另一个终端登录")
	last.keys.Close()
	last.hears(`"bye":"已退出`, `"again":false`).exits(0)
	h.page(c).sess.Close()
	settles(t, before)
}

// A server that closes is dialled again by itself; a code that has ended is not.
func TestAPageSaysWhetherToComeAgain(t *testing.T) {
	h := newHouse(t, 3)
	m, gone := h.page(h.dial("m02")), h.page(h.dial("m03"))
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m03": HashCode(secret, "23456-789AB")}})
	gone.hears(`{"bye":"`, `"again":false}`).exits(exitFailed)
	h.stop()
	m.hears(`{"bye":"服务器关闭了：会议记录已经保存，请稍后再登录。","again":true}`).exits(exitFailed)
}

// Who sends what is no answer is told so, and harms nobody.
func TestAPageThatIsSentAnythingAnswersInWords(t *testing.T) {
	h := newHouse(t, 3)
	m := h.page(h.dial("m03"))
	before := h.hall.State().Chronicle.Len()
	old := m.at()
	for line, says := range map[string]string{
		"GET / HTTP/1.1\r": "不是一个 JSON 对象", "\xff\xfe": "不是 UTF-8", `{"at":"` + old + `","pick":0}{}`: "几个回答",
		`{"at":"` + old + `","sudo":1}`: "不认识「sudo」", strings.Repeat("长", 30_000): "超过 64 KB",
		`{"at":"AAAAAAAA-000001","pick":0}`: "页面已经变了", "{\"at\":\"" + old + "\",\"key\":\"\\u001b\"}": "控制字符",
	} {
		m.types(line+"\n").hears(says, "\n")
	}
	if h.hall.State().Chronicle.Len() != before {
		t.Error("something was done")
	}
	go func() { _, _ = io.Copy(m.keys, strings.NewReader(strings.Repeat("{}\n", 5000))) }()
	other := h.page(h.dial("m02"))
	began := time.Now()
	other.taps(`"pick":0`).hears("已签到", "\n")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("somebody else waits %s", took)
	}
	var status *gossh.ExitError // a terminal would show it
	if err := h.word(h.dial("m02"), "page", true).sess.Wait(); !errors.As(err, &status) || status.ExitStatus() != exitUsage {
		t.Errorf("on a terminal: %v", err)
	}
}

// Somebody who does not read delays nobody.
func TestAPageThatNobodyReadsDelaysNobody(t *testing.T) {
	h := newHouse(t, 3)
	sess, err := h.dial("m03").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	defer sess.Close()
	if _, err := sess.StdoutPipe(); err != nil { // and nobody reads it
		t.Fatal(err)
	}
	keys, err := sess.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sess.Start("page"); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(keys, strings.NewReader(strings.Repeat("{}\n", 20_000))) }()
	m := h.page(h.dial("m02"))
	for range 50 {
		h.Does("m01", meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
		h.Does("m01", meeting.Name{ID: "m01", Seat: meeting.SeatRecorder})
	}
	catchBreath()
	m.taps(`"pick":0`).hears("已签到")
}

// A wall and a booth have their page, too.
func TestTheWallAndABoothAsData(t *testing.T) {
	h := newHouse(t, 4)
	c, err := h.try(&login{user: "screen"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	wall := h.page(c)
	wall.keys.Close() // as with </dev/null
	h.Does("m02", meeting.SignIn{})
	wall.hears(`"wall":`, `"text":"1/4"`)
	h.toOpenBox()
	wall.hears("发出 4 张", "\n")
	if strings.Contains(wall.text(), `"choices"`) || strings.Contains(wall.text(), `"keys"`) {
		t.Errorf("a wall has controls: %s", wall.text())
	}

	c, err = h.try(&login{user: "booth"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b := h.page(c)
	if !strings.Contains(b.text(), `"kind":"secret"`) {
		t.Errorf("a booth asks for nothing: %s", b.text())
	}
	b.taps(`"text":"AAAAA-AAAAA"`).hears("入会码不对", "\n").taps(`"text":"`+h.codes["m04"]+`"`).hears(`"who":"党员04"`, "开始填测评票", "\n")
	catchBreath()
	b.taps(`"pick":0`)
	for i := range 4 {
		b.hears(fmt.Sprintf("第 %d / 4 页", i+1), "\n").taps(`"pick":1`)
	}
	b.hears("都填好了", "\n").taps(`"pick":4`).hears("提交测评票？", "\n")
	catchBreath()
	b.taps(`"pick":0`).hears("票已经投进票箱", "\n").types("{\"quit\":true}\n").hears(`"kind":"secret"`, "\n")
	if said := b.text(); strings.Contains(said, h.codes["m04"]) || strings.Contains(said[strings.LastIndex(said, `"kind":"secret"`):], "党员04") {
		t.Error("something of the voter stays")
	}
	b.types("{\"quit\":true}\n").hears(`"bye":`)
	b.exits(0)
}
