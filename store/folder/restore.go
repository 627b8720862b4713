package folder

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"pingyi/meeting/org"
	"pingyi/store"
	"pingyi/store/bolt"
)

const (
	backupAltered store.Code = "folder.backup-altered" // file in it
	backupEmpty   store.Code = "folder.backup-empty"
	backupForeign store.Code = "folder.backup-foreign"
	backupNewer   store.Code = "folder.backup-newer"   // version
	backupStrange store.Code = "folder.backup-strange" // file in it
	backupSum     store.Code = "folder.backup-sum"
	backupTorn    store.Code = "folder.backup-torn"
	backupUnread  store.Code = "folder.backup-unread"
	linkNowhere   store.Code = "folder.link-nowhere" // link, what it names
	mountPoint    store.Code = "folder.mount-point"  // folder
	notEmpty      store.Code = "folder.not-empty"    // folder
	notRestored   store.Code = "folder.not-restored"
	secretLength  store.Code = "folder.secret-length"
)

// maxManifest bounds the list of a backup that is read, in bytes.
const maxManifest = 64 << 20

// Restore says with what a backup becomes a data folder.
type Restore struct {
	Secret []byte // instead of that in the backup; nil: that, or where there is none a new one
	Beside string // data folder in which files lie that an automatic copy only names; "": nowhere
}

// Restored tells what was restored, and what is lost.
type Restored struct {
	Inventory
	NewSecret   bool     // there was none: codes are to be issued anew
	OtherSecret bool     // a branch's newest vote was opened under another secret than the folder has now
	Votes       []string // names of the branches whose vote is not counted and cannot be, for that reason
	Missing     []string // hashes of files that are named and neither in the backup nor beside it
	InEtcd      bool     // these are in the etcd of the folder that was copied
}

// RestoreTo makes a data folder at dir of the backup that from reads. dir must be
// empty or not there yet; a link stays one. Everything is unpacked beside it, examined
// and folded before it gets the name: whenever it fails there is nothing at dir.
func RestoreTo(ctx context.Context, from io.Reader, dir string, r Restore) (done Restored, err error) {
	if r.Secret != nil && len(r.Secret) != secretLen {
		return done, secretLength
	}
	if err := vacant(dir); err != nil {
		return done, err
	}
	if target, err := filepath.EvalSymlinks(dir); err == nil {
		dir = target
	}
	desk, away, err := unpacking(filepath.Split(filepath.Clean(dir)))
	if err != nil {
		return done, notMade.By(err)
	}
	defer away()
	part := filepath.Join(desk, "data")
	defer func() { err = store.Asked(err, part, dir) }()
	if err := os.Mkdir(part, 0o700); err != nil {
		return done, notMade.By(err)
	}
	done.Inventory, err = unpack(from, func(i Item, data io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return unpackTo(part, i.Name, data)
	})
	if err != nil {
		return done, err
	}
	if err := done.complete(ctx, part, r); err != nil {
		return done, err
	}
	if err := done.opens(ctx, part); err != nil {
		return done, err
	}
	return done, become(part, dir)
}

// unpacking makes a folder in which a backup for beside/name is unpacked, and removes what is left there of a restore that was
// killed. Who unpacks holds their folder, so that others at the same time let it be. away removes the folder.
func unpacking(beside, name string) (desk string, away func(), err error) {
	beside = filepath.Clean(beside)
	if err := os.MkdirAll(beside, 0o700); err != nil {
		return "", nil, err
	}
	entries, err := os.ReadDir(beside)
	if err != nil {
		return "", nil, err
	}
	start := "." + name + ".restoring-"
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), start) {
			continue
		}
		old := filepath.Join(beside, e.Name())
		if free, err := bolt.Hold(old); err == nil {
			_ = errors.Join(os.RemoveAll(old), free())
		}
	}
	for {
		if desk, err = os.MkdirTemp(beside, start+"*"); err != nil {
			return "", nil, store.Asked(err, "", beside)
		}
		free, err := bolt.Hold(desk)
		if _, gone := os.Stat(desk); errors.Is(gone, fs.ErrNotExist) { // another one took it for what is left, before it was held
			if err == nil {
				_ = free()
			}
			continue
		}
		if err != nil {
			return "", nil, errors.Join(err, os.Remove(desk))
		}
		return desk, func() { _ = errors.Join(os.RemoveAll(desk), free()) }, nil
	}
}

// become gives a finished folder its name, unless something has come to be there meanwhile.
func become(part, dir string) error {
	err := os.Remove(dir)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = errors.Join(os.Rename(part, dir), syncDir(filepath.Dir(dir)))
	}
	if err == nil {
		return nil
	}
	if there := vacant(dir); there != nil {
		return there
	}
	if errors.Is(err, syscall.EBUSY) {
		return mountPoint.Of(dir)
	}
	return notRestored.By(err)
}

// vacant refuses a folder in which something is.
func vacant(dir string) error {
	if err := leads(dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return notMade.By(err)
	case len(entries) > 0:
		return notEmpty.Of(dir)
	}
	return nil
}

// leads refuses a link to what is not there: its disk may not be plugged in.
func leads(dir string) error {
	target, err := os.Readlink(dir)
	if err != nil {
		return nil //nolint:nilerr // no link
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return linkNowhere.Of(dir, target)
	}
	return nil
}

// unpackTo writes one file of a backup, durably.
func unpackTo(dir, name string, data io.Reader) error {
	at := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return unwritable.Of(name).By(err)
	}
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return unwritable.Of(name).By(err)
	}
	_, err = io.Copy(f, data)
	if at := new(fs.PathError); err == nil || errors.As(err, &at) && at.Path == f.Name() { // not of the backup that is read
		if err = errors.Join(err, f.Sync()); err != nil {
			err = unwritable.Of(name).By(err)
		}
	}
	return errors.Join(err, f.Close())
}

// complete adds what the backup does not hold: a secret, and the files that lie
// beside an automatic copy.
func (r *Restored) complete(ctx context.Context, dir string, with Restore) error {
	secret := with.Secret
	if secret == nil && !r.has("secret") {
		r.NewSecret = true
		secret = make([]byte, secretLen)
		if _, err := rand.Read(secret); err != nil {
			return err
		}
	}
	if secret != nil {
		if err := write(dir, "secret", secret); err != nil {
			return err
		}
	}
	config, err := ReadConfig(dir)
	if err != nil {
		return err
	}
	r.InEtcd, config.Etcd = config.Etcd != nil, nil // the records are in the folder now
	if r.NewSecret {
		config.Label = labelOf(secret)
	}
	if r.InEtcd || r.NewSecret {
		if err := writeConfig(dir, config); err != nil {
			return err
		}
	}
	other := plainFiles{filepath.Join(with.Beside, "files")}
	for _, i := range r.Files {
		if !i.Outside {
			continue
		}
		data, err := other.Get(ctx, i.SHA256)
		if with.Beside == "" || err != nil {
			r.Missing = append(r.Missing, i.SHA256)
			continue
		}
		if err := unpackTo(dir, "files/"+i.SHA256, bytes.NewReader(data)); err != nil {
			return err
		}
	}
	return nil
}

// opens opens the restored folder as a server would, folds every log, and compares
// where they end with the list.
func (r *Restored) opens(ctx context.Context, dir string) (err error) {
	f, err := Open(dir)
	if err != nil {
		return notRestored.By(err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if mended := f.shelf.Repaired(); mended != nil {
		return notRestored.By(mended.Why)
	}
	if _, err := f.Organisation(ctx); err != nil {
		return notRestored.By(err)
	}
	heads, err := r.folds(ctx, f)
	if err != nil {
		return notRestored.By(err)
	}
	if !slices.Equal(heads, r.Logs) {
		return backupAltered.Of("pingyi.db")
	}
	_, err = f.HostKeys()
	return err
}

// folds folds every log, which verifies its chain, notes what is lost, and returns
// where they end.
func (r *Restored) folds(ctx context.Context, f *Folder) (heads []LogHead, err error) {
	names, err := f.shelf.Branches(ctx)
	if err != nil {
		return nil, err
	}
	there, err := f.files.kept.Hashes(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		head := f.org.Head
		if name != org.ID {
			o, err := f.room(ctx, name)
			if err != nil {
				return nil, err
			}
			if told, same := o.KnowsSecret(); told && !same {
				r.OtherSecret = true
			}
			if o.Foreign() != nil {
				r.Votes = append(r.Votes, o.State().Branch.Name)
			}
			for _, hash := range gone(o.State(), there) {
				if !slices.Contains(r.Missing, hash) {
					r.Missing = append(r.Missing, hash)
				}
			}
			head = o.Head
		}
		seq, hash := head()
		heads = append(heads, LogHead{name, seq, hex.EncodeToString(hash[:])})
	}
	return heads, nil
}

// examined reads a plain backup from its beginning to its end.
func examined(ctx context.Context, backup io.ReadSeeker) error {
	if _, err := backup.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := unpack(backup, func(_ Item, data io.Reader) error {
		_, err := io.Copy(io.Discard, data)
		return errors.Join(err, ctx.Err())
	})
	return err
}

// unpack reads a backup and gives every file in it to put, which need not read to
// the end. It refuses what is no backup, torn, or not as its list says; put may
// have had files by then.
//
// A name that no backup has is refused, so nothing is written elsewhere. A plain
// entry holds no more than the backup has bytes: there is no compression, and
// sparse files are refused.
func unpack(from io.Reader, put func(Item, io.Reader) error) (v Inventory, err error) {
	start := bufio.NewReader(from)
	if _, err := start.Peek(1); errors.Is(err, io.EOF) {
		return v, backupEmpty
	}
	from = start
	whole := sha256.New()
	in, got := tar.NewReader(io.TeeReader(from, whole)), []Item{}
	taken := map[string]bool{} // names, as a disk that knows no case has them
	for {
		h, err := in.Next()
		if err != nil {
			return v, tornOr(err, len(got) == 0)
		}
		name, err := nameIn(h)
		if err != nil {
			return v, err
		}
		if name == manifestName {
			if v, err = manifest(in, h.Size); err != nil {
				return v, err
			}
			break
		}
		plain := strings.ToLower(strings.ToUpper(name)) // the few letters of two small forms too
		if !inBackup(name) || taken[plain] {
			return v, backupStrange.Of(name)
		}
		taken[plain] = true
		i, sum := Item{Name: name, Size: h.Size}, sha256.New()
		if err := put(i, io.TeeReader(in, sum)); err != nil {
			return v, tornOr(err, false)
		}
		if _, err := io.Copy(sum, in); err != nil {
			return v, tornOr(err, false)
		}
		i.SHA256 = hex.EncodeToString(sum.Sum(nil))
		got = append(got, i)
	}
	if _, err := in.Next(); !errors.Is(err, io.EOF) {
		return v, tornOr(err, false)
	}
	if err := v.lists(got); err != nil {
		return v, err
	}
	sum, err := io.ReadAll(io.LimitReader(from, int64(len(sumLine(whole)))+1))
	switch {
	case err != nil || len(sum) < len(sumLine(whole)):
		return v, tornOr(err, false)
	case string(sum) != sumLine(whole):
		return v, backupSum
	}
	return v, nil
}

// nameIn returns the name of an entry in the folder of a backup.
func nameIn(h *tar.Header) (string, error) {
	form, name, _ := strings.Cut(h.Name, "/")
	version, ours := strings.CutPrefix(form, backupForm)
	switch {
	case !ours:
		return "", backupForeign
	case version != fmt.Sprint(backupVersion):
		return "", backupNewer.Of(version)
	case h.Typeflag != tar.TypeReg || len(h.PAXRecords) > 0 && sparse(h):
		return "", backupStrange.Of(name)
	}
	return name, nil
}

// sparse reports whether an entry says that it is a file with holes.
func sparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse") {
			return true
		}
	}
	return false
}

// tornOr turns an error of reading a backup into a cause that a person knows.
func tornOr(err error, first bool) error {
	var fault *store.Fault
	switch {
	case first && (errors.Is(err, tar.ErrHeader) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
		return backupForeign
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, tar.ErrHeader):
		return backupTorn
	case errors.As(err, &fault), errors.Is(err, context.Canceled):
		return err
	}
	return backupUnread.By(err)
}

// manifest reads the list of a backup.
func manifest(in io.Reader, size int64) (v Inventory, err error) {
	if size > maxManifest {
		return v, backupStrange.Of(manifestName)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return v, tornOr(err, false)
	}
	if err := json.Unmarshal(text, &v); err != nil || v.Version != backupVersion {
		return v, backupAltered.Of(manifestName)
	}
	was := v
	if v.count(); was.Records != v.Records || was.Head != v.Head {
		return v, backupAltered.Of(manifestName)
	}
	return v, nil
}

// lists compares the list of a backup with the files that are in it.
func (v Inventory) lists(got []Item) error {
	n := 0
	for _, i := range v.Files {
		switch {
		case i.Outside:
			if i.Name != "files/"+i.SHA256 || !inBackup(i.Name) {
				return backupAltered.Of(manifestName)
			}
			continue
		case n >= len(got) || got[n].Name != i.Name:
			return backupAltered.Of(i.Name)
		case got[n] != i:
			return backupAltered.Of(i.Name)
		}
		n++
	}
	if n != len(got) {
		return backupAltered.Of(got[n].Name)
	}
	for _, needed := range []string{"pingyi.json", "pingyi.db", "host_key"} {
		if !v.has(needed) {
			return backupAltered.Of(needed)
		}
	}
	return nil
}
