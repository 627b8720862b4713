package folder

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"time"

	"pingyi/store"
	"pingyi/store/bolt"
)

// Checkup tells what is in a database.
type Checkup struct {
	Records uint64
	Newest  time.Time // of the newest record that has a time
}

// checking is a checkup under way.
type checking struct {
	Checkup
	chains map[string]*store.Chain
	heads  anchored
}

func newChecking(dir string) (*checking, error) {
	heads, err := keptHeads(dir)
	return &checking{chains: map[string]*store.Chain{}, heads: heads}, err
}

// add notes a record.
func (c *checking) add(branch string, rec []byte) error {
	if c.chains[branch] == nil {
		c.chains[branch] = &store.Chain{}
	}
	r, err := c.chains[branch].AddBytes(rec)
	if err != nil {
		return branchUnreadable.Of(branch).By(err)
	}
	if err := c.heads.passed(branch, c.chains[branch]); err != nil {
		return err
	}
	c.Records++
	var event struct {
		At time.Time `json:"at"`
	}
	if json.Unmarshal(r.Body, &event) == nil && event.At.After(c.Newest) {
		c.Newest = event.At
	}
	return nil
}

// Check examines the database of a folder that nobody has open, every byte and
// every chain, and changes nothing: [bolt.Check].
func Check(dir string) (c Checkup, err error) { return CheckWith(dir, Access{}) }

// CheckWith is [Check] where the records may be in an etcd: then it reads them all.
func CheckWith(dir string, a Access) (c Checkup, err error) {
	if config, err := ReadConfig(dir); err == nil && config.Etcd != nil {
		f, err := OpenWith(dir, a)
		if err != nil {
			return c, err
		}
		c, err := f.Check(context.Background())
		return c, errors.Join(err, f.Close())
	}
	at, err := newChecking(dir)
	if err == nil {
		err = bolt.Check(filepath.Join(dir, "pingyi.db"), at.add)
	}
	if err == nil {
		err = at.heads.missed()
	}
	return at.Checkup, err
}

// Check reads every record of the open folder and verifies the chains. An etcd that cannot record is an error, too.
func (f *Folder) Check(ctx context.Context) (Checkup, error) {
	at, err := newChecking(f.Dir) // before the logs: a head is kept after its record is there
	if err != nil {
		return at.Checkup, err
	}
	names, err := f.shelf.Branches(ctx)
	if err != nil {
		return at.Checkup, err
	}
	for _, name := range names {
		log, err := f.shelf.Log(ctx, name)
		if err != nil {
			return at.Checkup, err
		}
		for rec, err := range log.Read(ctx, 0) {
			if err == nil {
				err = at.add(name, rec)
			}
			if err != nil {
				return at.Checkup, err
			}
		}
		if err := log.Close(); err != nil {
			return at.Checkup, err
		}
	}
	if err := at.heads.missed(); err != nil {
		return at.Checkup, err
	}
	if f.Config.Etcd != nil {
		return at.Checkup, f.shelf.Look().Why
	}
	return at.Checkup, nil
}

// lastName is the file that says when the folder was backed up last.
const lastName = "backup.json"

// LastBackup says when a folder was backed up last by hand, and how many records
// there were; the zero time for never.
type LastBackup struct {
	At      time.Time `json:"at"`
	Records uint64    `json:"records"`
}

// LastBackupOf returns that of a data folder.
func LastBackupOf(dir string) (last LastBackup) {
	if text, err := readFile(filepath.Join(dir, lastName)); err != nil || json.Unmarshal(text, &last) != nil {
		return LastBackup{}
	}
	return last
}
