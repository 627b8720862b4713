package ssh

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"pingyi/meeting/preset"
)

// away is a room whose log cannot be read at the moment.
type away struct{ Room }

func (away) Stale() (since time.Time, why error) {
	return time.Date(2017, 3, 20, 14, 5, 0, 0, time.UTC), errors.New("the network is away")
}

func TestStatusSaysThatItMayBeBehind(t *testing.T) {
	var behind bool
	h := newHouse(t, 3, func(c *Config) {
		halls := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := halls(ctx)
			if behind {
				rooms[0] = away{rooms[0]}
			}
			return rooms, err
		}
	})
	if a := h.says("m01", "status --json", ""); strings.Contains(a.out, "stale") {
		t.Errorf("%s", a.out)
	}
	behind = true
	var v struct{ Stale stale }
	h.asks("m01", "status", "", &v)
	if v.Stale.Why != "the network is away" || v.Stale.Since.Minute() != 5 {
		t.Errorf("%+v", v)
	}
	if a := h.says("m01", "status", ""); !strings.Contains(a.out, "这里可能不是最新的：14:05 起") {
		t.Errorf("%s", a.out)
	}
}

// A recess by words: its day stands in the status of everybody, and the step
// that ends it is the next one.
func TestARecessByWords(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	if a := h.says("m02", "adjourn --until 2099-01-01", ""); a.exit != exitFailed || !strings.Contains(a.err, "主持人") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "adjourn", ""); a.exit != exitFailed || !strings.Contains(a.err, "日期") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m01", "adjourn --until 2099-01-01", ""); a.exit != exitOK || !strings.Contains(a.out, "休会中") {
		t.Errorf("%+v", a)
	}
	var status struct{ Adjourned *string }
	h.asks("m02", "status", "", &status)
	if status.Adjourned == nil || *status.Adjourned != "2099-01-01" {
		t.Errorf("adjourned: %v", status.Adjourned)
	}
	if a := h.says("m02", "floor", ""); a.exit != exitFailed || !strings.Contains(a.err, "定于 2099-01-01 续会") {
		t.Errorf("%+v", a)
	}
	h.says("m01", "resume", "")
	h.asks("m02", "status", "", &status)
	if status.Adjourned != nil {
		t.Errorf("adjourned: %v", *status.Adjourned)
	}
}
