package store

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLineComesBack writes records as lines of JSON and reads them back: the hash stays, so that a printed log verifies without blobs.
func TestLineComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body, err := json.Marshal(rapid.String().Draw(t, "text"))
		if err != nil {
			t.Fatal(err)
		}
		c := Chain{seq: rapid.Uint64Range(0, 1<<62).Draw(t, "seq")}
		r := c.Next(body, "private", rapid.SliceOf(rapid.Byte()).Draw(t, "blob"))
		text, err := json.Marshal(r.Line())
		if err != nil {
			t.Fatal(err)
		}
		var l LogLine
		if err := json.Unmarshal(text, &l); err != nil {
			t.Fatal(err)
		}
		back, err := l.Record()
		if err != nil || back.Hash != r.Hash || back.Seq != r.Seq || back.Prev != r.Prev || string(back.Body) != string(r.Body) || back.Class != r.Class {
			t.Fatalf("%s came back as %+v, %v", text, back, err)
		}
	})
}

// TestAlteredLine changes what a line says; whoever checks a printed log must hear of it.
func TestAlteredLine(t *testing.T) {
	r := records(3)[2]
	for what, alter := range map[string]func(*LogLine){
		"seq":          func(l *LogLine) { l.Seq++ },
		"prev":         func(l *LogLine) { l.Prev = l.Hash },
		"short prev":   func(l *LogLine) { l.Prev = l.Prev[:62] },
		"hash":         func(l *LogLine) { l.Hash = l.Prev },
		"event":        func(l *LogLine) { l.Event = json.RawMessage(`{"kind":"other"}`) },
		"no payload":   func(l *LogLine) { l.Payload = nil },
		"payload hash": func(l *LogLine) { l.Payload.SHA256 = strings.Repeat("0", 64) },
		"class":        func(l *LogLine) { l.Payload.Class = "private" },
		"no class":     func(l *LogLine) { l.Payload.Class = "" },
		"no hex":       func(l *LogLine) { l.Payload.SHA256 = strings.Repeat("g", 64) },
		"bytes":        func(l *LogLine) { l.Payload.Bytes++ },
		"no bytes":     func(l *LogLine) { l.Payload.Bytes = 0 },
	} {
		l := r.Line()
		alter(&l)
		if _, err := l.Record(); !errors.Is(err, ErrRecord) {
			t.Errorf("%s: %v, want ErrRecord", what, err)
		}
	}
}
