package ssh

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
)

// away is a room whose log cannot be read at the moment.
type away struct{ Room }

func (away) Stale() (since time.Time, why error) {
	return time.Date(2017, 3, 20, 14, 5, 0, 0, time.UTC), errors.New("the network is away")
}

func TestStatusSaysThatItMayBeBehind(t *testing.T) {
	var behind bool
	h := newHouse(t, 3, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			if behind {
				rooms[0] = away{rooms[0]}
			}
			return rooms, err
		}
	})
	if a := h.says("m01", "status --json", ""); strings.Contains(a.out, "stale") {
		t.Errorf("%s", a.out)
	}
	behind = true
	var v struct{ Stale stale }
	h.asks("m01", "status", "", &v)
	if v.Stale.Why != "the network is away" || v.Stale.Since.Minute() != 5 {
		t.Errorf("%+v", v)
	}
	if a := h.says("m01", "status", ""); !strings.Contains(a.out, "这里可能不是最新的：14:05 起") {
		t.Errorf("%s", a.out)
	}
}

// jumped is a room on a machine whose clock was set.
type jumped struct{ Room }

func (jumped) Ahead() time.Duration { return -2 * time.Hour }

// Who runs the meeting is told that the clock of the machine was set.
func TestStatusSaysThatTheClockWasSet(t *testing.T) {
	h := newHouse(t, 3, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			rooms[0] = jumped{rooms[0]}
			return rooms, err
		}
	})
	if a := h.says("m01", "status", ""); !strings.Contains(a.out, "比会议的记录慢 2 小时") {
		t.Errorf("%s", a.out)
	}
	if a := h.says("m02", "status", ""); strings.Contains(a.out, "时钟") {
		t.Errorf("%s", a.out)
	}
	var v struct {
		Ahead int `json:"clock_ahead_s"`
	}
	if h.asks("m01", "status", "", &v); v.Ahead != -7200 {
		t.Errorf("%+v", v)
	}
}

// A recess by words: its day stands in the status of everybody, and the step
// that ends it is the next one.
func TestARecessByWords(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	if a := h.says("m02", "adjourn --until 2099-01-01", ""); a.exit != exitFailed || !strings.Contains(a.err, "主持人") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "adjourn", ""); a.exit != exitFailed || !strings.Contains(a.err, "日期") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "adjourn --until 2099-01-01", ""); a.exit != exitOK || !strings.Contains(a.out, "休会中") {
		t.Errorf("%+v", a)
	}
	var status struct{ Adjourned *string }
	h.asks("m02", "status", "", &status)
	if status.Adjourned == nil || *status.Adjourned != "2099-01-01" {
		t.Errorf("adjourned: %v", status.Adjourned)
	}
	if a := h.says("m02", "floor", ""); a.exit != exitFailed || !strings.Contains(a.err, "定于 2099-01-01 续会") {
		t.Errorf("%+v", a)
	}
	h.says("m01", "resume", "")
	h.asks("m02", "status", "", &status)
	if status.Adjourned != nil {
		t.Errorf("adjourned: %v", *status.Adjourned)
	}
}

// The minutes by words: the place, a note of an item that is past, and a
// correction; what they lack is in the console's status.
func TestTheMinutesByWords(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	if a := h.says("m02", "place 205室", ""); a.exit != exitFailed {
		t.Errorf("%+v", a)
	}
	h.says("m01", "place 行政楼 205室", "")
	var noted struct{ No int }
	h.asks("m01", "note --item 2", "奏国歌。", &noted)
	h.asks("m01", "note", "学习党章。", &noted)
	if noted.No != 2 {
		t.Errorf("the second note is %d", noted.No)
	}
	if a := h.says("m01", "note --corrects 1", "没有奏国歌。"); a.exit != exitOK || a.out != "第 1 条已更正。\n" {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "note --corrects 7", "x"); a.exit != exitFailed || !strings.Contains(a.err, "没有第 7 条") {
		t.Errorf("%+v", a)
	}
	s := h.hall.State()
	if s.Place != "行政楼 205室" || s.Notes[0].Item != 2 || s.Corrections[0].Of != 1 {
		t.Errorf("%q %+v %+v", s.Place, s.Notes, s.Corrections)
	}
	h.GoTo(preset.Closing)
	if out := h.says("m01", "status", "").out; !strings.Contains(out, "提醒：没有指定记录人") {
		t.Errorf("the status says\n%s", out)
	}
}

// Many are signed in, or noted as absent, by numbers and ranges.
func TestManyAreSignedInByWords(t *testing.T) {
	h := newHouse(t, 5)
	if a := h.says("m01", "signin 1-3", ""); a.exit != exitOK || !strings.Contains(a.out, "实到 3") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "absent m04-m05 病假", ""); a.exit != exitOK || h.hall.State().Attendance.Of("m05").Reason != "病假" {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "signin 4,77", ""); a.exit != exitFailed || !strings.Contains(a.err, "77") || h.hall.State().Attendance.Of("m04").Present {
		t.Errorf("%+v", a)
	}
}

// At 领导点评 everybody hears whose remarks come, or that there are none.
func TestStatusSaysWhoseRemarksAreHeard(t *testing.T) {
	h := newHouse(t, 4)
	h.toItem(preset.Study)
	if a := h.says("m02", "status", ""); strings.Contains(a.out, "点评") || strings.Contains(a.out, "指导领导") {
		t.Errorf("%+v", a)
	}
	h.toItem(preset.Remark)
	if a := h.says("m02", "status", ""); !strings.Contains(a.out, "\n没有指导领导到会。") {
		t.Errorf("%+v", a)
	}

	h = newHouse(t, 4)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "g1", Name: "列席01", Kind: meeting.Guest, Post: "指导领导"}}, Yes: true})
	h.toItem(preset.Remark)
	if a := h.says("m02", "status", ""); !strings.Contains(a.out, "列席01") {
		t.Errorf("%+v", a)
	}
}

// stuck is a room in which nothing is recorded, or whose disk is nearly full.
type stuck struct {
	Room
	why error
}

func (r stuck) Stale() (since time.Time, why error) {
	return time.Date(2017, 3, 20, 14, 5, 0, 0, time.UTC), r.why
}

// Everybody hears that nothing is recorded, and who can do something about it
// that the disk is nearly full.
func TestStatusSaysThatNothingIsRecorded(t *testing.T) {
	var why error
	h := newHouse(t, 3, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			if why != nil {
				rooms[0] = stuck{rooms[0], why}
			}
			return rooms, err
		}
	})
	trouble := func(id string) string {
		var v struct{ Trouble string }
		h.asks(meeting.MemberID(id), "status", "", &v)
		return v.Trouble
	}
	if a := h.says("m01", "status --json", ""); !strings.Contains(a.out, `"trouble":null`) {
		t.Errorf("%s", a.out)
	}
	why = store.ErrStopped.By(bolt("bolt.full"))
	if got := trouble("m03"); !strings.Contains(got, "14:05 起什么都记不下来：磁盘满了") {
		t.Errorf("%q", got)
	}
	if a := h.says("m03", "status", ""); !strings.Contains(a.out, "磁盘满了") {
		t.Errorf("%s", a.out)
	}
	why = store.ErrStopped.By(bolt("etcd.back")) // nobody is told that everything is there and goes on by itself
	if got := trouble("m03"); !strings.Contains(got, "少了已经记下的记录") || strings.Contains(got, "都在") {
		t.Errorf("%q", got)
	}
	why = store.ErrLow.Of(150)
	if got := trouble("m01"); !strings.Contains(got, "150 MB") {
		t.Errorf("%q", got)
	}
	if a := h.says("m01", "ready", ""); !strings.Contains(a.out, "150 MB") {
		t.Errorf("%s", a.out)
	}
	if got := trouble("m03"); got != "" {
		t.Errorf("%q", got)
	}
}

// bolt is a code of the data file.
type bolt string

func (b bolt) Error() string                        { return string(b) }
func (b bolt) Reason() (code string, args []string) { return string(b), nil }

// What is waited for is said with whose it is, and nobody waits for a box that is
// never opened.
func TestTheWordsSayWhatAVoteWaitsFor(t *testing.T) {
	h := newHouse(t, 6)
	h.toItem(preset.Ballot)
	h.Does("m01", meeting.NameScrutineers{IDs: []meeting.MemberID{"m02", "m03"}})
	if a := h.says("m01", "step", ""); a.exit != exitFailed || a.err != "等待 党员02、党员03 封箱。\n" {
		t.Errorf("%+v", a)
	}
	h.asks("m02", "seal", "", new(any))
	h.asks("m03", "seal", "", new(any))
	h.asks("m01", "open", "", new(any))
	if a := h.says("m01", "step", ""); a.exit != exitFailed || a.err != "等待 6 人投票。\n" {
		t.Errorf("%+v", a)
	}
	h.asks("m04", "vote", `{}`, new(any))
	if a := h.says("m05", "receipt", ""); a.out != "票箱里没有你的票，所以没有回执。\n" {
		t.Errorf("%+v", a)
	}
	h.asks("m01", "close --reason 其余的人先走了", "", new(any))
	if out := h.says("m01", "status", "").out; strings.Contains(out, "等待开箱") || !strings.Contains(out, "测评：投票结束，票太少，永远不开箱，发出 6 张，收回 1 张") {
		t.Error(out)
	}
}

// Who goes away early has come, so that the count stays as it was: the answer says
// that they have gone.
func TestWhoLeavesEarlyIsToldByTheWords(t *testing.T) {
	h := newHouse(t, 5)
	h.toItem(preset.Study)
	if a := h.says("m01", "absent m04 家中 有事", ""); a.exit != exitOK || a.out != "应到 5，实到 5，缺席 0，提前离开 1（党员04 家中 有事）\n" {
		t.Errorf("%+v", a)
	}
	if a := h.says("m02", "status --json", ""); !strings.Contains(a.out, `"attendance":{"expected":5,"present":5,"absent":[],"left":[{"id":"m04","reason":"家中 有事"}]}`) {
		t.Errorf("%+v", a)
	}
}

// What is read out is answered with names as they are, so that a script finds them.
func TestAnAnnouncementNamesPeopleAsTheyAre(t *testing.T) {
	h := newHouseUnder(t, 6, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.toOpenBox()
	for i := 1; i <= 6; i++ {
		h.asks(id(i), "vote", `{"m01":1}`, new(any))
	}
	h.asks("m01", "close", "", new(any))
	h.asks("m01", "confirmed --reason 无人提出异议", "", new(any))
	h.asks("m02", "unseal", "", new(any))
	h.asks("m03", "unseal", "", new(any))
	const reveals = "提醒：公布出来会看出个人的选择：6 项全票一致"
	h.GoTo(preset.Tally)
	if a := h.says("m01", "status", ""); !strings.Contains(a.out, reveals) {
		t.Errorf("before: %+v", a)
	}
	for _, c := range []struct {
		word string
		told bool
	}{{"announce --preview", true}, {"announce", false}, {"status", false}} {
		a := h.says("m01", c.word, "")
		if a.exit != exitOK || c.word != "status" && !strings.Contains(a.out, "党员01　优秀 6") || strings.Contains(a.out, reveals) != c.told {
			t.Errorf("%s: %+v", c.word, a)
		}
	}
}

// Who cast a ballot in a vote that is void is told that of their receipt, and not that it
// is in no box.
func TestAReceiptOfAVoidVoteIsToldAsThat(t *testing.T) {
	h := newHouse(t, 6)
	h.toOpenBox()
	var cast struct {
		Receipt string `json:"receipt"`
	}
	h.asks("m04", "vote", `{"m01":1}`, &cast)
	h.asks("m01", "void --reason 漏发一张票", "", new(any))
	for _, word := range []string{"receipt", "board", "box", "result"} {
		if a := h.says("m04", word, ""); a.exit == exitOK || !strings.Contains(a.err, "第 1 次测评已经作废") {
			t.Errorf("%s: %+v", word, a)
		}
	}
	h.Opened("m02", "m03")
	h.asks("m04", "vote", `{"m01":1}`, new(any))
	if a := h.says("m04", "receipt "+cast.Receipt, ""); a.exit != exitOK || !strings.Contains(a.out, "这是第 1 次测评的回执") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m04", "receipt", ""); !strings.Contains(a.out, "票在票箱里") {
		t.Errorf("%+v", a)
	}
}

// That a counted vote is set aside stands in the audit, and is read out.
func TestThatACountedVoteIsSetAsideIsTold(t *testing.T) {
	h := newHouse(t, 6)
	h.toOpenBox()
	for i := 1; i <= 6; i++ {
		h.asks(id(i), "vote", `{"m01":1}`, new(any))
	}
	h.asks("m01", "close", "", new(any))
	h.asks("m01", "confirmed --reason 无人提出异议", "", new(any))
	h.asks("m02", "unseal", "", new(any))
	h.asks("m03", "unseal", "", new(any))
	h.asks("m01", "scrutineers m02 m03 --yes 6 --reason 漏发一张票", "", new(any))
	for word, want := range map[string]string{
		"audit":  "表决重新测评，上一次的结果不采用：漏发一张票；监票人：党员02、党员03",
		"script": "经表决重新测评，上一次的结果不采用，理由：漏发一张票。监票人 党员02、党员03 已经推选。",
	} {
		if a := h.says("m01", word, ""); a.exit != exitOK || !strings.Contains(strings.ReplaceAll(a.out, "\n", ""), want) {
			t.Errorf("%s: %+v", word, a)
		}
	}
}
