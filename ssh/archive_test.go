package ssh

import (
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

type archiveLine struct {
	Name, Title, Level, Text string
	Have, Of                 int
}

// Once the archive is closed the codes of those end who have nothing to answer,
// and words that write are refused.
func TestTheArchiveIsClosed(t *testing.T) {
	h := afterTheMeeting(t)
	if a := h.says("m02", "archive", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("a member reads the list: %+v", a)
	}
	var list []archiveLine
	h.asks("m01", "archive", "", &list)
	if len(list) < 10 || list[0].Name != "plan" || list[0].Title != "方案和审核意见" || list[0].Level != "red" || list[0].Text != "方案和审核意见：没有" {
		t.Errorf("%+v", list)
	}
	if a := h.says("m01", "archive open", ""); a.exit != exitUsage {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "archive close", ""); a.exit != exitFailed || !strings.Contains(a.err, "--reason") {
		t.Errorf("closed without what is missing: %+v", a)
	}
	h.asks("m01", "feedback give m04 --approval 批复", "", new(any))
	chair, told := h.dial("m01"), h.dial("m04")
	if a := h.saysOn(chair, "archive close --reason 其余在纸上", ""); a.exit != exitOK {
		t.Fatalf("%+v", a)
	}
	if a := h.saysOn(told, "status", ""); !strings.Contains(a.out, "已归档") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m04", "plan add", aPlan); a.exit != exitFailed || !strings.Contains(a.err, "归档") {
		t.Errorf("written after it: %+v", a)
	}
	for _, who := range []meeting.MemberID{"m01", "m02"} {
		l := &login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password(h.codes[who])}}
		if _, err := h.try(l); err == nil || !strings.Contains(l.heard, "已经归档，入会码已失效") {
			t.Errorf("the code of %s is good, or its end is not told: %q", who, l.heard)
		}
	}
	stranger := &login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password("22222-22222")}}
	if _, err := h.try(stranger); err == nil || strings.Contains(stranger.heard, "归档") || !strings.Contains(stranger.heard, "入会码不对") {
		t.Errorf("who guesses hears %q", stranger.heard)
	}
	h.asks("m04", "ack", "同意", new(any))
	if _, err := h.try(&login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password(h.codes["m04"])}}); err == nil {
		t.Error("the code of m04 is good after the answer")
	}
}
