package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// liveRoom is a room that many goroutines use and that tells its watchers.
type liveRoom struct {
	mu sync.Mutex
	*meetingtest.Room
	moved   chan struct{}
	stopped chan struct{}
}

func (r *liveRoom) State() *meeting.State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.Room.State()
}

func (r *liveRoom) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.Room.Now()
}

func (r *liveRoom) Stale() (since time.Time, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.Room.Stale()
}

func (r *liveRoom) Watch() (<-chan struct{}, func()) {
	var once sync.Once
	return r.moved, func() { once.Do(func() { close(r.stopped) }) }
}

func (r *liveRoom) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActOnce(ctx, "", who, c)
}

func (r *liveRoom) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	r.mu.Lock()
	events, err := r.Room.ActOnce(ctx, id, who, c)
	r.mu.Unlock()
	select {
	case r.moved <- struct{}{}:
	default:
	}
	return events, err
}

// screens is an App whose screens the test reads as they change.
type screens struct {
	*App
	seen chan string
}

func (s screens) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := s.App.Update(msg)
	text := ""
	for _, l := range s.drawn.lines {
		text += l.Text() + "\n"
	}
	s.seen <- text
	return s, cmd
}

func (s screens) until(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	last := ""
	for {
		select {
		case last = <-s.seen:
			if strings.Contains(last, text) {
				return
			}
		case <-deadline:
			t.Fatalf("never saw %q, but\n%s", text, last)
		}
	}
}

func TestTheProgramFollowsTheRoomAndEndsWithItsSession(t *testing.T) {
	room := &liveRoom{Room: newRoom(t, "seed-2017", branchOf(8)), moved: make(chan struct{}, 1), stopped: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	app := screens{New(Config{Room: room, Who: "m05", Ctx: ctx, Width: 80, Height: 24}), make(chan string, 1000)}
	in, keys := io.Pipe()
	defer keys.Close()
	program := tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(&bytes.Buffer{}),
		tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24))
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	if _, err := keys.Write([]byte("1\r")); err != nil {
		t.Fatal(err)
	}
	app.until(t, "已签到")
	if _, err := room.Act(ctx, "m03", meeting.Next{}); err != nil {
		t.Fatal(err)
	}
	app.until(t, "第 1/14 项")
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, tea.ErrProgramKilled) {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the program does not end with its session")
	}
	select {
	case <-room.stopped:
	case <-time.After(10 * time.Second):
		t.Fatal("the room is still watched")
	}
}

func TestAQuietScreenAsksForNoTicks(t *testing.T) {
	p := momentOf(t, "sign-in")
	if m := p.as("m05"); m.app.beat != 0 {
		t.Errorf("a member's quiet screen beats every %v", m.app.beat)
	}
	if m := p.as(meeting.Screen); m.app.beat != 0 {
		t.Errorf("the quiet wall beats every %v", m.app.beat)
	}
	q := momentOf(t, "study")
	if m := q.as("m05"); m.app.beat != time.Second {
		t.Errorf("a running clock beats every %v", m.app.beat)
	}
	before := q.as("m05").app.View().Content
	q.room.Later(time.Second)
	q.as("m05").update(tickMsg{time.Second})
	if q.as("m05").app.View().Content == before {
		t.Error("the clock stands still")
	}
}
