package hall_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// home is what a voter has on their own machine.
func (h *house) home(who meeting.MemberID) (e *ballot.Election, credential string) {
	h.t.Helper()
	credential, err := h.Credential(who)
	if err != nil {
		h.t.Fatal(err)
	}
	box, _ := h.State().Vote().BoxOf(who)
	return box.Election, credential
}

// made is a ballot that a voter has made on their own machine.
func (h *house) made(who meeting.MemberID, c meeting.Choices) meeting.Ready {
	h.t.Helper()
	_, credential := h.home(who)
	r, err := h.State().MakeReady(who, credential, c, rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// bare is a ballot as belenios-tool makes it: the record alone, with these
// answers.
func (h *house) bare(who meeting.MemberID, answers ...int) meeting.Ready {
	h.t.Helper()
	e, credential := h.home(who)
	sheet, err := ballot.NewSheet(e, credential)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := range e.Questions() {
		if err := sheet.Choose(i, answers[min(i, len(answers)-1)], rand.Reader); err != nil {
			h.t.Fatal(err)
		}
	}
	b, err := sheet.Seal(rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	return meeting.Ready{Ballot: b.JSON()}
}

func (h *house) hands(who meeting.MemberID, r meeting.Ready) (meeting.Receipt, error) {
	return h.CastReady(h.t.Context(), "", who, r)
}

// Ballots that were made at home and here are counted together, and so are
// their comments.
func TestBallotsMadeAtHomeAreCounted(t *testing.T) {
	h := opened(t, 6)
	c := one(id(1), "优秀")
	c.Comments = map[meeting.MemberID]string{id(1): "多到服务对象中去。"}
	first, err := h.hands(id(2), h.made(id(2), one(id(1), "不合格")))
	if err != nil || first.Times != 1 {
		t.Fatal(first, err)
	}
	text, err := json.Marshal(h.made(id(2), c)) // as it comes over the line
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.hands(id(2), meeting.ReadReady(append(text, '\n')))
	if err != nil || r.Times != 2 || r.Code == first.Code {
		t.Fatal(r, err)
	}
	if r, err = h.hands(id(3), meeting.ReadReady(append(h.bare(id(3), 1).Ballot, '\n'))); err != nil || r.Times != 1 {
		t.Fatal(r, err)
	}
	for _, i := range []int{1, 4, 5, 6} {
		if _, err := h.Cast(t.Context(), id(i), one(id(1), "优秀")); err != nil {
			t.Fatal(err)
		}
	}
	if r, err = h.hands(id(4), h.made(id(4), one(id(1), "优秀"))); err != nil || r.Times != 2 {
		t.Fatal(r, err)
	}
	h.Closes()
	h.Unsealed()
	counts, no := h.State().Histogram(id(1))
	if no != nil || !slices.Equal(counts.Counts, []int{5, 1, 0, 0}) || counts.Ballots != 6 {
		t.Errorf("%+v %v", counts, no)
	}
	if list, _ := h.State().CommentsOn(id(1), id(1)); !slices.Equal(list, []string{"多到服务对象中去。"}) {
		t.Errorf("remarks: %q", list)
	}
}

func TestAReadyBallotIsCheckedLikeEveryOther(t *testing.T) {
	h := newHouseWith(t, people(6), func(r *preset.Rules) {
		r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale = true, "支部班子", []string{"好", "较好", "一般", "差"}
	})
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	other := opened(t, 6)
	mine := h.made(id(2), one(id(1), "优秀"))
	with := func(change func(*meeting.Ready)) meeting.Ready {
		r := mine
		r.Comments = slices.Clone(r.Comments)
		change(&r)
		return r
	}
	digit := func(b []byte, after string) json.RawMessage {
		b = slices.Clone(b)
		at := bytes.Index(b, []byte(after)) + len(after) + 9 // not the first: the number stays in its range
		b[at] = '0' + (b[at]-'0'+1)%10
		return b
	}
	for what, c := range map[string]struct {
		r    meeting.Ready
		want meeting.Code
	}{
		"nothing":               {meeting.Ready{}, meeting.BallotUnreadable},
		"a text":                {meeting.ReadReady([]byte("您好")), meeting.BallotUnreadable},
		"choices":               {meeting.ReadReady([]byte(`{"m01":"优秀"}`)), meeting.BallotUnreadable},
		"an unknown entry":      {meeting.ReadReady([]byte(`{"ballot":{},"weight":2}`)), meeting.BallotUnreadable},
		"with a space":          {with(func(r *meeting.Ready) { r.Ballot = bytes.Replace(r.Ballot, []byte(":"), []byte(": "), 1) }), meeting.BallotUnreadable},
		"another vote's":        {other.made(id(2), one(id(1), "优秀")), meeting.BallotForeign},
		"somebody else's":       {h.made(id(3), one(id(1), "优秀")), meeting.BallotNotYours},
		"a changed proof":       {with(func(r *meeting.Ready) { r.Ballot = digit(r.Ballot, `"response":"`) }), meeting.BallotUnproven},
		"a changed signature":   {with(func(r *meeting.Ready) { r.Ballot = digit(r.Ballot, `"signature":{"hash":"`) }), meeting.BallotUnproven},
		"a comment less":        {with(func(r *meeting.Ready) { r.Comments = r.Comments[1:] }), meeting.CommentsUnfit},
		"a comment more":        {with(func(r *meeting.Ready) { r.Comments = append(r.Comments, r.Comments[0]) }), meeting.CommentsUnfit},
		"somebody's comments":   {with(func(r *meeting.Ready) { r.Comments = h.made(id(3), one(id(1), "优秀")).Comments }), meeting.CommentsUnfit},
		"a stored form":         {with(func(r *meeting.Ready) { r.Comments[0] = r.Comments[0][:len(r.Comments[0])-64] }), meeting.CommentsUnfit},
		"a comment on nobody":   {with(func(r *meeting.Ready) { r.Comments[0] = h.onNobody(id(2)) }), meeting.CommentsUnfit},
		"signed by another key": {h.resigned(id(2), id(3)), meeting.BallotUnproven},
	} {
		r, err := h.hands(id(2), c.r)
		if code(err) != c.want || r.Code != "" {
			t.Errorf("%s: %v, want %s", what, err, c.want)
		}
	}
	if n := h.State().Vote().Members().Returned.Len(); n != 0 {
		t.Fatalf("%d ballots are in the box", n)
	}
	if _, err := h.hands(id(2), mine); err != nil {
		t.Fatalf("the honest one: %v", err)
	}
	for _, who := range []int{2, 3} {
		if _, err := h.hands(id(who), mine); code(err) != map[int]meeting.Code{2: meeting.BallotAgain, 3: meeting.BallotNotYours}[who] {
			t.Errorf("m0%d replays it: %v", who, err)
		}
	}
	if _, err := h.hands(id(2), h.made(id(2), one(id(1), "合格"))); err != nil {
		t.Fatal(err)
	}
	if _, err := h.hands(id(2), mine); code(err) != meeting.BallotAgain {
		t.Errorf("a replaced ballot comes back: %v", err)
	}
	late := h.made(id(4), one(id(1), "优秀"))
	h.Closes()
	if _, err := h.hands(id(4), late); code(err) != meeting.BoxNotOpen {
		t.Errorf("after closing: %v", err)
	}
	if c, err := h.Credential(id(4)); code(err) != meeting.BoxNotOpen || c != "" {
		t.Errorf("a credential after closing: %v", err)
	}
}

// onNobody is a comment of who on the committee's question: no subject.
func (h *house) onNobody(who meeting.MemberID) []byte {
	h.t.Helper()
	e, credential := h.home(who)
	public, err := ballot.PublicCredential(e.Group(), e.UUID(), credential)
	if err != nil {
		h.t.Fatal(err)
	}
	handed, err := e.HandComment(public, len(e.Questions())-1, "好", rand.Reader)
	if err != nil {
		h.t.Fatal(err)
	}
	return handed
}

// resigned is a ballot that says who's credential and is signed and proved by
// another.
func (h *house) resigned(who, other meeting.MemberID) meeting.Ready {
	h.t.Helper()
	mine, theirs := h.bare(who, 0), h.bare(other, 0)
	public := func(r meeting.Ready) []byte {
		_, rest, _ := bytes.Cut(r.Ballot, []byte(`"credential":"`))
		return rest[:bytes.IndexByte(rest, '"')]
	}
	return meeting.Ready{Ballot: rehashed(bytes.Replace(theirs.Ballot, public(theirs), public(mine), 1))}
}

// rehashed is a changed ballot whose signature names the hash that it has now.
func rehashed(b []byte) json.RawMessage {
	const mark = `,"signature":{"hash":"`
	head, tail, _ := bytes.Cut(b, []byte(mark))
	unsigned := append(slices.Clone(head), '}')
	sum := hashBase64(unsigned)
	return slices.Concat(head, []byte(mark), []byte(sum), tail[bytes.IndexByte(tail, '"'):])
}

// Where members do not grade themselves nobody may slip a grade into their own
// row, which nobody can read.
func TestAnOwnRowIsBlank(t *testing.T) {
	h := newHouseWith(t, people(6), func(r *preset.Rules) { r.Vote.SelfVote = false })
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	honest := h.made(id(2), one(id(1), "优秀"))
	for what, r := range map[string]meeting.Ready{
		"graded":           h.bare(id(2), 0),
		"blank, not shown": h.bare(id(2), ballot.Abstain),
		"shown of another": {Ballot: h.bare(id(2), 0).Ballot, Blank: honest.Blank},
	} {
		if _, err := h.hands(id(2), r); code(err) != meeting.SelfRowNotBlank {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := h.hands(id(2), honest); err != nil {
		t.Errorf("an honest one: %v", err)
	}
	_, credential := h.home(id(2))
	if _, err := h.State().MakeReady(id(2), credential, one(id(2), "优秀"), rand.Reader); code(err) != meeting.NoSelfVote {
		t.Errorf("made with a grade of the own: %v", err)
	}
}

// The same ballot under the same id is the same ballot; a credential is
// everybody's own.
func TestAReadyBallotMayBeSentAgain(t *testing.T) {
	h := opened(t, 5)
	r := h.made(id(2), one(id(1), "优秀"))
	first, err := h.CastReady(t.Context(), "again", id(2), r)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := h.CastReady(t.Context(), "again", id(2), r); err != nil || second != first {
		t.Errorf("%+v %v, want %+v", second, err, first)
	}
	seen := map[string]bool{}
	for i := 1; i <= 5; i++ {
		_, credential := h.home(id(i))
		seen[credential] = true
	}
	if len(seen) != 5 {
		t.Errorf("%d credentials of 5", len(seen))
	}
	if _, err := h.Credential("m99"); err == nil {
		t.Error("a stranger has a credential")
	}
}

func hashBase64(text []byte) string {
	sum := sha256.Sum256(text)
	return base64.RawStdEncoding.EncodeToString(sum[:])
}
