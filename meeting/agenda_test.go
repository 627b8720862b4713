package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// status is the agenda in short: one letter an item, as D for done.
func (h *hall) status() string {
	letters := map[meeting.ItemStatus]string{meeting.Pending: ".", meeting.Open: "O", meeting.Done: "D", meeting.Skipped: "S"}
	var b strings.Builder
	for _, it := range h.State().Agenda {
		b.WriteString(letters[it.Status])
	}
	return b.String()
}

func TestTheItemsComeInTheOrderOfTheRules(t *testing.T) {
	for id, want := range map[string][]string{
		"seed-2017":       {"签到", "开场", "学习", "上次整改情况通报", "书记通报", "班子对照检查", "批评与自我批评", "提出整改意见", "个人自评", "民主测评", "计票", "组织评定", "领导点评", "表态、散会"},
		"regulation-2018": {"签到", "开场", "学习", "上次整改情况通报", "书记通报和述职", "班子对照检查", "批评与自我批评", "提出整改意见", "个人自评", "民主测评", "计票", "领导点评", "组织评定", "小结表态、散会"},
	} {
		h := newHall(t, id, nil, fifteen()...)
		var got []string
		for range h.State().Agenda {
			h.Does("m03", meeting.Next{Reason: "试一遍"})
			it, _ := h.State().Item()
			got = append(got, it.Title)
		}
		same(t, id, got, want)
		h.Does("m03", meeting.Next{Reason: "试一遍"})
		same(t, "phase", h.State().Phase, meeting.After)
		if _, open := h.State().Item(); open || !h.State().Ended().Equal(h.room.Now()) || !h.State().Began().Equal(h.State().Agenda[0].Began) {
			t.Errorf("ended %v, began %v", h.State().Ended(), h.State().Began())
		}
		h.Refused("m03", meeting.Next{}, meeting.MeetingOver)
		h.Refused("m03", meeting.Goto{No: 2}, meeting.MeetingOver)
		h.Refused("m03", meeting.Back{}, meeting.MeetingOver)
	}
}

func TestBeforeTheMeetingThereIsOnlyTheBeginning(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meeting.Next{}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.Goto{No: 2}, meeting.NotBegun)
	h.Refused("m03", meeting.Back{}, meeting.NotBegun)
	h.Does("m03", meeting.Next{})
	same(t, "phase", h.State().Phase, meeting.Live)
	h.Refused("m03", meeting.Back{}, meeting.FirstItem)
}

func TestWithoutAQuorumTheMeetingGoesOnOnlyWithAReason(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.SignIn{}, meeting.Next{})
	same(t, "checks", h.State().Checks(), []meeting.Check{
		{Code: meeting.NoQuorum, Args: []string{"1", "13"}, Red: true},
		{Code: meeting.AbsentWithoutReason, Args: []string{"14"}},
		{Code: meeting.NoPlace},
		{Code: meeting.NoRecorder},
	})
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "no-quorum", "1", "13")
	h.Refused("m03", meeting.Next{Reason: " "}, meeting.ReasonMissing)
	h.Refused("m03", meeting.Next{Reason: "等\x07"}, meeting.ControlCharacters)
	h.Refused("m03", meeting.Next{Reason: strings.Repeat("长", 201)}, meeting.TextTooLong, "201", "200")
	h.Does("m03", meeting.Next{Reason: "其余同志在路上"})
	it := h.Item(preset.SignIn)
	same(t, "签到", []any{it.Status, it.Reason}, []any{meeting.Done, "其余同志在路上"})
}

func TestWhereAllIsWellNothingIsAmiss(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()[2:4]...)
	h.Sits(preset.SignIn)
	h.Does("m03", meeting.NotePlace{Place: "205 室"}, meeting.Name{ID: "m04", Seat: meeting.SeatRecorder})
	same(t, "签到", h.State().Checks(), nil)
	h.GoTo(preset.Criticism)
	for range 8 {
		h.Does("m03", meeting.Advance{})
	}
	h.Does("m03", meeting.Criticise{Of: "m04", Text: "调研不够"})
	h.Does("m04", meeting.Criticise{Of: "m03", Text: "会议偏多"})
	same(t, "批评与自我批评", h.State().Checks(), nil)
	h.GoTo(preset.SelfRating)
	h.Does("m03", meeting.RateSelf{Grade: "合格"})
	h.Does("m04", meeting.RateSelf{Grade: "合格"})
	same(t, "个人自评", h.State().Checks(), nil)
}

func TestAnItemIsSkippedWithAReasonAndDoneIfSomethingWasDone(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.Next{Reason: "会前已集中学习"})
	same(t, "学习", []any{h.Item(preset.Study).Status, h.Item(preset.Study).Reason}, []any{meeting.Skipped, "会前已集中学习"})
	h.Does("m03", meeting.TakeNote{Text: "上次问题已整改"}, meeting.Next{Reason: "其余见书面材料"})
	same(t, "上次整改情况通报", h.Item(preset.LastYear).Status, meeting.Done)
	h.Does("m03", meeting.GiveFloor{ID: "m03"}, meeting.Next{Reason: "时间关系"})
	same(t, "书记通报", h.Item(preset.Briefing).Status, meeting.Done)
	h.Does("m03", meeting.Next{})
	same(t, "班子对照检查", h.Item(preset.SelfCheck).Status, meeting.Done)
	h.Does("m03", meeting.Next{Reason: "改日进行"})
	same(t, "批评与自我批评", h.Item(preset.Criticism).Status, meeting.Skipped)
}

// A jump over the self-ratings leaves them undone while nobody has rated themself.
func TestNobodyRatedThemselfIsNotDone(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfRating, nil)
	same(t, "自评 is finished", h.State().Finishes(14), false)
	h.Does("m03", meeting.Goto{No: 14})
	same(t, "自评", h.Item(preset.SelfRating).Status, meeting.Pending)
	h.Does("m03", meeting.Goto{No: 9}, meeting.RateSelf{Grade: "合格"}, meeting.Goto{No: 14})
	same(t, "自评 of one", h.Item(preset.SelfRating).Status, meeting.Done)
}

func TestAnItemTakenEarlyIsNotTakenTwice(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil) // 签到 done, 学习 open
	h.GoTo(preset.Remark)                          // the guide has to leave soon
	same(t, "agenda", h.status(), "D.D.........O.")
	h.Does("m03", meeting.Goto{No: 2})
	same(t, "agenda: 领导点评 is not done on the way back", h.status(), "DOD...........")
	h.Does("m03", meeting.Goto{No: 13}, meeting.Next{})
	same(t, "agenda", h.status(), "DDD.........DO")
	h.Does("m03", meeting.Goto{No: 4}, meeting.Next{}, meeting.Next{}, meeting.Next{}, meeting.Next{Reason: "改日"}, meeting.Next{},
		meeting.Next{}, meeting.Next{Reason: "改日"}, meeting.Next{Reason: "改日"}, meeting.Next{Reason: "改日"})
	same(t, "agenda", h.status(), "DDDDDDSDDSSSDO")
	same(t, "领导点评 was opened twice by Goto, not by Next", h.Item(preset.Remark).Times, 2)
}

func TestWhenAllIsDoneTheLastItemFollows(t *testing.T) {
	h := seated(t, "seed-2017", preset.Opening, nil)
	for h.Item(preset.Closing).Status != meeting.Open {
		h.Does("m03", meeting.Next{Reason: "改日"})
	}
	h.Does("m03", meeting.Goto{No: 3}, meeting.Next{})
	same(t, "agenda", h.status()[12:], "SO")
	if _, more := h.State().Following(); more || !h.State().Ended().IsZero() {
		t.Error("after the last item the meeting ends, and not before")
	}
}

func TestBackLeavesTheItemUnfinished(t *testing.T) {
	h := seated(t, "seed-2017", preset.Opening, nil)
	began := h.Item(preset.Opening).Began
	h.Does("m03", meeting.Next{}, meeting.Back{})
	same(t, "agenda", h.status()[:3], "DO.")
	same(t, "times", []int{h.Item(preset.Opening).Times, h.Item(preset.Study).Times}, []int{2, 1})
	same(t, "began", h.Item(preset.Opening).Began, began)
	h.Does("m03", meeting.Next{})
	same(t, "agenda", h.status()[:3], "DDO")
}

func TestGotoLeavesAnItemWithARedCheckUnfinished(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Refused("m03", meeting.Goto{No: 0}, meeting.BadNumber, "0", "1", "14")
	h.Refused("m03", meeting.Goto{No: 15}, meeting.BadNumber, "15", "1", "14")
	h.Refused("m03", meeting.Goto{No: 7}, meeting.ItemIsOpen, "批评与自我批评")
	h.Refused("m05", meeting.Goto{No: 8}, meeting.ConsoleOnly)
	h.Does("m03", meeting.Goto{No: 8})
	same(t, "批评与自我批评", h.Item(preset.Criticism).Status, meeting.Pending)
	h.Does("m03", meeting.Goto{No: 9})
	same(t, "提出整改意见", h.Item(preset.Rectification).Status, meeting.Done)
}

func TestEveryRedCheckAsksForItsReason(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil, "m13")
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "some-unheard", "14")
	h.GoTo(preset.SelfRating)
	same(t, "自评 is only advised", h.State().Checks(), []meeting.Check{{Code: meeting.SomeUnrated, Args: []string{"12"}}})
	h.GoTo(preset.Ballot)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-voted")
	h.Sealed("m05", "m06")
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-voted")
	h.GoTo(preset.Tally)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-voted")
	h.GoTo(preset.Ballot)
	h.Opens()
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	h.GoTo(preset.Tally)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-counted-yet")
	h.GoTo(preset.Rating)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "some-ungraded", "13")
	h.GoTo(preset.Closing)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "items-undone", "11")
	h.Does("m03", meeting.Next{Reason: "停电"})
	same(t, "phase", h.State().Phase, meeting.After)
}

func TestAVoteThatWasVoidedIsHeldAgainOnTheWay(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, func(r *preset.Rules) { r.Vote.MinBallots = 2 })
	h.Closed(map[meeting.MemberID][]int{"m03": {0}, "m04": {1}})
	h.Does("m03", meeting.Next{}, meeting.Next{Reason: "有人未投"}, meeting.Void{Reason: "有人未投"}, meeting.Goto{No: 9}, meeting.Next{})
	it, _ := h.State().Item()
	same(t, "民主测评 comes again", it.Kind, preset.Ballot)
	h.Counted(map[meeting.MemberID][]int{"m03": {0}, "m04": {1}, "m05": {1}})
	h.Does("m03", meeting.Next{})
	it, _ = h.State().Item()
	same(t, "计票 was right the second time", it.Kind, preset.Rating)
}

func TestTheBallotIsNotLeftWhileTheBoxIsOpen(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Opened("m05", "m06")
	h.Refused("m03", meeting.Next{}, meeting.BoxIsOpen)
	h.Refused("m03", meeting.Next{Reason: "停电"}, meeting.BoxIsOpen)
	h.Refused("m03", meeting.Back{}, meeting.BoxIsOpen)
	h.Refused("m03", meeting.Goto{No: 2}, meeting.BoxIsOpen)
	if no := meeting.May(h.State(), "m03", meeting.ActStep); no != nil {
		t.Errorf("a step closes the box: %v", no)
	}
}

func TestMovingOnEndsTheSpeechAndClearsTheQueue(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.Does("m08", meeting.AskFloor{})
	h.Does("m03", meeting.Next{})
	same(t, "floor", h.State().Floor, meeting.Floor{})
	var seconds int
	for c := range h.State().Chronicle.Backward() {
		if f, ok := c.Fact.(meeting.FloorYielded); ok {
			seconds = f.Seconds
		}
	}
	same(t, "党员07 spoke for", seconds, 20)
}

func TestTheAssemblyOrTheCommitteeHasToBeThereToGrade(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rating, nil, "m02", "m04")
	same(t, "a committee of three", h.State().Checks()[1], meeting.Check{Code: meeting.CommitteeShort, Args: []string{"1", "3"}, Red: true})
	h.Does("m04", meeting.SignIn{})
	same(t, "two of three", len(h.State().Checks()), 1)

	four := fifteen()
	four[4].PartyPost = "纪检委员"
	h = newHall(t, "seed-2017", nil, four...)
	h.Sits(preset.Rating, "m02", "m04")
	same(t, "two of four are enough", len(h.State().Checks()), 1)

	small := newHall(t, "seed-2017", nil, fifteen()[:6]...)
	small.Does("m03", meeting.SignIn{}, meeting.Next{}, meeting.Next{Reason: "人未到齐"})
	small.GoTo(preset.Rating)
	same(t, "six 正式党员", small.State().Checks()[1], meeting.Check{Code: meeting.NoQuorum, Args: []string{"1", "6"}, Red: true})
}

func TestTheChronicleTellsWhatHappenedDuringWhichItem(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.TakeNote{Text: "学习党章"})
	all := h.State().Chronicle.Forward()
	same(t, "numbers", []int{all[0].N, all[len(all)-1].N}, []int{1, len(all)})
	last := all[len(all)-1]
	same(t, "the note", []any{meeting.KindOf(last.Fact), last.Item, last.By}, []any{"noted", 3, "m03"})
	same(t, "the founding", all[0].Item, 0)
}
