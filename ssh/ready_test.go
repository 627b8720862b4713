package ssh

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// ready is a ballot that a member has made at home with what the words gave
// them, as standard input of cast.
func (h *house) ready(who meeting.MemberID, c meeting.Choices) string {
	h.t.Helper()
	var own struct{ Credential string }
	h.asks(who, "credential", "", &own)
	r, err := h.hall.State().MakeReady(who, own.Credential, c, rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

func graded(g meeting.Grade) meeting.Choices {
	return meeting.Choices{
		Grades:   map[meeting.MemberID]meeting.Grade{"m01": g},
		Comments: map[meeting.MemberID]string{"m01": "多到服务对象中去。"},
	}
}

func TestTheSetupIsPrintedAsInTheArchive(t *testing.T) {
	h := newHouse(t, 5)
	if a := h.says("m04", "election", ""); a.exit != exitFailed || a.out != "" {
		t.Errorf("before the opening: %+v", a)
	}
	h.toOpenBox()
	e := h.hall.State().Vote().Members().Election
	plain, scripted := h.says("m04", "election", ""), h.says("m04", "election --json", "")
	if plain != scripted || plain.exit != exitOK || plain.out != string(e.JSON())+"\n" {
		t.Fatalf("%+v\n%+v", plain, scripted)
	}
	sum := sha256.Sum256([]byte(strings.TrimSuffix(plain.out, "\n")))
	if base64.RawStdEncoding.EncodeToString(sum[:]) != e.Fingerprint() {
		t.Error("its hash is not the election's")
	}
	bel := h.says("m04", "election --bel", "")
	again, err := ballot.ReadSetup(strings.NewReader(bel.out))
	if err != nil || !bytes.Equal(again.Marshal(), e.Marshal()) || !strings.Contains(bel.out, strings.TrimSuffix(plain.out, "\n")) {
		t.Errorf("the archive: %v", err)
	}
}

func TestABallotIsCastReady(t *testing.T) {
	h := newHouse(t, 5)
	h.toOpenBox()
	credential := h.says("m04", "credential", "")
	if credential.exit != exitOK || strings.Count(credential.out, "-") != 4 || strings.Count(credential.out, "\n") != 1 {
		t.Errorf("for people: %+v", credential)
	}
	var r meeting.Receipt
	h.asks("m04", "vote", `{"m01":"优秀"}`, &r)
	h.asks("m04", "cast --id x1", h.ready("m04", graded("不合格")), &r)
	again := r
	h.asks("m04", "cast --id x1", h.ready("m04", graded("优秀")), &again)
	if r.Times != 2 || again != r {
		t.Errorf("%+v, said again %+v", r, again)
	}
	made := h.ready("m04", graded("优秀"))
	if a := h.says("m04", "cast", made); a.exit != exitOK || !strings.Contains(a.out, "已投第 3 次") || !strings.Contains(a.out, "回执") {
		t.Errorf("for people: %+v", a)
	}
	var on struct{ Found bool }
	if h.asks("m04", "receipt", "", &on); !on.Found {
		t.Error("it is not in the box")
	}
	for what, c := range map[string]struct {
		who         meeting.MemberID
		input, says string
	}{
		"replayed":          {"m04", made, "已经投过"},
		"by somebody else":  {"m05", made, "不是您的凭证"},
		"nothing":           {"m04", "", "不是一张 Belenios 选票"},
		"choices":           {"m04", `{"m01":"优秀"}`, "不是一张 Belenios 选票"},
		"huge":              {"m04", made + strings.Repeat(" ", maxInput), "超过 1 MB"},
		"deep":              {"m04", strings.Repeat("[", maxInput/2), "不是一张 Belenios 选票"},
		"another vote's":    {"m04", strings.ReplaceAll(made, h.hall.State().Vote().Members().Election.UUID(), "11111111111111"), "另一次测评"},
		"with a worse hash": {"m04", strings.Replace(made, `"signature":{"hash":"`, `"signature":{"hash":"A`, 1), "签名或证明不成立"},
	} {
		a := h.says(c.who, "cast", c.input)
		if a.exit != exitFailed || a.out != "" || !strings.Contains(a.err, c.says) || strings.Count(a.err, "\n") != 1 {
			t.Errorf("%s: %+v", what, a)
		}
	}
	late := h.ready("m05", graded("优秀"))
	for i := range 5 {
		if a := h.says(id(i+1), "vote", `{"m01":"优秀"}`); a.exit != 0 {
			t.Fatal(a)
		}
	}
	h.asks("m04", "cast", h.ready("m04", graded("合格")), &r)
	if a := h.says("m01", "close --reason 其余的人先走了", ""); a.exit != 0 {
		t.Fatal(a)
	}
	for word, input := range map[string]string{"cast": late, "credential": "", "election": ""} {
		if a := h.says("m05", word, input); a.exit != exitFailed || a.out != "" || !strings.Contains(a.err, "投票") {
			t.Errorf("%s after closing: %+v", word, a)
		}
	}
	if board := h.hall.State().Vote().Board(); !slices.Contains(board, r.Code) || len(board) != 5 {
		t.Errorf("the board: %q", board)
	}
	h.Unsealed()
	if list, _ := h.hall.State().CommentsOn("m01", "m01"); !slices.Equal(list, []string{"多到服务对象中去。"}) {
		t.Errorf("the remarks of the ballot that counts: %q", list)
	}
}
