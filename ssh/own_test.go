package ssh

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
	"pingyi/tui"
)

// A key at home, two of three scrutineers, a box of six: everything by words.
func TestAKeyAtHomeIsOneOfTwoOfThree(t *testing.T) {
	h := newHouseUnder(t, 6, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
	h.toItem(preset.Ballot)
	h.asks("m01", "scrutineers m02 m03 m04", "", new(any))
	key, err := ballot.NewSecretKey(meeting.Group, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	gives := func() {
		t.Helper()
		var c meeting.Ceremony
		h.asks("m02", "seal --own", "", &c)
		record, err := c.Next(key.Threshold(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if a := h.says("m02", "seal --own", string(record)); a.exit != 0 {
			t.Fatal(a)
		}
	}
	public, err := key.Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if a := h.says("m02", "seal --own", string(public.JSON())); a.exit != 1 {
		t.Errorf("a whole key where a certificate is wanted: %+v", a)
	}
	gives()
	h.asks("m03", "seal", "", new(any))
	h.asks("m04", "seal", "", new(any))
	if a := h.says("m01", "open", ""); a.exit != 1 || !strings.Contains(a.err, "1") {
		t.Errorf("opened before the keys are joined: %+v", a)
	}
	gives()
	gives()
	h.asks("m01", "open", "", new(any))
	for i := 1; i <= 6; i++ {
		h.asks(id(i), "vote", `{"m01":"优秀"}`, new(any))
	}
	h.asks("m01", "close --reason 其余的人先走了", "", new(any))

	var c meeting.Ceremony
	h.asks("m02", "seal --own", "", &c)
	share, err := key.Threshold().Open(c.Share)
	if err != nil {
		t.Fatal(err)
	}
	h.says("m01", "confirmed --reason 已当场询问，无人提出异议", "")
	e, tally, report, err := ballot.ReadClosed(strings.NewReader(h.says("m02", "box", "").out))
	if err != nil || !report.OK() {
		t.Fatal(err, report)
	}
	p, err := e.DecryptAs(c.Index, tally, share, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if a := h.says("m02", "unseal --own", string(p.Plain().Marshal())); a.exit != 1 || !strings.Contains(a.err, "第二份证明") {
		t.Errorf("a partial decryption of another tool: %+v", a)
	}
	h.asks("m02", "unseal --own", string(p.Marshal()), new(any))
	h.asks("m04", "unseal", "", new(any))
	if got, no := h.State().Histogram("m01"); no != nil || got.Counts[0] != 6 {
		t.Errorf("%+v %v", got, no)
	}
}

// Where all scrutineers are needed there is no joint key.
func TestThereIsNoJointKeyWhereAllAreNeeded(t *testing.T) {
	h := newHouse(t, 6)
	h.toItem(preset.Ballot)
	h.asks("m01", "scrutineers m02 m03", "", new(any))
	if a := h.says("m02", "seal --own", ""); a.exit != 1 || !strings.Contains(a.err, "全体监票人") {
		t.Errorf("%+v", a)
	}
}

// lost is a room on a server that was restarted: it holds no scrutineer's key, but for
// those of who has given their recovery code since.
type lost struct {
	Room
	given []meeting.MemberID
}

func (l lost) Holds(id meeting.MemberID) bool {
	return slices.Contains(l.given, id) && l.Room.Holds(id)
}

// restarted has the house's server lose the keys, but for these.
func restarted(but ...meeting.MemberID) func(*Config) {
	return func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			rooms[0] = lost{rooms[0], but}
			return rooms, err
		}
	}
}

// Where two of three open the box, one code that is lost stops nobody: the console is
// not told that the vote can only be voided.
func TestACodeThatIsLostDoesNotVoidAVoteWhereTheOthersAreEnough(t *testing.T) {
	for _, c := range []struct {
		kept  []meeting.MemberID
		waits string // whose codes are waited for
	}{
		{[]meeting.MemberID{"m02", "m03"}, ""},
		{[]meeting.MemberID{"m02"}, "党员03、党员04"},
	} {
		h := newHouseUnder(t, 6, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 }, restarted(c.kept...))
		h.toItem(preset.Ballot)
		h.Opened("m02", "m03", "m04")
		for i := 1; i <= 6; i++ {
			h.Casts(id(i), 1)
		}
		h.Closes()
		h.Confirms()
		h.asks("m01", "step", "", new(any)) // to the count
		a := h.says("m01", "step", "")
		if told := strings.Contains(a.err, "void"); told != (c.waits != "") || told && !strings.Contains(a.err, "请 "+c.waits+" 写 unseal") {
			t.Errorf("kept of %v: %+v", c.kept, a)
		}
	}
}

// The recovery code comes on standard input and is asked for only where it is
// needed and may help.
func TestTheRecoveryCodeComesOnStandardInput(t *testing.T) {
	h := newHouse(t, 5, restarted())
	h.toOpenBox()
	for i := 1; i <= 5; i++ {
		h.Casts(id(i), 1)
	}
	h.Closes()
	if a := h.says("m02", "unseal", h.CodeOf("m02")); a.exit != exitFailed || !strings.Contains(a.err, "核对") {
		t.Errorf("before the receipts are confirmed: %+v", a)
	}
	h.Confirms()
	for input, want := range map[string]string{"错的恢复码\n": "", strings.Repeat("长", 1<<20): "太长", "\xff\xfe" + strings.Repeat("长", 1<<10): "太长", "\xff\n": "GBK"} {
		if a := h.says("m02", "unseal", input); a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, want) {
			t.Errorf("a wrong code: %+v", a)
		}
	}
	for flag := range map[string]bool{"--code " + h.CodeOf("m02"): true, "--code=" + h.CodeOf("m02"): true} {
		if a := h.says("m02", "unseal "+flag, ""); a.exit != exitUsage || !strings.Contains(a.err, "标准输入") || strings.Contains(a.err, h.CodeOf("m02")) {
			t.Errorf("in the command: %+v", a)
		}
	}
	if a := h.says("m02", "unseal", "\ufeff"+h.CodeOf("m02")+"\r\nthe rest is not read"); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	h.asks("m03", "unseal", tui.LatinCode(h.CodeOf("m03")), new(any))
	if v := h.hall.State().Vote(); v.State != meeting.BoxCounted {
		t.Errorf("%v", v.State)
	}
}

// A recovery code is read in whatever encoding it comes.
func TestARecoveryCodeInEveryEncoding(t *testing.T) {
	const code = "上下大小山水日月天地人和"
	for name, to := range map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "GBK": simplifiedchinese.GBK,
		"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	} {
		for _, end := range []string{"", "\n", "\r\n更多\n"} {
			typed, err := to.NewEncoder().String(code + end)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := readCode(strings.NewReader(typed)); got != code || err != nil {
				t.Errorf("%s %q: %q, %v", name, end, got, err)
			}
		}
	}
}
