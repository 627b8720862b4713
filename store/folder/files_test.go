package folder_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/store/folder"
)

// counted counts what is read of it.
type counted struct {
	bytes.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func TestAFileIsKeptWholeAndStaysAfterARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	photo := "\xff\xd8\xff" + strings.Repeat("光", 9000)
	kept, err := folder.FilesIn(dir).Keep("照片.jpg", strings.NewReader(photo))
	if err != nil || kept.Name != "照片.jpg" || kept.Size != len(photo) || len(kept.Hash) != 64 {
		t.Fatalf("%+v %v", kept, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "part-1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := folder.FilesIn(dir)
	got, err := again.Read(kept)
	if err != nil || string(got) != photo {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if twice, err := again.Keep("也是它.jpeg", strings.NewReader(photo)); err != nil || twice.Hash != kept.Hash {
		t.Errorf("%+v %v", twice, err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 || list[0].Name() != kept.Hash {
		t.Errorf("in the folder: %v %v", list, err)
	}
}

func TestAFileThatIsRefusedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name string
		size int
		code meeting.Code
	}{
		{"照片.jpg", meeting.MaxFile + 1, meeting.FileTooBig},
		{"照片.jpg", 20 * meeting.MaxFile, meeting.FileTooBig},
		{"照片.jpg", 0, meeting.FileEmpty},
		{"照片.png", 100, meeting.FileContent},
		{"../照片.jpg", 100, meeting.FileName},
		{"照片.exe", 100, meeting.FileKind},
	} {
		from := &counted{Reader: *bytes.NewReader(append([]byte("\xff\xd8\xff"), make([]byte, max(c.size, 3))...)[:c.size])}
		_, err := folder.FilesIn(dir).Keep(c.name, from)
		var no *meeting.Refusal
		if !errors.As(err, &no) || no.Code != c.code || from.n > meeting.MaxFile+1 {
			t.Errorf("%s of %d bytes: %v after %d", c.name, c.size, err, from.n)
		}
	}
	whole := append([]byte("\xff\xd8\xff"), make([]byte, meeting.MaxFile-3)...)
	if kept, err := folder.FilesIn(dir).Keep("满.jpg", bytes.NewReader(whole)); err != nil || kept.Size != meeting.MaxFile {
		t.Errorf("of 5 MB: %v", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("in the folder: %v %v", list, err)
	}
}

// A disk may lose or change what it was given: that is said.
func TestAFileThatChangedIsNotGiven(t *testing.T) {
	dir := t.TempDir()
	files := folder.FilesIn(dir)
	kept, err := files.Keep("a.pdf", strings.NewReader("%PDF-1.7 内容"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, kept.Hash), []byte("%PDF-1.7 别的"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"store.file-damaged", "store.no-file"} {
		if data, err := files.Read(kept); data != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q %v, not %s", data, err, want)
		}
		if err := os.Remove(filepath.Join(dir, kept.Hash)); err != nil && want != "store.no-file" {
			t.Fatal(err)
		}
	}
	if _, err := files.Keep("a.pdf", strings.NewReader("%PDF-1.7 内容")); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Read(kept); err != nil {
		t.Errorf("handed in again: %v", err)
	}
}
