//go:build linux || darwin

package storetest

import (
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// alone is set in a process that runs one test.
const alone = "PINGYI_TEST_ALONE"

// Alone reports whether this process runs the test t alone; in any other it runs t that way and fails where t does. A test that uses FullDisk
// asks, because what go test itself writes beside the tests would fail too.
func Alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(alone) != "" {
		return true
	}
	args := slices.DeleteFunc(slices.Clone(os.Args[1:]), func(arg string) bool { return !strings.HasPrefix(arg, "-rapid.") })
	cmd := exec.CommandContext(t.Context(), os.Args[0], append(args, "-test.v", "-test.run=^"+t.Name()+"$")...)
	cmd.Env = append(os.Environ(), alone+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	} else {
		t.Logf("%s", out)
	}
	return false
}

// FullDisk makes every write of this process fail that goes past so many bytes of a file, while work is done.
func FullDisk(t interface {
	Helper()
	Fatal(args ...any)
}, size uint64, work func(),
) {
	t.Helper()
	signal.Ignore(unix.SIGXFSZ)
	var was unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
	}()
	work()
}
