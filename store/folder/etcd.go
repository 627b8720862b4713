package folder

import (
	"cmp"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/etcd"
	"pingyi/store/hall"
)

// Several servers share the records and files in an etcd. Each has a data folder
// with the same secret, host keys and configuration ([Folder.Share], [Join]); in
// the etcd stands a label that is derived from the secret, so that no folder with
// another one writes there.

const (
	// ErrEtcdUsed says that there are records in the etcd where a new folder shall begin.
	ErrEtcdUsed store.Code = "folder.etcd-used"
	// ErrEtcdOther says that the records in the etcd belong to another secret.
	ErrEtcdOther store.Code = "folder.etcd-other"
	// ErrEtcdEmpty says that there is nothing in the etcd that a folder names.
	ErrEtcdEmpty store.Code = "folder.etcd-empty"
	// ErrEtcdHalf says that records were being copied into the etcd, which is not finished.
	ErrEtcdHalf store.Code = "folder.etcd-half"
	// ErrEtcdBehind says that the folder's own database has records that the etcd has not.
	ErrEtcdBehind store.Code = "folder.etcd-behind" // branch
)

// Etcd says where a cluster is. Files are paths from the data folder, or whole.
type Etcd struct {
	URLs   []string `json:"urls"`
	CA     string   `json:"ca,omitempty"`
	Cert   string   `json:"cert,omitempty"`
	Key    string   `json:"key,omitempty"`
	User   string   `json:"user,omitempty"`
	Prefix string   `json:"prefix,omitempty"` // of its keys; "": pingyi
}

// Access is what opening a folder may need beside it.
type Access struct {
	Etcd     *Etcd  // is taken and remembered in pingyi.json; nil: what stands there
	Password string // for the etcd's user; "": what stands in the file etcd-password, if there is one

	Logs func(store.Log) store.Log // what every log goes through, so that it is measured; nil: nothing
}

// open connects to the cluster.
func (e Etcd) open(ctx context.Context, dir, password string) (*etcd.Shelf, error) {
	if password == "" {
		text, err := os.ReadFile(filepath.Join(dir, etcdPass))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, keyUnreadable.Of(etcdPass).By(err)
		}
		password = strings.TrimRight(string(text), "\r\n")
	}
	return etcd.Open(ctx, etcd.Config{URLs: e.URLs, CA: inDir(dir, e.CA), Cert: inDir(dir, e.Cert), Key: inDir(dir, e.Key), User: e.User, Password: password, Prefix: e.Prefix})
}

// labelOf is what stands for a secret in an etcd and in pingyi.json. It cannot be
// derived from that.
func labelOf(secret []byte) string {
	sum, err := hkdf.Key(sha256.New, secret, nil, "pingyi shared records", 16)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	return hex.EncodeToString(sum)
}

// half stands before the label while records are copied.
const half = "copying "

// found begins the records in an etcd where there are none.
func (e Etcd) found(dir, superior string, secret []byte, password string) error {
	ctx := context.Background()
	shelf, err := e.open(ctx, dir, password)
	if err != nil {
		return err
	}
	err = e.foundOn(ctx, shelf, dir, superior, secret)
	return errors.Join(err, shelf.Close())
}

func (e Etcd) foundOn(ctx context.Context, shelf *etcd.Shelf, dir, superior string, secret []byte) error {
	label, err := shelf.Label(ctx)
	if err != nil {
		return err
	}
	if old, bad := readSecret(dir); bad == nil && label == labelOf(old) { // of an Init that failed later
		return foundOrganisation(ctx, shelf, superior)
	}
	names, err := shelf.Branches(ctx)
	if err != nil {
		return err
	}
	if label != "" || len(names) > 0 {
		return ErrEtcdUsed
	}
	if err := writeKeys(dir, secret); err != nil {
		return err
	}
	switch err := shelf.SetLabel(ctx, "", labelOf(secret)); {
	case errors.Is(err, store.ErrConflict):
		return ErrEtcdUsed
	case err != nil:
		return err
	}
	return foundOrganisation(ctx, shelf, superior)
}

// cluster is an etcd as a folder's engine, while the folder is held.
type cluster struct {
	*etcd.Shelf
	lock *bolt.Shelf // without records: one process at a time has the folder open
}

// Copy is that of an engine.
func (c cluster) Copy(ctx context.Context, path string) (err error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	heads, err := c.Heads(ctx)
	if err != nil {
		return err
	}
	to, err := bolt.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(store.CopyLogs(ctx, c.Shelf, to, heads), to.Close())
}

// Close closes the connection and lets others have the folder.
func (c cluster) Close() error { return errors.Join(c.Shelf.Close(), c.lock.Close()) }

// openEtcd opens the records in an etcd. A folder with a database of its own goes
// over to the etcd if that has every record of it: from then on pingyi.json names
// the etcd.
func (f *Folder) openEtcd(a Access) error {
	ctx := context.Background()
	named := f.Config.Etcd
	if a.Etcd != nil {
		both := a.Etcd.or(*cmp.Or(named, &Etcd{}))
		named = &both
	}
	lock, err := hold(f.Dir)
	if err != nil {
		return err
	}
	shelf, err := named.open(ctx, f.Dir, a.Password)
	if err != nil {
		return errors.Join(err, lock.Close())
	}
	f.shelf = cluster{shelf, lock}
	if err := f.mayUse(ctx, shelf); err != nil {
		return errors.Join(err, f.shelf.Close())
	}
	if a.Etcd != nil && !named.same(f.Config.Etcd) {
		f.Config.Etcd = named
		if err := writeConfig(f.Dir, f.Config); err != nil {
			return errors.Join(err, f.shelf.Close())
		}
	}
	f.files = Files{shelf.Files()}
	return nil
}

// same reports whether two descriptions of an etcd are the same.
func (e *Etcd) same(o *Etcd) bool {
	return o != nil && slices.Equal(e.URLs, o.URLs) && e.CA == o.CA && e.Cert == o.Cert && e.Key == o.Key && e.User == o.User && e.Prefix == o.Prefix
}

// or returns what e says, and o where e says nothing.
func (e Etcd) or(o Etcd) Etcd {
	if len(e.URLs) == 0 {
		e.URLs = o.URLs
	}
	return Etcd{e.URLs, cmp.Or(e.CA, o.CA), cmp.Or(e.Cert, o.Cert), cmp.Or(e.Key, o.Key), cmp.Or(e.User, o.User), cmp.Or(e.Prefix, o.Prefix)}
}

// hold locks a folder that keeps no records.
func hold(dir string) (*bolt.Shelf, error) {
	path := filepath.Join(dir, "pingyi.lock")
	lock, err := bolt.Open(path)
	if errors.Is(err, bolt.ErrMissing) {
		lock, err = bolt.Create(path)
	}
	return lock, err
}

// mayUse refuses an etcd that is not this folder's.
func (f *Folder) mayUse(ctx context.Context, shelf *etcd.Shelf) error {
	label, err := shelf.Label(ctx)
	switch {
	case err != nil:
		return err
	case label == "":
		return ErrEtcdEmpty
	case label == half+labelOf(f.Secret):
		return ErrEtcdHalf
	case label != labelOf(f.Secret):
		return ErrEtcdOther
	}
	if f.Config.Etcd != nil {
		return nil
	}
	err = beyond(ctx, filepath.Join(f.Dir, "pingyi.db"), shelf)
	if errors.Is(err, bolt.ErrMissing) { // it has joined, and never had a database
		return nil
	}
	return err
}

// beyond returns [ErrEtcdBehind] if a database has a record that a shelf has not.
func beyond(ctx context.Context, path string, shelf store.Shelf) error {
	var branch string
	var have [][32]byte // of the branch that is compared, from the record on that comes next
	return bolt.Check(path, func(of string, rec []byte) (err error) {
		if of != branch {
			branch = of
			if have, err = hashes(ctx, shelf, branch); err != nil {
				return err
			}
		}
		r, err := store.Decode(rec)
		if err != nil {
			return err
		}
		if len(have) == 0 || have[0] != r.Hash {
			return ErrEtcdBehind.Of(branch)
		}
		have = have[1:]
		return nil
	})
}

// hashes returns those of a branch's records.
func hashes(ctx context.Context, shelf store.Shelf, branch string) (all [][32]byte, err error) {
	log, err := shelf.Log(ctx, branch)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	for rec, err := range log.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		r, err := store.Decode(rec)
		if err != nil {
			return nil, err
		}
		all = append(all, r.Hash)
	}
	return all, nil
}

// follow has a hall follow what other servers record, until end is called.
func follow(h *hall.Hall) (end func()) {
	ctx, stop := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { h.Follow(ctx) })
	return func() { stop(); work.Wait() }
}
