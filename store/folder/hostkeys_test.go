package folder_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/store/folder"
)

// A folder has a host key for every kind of client; a folder of an older build
// gets those that it lacks and keeps the one that people know.
func TestAFolderHasAHostKeyForEveryClient(t *testing.T) {
	h := newHouse(t)
	read := func(name string) []byte {
		t.Helper()
		file := filepath.Join(h.Dir, name)
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%s: %v %v", name, info, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	names := []string{"host_key", "host_key_ecdsa", "host_key_rsa"}
	var made [][]byte
	for _, name := range names {
		made = append(made, read(name))
	}
	for _, name := range names[1:] { // as an older build left it
		if err := os.Remove(filepath.Join(h.Dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := h.HostKeys()
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, key := range keys {
		kinds = append(kinds, key.PublicKey().Type())
		if many, ok := key.(gossh.MultiAlgorithmSigner); ok && strings.Contains(strings.Join(many.Algorithms(), " ")+" ", "ssh-rsa ") {
			t.Error("a key of RSA signs with SHA-1")
		}
	}
	if got := strings.Join(kinds, " "); got != "ssh-ed25519 ecdsa-sha2-nistp256 ssh-rsa" {
		t.Errorf("the keys are %s", got)
	}
	for i, name := range names {
		if same := bytes.Equal(read(name), made[i]); same != (i == 0) {
			t.Errorf("%s: the same as before: %v", name, same)
		}
	}
	again, err := h.HostKeys()
	if err != nil || len(again) != 3 {
		t.Fatalf("%d keys, %v", len(again), err)
	}
	for i := range again {
		if !bytes.Equal(again[i].PublicKey().Marshal(), keys[i].PublicKey().Marshal()) {
			t.Errorf("%s is made anew", names[i])
		}
	}
}

// Clients know the first key: another one in its place would look like somebody
// who poses as the server.
func TestTheFirstHostKeyIsNeverMadeAgain(t *testing.T) {
	h := newHouse(t)
	file := filepath.Join(h.Dir, "host_key")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := h.HostKeys(); err == nil || !strings.Contains(err.Error(), "folder.key-lost host_key") {
		t.Errorf("without it: %v", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
	if err := os.WriteFile(filepath.Join(h.Dir, "host_key_rsa"), []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := folder.Init(h.Dir, "某党总支", folder.Config{Preset: "seed-2017"}); !errors.Is(err, folder.ErrExists) {
		t.Errorf("a second init: %v", err)
	}
}
