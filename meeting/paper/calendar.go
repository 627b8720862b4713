package paper

import (
	"fmt"
	"time"
)

// calendar writes times as minutes do, in the branch's zone: without the day if
// it is the meeting's. An unknown time is "".
type calendar struct {
	loc *time.Location
	day string // of the meeting
}

const dayForm = "2006年1月2日"

func newCalendar(loc *time.Location, began time.Time) calendar {
	return calendar{loc: loc, day: began.In(loc).Format(dayForm)}
}

// date is the day of a moment.
func (c calendar) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.loc).Format(dayForm)
}

// full is the day and the minute of a moment.
func (c calendar) full(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.loc).Format(dayForm + " 15:04")
}

// clock is the minute of a moment, with the day if it is another than the
// meeting's.
func (c calendar) clock(t time.Time) string {
	if c.date(t) == c.day {
		return t.In(c.loc).Format("15:04")
	}
	return c.full(t)
}

// span is from one moment to another: 14:05 至 14:20.
func (c calendar) span(from, to time.Time) string {
	if to.IsZero() {
		return c.clock(from) + " 起"
	}
	return c.clock(from) + " 至 " + c.clock(to)
}

// duration is a number of seconds in words: 4 分 55 秒.
func duration(seconds int) string {
	switch {
	case seconds < 60:
		return fmt.Sprintf("%d 秒", seconds)
	case seconds%60 == 0:
		return fmt.Sprintf("%d 分钟", seconds/60)
	}
	return fmt.Sprintf("%d 分 %d 秒", seconds/60, seconds%60)
}
