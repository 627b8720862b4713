package ssh

import (
	"slices"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// A page's part of the key counts, without another round trip, only if its exchange is
// the server's first; and other clients find all that the library has.
func TestThePagesKeyExchangeIsTheServersFirst(t *testing.T) {
	var all gossh.Config
	all.SetDefaults()
	ours := slices.Clone(keyExchanges)
	if len(ours) == 0 || ours[0] != gossh.KeyExchangeCurve25519 {
		t.Errorf("the server likes best: %v", ours)
	}
	slices.Sort(ours)
	slices.Sort(all.KeyExchanges)
	if !slices.Equal(ours, all.KeyExchanges) {
		t.Errorf("%v, of %v", ours, all.KeyExchanges)
	}
}
