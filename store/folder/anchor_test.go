package folder

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pingyi/meeting"
)

// keepsHead writes a file with a head beside the database of b1.
func keepsHead(t *testing.T, f *Folder, h meeting.Head) {
	t.Helper()
	text, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(f.Dir, "head-b1.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// headOfB1 is where the log of b1 ends.
func headOfB1(t *testing.T, f *Folder) meeting.Head {
	t.Helper()
	h, err := f.Hall(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	seq, hash := h.Head()
	return meeting.Head{Vote: 1, Seq: int(seq), Hash: hex.EncodeToString(hash[:])}
}

// Whoever can write the database can make all of it anew. The head of the last closing
// lies beside it: a check tells where the two do not fit.
func TestACheckComparesTheHeadsThatWereKept(t *testing.T) {
	f := kept(t)
	good := headOfB1(t, f)
	other, later := good, good
	other.Hash = hex.EncodeToString(make([]byte, 32))
	later.Seq++
	for _, c := range []struct {
		kept meeting.Head
		want error
	}{{good, nil}, {other, ErrHeadDiffers}, {later, ErrHeadMissed}, {meeting.Head{}, ErrHeadUnreadable}} {
		keepsHead(t, f, c.kept)
		if _, err := f.Check(t.Context()); !errors.Is(err, c.want) {
			t.Errorf("%+v, open: %v, want %v", c.kept, err, c.want)
		}
	}
	keepsHead(t, f, other)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Check(f.Dir); !errors.Is(err, ErrHeadDiffers) {
		t.Errorf("closed: %v", err)
	}
	if err := os.WriteFile(filepath.Join(f.Dir, "head-b1.json"), []byte("no head"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Check(f.Dir); !errors.Is(err, ErrHeadUnreadable) {
		t.Errorf("no head: %v", err)
	}
}

// A vote that is closed while a backup is written is open in the backup: with the head
// of its closing, the box of the restored branch could never be opened.
func TestABackupHasNoHeadOfWhatItDoesNotHold(t *testing.T) {
	f := kept(t)
	head := headOfB1(t, f)
	for later, want := range []bool{true, false} {
		head.Seq += later
		keepsHead(t, f, head)
		name, _ := backedUp(t, f, Backup{})
		dir, _, err := restores(t, name, Restore{Secret: f.Secret})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "head-b1.json")); (err == nil) != want {
			t.Errorf("a head %d records after the end: %v", later, err)
		}
	}
}
