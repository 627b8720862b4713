package meeting_test

import (
	"fmt"
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
}

// Whatever follows from one state, in whatever order, shows in no other one that
// follows from it, nor in it: each is as if it had been folded alone.
func TestStatesThatFollowFromOneAreApart(t *testing.T) {
	begin := longLists(t, 9)
	var begun []meeting.Event
	for _, c := range begin.Chronicle.Forward() {
		begun = append(begun, c.Event)
	}
	rapid.Check(t, func(t *rapid.T) {
		type branch struct {
			s     *meeting.State
			facts []meeting.Event
		}
		all := []branch{{s: begin}}
		var reading sync.WaitGroup
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			from := all[rapid.IntRange(max(0, len(all)-4), len(all)-1).Draw(t, "from")]
			e := meeting.Event{At: time.Unix(int64(i), 0).UTC(), Fact: longFacts[rapid.IntRange(0, len(longFacts)-1).Draw(t, "fact")](9, i)}
			reading.Go(func() { meetingtest.Dump(from.s) }) // others read what is published (-race)
			all = append(all, branch{meeting.Apply(from.s, e), append(from.facts[:len(from.facts):len(from.facts)], e)})
		}
		reading.Wait()
		for _, b := range all {
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
			want := meetingtest.Dump(alone)
			for how, got := range map[string]string{"one of several": meetingtest.Dump(b.s), "in place": meetingtest.Dump(machine.Shared(inPlace))} {
				if got != want {
					t.Fatalf("%s: after %d facts: got %s, want %s", how, len(b.facts), got, want)
				}
			}
		}
	})
}

// BenchmarkFold is a fact of which there are thousands already.
func BenchmarkFold(b *testing.B) {
	for f, name := range []string{"notes", "corrections", "resolutions", "opinions", "absences", "sign-ins", "records", "codes", "self-ratings", "ratings", "self-criticisms"} {
		for _, n := range []int{2000, 20000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					s := longLists(b, 2000)
					for i := range n {
						s = meeting.Apply(s, meeting.Event{Fact: longFacts[f](2000, i)})
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/fact")
			})
		}
	}
}
