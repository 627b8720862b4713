package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// afterTheMeeting plays a short meeting of six to its end, everybody 合格.
func afterTheMeeting(t *testing.T) *house {
	h := newHouse(t, 6)
	h.toItem(preset.Criticism)
	h.Does("m02", meeting.Criticise{Of: "m04", Text: "到服务对象中去得少。"})
	h.toOpenBox()
	for i := 1; i <= 6; i++ {
		h.asks(id(i), "vote", `{"m04":"合格"}`, new(any))
	}
	h.Closes()
	h.Unseals("m02", "m03")
	h.ComesTo(preset.Rating)
	h.Rates("合格")
	h.Does("m01", meeting.Submit{Hands: h.hall.State().RatingHands()})
	h.Ends()
	return h
}

func TestFeedbackOverWords(t *testing.T) {
	h := afterTheMeeting(t)
	if a := h.says("m04", "feedback", ""); a.exit != exitFailed || !strings.Contains(a.err, "还没有向你反馈") {
		t.Errorf("before: %+v", a)
	}
	if a := h.says("m01", "feedback give m04", ""); a.exit != exitFailed || !strings.Contains(a.err, "批复文号") {
		t.Errorf("without the superior: %+v", a)
	}
	h.asks("m01", `ledger add`, `{"level":"个人","member":"党员04","problem":"联系群众少","source":"互评"}`, new(any))
	h.asks("m01", "feedback give 党员04 --approval 批复 3 号", "", new(any))
	if a := h.says("m04", "feedback give m05", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("a plain member gives it: %+v", a)
	}
	var got map[string]any
	h.asks("m04", "feedback", "", &got)
	delete(got, "at")
	lines := got["lines"].([]any)
	delete(got, "lines")
	if fields := lines[0].(map[string]any)["fields"].(map[string]any); len(lines) != 1 || fields["problem"] != "联系群众少" || fields["member"] != "m04" {
		t.Errorf("lines: %v", lines)
	}
	wantJSON(t, got, `{"approval":"批复 3 号","grade":"合格","reason":"综合平时表现",
		"ballots":{"counts":{"优秀":0,"合格":6,"基本合格":0,"不合格":0},"abstain":0,"returned":6},
		"criticisms":[{"from":"m02","name":"党员02","text":"到服务对象中去得少。"}],
		"acknowledged":null}`)
	if a := h.says("m04", "feedback", ""); !strings.Contains(a.out, "评定等次：合格") || !strings.Contains(a.out, "ack") {
		t.Errorf("for people: %+v", a)
	}
	h.asks("m04", "ack", "同意。\n", new(any))
	if a := h.says("m04", "ack", ""); a.exit != exitFailed {
		t.Errorf("twice: %+v", a)
	}
	var list []struct {
		ID           string
		Told         *string
		Acknowledged *struct{ Text string }
	}
	h.asks("m01", "feedback list", "", &list)
	if len(list) != 6 || list[3].ID != "m04" || list[3].Told == nil || list[3].Acknowledged.Text != "同意。" || list[0].Told != nil {
		t.Errorf("list: %+v", list)
	}
	if a := h.says("m04", "feedback list", ""); a.exit != exitFailed {
		t.Errorf("a plain member lists it: %+v", a)
	}
}
