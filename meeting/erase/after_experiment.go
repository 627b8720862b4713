//go:build goexperiment.runtimesecret

package erase

import (
	"runtime"
	"runtime/secret"
)

// After runs work and erases what it used. It may be nested. A panic goes
// through.
func After(work func()) { secret.Do(work) }

// Carry returns work for a goroutine that the caller starts: if the caller is in
// [After] the goroutine will be too.
func Carry(work func()) func() {
	if !secret.Enabled() {
		return work
	}
	return func() { After(work) }
}

// BuiltIn reports whether [After] erases anything in this build.
func BuiltIn() bool {
	return runtime.GOOS == "linux" && (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64")
}
