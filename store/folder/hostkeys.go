package folder

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"
)

// keyFile is the file of one of the SSH host keys.
type keyFile struct {
	name string
	make func() (crypto.PrivateKey, error)
}

// mainKey is the host key that clients choose if they know it: a login with it
// is the cheapest. It is made once, by [Init]: another one would look like
// somebody who poses as the server.
var mainKey = keyFile{"host_key", func() (crypto.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	return key, err
}}

// otherKeys are for clients that do not know ed25519: old apps on phones know
// ECDSA, and some houses allow only RSA.
var otherKeys = []keyFile{
	{"host_key_ecdsa", func() (crypto.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }},
	{"host_key_rsa", func() (crypto.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 3072) }},
}

// write makes a key and puts it into its file.
func (k keyFile) write(dir string) error {
	key, err := k.make()
	if err != nil {
		return err
	}
	block, err := gossh.MarshalPrivateKey(key, "pingyi")
	if err != nil {
		return err
	}
	return write(dir, k.name, pem.EncodeToMemory(block))
}

// read returns the key. One of RSA signs with SHA-2 only.
func (k keyFile) read(dir string) (gossh.Signer, error) {
	path := filepath.Join(dir, k.name)
	text, err := readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, keyUnreadable.Of(k.name).By(err)
	}
	key, err := gossh.ParsePrivateKey(text)
	switch {
	case err != nil && k.name == mainKey.name:
		return nil, keyLost.Of(k.name, path)
	case err != nil:
		return nil, keyBroken.Of(k.name)
	}
	if all, ok := key.(gossh.AlgorithmSigner); ok && key.PublicKey().Type() == gossh.KeyAlgoRSA {
		return gossh.NewSignerWithAlgorithms(all, []string{gossh.KeyAlgoRSASHA512, gossh.KeyAlgoRSASHA256})
	}
	return key, nil
}

// keysWhole refuses a folder whose host keys a server could not use: a backup of it
// could not be restored.
func (f *Folder) keysWhole() error {
	for _, k := range append([]keyFile{mainKey}, otherKeys...) {
		if _, err := os.Stat(filepath.Join(f.Dir, k.name)); errors.Is(err, fs.ErrNotExist) && k.name != mainKey.name {
			continue
		}
		if _, err := k.read(f.Dir); err != nil {
			return err
		}
	}
	return nil
}

// HostKeys returns the folder's SSH host keys: ed25519, ECDSA, RSA. What a folder
// of an older build lacks is made; only the first is never made again.
func (f *Folder) HostKeys() ([]gossh.Signer, error) {
	var keys []gossh.Signer
	for _, k := range append([]keyFile{mainKey}, otherKeys...) {
		if _, err := os.Stat(filepath.Join(f.Dir, k.name)); errors.Is(err, fs.ErrNotExist) && k.name != mainKey.name {
			if err := k.write(f.Dir); err != nil {
				return nil, err
			}
		}
		key, err := k.read(f.Dir)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}
