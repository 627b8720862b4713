//go:build hostile && linux

package bolt

import (
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// serveAt names the folder at which another process of the test mounts a faulty disk. It is another process because bbolt's look at its map
// of a file waits for the disk, which here would wait for it.
const serveAt = "PINGYI_TEST_FAULTY_DISK"

func init() { otherProcesses[serveAt] = serveDisk }

// order is what a test tells the disk: to forget its past, to fail, to be well again, or to lay the files somewhere as they are after the
// first At calls and then a killed process (they are as they were written) or a power cut (what was not synced is there, lost or torn).
type order struct {
	Do   string // reset, fail, heal, calls, killed, cut
	Fail []failure
	At   int
	Seed uint64
	To   string
}

// failure is that of a call, counted from the order on, of those of a kind.
type failure struct {
	Kind    string
	Nth     int
	Lasting bool // all later ones fail too
	Errno   syscall.Errno
}

// report is the disk's answer.
type report struct {
	Calls int  // that changed something, since the last reset
	Fired bool // a failure was had
}

// call is one that changed something, or was to.
type call struct {
	kind   string // write, truncate, sync, create, rename, unlink, syncdir
	file   int
	at     int64 // offset, or size
	data   []byte
	name   string
	target string // of a rename
	failed bool
}

// faultyDisk is a flat file system in memory that keeps a journal of what it was told.
type faultyDisk struct {
	fs.Inode
	mu      sync.Mutex
	journal []call
	fail    []failure
	counted map[string]int
	fired   bool
	files   int
}

func serveDisk(dir string) error {
	d := &faultyDisk{counted: map[string]int{}}
	server, err := fs.Mount(dir, d, &fs.Options{MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "faulty"}})
	if err != nil {
		return err
	}
	orders, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		if err := answers.Encode(report{len(d.journal), d.fired}); err != nil {
			break
		}
		var o order
		if err := orders.Decode(&o); err != nil {
			break
		}
		if err := d.obeys(o); err != nil {
			return err
		}
	}
	return server.Unmount()
}

func (d *faultyDisk) obeys(o order) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch o.Do {
	case "reset":
		d.journal, d.fail = nil, nil
	case "fail", "heal":
		d.fail, d.counted = o.Fail, map[string]int{}
		if o.Do == "fail" {
			d.fired = false
		}
	case "killed", "cut":
		return lays(o.To, replay(d.journal[:o.At], o.Do == "cut", rand.New(rand.NewPCG(o.Seed, uint64(o.At)))))
	}
	return nil
}

// asked returns the error with which a call is to fail.
func (d *faultyDisk) asked(kind string) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counted[kind]++
	for _, f := range d.fail {
		if n := d.counted[kind]; f.Kind == kind && (n == f.Nth || f.Lasting && n > f.Nth) {
			d.fired = true
			return f.Errno
		}
	}
	return 0
}

// notes adds a call to the journal.
func (d *faultyDisk) notes(c call) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.journal = append(d.journal, c)
}

// diskFile is a file as programs see it.
type diskFile struct {
	fs.Inode
	disk *faultyDisk
	id   int
	mu   sync.Mutex
	data []byte
}

var (
	_ fs.NodeCreater   = (*faultyDisk)(nil)
	_ fs.NodeRenamer   = (*faultyDisk)(nil)
	_ fs.NodeUnlinker  = (*faultyDisk)(nil)
	_ fs.NodeOpendirer = (*faultyDisk)(nil)
	_ fs.NodeFsyncer   = (*faultyDisk)(nil)
	_ fs.NodeGetattrer = (*diskFile)(nil)
	_ fs.NodeSetattrer = (*diskFile)(nil)
	_ fs.NodeOpener    = (*diskFile)(nil)
	_ fs.NodeReader    = (*diskFile)(nil)
	_ fs.NodeWriter    = (*diskFile)(nil)
	_ fs.NodeFsyncer   = (*diskFile)(nil)
)

func (d *faultyDisk) Create(ctx context.Context, name string, _, _ uint32, _ *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	if e := d.asked("open"); e != 0 {
		return nil, nil, 0, e
	}
	d.mu.Lock()
	d.files++
	f := &diskFile{disk: d, id: d.files}
	d.mu.Unlock()
	d.notes(call{kind: "create", name: name, file: f.id})
	return d.NewInode(ctx, f, fs.StableAttr{Mode: syscall.S_IFREG, Ino: uint64(f.id) + 1}), nil, 0, 0
}

func (d *faultyDisk) Rename(_ context.Context, name string, _ fs.InodeEmbedder, target string, _ uint32) syscall.Errno {
	e := d.asked("rename")
	if e == 0 {
		d.notes(call{kind: "rename", name: name, target: target})
	}
	return e
}

func (d *faultyDisk) Unlink(_ context.Context, name string) syscall.Errno {
	d.notes(call{kind: "unlink", name: name})
	return 0
}

func (d *faultyDisk) Opendir(context.Context) syscall.Errno { return d.asked("open") }

func (d *faultyDisk) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	e := d.asked("sync")
	d.notes(call{kind: "syncdir", failed: e != 0})
	return e
}

func (f *diskFile) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	f.mu.Lock()
	defer f.mu.Unlock()
	out.Size, out.Mode = uint64(len(f.data)), 0o600
	return 0
}

func (f *diskFile) Setattr(ctx context.Context, h fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		if e := f.disk.asked("truncate"); e != 0 {
			return e
		}
		f.changes(call{kind: "truncate", at: int64(size)})
	}
	return f.Getattr(ctx, h, out)
}

func (f *diskFile) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, f.disk.asked("open")
}

func (f *diskFile) Read(_ context.Context, _ fs.FileHandle, to []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at >= int64(len(f.data)) {
		return fuse.ReadResultData(nil), 0
	}
	return fuse.ReadResultData(append([]byte(nil), f.data[at:min(at+int64(len(to)), int64(len(f.data)))]...)), 0
}

func (f *diskFile) Write(_ context.Context, _ fs.FileHandle, data []byte, at int64) (uint32, syscall.Errno) {
	if e := f.disk.asked("write"); e != 0 {
		return 0, e
	}
	f.changes(call{kind: "write", at: at, data: append([]byte(nil), data...)})
	return uint32(len(data)), 0
}

func (f *diskFile) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	e := f.disk.asked("sync")
	f.disk.notes(call{kind: "sync", file: f.id, failed: e != 0})
	return e
}

func (f *diskFile) changes(c call) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c.file = f.id
	f.data = c.on(f.data)
	f.disk.notes(c)
}

// on returns bytes after a write or a truncate.
func (c call) on(b []byte) []byte {
	end := int(c.at) + len(c.data)
	if grown := end - len(b); grown > 0 {
		b = append(b, make([]byte, grown)...)
	}
	if c.kind == "truncate" {
		return b[:end]
	}
	copy(b[c.at:], c.data)
	return b
}

// survivor is a file on the disk itself, and what was written to it since it was synced.
type survivor struct {
	disk    []byte
	written []call
}

// replay returns the files that are there after these calls, by name. After a power cut each call since a sync, and each before a sync that
// failed, may be lost or torn, and of the names the newest changes may be lost.
func replay(journal []call, cut bool, dice *rand.Rand) map[string][]byte {
	files, names := map[int]*survivor{}, map[string]int{}
	var renamed []call
	for _, c := range journal {
		switch f := files[c.file]; c.kind {
		case "create":
			files[c.file] = &survivor{}
			renamed = append(renamed, c)
		case "rename", "unlink":
			renamed = append(renamed, c)
		case "syncdir":
			if !c.failed {
				renamed = rename(names, renamed, len(renamed))
			}
		case "sync":
			f.settles(c.failed && cut, dice)
		default:
			f.written = append(f.written, c)
		}
	}
	n := len(renamed)
	if cut {
		n = dice.IntN(n + 1)
	}
	rename(names, renamed, n)
	left := map[string][]byte{}
	for name, id := range names {
		files[id].settles(cut, dice)
		left[name] = files[id].disk
	}
	return left
}

// settles brings what was written to the disk, or some of it.
func (f *survivor) settles(some bool, dice *rand.Rand) {
	for _, c := range f.written {
		if some {
			switch dice.IntN(3) {
			case 0:
				continue
			case 1:
				c.data = c.data[:min(len(c.data), 512*dice.IntN(len(c.data)/512+1))] // sectors are whole
			}
		}
		f.disk = c.on(f.disk)
	}
	f.written = nil
}

// rename makes the first n changes of names and returns none that are left.
func rename(names map[string]int, changes []call, n int) []call {
	for _, c := range changes[:n] {
		switch c.kind {
		case "create":
			names[c.name] = c.file
		case "unlink":
			delete(names, c.name)
		case "rename":
			names[c.target] = names[c.name]
			delete(names, c.name)
		}
	}
	return nil
}

func lays(dir string, files map[string][]byte) error {
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// mounted is a faulty disk that another process serves.
type mounted struct {
	t       *testing.T
	dir     string
	orders  *json.Encoder
	answers *json.Decoder
}

// mountDisk mounts one, which is away after the test. It skips the test where that cannot be done.
func mountDisk(t *testing.T) *mounted {
	t.Helper()
	if _, err := os.Stat("/dev/fuse"); err != nil || os.Geteuid() != 0 {
		t.Skipf("mounting a FUSE file system needs /dev/fuse and root (%v, uid %d)", err, os.Geteuid())
	}
	m := &mounted{t: t, dir: t.TempDir()}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env, cmd.Stderr = append(os.Environ(), serveAt+"="+m.dir), os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		_ = syscall.Unmount(m.dir, syscall.MNT_DETACH) // if the process broke
	})
	m.orders, m.answers = json.NewEncoder(in), json.NewDecoder(out)
	var mounted report
	if err := m.answers.Decode(&mounted); err != nil {
		t.Skipf("no FUSE file system can be mounted here: %v", err)
	}
	return m
}

func (m *mounted) tell(o order) (r report) {
	m.t.Helper()
	if err := m.orders.Encode(o); err != nil {
		m.t.Fatal(err)
	}
	if err := m.answers.Decode(&r); err != nil {
		m.t.Fatal(err)
	}
	return r
}

// wiped removes all files and returns the path of a new one.
func (m *mounted) wiped() string {
	m.t.Helper()
	files, err := os.ReadDir(m.dir)
	for _, f := range files {
		if err == nil {
			err = os.Remove(filepath.Join(m.dir, f.Name()))
		}
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.tell(order{Do: "reset"})
	return filepath.Join(m.dir, "db")
}
