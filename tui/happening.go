package tui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

const second = time.Second

// nameOf returns a person's name as it may be drawn; wrapping never parts it.
// If somebody else has the same name, the 编号 follows.
func nameOf(s *meeting.State, id meeting.MemberID) string {
	return drawnName(id, s.NameOf(id), s.Called(id))
}

// drawnName is a name, with the 编号 behind it where it is called with one. The
// form is shorter than that of papers: columns are narrow.
func drawnName(id meeting.MemberID, name, called string) string {
	if name != called {
		name += " " + string(id)
	}
	return draw.Whole(draw.Clean(name))
}

// subjectOf is [nameOf] for whom the ballots of the current vote ask about: it
// is the name that stands there.
func subjectOf(s *meeting.State, id meeting.MemberID) string {
	return drawnName(id, s.SubjectName(id), s.SubjectCalled(id))
}

// subjects joins the names of subjects as in a sentence.
func (w *Words) subjects(s *meeting.State, ids []meeting.MemberID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = subjectOf(s, id)
	}
	return strings.Join(list, w.Happening.NameSep)
}

// SayRenamed tells of a name on the ballots that the roster has changed since.
func (w *Words) SayRenamed(r meeting.Renaming) string {
	return w.Happening.Renamed.of(draw.Clean(string(r.ID)), draw.Clean(r.Old), draw.Clean(r.New))
}

// renamed draws whose name on the ballots is another now.
func renamed(f *flow, s *meeting.State) {
	for _, r := range s.Renamed(s.Vote()) {
		f.say(draw.Warn, f.words.SayRenamed(r))
	}
}

// names joins people's names as in a sentence.
func (w *Words) names(s *meeting.State, ids []meeting.MemberID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = nameOf(s, id)
	}
	return strings.Join(list, w.Happening.NameSep)
}

// codeOf returns the code of a refusal, "" for other errors.
func codeOf(err error) meeting.Code {
	if no, _ := refusalOf(err); no != nil {
		return no.Code
	}
	return ""
}

// refusalOf returns the refusal that an error is or wraps, which may be a nil one.
func refusalOf(err error) (no *meeting.Refusal, is bool) {
	if no, is = err.(*meeting.Refusal); is { //nolint:errorlint // most are, and every page asks many times
		return no, true
	}
	var wrapped *meeting.Refusal
	is = errors.As(err, &wrapped)
	return wrapped, is
}

// why returns why somebody may not do something, "" if they may.
func (w *Words) why(s *meeting.State, who meeting.MemberID, act meeting.Action) string {
	return w.Say(meeting.May(s, who, act))
}

// clock formats a time span as 02:05, from an hour on as 1:02:05.
func clock(d time.Duration) string {
	n := int(d.Seconds())
	if n >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%02d:%02d", n/60, n%60)
}

// roll formats the attendance as it is read aloud (DOMAIN.md §3.1): 应到
// 16，实到 14，缺席 2（病假 1，公出 1）.
func (w *Words) roll(s *meeting.State) string {
	r := s.Roll()
	text := w.Happening.Roll.of(r.Expected, r.Present, len(r.Absent))
	var reasons []string
	count := map[string]int{}
	for _, id := range r.Absent {
		reason := w.term(s.Attendance.Of(id).Reason)
		if reason == "" {
			reason = w.Happening.NoReason
		}
		if count[reason]++; count[reason] == 1 {
			reasons = append(reasons, reason)
		}
	}
	for i, reason := range reasons {
		reasons[i] = draw.Whole(fmt.Sprintf("%s %d", reason, count[reason]))
	}
	if len(reasons) > 0 {
		text += w.Common.Bracketed.of(strings.Join(reasons, w.Common.Comma))
	}
	if n := len(r.Left); n > 0 {
		text += draw.Whole(w.Happening.LeftEarly.of(n))
	}
	if n := len(r.Guests); n > 0 {
		text += draw.Whole(w.Happening.Guests.of(n))
	}
	return w.Common.Sentence.of(text)
}

// quorum says whether enough members are there.
func (w *Words) quorum(s *meeting.State) string {
	r := s.Roll()
	text := w.Happening.FullMembers.of(r.ExpectedFormal, r.PresentFormal)
	if r.Quorum {
		return w.Happening.Quorum.of(text)
	}
	return w.Happening.NoQuorum.of(text)
}

// present is the attendance in a corner of the page.
func (w *Words) present(s *meeting.State) string {
	r := s.Roll()
	return w.Happening.Present.of(r.Present, r.Expected)
}

// itemNo returns 第 7/14 项, outside the meeting the phase.
func (w *Words) itemNo(s *meeting.State) string {
	if it, ok := s.Item(); ok {
		return w.Happening.ItemNo.of(it.No, len(s.Agenda))
	}
	return w.PhaseName(s.Stands())
}

// itemTitle returns the open item's title, or what stands in its place.
func (w *Words) itemTitle(s *meeting.State) string {
	if it, ok := s.Item(); ok {
		return w.term(it.Title)
	}
	if s.Phase == meeting.Before {
		return w.Happening.NotStarted
	}
	return w.Common.Ended
}

// nextTitle returns the title of the item that comes next.
func (w *Words) nextTitle(s *meeting.State) string {
	if it, ok := s.Following(); ok {
		return w.term(it.Title)
	}
	return w.Common.Adjourn
}

// meetingTitle returns the branch and what it meets for.
func (w *Words) meetingTitle(s *meeting.State) string {
	if s.Rules == nil {
		return w.Happening.Review
	}
	return draw.Clean(s.Branch.Name) + "  " + w.term(s.Rules.Title)
}

// speaking says who has the floor, how long, and who waits.
func speaking(f *flow, s *meeting.State, now time.Time) {
	fl := s.Floor
	if fl.Speaker != "" {
		spans := []draw.Span{{Text: f.words.Happening.Speaking.of(nameOf(s, fl.Speaker)), Tone: draw.Strong}}
		if fl.For != meeting.ForSpeech {
			spans = append(spans, draw.Span{Text: f.words.Common.Bracketed.of(f.words.PurposeName(fl.For)), Tone: draw.Plain})
		}
		f.put(append(spans, draw.Span{Text: "  ", Tone: draw.Plain}, draw.Span{Text: draw.Whole(f.words.timing(fl, now)), Tone: timeTone(fl, now)})...)
	}
	if text := f.words.readBy(s); text != "" {
		f.say(draw.Plain, f.words.Common.Sentence.of(text))
	}
	if len(fl.Queue) > 0 {
		waiting := flow{words: f.words}
		waiting.say(draw.Plain, f.words.Happening.Waiting.of(f.words.names(s, fl.Queue)))
		f.add(narrow(waiting.blocks))
	}
}

// warnBefore is how long before the end of a speaker's time everybody is warned.
const warnBefore = 30 * second

// ending reports whether a speaker's clock runs and has come to the last seconds
// of its limit, or beyond.
func ending(fl meeting.Floor, now time.Time) bool {
	limit := time.Duration(fl.Limit) * second
	return fl.Speaker != "" && !fl.Paused && limit > 0 && limit-fl.Elapsed(now).Truncate(second) <= warnBefore
}

func timeTone(fl meeting.Floor, now time.Time) draw.Tone {
	if ending(fl, now) {
		return draw.Warn
	}
	return draw.Strong
}

// timing returns 00:48 / 02:00, and a pause, an overrun, or that it will be one.
func (w *Words) timing(fl meeting.Floor, now time.Time) string {
	spent := fl.Elapsed(now)
	text := clock(spent)
	limit := time.Duration(fl.Limit) * second
	if limit > 0 {
		text += " / " + clock(limit)
	}
	switch {
	case fl.Paused:
		text += w.Happening.Paused
	case limit > 0 && spent > limit:
		text += w.Happening.Overtime
	case ending(fl, now):
		text += w.Happening.Ending
	}
	return text
}

// spokenFor is everything that a page shows of the time of a speech: its seconds, and
// whether they are more than there were; "" while nobody speaks.
func spokenFor(fl meeting.Floor, now time.Time) string {
	if fl.Speaker == "" {
		return ""
	}
	spent, over := fl.Elapsed(now), ""
	if fl.Limit > 0 && spent > time.Duration(fl.Limit)*second {
		over = "!"
	}
	return strconv.Itoa(seconds(spent)) + over
}

// running reports whether a speaker's clock runs.
func running(s *meeting.State) bool { return s.Floor.Speaker != "" && !s.Floor.Paused }

// happening says what the meeting does now, for everybody.
func happening(f *flow, s *meeting.State, now time.Time) {
	if s.Phase == meeting.Before {
		f.say(draw.Plain, f.words.Happening.BeforeStart.of(f.words.roll(s)))
		return
	}
	if text := f.words.SayResting(s); text != "" {
		f.say(draw.Strong, text)
		return
	}
	if goesOn := viewOf(s).goesOn; goesOn != nil {
		goesOn(f, s)
	}
	worded(f, s)
	speaking(f, s, now)
}

// box says how far the vote has come, in numbers without content.
func (w *Words) box(s *meeting.State) string {
	v := s.Vote()
	switch {
	case v == nil && at(s, preset.Ballot):
		return w.Happening.NoVote
	case v == nil:
		return w.Happening.NeverVoted
	}
	text := w.Happening.Scrutineers.of(w.names(s, v.Scrutineers))
	switch v.State {
	case meeting.BoxSealing:
		if len(s.Sealers()) == 0 {
			return text + w.Say(&meeting.Refusal{Code: meeting.KeysLost})
		}
		return w.Happening.Sealing.of(text, w.names(s, s.Sealers()))
	case meeting.BoxSealed:
		return w.Happening.Sealed.of(text)
	case meeting.BoxOpened:
		return w.Happening.Voting.of(text, w.SayIssued(v))
	case meeting.BoxClosed:
		return w.Happening.VotingEnded.of(text, w.SayIssued(v), w.unsealing(s))
	case meeting.BoxCounted:
		switch {
		case v.Heard != nil:
			return w.Happening.Counted.of(text, w.SayIssued(v))
		case s.Rules.Announce == preset.AnnounceNone: // a level that is only chosen is not told yet
			return w.Happening.CountedHeld.of(text, w.SayIssued(v))
		}
		return w.Happening.CountedWaiting.of(text, w.SayIssued(v))
	}
	return w.Happening.Voided.of(w.term(v.Reason))
}

// SayIssued says how many ballots went out and came back, for each channel.
func (w *Words) SayIssued(v *meeting.Vote) string {
	text := w.Common.Issued.of(len(v.Members().Voters), v.Members().Returned.Len())
	for _, more := range []string{w.massIssued(v, false), w.paperIssued(v)} {
		if more != "" {
			text += w.Happening.More.of(more)
		}
	}
	return text
}

// massIssued says how many ballots went to 群众 and came back, "" if none did.
// On the wall the number moves in [steps].
func (w *Words) massIssued(v *meeting.Vote, wall bool) string {
	mass := v.Box(meeting.MassBox)
	if mass == nil {
		return ""
	}
	n, of := mass.Returned.Len(), len(mass.Voters)
	if wall && v.State == meeting.BoxOpened {
		n = steps(n, of)
	}
	return w.Happening.MassIssued.of(of, n)
}

// paperIssued says how many paper slips went out and, once two scrutineers
// agree, came back; "" if none went out.
func (w *Words) paperIssued(v *meeting.Vote) string {
	if len(v.OnPaper) == 0 {
		return ""
	}
	text := w.Happening.PaperIssued.of(len(v.OnPaper))
	if sums, agreed := v.AgreedPaper(); agreed {
		text += w.Happening.PaperReturned.of(sums.Returned)
	}
	return text
}

// unsealsMissing returns how many scrutineers must still open the closed box.
func unsealsMissing(s *meeting.State) int {
	v := s.Vote()
	left := len(v.Unsealers())
	if enough := s.Threshold(); enough > 0 {
		return max(0, left-len(v.Scrutineers)+enough)
	}
	return left
}

// unsealing says whose keys the closed box waits for.
func (w *Words) unsealing(s *meeting.State) string {
	v := s.Vote()
	left := v.Unsealers()
	n := unsealsMissing(s)
	first := ""
	if paperOpen(v) {
		first = w.Happening.PaperFirst
	}
	switch cast, least := v.Members().Returned.Len(), s.LeastBallots(); {
	case cast < least:
		return w.Say(&meeting.Refusal{Code: meeting.TooFewBallots, Args: []string{fmt.Sprint(cast), fmt.Sprint(least)}})
	case v.Confirmed == nil:
		return first + w.Common.Sentence.of(w.checked(s))
	case n < len(left):
		return w.Happening.UnsealAny.of(first, w.names(s, left), n)
	}
	return w.Happening.UnsealAll.of(first, w.names(s, left))
}

// checked says how many voters have found their receipt; "" before the board is
// shown.
func (w *Words) checked(s *meeting.State) string {
	v := s.Vote()
	if v == nil || v.State != meeting.BoxClosed && v.State != meeting.BoxCounted {
		return ""
	}
	return w.Happening.Checked.of(v.Checked.Len(), len(v.Board()))
}

// closingHead says which head the chain had when the box was closed, for people
// to write down; "" before and once the vote is counted.
func (w *Words) closingHead(s *meeting.State) string {
	v := s.Vote()
	if v == nil || v.State != meeting.BoxClosed || v.Head.Short() == "" {
		return ""
	}
	return w.Happening.Head.of(draw.Clean(v.Head.Short()))
}

// boxSays draws how far the vote has come.
func boxSays(f *flow, s *meeting.State) {
	f.say(draw.Plain, f.words.box(s))
	if text := f.words.closingHead(s); text != "" {
		f.say(draw.Plain, text)
	}
}

// announced draws what the meeting hears of the result, and no more.
func announced(f *flow, s *meeting.State) {
	if an, ok := s.Announced(); ok {
		f.gap()
		read(f, f.words.heardOf(s, an))
		if an.Full {
			renamed(f, s)
		}
	}
}

// passage is a line of an announcement: what it is about, and what is said.
type passage struct{ of, text string }

// read draws passages.
func read(f *flow, list []passage) {
	for _, p := range list {
		if p.of == "" {
			f.say(draw.Plain, p.text)
			continue
		}
		f.hang(draw.Span{Text: draw.Pad(p.of, 12), Tone: draw.Plain}, draw.Span{Text: p.text, Tone: draw.Plain})
	}
}

// heardOf is an announcement, line by line.
func (w *Words) heardOf(s *meeting.State, an meeting.Announcement) []passage {
	var list []passage
	switch {
	case an.Full:
		for _, id := range s.ByVotes() {
			if h, no := s.Histogram(id); no == nil {
				list = append(list, passage{subjectOf(s, id), w.histogram(s.Rules.Grades, h)})
			}
		}
		return append(list, w.committee(s)...)
	case an.Leading != nil:
		return append([]passage{{"", w.Happening.Leading.of(w.leading(s, an))}}, w.committee(s)...)
	case an.Excellent != nil || an.Tied != nil:
		list = append(list, passage{"", w.Happening.Excellent.of(cmp.Or(w.subjects(s, an.Excellent), w.Happening.Nobody))})
		if len(an.Tied) > 0 {
			list = append(list, passage{"", w.Happening.Tied.of(w.subjects(s, an.Tied), w.decides(s))})
		}
		return list
	}
	return []passage{{"", w.Happening.Withheld}}
}

// committee is the result of the committee's own ballot, if there is one.
func (w *Words) committee(s *meeting.State) []passage {
	h, no := s.BranchHistogram()
	if no != nil {
		return nil
	}
	return []passage{{"", w.Happening.Committee.of(w.term(s.Rules.Vote.BranchTitle), w.histogram(s.Rules.Vote.BranchScale, h))}}
}

// SayAnnouncement is what is read out when the result is announced; "" while
// there is none to announce.
func (w *Words) SayAnnouncement(s *meeting.State) string {
	an, ok := s.ToAnnounce()
	if !ok {
		return ""
	}
	var b strings.Builder
	for _, p := range w.readOut(s, an) {
		b.WriteString(strings.TrimLeft(p.of+"　"+p.text, "　") + "\n")
	}
	return strings.ReplaceAll(b.String(), draw.Joiner, "")
}

// readOut is an announcement as it is read out, with how many ballots it rests
// on.
func (w *Words) readOut(s *meeting.State, an meeting.Announcement) []passage {
	read := w.Announce.Read
	if an.Level == preset.AnnounceNone {
		read = w.Announce.ReadBallots
	}
	return append([]passage{{"", read.of(w.SayIssued(s.Vote()))}}, w.heardOf(s, an)...)
}

// leading says how many have which grade by most votes, and how many have none.
func (w *Words) leading(s *meeting.State, an meeting.Announcement) string {
	return w.gradeCounts(s, an.Leading, s.Undecided(an))
}

// gradeCounts says how many have each grade, and how many have none of a vote.
func (w *Words) gradeCounts(s *meeting.State, n map[meeting.Grade]int, none int) string {
	var parts []string
	for _, g := range s.Rules.Grades {
		parts = append(parts, draw.Whole(w.Happening.GradeCount.of(w.term(g), n[meeting.Grade(g)])))
	}
	if none > 0 {
		parts = append(parts, draw.Whole(w.Happening.Undecided.of(none)))
	}
	return w.Common.Sentence.of(strings.Join(parts, w.Common.Comma))
}

// histogram says how somebody was graded on a scale, with the base.
func (w *Words) histogram(scale []string, h meeting.Histogram) string {
	var parts []string
	for i, g := range scale {
		parts = append(parts, draw.Whole(fmt.Sprintf("%s %d", w.term(g), h.Counts[i])))
	}
	return w.Happening.Histogram.of(strings.Join(parts, w.Common.Comma), h.Abstain, h.Ballots)
}

// before returns how many people are ahead of who in the queue; -1 if who does
// not wait.
func before(s *meeting.State, who meeting.MemberID) int { return slices.Index(s.Floor.Queue, who) }

// ballotOf returns a person's ballot in the current vote; ok is false without
// one.
func ballotOf(s *meeting.State, who meeting.MemberID) (returned meeting.ReturnedBallot, ok bool) {
	v := s.Vote()
	if v == nil {
		return returned, false
	}
	own, issued := v.BoxOf(who)
	if !issued {
		return returned, false
	}
	returned, ok = own.Returned.Get(who)
	return returned, ok
}

// lasted says from when to when the meeting was held.
func (w *Words) lasted(s *meeting.State, zone *time.Location) string {
	began, ended, form := s.Began().In(zone), s.Ended().In(zone), "15:04"
	if began.Format(time.DateOnly) != ended.Format(time.DateOnly) {
		form = "01-02 15:04"
	}
	return w.Happening.Lasted.of(began.Format(form), ended.Format(form))
}
