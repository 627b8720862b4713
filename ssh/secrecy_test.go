package ssh

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
)

// still is a room whose clock stands, so that no screen changes by itself.
type still struct {
	Room
	now func() time.Time
}

func (s still) Now() time.Time { return s.now() }

// stopTheClock is for rooms of a server.
func stopTheClock(c *Config) {
	halls, now := c.Halls, c.Now
	c.Halls = func(ctx context.Context) ([]Room, error) {
		rooms, err := halls(ctx)
		for i := range rooms {
			rooms[i] = still{rooms[i], now}
		}
		return rooms, err
	}
}

// grades are what a slip of six rows says in each turn: no two turns agree in
// any row, and 弃权 wanders too.
func grades(turn int) (row [6]int) {
	for i := range row {
		row[i] = (i + turn) % 5
	}
	return row
}

// asText is a slip as the word vote takes it; 0 is 弃权.
func asText(row [6]int) string {
	names := []string{"null", `"优秀"`, `"合格"`, `"基本合格"`, `"不合格"`}
	var cells []string
	for i, g := range row {
		cells = append(cells, fmt.Sprintf("%q:%s", id(i+1), names[g]))
	}
	return "{" + strings.Join(cells, ",") + "}"
}

// asKeys is a slip as keys.
func asKeys(row [6]int) string {
	var keys strings.Builder
	for _, g := range row {
		fmt.Fprint(&keys, g)
	}
	return keys.String()
}

// turning is what varies by itself in a line of the log, whatever anybody chose: when it was written and how long
// the work took, which is the same work for every choice.
var turning = regexp.MustCompile(`\b(time|after)=\S+`)

// logged is the log of a meeting in which six people vote, one of them at a
// terminal, and one of them once more.
func logged(t *testing.T, turn int, leak func(*slog.Logger, string)) []string {
	t.Helper()
	h := newHouse(t, 6, stopTheClock)
	h.toOpenBox()
	for _, i := range []int{1, 2, 3, 5, 6} {
		slip := asText(grades(turn + i))
		leak(h.server.log, slip)
		if a := h.says(id(i), "vote", slip); a.exit != 0 {
			t.Fatal(a)
		}
	}
	if a := h.says("m06", "vote", asText(grades(turn))); a.exit != 0 {
		t.Fatal(a)
	}
	s := h.terminal(h.dial("m04"), 80, 24)
	s.sees("开始")
	s.types("\r")
	s.sees("第 1 / 6 页")
	s.types(asKeys(grades(turn + 1)))
	s.sees("提交测评票")
	s.types("\r")
	s.sees("是，提交")
	h.later(time.Second) // keys count again
	s.types("y")
	s.sees("回执")
	s.types("\x03\x03")
	s.ends()
	for _, word := range []string{"close --reason 其余的人先走了", "confirmed --reason 无人提出异议", "unseal", "result"} {
		for _, who := range map[string][]int{"close --reason 其余的人先走了": {1}, "confirmed --reason 无人提出异议": {1}, "unseal": {2, 3}, "result": {1}}[word] {
			if a := h.says(id(who), word, ""); a.exit != 0 {
				t.Fatal(a)
			}
		}
	}
	h.stop()
	var lines []string
	for line := range strings.Lines(h.log.String()) {
		lines = append(lines, turning.ReplaceAllString(line, "$1"))
	}
	slices.Sort(lines) // a line about an end comes when it comes
	return lines
}

func (s *screen) types(keys string) {
	s.t.Helper()
	if _, err := s.keys.Write([]byte(keys)); err != nil {
		s.t.Fatal(err)
	}
}

// Whatever anybody chooses, the server logs the same lines, at its most
// talkative too.
func TestTheLogTellsNothing(t *testing.T) {
	silent := func(*slog.Logger, string) {}
	want := logged(t, 0, silent)
	if n := len(want); n < 11 {
		t.Fatalf("only %d lines: %q", n, want)
	}
	for turn := 1; turn < 5; turn++ {
		if got := logged(t, turn, silent); !slices.Equal(got, want) {
			t.Errorf("other choices are logged otherwise:\n%q\n%q", got, want)
		}
	}
	// The controls: a line with the choices, and one with no more than the length of what somebody sent.
	for name, leak := range map[string]func(*slog.Logger, string){
		"choices": func(l *slog.Logger, slip string) { l.Debug("vote", "choices", slip) },
		"length":  func(l *slog.Logger, slip string) { l.Debug("vote", "bytes", len(slip)) },
	} {
		if slices.Equal(logged(t, 0, leak), logged(t, 1, leak)) {
			t.Errorf("the test would not see a leak of %s", name)
		}
	}
}

// paged is what is sent to a member who fills in a slip page by page, key by
// key: after a digit, and from the overview on, where every choice is masked,
// after b.
func paged(t *testing.T, row [6]int) (seen, masked []string) {
	t.Helper()
	h := newHouse(t, 6, stopTheClock)
	h.toOpenBox()
	s := h.terminal(h.dial("m04"), 80, 24)
	s.sees("开始填测评票")
	s.sends("\r").sees("第 1 / 6 页")
	s.frame()
	for _, g := range row {
		seen = append(seen, s.sends(fmt.Sprint(g)).frame())
	}
	s.sees("提交测评票")
	s.sends("v").frame()
	s.sends("b").frame()
	for range row[1:] {
		masked = append(masked, s.sends("b").frame())
	}
	return seen, masked
}

// Page by page, what is sent after a key has one length whatever was chosen,
// and once all choices are masked it is the same.
func TestWhatIsSentPageByPageDoesNotTellTheChoice(t *testing.T) {
	lengths := func(frames []string) (n []int) {
		for _, f := range frames {
			n = append(n, len(f))
		}
		return n
	}
	wantSeen, wantMasked := paged(t, grades(0))
	for turn := 1; turn < 5; turn++ {
		seen, masked := paged(t, grades(turn))
		for i := range seen {
			if seen[i] == wantSeen[i] { // the control
				t.Errorf("the test would not see a leak: page %d is the same for all choices", i+1)
			}
		}
		if !slices.Equal(lengths(seen), lengths(wantSeen)) {
			t.Errorf("other choices have other lengths: %v, want %v\n%q\n%q", lengths(seen), lengths(wantSeen), seen, wantSeen)
		}
		if !slices.Equal(masked, wantMasked) {
			t.Errorf("masked choices show:\n%q\n%q", masked, wantMasked)
		}
	}
}

// broken is a room in which casting fails in the worst way: the panic carries
// what was chosen.
type broken struct{ Room }

func (broken) Cast(_ context.Context, _ meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	panic(fmt.Sprint("金丝雀", c))
}

func (b broken) CastOnce(ctx context.Context, _ meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return b.Cast(ctx, who, c)
}

// A ballot that breaks the server's work is neither logged nor repeated, said as
// a word or filled in on a screen; others go on.
func TestAPanicTellsNothing(t *testing.T) {
	stderr, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer stderr.Close()
	own := os.Stderr
	os.Stderr = stderr // Bubble Tea writes there what it catches
	defer func() { os.Stderr = own }()
	h := newHouse(t, 6, stopTheClock, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			for i := range rooms {
				rooms[i] = broken{rooms[i]}
			}
			return rooms, err
		}
	})
	h.toOpenBox()
	a := h.says("m05", "vote", asText(grades(0)))
	s := h.terminal(h.dial("m04"), 80, 24)
	s.sees("开始填测评票")
	s.sends("\r").sees("第 1 / 6 页")
	s.sends(asKeys(grades(0))).sees("提交测评票")
	s.sends("\r").sees("是，提交")
	h.later(time.Second)
	s.sends("1\r").ends()
	if a.exit != exitFailed || !strings.Contains(s.text(), "程序出错了") {
		t.Errorf("nothing broke: %+v %q", a, s.text())
	}
	if a := h.says("m06", "status", ""); a.exit != 0 {
		t.Errorf("others cannot go on: %+v", a)
	}
	h.stop()
	caught, err := os.ReadFile(stderr.Name())
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"the log": h.log.String(), "stderr": string(caught), "the answer": a.out + a.err, "the screen": s.text()} {
		if strings.Contains(text, "金丝雀") || strings.Contains(text, "map[m01") {
			t.Errorf("a choice stands in %s:\n%s", where, text)
		}
	}
	for _, what := range []string{`msg="a session broke"`, `msg="a screen broke"`} {
		if !strings.Contains(h.log.String(), what) {
			t.Errorf("the log does not say that something broke:\n%s", h.log)
		}
	}
}
