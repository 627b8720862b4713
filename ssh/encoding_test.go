package ssh

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encodings are what terminals and editors of an office make of a text.
var encodings = map[string]encoding.Encoding{
	"utf-8 with a mark": unicode.UTF8BOM,
	"gbk":               simplifiedchinese.GBK,
	"gb18030":           simplifiedchinese.GB18030,
	"utf-16":            unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16, no mark":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
}

func encoded(t *testing.T, by encoding.Encoding, text string) string {
	t.Helper()
	out, err := by.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What people send on standard input, or write behind a word, is read in the
// encodings in which rosters are.
func TestWordsReadTheEncodingsOfAnOffice(t *testing.T) {
	h := newHouse(t, 3)
	h.says("m01", "next --reason 测试", "")
	for name, by := range encodings {
		text := "学习不够深入：" + name
		if a := h.saysOn(h.dial("m01"), "note", encoded(t, by, text)); a.exit != exitOK {
			t.Errorf("%s: %+v", name, a)
		}
		notes := h.hall.State().Notes
		if last := notes[len(notes)-1].Text; last != text {
			t.Errorf("%s: %q is recorded", name, last)
		}
	}
	if a := h.says("m01", encoded(t, simplifiedchinese.GBK, "say 休息十分钟"), ""); a.exit != exitOK || h.hall.State().Placard.Text != "休息十分钟" {
		t.Errorf("%+v", a)
	}
	before := h.hall.State()
	for name, bytes := range map[string]string{"neither": "\xff\xff\xff\x00", "cut": encoded(t, simplifiedchinese.GBK, "学习不够深入")[:11] + "\xff"} {
		a := h.says("m01", "note", bytes)
		if a.exit != exitFailed || !oneLine(a.err) || !strings.HasPrefix(a.err, "This is neither UTF-8 nor GBK") || h.hall.State() != before {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if a := h.says("m01", "say \xff\xff", ""); a.exit != exitUsage || !strings.Contains(a.err, "UTF-8") {
		t.Errorf("%+v", a)
	}
}

// Files are bytes.
func TestAFileKeepsItsBytes(t *testing.T) {
	h := newHouse(t, 3, keepsFiles(t.TempDir()))
	text := "%PDF-1.7 " + encoded(t, simplifiedchinese.GBK, "学习不够深入")
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	if a := h.says("m01", "file add 记录.pdf", text); a.exit != exitOK || !strings.Contains(a.out, sum[:8]) {
		t.Errorf("%+v", a)
	}
}

// A terminal that sends GBK is understood, and told.
func TestATerminalThatSendsGBKIsUnderstood(t *testing.T) {
	h := newHouse(t, 3)
	h.says("m01", "next --reason 测试", "")
	s := h.terminal(h.dial("m01"), 80, 24)
	s.sees(branchName)
	s.sends("f").sees("找")
	s.sends(encoded(t, simplifiedchinese.GBK, "党员")).sees("Your terminal does not send UTF-8 / 请把终端的编码设为 UTF-8")
	s.sees("党员")
}
