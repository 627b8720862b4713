package ssh

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// hearing is a member who reads and types lines.
type hearing struct {
	*screen
	read int // how much was heard
}

// plainly opens a session without a screen: term "" is none at all, words ""
// are none.
func (h *house) plainly(c *gossh.Client, term, words string) *hearing {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	s := &screen{t: h.t, line: c, sess: sess, over: make(chan struct{}), more: make(chan struct{}, 1)}
	sess.Stdout, sess.Stderr = s, s
	if s.keys, err = sess.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	if term != "" {
		if err := sess.RequestPty(term, 24, 80, gossh.TerminalModes{}); err != nil {
			h.t.Fatal(err)
		}
	}
	if words == "" {
		err = sess.Shell()
	} else {
		err = sess.Start(words)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	go func() {
		defer close(s.over)
		s.end = sess.Wait()
	}()
	return &hearing{screen: s}
}

// hears waits for each text, one behind the other.
func (l *hearing) hears(texts ...string) *hearing {
	l.t.Helper()
	timeout := time.After(20 * time.Second)
	for _, text := range texts {
		for {
			all := l.text()
			if i := strings.Index(all[l.read:], text); i >= 0 {
				l.read += i + len(text)
				break
			}
			select {
			case <-l.more:
			case <-l.over:
				if !strings.Contains(l.text()[l.read:], text) {
					l.t.Fatalf("it ended without %q: %q", text, l.text()[l.read:])
				}
			case <-timeout:
				l.t.Fatalf("never heard %q but\n%s", text, l.text()[l.read:])
			}
		}
	}
	return l
}

// types sends keys as they are.
func (l *hearing) types(keys string) *hearing {
	l.t.Helper()
	if _, err := io.WriteString(l.keys, keys); err != nil {
		l.t.Fatal(err)
	}
	return l
}

// calmText says that nothing in a text acts on a terminal.
func (l *hearing) calmText() {
	l.t.Helper()
	acts := func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\r\n\b", r) }
	if text := l.text(); strings.ContainsFunc(text, acts) {
		l.t.Errorf("something acts on the terminal: %q", text)
	}
}

func TestAMemberWithoutATerminalSignsInVotesAndFindsTheReceipt(t *testing.T) {
	h := newHouse(t, 6)
	m := h.plainly(h.dial("m04"), "", "")
	m.hears("逐行显示", "现在请你：签到", "请输入：").types("1\n").hears("已签到", "请输入：")
	h.toOpenBox()
	m.hears("旁边的人看得见", "请输入：空行 开始").types("\n")
	for i := range 6 {
		m.hears(fmt.Sprintf("第 %d / 6 页", i+1), "请输入：").types("2\n")
	}
	m.hears("都填好了", "7 提交测评票", "请输入：").types("7\n").hears("提交测评票？", "请输入：").types("1\n")
	m.hears("测评票已经投进票箱", "回执", "请输入：")
	slip := h.hall.State().Vote().Members().Returned.Of("m04")
	if slip.Times != 1 || !strings.Contains(strings.NewReplacer(" ", "", "\n", "").Replace(m.text()), slip.Receipt) {
		t.Errorf("slip %+v, heard %q", slip, m.text())
	}
	for _, who := range []meeting.MemberID{"m01", "m02", "m03", "m05", "m06"} {
		if a := h.says(who, "vote", "{}"); a.exit != 0 {
			t.Fatal(a)
		}
	}
	h.Does("m01", meeting.CloseBox{})
	m.hears("核对", "请输入：").types("e\n").hears("回执", "请输入：").types("q\n").hears("已退出")
	m.ends()
	if !h.hall.State().Vote().Checked.Of("m04") {
		t.Error("the receipt was not checked")
	}
	m.calmText()
	if strings.Contains(h.log.String(), "合格") {
		t.Error("a choice was logged")
	}
}

// On a dumb terminal the server writes back what is typed, but no grade.
func TestADumbTerminalEditsItsLinesAndHidesGrades(t *testing.T) {
	h := newHouse(t, 4)
	m := h.plainly(h.dial("m04"), "dumb", "")
	m.hears("请输入：1 到 4 选择").types("x\x7f1\r").hears("x\b \b1\r\n", "已签到", "请输入：")
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{})
	m.hears("自我批评", "请输入：").types("s\r").hears("s\r\n", "一行一行地写").types("学习不够。\r.\r").hears("学习不够。\r\n", "1 提交", "请输入：").types("1\r").
		hears("已提交", "请输入：")
	h.toOpenBox()
	m.hears("你输入的数字不显示", "请输入：空行 开始")
	catchBreath()
	m.types("\r").hears("第 1 / 4 页", "请输入：1 到 4、0 选择").types("3").types("\r").hears("第 2 / 4 页")
	said := m.text()
	if tail := said[strings.LastIndex(said, "请输入：1 到 4、0 选择"):]; strings.Contains(tail, "3\r\n") {
		t.Errorf("the grade is written back: %q", tail)
	}
	m.types("\x03").hears("已退出")
	m.ends()
	m.calmText()
}

// The box opens while somebody types: what they end then was meant for
// another page.
func TestAPageThatChangesInMidLineRefusesTheLine(t *testing.T) {
	for _, term := range []string{"dumb", "xterm-256color"} {
		t.Run(term, func(t *testing.T) {
			h := newHouse(t, 4)
			h.toItem(preset.Criticism)
			m := h.plainly(h.dial("m04"), term, "plain")
			m.hears("请输入：").types("f").hears("f")
			h.Does("m01", meeting.Turn{})
			m.hears("自我批评", "请输入：").types("\r").hears("页面刚刚变了", "请输入：")
			if q := h.hall.State().Floor.Queue; len(q) > 0 {
				t.Errorf("%v wait for the floor", q)
			}
			m.types("f\r").hears("等候发言")
			m.calmText()
		})
	}
}

func TestPlainSessionsGiveWayAndLeaveNothingBehind(t *testing.T) {
	h := newHouse(t, 3)
	c := h.dial("m02")
	h.saysOn(c, "status", "")
	before := runtime.NumGoroutine()
	older := h.plainly(c, "", "")
	older.hears("请输入：")
	newer := h.plainly(c, "", "plain").hears("请输入：")
	older.hears("你已在另一个终端登录")
	older.ends()
	newer.keys.Close()
	newer.hears("已退出")
	newer.ends()
	h.plainly(c, "dumb", "").hears("请输入：").sess.Close()
	settles(t, before)
}

// Somebody who does not read delays nobody.
func TestAPlainClientThatNeverReadsDelaysNobody(t *testing.T) {
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
	if err := sess.Shell(); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(keys, strings.NewReader(strings.Repeat("?\n\n", 20_000))) }()
	m := h.plainly(h.dial("m02"), "", "").hears("请输入：")
	for range 50 {
		h.Does("m01", meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
		h.Does("m01", meeting.Name{ID: "m01", Seat: meeting.SeatRecorder})
	}
	m.types("1\n").hears("已签到")
	h.Does("m01", meeting.Next{})
	m.hears("第 1/14 项")
}

func TestTheWallInPlainWords(t *testing.T) {
	h := newHouse(t, 2)
	c, err := h.try(&login{user: "screen"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	wall := h.plainly(c, "", "")
	wall.hears("请签到  0/2")
	wall.keys.Close() // as with </dev/null
	h.Does("m02", meeting.SignIn{})
	wall.hears("请签到  1/2")
	h.Does("m01", meeting.Next{})
	wall.hears("第 1/14 项")
	wall.calmText()
}
