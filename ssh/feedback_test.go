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
	h.Does("m01", meeting.Submit{})
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
	wantJSON(t, got, `{"approval":"批复 3 号","grade":"合格","reason":"综合平时表现",
		"ballots":{"counts":{"优秀":0,"合格":6,"基本合格":0,"不合格":0},"abstain":0,"returned":6},
		"criticisms":[{"from":"m02","name":"党员02","text":"到服务对象中去得少。"}],
		"lines":[{"no":1,"level":"个人","member":"m04","name":"党员04","problem":"联系群众少","source":"互评","measure":"","goal":"","helper":"",
			"due":"","progress":"未启动","done":"","evidence":"","acceptance":"","closed":false}],
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

func TestTheLedgerOverWords(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Rectification)
	for _, input := range []string{
		``, `[]`, `null`, `"x"`, `{"problem":"x"} {}`, `{"level":"个人","member":"m02","problem":"x","source":"互评","points":1}`,
		`{"level":"个人","member":"m02","problem":1,"source":"互评"}`, `{"level":"集体","problem":"x","source":"自查"}`,
		`{"level":"个人","member":"m09","problem":"x","source":"自查"}`, `{"level":"班子","member":"m02","problem":"x","source":"自查"}`,
		`{"level":"班子","problem":"x","source":"自查","due":"月底"}`, `{"level":"班子","problem":"\u001b[2J","source":"自查"}`,
	} {
		if a := h.says("m01", "ledger add", input); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	var l ledgerLine
	h.asks("m01", "ledger add", `{"level":"班子","problem":"会议偏多","source":"征求意见","due":"立行立改"}`, &l)
	if l.No != 1 || l.Member != nil || l.Progress != meeting.ProgressNone {
		t.Errorf("the committee's: %+v", l)
	}
	h.asks("m01", "ledger add", `{"level":"个人","member":"m02","problem":"联系群众少","source":"互评","measure":"每月两次","helper":"党员03","due":"2017-06-30"}`, &l)
	if l.No != 2 || *l.Member != "m02" || l.Name != "党员02" {
		t.Errorf("m02's: %+v", l)
	}
	for _, input := range []string{`{}x`, `{"problem":"没有问题"}`, `{"closed":true}`, `{"progress":"快了"}`, `{"done":"昨天"}`} {
		if a := h.says("m02", "ledger update 2", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	h.asks("m02", "ledger update 2", `{"progress":"已完成","done":"2017-06-20","evidence":"走访记录"}`, &l)
	if l.Progress != meeting.ProgressDone || l.Evidence != "走访记录" || l.Measure != "每月两次" {
		t.Errorf("m02 reports: %+v", l)
	}
	var list []ledgerLine
	if h.asks("m02", "ledger list", "", &list); len(list) != 1 || list[0].No != 2 {
		t.Errorf("m02 sees: %+v", list)
	}
	if a := h.says("m02", "ledger show 1", ""); a.exit != exitFailed || a.out != "" {
		t.Errorf("another's line: %+v", a)
	}
	if h.asks("m03", "ledger list", "", &list); len(list) != 0 {
		t.Errorf("m03 sees: %+v", list)
	}
	for _, input := range []string{`{}`, `{"acceptance":" "}`, `{"text":"同意"}`} {
		if a := h.says("m01", "ledger close 2", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	if h.asks("m01", "ledger close 2", `{"acceptance":"党员01：同意销号"}`, &l); !l.Closed || l.Acceptance == "" {
		t.Errorf("closed: %+v", l)
	}
	if h.asks("m01", "ledger list", "", &list); len(list) != 2 || !list[1].Closed {
		t.Errorf("all: %+v", list)
	}
	if a := h.says("m01", "ledger show 2", ""); !strings.Contains(a.out, "已销号：党员01") {
		t.Errorf("for people: %+v", a)
	}
}
