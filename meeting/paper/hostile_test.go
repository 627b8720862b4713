package paper_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
)

// workBefore is a branch of sixty in which somebody has written the same words
// wherever one can before and in the meeting: line in one line, text in several.
func workBefore(t meetingtest.TB, line, text string) *play {
	h := founded(t, "seed-2017", members(60), func(r *preset.Rules) {
		r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale, r.Vote.Mass, r.SelfCheckApproval = true, "支部班子", []string{"好", "较好", "一般", "差"}, true, true
	})
	rows := func(names ...string) string {
		row := map[string]string{}
		for _, n := range names {
			row[n] = text
		}
		return meeting.RowsValue([]map[string]string{row, row})
	}
	h.Does(chair,
		meetingtest.Writes("plan", 0, "title", line, "guidance", text, "attendees", text, "from", "2017-03-18", "to", "2017-03-23", "before", text, "during", text, "after", text, "assessment", text, "demands", text),
		meetingtest.Moves("plan", 0, "submit", ""), meeting.MoveRecord{Form: "plan", Word: "return", Text: text, Approval: "书面"},
		meetingtest.Writes("notice", 0, "time", "2017-03-20", "place", line, "theme", line, "items", text, "bring", text),
		meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", line, "content", text, "hours", "2", "points", text),
		meetingtest.Writes("selfcheck", 0, "basics", text, "last_year", text, "problems", rows("aspect", "problem", "example"), "causes", text, "direction", text, "measures", rows("what", "who")),
		meetingtest.Writes("problem", 0, "category", line, "text", text), meetingtest.Moves("problem", 1, "drop", text),
		meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "党员", "category", line, "text", line),
		meeting.MergeOpinions{Nos: []int{1}, Text: text},
		meetingtest.Writes("talk", 0, "kind", meeting.TalkSecretary, "with", `["m02","m03"]`, "at", "2017-03-16", "place", line, "means", "集体", "content", text, "praise", text, "mood", text))
	h.Does("m05", meetingtest.Writes("outline", 0, "study", text, "problems", rows("aspect", "problem", "example"), "causes", text, "measures", rows("what"), "self_grade", line),
		meetingtest.Moves("outline", 0, "submit", ""))
	h.Sits(preset.Criticism, "m05")
	h.Does(chair, meeting.RecordAbsence{ID: "m05", Reason: line, Written: true}, meeting.CriticiseSelf{From: "m05", Text: text}, meeting.Criticise{Of: "m02", Text: text})
	return h
}

// Whatever people type and however many they are, every paper before the meeting
// can be written in every format, in a folder and for its readers.
func TestPapersBeforeTheMeetingOfHostileTexts(t *testing.T) {
	for _, text := range []string{"=1+1", "+cmd|' /C calc'!A0", "@𠮷野䶮㛃𬀩</w:t>&#x0;]]>", "长"} {
		line, long := text, text+"\n1．"+text
		if text == "长" {
			line, long = strings.Repeat(text, 55), strings.Repeat(text, 5000)
		}
		h := workBefore(t, line, long)
		list := append(paper.All(h.State(), h.facts()), paper.Private(h.State(), h.facts())...)
		files, err := filesOf(append(list, paper.For(h.State(), "m05", h.facts())...))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) < 50 {
			t.Errorf("only %d files", len(files))
		}
		for _, f := range files {
			switch {
			case strings.HasSuffix(f.Name, ".docx"):
				wholeWord(t, f)
			case strings.HasSuffix(f.Name, ".json") && !json.Valid(f.Bytes):
				t.Errorf("%s is no JSON", f.Name)
			}
		}
	}
}
