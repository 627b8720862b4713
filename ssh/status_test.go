package ssh

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
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
