//go:build cluster

package folder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/etcd/etcdtest"
	"pingyi/store/folder"
)

// Ballots that one server has removed are gone on the other too when it prunes:
// from its memory and from its automatic copies.
func TestClusterPrune(t *testing.T) {
	at := &folder.Etcd{URLs: etcdtest.Start(t, etcdtest.Options{}).URLs()}
	one := newHouse(t)
	one.votes()
	one.ends()
	dir := one.Dir
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.CopyToEtcd(t.Context(), dir, *at, ""); err != nil {
		t.Fatal(err)
	}
	share, second := filepath.Join(t.TempDir(), "share"), filepath.Join(t.TempDir(), "second")
	open := func(dir string, a folder.Access) *house {
		f, err := folder.OpenWith(dir, a)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return &house{t, f}
	}
	one = open(dir, folder.Access{Etcd: at})
	if err := folder.Share(dir, share, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Join(second, share, folder.Access{}); err != nil {
		t.Fatal(err)
	}
	other := open(second, folder.Access{})
	if _, err := other.Copy(t.Context()); err != nil {
		t.Fatal(err)
	}
	old, err := folder.Copies(second)
	if err != nil || len(old) != 1 {
		t.Fatal(old, err)
	}
	before, err := os.Stat(old[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	held := func(h *house) (n int) {
		for _, slip := range h.hall().State().Vote().Members().Returned.All() {
			if slip.Ballot() != nil {
				n++
			}
		}
		return n
	}
	if held(one) == 0 || held(other) == 0 {
		t.Fatalf("%d and %d ballots before", held(one), held(other))
	}
	done, err := one.Prune(t.Context(), "b1", "党总支〔2017〕3号", meeting.BallotBlob)
	if err != nil || done.Removed != 7 {
		t.Fatalf("%+v %v", done, err)
	}
	again, err := other.Prune(t.Context(), "b1", "党总支〔2017〕3号", meeting.BallotBlob)
	if err != nil || again.Removed != 0 || again.Head != done.Head {
		t.Errorf("%+v %v", again, err)
	}
	if held(one) != 0 || held(other) != 0 {
		t.Errorf("%d and %d ballots are still in memory", held(one), held(other))
	}
	if now, err := os.Stat(old[0].Path); err == nil && os.SameFile(now, before) && now.ModTime().Equal(before.ModTime()) { // the new one may have its name
		t.Error("the automatic copy of before is still there")
	}
	if n := len(other.windows()); n != 0 {
		t.Errorf("%d ciphertexts can still be read", n)
	}
}

// An automatic copy of any server can be restored with its files when the cluster is
// gone; taken to another place, it says that they are in the cluster.
func TestClusterCopiesHaveTheirFiles(t *testing.T) {
	cluster := etcdtest.Start(t, etcdtest.Options{})
	dir, share, second := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "share"), filepath.Join(t.TempDir(), "second")
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: preset.Default, Etcd: &folder.Etcd{URLs: cluster.URLs()}}); err != nil {
		t.Fatal(err)
	}
	if err := folder.Share(dir, share, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Join(second, share, folder.Access{}); err != nil {
		t.Fatal(err)
	}
	one, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	other, err := folder.Open(second)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := one.Found(t.Context(), "b1", "第一党支部"); err != nil {
		t.Fatal(err)
	}
	var kept []meeting.File
	for _, text := range []string{"一张", strings.Repeat("长", 700_000)} {
		file, err := one.Files().Keep("附件.pdf", strings.NewReader("%PDF-1.4 "+text))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, file)
		if _, err := other.Copy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	cluster.Members[0].Kill()
	copies, err := folder.Copies(second)
	if err != nil || len(copies) != 2 {
		t.Fatal(copies, err)
	}
	restored := func(beside string) (string, folder.Restored) {
		file, err := os.Open(copies[1].Path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		to := filepath.Join(t.TempDir(), "back")
		done, err := folder.RestoreTo(t.Context(), file, to, folder.Restore{Secret: other.Secret, Beside: beside})
		if err != nil {
			t.Fatal(err)
		}
		return to, done
	}
	if _, done := restored(""); len(done.Missing) != 2 || !done.InEtcd {
		t.Errorf("in another place: %+v", done)
	}
	back, done := restored(second)
	if len(done.Missing) > 0 || done.Head == "" {
		t.Errorf("%+v", done)
	}
	f, err := folder.Open(back)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, file := range kept {
		if data, err := f.Files().Read(file); err != nil || len(data) != file.Size {
			t.Errorf("%d bytes of %d: %v", len(data), file.Size, err)
		}
	}
}
