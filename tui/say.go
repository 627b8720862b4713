package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Say returns the sentence that tells a person about err: why it was refused
// and what to do. It is "" for no error and for a nil *[meeting.Refusal]. The
// cause of an error is for whoever runs the server: [Words.Explain].
func (w *Words) Say(err error) string {
	no, refused := refusalOf(err)
	f, text, known := w.faultOf(err)
	switch {
	case err == nil, refused && no == nil:
		return ""
	case refused:
		return w.sentence(no.Code, no.Args)
	case errors.Is(err, context.Canceled), !known && errors.Is(err, context.DeadlineExceeded):
		return w.Common.NoAnswer
	case !known:
		return w.Common.NotRecorded
	}
	if code, _ := f.Reason(); code == bolted || code == clustered {
		if _, why, known := w.faultOf(errors.Unwrap(f)); known {
			return w.Common.NotNow.of(why)
		}
	}
	return w.stopped(text)
}

// Codes of what was not recorded; the cause says why nothing is at the moment, as every screen does.
const (
	bolted    = "bolt.not-recorded"
	clustered = "etcd.not-recorded"
)

// SayStale says why a room is not as it should be ([Room.Stale]): that nothing
// is recorded since a time of day and what to do, or that the screen may not be
// the newest, because nothing new could be read.
func (w *Words) SayStale(since time.Time, why error) string {
	at := since.Format("15:04")
	switch f, text, _ := w.faultOf(why); {
	case stale(why) == stopped:
		_, text, _ = w.faultOf(errors.Unwrap(f))
		if stale(errors.Unwrap(f)) == goneBack {
			return w.Page.StoppedBack.of(at, text)
		}
		return w.Page.Stopped.of(at, text)
	case stale(why) == low:
		return w.stopped(text)
	}
	return w.Page.Behind.of(at)
}

// Codes of what a room may tell of its storage.
const (
	stopped = "store.stopped"
	low     = "store.low"

	goneBack = "etcd.back" // why one is stopped: what was recorded is not there any more
)

// stale returns the code of what a room tells of itself, "" for none.
func stale(why error) (code string) {
	var f fault
	if errors.As(why, &f) {
		code, _ = f.Reason()
	}
	return code
}

// SayJump says that the machine's clock is ahead of the time that is recorded,
// or behind it, and what to check; "" if it is neither.
func (w *Words) SayJump(now time.Time, ahead time.Duration) string {
	text := now.Format("2006-01-02 15:04")
	switch {
	case ahead > 0:
		return w.Jump.Ahead.of(w.far(ahead), text)
	case ahead < 0:
		return w.Jump.Behind.of(w.far(-ahead), text)
	}
	return ""
}

// far says a time in whole units of which there are at least two.
func (w *Words) far(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return w.Jump.Days.of(int(d.Round(day) / day))
	case d >= 2*time.Hour:
		return w.Jump.Hours.of(int(d.Round(time.Hour) / time.Hour))
	case d >= 2*time.Minute:
		return w.Jump.Minutes.of(int(d.Round(time.Minute) / time.Minute))
	}
	return w.Jump.Seconds.of(int(d.Round(time.Second) / time.Second))
}

// SayCheck returns the sentence about a check of the open item.
func (w *Words) SayCheck(c meeting.Check) string { return w.sentence(c.Code, c.Args) }

// sentence fills the sentence of a code. NeedsReason, BadRoster and FieldText
// carry another code and its arguments, whose sentence they repeat.
func (w *Words) sentence(code meeting.Code, args []string) string {
	text, ok := w.Sentences[code]
	if !ok {
		return w.Common.CantNow
	}
	if code == meeting.NeedsReason && len(args) > 0 {
		check := w.sentence(meeting.Code(args[0]), args[1:])
		args = []string{strings.TrimSuffix(check, w.Common.OrReason)}
		if args[0] != check {
			args[0] += w.Common.Stop
		}
	}
	if code == meeting.BadRoster && len(args) > 2 {
		why, _ := w.faultText(args[2], args[3:])
		args = append(args[:2:2], why)
	}
	return fill(text, cleaned(w.listArg(code, w.recordArgs(code, args))))
}

// listedAt is which argument of a sentence is a list that package meeting has joined;
// -1: none.
func listedAt(code meeting.Code) int {
	switch code {
	case meeting.AgainWithoutSome, meeting.ProblemsUnsorted:
		return 0
	case meeting.GroupsUnrecorded, meeting.ItemsUnrecorded, meeting.NoticeUnconfirmed, meeting.OutlinesLacking, meeting.StudyLacking, meeting.TalksShort,
		meeting.Uncriticised, meeting.UnheardPeople, meeting.WrittenLacking:
		return 1
	case meeting.TalksLacking:
		return 2
	default:
		return -1
	}
}

// listArg are the arguments of a sentence with the list among them in words.
func (w *Words) listArg(code meeting.Code, args []string) []string {
	at := listedAt(code)
	if at < 0 || at >= len(args) {
		return args
	}
	said := slices.Clone(args)
	said[at] = w.list(args[at])
	return said
}

// list says a list that package meeting has joined.
func (w *Words) list(joined string) string {
	names, more := listed(joined)
	for i, name := range names {
		names[i] = w.term(name)
	}
	text := strings.Join(names, w.Happening.NameSep)
	if more {
		return w.Common.AndMore.of(text)
	}
	return text
}

// listed takes a list apart that package meeting has joined, in Chinese; more
// reports that it does not name all.
func listed(joined string) (names []string, more bool) {
	joined, more = strings.CutSuffix(joined, commonChinese.AndMore.of(""))
	return strings.Split(joined, happeningChinese.NameSep), more
}

// cleaned returns arguments as they may be put into a phrase.
func cleaned(args []string) []any {
	clean := make([]any, len(args))
	for i, a := range args {
		clean[i] = draw.Clean(a)
	}
	return clean
}
