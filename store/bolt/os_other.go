//go:build !unix || solaris || aix

package bolt

import "os"

// foldersLock says that a folder cannot be locked.
const foldersLock = false

// mapBytes leaves it to bbolt: on Windows a file is as long as its map.
const mapBytes = 0

// tryLock does nothing: bbolt locks at once. In between another process may write. On Windows a file that is open there cannot be renamed
// over, so a repair on that ground fails and changes nothing.
func tryLock(*os.File, bool) (held bool, err error) { return false, nil }

// unlock has nothing to do: closing the file lets the lock go.
func unlock(*os.File) error { return nil }

// mayWrite does not know: opening the file tells.
func mayWrite(string) error { return nil }

// syncDir has nothing to do: folders cannot be synced here.
func syncDir(string) error { return nil }
