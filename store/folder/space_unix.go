//go:build linux || darwin

package folder

import "golang.org/x/sys/unix"

// FreeSpace returns how many bytes of a folder's disk are free for this program. known is false where the system does not tell.
func FreeSpace(dir string) (free uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true //nolint:gosec // no block has a negative size
}
