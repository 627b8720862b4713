package folder

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/store"
)

// scan is what a file holds that a record names.
const scan = "%PDF-1.4 一张扫描件"

// kept is a data folder with two branches, a file and a paper.
func kept(t *testing.T) *Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := Init(dir, "某党总支", Config{Preset: preset.Default}); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	for _, id := range []string{"b1", "b2"} {
		if err := f.Found(t.Context(), id, "第一党支部"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Files().Keep("附件.pdf", strings.NewReader(scan)); err != nil {
		t.Fatal(err)
	}
	papers := filepath.Join(dir, "papers", "b1")
	if err := os.MkdirAll(papers, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		filepath.Join(papers, "minutes.md"): "会议记录", filepath.Join(dir, "server.log"): "a log",
		filepath.Join(dir, "head-b1.json"): "{}\n", filepath.Join(dir, "host_key_other"): "a second key",
		filepath.Join(dir, "pingyi.db.damaged-1"): "an old one", filepath.Join(papers, ".new-17"): "unfinished",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// backedUp backs a folder up and returns the file's path.
func backedUp(t *testing.T, f *Folder, b Backup) (string, Inventory) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.backup")
	v, err := f.Backup(t.Context(), name, b)
	if err != nil {
		t.Fatal(err)
	}
	return name, v
}

// restores restores a backup into a new folder.
func restores(t *testing.T, name string, r Restore) (dir string, done Restored, err error) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	dir = filepath.Join(t.TempDir(), "new", "data")
	done, err = RestoreTo(t.Context(), file, dir, r)
	return dir, done, err
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// names lists the files below a folder.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.Walk(dir, func(at string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, at)
		if want := map[bool]os.FileMode{true: 0o700, false: 0o600}[info.IsDir()]; rel != "." && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", rel, info.Mode().Perm(), want)
		}
		if info.Mode().IsRegular() {
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestABackupBecomesTheSameFolder(t *testing.T) {
	f := kept(t)
	name, v := backedUp(t, f, Backup{})
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup: %v, %v", info.Mode(), err)
	}
	dir, done, err := restores(t, name, Restore{Secret: f.Secret})
	if err != nil {
		t.Fatal(err)
	}
	if done.Records != v.Records || done.Head != v.Head || done.NewSecret || len(done.Votes)+len(done.Missing) > 0 {
		t.Errorf("restored %+v, backed up %+v", done, v)
	}
	want := slices.DeleteFunc(names(t, f.Dir), func(name string) bool {
		return slices.Contains([]string{"server.log", "pingyi.db.damaged-1", "papers/b1/.new-17", lastName}, name)
	})
	if got := names(t, dir); !slices.Equal(got, want) || len(want) < 8 {
		t.Errorf("restored\n%q, want\n%q", got, want)
	}
	for _, same := range []string{"host_key", "host_key_other", "pingyi.json", "secret", "head-b1.json"} {
		if read(t, filepath.Join(dir, same)) != read(t, filepath.Join(f.Dir, same)) {
			t.Errorf("%s is another one", same)
		}
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for _, id := range []string{"b1", "b2"} {
		was, err := f.Hall(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		is, err := again.Hall(t.Context(), id)
		if err != nil || meetingtest.Dump(is.State()) != meetingtest.Dump(was.State()) {
			t.Errorf("%s has become another branch: %v", id, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(f.Dir, ".snapshot-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func hexSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Two backups of the same records differ in the time only: what a backup holds is
// a function of the folder.
func TestABackupIsAlwaysTheSame(t *testing.T) {
	f := kept(t)
	_, one := backedUp(t, f, Backup{})
	_, two := backedUp(t, f, Backup{})
	one.At = two.At
	if one.Head != two.Head || !slices.Equal(one.Files, two.Files) || !slices.Equal(one.Logs, two.Logs) {
		t.Errorf("%+v\n%+v", one, two)
	}
}

func TestTheSecretIsNeverInAPlainBackup(t *testing.T) {
	f := kept(t)
	name := filepath.Join(t.TempDir(), "a.backup")
	if _, err := f.Backup(t.Context(), name, Backup{Secret: true}); !errors.Is(err, backupPlain) {
		t.Errorf("the secret in plain: %v", err)
	}
	plain, _ := backedUp(t, f, Backup{})
	if bytes.Contains([]byte(read(t, plain)), f.Secret) {
		t.Error("a plain backup holds the secret")
	}
	marked := func(w io.Writer) (io.WriteCloser, error) { return unclosed{w}, nil }
	with, _ := backedUp(t, f, Backup{Secret: true, Seal: marked})
	dir, done, err := restores(t, with, Restore{})
	if err != nil || done.NewSecret || read(t, filepath.Join(dir, "secret")) != string(f.Secret) {
		t.Errorf("the secret did not come back: %+v %v", done, err)
	}
	dir, done, err = restores(t, plain, Restore{})
	if err != nil || !done.NewSecret || len(read(t, filepath.Join(dir, "secret"))) != 32 || read(t, filepath.Join(dir, "secret")) == string(f.Secret) {
		t.Errorf("no new secret: %+v %v", done, err)
	}
	if _, _, err := restores(t, plain, Restore{Secret: []byte("short")}); !errors.Is(err, secretLength) {
		t.Errorf("a short secret: %v", err)
	}
	dir, _, err = restores(t, plain, Restore{Secret: bytes.Repeat([]byte("s"), 32)})
	if !errors.Is(err, ErrOtherSecret) {
		t.Errorf("the secret of another folder: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what it became: %v", err)
	}
}

// A backup that was restored with a new secret is a folder like any other: it has a
// backup, and that its own secret.
func TestANewSecretBelongsToItsFolder(t *testing.T) {
	was := kept(t)
	lost, _ := backedUp(t, was, Backup{})
	dir, _, err := restores(t, lost, Restore{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	again, _ := backedUp(t, f, Backup{})
	if _, done, err := restores(t, again, Restore{Secret: f.Secret}); err != nil || done.NewSecret {
		t.Errorf("with its own secret: %+v %v", done, err)
	}
	if _, _, err := restores(t, again, Restore{Secret: was.Secret}); !errors.Is(err, ErrOtherSecret) {
		t.Errorf("with the one that was lost: %v", err)
	}
}

func TestABackupReplacesNoFile(t *testing.T) {
	f := kept(t)
	name, _ := backedUp(t, f, Backup{})
	was := read(t, name)
	if _, err := f.Backup(t.Context(), name, Backup{}); !errors.Is(err, ErrBackupThere) || read(t, name) != was {
		t.Errorf("an older backup: %v", err)
	}
	if err := f.Found(t.Context(), "b3", "第三党支部"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Backup(t.Context(), name, Backup{Replace: true}); err != nil || read(t, name) == was {
		t.Errorf("replaced: %v", err)
	}
	if _, err := f.Backup(t.Context(), filepath.Join(t.TempDir(), "no", "a"), Backup{}); !errors.Is(err, backupUnwritten) {
		t.Errorf("where there is no folder: %v", err)
	}
	if got := names(t, filepath.Dir(name)); len(got) != 1 {
		t.Errorf("left behind: %q", got)
	}
}

// Somebody who names the stick's device, its folder or, by mistake, a file of the
// data folder, and adds --force because there is something already, loses nothing.
func TestABackupReplacesOnlyABackup(t *testing.T) {
	f := kept(t)
	link := filepath.Join(t.TempDir(), "data")
	if err := os.Symlink(f.Dir, link); err != nil {
		t.Skip(err)
	}
	for name, code := range map[string]store.Code{
		os.DevNull: backupOdd, t.TempDir(): backupFolder, link: backupFolder,
		filepath.Join(f.Dir, "secret"): backupOwn, filepath.Join(link, "pingyi.db"): backupOwn, filepath.Join(f.Dir, "papers", "b1", "minutes.md"): backupOwn,
	} {
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Backup(t.Context(), name, Backup{Replace: true}); !errors.Is(err, code) {
			t.Errorf("a backup to %s: %v", name, err)
		}
		if after, err := os.Stat(name); err != nil || !os.SameFile(before, after) {
			t.Errorf("%s is another file now: %v", name, err)
		}
	}
	own := filepath.Join(f.Dir, "评议.backup")
	for range 2 {
		if _, err := f.Backup(t.Context(), own, Backup{Replace: true}); err != nil {
			t.Errorf("a backup that lies in the data folder: %v", err)
		}
	}
}

// Whatever byte of a backup is altered or missing, nothing is restored.
func TestADamagedBackupIsRefused(t *testing.T) {
	f := kept(t)
	name, _ := backedUp(t, f, Backup{})
	whole := []byte(read(t, name))
	refused := func(what string, data []byte, causes ...error) {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "data")
		_, err := RestoreTo(t.Context(), bytes.NewReader(data), dir, Restore{})
		if err == nil || !slices.ContainsFunc(causes, func(c error) bool { return errors.Is(err, c) }) {
			t.Errorf("%s: %v", what, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) > 0 {
			t.Errorf("%s: left behind %v", what, left)
		}
	}
	step := len(whole)/61 + 1
	for at := 0; at < len(whole); at += step {
		refused("cut short", whole[:max(at, 1)], backupTorn, backupForeign)
		altered := bytes.Clone(whole)
		altered[at] ^= 4
		refused("altered", altered, backupAltered, backupTorn, backupForeign, backupNewer, backupStrange, backupSum)
	}
	refused("one byte short", whole[:len(whole)-1], backupTorn)
	refused("longer", append(bytes.Clone(whole), 'x'), backupSum)
	refused("empty", nil, backupEmpty)
	refused("something else", bytes.Repeat([]byte("会议记录"), 9000), backupForeign)
	refused("zeros", make([]byte, 4096), backupForeign)
}

// tarOf is a tar with these entries.
func tarOf(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		h.Mode = 0o600
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, h.Size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A backup writes nowhere but into its folder, and only what a backup has.
func TestStrangeNamesAreRefused(t *testing.T) {
	for name, want := range map[string]error{
		"pingyi-backup-1/../../evil": backupStrange, "pingyi-backup-1//etc/passwd": backupStrange, "../pingyi-backup-1/secret": backupForeign,
		"pingyi-backup-1/papers/../../x": backupStrange, "pingyi-backup-1/papers/b1/..": backupStrange, "pingyi-backup-1/papers/b1/a/b": backupStrange,
		`pingyi-backup-1/papers/b1/..\x`: backupStrange, "pingyi-backup-1/papers/b1/C:x": backupStrange, "pingyi-backup-1/files/0f": backupStrange,
		"pingyi-backup-1/files/" + strings.Repeat("0F", 32): backupStrange, "pingyi-backup-1/control.sock": backupStrange,
		"pingyi-backup-1/head-../x.json": backupStrange, "pingyi-backup-1/host_key_/x": backupStrange,
		"pingyi-backup-2/pingyi.json": backupNewer, "data/pingyi.json": backupForeign, "pingyi-backup-1/pingyi.json": backupTorn,
	} {
		root := t.TempDir()
		dir := filepath.Join(root, "a", "data")
		_, err := RestoreTo(t.Context(), bytes.NewReader(tarOf(t, tar.Header{Name: name, Typeflag: tar.TypeReg, Size: 3})), dir, Restore{})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		if got := names(t, root); len(got) > 0 {
			t.Errorf("%s wrote %q", name, got)
		}
	}
	for what, h := range map[string]tar.Header{
		"a link":      {Name: "pingyi-backup-1/secret", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		"a hard link": {Name: "pingyi-backup-1/secret", Typeflag: tar.TypeLink, Linkname: "/etc/passwd"},
		"a folder":    {Name: "pingyi-backup-1/files", Typeflag: tar.TypeDir},
		"a device":    {Name: "pingyi-backup-1/secret", Typeflag: tar.TypeChar},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		if _, err := RestoreTo(t.Context(), bytes.NewReader(tarOf(t, h)), dir, Restore{}); !errors.Is(err, backupStrange) {
			t.Errorf("%s: %v", what, err)
		}
	}
	twice := tar.Header{Name: "pingyi-backup-1/host_key", Typeflag: tar.TypeReg, Size: 1}
	again := tar.Header{Name: "pingyi-backup-1/host_key", Typeflag: tar.TypeReg, Size: 2}
	if _, err := RestoreTo(t.Context(), bytes.NewReader(tarOf(t, twice, again)), filepath.Join(t.TempDir(), "d"), Restore{}); !errors.Is(err, backupStrange) {
		t.Errorf("a name twice: %v", err)
	}
}

// An entry that says it has a terabyte of zeros would fill the disk.
func TestASparseEntryIsRefused(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	h := &tar.Header{Name: "x", Typeflag: tar.TypeReg, Size: 512, Mode: 0o600, Format: tar.FormatPAX}
	h.PAXRecords = map[string]string{"VENDOR.note": strings.Repeat("x", 99)}
	if err := w.WriteHeader(h); err != nil {
		t.Fatal(err)
	}
	if !sparse(&tar.Header{PAXRecords: map[string]string{"GNU.sparse.major": "1", "GNU.sparse.realsize": "1099511627776"}}) {
		t.Error("a file with holes is taken")
	}
	bomb := strings.NewReader(read(t, "testdata/sparse.tar"))
	if _, err := RestoreTo(t.Context(), bomb, filepath.Join(t.TempDir(), "data"), Restore{}); !errors.Is(err, backupStrange) {
		t.Errorf("a bomb: %v", err)
	}
}

func TestOnlyAVacantFolderIsRestoredTo(t *testing.T) {
	f := kept(t)
	name, _ := backedUp(t, f, Backup{})
	file := func() io.Reader { return strings.NewReader(read(t, name)) }
	if _, err := RestoreTo(t.Context(), file(), f.Dir, Restore{}); !errors.Is(err, notEmpty) {
		t.Errorf("a folder in use: %v", err)
	}
	if _, err := f.Hall(t.Context(), "b1"); err != nil {
		t.Error(err)
	}
	empty := t.TempDir()
	if _, err := RestoreTo(t.Context(), file(), empty, Restore{}); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := RestoreTo(t.Context(), file(), empty, Restore{}); !errors.Is(err, notEmpty) {
		t.Errorf("restored twice: %v", err)
	}
	if _, err := RestoreTo(t.Context(), file(), name, Restore{}); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// A light copy names the files beside it, and restoring takes them from there.
func TestALightCopyFindsItsFiles(t *testing.T) {
	f := kept(t)
	name, v := backedUp(t, f, Backup{Light: true})
	if v.has("papers/b1/minutes.md") || v.has("files/"+hexSum(scan)) {
		t.Error("a light copy holds files")
	}
	dir, done, err := restores(t, name, Restore{Beside: f.Dir})
	if err != nil || len(done.Missing) > 0 {
		t.Fatal(done, err)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if data, err := again.Files().Read(meeting.File{Hash: hexSum(scan)}); err != nil || string(data) != scan {
		t.Errorf("%q %v", data, err)
	}
	if _, done, err = restores(t, name, Restore{}); err != nil || !slices.Equal(done.Missing, []string{hexSum(scan)}) {
		t.Errorf("missing files: %+v %v", done, err)
	}
}

// A file that was damaged on the disk is found when it is copied.
func TestADamagedFileIsNotBackedUp(t *testing.T) {
	f := kept(t)
	if err := os.WriteFile(filepath.Join(f.Dir, "files", hexSum(scan)), []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Backup(t.Context(), filepath.Join(t.TempDir(), "a"), Backup{}); !errors.Is(err, store.ErrFileDamaged) {
		t.Errorf("%v", err)
	}
}
