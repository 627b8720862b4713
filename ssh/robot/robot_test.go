package robot_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"sync"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/ssh"
	"pingyi/ssh/robot"
	"pingyi/store"
	"pingyi/store/hall"
)

var secret = []byte("a secret of the data folder, 32 bytes")

// house is a server whose log survives it, and a meeting played there without
// robots.
type house struct {
	*meetingtest.Meeting
	t     *testing.T
	log   store.Log
	key   gossh.Signer
	codes map[meeting.MemberID]string

	addr string
	hall *hall.Hall
	stop func()

	mu     sync.Mutex
	chosen map[string]map[string]string // by voter
}

// newHouse is the branch of the sample meeting: a committee, 预备党员, a guide.
func newHouse(t *testing.T) *house {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, log: log, key: key, addr: "127.0.0.1:0", codes: map[meeting.MemberID]string{}, chosen: map[string]map[string]string{}}
	h.open()
	h.Founds(meetingtest.Rules(t, "seed-2017"), people()...)
	hashes := map[meeting.MemberID]string{}
	for _, m := range people() {
		code, err := ssh.NewCode(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		h.codes[m.ID], hashes[m.ID] = code, ssh.HashCode(secret, code)
	}
	h.Does(meeting.Keeper, meeting.IssueCodes{Hashes: hashes})
	t.Cleanup(func() { h.stop() })
	return h
}

func people() meetingtest.People {
	return meetingtest.Members(10).Post(1, "书记").Post(2, "组织委员").Probationary(2).Guide()
}

// open starts a server on what the log holds; a second time on the same port.
func (h *house) open() {
	h.t.Helper()
	room, err := store.OpenRoom(h.t.Context(), h.log, meeting.Machine{})
	if err != nil {
		h.t.Fatal(err)
	}
	h.hall = hall.New(room, secret, time.Now)
	h.Meeting = meetingtest.New(h.t, h.hall)
	open := hall.NewVenue(h.hall)
	s, err := ssh.New(ssh.Config{
		Addr: h.addr, HostKey: h.key, Secret: secret,
		Halls: func(context.Context) ([]ssh.Room, error) { return []ssh.Room{open}, nil },
	})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := s.Listen(); err != nil {
		h.t.Fatal(err)
	}
	h.addr = s.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx) }()
	h.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			h.t.Errorf("serve: %v", err)
		}
		room.Close()
	})
}

// meets runs the whole meeting; m08 is absent with written material.
func (h *house) meets(ctx context.Context) error {
	at := robot.Server{Addr: h.addr, HostKey: h.key.PublicKey()}
	errs := make(chan error)
	n := 0
	start := func(run func() error) {
		n++
		go func() { errs <- run() }()
	}
	for i, m := range people() {
		if m.ID == "m08" {
			continue
		}
		p := robot.Persona{ID: string(m.ID), Code: h.codes[m.ID], Seed: uint64(i), Rates: m.ID == "m02", Voted: h.voted}
		start(func() error { return robot.Run(ctx, at, p) })
	}
	start(func() error {
		return robot.Facilitate(ctx, at, robot.Chair{
			Code: h.codes["m01"], Absent: []robot.Absence{{ID: "m08", Reason: "病假", Written: true}},
			Progress: func(line string) { h.t.Log(line) },
		})
	})
	var all error
	for range n {
		all = errors.Join(all, <-errs)
	}
	return all
}

func (h *house) voted(id string, choices map[string]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.chosen[id] = choices
}

// sums compares what was decrypted with what the robots chose.
func (h *house) sums() {
	h.t.Helper()
	s := h.hall.State()
	if len(h.chosen) != 9 || s.Vote().Members().Returned.Len() != 9 {
		h.t.Errorf("%d robots voted, %d ballots are in the box", len(h.chosen), s.Vote().Members().Returned.Len())
	}
	for _, id := range s.Vote().Subjects {
		want := map[string]int{}
		for _, choices := range h.chosen {
			want[choices[string(id)]]++
		}
		got, no := s.Histogram(id)
		if no != nil {
			h.t.Fatal(no)
		}
		for i, g := range s.Rules.Grades {
			if got.Counts[i] != want[g] {
				h.t.Errorf("%s: the count of one grade is wrong", id)
			}
		}
		if got.Abstain != want[""] {
			h.t.Errorf("%s: 弃权 %d, want %d", id, got.Abstain, want[""])
		}
	}
}

func TestRobotsHoldAWholeMeeting(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := h.meets(ctx); err != nil {
		t.Fatal(err)
	}
	s := h.hall.State()
	if s.Phase != meeting.After || !s.Submitted || len(s.Unheard()) != 0 || len(s.Unrated()) != 0 || len(s.Ungraded()) != 0 {
		t.Errorf("phase %s, submitted %v, unheard %v, unrated %v, ungraded %v", s.Phase, s.Submitted, s.Unheard(), s.Unrated(), s.Ungraded())
	}
	for _, it := range s.Agenda {
		if it.Status != meeting.Done {
			t.Errorf("%s is %q", it.Title, it.Status)
		}
	}
	criticisms, aloud := 0, 0
	for r := range s.Rounds.All() {
		criticisms += len(r.Criticisms)
		if len(r.Own) == 0 || (len(r.Responses) == 0 && r.Subject != "m08") {
			t.Errorf("%s: %d self-criticisms, %d responses", r.Subject, len(r.Own), len(r.Responses))
		}
	}
	for _, c := range s.Chronicle.Forward() {
		if f, ok := c.Fact.(meeting.FloorGiven); ok && f.For == meeting.ForCriticism {
			aloud++
		}
	}
	if criticisms < 5 || aloud == 0 {
		t.Errorf("%d criticisms, %d of them aloud", criticisms, aloud)
	}
	if len(s.Notes) < 5 || len(s.Resolutions) != 2 || !s.Resolutions[0].Passed {
		t.Errorf("%d notes, resolutions %+v", len(s.Notes), s.Resolutions)
	}
	if s.Vote().Checked.Len() != 9 {
		t.Errorf("%d robots found their receipt", s.Vote().Checked.Len())
	}
	if len(s.Vote().Comments) == 0 {
		t.Error("nobody had a remark")
	}
	if meter := s.Cap(); meter.Left() < 0 {
		t.Errorf("the committee went over the cap: %+v", meter)
	}
	h.sums()
}

// TestRobotsOutliveTheServer takes the server away when the box is sealed, when
// it is open and when it is closed: the scrutineers' keys are gone then.
func TestRobotsOutliveTheServer(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	h.SignsIn("m08")
	h.ComesTo(preset.Ballot)
	ended := make(chan error, 1)
	go func() { ended <- h.meets(ctx) }()
	for _, state := range []meeting.BoxState{meeting.BoxSealed, meeting.BoxOpened, meeting.BoxClosed} {
		h.until(ctx, state)
		h.stop()
		h.open()
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if h.hall.State().Phase != meeting.After {
		t.Errorf("phase %s", h.hall.State().Phase)
	}
	h.sums()
}

// until waits for the box to come to a state or beyond it.
func (h *house) until(ctx context.Context, state meeting.BoxState) {
	h.t.Helper()
	moved, stop := h.hall.Watch()
	defer stop()
	for {
		if v := h.hall.State().Vote(); v != nil && reached(v.State, state) {
			return
		}
		select {
		case <-moved:
		case <-ctx.Done():
			h.t.Fatalf("the box never is %s", state)
		}
	}
}

func reached(is, want meeting.BoxState) bool {
	order := map[meeting.BoxState]int{meeting.BoxSealing: 1, meeting.BoxSealed: 2, meeting.BoxOpened: 3, meeting.BoxClosed: 4, meeting.BoxCounted: 5}
	return order[is] >= order[want]
}

func TestAWrongCodeEndsARobot(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	at := robot.Server{Addr: h.addr, HostKey: h.key.PublicKey()}
	if err := robot.Run(ctx, at, robot.Persona{ID: "m02", Code: "AAAAA-AAAAA"}); err == nil || ctx.Err() != nil {
		t.Errorf("%v", err)
	}
	other, err := gossh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		t.Fatal(err)
	}
	if err := robot.Run(ctx, robot.Server{Addr: h.addr, HostKey: other}, robot.Persona{ID: "m02", Code: h.codes["m02"]}); err == nil || ctx.Err() != nil {
		t.Errorf("another server's key: %v", err)
	}
}

func TestARobotStopsWhenItsContextDoes(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	at := robot.Server{Addr: h.addr, HostKey: h.key.PublicKey()}
	go func() { ended <- robot.Run(ctx, at, robot.Persona{ID: "m02", Code: h.codes["m02"]}) }()
	moved, stop := h.hall.Watch()
	defer stop()
	for !h.hall.State().Attendance.Of("m02").Present {
		<-moved
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
