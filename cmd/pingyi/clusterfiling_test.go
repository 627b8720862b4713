//go:build cluster

package main

import (
	"path/filepath"
	"testing"

	"pingyi/meeting/preset"
	"pingyi/store/etcd/etcdtest"
	"pingyi/store/folder"
)

// A branch that another server begins, and the meeting of which nobody holds on this
// one, gets its papers and copies here too.
func TestClusterFiling(t *testing.T) {
	at := &folder.Etcd{URLs: etcdtest.Start(t, etcdtest.Options{}).URLs()}
	first, share, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "share"), filepath.Join(t.TempDir(), "second")
	if err := folder.Init(first, "某党总支", folder.Config{Preset: preset.Default, Etcd: at}); err != nil {
		t.Fatal(err)
	}
	if err := folder.Share(first, share, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Join(second, share, folder.Access{}); err != nil {
		t.Fatal(err)
	}
	open := func(dir string) *folder.Folder {
		f, err := folder.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	filesOthers(t, open(first), open(second))
}
