package meeting_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// handsIn is an opinion that somebody hands in without their name.
func handsIn(about, text string) meeting.HandInOpinion {
	return meeting.HandInOpinion{Values: map[string]string{"about": about, "text": text}}
}

// numbersOf are the numbers of the opinions that somebody reads.
func numbersOf(s *meeting.State, who meeting.MemberID) []int {
	var list []int
	for _, r := range s.Records(who, "opinion") {
		list = append(list, r.No)
	}
	return list
}

func TestAnOpinionThatSomebodyKeeps(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meetingtest.Writes("opinion", 0, "text", "食堂贵"), meeting.KeepersOnly)
	h.Refused("m03", meetingtest.Writes("opinion", 0, "about", "学院"), meeting.FieldPerson, "对象", "学院")
	h.Does("m03", meetingtest.Writes("opinion", 0, "about", "书记", "text", "到班级少"))
	same(t, "a draft", numbered(t, h.State(), "m03", "opinion", 1).State, meeting.Draft)
	h.Does("m03", meetingtest.Writes("opinion", 1, "means", "座谈", "source", "学生", "category", "作风"))
	same(t, "kept", numbered(t, h.State(), "m03", "opinion", 1).State, meeting.Kept)
	same(t, "others read none", len(numbersOf(h.State(), "m07")), 0)
	h.Does("m03", over("opinion", 1))
	p := numbered(t, h.State(), "m07", "problem", 1)
	same(t, "the problem", []string{p.Value("member"), p.Value("level"), p.Value("text"), p.Value("source"), p.Value("category")}, []string{"m03", "个人", "到班级少", "征求意见", "作风"})
	h.Refused("m03", over("opinion", 1), meeting.AlreadyTaken, "问题清单", "1")
}

// The record of an opinion without a name has nothing that leads to a person:
// no author, no request, and no time of its own.
func TestAnOpinionWithoutANameLeadsToNobody(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	before := h.State().Chronicle.At
	h.room.Tick = time.Minute
	events, err := h.room.ActOnce(t.Context(), "request-7", "m07", handsIn("班子", "金丝雀"))
	if err != nil {
		t.Fatal(err)
	}
	e := events[0]
	same(t, "the event", []any{len(events), e.ID, e.By, e.At.Equal(before)}, []any{1, meeting.RequestID(""), meeting.Keeper, true})
	body, class, blob, err := meeting.Encode(e)
	if err != nil || class != meeting.PrivateBlob || len(blob) != 1024 {
		t.Fatalf("stored as %s with %d bytes of %q: %v", body, len(blob), class, err)
	}
	for _, word := range []string{"m07", "request-7", "金丝雀"} {
		if bytes.Contains(body, []byte(word)) {
			t.Errorf("%s is in %s", word, body)
		}
	}
}

// Below the smallest number of ballots nobody reads an opinion without a name;
// the order in which they are read is not that in which they came, and stays.
func TestOpinionsWithoutANameAreReadTogether(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	least := h.State().Rules.Vote.MinBallots
	var came []string
	for i := range least {
		same(t, "read", []any{numbersOf(h.State(), "m03"), h.State().RawOpinions()}, []any{[]int(nil), i})
		came = append(came, strings.Repeat("意", i+1))
		h.Does(h.State().Roster[i].ID, handsIn("班子", came[i]))
	}
	read := func() []string {
		var list []string
		for _, r := range h.State().Records("m03", "opinion") {
			if r.Owner != "" || r.By != "" || !r.At.IsZero() || len(r.History) > 0 || r.Value("means") != "意见箱" {
				t.Errorf("an opinion without a name is %+v", r)
			}
			list = append(list, r.Value("text"))
		}
		return list
	}
	first := read()
	if slices.Equal(first, came) {
		t.Errorf("they are read as they came: %q", first)
	}
	sorted := slices.Sorted(slices.Values(first))
	same(t, "all of them", sorted, came)
	for i := range least - 1 { // a later one does not appear alone, whose it is would show
		h.Does(h.State().Roster[i].ID, handsIn("书记", "又一条"))
		same(t, "as before", []any{read(), h.State().OpinionsShown(), h.State().Opinions.Unsigned()}, []any{first, least, least + i + 1})
	}
	h.Does("m07", handsIn("书记", "又一条"))
	same(t, "a second batch", []int{len(read()), h.State().OpinionsShown()}, []int{2 * least, 2 * least})
	same(t, "the others stay", slices.DeleteFunc(read(), func(text string) bool { return text == "又一条" }), first)
	h.Does("m08", handsIn("书记", "最后一条"))
	same(t, "a third has begun", len(read()), 2*least)
	same(t, "members read none", len(numbersOf(h.State(), "m07")), 0)
	no, text := numbersOf(h.State(), "m03")[0], read()[0]
	h.Refused("m03", meetingtest.Writes("opinion", no, "text", "改了"), meeting.OpinionUnsigned)
	h.Refused("m03", meeting.StrikeRecord{Form: "opinion", No: no, Reason: "x"}, meeting.OpinionUnsigned)
	h.Does("m03", over("opinion", no))
	same(t, "the problem", numbered(t, h.State(), "m05", "problem", 1).Value("text"), text)
	h.Does("m03", meeting.CloseOpinions{})
	same(t, "closed, all are read", len(read()), 2*least+1)
}

func TestTheCollectingIsClosed(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m07", handsIn("班子", ""), meeting.FieldMissing, "意见建议")
	h.Refused("m07", handsIn("", "x"), meeting.FieldMissing, "对象")
	h.Refused("m07", handsIn("班子", "\x1b[2J"), meeting.FieldText, "意见建议", "control-characters")
	h.Refused("m07", handsIn("班子", strings.Repeat("长", 3501)), meeting.FieldText, "意见建议", "text-too-long", "3501", "3500")
	h.Refused("m99", handsIn("班子", "x"), meeting.NotOnRoster)
	h.Does("m07", handsIn("班子", "一条"))
	h.Refused("m05", meeting.CloseOpinions{}, meeting.KeepersOnly)
	h.Does("m03", meeting.CloseOpinions{})
	same(t, "read", len(numbersOf(h.State(), "m03")), 1)
	h.Refused("m07", handsIn("班子", "迟了"), meeting.OpinionsClosed)
	h.Refused("m03", meeting.CloseOpinions{}, meeting.OpinionsClosed)
}

// Several opinions are one line of the summary. Summed up again they leave the
// line in which they stood.
func TestOpinionsAreSummedUp(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for _, text := range []string{"食堂贵", "食堂的菜贵", "会多"} {
		h.Does("m03", meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", text))
	}
	h.Refused("m05", meeting.MergeOpinions{Nos: []int{1}, Text: "x"}, meeting.KeepersOnly)
	h.Refused("m03", meeting.MergeOpinions{Text: "x"}, meeting.NothingCollected)
	h.Refused("m03", meeting.MergeOpinions{Nos: []int{1, 9}, Text: "x"}, meeting.NoRecord, "9")
	h.Refused("m03", meeting.MergeOpinions{Nos: []int{1, 2}}, meeting.TextMissing)
	h.Does("m03", meeting.MergeOpinions{Nos: []int{2, 1, 2}, Text: "食堂的菜贵"}, meeting.MergeOpinions{Nos: []int{3}, Text: "会议偏多"})
	same(t, "lines", h.State().Opinions.Lines, []meeting.OpinionLine{{No: 1, Text: "食堂的菜贵", Of: []int{1, 2}}, {No: 2, Text: "会议偏多", Of: []int{3}}})
	same(t, "merged", numbered(t, h.State(), "m03", "opinion", 2).State, meeting.Merged)
	h.Refused("m03", meetingtest.Writes("opinion", 2, "text", "改"), meeting.RecordStands, "merged")
	h.Does("m03", meeting.MergeOpinions{Nos: []int{1, 2, 3}, Text: "食堂和会议"})
	same(t, "one line", h.State().Opinions.Lines, []meeting.OpinionLine{{No: 3, Text: "食堂和会议", Of: []int{1, 2, 3}}})
}

// A sealed opinion is 1, 4 or 16 KB long, and every one that a form takes fits.
func TestAnOpinionHasOneOfThreeLengths(t *testing.T) {
	for text, want := range map[string]int{"短": 1024, strings.Repeat("中", 400): 4096, strings.Repeat("\U00020000", 3500): 16384} {
		o := meeting.UnsignedOpinion{No: 9999, Values: map[string]string{
			"about": "m01", "means": "意见箱", "source": "服务对象", "category": strings.Repeat("\U00020000", 60), "text": text, "day": "2017-03-16",
		}}
		padded, no := o.Padded(28)
		var back meeting.UnsignedOpinion
		if err := json.Unmarshal(padded, &back); no != nil || err != nil || len(padded)+28 != want || back.Values["text"] != text {
			t.Errorf("%d characters are %d bytes, %v %v", len([]rune(text)), len(padded)+28, no, err)
		}
	}
	if _, no := (meeting.UnsignedOpinion{Values: map[string]string{"text": strings.Repeat("长", 6000)}}).Padded(28); no == nil {
		t.Error("more than 16 KB is taken")
	}
}
