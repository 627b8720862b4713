package meeting_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// longLists is a branch in which everything is written that can become long.
func longLists(t meetingtest.TB, members int) *meeting.State {
	t.Helper()
	return folded([]meeting.Event{
		{Fact: meeting.Founded{Branch: meetingtest.SampleBranch(), Rules: meetingtest.Rules(t, preset.Default)}},
		{Fact: meeting.RosterImported{People: meetingtest.Branch(members, 0)}},
		{Fact: meeting.ItemOpened{No: 1}},
	})
}

// boxOpen is a state with the open box of the recorded meeting.
func boxOpen(t meetingtest.TB, s *meeting.State) *meeting.State {
	t.Helper()
	_, events := recorded(t)
	for _, e := range events {
		switch e.Fact.(type) {
		case meeting.ScrutineersNamed:
			s = meeting.Apply(s, e)
		case meeting.Opened:
			return meeting.Apply(s, e)
		}
	}
	t.Fatalf("no box was opened in the recorded meeting")
	return nil
}

// happens is the event of number i with one of the facts below, by one of n members.
func happens(n, i int, fact func(n, i int) meeting.Fact) meeting.Event {
	return meeting.Event{By: meetingtest.ID(i%n + 1), At: time.Unix(int64(i), 0).UTC(), Fact: fact(n, i)}
}

// whole is all that a state holds, with what no [meetingtest.Dump] shows.
func whole(s *meeting.State) string {
	text := meetingtest.Dump(s)
	for _, m := range s.Roster {
		text += fmt.Sprintln(m.ID, s.UnusedFiles(m.ID))
	}
	return text
}

// longFacts makes one fact of each kind of which there can be thousands.
var longFacts = []func(n, i int) meeting.Fact{
	func(_, i int) meeting.Fact { return meeting.Noted{Item: 1, Text: fmt.Sprint("记录", i)} },
	func(_, i int) meeting.Fact { return meeting.Noted{Item: 1, Text: fmt.Sprint("更正", i), Corrects: 1} },
	func(_, i int) meeting.Fact { return meeting.Resolved{Text: fmt.Sprint("决议", i)} },
	func(_, i int) meeting.Fact { return meeting.OpinionHandedIn{Box: []byte(fmt.Sprint(i))} },
	func(n, i int) meeting.Fact {
		return meeting.AbsenceRecorded{ID: meetingtest.ID(i%n + 1), Reason: fmt.Sprint("事假", i)}
	},
	func(n, i int) meeting.Fact { return meeting.SignedIn{ID: meetingtest.ID(i%n + 1)} },
	func(n, i int) meeting.Fact {
		return meeting.RecordWritten{Form: "ledger", No: i%n + 1, Rev: i/n + 1, Version: 1, State: meeting.OpenState, Values: map[string]string{"problem": fmt.Sprint("问题", i)}}
	},
	func(n, i int) meeting.Fact {
		return meeting.CodesIssued{Hashes: map[meeting.MemberID]string{meetingtest.ID(i%n + 1): fmt.Sprint(i)}}
	},
	func(n, i int) meeting.Fact { return meeting.SelfRated{ID: meetingtest.ID(i%n + 1), Grade: "合格"} },
	func(n, i int) meeting.Fact { return meeting.Rated{ID: meetingtest.ID(i%n + 1), Grade: "合格"} },
	func(n, i int) meeting.Fact {
		return meeting.SelfCriticised{ID: meetingtest.ID(i%n + 1), Text: fmt.Sprint("自评", i)}
	},
	func(n, i int) meeting.Fact {
		return meeting.FeedbackGiven{ID: meetingtest.ID(i%n + 1), Approval: fmt.Sprint(i)}
	},
	func(n, i int) meeting.Fact {
		return meeting.KeyRemembered{No: i + 1, Who: meetingtest.ID(i%n + 1), Key: fmt.Sprint("ssh-ed25519 ", i)}
	},
	func(_, i int) meeting.Fact {
		return meeting.FileAdded{File: meeting.File{Hash: fmt.Sprintf("%064x", i), Name: "照片.jpg", Size: i}}
	},
}

// boxFacts are those that an open box wants.
var boxFacts = []func(n, i int) meeting.Fact{
	func(_, i int) meeting.Fact {
		return meeting.BallotCast{Channel: meeting.MemberBox, Receipt: fmt.Sprint(i), Times: i + 1}
	},
	func(int, int) meeting.Fact { return meeting.ReceiptChecked{} },
}

// rareFacts take out what those of longFacts put in.
var rareFacts = []func(n, i int) meeting.Fact{
	func(n, i int) meeting.Fact {
		return meeting.CodesRevoked{IDs: []meeting.MemberID{meetingtest.ID(i%n + 1)}}
	},
	func(n, i int) meeting.Fact { return meeting.MemberRemoved{ID: meetingtest.ID(i%n + 1)} },
	func(n, i int) meeting.Fact { return meeting.Rated{ID: meetingtest.ID(i%n + 1)} },
	func(_, i int) meeting.Fact { return meeting.KeyForgotten{No: i/2 + 1} },
	func(n, i int) meeting.Fact { return meeting.FilesTaken{Hashes: []string{fmt.Sprintf("%064x", i-n)}} },
}

// Whatever follows from one state, in whatever order, shows in no other one that
// follows from it, nor in it: each is as if it had been folded alone.
func TestStatesThatFollowFromOneAreApart(t *testing.T) {
	begin := boxOpen(t, longLists(t, 9))
	var begun []meeting.Event
	for _, c := range begin.Chronicle.Forward() {
		begun = append(begun, c.Event)
	}
	all := slices.Concat(longFacts, boxFacts, rareFacts)
	rapid.Check(t, func(t *rapid.T) {
		type branch struct {
			s     *meeting.State
			facts []meeting.Event
		}
		states := []branch{{s: begin}}
		var reading sync.WaitGroup
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			from := states[rapid.IntRange(max(0, len(states)-4), len(states)-1).Draw(t, "from")]
			e := happens(9, i, all[rapid.IntRange(0, len(all)-1).Draw(t, "fact")])
			reading.Go(func() { whole(from.s) }) // others read what is published (-race)
			states = append(states, branch{meeting.Apply(from.s, e), append(from.facts[:len(from.facts):len(from.facts)], e)})
		}
		reading.Wait()
		for _, b := range states {
			alone := begin
			for _, e := range b.facts {
				next := *alone // a copy is nobody's first follower: nothing is added in place
				alone = meeting.Apply(&next, e)
			}
			machine := meeting.Machine{}
			inPlace := machine.Alone()
			for _, e := range append(begun[:len(begun):len(begun)], b.facts...) {
				inPlace = machine.Apply(inPlace, e)
			}
			want := whole(alone)
			for how, got := range map[string]string{"one of several": whole(b.s), "in place": whole(machine.Shared(inPlace))} {
				if got != want {
					t.Fatalf("%s: after %d facts: got %s, want %s", how, len(b.facts), got, want)
				}
			}
		}
	})
}

// BenchmarkFold is a fact of which there are thousands already.
func BenchmarkFold(b *testing.B) {
	for f, name := range []string{"notes", "corrections", "resolutions", "opinions", "absences", "sign-ins", "records", "codes", "self-ratings", "ratings", "self-criticisms", "feedback", "devices", "files"} {
		for _, n := range []int{2000, 20000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					s := longLists(b, 2000)
					for i := range n {
						s = meeting.Apply(s, happens(2000, i, longFacts[f]))
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/fact")
			})
		}
	}
}

// What happened costs the same where two thousand have signed in, have codes, grades and
// ballots as where two hundred have: nothing is copied for each of them.
func TestAFactIsNoDearerInALargeBranch(t *testing.T) {
	const facts = 100
	var before, after runtime.MemStats
	for f, fact := range slices.Concat(longFacts, boxFacts) {
		var costs [2]uint64
		for k, n := range []int{200, 2000} {
			s := longLists(t, n)
			if f >= len(longFacts) {
				s = boxOpen(t, s)
			}
			for i := range n {
				s = meeting.Apply(s, happens(n, i, fact))
			}
			runtime.ReadMemStats(&before)
			for i := range facts {
				s = meeting.Apply(s, happens(n, n+i, fact))
			}
			runtime.ReadMemStats(&after)
			costs[k] = (after.TotalAlloc - before.TotalAlloc) / facts
		}
		if costs[1] > 2*costs[0] {
			t.Errorf("%T: %d bytes where there are 200 members, %d where there are 2000", fact(1, 1), costs[0], costs[1])
		}
	}
}

// BenchmarkSignIn is one of many who sign in.
func BenchmarkSignIn(b *testing.B) {
	for _, n := range []int{100, 1000, 2000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := longLists(b, n)
			for i := range n {
				s = meeting.Apply(s, meeting.Event{Fact: meeting.SignedIn{ID: meetingtest.ID(i + 1)}})
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				s = meeting.Apply(s, meeting.Event{Fact: meeting.SignedIn{ID: meetingtest.ID(i%n + 1)}})
				i++
			}
		})
	}
}
