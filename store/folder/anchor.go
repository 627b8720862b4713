package folder

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"pingyi/meeting"
)

// anchor keeps the head of a branch's chain at its last closing in a file
// beside the database ([hall.Anchor]).
type anchor struct{ dir, branch string }

func (a anchor) name() string { return "head-" + a.branch + ".json" }

// Keep writes the file, whole or not at all.
func (a anchor) Keep(h meeting.Head) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return write(a.dir, a.name(), append(text, '\n'))
}

// Kept reads the file; ok is false if there is none.
func (a anchor) Kept() (h meeting.Head, ok bool, err error) {
	text, err := readFile(filepath.Join(a.dir, a.name()))
	if errors.Is(err, fs.ErrNotExist) {
		return h, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &h)
	}
	if err != nil {
		return h, false, headUnreadable.Of(a.name()).By(err)
	}
	return h, true, nil
}
