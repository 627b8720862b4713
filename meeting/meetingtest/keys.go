package meetingtest

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
)

// PublicKey returns a public key of ed25519 as it is stored, always the same one
// for n. Nobody has its private part.
func PublicKey(n int) string {
	const kind = "ssh-ed25519"
	field := func(b []byte) []byte { return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...) }
	return kind + " " + base64.StdEncoding.EncodeToString(slices.Concat(field([]byte(kind)), field(binary.BigEndian.AppendUint64(make([]byte, 24), uint64(n)))))
}
