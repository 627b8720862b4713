// Package erase keeps short what secrets leave in the memory of the process:
// scrutineers' recovery codes, and choices before they are encrypted.
//
// Go's collector frees memory without erasing it, and a copy stays readable for
// whoever reads the process's memory until something else is written there. Two
// things are done about that.
//
// [After] runs work so that the registers, the stack and the heap that it used are
// erased: the stack at once, the heap once the collector finds that nothing needs
// it. It needs runtime/secret, which is in the program only when that was built
// with GOEXPERIMENT=runtimesecret for Linux on amd64 or arm64, as the Makefile does;
// elsewhere After only runs the work, and [BuiltIn] says so. It reaches neither
// goroutines that the work starts, without [Carry], nor what others keep.
//
// [Freed] writes over the heap that is free, whoever used it: libraries hold
// copies that After does not reach. It works in every build.
//
// Nothing reaches what is still in use: a library's buffer of a connection that
// is still open, the text of a page that is still shown.
package erase
