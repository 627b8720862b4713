package meeting_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// talked is the command to write down a talk.
func talked(with ...string) meeting.WriteRecord {
	people := "["
	for i, id := range with {
		if i > 0 {
			people += ","
		}
		people += fmt.Sprintf("%q", id)
	}
	return meetingtest.Writes("talk", 0, "kind", "党员互谈", "with", people+"]", "at", "2017-03-16T15:30", "means", "面谈", "content", "谈了学习")
}

func TestATalkIsConfirmedByTheOtherSides(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("g1", talked("m04"), meeting.PartyOnly)
	h.Refused("m05", talked("m05"), meeting.TalkWithSelf)
	h.Refused("m05", talked("q1"), meeting.NotInParty)
	h.Refused("m05", talked("m99"), meeting.FieldPerson, "谈话对象", "m99")
	h.Does("m05", meetingtest.Writes("talk", 0, "place", "205 室"))
	state := func(no int) meeting.RecordState {
		r, _ := h.State().Record("m05", "talk", no)
		return r.State
	}
	same(t, "something is missing", state(1), meeting.Draft)
	h.Refused("m06", meetingtest.Moves("talk", 1, "confirm", ""), meeting.NoRecord, "1")
	h.Does("m05", talked("m06", "m07"))
	same(t, "everything is there", state(2), meeting.Kept)
	h.Refused("m05", meetingtest.Moves("talk", 2, "confirm", ""), meeting.NotYourRecord)
	h.Refused("m06", meetingtest.Writes("talk", 2, "content", "没有谈"), meeting.NotYourRecord)
	h.Does("m06", meetingtest.Moves("talk", 2, "confirm", ""))
	h.Refused("m06", meetingtest.Moves("talk", 2, "confirm", ""), meeting.AlreadySigned)
	same(t, "one of two", state(2), meeting.Kept)
	h.Does("m05", meetingtest.Writes("talk", 2, "agreed", "每月再谈"))
	h.Does("m07", meetingtest.Moves("talk", 2, "confirm", ""))
	same(t, "who confirmed the text before has to look again", state(2), meeting.Kept)
	h.Does("m06", meetingtest.Moves("talk", 2, "confirm", ""))
	same(t, "both", state(2), meeting.Confirmed)
	h.Refused("m05", meetingtest.Writes("talk", 2, "content", "改一改"), meeting.RecordStands, "confirmed")
}

// What was said is for the two sides; the console knows that it took place, and
// nobody else knows even that.
func TestWhoReadsATalk(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m05", talked("m06"))
	for who, want := range map[meeting.MemberID]string{
		"m05": "1 面谈 谈了学习", "m06": "1 面谈 谈了学习", "m03": "1 面谈 ", "m02": "nothing", "m07": "nothing", "g1": "nothing", "screen": "nothing", "": "nothing",
	} {
		got := "nothing"
		for _, r := range h.State().Records(who, "talk") {
			got = fmt.Sprint(r.No, " ", r.Value("means"), " ", r.Value("content"))
		}
		same(t, "what "+string(who)+" reads", got, want)
	}
	same(t, "the wall", len(h.State().Wall().Records("m05", "talk")), 0)
}

func TestWhoOwesWhomATalk(t *testing.T) {
	people := meetingtest.Members(7).Post(1, "书记").Post(2, "组织委员").Post(3, "宣传委员")
	for i, group := range []string{"", "", "", "一", "一", "二", "二"} {
		people[i].Group = group
	}
	h := newHall(t, "seed-2017", nil, people...)
	owed := map[string]int{}
	for _, p := range h.State().TalkPairs() {
		owed[p.Why]++
	}
	same(t, "owed", owed, map[string]int{"书记委员": 2, "书记党员": 4, "班子互谈": 1, "党员互谈": 2})
	h.Does("m04", talked("m01", "m06"))
	h.Does("m01", talked("m04"))
	for _, p := range h.State().TalkPairs() {
		switch {
		case p.By == "m01" && p.With == "m04":
			same(t, "twice, one a talk of three", []any{p.Owed, p.Done, p.Means}, []any{true, 2, []string{"面谈"}})
		case p.By == "m04" && p.With == "m06":
			same(t, "talked without owing it", []any{p.Owed, p.Why, p.Done}, []any{false, "", 1})
		case p.Done != 0:
			t.Errorf("%+v", p)
		}
	}
}

func TestASmallBranchWithoutGroupsTalksAllWithAll(t *testing.T) {
	small := newHall(t, "seed-2017", nil, meetingtest.Members(6).Post(1, "书记")...)
	same(t, "all with all", len(small.State().TalkPairs()), 6*5/2)
	large := newHall(t, "seed-2017", nil, meetingtest.Members(40).Post(1, "书记")...)
	same(t, "the secretary with everybody", len(large.State().TalkPairs()), 39)
}

// Where all can't talk with all and there are no 党小组, each talks with as many
// others as the rules say: three.
func TestEachTalksWithSomeOfALargeBranch(t *testing.T) {
	people := meetingtest.Members(20).Post(1, "书记")
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Gates = map[string]string{"talks": preset.Amber} }, people...)
	talks := func() meeting.GateCheck {
		list := h.State().Readiness("")
		return list[slices.IndexFunc(list, func(c meeting.GateCheck) bool { return c.Gate == "talks" })]
	}
	more := func(who meeting.MemberID) []string {
		return tasksOf(h.State(), who, "2017-03-15")[meeting.TalkWithMore].Args
	}
	same(t, "before any talk", more("m05"), []string{"3"})
	same(t, "the secretary owes everybody one instead", more("m01"), []string(nil))
	var all []string
	for _, m := range people[1:] {
		all = append(all, string(m.ID))
	}
	h.Does("m01", talked(all...))
	same(t, "the secretary's are held", []any{talks().Level, talks().Code, talks().Args[0]}, []any{preset.Amber, meeting.TalksShort, "19"})
	h.Does("m05", talked("m06", "m07"))
	same(t, "after two", more("m05"), []string{"1"})
	h.Does("m05", talked("m06")) // again with the same
	same(t, "the same other counts once", more("m05"), []string{"1"})
	h.Does("m08", talked("m05"))
	same(t, "after three", more("m05"), []string(nil))
	same(t, "who was talked with", more("m06"), []string{"2"})
	h.Does("m02", talked(all[1:]...))
	h.Does("m03", talked(all[2:]...))
	h.Does("m04", talked(all[3:]...))
	same(t, "all have", talks().Level, meeting.Green)
}

// What waits for one member is what the table of all pairs says of them, in any branch.
func TestWhatOneOwesIsWhatTheTableSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := meetingtest.Members(rapid.IntRange(2, 24).Draw(t, "members"))
		for i := range people {
			people[i].Group = rapid.SampledFrom([]string{"", "第一组", "第二组"}).Draw(t, "group")
			people[i].PartyPost = rapid.SampledFrom([]string{"", "", "", "组织委员", "副书记"}).Draw(t, "post")
			people[i].Standing = rapid.SampledFrom([]string{"", "", "", "转出"}).Draw(t, "status")
		}
		people.Post(1, "书记")
		people[0].Standing, people[1].Standing = "", ""
		h := newHall(t, "seed-2017", nil, people...)
		one := rapid.SampledFrom(people)
		for range rapid.IntRange(0, 12).Draw(t, "talks") {
			_ = h.Tries(one.Draw(t, "by").ID, talked(string(one.Draw(t, "with").ID), string(one.Draw(t, "and").ID)))
		}
		owed := map[meeting.MemberID][]meeting.MemberID{}
		for _, pair := range h.State().TalkPairs() {
			if pair.Owed && pair.Done == 0 {
				owed[pair.By], owed[pair.With] = append(owed[pair.By], pair.With), append(owed[pair.With], pair.By)
			}
		}
		for _, m := range people {
			n, first := h.State().Owed(m.ID)
			want := owed[m.ID]
			if n != len(want) || !slices.Equal(first[:min(5, len(first))], want[:min(5, len(want))]) || n > 5 && len(first) < 6 {
				t.Fatalf("%s owes %d talks, to %v, the table says %v", m.ID, n, first, want)
			}
		}
	})
}
