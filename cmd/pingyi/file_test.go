package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The plug is pulled after a file was handed in, and after a record holds it.
func TestFilesOutliveACrash(t *testing.T) {
	r := newRig(t, sampleRoster(4))
	r.serve()
	photo := "\xff\xd8\xff\xe0" + strings.Repeat("\x00\n\r", 100_000)
	var added struct{ SHA256 string }
	r.json(r.say("m01", 0, photo, "file add 签到.jpg --json"), &added)
	r.kill()
	if err := os.WriteFile(filepath.Join(r.dir, "data", "files", "part-1"), []byte("half of one"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.serve()
	study := fmt.Sprintf(`{"day":"2017-03-14","form":"集中","topic":"《准则》","hours":2,"files":[{"name":"签到.jpg","sha256":"%s"}]}`, added.SHA256)
	r.say("m02", 1, "", "file get "+added.SHA256)
	r.say("m01", 0, study, "study add")
	r.kill()
	r.serve()
	if got := r.say("m02", 0, "", "file get "+added.SHA256[:8]); got != photo {
		t.Errorf("%d bytes came back", len(got))
	}
	r.kill()
	if list, err := os.ReadDir(filepath.Join(r.dir, "data", "files")); err != nil || len(list) != 1 || list[0].Name() != added.SHA256 {
		t.Errorf("in the folder: %v %v", list, err)
	}
	r.pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	if text, err := os.ReadFile(filepath.Join(r.dir, "papers", "study.md")); err != nil || !strings.Contains(string(text), added.SHA256) || !strings.Contains(string(text), "签到.jpg") {
		t.Errorf("the paper names no file: %s %v", text, err)
	}
}

// Somebody has thrown away the folder of files: who makes a backup hears that it lacks
// them, and so does who restores it. An older one has them.
func TestABackupSaysWhichFilesAreGone(t *testing.T) {
	r := newRig(t, sampleRoster(4))
	r.serve()
	r.say("m01", 0, "\xff\xd8\xff\xe0", "file add 签到.jpg")
	if _, told, code := r.try("backup", "whole.backup"); code != 0 || strings.Contains(told, "个附件") {
		t.Errorf("nothing is gone: exit %d, %s", code, told)
	}
	if err := os.RemoveAll(filepath.Join(r.dir, "data", "files")); err != nil {
		t.Fatal(err)
	}
	if _, told, code := r.try("backup", "late.backup"); code != 0 || !strings.Contains(told, "记录里的 1 个附件不在") {
		t.Errorf("one is gone: exit %d, %s", code, told)
	}
	for name, says := range map[string]string{"whole": "", "late": "1 个附件不在备份里"} {
		_, told, code := r.try("restore", name+".backup", "--data", name, "--secret", "data/secret")
		if code != 0 || !strings.Contains(told, says) || says == "" && strings.Contains(told, "个附件") {
			t.Errorf("%s: exit %d, %s", name, code, told)
		}
	}
}
