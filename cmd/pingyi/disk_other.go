//go:build !linux

package main

// diskKind knows nothing here.
func diskKind(string) string { return "" }
