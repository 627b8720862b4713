package ssh

import (
	"strings"
	"testing"
)

func TestAnOutlineIsItsMembersOwn(t *testing.T) {
	h := newHouse(t, 2)
	var o struct {
		Text string
		At   *string
	}
	if h.asks("m02", "outline show", "", &o); o.Text != "" || o.At != nil {
		t.Errorf("before: %+v", o)
	}
	h.asks("m02", "outline add", "学习体会", new(any))
	h.asks("m02", "outline update", "学习体会\n存在的问题\n", new(any))
	if h.asks("m02", "outline show", "", &o); o.Text != "学习体会\n存在的问题" || o.At == nil {
		t.Errorf("kept: %+v", o)
	}
	if a := h.says("m01", "outline show", ""); a.exit != 0 || strings.Contains(a.out, "问题") {
		t.Errorf("the secretary reads it: %+v", a)
	}
	if a := h.says("m02", "outline show", ""); a.out != "学习体会\n存在的问题\n" {
		t.Errorf("for people: %q", a.out)
	}
}
