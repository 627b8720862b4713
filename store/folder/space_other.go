//go:build !linux && !darwin && !windows

package folder

// FreeSpace knows nothing here.
func FreeSpace(string) (free uint64, known bool) { return 0, false }
