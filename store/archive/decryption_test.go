package archive_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
)

// kept is a meeting in memory whose events are kept.
type kept struct {
	*meetingtest.Memory
	events []meeting.Event
}

func (k *kept) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	events, err := k.Memory.Do(ctx, r)
	k.events = append(k.events, events...)
	return events, err
}

// shifted is the log of a vote in which all six gave 不合格 to m05, and m03, a
// scrutineer, cast the last ballot so that it can turn them into 优秀. The
// partial decryptions in it are honest; forged is that of the attack.
func shifted(t *testing.T) (events []meeting.Event, forged meeting.Unseal) {
	t.Helper()
	const row, best, worst = 4, 0, 3
	k := &kept{Memory: meetingtest.NewMemory()}
	room := meetingtest.NewRoomOn(k)
	m := meetingtest.New(t, room)
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Members(6).Post(1, "书记")...)
	m.Sits(preset.Ballot)
	m.Opened("m03", "m04")
	for _, id := range meetingtest.IDs("m01", "m02", "m04", "m05", "m06") {
		m.Casts(id, worst)
	}
	shift, last := room.Urn.Shift(k.State(), "m03", row, worst, best, 6)
	m.Does("m03", last)
	m.Closes()
	forged = shift.Unseal(k.State().Vote())
	m.Unsealed()
	return k.events, forged
}

// verified exports a log whose facts were altered, and verifies the folder.
func verified(t *testing.T, events []meeting.Event, alter func(meeting.Event) meeting.Fact) *archive.Findings {
	t.Helper()
	log, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	var chain store.Chain
	for _, e := range events {
		e.Fact = alter(e)
		body, class, blob, err := meeting.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		r := chain.Next(body, string(class), blob)
		if err := chain.Add(r); err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(t.Context(), r.Seq-1, r.Encode()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := archive.Make(t.Context(), log, archive.Press{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := archive.Write(t.Context(), dir, files); err != nil {
		t.Fatal(err)
	}
	found, err := archive.Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The archive of the shifted vote is good by itself. The folder shows the attack,
// whatever stands in the log for the second proofs.
func TestAFolderShowsAShiftedResult(t *testing.T) {
	events, forged := shifted(t)
	honest := verified(t, events, func(e meeting.Event) meeting.Fact { return e.Fact })
	if !honest.OK || len(honest.Notes) > 0 {
		t.Fatal(honest.Failures, honest.Notes)
	}
	p := forged.Partials[meeting.MemberBox]
	for name, record := range map[string][]byte{
		"archive.bound-bad":     p.Marshal(),
		"archive.bound-missing": p.Plain().Marshal(),
	} {
		found := verified(t, events, func(e meeting.Event) meeting.Fact {
			switch f := e.Fact.(type) {
			case meeting.Unsealed:
				if e.By == "m03" {
					return meeting.Unsealed{Partials: map[meeting.Channel][]byte{meeting.MemberBox: record}}
				}
			case meeting.Counted:
				sums := slices.Clone(f.Sums[meeting.MemberBox])
				sums[4] = []int{6, 0, 0, 0}
				return meeting.Counted{Sums: map[meeting.Channel][][]int{meeting.MemberBox: sums}}
			}
			return e.Fact
		})
		// One failure: but for the second proofs everything fits.
		if len(found.Failures) != 1 || !errors.Is(found.Failures[0], store.Code(name)) {
			t.Errorf("%s: %v", name, found.Failures)
		}
	}
}

// A log of before has no second proofs. It is in order, and that is said.
func TestAnOldLogIsInOrderUnlessOneIsStrict(t *testing.T) {
	events, _ := shifted(t)
	election := electionOf(t, events)
	found := verified(t, events, func(e meeting.Event) meeting.Fact {
		f, ok := e.Fact.(meeting.Unsealed)
		if !ok {
			return e.Fact
		}
		f.Partials = maps.Clone(f.Partials)
		for c, record := range f.Partials {
			p, err := election.ParsePartial(record)
			if err != nil {
				t.Fatal(err)
			}
			f.Partials[c] = p.Plain().Marshal()
		}
		return f
	})
	old := store.Code("archive.bound-old")
	if !found.OK || len(found.Notes) != 1 || !errors.Is(found.Notes[0], old) {
		t.Errorf("%v %v", found.Failures, found.Notes)
	}
	if found.Strict(); found.OK || len(found.Notes) > 0 || len(found.Failures) != 1 || !errors.Is(found.Failures[0], old) {
		t.Errorf("strict: %v %v", found.Failures, found.Notes)
	}
}

// A log that counts what was never summed is refused, and nothing panics.
func TestACountWithoutASumIsRefused(t *testing.T) {
	events, _ := shifted(t)
	found := verified(t, events, func(e meeting.Event) meeting.Fact {
		if _, ok := e.Fact.(meeting.Closed); ok {
			return meeting.Closed{}
		}
		return e.Fact
	})
	if found.OK {
		t.Error("a count without a sum is accepted")
	}
}

func electionOf(t *testing.T, events []meeting.Event) *ballot.Election {
	t.Helper()
	s := meeting.NewState()
	for _, e := range events {
		s = meeting.Apply(s, e)
	}
	return s.Vote().Members().Election
}
