// Package meetingtest holds a meeting for every test that needs one: sample
// people and rules, the moves of a meeting in the order and the words in which
// people make them, and real ballots under real keys.
//
// A [Meeting] is played at a [Hall]: the one of package hall, or a [Room], which
// needs no store. So the same moves lead the pure core, a log on a disk and a
// server to the same moment:
//
//	m := meetingtest.New(t, meetingtest.NewRoom())
//	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
//	m.Sits(preset.Ballot, "m06")
//	m.Opened("m05", "m07")
//	m.Casts("m01", 0, 1)
//	m.Refused("m06", meeting.CloseBox{}, meeting.ConsoleOnly)
package meetingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pingyi/meeting"
)

// TB is a test, a benchmark, a fuzz target, or one run of a property.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Hall is where a meeting is held: it does what people ask for, and keeps the
// secrets of its ballots. Its errors are *[meeting.Refusal], or say that
// nothing could be written.
type Hall interface {
	State() *meeting.State
	Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error)

	Code(who meeting.MemberID) (string, error)
	Seal(ctx context.Context, who meeting.MemberID, code string) error
	Open(ctx context.Context, who meeting.MemberID, reason string) error
	Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error)
	Unseal(ctx context.Context, who meeting.MemberID, code string) error
}

// Meeting is a meeting that a test plays. If what its people do is refused, the
// test fails.
type Meeting struct {
	T TB
	Hall
	codes map[meeting.MemberID]string // recovery codes, as the scrutineers have them on paper
}

// New returns the meeting in a hall.
func New(t TB, hall Hall) *Meeting {
	return &Meeting{T: t, Hall: hall, codes: map[meeting.MemberID]string{}}
}

// Tries has somebody ask for something, and returns the answer.
func (m *Meeting) Tries(who meeting.MemberID, c meeting.Command) error {
	_, err := m.Act(context.Background(), who, c)
	return err
}

// Does has somebody do things one after another.
func (m *Meeting) Does(who meeting.MemberID, cmds ...meeting.Command) {
	m.T.Helper()
	for _, c := range cmds {
		if err := m.Tries(who, c); err != nil {
			m.T.Fatalf("%q %T: %v", who, c, err)
		}
	}
}

// Refused expects that somebody is refused something with the code want. If
// args are given, the refusal must have the same ones.
func (m *Meeting) Refused(who meeting.MemberID, c meeting.Command, want meeting.Code, args ...string) {
	m.T.Helper()
	before := m.State()
	var no *meeting.Refusal
	err := m.Tries(who, c)
	if !errors.As(err, &no) || no.Code != want || len(args) > 0 && !slices.Equal(no.Args, args) {
		m.T.Errorf("%q %T: got %v, want %s %v", who, c, err, want, args)
	}
	if err != nil && m.State() != before {
		m.T.Fatalf("%q %T was refused and still did something", who, c)
	}
}

// Greyed expects that an action is refused to somebody with the code want.
func (m *Meeting) Greyed(who meeting.MemberID, act meeting.Action, want meeting.Code) {
	m.T.Helper()
	if no := meeting.May(m.State(), who, act); no == nil || no.Code != want {
		m.T.Errorf("%q may %s: got %v, want %s", who, act, no, want)
	}
}

// Code returns the code of a refusal. For another error it returns a text that
// is no code, so that a failing test shows the error.
func Code(err error) meeting.Code {
	var no *meeting.Refusal
	if errors.As(err, &no) {
		return no.Code
	}
	return meeting.Code(fmt.Sprint("no refusal: ", err))
}
