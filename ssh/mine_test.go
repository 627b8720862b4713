package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Where the meeting goes, how many come before the caller, and about how long it
// lasts.
func TestTheAgendaInWords(t *testing.T) {
	h := newHouse(t, 4)
	var v struct {
		Items  []struct{ No, Kind, Title, Status any }
		Order  []struct{ ID, Stage string }
		Before *int `json:"before_me"`
		Left   struct {
			Meeting int `json:"meeting_s"`
		}
	}
	h.asks("m03", "agenda", "", &v)
	if len(v.Items) == 0 || v.Items[0].Status != "" || v.Left.Meeting != 0 {
		t.Errorf("before: %+v", v)
	}
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{})
	h.asks("m03", "agenda", "", &v)
	if v.Before == nil || *v.Before != 1 || len(v.Order) != 4 || v.Order[0].ID != "m01" || v.Order[0].Stage != "self" || v.Left.Meeting == 0 {
		t.Errorf("at the first round: %+v", v)
	}
	if a := h.says("m03", "agenda", ""); !strings.Contains(a.out, "批评与自我批评") || !strings.Contains(a.out, "下一位评议 党员02；轮到评议你还有 1 位。") {
		t.Errorf("%+v", a)
	}
}

// What a member handed in, and what was said of them; nothing of others.
func TestAMembersOwnPartInWords(t *testing.T) {
	h := newHouse(t, 4)
	h.toItem(preset.Criticism)
	h.Does("m01", meeting.Turn{}, meeting.Advance{})
	h.Does("m02", meeting.Criticise{Of: "m01", Text: "到基层少。"})
	h.Does("m03", meeting.Criticise{Of: "m01", Text: "急躁。"}, meeting.Criticise{Of: "m02", Text: "学习不够。"})
	type words struct{ Subject, From, Text string }
	var v struct{ Given, Received, Self []words }
	h.asks("m02", "mine", "", &v)
	if len(v.Given) != 1 || v.Given[0] != (words{"m01", "m02", "到基层少。"}) || len(v.Received) != 1 || v.Received[0] != (words{"m02", "m03", "学习不够。"}) || len(v.Self) != 0 {
		t.Errorf("%+v", v)
	}
	a := h.says("m02", "mine", "")
	for _, want := range []string{"已签到", "我提的批评意见\n对 党员01 的批评意见：\n到基层少。", "给我的批评意见\n1  党员03\n学习不够。"} {
		if !strings.Contains(a.out, want) {
			t.Errorf("no %q in\n%s", want, a.out)
		}
	}
	if strings.Contains(a.out, "急躁") {
		t.Errorf("somebody else's words:\n%s", a.out)
	}
}
