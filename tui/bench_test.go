package tui

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// BenchmarkAChangeOnAMembersScreen is what one change costs a session before
// its bytes are sent.
func BenchmarkAChangeOnAMembersScreen(b *testing.B) {
	for _, who := range []meeting.MemberID{"m05", "m03", meeting.Screen} {
		for name, gallery := range map[string]*Gallery{"alone": nil, "shared": {}} {
			b.Run(string(who)+"/"+name, func(b *testing.B) {
				p := momentOf(b, "criticism-critic")
				p.gallery = gallery
				s := p.as(who)
				b.ReportAllocs()
				for b.Loop() {
					s.app.Update(movedMsg{})
				}
			})
		}
		b.Run(string(who)+"/data", func(b *testing.B) {
			s := momentOf(b, "criticism-critic").tapsAs(who)
			b.ReportAllocs()
			for b.Loop() {
				s.streamer.update(movedMsg{})
			}
		})
	}
}

// BenchmarkTheSuperiorsTable is the table of 40 branches of 300 members with 2,000
// lines in the ledger: when it is opened, and when something has moved.
func BenchmarkTheSuperiorsTable(b *testing.B) {
	p := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	p.Sits("closing")
	for i := range 2000 {
		p.Does("m03", meetingtest.Writes("ledger", 0, "member", fmt.Sprintf("m%02d", 1+i%9), "problem", "走访少", "due", "2017-06-30"))
	}
	for _, at := range []string{"opened", "moved"} {
		b.Run(at, func(b *testing.B) {
			s := p.superior(0)
			o, _ := s.app.Above.(*organisation)
			for i := range 39 {
				other := *p.State()
				other.Branch.ID = fmt.Sprintf("b%d", i+2)
				o.beside = append(o.beside, &other)
			}
			for b.Loop() {
				if at == "opened" {
					s.app.layers[0] = newBranchTable(s.app)
				}
				s.app.Update(movedMsg{})
			}
		})
	}
}

// BenchmarkWhatWaits are the pages of 等你办, 会前体检 and the archive in a branch of 300
// members, with 2,000 lines in the ledger once there can be some.
func BenchmarkWhatWaits(b *testing.B) {
	before := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	after := playIn(b, newRoom(b, "seed-2017", branchOf(300)), 120, 40)
	after.Sits("closing")
	for i := range 2000 {
		after.Does("m03", meetingtest.Writes("ledger", 0, "member", fmt.Sprintf("m%02d", 1+i%9), "problem", "走访少", "due", "2017-03-10"))
	}
	after.Ends()
	for _, c := range []struct {
		name string
		of   *play
		who  meeting.MemberID
		keys string
	}{
		{"console", before, "m03", ""},
		{"member", before, "m05", ""},
		{"tasks", before, "m03", "m @tasks"},
		{"ready", before, "m02", "m @ready"},
		{"calendar", before, "m05", "@tasks @calendar"},
		{"after", after, "m03", "m @tasks"},
		{"after-member", after, "m05", ""},
		{"archive", after, "m03", "esc esc m @archive"},
		{"records", after, "m03", "esc esc m @records"},
		{"ledger", after, "m03", "esc esc m @records @kind:ledger"},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := c.of.as(c.who).opens(c.keys)
			b.ReportAllocs()
			for b.Loop() {
				s.app.waits, s.app.gates = waiting{}, gates{} // as when the meeting has moved
				s.app.Update(movedMsg{})
			}
		})
	}
}

// BenchmarkAChangeThatAllSee is what a change costs a session, before its bytes are
// sent, in a branch whose members all look: before the meeting somebody signs in, in
// the meeting the chair gives the floor, and somebody speaks for a second.
func BenchmarkAChangeThatAllSee(b *testing.B) {
	for _, n := range []int{100, 1000, 2000} {
		for _, when := range []string{"before", "live", "second"} {
			b.Run(fmt.Sprint(when, "/", n), func(b *testing.B) {
				p := playIn(b, newRoom(b, "seed-2017", branchOf(n)), 80, 24)
				p.gallery = &Gallery{}
				if when != "before" {
					p.SignsIn()
					p.Does("m03", meeting.Next{})
					p.Does("m03", meeting.GiveFloor{ID: "m09"})
				}
				var apps []*App
				for i := range n / 2 {
					apps = append(apps, p.as(meeting.MemberID(fmt.Sprintf("m%02d", 10+i))).app)
				}
				p.seats = map[meeting.MemberID]*seat{} // they are told below
				b.ReportAllocs()
				var msg any = movedMsg{}
				i := 0
				for b.Loop() {
					if i%len(apps) == 0 {
						switch when {
						case "second":
							msg = tickMsg{}
							p.room.Later(time.Second)
						case "live":
							p.room.Happens("m03", meeting.FloorGiven{ID: meeting.MemberID(fmt.Sprintf("m%02d", 8+i/len(apps)%2)), For: meeting.ForSpeech})
						default:
							p.room.Happens("m01", meeting.SignedIn{ID: meeting.MemberID(fmt.Sprintf("m%02d", 10+n/2+i/len(apps)%(n/2-11)))})
						}
					}
					apps[i%len(apps)].Update(msg)
					i++
				}
			})
		}
	}
}

// BenchmarkAPageAfterARecord is a member's first page after somebody has written
// something, in a branch in which everybody has written: a talk with each neighbour that
// lacks a signature, an outline, and a line of the ledger. What it costs is to be flat.
func BenchmarkAPageAfterARecord(b *testing.B) {
	for _, n := range []int{100, 1000, 2000} {
		p := playIn(b, newRoom(b, "seed-2017", branchOf(n)), 80, 24)
		p.SignsIn()
		for i := range n - 10 {
			p.Does(memberOf(5+i), meetingtest.Writes("talk", 0, "kind", "党员互谈", "with", fmt.Sprintf("[%q]", memberOf(6+i)), "at", "2017-03-11", "means", "面谈", "content", "谈了学习"),
				meetingtest.Writes("outline", 0, "causes", "忙于事务"))
		}
		live := playIn(b, copyOf(p.room), 80, 24)
		live.ComesTo(preset.Criticism)
		after := playIn(b, copyOf(p.room), 80, 24)
		after.ComesTo("closing")
		for i := range n - 10 {
			after.Does("m03", meetingtest.Writes("ledger", 0, "member", string(memberOf(5+i)), "problem", "走访少", "due", "2017-03-10"))
		}
		after.Ends()
		for _, when := range []struct {
			name string
			p    *play
		}{{"before", p}, {"live", live}, {"after", after}} {
			b.Run(fmt.Sprint(when.name, "/", n), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					if i%(n/2) == 0 {
						when.p.Does("m03", meetingtest.Writes("opinion", 0, "source", "党员", "text", "多开座谈会"))
					}
					a := New(Config{Room: when.p.room, Who: memberOf(5 + i%(n/2)), Ctx: b.Context(), Width: 80, Height: 24})
					if a.View().Content == "" {
						b.Fatal("an empty page")
					}
					i++
				}
			})
		}
	}
}

func memberOf(i int) meeting.MemberID { return meeting.MemberID(fmt.Sprintf("m%02d", i)) }

// BenchmarkAPageOfALargeBranch is a key on the pages that list everybody: their cost
// is to grow no faster than the branch.
func BenchmarkAPageOfALargeBranch(b *testing.B) {
	for _, n := range []int{100, 2000} {
		talks := playIn(b, newRoom(b, "seed-2017", branchOf(n)), 120, 40)
		talks.SignsIn()
		talks.ComesTo(preset.Criticism)
		talks.Does("m03", meeting.GiveFloor{ID: "m05"})
		rates := playIn(b, copyOf(talks.room), 120, 40)
		rates.GoTo(preset.Rating)
		votes := playIn(b, newRoom(b, "seed-2017", branchOf(min(n, 300))), 120, 40) // a ballot has no more rows
		votes.Sits(preset.Ballot)
		votes.Opened("m02", "m04")
		for _, c := range []struct {
			name string
			of   *play
			keys string
		}{
			{"console", talks, ""},
			{"menu", talks, "m"},
			{"find", talks, "/ d y"},
			{"absent", talks, "a"},
			{"spoken", talks, "i"},
			{"call", talks, "f"},
			{"rating", rates, "t"},
			{"vote", votes, ""},
			{"missing", votes, "w"},
		} {
			b.Run(fmt.Sprint(c.name, "/", n), func(b *testing.B) {
				delete(c.of.seats, "m03")
				s := c.of.as("m03").opens(c.keys)
				b.ReportAllocs()
				for b.Loop() {
					s.app.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
				}
			})
		}
	}
}

// BenchmarkAScreenOpens is what it costs that a member comes, of many who are there.
func BenchmarkAScreenOpens(b *testing.B) {
	for _, n := range []int{60, 1000} {
		for _, what := range []string{"screen", "data"} {
			b.Run(fmt.Sprint(n, "/", what), func(b *testing.B) {
				room := newRoom(b, "seed-2017", branchOf(n))
				gallery, drafts := &Gallery{}, &Drafts{}
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					i++
					c := Config{Room: room, Who: meeting.MemberID(fmt.Sprintf("m%02d", 1+i%n)), Ctx: b.Context(), Drafts: drafts, Gallery: gallery, Width: 80, Height: 24, Awoken: true}
					if what == "screen" {
						New(c).stop()
						continue
					}
					s := newStreamer(b.Context(), &c, &bytes.Buffer{})
					s.begin()
					s.close()
				}
			})
		}
	}
}
