package folder

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/store/hall"
)

// record writes the recorded folder anew. It is never used once a meeting has been
// held with this program: every later build has to read what this one wrote.
var record = flag.Bool("record", false, "write the recorded data folder anew")

// What a build of November 2026 wrote: a data folder in which a whole meeting was
// held, its backup, and what its branch had come to.
const (
	recordedFolder = "testdata/folder-1.tar.gz"
	recordedBackup = "testdata/backup-1.gz"
	recordedDump   = "testdata/branch-1.dump"
)

func TestRecordAFolder(t *testing.T) {
	if !*record {
		t.Skip("only with -record")
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := Init(dir, "某党总支", Config{Preset: "regulation-2018"}); err != nil {
		t.Fatal(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o, err := f.room(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	meetingtest.New(t, held{o.Hall}).Whole(meetingtest.Rules(t, "regulation-2018", nil), "认识深刻，措施要落实")
	if _, err := f.Files().Keep("附件.pdf", strings.NewReader(scan)); err != nil {
		t.Fatal(err)
	}
	backup, _ := backedUp(t, f, Backup{})
	writes(t, recordedBackup, []byte(read(t, backup)))
	writes(t, recordedFolder, tarred(t, dir))
	if err := os.WriteFile(recordedDump, []byte(meetingtest.Dump(o.State())), 0o644); err != nil { //nolint:gosec // a sample that everybody may read
		t.Fatal(err)
	}
}

// held is the hall of a meeting, in which the superior acts too.
type held struct{ *hall.Hall }

// Act is that of the hall.
func (h held) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	if p := meetingtest.Above(who); p != nil {
		return h.ActAbove(ctx, "", *p, c)
	}
	return h.Hall.Act(ctx, who, c)
}

// writes compresses a sample.
func writes(t *testing.T, name string, data []byte) {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil { //nolint:gosec // a sample that everybody may read
		t.Fatal(err)
	}
}

// tarred packs a folder.
func tarred(t *testing.T, dir string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// recorded reads a compressed sample.
func recorded(t *testing.T, name string) []byte {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(read(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// recordedDir is a recorded folder, unpacked.
func recordedDir(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	for in := tar.NewReader(bytes.NewReader(recorded(t, name))); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return dir
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if err := unpackTo(dir, h.Name, in); err != nil {
			t.Fatal(err)
		}
	}
}

// says opens a folder and compares what is in it with what was recorded.
func says(t *testing.T, dir string) {
	t.Helper()
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if r := f.Repaired(); len(r) > 0 {
		t.Errorf("it was mended: %v", r)
	}
	h, err := f.Hall(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	if got := meetingtest.Dump(h.State()); got != read(t, recordedDump) {
		t.Errorf("the recorded folder has become another meeting:\n%s", got)
	}
	if v := h.State().Vote(); v == nil || v.State != meeting.BoxCounted {
		t.Error("no vote was counted in it")
	}
	if err := h.Examine(); err != nil {
		t.Error(err)
	}
	if told, same := h.KnowsSecret(); !told || !same {
		t.Error("its secret is not known")
	}
	if data, err := f.Files().Read(meeting.File{Hash: hexSum(scan)}); err != nil || string(data) != scan {
		t.Errorf("its file: %q %v", data, err)
	}
	if o, err := f.Organisation(t.Context()); err != nil || o.State().Name != "某党总支" {
		t.Errorf("its organisation: %v", err)
	}
	if rules, err := f.Config.Load(); err != nil || rules.ID != "regulation-2018" {
		t.Errorf("its rules: %v", err)
	}
}

// A folder that an older build wrote opens in this one and says what it said.
func TestTheRecordedFolderIsReadable(t *testing.T) { says(t, recordedDir(t, recordedFolder)) }

// So does its backup of format 1.
func TestTheRecordedBackupIsReadable(t *testing.T) {
	secret := []byte(read(t, filepath.Join(recordedDir(t, recordedFolder), "secret")))
	dir := filepath.Join(t.TempDir(), "data")
	done, err := RestoreTo(t.Context(), bytes.NewReader(recorded(t, recordedBackup)), dir, Restore{Secret: secret})
	if err != nil || done.OtherSecret || done.Version != 1 {
		t.Fatal(done, err)
	}
	says(t, dir)
}

// earlierFolder was written by commit b6c6459: no opinions
// without an author, no files and no second year were known then.
const earlierFolder = "testdata/folder-0.tar.gz"

// A folder of an earlier build opens, its counted vote says the same, and it is
// backed up and restored like every other.
func TestAFolderOfAnEarlierBuildIsReadable(t *testing.T) {
	dir := recordedDir(t, earlierFolder)
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h, err := f.Hall(t.Context(), "b1")
	if err != nil || len(f.Repaired()) > 0 {
		t.Fatal(err, f.Repaired())
	}
	s := h.State()
	if s.Phase != meeting.After || s.Vote() == nil || s.Vote().State != meeting.BoxCounted || len(s.Roster) == 0 {
		t.Errorf("phase %s, vote %+v", s.Phase, s.Vote())
	}
	seq, hash := h.Head()
	if got := fmt.Sprintf("%d %x %v", seq, hash[:8], s.Vote().Members().Sums); got != earlierSays {
		t.Errorf("it says %s", got)
	}
	if told, same := h.KnowsSecret(); !told || !same || h.Examine() != nil {
		t.Error("its secret is not known, or a ballot is not its own")
	}
	name, _ := backedUp(t, f, Backup{})
	if _, done, err := restores(t, name, Restore{Secret: f.Secret}); err != nil || done.OtherSecret || done.Records != seq {
		t.Errorf("restored %+v, %v", done, err)
	}
}

// earlierSays are the head of the earlier folder's log and the counts of its vote.
const earlierSays = "140 f160dbc61f821039 [[3 3 0 0] [0 6 0 0] [0 0 4 1] [0 6 0 0] [0 6 0 0] [0 6 0 0] [0 6 0 0] [0 6 0 0] [0 6 0 0] [0 6 0 0]]"
