package folder

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/store"
)

// What is wrong with a head that was kept.
const (
	ErrHeadDiffers    store.Code = "folder.head-differs"    // file, the head in it, what the log has
	ErrHeadMissed     store.Code = "folder.head-missed"     // file, the head in it
	ErrHeadUnreadable store.Code = "folder.head-unreadable" // file
)

// anchor keeps the head of a branch's chain at its last closing in a file
// beside the database ([hall.Anchor]).
type anchor struct{ dir, branch string }

func (a anchor) name() string { return "head-" + a.branch + ".json" }

// anchorIn is that whose file has a name; ok is false where it is no such file.
func anchorIn(dir, name string) (a anchor, ok bool) {
	a = anchor{dir, strings.TrimSuffix(strings.TrimPrefix(name, "head-"), ".json")}
	return a, a.name() == name
}

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
		return h, false, ErrHeadUnreadable.Of(a.name()).By(err)
	}
	return h, true, nil
}

// after reports whether the head was kept after a copy of the logs was made: a vote
// was closed meanwhile, which the copy knows nothing of.
func (a anchor) after(logs []LogHead) bool {
	h, ok, err := a.Kept()
	return err == nil && ok && !slices.ContainsFunc(logs, func(l LogHead) bool {
		return l.Name == a.branch && uint64(max(0, h.Seq)) <= l.Records //nolint:gosec // not negative
	})
}

// anchored are the heads that are kept beside a database, by the name of the log.
type anchored map[string]meeting.Head

func keptHeads(dir string) (anchored, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	heads := anchored{}
	for _, f := range files {
		a, ok := anchorIn(dir, f.Name())
		if !ok {
			continue
		}
		h, ok, err := a.Kept()
		switch {
		case err != nil:
			return nil, err
		case ok && h.Hash == "":
			return nil, ErrHeadUnreadable.Of(a.name())
		case ok:
			heads[a.branch] = h
		}
	}
	return heads, nil
}

// passed compares the newest record of a chain with the head that was kept of it.
func (a anchored) passed(branch string, c *store.Chain) error {
	seq, hash := c.Head()
	kept, ok := a[branch]
	if !ok || kept.Seq != int(seq) { //nolint:gosec // no log has that many records
		return nil
	}
	delete(a, branch)
	if now := (meeting.Head{Vote: kept.Vote, Seq: kept.Seq, Hash: hex.EncodeToString(hash[:])}); now != kept {
		return ErrHeadDiffers.Of(anchor{branch: branch}.name(), kept.Short(), now.Short())
	}
	return nil
}

// missed names a head whose record never came.
func (a anchored) missed() error {
	if len(a) == 0 {
		return nil
	}
	branch := slices.Sorted(maps.Keys(a))[0]
	return ErrHeadMissed.Of(anchor{branch: branch}.name(), a[branch].Short())
}
