package main

import "golang.org/x/sys/unix"

// diskKind names the kind of disk that a folder is on, if it is on another machine
// or in a program; "" for every other.
func diskKind(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return ""
	}
	return remoteDisks[uint32(s.Type)] //nolint:gosec // the kinds have 32 bits
}

// remoteDisks are kinds of file systems as statfs(2) tells them.
var remoteDisks = map[uint32]string{
	0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB", 0x65735546: "FUSE（sshfs 之类）", 0x01021997: "9p", 0x5346414f: "AFS", 0x00c36400: "Ceph",
}
