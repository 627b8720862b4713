package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is an account without rights.
const nobody = 65534

// asNobody runs the real program in a folder from an account without rights.
func (r *rig) asNobody(args ...string) (errs string, code int) {
	r.t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir = r.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	var e bytes.Buffer
	cmd.Stderr = &e
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return e.String(), cmd.ProcessState.ExitCode()
}

// A file that may not be read is not called damaged: the sentence names it and
// says that the permission is missing.
func TestAFileWithoutPermissionIsCalledSo(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can run something as somebody else")
	}
	r := newRig(t, sampleRoster(5))
	for dir := r.dir; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		opens(t, dir)
	}
	opens(t, filepath.Dir(binary))
	data := filepath.Join(r.dir, "data")
	owns := func(id int, path string) {
		t.Helper()
		if err := os.Chown(path, id, id); err != nil {
			t.Fatal(err)
		}
	}
	told := func(what, name string, args ...string) {
		t.Helper()
		errs, code := r.asNobody(args...)
		if code != exitFailed || !strings.Contains(errs, "没有权限") || !strings.Contains(errs, name) || strings.Contains(errs, "损坏") || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %v: exit %d: %s", what, args, code, errs)
		}
	}
	told("another's folder", "data", "branch", "list")
	err := filepath.WalkDir(data, func(path string, _ fs.DirEntry, err error) error {
		owns(nobody, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"pingyi.json": {"branch", "list"}, "secret": {"branch", "list"}, "pingyi.db": {"branch", "list"},
		"host_key": {"serve", "--addr", "127.0.0.1:0"}, "host_key_rsa": {"codes", "--branch", "b1", "-o", "x.csv"},
	} {
		owns(0, filepath.Join(data, name))
		told(name, name, args...)
		owns(nobody, filepath.Join(data, name))
	}
	if errs, code := r.asNobody("serve", "--addr", "127.0.0.1:22"); !unprivileged() && (code != exitFailed || !strings.Contains(errs, "没有权限用端口 22")) {
		t.Errorf("port 22: exit %d: %s", code, errs)
	}
}

// unprivileged reports whether everybody may listen at port 22 here, as in some
// containers.
func unprivileged() bool {
	text, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start")
	return err == nil && strings.TrimSpace(string(text)) == "0"
}

func opens(t *testing.T, dir string) {
	t.Helper()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

// What is named with --data is a file, or stands below one.
func TestAFileIsNoDataFolder(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	for _, path := range []string{"roster.csv", "roster.csv/data"} {
		if errs := r.refused(exitFailed, "branch", "list", "--data", path); !strings.Contains(errs, "不是文件夹") || !strings.Contains(errs, "roster.csv") {
			t.Errorf("%s: %s", path, errs)
		}
		if errs := r.refused(exitFailed, "init", "--org", "某党总支", "--data", path); !strings.Contains(errs, "文件") || !strings.Contains(errs, "roster.csv") {
			t.Errorf("init %s: %s", path, errs)
		}
	}
}
