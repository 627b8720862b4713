package folder

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/org"
	"pingyi/store"
	"pingyi/store/bolt"
)

// A backup is one tar file. All its names stand in a folder that tells the form
// and its version, so that a reader knows what it has before it reads on:
//
//	pingyi-backup-1/pingyi.json  host_key…  head-ID.json  [secret]  pingyi.db  [files/HASH]  [papers/ID/NAME]
//	pingyi-backup-1/manifest.json    the last: an [Inventory]
//
// Behind the tar stands the SHA-256 of it as a line. A file without that is torn.
//
// It holds what a server needs to go on, and nothing that belongs to one process
// (socket, locks, server.log). The manifest has no key: whoever can write a plain
// backup can write another, and only heads that stand elsewhere tell. An encrypted
// one says so itself.
const (
	backupForm    = "pingyi-backup-"
	backupVersion = 1
	manifestName  = "manifest.json"
)

const (
	// ErrBackupThere says that there is a file where a backup shall be written.
	ErrBackupThere store.Code = "folder.backup-there" // file

	backupChanged   store.Code = "folder.backup-changed"   // file
	backupDiffers   store.Code = "folder.backup-differs"   // file
	backupFolder    store.Code = "folder.backup-folder"    // folder
	backupOdd       store.Code = "folder.backup-odd"       // device, pipe
	backupOwn       store.Code = "folder.backup-own"       // file of the data folder
	backupPlain     store.Code = "folder.backup-plain"     // with the secret, not encrypted
	backupUnwritten store.Code = "folder.backup-unwritten" // file
	snapshotFailed  store.Code = "folder.snapshot-failed"
)

// Backup says how a copy of a data folder is made.
type Backup struct {
	Secret  bool // with the secret file, only together with Seal
	Light   bool // without files and papers: an automatic copy, which names the files that lie beside it
	Replace bool // an older file of the name may go

	Meter io.Writer // is given what is written to the file; nil: nobody counts

	// Seal encrypts what is written to the file; nil: the backup is plain.
	Seal func(io.Writer) (io.WriteCloser, error)
}

// Inventory tells what is in a backup.
type Inventory struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	Records uint64    `json:"records"` // of all branches and years
	Head    string    `json:"head"`    // see [headOf]
	Logs    []LogHead `json:"logs"`    // those of the branches and the organisation's, by name
	Files   []Item    `json:"files"`   // in their order
}

// LogHead is where a log ends.
type LogHead struct {
	Name    string `json:"name"`
	Records uint64 `json:"records"`
	Head    string `json:"head"` // hash of the last record, hexadecimal
}

// Item is one file of a backup.
type Item struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`              // 0 where it is Outside
	SHA256  string `json:"sha256"`            // hexadecimal
	Outside bool   `json:"outside,omitempty"` // it is named only and lies in the data folder that was copied
}

// has reports whether the backup itself holds a file of that name.
func (v Inventory) has(name string) bool {
	return slices.ContainsFunc(v.Files, func(i Item) bool { return i.Name == name && !i.Outside })
}

// count fills Records and Head from the heads of the logs.
func (v *Inventory) count() {
	var branches []LogHead
	v.Records = 0
	for _, l := range v.Logs {
		if l.Name != org.ID {
			branches = append(branches, l)
			v.Records += l.Records
		}
	}
	v.Head = headOf(branches)
}

// headOf returns one hash for the heads of logs: that of the log where there is
// one, as the minutes print it, otherwise the SHA-256 of a line "NAME RECORDS HEAD"
// for each.
func headOf(logs []LogHead) string {
	if len(logs) == 1 {
		return logs[0].Head
	}
	sum := sha256.New()
	for _, l := range logs {
		fmt.Fprintf(sum, "%s %d %s\n", l.Name, l.Records, l.Head)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Backup writes a copy of the folder as one file of mode 0600, whole or not at
// all. People in the meetings go on meanwhile: the records of all logs are those
// of one moment, and every file that they name is in the copy. What was written is
// read again before the file gets its name.
//
// [ErrBackupThere] if there is a file of the name already.
func (f *Folder) Backup(ctx context.Context, name string, b Backup) (Inventory, error) {
	if b.Secret && b.Seal == nil {
		return Inventory{}, backupPlain
	}
	if err := f.takes(name, b.Replace); err != nil {
		return Inventory{}, err
	}
	if err := f.keysWhole(); err != nil {
		return Inventory{}, backupUnwritten.Of(name).By(err)
	}
	f.copying.Lock()
	defer f.copying.Unlock()
	db, v, away, err := f.snapshot(ctx)
	if err != nil {
		return v, snapshotFailed.By(err)
	}
	defer away()
	part, err := os.CreateTemp(filepath.Dir(name), partBackup) // 0600
	if err != nil {
		return v, backupUnwritten.Of(name).By(store.Asked(err, "", filepath.Dir(name)))
	}
	err = f.pack(ctx, part, db, &v, b)
	if err == nil && b.Seal == nil {
		err = examined(ctx, part)
	}
	if err = errors.Join(err, part.Close()); err == nil {
		err = place(part.Name(), name, b.Replace)
	}
	if err != nil {
		err = errors.Join(store.Asked(err, part.Name(), name), os.Remove(part.Name()))
		if errors.Is(err, ErrBackupThere) {
			return v, ErrBackupThere.Of(name)
		}
		return v, backupUnwritten.Of(name).By(err)
	}
	if !b.Light {
		text, err := json.Marshal(LastBackup{v.At, v.Records})
		if err == nil {
			err = write(f.Dir, lastName, append(text, '\n'))
		}
		_ = err // the backup is there; doctor calls the one before the newest
	}
	return v, nil
}

// takes refuses a name that stands for something already. Even with replace only a
// plain file goes, so that a disk's name in /dev does not, and none that the data
// folder lives on.
func (f *Folder) takes(name string, replace bool) error {
	if _, err := os.Lstat(name); err != nil {
		return nil //nolint:nilerr // there is none, or writing tells why not
	}
	switch info, err := os.Stat(name); {
	case err == nil && info.IsDir():
		return backupFolder.Of(name)
	case err == nil && !info.Mode().IsRegular():
		return backupOdd.Of(name)
	case !replace:
		return ErrBackupThere.Of(name)
	case f.owns(name):
		return backupOwn.Of(name)
	}
	return nil
}

// owns reports whether a file is one that the data folder lives on.
func (f *Folder) owns(name string) bool {
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	own, bad := filepath.EvalSymlinks(f.Dir)
	if err != nil || bad != nil {
		return false
	}
	rel, err := filepath.Rel(own, filepath.Join(dir, filepath.Base(name)))
	rel = filepath.ToSlash(rel)
	return err == nil && (inBackup(rel) || strings.HasPrefix(rel, "pingyi.") || rel == lastName || rel == etcdPass)
}

// partBackup is what a backup is called while it is written.
const partBackup = ".backup-*"

// place gives a finished file its name.
func place(part, name string, replace bool) error {
	if !replace {
		switch err := os.Link(part, name); { // unlike a rename it never replaces a file
		case err == nil:
			return errors.Join(os.Remove(part), syncDir(filepath.Dir(name)))
		case errors.Is(err, fs.ErrExist):
			return ErrBackupThere
		}
		if _, err := os.Lstat(name); err == nil { // a disk without links
			return ErrBackupThere
		}
	}
	return errors.Join(os.Rename(part, name), syncDir(filepath.Dir(name)))
}

// snapshotName is what the folder of a copy of the database is called while it is
// packed. It lies in the data folder: no other disk shall see the plain database
// of an encrypted backup.
const snapshotName = ".snapshot-*"

// snapshot copies the database as it is at one moment, examines the copy and
// returns its path and where its logs end. away removes it.
func (f *Folder) snapshot(ctx context.Context) (db string, v Inventory, away func(), err error) {
	left, _ := filepath.Glob(filepath.Join(f.Dir, snapshotName)) // of a server that was killed
	for _, dir := range left {
		os.RemoveAll(dir)
	}
	dir, err := os.MkdirTemp(f.Dir, snapshotName)
	if err != nil {
		return "", v, nil, store.Asked(err, "", f.Dir)
	}
	defer func() {
		if err != nil {
			err = store.Asked(err, dir, f.Dir)
			os.RemoveAll(dir)
		}
	}()
	db = filepath.Join(dir, "pingyi.db")
	if err := f.shelf.Copy(ctx, db); err != nil {
		return "", v, nil, err
	}
	shelf, err := bolt.Open(db)
	if err != nil {
		return "", v, nil, err
	}
	v = Inventory{Version: backupVersion, At: time.Now().UTC().Truncate(time.Second)}
	v.Logs, err = logHeads(ctx, shelf)
	if r := shelf.Repaired(); r != nil {
		err = errors.Join(err, r.Why)
	}
	v.count()
	return db, v, func() { os.RemoveAll(dir) }, errors.Join(err, shelf.Close())
}

// logHeads reads every record of a shelf, verifies the chains, and returns where
// they end.
func logHeads(ctx context.Context, shelf store.Shelf) ([]LogHead, error) {
	names, err := shelf.Branches(ctx)
	if err != nil {
		return nil, err
	}
	var heads []LogHead
	for _, name := range names {
		log, err := shelf.Log(ctx, name)
		if err != nil {
			return nil, err
		}
		var chain store.Chain
		for rec, err := range log.Read(ctx, 0) {
			if err != nil {
				return nil, errors.Join(err, log.Close())
			}
			if _, err := chain.AddBytes(rec); err != nil {
				return nil, errors.Join(branchUnreadable.Of(name).By(err), log.Close())
			}
		}
		seq, hash := chain.Head()
		heads = append(heads, LogHead{name, seq, hex.EncodeToString(hash[:])})
		if err := log.Close(); err != nil {
			return nil, err
		}
	}
	return heads, nil
}

// pack writes the backup to a file, and reads back whether the disk has what was
// written.
func (f *Folder) pack(ctx context.Context, to *os.File, db string, v *Inventory, b Backup) error {
	sum := sha256.New()
	if b.Meter == nil {
		b.Meter = io.Discard
	}
	out := io.WriteCloser(unclosed{io.MultiWriter(to, sum, b.Meter)})
	if b.Seal != nil {
		sealed, err := b.Seal(out)
		if err != nil {
			return err
		}
		out = sealed
	}
	whole := sha256.New()
	p := &packer{ctx: ctx, tar: tar.NewWriter(io.MultiWriter(out, whole)), inventory: v}
	if err := f.packAll(p, db, b); err != nil {
		return err
	}
	if err := p.close(); err != nil {
		return err
	}
	if _, err := io.WriteString(out, sumLine(whole)); err != nil {
		return err
	}
	if err := errors.Join(out.Close(), to.Sync()); err != nil {
		return err
	}
	written := sha256.New()
	if _, err := to.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.Copy(written, to); err != nil {
		return err
	}
	if string(written.Sum(nil)) != string(sum.Sum(nil)) {
		return backupDiffers.Of(filepath.Base(to.Name()))
	}
	return nil
}

// sumLine is what stands behind the tar.
func sumLine(whole hash.Hash) string { return hex.EncodeToString(whole.Sum(nil)) + "\n" }

// unclosed is a writer that something else closes.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// packAll packs the files of the folder in their order. Files come after the
// database: one that a record names was kept before the record.
func (f *Folder) packAll(p *packer, db string, b Backup) error {
	small, err := f.smallFiles()
	if err != nil {
		return err
	}
	if b.Secret {
		small = append(small, "secret")
	}
	for _, name := range small {
		if a, ok := anchorIn(f.Dir, name); ok && a.after(p.inventory.Logs) {
			continue
		}
		if err := p.file(name, filepath.Join(f.Dir, name)); err != nil {
			return err
		}
	}
	if err := p.file("pingyi.db", db); err != nil {
		return err
	}
	if err := f.packKept(p, b.Light); err != nil || b.Light {
		return err
	}
	return f.packPapers(p)
}

// smallFiles returns the names of the files beside the database that a backup has.
func (f *Folder) smallFiles() ([]string, error) {
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return nil, unreadable.By(err)
	}
	var names []string
	for _, e := range entries {
		name := e.Name()
		if name == "secret" || name == "pingyi.db" || !inBackup(name) {
			continue
		}
		info, err := os.Stat(filepath.Join(f.Dir, name)) // a server follows a link too
		if err == nil && info.Mode().IsRegular() {
			names = append(names, name)
		}
	}
	return names, nil
}

// packKept packs the files that records name, or only lists them.
func (f *Folder) packKept(p *packer, list bool) error {
	hashes, err := f.files.kept.Hashes(p.ctx)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		name := "files/" + hash
		if list {
			p.inventory.Files = append(p.inventory.Files, Item{Name: name, SHA256: hash, Outside: true})
			continue
		}
		data, err := f.files.kept.Get(p.ctx, hash)
		if err != nil {
			return err
		}
		if err := p.put(name, int64(len(data)), bytes.NewReader(data)); err != nil {
			return err
		}
	}
	return nil
}

// packPapers packs the papers as they lie there. A server may write them anew
// meanwhile: one that is gone by now is left out.
func (f *Folder) packPapers(p *packer) error {
	var names []string
	root := filepath.Join(f.Dir, "papers")
	err := filepath.WalkDir(root, func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(f.Dir, at)
		if name := filepath.ToSlash(rel); err == nil && e.Type().IsRegular() && inBackup(name) {
			names = append(names, name)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable.By(err)
	}
	for _, name := range names {
		if err := p.file(name, filepath.Join(f.Dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// inBackup reports whether a backup may hold a file of that name, with slashes.
// Everything else in one is refused.
func inBackup(name string) bool {
	switch name {
	case "pingyi.json", "pingyi.db", "secret", "host_key":
		return true
	}
	if id, ok := strings.CutPrefix(name, "host_key_"); ok {
		return store.CheckBranch(id) == nil
	}
	if id, ok := strings.CutPrefix(name, "head-"); ok {
		id, ok = strings.CutSuffix(id, ".json")
		return ok && store.CheckBranch(id) == nil
	}
	if hash, ok := strings.CutPrefix(name, "files/"); ok {
		return store.IsFileHash(hash)
	}
	parts := strings.Split(name, "/")
	if len(parts) != 3 || parts[0] != "papers" || store.CheckBranch(parts[1]) != nil {
		return false
	}
	return path.Clean(name) == name && filepath.IsLocal(parts[2]) && !strings.ContainsAny(parts[2], `\:`) && parts[2][0] != '.'
}

// packer writes the tar of a backup.
type packer struct {
	ctx       context.Context
	tar       *tar.Writer
	inventory *Inventory
}

// file packs one file under a name.
func (p *packer) file(name, from string) error {
	f, err := os.Open(from)
	if err != nil {
		return unreadable.By(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return unreadable.By(err)
	}
	return p.put(name, info.Size(), f)
}

// put packs what it reads under a name.
func (p *packer) put(name string, size int64, from io.Reader) error {
	sum := sha256.New()
	if err := p.entry(name, size, from, sum); err != nil {
		return err
	}
	p.inventory.Files = append(p.inventory.Files, Item{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// entry writes one entry, and what it holds into sum as well.
func (p *packer) entry(name string, size int64, from io.Reader, sum hash.Hash) error {
	if err := p.ctx.Err(); err != nil {
		return err
	}
	h := &tar.Header{Name: backupForm + fmt.Sprint(backupVersion) + "/" + name, Mode: 0o600, Size: size, ModTime: p.inventory.At, Typeflag: tar.TypeReg, Format: tar.FormatPAX}
	if err := p.tar.WriteHeader(h); err != nil {
		return err
	}
	n, err := io.Copy(io.MultiWriter(p.tar, sum), io.LimitReader(from, size))
	if err == nil && n != size {
		err = backupChanged.Of(name)
	}
	return err
}

// close writes the manifest and ends the tar.
func (p *packer) close() error {
	text, err := json.MarshalIndent(p.inventory, "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	return errors.Join(p.entry(manifestName, int64(len(text)), strings.NewReader(string(text)), sha256.New()), p.tar.Close())
}
