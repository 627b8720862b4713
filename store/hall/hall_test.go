package hall_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

var secret = []byte("a secret of the data folder, 32 bytes")

// house is a branch on a log that survives its halls, and the meeting in it.
type house struct {
	*meetingtest.Meeting
	t   testing.TB
	log store.Log
	*hall.Hall
}

// people are n members; m01 is the secretary.
func people(n int) meetingtest.People { return meetingtest.Members(n).Post(1, "书记") }

func newHouse(t testing.TB, members int) *house {
	t.Helper()
	return newHouseWith(t, people(members), nil)
}

// newHouseWith is a branch of these people under rules that change has changed.
func newHouseWith(t testing.TB, people meetingtest.People, change func(*preset.Rules)) *house {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	return newHouseOn(t, log, people, change)
}

// newHouseOn is a branch whose records stand in log.
func newHouseOn(t testing.TB, log store.Log, people meetingtest.People, change func(*preset.Rules)) *house {
	t.Helper()
	h := &house{Meeting: meetingtest.New(t, nil), t: t, log: log}
	h.restart()
	h.Founds(meetingtest.Rules(t, "seed-2017", change), people...)
	return h
}

// random is the system's randomness.
type random struct{}

func (random) Read(p []byte) (int, error) { return rand.Read(p) }

var (
	id   = meetingtest.ID
	code = meetingtest.Code
)

// restart is a server that was killed and started again: all memory is gone.
func (h *house) restart() {
	h.t.Helper()
	room, err := store.OpenRoom(h.t.Context(), h.log, meeting.Machine{Open: hall.OpinionOpener(secret, "b1")})
	if err != nil {
		h.t.Fatal(err)
	}
	h.goesOnIn(hall.New(room, secret, time.Now))
}

// State is the meeting's: the hall has it, and the meeting has the hall.
func (h *house) State() *meeting.State { return h.Hall.State() }

// goesOnIn moves the meeting into another hall.
func (h *house) goesOnIn(one *hall.Hall) { h.Hall, h.Meeting.Hall = one, one }

// Screens write times in the zone of their clock: it is the branch's, whatever
// the machine's is.
func TestTheClockIsInTheBranchsZone(t *testing.T) {
	for zone, want := range map[string]int{"": 8 * 60 * 60, "+05:30": 5*60*60 + 30*60} {
		log, err := store.NewMemory().Log(t.Context(), "b1")
		if err != nil {
			t.Fatal(err)
		}
		h := &house{Meeting: meetingtest.New(t, nil), t: t, log: log}
		h.restart()
		branch := meetingtest.SampleBranch()
		branch.Zone = zone
		h.Does(meeting.Keeper, meeting.Found{Branch: branch, Rules: meetingtest.Rules(t, "seed-2017", nil)})
		venue := hall.NewVenue(h.Hall)
		t.Cleanup(venue.Close)
		since, _ := venue.Stale()
		for what, at := range map[string]time.Time{"now": venue.Now(), "stale": since} {
			if _, east := at.Zone(); east != want {
				t.Errorf("zone %q: %s is %v", zone, what, at)
			}
		}
	}
}

// Whoever cannot repeat the code has not written it down: the box stays open.
func TestTheRecoveryCodeIsTwelveCharactersAndMustBeRetyped(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Names(id(3), id(4))
	shown, err := h.Code(id(3))
	if err != nil || utf8.RuneCountInString(shown) != 12 {
		t.Fatalf("%q %v", shown, err)
	}
	wrong := []rune(shown)
	wrong[0], wrong[1] = wrong[1], wrong[0]
	if got := code(h.Seal(t.Context(), id(3), " ")); got != meeting.CodeMissing {
		t.Errorf("no code: %s", got)
	}
	for typed, want := range map[string]*meeting.Refusal{
		"不是":                       {Code: meeting.CodeLength, Args: []string{"2"}},
		string(wrong):              {Code: meeting.CodeWordWrong, Args: []string{"1"}},
		shown[:len(shown)-3]:       {Code: meeting.CodeLength, Args: []string{"11"}},
		shown[:len(shown)-3] + "龘": {Code: meeting.CodeWordWrong, Args: []string{"12"}},
	} {
		var no *meeting.Refusal
		if err := h.Seal(t.Context(), id(3), typed); !errors.As(err, &no) || !reflect.DeepEqual(no, want) {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
	}
	if again, err := h.Code(id(3)); err != nil || again != shown {
		t.Errorf("looking again shows %q, %v, want %q", again, err, shown)
	}
	if got := code(h.Seal(t.Context(), id(4), shown)); got != meeting.CodeNotShown {
		t.Errorf("the code of another: %s", got)
	}
	if len(h.State().Vote().Keys) != 0 {
		t.Fatal("a key was sealed")
	}
	spaced := strings.Join(strings.Split(shown, ""), "-")
	if err := h.Seal(t.Context(), id(3), " "+spaced+" "); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Code(id(3)); code(err) != meeting.AlreadySealed {
		t.Error(err)
	}
}

// The server is killed after every step of the vote; the codes on paper bring
// the same result.
func TestARestartAtAnyPointOfTheVoteLosesNothing(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Sealed(id(3), id(4))
	h.restart()
	h.Opens()
	h.restart()
	receipts := map[string]bool{}
	for i := 1; i <= 6; i++ { // m07 does not vote
		grades := map[meeting.MemberID]meeting.Grade{id(1): "优秀", id(2): "合格"}
		if i > 4 {
			grades[id(1)] = "合格"
		}
		r, err := h.Cast(t.Context(), id(i), meeting.Choices{Grades: grades})
		if err != nil {
			t.Fatal(err)
		}
		receipts[r.Code] = true
		if i == 3 {
			h.restart()
		}
	}
	again, err := h.Cast(t.Context(), id(6), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "优秀"}})
	if err != nil || again.Times != 2 {
		t.Fatalf("%+v %v", again, err)
	}
	h.Closes()
	h.Confirms()
	if err := h.Unseal(t.Context(), id(3), h.CodeOf(id(4))); code(err) != meeting.CodeWrong {
		t.Errorf("the code of the other scrutineer: %v", err)
	}
	h.restart()
	if h.Holds(id(3)) {
		t.Fatal("the key survived a restart")
	}
	if err := h.Unseal(t.Context(), id(3), ""); code(err) != meeting.CodeMissing {
		t.Errorf("no code after a restart: %v", err)
	}
	h.Unseals(id(3))
	h.restart()
	if h.State().Vote().Members().Sums != nil {
		t.Fatal("counted without the second scrutineer")
	}
	h.Unseals(id(4))
	h.restart()
	one, no := h.State().Histogram(id(1))
	if no != nil || fmt.Sprint(one.Counts, one.Abstain, one.Ballots) != "[5 1 0 0] 0 6" {
		t.Errorf("党员01: %+v %v", one, no)
	}
	two, _ := h.State().Histogram(id(2))
	if fmt.Sprint(two.Counts, two.Abstain, two.Ballots) != "[0 5 0 0] 1 6" {
		t.Errorf("党员02: %+v", two)
	}
	if board := h.State().Vote().Board(); len(board) != 6 || !receipts[board[0]] && board[0] != again.Code {
		t.Errorf("board %v", board)
	}
}

// Sixty people confirm at once.
func TestSixtyVoteAtOnce(t *testing.T) {
	const n = 60
	h := newHouse(t, n)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	var wg sync.WaitGroup
	errs := make([]error, n+1)
	for i := 1; i <= n; i++ {
		wg.Go(func() {
			_, errs[i] = h.Cast(context.Background(), id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(i%3 + 1): "合格"}})
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := h.State().Vote().Members().Returned.Len(); got != n {
		t.Fatalf("%d ballots", got)
	}
	h.Closes()
	h.Confirms()
	for _, who := range []meeting.MemberID{id(3), id(4)} {
		if err := h.Unseal(t.Context(), who, ""); err != nil {
			t.Fatal(err)
		}
	}
	if h.Holds(id(3)) || h.Holds(id(4)) {
		t.Error("keys are left after the count")
	}
	for i := 1; i <= 3; i++ {
		if got, no := h.State().Histogram(id(i)); no != nil || got.Counts[1] != n/3 || got.Abstain != n-n/3 {
			t.Errorf("党员%02d: %+v %v", i, got, no)
		}
	}
}

// A refusal never repeats what somebody chose.
func TestNoRefusalNamesAChoice(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for _, c := range []meeting.Choices{
		{Grades: map[meeting.MemberID]meeting.Grade{"m99": "优秀"}},
		{Grades: map[meeting.MemberID]meeting.Grade{id(1): "特别优秀MARK"}},
		{Grades: map[meeting.MemberID]meeting.Grade{id(1): "优秀"}, Branch: "好MARK"},
	} {
		_, err := h.Cast(t.Context(), id(2), c)
		if err == nil || strings.Contains(err.Error(), "MARK") {
			t.Errorf("%v", err)
		}
	}
	if h.State().Vote().Members().Returned.Len() != 0 {
		t.Error("a refused ballot is in the box")
	}
}

// What was made ahead is the same ballot: the last choices count, also when
// they changed after they were encrypted.
func TestChoicesMadeAheadCountAsTheyAreConfirmed(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for i := 1; i <= 7; i++ {
		h.Prepare(id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "不合格", id(2): "合格", id(3): "优秀"}}, false)
		h.Prepare(id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "优秀", id(2): "合格", id(3): "优秀"}}, false)
		c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "优秀", id(2): "基本合格"}} // 党员03 弃权
		for range 2 {
			h.Votes(id(i), c)
		}
	}
	h.Closes()
	h.Unseals(id(3), id(4))
	for i, want := range []string{"", "[7 0 0 0] 0", "[0 0 7 0] 0", "[0 0 0 0] 7"} {
		if i == 0 {
			continue
		}
		if got, no := h.State().Histogram(id(i)); no != nil || fmt.Sprint(got.Counts, got.Abstain) != want {
			t.Errorf("党员%02d: %+v %v, want %s", i, got, no, want)
		}
	}
}

// BenchmarkSixtyConfirm is sixty members who confirm 30 subjects at once, after
// each of them has chosen, in a file on disk; it reports how long one of them
// waits until the ballot is durable.
func BenchmarkSixtyConfirm(b *testing.B) {
	for range b.N {
		b.StopTimer()
		shelf, err := bolt.Create(filepath.Join(b.TempDir(), "pingyi.db"))
		if err != nil {
			b.Fatal(err)
		}
		log, err := shelf.Log(b.Context(), "b1")
		if err != nil {
			b.Fatal(err)
		}
		// 30 of the 60 are 预备党员, who vote and are not graded.
		h := newHouseOn(b, log, people(60).Probationary(30), func(r *preset.Rules) { r.Vote.Comments = false })
		h.Sits(preset.Ballot)
		h.Opened(id(3), id(4))
		c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
		for i := 1; i <= 30; i++ {
			c.Grades[id(i)] = "合格"
		}
		for i := 1; i <= 60; i++ {
			h.Prepare(id(i), c, true)
		}
		waits := make([]time.Duration, 61)
		var wg sync.WaitGroup
		b.StartTimer()
		for i := 1; i <= 60; i++ {
			wg.Go(func() {
				began := time.Now()
				if _, err := h.Cast(context.Background(), id(i), c); err != nil {
					b.Error(err)
				}
				waits[i] = time.Since(began)
			})
		}
		wg.Wait()
		b.StopTimer()
		slices.Sort(waits)
		b.ReportMetric(float64(waits[31].Microseconds())/1000, "ms-p50")
		b.ReportMetric(float64(waits[60].Microseconds())/1000, "ms-p99")
		if err := shelf.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
