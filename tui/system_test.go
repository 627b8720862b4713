package tui_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"pingyi/tui"
)

// What the system refuses while a finished file gets its name is told in Chinese with
// that name, not with the one of the part.
func TestAFileThatCannotGetItsNameIsTold(t *testing.T) {
	dir := t.TempDir()
	part := filepath.Join(dir, "part")
	if err := os.WriteFile(part, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{strings.Repeat("x", 300): "的名称太长", filepath.Join("part", "x"): "或它的上一级是文件"} {
		name = filepath.Join(dir, name)
		err := os.Rename(part, name)
		if told := tui.Chinese().Cause(err); !strings.HasPrefix(told, name+" "+want) {
			t.Errorf("%v: %s", err, told)
		}
	}
}

// A folder that cannot be made where a file is: the file itself may have its name.
func TestAFileInTheWayOfAFolderIsTold(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if told := tui.Chinese().Cause(os.MkdirAll(name, 0o700)); !strings.HasPrefix(told, name+" 或它的上一级是文件") {
		t.Error(told)
	}
}

// Whatever the system refuses a file, it is told what to do about it, in both
// languages, and nothing in the system's own words.
func TestWhatTheSystemRefusesIsTold(t *testing.T) {
	for _, no := range []syscall.Errno{
		syscall.EACCES, syscall.EPERM, syscall.EROFS, syscall.ENOTDIR, syscall.EISDIR, syscall.ENOENT, syscall.ENOSPC, syscall.EDQUOT,
		syscall.EFBIG, syscall.EIO, syscall.ENXIO, syscall.ENODEV, syscall.EBUSY, syscall.ETXTBSY, syscall.ELOOP, syscall.EMFILE,
		syscall.ENFILE, syscall.ENAMETOOLONG,
	} {
		err := fmt.Errorf("it: %w", &os.PathError{Op: "write", Path: "/media/usb/x", Err: no})
		for lang, told := range map[string]string{"zh": tui.Chinese().Cause(err), "en": tui.English().Cause(err)} {
			if !strings.Contains(told, "/media/usb/x") || strings.Contains(told, no.Error()) {
				t.Errorf("%v in %s: %s", no, lang, told)
			}
		}
	}
}

// A machine that can't be reached is named too, with what to look at.
func TestWhatTheNetworkRefusesIsTold(t *testing.T) {
	etcd := &net.TCPAddr{IP: net.IPv4(192, 168, 1, 9), Port: 2379}
	for _, no := range []error{syscall.ECONNREFUSED, syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ECONNRESET, syscall.EPIPE, os.ErrDeadlineExceeded} {
		err := fmt.Errorf("it: %w", &net.OpError{Op: "dial", Net: "tcp", Addr: etcd, Err: no})
		for lang, told := range map[string]string{"zh": tui.Chinese().Cause(err), "en": tui.English().Cause(err)} {
			if !strings.Contains(told, "192.168.1.9:2379") || strings.Contains(told, no.Error()) || strings.Contains(told, "tcp") {
				t.Errorf("%v in %s: %s", no, lang, told)
			}
		}
	}
	unknown := &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "etcd1", IsNotFound: true}}
	if told := tui.Chinese().Cause(unknown); !strings.HasPrefix(told, "找不到主机 etcd1：") {
		t.Error(told)
	}
}
