package ssh

import "os"

// A new goroutine has a stack of 2 KB, which is doubled whenever it is too small: each
// time with everything on it moved, far down in a library. So the goroutines that go
// deep get what they need while nothing is on their stacks.

// roomForLogin makes the stack large enough for a login, 8 KB.
//
//go:noinline
func roomForLogin() byte {
	var room [5 << 10]byte
	return room[len(os.Args)%len(room)] // so that it is not left out
}

// roomForScreen makes the stack large enough for making a screen, 16 KB.
//
//go:noinline
func roomForScreen() byte {
	var room [9 << 10]byte
	return room[len(os.Args)%len(room)]
}
