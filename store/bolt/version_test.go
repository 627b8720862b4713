package bolt

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// readerFor is the version of bbolt whose files tree.go, meta.go, scan.go, examine.go and mend.go were written for.
const readerFor = "v1.5.0"

// TestTheReaderIsForThisBbolt fails when go.mod names another bbolt than the one whose pages are read here without it.
func TestTheReaderIsForThisBbolt(t *testing.T) {
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); slices.Contains(fields, "go.etcd.io/bbolt") {
			found = append(found, strings.Join(fields, " "))
		}
	}
	want := "go.etcd.io/bbolt " + readerFor
	if len(found) == 1 && strings.TrimPrefix(found[0], "require ") == want {
		return
	}
	t.Errorf(`go.mod says %q; the page reader of this package was written for %q.

Before readerFor is changed, compare the two versions of bbolt:
 1. internal/common/page.go, meta.go, inode.go, bucket.go: the layout of pages, elements, meta pages and buckets as the comments of
    tree.go and meta.go have it; the version of the format (2), the magic, the checksum.
 2. db.go: which of two meta pages counts, where the second lies, and what Open does with a freelist that is not stored (NoFreelistSync).
 3. tx.go: in which order Commit writes data pages, syncs and writes the meta page: mend.go relies on a whole append being on the disk
    before the meta page that names it.
 4. bolt_unix.go: the lock is an flock on the file itself; the option OpenFile is still asked for the file.
Then run the tests of this package (damage_test.go spoils files byte by byte), and once with a file that the old version wrote.`, found, want)
}
