package meeting_test

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// canary is a word that may stand in what people write, and never on the wall.
const canary = "金丝雀"

// known are the fields whose content the wall may know: the whole list. What
// else a state holds, now or one day, has to be gone.
var known = []string{
	"Branch.", "Rules.", "Phase", "Rehearsal", "Roster[].ID", "Roster[].Name", "Roster[].Kind", "Roster[].PartyPost", "Roster[].Group", "Consoles[]", "Recorder", "GroupRecorders[]",
	"Attendance[].At", "Attendance[].Left", "Attendance[].Present", "Attendance[].Written", "Agenda[].No", "Agenda[].Kind", "Agenda[].Title",
	"Agenda[].Status", "Agenda[].Times", "Agenda[].Began", "Agenda[].Ended", "Current", "Floor.", "Recesses[].", "Rounds[].Subject", "Rounds[].Part",
	"Rounds[].Spoke", "Subject", "ReadFor[]", "Guide.ID", "Guide.Name", "Coarser", "Submitted", "Votes[].No", "Votes[].State", "Votes[].Scrutineers[]", "Votes[].Subjects[]",
	"Votes[].Branch", "Votes[].Opened", "Votes[].Closed", "Votes[].Counted", "Votes[].Heard.", "Votes[].Recoded[]", "Votes[].Head.", "Votes[].Confirmed.Voters", "Votes[].Confirmed.Checked", "Votes[].Boxes[].Channel", "Table.", "Final.",
	whispers, hung, worded, "Placard.Break", "Placard.Seconds", "Placard.Since", "Placard.clock", "Votes[].Passed.", "Votes[].Agreed.Returned", // the resolution stays off the wall whole
}

// whispers are the texts of those who are absent: the roll says their reasons.
const whispers = "Attendance[].Reason"

// hung is the sentence that was put on the wall.
const hung = "Placard.Text"

// worded are the open item's own words.
const worded = "Agenda[].Text"

// guides are the names of the guide, who is called by it.
var guides = []string{"Guide.Name", "Superiors[].Name"}

// lace puts the canary, or a number that nobody counts to, into every field of
// a copy of v that the wall may not know.
func lace(v reflect.Value, path string) reflect.Value {
	next := reflect.New(v.Type()).Elem()
	next.Set(v)
	if slices.ContainsFunc(known, func(k string) bool { return path == k || strings.HasSuffix(k, ".") && strings.HasPrefix(path, k) }) {
		return next
	}
	if all := entriesOf(v); all != nil {
		next.SetZero()
		for k, one := range all {
			next = next.MethodByName("With").Call([]reflect.Value{k, lace(one, path+"[]")})[0]
		}
		return next
	}
	if all := elementsOf(v); all != nil {
		next.SetZero()
		for one := range all {
			next = next.MethodByName("With").Call([]reflect.Value{lace(one.Elem(), path+"[]")})[0]
		}
		return next
	}
	switch v.Kind() {
	case reflect.String:
		next.SetString(canary + path)
	case reflect.Int:
		next.SetInt(7000 + v.Int())
	case reflect.Struct:
		if strings.HasSuffix(v.Type().PkgPath(), "/ballot") || v.Type().String() == "time.Time" {
			return next
		}
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "Chronicle" {
				name := strings.TrimPrefix(path+"."+f.Name, ".")
				if f.Anonymous {
					name = path
				}
				next.Field(i).Set(lace(v.Field(i), name))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() && !strings.HasSuffix(v.Type().Elem().PkgPath(), "/ballot") {
			next.Set(reflect.New(v.Type().Elem()))
			next.Elem().Set(lace(v.Elem(), path))
		}
	case reflect.Slice:
		next.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			next.Index(i).Set(lace(v.Index(i), path+"[]"))
		}
	case reflect.Map:
		next.Set(reflect.MakeMap(v.Type()))
		for _, k := range v.MapKeys() {
			next.SetMapIndex(k, lace(v.MapIndex(k), path+"[]"))
		}
	}
	return next
}

// entriesOf lists those of a [meeting.Map]; nil for everything else, and for one that is
// not exported.
func entriesOf(v reflect.Value) iter.Seq2[reflect.Value, reflect.Value] {
	if !v.CanInterface() || !strings.HasPrefix(v.Type().String(), "meeting.Map[") {
		return nil
	}
	return v.MethodByName("All").Call(nil)[0].Seq2()
}

// elementsOf lists those of a [meeting.List], as entriesOf those of a map.
func elementsOf(v reflect.Value) iter.Seq[reflect.Value] {
	if !v.CanInterface() || !strings.HasPrefix(v.Type().String(), "meeting.List[") {
		return nil
	}
	return v.MethodByName("All").Call(nil)[0].Seq()
}

func laced(s *meeting.State) *meeting.State {
	next := lace(reflect.ValueOf(*s), "").Interface().(meeting.State)
	return &next
}

// leaks lists what a state for the wall holds and may not: the canary, a laced
// number, a receipt or hash of the whole state, anything of the ballot's own,
// and the name of anybody beside a slip.
func leaks(s, w *meeting.State) []string {
	secrets := map[string]bool{}
	for _, h := range s.Codes.All() {
		secrets[h] = true
	}
	for _, v := range s.Votes {
		for _, receipt := range v.Board() {
			secrets[receipt] = true
		}
	}
	said := map[string]bool{}
	for _, id := range s.Roll().Absent {
		said[s.Attendance.Of(id).Reason] = true
	}
	var found []string
	walk(reflect.ValueOf(*w), "", func(path string, v reflect.Value) {
		text := ""
		if v.Kind() == reflect.String {
			text = v.String()
		}
		switch {
		case strings.Contains(text, canary) && path != whispers && path != hung && path != worded && !slices.Contains(guides, path), secrets[text] && text != "":
		case path == whispers && text != "" && !said[text]:
		case v.Kind() == reflect.Int && v.Int() >= 7000 && !strings.Contains(path, "time.") && !strings.HasPrefix(path, "Floor.") && !strings.HasPrefix(path, "Rules."):
		case strings.HasSuffix(v.Type().PkgPath(), "/ballot") && !v.IsZero():
		case strings.Contains(path, "Sums") && !v.IsZero(), strings.HasSuffix(path, "Ratings[].Grade") && text != "":
		case strings.HasSuffix(path, "{key}") && (strings.Contains(path, "Returned") || strings.Contains(path, "Checked") || strings.Contains(path, "Paper")) && onRoster(s, text):
		default:
			return
		}
		found = append(found, path)
	})
	return found
}

func onRoster(s *meeting.State, id string) bool {
	_, ok := s.Member(meeting.MemberID(id))
	return ok
}

// walk calls f for everything that v holds, exported or not. What the rules and
// the clock are made of is nobody's secret.
func walk(v reflect.Value, path string, f func(path string, v reflect.Value)) {
	f(path, v)
	if path == "Rules" || v.Type().String() == "time.Time" || strings.HasSuffix(path, "memo.of") { // what it belongs to is walked already
		return
	}
	if all := entriesOf(v); all != nil {
		for k, one := range all {
			walk(k, path+"{key}", f)
			walk(one, path+"[]", f)
		}
		return
	}
	if all := elementsOf(v); all != nil {
		for one := range all {
			walk(one.Elem(), path+"[]", f)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := strings.TrimPrefix(path+"."+v.Type().Field(i).Name, ".")
			if v.Type().Field(i).Anonymous {
				name = path
			}
			walk(v.Field(i), name, f)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), path, f)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), path+"[]", f)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			walk(k, path+"{key}", f)
			walk(v.MapIndex(k), path+"[]", f)
		}
	}
}

// aloud is everything that the stage asks a state about.
func aloud(s *meeting.State) map[string]any {
	it, open := s.Item()
	next, more := s.Following()
	round, begun := s.Round(s.Subject)
	an, said := s.Announced()
	m := map[string]any{
		"where": []any{s.Branch, s.Phase, s.Rehearsal, it.No, it.Title, open, next.No, more, s.Began(), s.Ended(), s.Submitted},
		"roll":  s.Roll(), "people": s.Participants(), "floor": s.Floor, "subject": s.Subject,
		"round": []any{round.Part, round.Spoke, begun, len(round.Own), len(round.Criticisms), len(round.Responses)},
		"to do": []any{s.Unheard(), s.Unreviewed(), s.Unrated(), s.Ungraded(), s.ToGrade()}, "cap": s.Cap(), "announced": []any{an, said},
		"votes": s.Vote() != nil,
	}
	if s.Rules != nil {
		m["next"], m["chair"], m["committee"], m["groups"] = s.NextSubject(), s.Chair(), s.HasCommittee(), s.PartyGroups()
	}
	var reasons []string
	for _, id := range s.Roll().Absent {
		reasons = append(reasons, s.Attendance.Of(id).Reason)
	}
	m["reasons"] = reasons
	v := s.Vote()
	if v == nil {
		return m
	}
	sums, agreed := v.AgreedPaper()
	m["box"] = []any{
		v.No, v.State, v.Scrutineers, v.Heard != nil, v.Opened, v.Closed, v.Counted, s.Sealers(), s.Threshold(), v.Unsealers(),
		len(v.OnPaper), sums.Returned, agreed, len(v.Board()), v.Checked.Len(), len(v.Missing()),
	}
	for i, b := range v.Boxes {
		m[fmt.Sprint("box ", i)] = []any{len(b.Voters), b.Returned.Len(), b.Fingerprint()}
	}
	if an.Full {
		m["order"] = s.ByVotes()
		for _, id := range v.Subjects {
			h, no := s.Histogram(id)
			m["votes for "+string(id)] = []any{h, no == nil}
		}
	}
	if an.Full || an.Leading != nil {
		h, no := s.BranchHistogram()
		m["committee's"] = []any{h, no == nil}
	}
	return m
}

// wallHolds: at this moment the wall says the same as the whole state, and
// knows nothing beside it.
func (h *hall) wallHolds() {
	h.T.Helper()
	w := h.State().Wall()
	same(h.T, "on the wall", aloud(w), aloud(h.State()))
	if found := leaks(h.State(), w); len(found) > 0 {
		h.T.Fatalf("the wall knows %v", found)
	}
	if an, _ := h.State().Announced(); an.Full || an.Leading != nil {
		return // laced sums would be announced
	}
	if found := leaks(h.State(), laced(h.State()).Wall()); len(found) > 0 {
		h.T.Fatalf("the wall would know %v", found)
	}
}

// wholeMeeting plays a meeting in which everybody writes the canary wherever
// they can write, and stops at every moment.
func wholeMeeting(t *testing.T, change func(*preset.Rules), stop func(h *hall)) *hall {
	t.Helper()
	h := newTown(t)
	h.log.moved = func() { stop(h) }
	h.Whole(meetingtest.Rules(t, "regulation-2018", change), canary)
	h.Does(meeting.Keeper, meeting.Prune{Approval: canary, Classes: meeting.Classes()})
	return h
}

func TestTheWallKnowsWhatTheRoomKnowsAndNoMore(t *testing.T) {
	for _, level := range []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull} {
		moments := 0
		h := wholeMeeting(t, func(r *preset.Rules) {
			r.Announce, r.Vote.SelfVote, r.Vote.Mass = level, level != preset.AnnounceFull, true
			r.Vote.MinBallots = 5
		}, func(h *hall) { moments++; h.wallHolds() })
		if moments < 60 || h.State().Phase != meeting.After {
			t.Errorf("%d moments, and the meeting is %s", moments, h.State().Phase)
		}
	}
}

// A full announcement gives the wall every count; a coarser one gives it none.
func TestWhatWasNotAnnouncedIsNotOnTheWall(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Counted(everybodyQualified)
	_, no := h.State().Wall().Histogram("m03")
	same(t, "before", []any{no.Code, len(h.State().Wall().Votes[0].Members().Sums)}, []any{meeting.ResultHeld, 0})
	h.GoTo(preset.Tally)
	h.Does("m03", meeting.Announce{})
	got, no := h.State().Wall().Histogram("m03")
	want, _ := h.State().Histogram("m03")
	same(t, "announced", []any{got, no == nil}, []any{want, true})
	_, no = h.State().Wall().PaperHistogram("m03")
	same(t, "each channel", no.Code, meeting.ResultHeld)
	if w := h.State().Wall(); w.Wall() != w {
		t.Error("the wall is copied again")
	}
}

// The checks of this file find what a wall should not know: the whole state,
// and a wall with one thing too much.
func TestALeakyWallIsFound(t *testing.T) {
	h := wholeMeeting(t, nil, func(*hall) {})
	found := strings.Join(leaks(h.State(), h.State()), " ")
	for _, want := range []string{
		"Codes[]", "Notes[].Text", "Hearings[].Opinion", "Rounds[].Criticisms[].Text", "Ratings[].Reason", "Ratings[].Grade", "Votes[].Boxes[].Sums", "Votes[].Boxes[].Returned[].Receipt",
		"Votes[].Boxes[].Returned{key}", "Votes[].Comments[][]", "Votes[].Paper{key}", "Agenda[].Reason", "Pruned", "Roster[].Born", "Chronicle",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("%s is not found in the whole state: %s", want, found)
		}
	}
	for what, spill := range map[string]func(w *meeting.State){
		"a note": func(w *meeting.State) { w.Notes = h.State().Notes },
		"a receipt": func(w *meeting.State) {
			box := w.Votes[0].Members()
			box.Returned = box.Returned.With("#1", meeting.ReturnedBallot{Receipt: h.State().Vote().Board()[0]})
		},
		"who voted": func(w *meeting.State) {
			box := w.Votes[0].Members()
			box.Returned = box.Returned.With("m05", meeting.ReturnedBallot{})
		},
		"the sums":         func(w *meeting.State) { w.Votes[0].Members().Sums = h.State().Vote().Members().Sums },
		"a grade":          func(w *meeting.State) { w.Ratings = w.Ratings.With("m05", meeting.Rating{Grade: "合格"}) },
		"a key":            func(w *meeting.State) { w.Votes[0].Keys = h.State().Vote().Keys },
		"the election":     func(w *meeting.State) { w.Votes[0].Members().Election = h.State().Vote().Members().Election },
		"what happened":    func(w *meeting.State) { w.Chronicle = h.State().Chronicle },
		"whom to write":    func(w *meeting.State) { w.Roster = h.State().Roster },
		"a laced number":   func(w *meeting.State) { w.Notes = []meeting.Note{{Item: 7001}} },
		"a reason to go":   func(w *meeting.State) { w.Agenda = h.State().Agenda },
		"why m11 left":     func(w *meeting.State) { w.Attendance = h.State().Attendance },
		"a self-criticism": func(w *meeting.State) { w.Rounds = h.State().Rounds },
	} {
		s := *h.State()
		w := s.Wall() // nobody else's: a copy of a state keeps no answers
		spill(w)
		if len(leaks(h.State(), w)) == 0 {
			t.Errorf("%s on the wall is not found", what)
		}
	}
	s := *h.State()
	w := s.Wall()
	w.Floor.Speaker = "m01"
	if fmt.Sprint(aloud(w)) == fmt.Sprint(aloud(h.State())) {
		t.Error("another speaker is the same")
	}
}

func BenchmarkWall(b *testing.B) {
	h := five(b, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Counted(everybodyQualified)
	h.GoTo(preset.Tally)
	h.Does("m03", meeting.Announce{})
	for b.Loop() {
		h.State().Wall()
	}
}
