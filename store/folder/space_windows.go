package folder

import "golang.org/x/sys/windows"

// FreeSpace returns how many bytes of a folder's disk are free for this program. known is false where the system does not tell.
func FreeSpace(dir string) (free uint64, known bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return free, err == nil
}
