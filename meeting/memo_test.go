package meeting_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// chair is the secretary of [meetingtest.Branch].
const chair = "m03"

// moments are those of a large meeting, by name, with what everybody has done by then.
// They are made of facts, because to play them would take minutes.
func moments(t meetingtest.TB, n int) map[string]*meeting.State {
	t.Helper()
	at := time.Date(2017, 3, 28, 14, 0, 0, 0, time.UTC)
	all := map[string]*meeting.State{}
	s := meeting.NewState()
	does := func(by meeting.MemberID, facts ...meeting.Fact) {
		for _, f := range facts {
			at = at.Add(time.Second)
			s = meeting.Apply(s, meeting.Event{By: by, At: at, Fact: f})
		}
	}
	opens := func(kind string) {
		for _, it := range s.Agenda {
			if it.Kind == kind {
				does(chair, meeting.ItemOpened{No: it.No})
			}
		}
	}
	does(meeting.Keeper, meeting.Founded{Branch: meetingtest.SampleBranch(), Rules: meetingtest.Rules(t, preset.Default)},
		meeting.RosterImported{People: meetingtest.Branch(n, 0)})
	people := s.Roster
	for i, m := range people {
		if i%10 == 9 {
			does(chair, meeting.AbsenceRecorded{ID: m.ID, Reason: "病假"})
		} else if i%2 == 0 {
			does(m.ID, meeting.SignedIn{ID: m.ID})
		}
	}
	all["signin"] = s
	for _, m := range people {
		does(m.ID, meeting.SignedIn{ID: m.ID})
	}
	opens(preset.Criticism)
	for i, m := range people[:n/2] {
		critic := people[(i+1)%n].ID
		does(chair, meeting.RoundMoved{ID: m.ID, Part: meeting.PartSelf})
		does(m.ID, meeting.SelfCriticised{ID: m.ID, Text: "学习不够"})
		does(chair, meeting.RoundMoved{ID: m.ID, Part: meeting.PartCriticism, Spoke: true}, meeting.FloorGiven{ID: critic, For: meeting.ForCriticism, Limit: 180})
		does(critic, meeting.Criticised{From: critic, Of: m.ID, Text: "走访少"}, meeting.FloorYielded{ID: critic, For: meeting.ForCriticism, Seconds: 60})
		does(chair, meeting.RoundMoved{ID: m.ID, Part: meeting.PartDone, Spoke: true})
	}
	does(chair, meeting.RoundMoved{ID: people[n/2].ID, Part: meeting.PartSelf}, meeting.FloorGiven{ID: people[n/2].ID, For: meeting.ForSelfCriticism, Limit: 300})
	all["criticism"] = s
	opens(preset.SelfRating)
	for _, m := range people[:n/2] {
		does(m.ID, meeting.SelfRated{ID: m.ID, Grade: "合格"})
	}
	all["self-rating"] = s
	opens(preset.Ballot)
	does(chair, meeting.ScrutineersNamed{Vote: 1, IDs: []meeting.MemberID{people[4].ID, people[6].ID}})
	all["vote"] = voting(s)
	s = all["vote"]
	opens(preset.Rating)
	for _, m := range people[:n/2] {
		does(chair, meeting.Rated{ID: m.ID, Grade: "合格", Reason: "一贯"})
	}
	all["rating"] = s
	return all
}

// voting is a meeting whose box is open, and has the ballots of half of its voters.
func voting(s *meeting.State) *meeting.State {
	next := *s
	v := *s.Vote()
	box := &meeting.Box{Channel: meeting.MemberBox, Voters: s.Electorate(meeting.MemberBox)}
	for _, id := range box.Voters[:len(box.Voters)/2] {
		box.Returned = box.Returned.With(id, meeting.ReturnedBallot{Receipt: "x", Times: 1})
	}
	v.State, v.Subjects = meeting.BoxOpened, s.ToGrade()
	v.Voting(box)
	next.Votes = []*meeting.Vote{&v}
	return meeting.Apply(&next, meeting.Event{By: chair, At: s.Chronicle.At, Fact: meeting.PlaceNoted{Place: "会议室"}})
}

// changedState is the state after a change that is nobody's business.
func changedState(s *meeting.State) *meeting.State {
	return meeting.Apply(s, meeting.Event{By: chair, At: s.Chronicle.At, Fact: meeting.PlaceNoted{Place: "会议室"}})
}

// mayAll asks for somebody about every action.
func mayAll(s *meeting.State, who meeting.MemberID) (n int) {
	for _, act := range meeting.Actions() {
		if meeting.May(s, who, act) == nil {
			n++
		}
	}
	return n
}

// looks asks what the page of the console asks.
func looks(s *meeting.State, who meeting.MemberID) string {
	now := s.Chronicle.At.Add(time.Minute)
	var out strings.Builder
	item, all := s.Left(now)
	following, _ := s.Following()
	limits, _ := s.ProposeLimits(now)
	fmt.Fprint(&out, s.Roll().Present, len(s.Checks()), meeting.NextStep(s).Act, s.Forecast(now), item, all, following.Title, s.Cap(), limits.People,
		len(s.ToCome()), len(s.Unheard()), len(s.Unreviewed()), len(s.Silent()), len(s.Ungraded()), len(s.ToGrade()), len(s.Participants()), len(s.Unrated()),
		len(s.Electorate(meeting.MemberBox)), s.Chair(), s.Host(), s.HasCommittee(), len(s.PartyGroups()), meeting.LastStep(s, who).Why, len(s.Seats(who)),
		s.OwnSpeeches(who), s.NextSubject(), s.Called(who), len(s.Wall().Roster))
	return out.String()
}

// eachMoment runs a benchmark at every moment, in a branch of 100 and in one of 2000.
func eachMoment(b *testing.B, names []string, run func(b *testing.B, s *meeting.State)) {
	for _, n := range []int{100, 2000} {
		all := moments(b, n)
		for _, name := range names {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				run(b, all[name])
			})
		}
	}
}

var momentNames = []string{"signin", "criticism", "self-rating", "vote", "rating"}

// BenchmarkMay is what `status` costs a person: after each change a hundred people ask
// about all actions.
func BenchmarkMay(b *testing.B) {
	eachMoment(b, momentNames, func(b *testing.B, s *meeting.State) {
		const people = 100
		for b.Loop() {
			next := changedState(s)
			for i := range people {
				mayAll(next, next.Roster[i].ID)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/people, "ns/person")
	})
}

// BenchmarkConsole is what the console asks after each change.
func BenchmarkConsole(b *testing.B) {
	eachMoment(b, momentNames, func(b *testing.B, s *meeting.State) {
		for b.Loop() {
			looks(changedState(s), chair)
		}
	})
}

// What a thousand people ask of a state is worked out once: whoever asks second
// costs the same in a branch of 100 and in one of 2000.
func TestWhatIsAskedOfAStateIsWorkedOutOnce(t *testing.T) {
	small, large := moments(t, 100), moments(t, 2000)
	for _, name := range momentNames {
		var costs [2]float64
		for i, s := range []*meeting.State{small[name], large[name]} {
			mayAll(s, "m01")
			looks(s, chair)
			costs[i] = testing.AllocsPerRun(3, func() {
				mayAll(s, "m07")
				looks(s, chair)
			})
		}
		if costs[1] > 1.5*costs[0]+50 {
			t.Errorf("%s: %.0f allocations in a branch of 100, %.0f in one of 2000", name, costs[0], costs[1])
		}
	}
}

// A copy that somebody changes answers for itself, and so does the state after it.
func TestAChangedCopyAnswersForItself(t *testing.T) {
	s := moments(t, 100)["signin"]
	before := s.Roll().Present
	copied := *s
	copied.Attendance = meeting.Map[meeting.MemberID, meeting.Attendance]{}
	same(t, "the copy", copied.Roll().Present, 0)
	same(t, "the state", s.Roll().Present, before)
	next := meeting.Apply(s, meeting.Event{By: "m02", At: s.Chronicle.At, Fact: meeting.SignedIn{ID: "m02"}})
	same(t, "the next state", next.Roll().Present, before+1)
	same(t, "the state still", s.Roll().Present, before)
}

// Every answer is the one that a copy works out for itself, also when many ask at
// once (-race).
func TestManyAskAtOnce(t *testing.T) {
	for name, s := range moments(t, 100) {
		copied := *s
		want := looks(&copied, chair) + fmt.Sprint(s.Chronicle.Len(), mayAll(&copied, "m07"))
		var asking sync.WaitGroup
		for range 8 {
			asking.Go(func() {
				if got := looks(s, chair) + fmt.Sprint(s.Chronicle.Len(), mayAll(s, "m07")); got != want {
					t.Errorf("%s: got %s, want %s", name, got, want)
				}
			})
		}
		asking.Wait()
	}
}
