package main

import (
	"fmt"
	"runtime"

	"pingyi/meeting/erase"
)

// version is the name of this release, which the linker writes (Makefile).
var version = "dev"

// versionLine says which program this is.
func versionLine() string {
	memory := "没有（自己编译要用 make build，见 README）"
	if erase.BuiltIn() {
		memory = "有"
	}
	return fmt.Sprintf("pingyi %s，%s/%s，%s，票和恢复码用过即擦（runtime/secret）：%s", version, runtime.GOOS, runtime.GOARCH, runtime.Version(), memory)
}
