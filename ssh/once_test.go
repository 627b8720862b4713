package ssh

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// A word that is said again with the same --id is done once, and answered as the
// first time; another member's same id is another request.
func TestAWordSaidAgainIsDoneOnce(t *testing.T) {
	h := newHouse(t, 5)
	h.toItem(preset.Rectification)
	h.Does("m01", meeting.TakeNote{Text: "之前"})
	for range 3 {
		if a := h.says("m01", "note --id 2017-03-20_a", "记一笔"); a.exit != 0 {
			t.Fatalf("%+v", a)
		}
	}
	var first, again recordAnswer
	h.asks("m01", "ledger add --id L1", `{"level":"班子","problem":"学习不够","source":"征求意见"}`, &first)
	h.asks("m01", "ledger add", `{"level":"班子","problem":"走访不够","source":"征求意见"}`, &recordAnswer{})
	h.asks("m01", "ledger add --id L1", `{"level":"班子","problem":"学习不够","source":"征求意见"}`, &again)
	if s := h.hall.State(); len(s.Notes) != 2 || len(s.Ledger()) != 2 || first.No != 1 || again.No != 1 {
		t.Errorf("notes %v, lines %v, acknowledged as %d and %d", s.Notes, s.Ledger(), first.No, again.No)
	}
	if a := h.says("m01", "ledger add --id 2017-03-20_a", `{"level":"班子","problem":"学习不够","source":"征求意见"}`); a.exit != exitFailed || !strings.Contains(a.err, "--id") {
		t.Errorf("the id of a note: %+v", a)
	}
	for _, who := range []meeting.MemberID{"m02", "m03"} {
		h.says(who, "floor --id same", "")
	}
	if n := len(h.hall.State().Floor.Queue); n != 2 {
		t.Errorf("%d wait for the floor", n)
	}
}

// A step follows from where the meeting is: said again under its id, it is not
// the next one, and what was taken back is not followed by what came before.
func TestAStepSaidAgainIsTakenOnce(t *testing.T) {
	h := newHouse(t, 5)
	for _, who := range []meeting.MemberID{"m01", "m02", "m03", "m04", "m05"} {
		h.says(who, "signin", "")
	}
	at := func() int { return h.hall.State().Current + 1 }
	h.says("m01", "step --id s1", "")
	h.says("m01", "step --id s1", "")
	if at() != 1 {
		t.Fatalf("the meeting is at item %d", at())
	}
	h.says("m01", "step --id s2", "")
	h.says("m01", "step --id s3", "")
	if at() != 3 {
		t.Fatalf("the meeting is at item %d", at())
	}
	h.says("m01", "undo --id u1", "")
	if a := h.says("m01", "undo --id u1", ""); a.exit != 0 || at() != 2 {
		t.Errorf("taken back twice: item %d, %+v", at(), a)
	}
}

// A ballot that is handed in again has the receipt of the first time.
func TestABallotHandedInAgainIsCastOnce(t *testing.T) {
	h := newHouse(t, 5)
	h.toOpenBox()
	var first, again meeting.Receipt
	h.asks("m04", "vote --id v1", `{"m01":"优秀"}`, &first)
	h.asks("m04", "vote --id v1", `{"m01":"优秀"}`, &again)
	if first != again || first.Times != 1 {
		t.Errorf("%+v, then %+v", first, again)
	}
	h.asks("m04", "vote --id v2", `{"m01":"优秀"}`, &again)
	if again.Times != 2 {
		t.Errorf("another vote: %+v", again)
	}
}

// The id of a ballot of a vote that was made void does not answer for the next vote: the
// voter would think that they had voted.
func TestAnIDIsGoodForOneVote(t *testing.T) {
	h := newHouse(t, 5)
	h.toOpenBox()
	h.asks("m04", "vote --id v1", `{"m01":"优秀"}`, new(any))
	h.Does("m01", meeting.Void{Reason: "重来"})
	h.Opened("m02", "m03")
	if a := h.says("m04", "vote --id v1", `{"m01":"优秀"}`); a.exit != exitFailed || !strings.Contains(a.err, "以前那次测评") {
		t.Errorf("the old id in a new vote: %+v", a)
	}
	var r meeting.Receipt
	h.asks("m04", "vote --id v2", `{"m01":"优秀"}`, &r)
	if r.Times != 1 {
		t.Errorf("in the new vote: %+v", r)
	}
}

// Eight ballots of one member at once: each is answered with its own receipt and
// with which vote of theirs it was, and the eighth is the one on the board.
func TestEightBallotsAtOnceAreEachAnswered(t *testing.T) {
	h := newHouse(t, 5)
	h.toOpenBox()
	line := h.dial("m04")
	var all sync.WaitGroup
	answers := make([]said, 8)
	for i := range answers {
		all.Go(func() { answers[i] = h.saysOn(line, "vote --json", `{"m01":"优秀"}`) })
	}
	all.Wait()
	receipts := map[int]string{}
	for _, a := range answers {
		var r meeting.Receipt
		if err := json.Unmarshal([]byte(a.out), &r); err != nil || a.exit != 0 {
			t.Fatalf("%+v: %v", a, err)
		}
		receipts[r.Times] = r.Code
	}
	kept := h.hall.State().Vote().Members().Returned.Of("m04")
	for n := 1; n <= 8; n++ {
		if receipts[n] == "" || (receipts[n] == kept.Receipt) != (n == 8) {
			t.Errorf("vote %d was answered with %q, the box has %q", n, receipts[n], kept.Receipt)
		}
	}
}

func TestBadIDsAreMistakes(t *testing.T) {
	h := newHouse(t, 3)
	for _, words := range []string{
		"signin --id", "signin --id ''", "signin --id a/b", "signin --id 记", "signin --id a b", "signin --id a --id b",
		"signin --id " + strings.Repeat("x", 65), "status --id a", "people --id a",
	} {
		if a := h.says("m01", words, ""); a.exit != exitUsage || !strings.Contains(a.err, "用法") {
			t.Errorf("%q: %+v", words, a)
		}
	}
	if a := h.says("m01", "signin --id "+strings.Repeat("x", 64), ""); a.exit != 0 {
		t.Errorf("64 characters: %+v", a)
	}
	if a := h.says("m01", "help", ""); !strings.Contains(a.out, "[--id ID]") || !strings.Contains(a.out, "同一个 --id") {
		t.Errorf("help does not tell of --id: %s", a.out)
	}
}
