package voter

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"

	gossh "golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"pingyi/store"
)

// Why a server is not trusted, or what was given to know it by is not clear.
const (
	ErrUnknownHost    store.Code = "voter.unknown-host"    // host
	ErrChangedKey     store.Code = "voter.changed-key"     // host, the fingerprint that it shows
	ErrBadFingerprint store.Code = "voter.bad-fingerprint" // what was given
	ErrKnownHosts     store.Code = "voter.known-hosts"
)

// algorithms are those of a server's host keys, in the order in which a voter asks
// for them: one connection each until a key is the one that is known.
var algorithms = [][]string{
	{gossh.KeyAlgoED25519}, {gossh.KeyAlgoECDSA256}, {gossh.KeyAlgoRSASHA512, gossh.KeyAlgoRSASHA256},
}

// HostKey returns the check of a server's host key: it has the fingerprint
// SHA256:… that the member read on their slip, any of those that stand there, or
// with "" the key that a known_hosts file of this machine names.
func HostKey(fingerprint string) (gossh.HostKeyCallback, error) {
	if fingerprint == "" {
		return known()
	}
	want := strings.Join(strings.Fields(fingerprint), "") // a slip has it in two lines
	for _, kind := range []string{"ED25519", "ECDSA", "RSA"} {
		want = strings.TrimPrefix(want, kind) // copied with it
	}
	if text, ok := strings.CutPrefix(want, "SHA256:"); !ok || len(text) != 43 {
		return nil, ErrBadFingerprint.Of(fingerprint)
	}
	return func(host string, _ net.Addr, key gossh.PublicKey) error {
		if seen := gossh.FingerprintSHA256(key); seen != want {
			return ErrChangedKey.Of(host, seen)
		}
		return nil
	}, nil
}

// known returns the check by the known_hosts files of OpenSSH.
func known() (gossh.HostKeyCallback, error) {
	files := []string{"/etc/ssh/ssh_known_hosts"}
	if home, err := os.UserHomeDir(); err == nil {
		files = append(files, filepath.Join(home, ".ssh", "known_hosts"))
	}
	var there []string
	for _, name := range files {
		if _, err := os.Stat(name); err == nil {
			there = append(there, name)
		}
	}
	look, err := knownhosts.New(there...)
	if err != nil {
		return nil, ErrKnownHosts.By(err)
	}
	return func(host string, at net.Addr, key gossh.PublicKey) error {
		err := look(host, at, key)
		var other *knownhosts.KeyError
		var revoked *knownhosts.RevokedError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &other) && len(other.Want) == 0:
			return ErrUnknownHost.Of(host)
		case errors.As(err, &other), errors.As(err, &revoked):
			return ErrChangedKey.Of(host, gossh.FingerprintSHA256(key))
		}
		return ErrKnownHosts.By(err)
	}, nil
}
