//go:build !windows

package main

import "golang.org/x/sys/unix"

// owned keeps what this process makes open to its own account, whatever the umask
// says of that: a folder that its maker can't enter is half made.
func owned() { unix.Umask(unix.Umask(0o777) &^ 0o700) }
