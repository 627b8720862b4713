package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// A member reads what they have written, changes it and takes it back, until
// the round ends.
func TestAMemberMendsTheirCriticism(t *testing.T) {
	h := newHouse(t, 4)
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{}, meeting.Advance{})
	if a := h.says("m02", "criticise m01", "到基层少。"); !strings.Contains(a.out, "署你的名") || !strings.Contains(a.out, "criticisms") {
		t.Errorf("%+v", a)
	}
	h.says("m03", "criticise m01", "急躁。")
	var list []struct {
		No                  int
		Subject, From, Kind string
		Text                string
	}
	h.asks("m02", "criticisms", "", &list)
	if len(list) != 1 || list[0].No != 1 || list[0].Subject != "m01" || list[0].From != "m02" || list[0].Kind != "criticism" || list[0].Text != "到基层少。" {
		t.Errorf("m02 reads %+v", list)
	}
	if a := h.says("m01", "criticisms", ""); !strings.Contains(a.out, "1　党员02　批评 党员01\n到基层少。") || !strings.Contains(a.out, "2　党员03") {
		t.Errorf("whom it is about reads %+v", a)
	}
	if a := h.says("m04", "criticisms", ""); a.out != "还没有你写的，也没有给你的。\n" {
		t.Errorf("another member reads %+v", a)
	}
	if a := h.says("m02", "criticisms mend 1", "到班级少。"); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	for words, says := range map[string]string{"criticisms mend 2": "没有交过这样的文字", "criticisms withdraw 9": "没有交过这样的文字", "criticisms mend 1": "还没有写内容"} {
		if a := h.says("m02", words, ""); a.exit != exitFailed || !strings.Contains(a.err, says) {
			t.Errorf("%s: %+v, want %s", words, a, says)
		}
	}
	if a := h.says("m02", "criticisms burn 1", ""); a.exit != exitUsage {
		t.Errorf("%+v", a)
	}
	if a := h.says("m03", "criticisms withdraw 2", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	if r, _ := h.hall.State().Round("m01"); len(r.Criticisms) != 1 || r.Criticisms[0].Text != "到班级少。" {
		t.Errorf("%+v", r.Criticisms)
	}
	h.Does("m01", meeting.Advance{}, meeting.Advance{})
	if a := h.says("m02", "criticisms withdraw 1", ""); a.exit != exitFailed || !strings.Contains(a.err, "已经结束：要更正请告诉记录人") {
		t.Errorf("after the round: %+v", a)
	}
}

// Who can't speak lets their words be read out.
func TestWordsAreReadOutForWhoCannotSpeak(t *testing.T) {
	h := newHouse(t, 4)
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{}, meeting.Advance{})
	if a := h.says("m02", "read-out", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("with nothing written: %+v", a)
	}
	h.says("m02", "criticise m01", "到基层少。")
	if a := h.says("m02", "read-out", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	h.says("m01", "step", "")
	var v struct {
		Speaker struct {
			ID   string
			Read bool `json:"read_out"`
		}
	}
	h.asks("m03", "status", "", &v)
	if v.Speaker.ID != "m02" || !v.Speaker.Read {
		t.Errorf("%+v", v)
	}
	if a := h.says("m03", "status", ""); !strings.Contains(a.out, "书面，由人宣读") {
		t.Errorf("%+v", a)
	}
	h.says("m02", "read-out --off", "")
	if h.hall.State().ReadsOut() {
		t.Error("they speak for themself")
	}
}
