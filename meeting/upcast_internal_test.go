package meeting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

// A record of an old version is read as the newest one; what is newer than this
// build, or no version at all, is refused.
func TestOldVersionsAreReadAsTheNewest(t *testing.T) {
	failed := errors.New("no such field")
	k := kind{fact: ClockExtended{}, upcasts: []func(json.RawMessage) (json.RawMessage, error){
		func(old json.RawMessage) (json.RawMessage, error) { // version 1 had minutes
			return bytes.Replace(old, []byte("minutes"), []byte("tens"), 1), nil
		},
		func(old json.RawMessage) (json.RawMessage, error) { // version 2 had tens of seconds
			var f struct{ Tens *int }
			if err := json.Unmarshal(old, &f); err != nil || f.Tens == nil {
				return nil, failed
			}
			return fmt.Appendf(nil, `{"seconds":%d}`, *f.Tens*10), nil
		},
	}}
	for v, raw := range map[int]string{1: `{"minutes":6}`, 2: `{"tens":6}`, 3: `{"seconds":60}`} {
		if f, err := k.decode(v, []byte(raw), nil); err != nil || f != (ClockExtended{Seconds: 60}) {
			t.Errorf("version %d: %v %v", v, f, err)
		}
	}
	for _, v := range []int{-1, 0, 4} {
		if f, err := k.decode(v, []byte(`{"seconds":60}`), nil); err == nil {
			t.Errorf("version %d is read as %v", v, f)
		}
	}
	if _, err := k.decode(1, []byte(`{}`), nil); !errors.Is(err, failed) {
		t.Errorf("an upcast that fails: %v", err)
	}
}
