package ssh

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/store/folder"
)

// keepsFiles gives a server a folder of files.
func keepsFiles(dir string) func(*Config) {
	return func(c *Config) { c.Files = folder.FilesIn(dir) }
}

func TestFilesOfARecord(t *testing.T) {
	h := newHouse(t, 4, keepsFiles(t.TempDir()))
	photo := "\xff\xd8\xff\xe0" + strings.Repeat("\x00\x01\r\n", 300_000) // any bytes come back, more than a text may have
	sum := sha256.Sum256([]byte(photo))
	hash := hex.EncodeToString(sum[:])
	var added struct{ SHA256 string }
	h.asks("m01", "file add 照片 1.jpg", photo, &added)
	if added.SHA256 != hash {
		t.Fatalf("%s is not %s", added.SHA256, hash)
	}
	gets := func(who meeting.MemberID, hash string, may bool) {
		t.Helper()
		a := h.says(who, "file get "+hash, "")
		if may && (a.exit != exitOK || a.out != photo) {
			t.Errorf("%s gets %d bytes: %d %s", who, len(a.out), a.exit, a.err)
		}
		unknown := strings.ReplaceAll(h.says(who, "file get "+strings.Repeat("0", 64), "").err, strings.Repeat("0", 64), hash)
		if !may && (a.exit != exitFailed || a.out != "" || a.err != unknown || !oneLine(a.err)) {
			t.Errorf("%s is told %+v, of one that there is not %q", who, a, unknown)
		}
	}
	gets("m01", hash, true)
	gets("m02", hash, false)
	gets("m02", hash[:8], false)
	file := fmt.Sprintf(`[{"name":"照片 1.jpg","sha256":"%s"}]`, hash)
	talk := fmt.Sprintf(`{"day":"2017-03-14","form":"集中","topic":"《准则》","hours":2,"files":%s}`, file)
	if a := h.says("m02", "study add", talk); a.exit != exitFailed || a.out != "" {
		t.Errorf("who keeps no records: %+v", a)
	}
	var r kept
	h.asks("m01", "study add", talk, &r)
	if got := fmt.Sprint(r.Fields["files"]); got != fmt.Sprintf("[map[name:照片 1.jpg sha256:%s]]", hash) {
		t.Errorf("files: %s", got)
	}
	gets("m01", hash, true)
	gets("m02", hash, true)
	gets("m02", strings.ToUpper(hash[:8]), true)
	if a := h.says("m02", "study show 1", ""); !strings.Contains(a.out, "照片 1.jpg（1.1 MB，编号 "+hash[:8]+"）") {
		t.Errorf("shown: %s", a.out)
	}
	h.asks("m01", "study update 1", `{"files":[]}`, &r)
	gets("m02", hash, false)
	gets("m01", hash, false)
}

func TestFilesThatAreNotTaken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "files")
	h := newHouse(t, 3, keepsFiles(dir))
	for _, c := range []struct{ name, content, why string }{
		{"大.jpg", "\xff\xd8\xff" + strings.Repeat("x", meeting.MaxFile-2), "文件超过 5 MB，没有收下：请压缩后再交。"},
		{"大.jpg", "\xff\xd8\xff" + strings.Repeat("x", 3*meeting.MaxFile), "文件超过 5 MB，没有收下：请压缩后再交。"},
		{"空.jpg", "", "文件是空的，没有收下：请检查命令里 < 后面的文件。"},
		{"假.jpg", "#!/bin/sh", "「假.jpg」的内容不是名字说的那种文件"},
		{"程序.exe", "MZ", "「程序.exe」这种文件不收：只收 .jpg"},
		{"../../pingyi.jpg", "\xff\xd8\xff", "「../../pingyi.jpg」不能作文件名"},
		{"/etc/cron.d/a.jpg", "\xff\xd8\xff", "不能作文件名"},
		{`'..\a.jpg'`, "\xff\xd8\xff", "不能作文件名"},
		{"照\u202e片.jpg", "\xff\xd8\xff", "不能作文件名"},
		{strings.Repeat("长", 200) + ".jpg", "\xff\xd8\xff", "不能作文件名"},
	} {
		if a := h.says("m02", "file add "+c.name, c.content); a.exit != exitFailed || a.out != "" || !oneLine(a.err) || !strings.Contains(a.err, c.why) {
			t.Errorf("%.30s: %d %q %q", c.name, a.exit, a.out, a.err)
		}
	}
	for _, words := range []string{"file", "file add", "file get", "file get a b", "file take a.jpg", "file add 照\x1b[2J片.jpg", "file list x"} {
		if a := h.says("m02", words, "\xff\xd8\xff"); a.exit != exitUsage || a.out != "" || strings.Contains(a.err, "\x1b") {
			t.Errorf("%q: %+v", words, a)
		}
	}
	for _, hash := range []string{"x", "../../../etc/passwd", "%2e%2e", strings.Repeat("f", 64), strings.Repeat("f", 8), strings.Repeat("x", 5000)} {
		if a := h.says("m02", "file get "+hash, ""); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%.20s: %+v", hash, a)
		}
	}
	if list, err := os.ReadDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) || len(list) > 0 {
		t.Errorf("in the folder: %v %v", list, err)
	}
	if s := h.hall.State(); len(s.UnusedFiles("m02")) > 0 {
		t.Errorf("added: %v", s.UnusedFiles("m02"))
	}
}

// The superior gets what a record holds that they may read, and adds nothing.
func TestFilesOfABranchForTheSuperior(t *testing.T) {
	h, _ := newOrgHouse(t)
	h.server.config.Files = folder.FilesIn(t.TempDir())
	var added struct{ SHA256 string }
	h.asks("m01", "file add 签到.pdf", "%PDF-1.7 签到", &added)
	get := "in b1 file get " + added.SHA256
	if a := h.says("s1", get, ""); a.exit != exitFailed || a.out != "" {
		t.Errorf("before it is in a record: %+v", a)
	}
	h.asks("m01", "study add", fmt.Sprintf(`{"day":"2017-03-14","form":"集中","topic":"《准则》","hours":2,"files":[{"name":"签到.pdf","sha256":"%s"}]}`, added.SHA256), &kept{})
	if a := h.says("s1", get, ""); a.exit != exitOK || a.out != "%PDF-1.7 签到" {
		t.Errorf("%+v", a)
	}
	if a := h.says("s1", "in b2 file get "+added.SHA256, ""); a.exit != exitFailed || a.out != "" {
		t.Errorf("in another branch: %+v", a)
	}
	if a := h.says("s1", "in b1 file add a.pdf", "%PDF-"); a.exit != exitFailed || a.out != "" {
		t.Errorf("the superior adds one: %+v", a)
	}
}
