package folder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pingyi/meeting/preset"
	"pingyi/store"
)

// spoilt is a data folder in which one file holds something else; "" removes it.
func spoilt(t *testing.T, name, text string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := Init(dir, "某党总支", Config{Preset: preset.Default}); err != nil {
		t.Fatal(err)
	}
	err := os.Remove(filepath.Join(dir, name))
	if text != "" {
		err = os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A folder whose secret an editor saved with a new line at its end, or whose rules
// are lost, is not opened: every join code would be refused, and nobody told why.
func TestASpoiltFolderIsNotOpened(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       store.Code
	}{
		{"secret", "0123456789abcdef0123456789abcdef\n", secretMissing},
		{"secret", "0123456789abcdef", secretMissing},
		{"secret", "", secretMissing},
		{"secret", "0123456789abcdef0123456789abcdef", ErrOtherSecret},
		{"pingyi.json", "{}", configBroken},
		{"pingyi.json", "null", configBroken},
		{"pingyi.json", `{"preset":`, configBroken},
		{"pingyi.json", "", ErrDatabaseThere},
	} {
		f, err := Open(spoilt(t, c.name, c.text))
		if !errors.Is(err, c.code) {
			t.Errorf("%s %q: %v", c.name, c.text, err)
		}
		if err == nil {
			_ = f.Close()
		}
	}
}

// A backup of a folder whose host key is lost could not be restored: it is refused
// at once, and says that it is the folder that lacks the key, not the backup.
func TestAFolderWithoutItsHostKeyIsNotBackedUp(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       store.Code
	}{
		{"host_key", "", keyLost}, {"host_key", "no key", keyLost}, {"host_key_rsa", "no key", keyBroken},
	} {
		f, err := Open(spoilt(t, c.name, c.text))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "a.backup")
		if _, err := f.Backup(t.Context(), to, Backup{}); !errors.Is(err, c.code) {
			t.Errorf("%s %q: %v", c.name, c.text, err)
		}
		if _, err := f.HostKeys(); !errors.Is(err, c.code) {
			t.Errorf("a server with %s %q: %v", c.name, c.text, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A host key that lies elsewhere is in the backup like any other.
func TestALinkedHostKeyIsBackedUp(t *testing.T) {
	dir := spoilt(t, "pingyi.json", "{\"preset\":\"seed-2017\"}")
	key, elsewhere := filepath.Join(dir, "host_key"), filepath.Join(t.TempDir(), "key")
	if err := os.Rename(key, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, key); err != nil {
		t.Skip(err)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, v := backedUp(t, f, Backup{}); !v.has("host_key") {
		t.Errorf("it holds %v", v.Files)
	}
}
