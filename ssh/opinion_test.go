package ssh

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// opinions is what `opinion list` answers.
type opinions struct {
	Raw, Merged int
	Closed      bool
	Items       []kept
	Summary     []struct {
		No   int
		Text string
		Of   []int
	}
}

func TestOpinionsAreHandedInWithoutANameAndSummedUp(t *testing.T) {
	h := newHouse(t, 7)
	var answers []string
	for i := 2; i <= 6; i++ {
		a := h.says(meetingtest.ID(i), "opinion add --json --id "+fmt.Sprint("entry", i), fmt.Sprintf(`{"anonymous":true,"about":"班子","text":"金丝雀%d"}`+"\n", i))
		if a.exit != exitOK {
			t.Fatalf("m%02d: %s", i, a.err)
		}
		answers = append(answers, a.out)
	}
	if len(slices.Compact(answers)) != 1 || strings.Contains(answers[0], "金丝雀") {
		t.Errorf("the answers differ: %q", answers)
	}
	if log := h.log.String(); strings.Contains(log, "opinion") || strings.Contains(log, "金丝雀") {
		t.Errorf("the log has a line of it: %s", log)
	}
	var list opinions
	h.asks("m01", "opinion list", "", &list)
	var came, read []string
	for i, r := range list.Items {
		came, read = append(came, fmt.Sprint("金丝雀", i+2)), append(read, fmt.Sprint(r.Fields["text"]))
		if r.By != "" || !slices.Contains(r.May, "merge") {
			t.Errorf("an opinion is %+v", r)
		}
	}
	if list.Raw != 5 || len(read) != 5 || !slices.Equal(slices.Sorted(slices.Values(read)), came) {
		t.Fatalf("read: %+v", list)
	}
	for _, who := range []meeting.MemberID{"m02", "m07"} {
		if a := h.says(who, "opinion list", ""); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s reads opinions: %+v", who, a)
		}
	}
	a, b := list.Items[0].No, list.Items[1].No
	h.asks("m01", fmt.Sprintf("opinion merge %d %d", a, b), `{"text":"两条合一"}`, &list)
	if list.Merged != 1 || list.Summary[0].Text != "两条合一" || len(list.Summary[0].Of) != 2 {
		t.Errorf("merged: %+v", list)
	}
	var problem kept
	h.asks("m01", fmt.Sprintf("problem from opinion %d", a), "", &problem)
	if problem.Fields["text"] != read[0] || problem.Fields["source"] != "征求意见" {
		t.Errorf("the problem: %+v", problem)
	}
	var line kept
	h.asks("m01", fmt.Sprintf("ledger from problem %d", problem.No), "", &line)
	if line.Fields["problem"] != read[0] || line.Origin == nil || line.Origin.From != "problem" || line.Origin.No != problem.No {
		t.Errorf("the line: %+v", line)
	}
	h.asks("m01", "opinion close", "", &list)
	if a := h.says("m05", "opinion add", `{"anonymous":true,"about":"班子","text":"迟了"}`); a.exit != exitFailed || !strings.Contains(a.err, "不再收") {
		t.Errorf("after the closing: %+v", a)
	}
}

func TestWhatOpinionsAndProblemsAreNotToldIsRefused(t *testing.T) {
	h := newHouse(t, 3)
	for _, words := range []string{"problem from", "problem from criticism", "problem from problem 1", "problem from dream 1", "problem from criticism x", "ledger from opinion 1", "ledger from problem", "opinion merge", "opinion close 1", "opinion list 1", "opinion add 1", "opinion show", "problem show 1 2"} {
		if a := h.says("m01", words, ""); a.exit != exitUsage || !oneLine(a.err) {
			t.Errorf("%s: %+v", words, a)
		}
	}
	for words, input := range map[string]string{
		"opinion add": `{"anonymous":"yes","text":"x"}`, "opinion merge 1": "x", "opinion add ": `{"anonymous":true,"about":"班子","text":"x","colour":"y"}`,
		"problem from opinion 1": "", "ledger from problem 1": "", "problem drop 1": "x", " opinion add": `{"anonymous":false,"about":"学院","text":"x"}`,
	} {
		if a := h.says("m01", words, input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", words, a)
		}
	}
}
