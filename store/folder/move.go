package folder

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/etcd"
)

// Records and files are copied from a folder's own database into an etcd, or back.
// Each record is compared, and so are the ends of all logs when everything is
// there; before that the copy is none: in an etcd its label says so, and a folder
// has no pingyi.json. A copy that broke off is gone on with.

const (
	// ErrMoving says that records were added while they were copied.
	ErrMoving store.Code = "folder.moving"
	// ErrInEtcd says that the records of a folder are in an etcd already.
	ErrInEtcd store.Code = "folder.in-etcd"
	// ErrNotInEtcd says that they are not in one.
	ErrNotInEtcd store.Code = "folder.not-in-etcd"

	copyDiffers store.Code = "folder.copy-differs"
)

// Copied tells what was copied.
type Copied struct {
	Inventory
	Kept int // number of files
}

// CopyToEtcd copies the records and files of a folder that nobody has open into an
// etcd that has none. The folder stays as it is; it goes over to the etcd when it
// is opened with it ([OpenWith]).
func CopyToEtcd(ctx context.Context, dir string, to Etcd, password string) (done Copied, err error) {
	f, err := Open(dir)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if f.Config.Etcd != nil {
		return done, ErrInEtcd
	}
	shelf, err := to.open(ctx, dir, password)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	label := labelOf(f.Secret)
	if err := claim(ctx, shelf, label); err != nil {
		return done, err
	}
	if done, err = copyAll(ctx, f.shelf, shelf, f.files.kept, shelf.Files()); err != nil {
		return done, err
	}
	again, err := to.open(ctx, dir, password) // as another server sees it
	if err != nil {
		return done, err
	}
	err = done.verify(ctx, again, again.Files())
	if err = errors.Join(err, again.Close()); err != nil {
		return done, err
	}
	return done, shelf.SetLabel(ctx, half+label, label)
}

// claim labels an etcd in which nothing is, or in which the same copy broke off.
func claim(ctx context.Context, shelf *etcd.Shelf, label string) error {
	stands, err := shelf.Label(ctx)
	if err != nil || stands == half+label {
		return err
	}
	names, err := shelf.Branches(ctx)
	if err != nil {
		return err
	}
	if stands != "" || len(names) > 0 {
		return ErrEtcdUsed
	}
	if err := shelf.SetLabel(ctx, "", half+label); errors.Is(err, store.ErrConflict) {
		return ErrEtcdUsed
	} else if err != nil {
		return err
	}
	return nil
}

// CopyFromEtcd makes a new data folder at to with its own database, of the folder
// dir, which nobody has open, and of what the etcd has that it names; from, if it is
// not nil, is where that is reached now.
func CopyFromEtcd(ctx context.Context, dir string, from *Etcd, to, password string) (done Copied, err error) {
	c, err := ReadConfig(dir)
	if err != nil {
		return done, err
	}
	if c.Etcd == nil {
		return done, ErrNotInEtcd
	}
	at := *c.Etcd
	if from != nil {
		at = from.or(at)
	}
	secret, err := readSecret(dir)
	if err != nil {
		return done, err
	}
	if err := halfCopied(to, secret); err != nil {
		return done, err
	}
	lock, err := hold(dir) // what a server records after the copy would be in the etcd only
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	shelf, err := at.open(ctx, dir, password)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	source := &Folder{Dir: dir, Config: c, Secret: secret}
	if err := source.mayUse(ctx, shelf); err != nil {
		return done, err
	}
	if err := copySmall(dir, to, secret); err != nil {
		return done, err
	}
	path := filepath.Join(to, "pingyi.db")
	target, err := bolt.Open(path)
	if errors.Is(err, bolt.ErrMissing) {
		target, err = bolt.Create(path)
	}
	if err != nil {
		return done, err
	}
	files := FilesIn(filepath.Join(to, "files")).kept
	done, err = copyAll(ctx, shelf, target, shelf.Files(), files)
	if err == nil {
		err = done.verify(ctx, target, files)
	}
	if err = errors.Join(err, target.Close()); err != nil {
		return done, err
	}
	c.Etcd = nil
	return done, writeConfig(to, c)
}

// halfCopied refuses a folder that is neither empty nor what a copy under the same
// secret left.
func halfCopied(dir string, secret []byte) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return notMade.By(err)
	}
	for _, e := range entries {
		name := e.Name()
		if name == "pingyi.json" || name != "files" && !inBackup(name) && !strings.HasPrefix(name, "pingyi.db") && !strings.HasPrefix(name, "secret.") {
			return notEmpty.Of(dir)
		}
	}
	if own, err := readSecret(dir); len(entries) > 0 && (err != nil || !slices.Equal(own, secret)) {
		return notEmpty.Of(dir)
	}
	return nil
}

// copySmall copies what lies beside the database, the secret first.
func copySmall(dir, to string, secret []byte) error {
	if err := leads(to); err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return notMade.By(err)
	}
	if err := write(to, "secret", secret); err != nil {
		return err
	}
	names, err := (&Folder{Dir: dir}).smallFiles()
	if err != nil {
		return err
	}
	for _, name := range names {
		if name == "pingyi.json" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return unreadable.By(err)
		}
		if err := write(to, name, text); err != nil {
			return err
		}
	}
	return nil
}

// copyAll copies all logs and files, and returns where the logs of the source end.
func copyAll(ctx context.Context, from, to store.Shelf, kept, into store.Files) (done Copied, err error) {
	if done.Logs, err = logHeads(ctx, from); err != nil {
		return done, err
	}
	done.count()
	heads := map[string]uint64{}
	for _, l := range done.Logs {
		heads[l.Name] = l.Records
	}
	if err := store.CopyLogs(ctx, from, to, heads); err != nil {
		return done, err
	}
	hashes, err := kept.Hashes(ctx)
	if err != nil {
		return done, err
	}
	for _, hash := range hashes {
		data, err := kept.Get(ctx, hash)
		if err != nil {
			return done, err
		}
		if _, err := into.Put(ctx, data); err != nil {
			return done, err
		}
	}
	done.Kept = len(hashes)
	now, err := logHeads(ctx, from)
	if err == nil && !slices.Equal(now, done.Logs) {
		err = ErrMoving
	}
	return done, err
}

// verify reads a copy and compares where its logs end, and its files.
func (c Copied) verify(ctx context.Context, shelf store.Shelf, files store.Files) error {
	heads, err := logHeads(ctx, shelf)
	if err != nil {
		return err
	}
	hashes, err := files.Hashes(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(heads, c.Logs) || len(hashes) != c.Kept {
		return copyDiffers
	}
	for _, hash := range hashes {
		if _, err := files.Get(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}
