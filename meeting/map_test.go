package meeting_test

import (
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"pingyi/meeting"
)

// A map is what one of the language would be, and so is every map before it.
func TestAMapStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			ours meeting.Map[meeting.MemberID, int]
			want map[meeting.MemberID]int
		}
		pairs := []pair{{want: map[meeting.MemberID]int{}}}
		for i := range rapid.IntRange(1, 300).Draw(t, "steps") {
			from := pairs[rapid.IntRange(max(0, len(pairs)-3), len(pairs)-1).Draw(t, "from")]
			id := meeting.MemberID(fmt.Sprint("m", rapid.IntRange(1, 60).Draw(t, "id")))
			next := pair{want: maps.Clone(from.want)}
			if rapid.IntRange(0, 3).Draw(t, "out") == 0 {
				next.ours = from.ours.Without(id)
				delete(next.want, id)
			} else {
				next.ours = from.ours.With(id, i)
				next.want[id] = i
			}
			pairs = append(pairs, next)
		}
		for _, p := range pairs {
			if got := maps.Collect(p.ours.All()); !maps.Equal(got, p.want) || p.ours.Len() != len(p.want) || p.ours.String() != fmt.Sprint(p.want) {
				t.Fatalf("got %v, %d entries, want %v", p.ours, p.ours.Len(), p.want)
			}
			for n := range 61 {
				id := meeting.MemberID(fmt.Sprint("m", n))
				want, has := p.want[id]
				if got, ok := p.ours.Get(id); got != want || ok != has || p.ours.Has(id) != has || p.ours.Of(id) != want {
					t.Fatalf("%s: got %d, %t, want %d, %t", id, got, ok, want, has)
				}
			}
		}
	})
}

// Who stops after the first entry gets no other one.
func TestOneEntryOfAMapIsEnough(t *testing.T) {
	var m meeting.Map[meeting.MemberID, int]
	for i := range 100 {
		m = m.With(meeting.MemberID(fmt.Sprint(i)), i)
	}
	n := 0
	for range m.All() {
		n++
		break
	}
	same(t, "entries", n, 1)
}
