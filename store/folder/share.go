package folder

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"pingyi/store"
)

// A share is what a further server needs to be the same to everybody: one file of
// JSON, mode 0600. Who has it can pose as the server and derive every code's hash
// and every credential.

const shareVersion = 1

const (
	// ErrShareThere says that there is a file where a share shall be written.
	ErrShareThere store.Code = "folder.share-there" // file

	shareBroken  store.Code = "folder.share-broken"
	shareUnread  store.Code = "folder.share-unread"   // file
	shareNewer   store.Code = "folder.share-newer"    // version
	shareNoWhere store.Code = "folder.share-no-where" // there is no etcd
)

// share is the file's content.
type share struct {
	Pingyi   int               `json:"pingyi"` // version
	Config   Config            `json:"config"`
	Secret   []byte            `json:"secret"`
	HostKeys map[string]string `json:"host_keys"`          // by their files
	Etcd     map[string]string `json:"etcd,omitempty"`     // certificates and key, by their files in the new folder
	Password string            `json:"password,omitempty"` // for the etcd's user
}

// Names of the files that a share brings into a folder for its etcd.
const (
	etcdCA   = "etcd-ca.pem"
	etcdCert = "etcd-cert.pem"
	etcdKey  = "etcd-key.pem"
	etcdPass = "etcd-password"
)

// Share writes into a new file what a further server needs: secret, host keys,
// configuration, and the way to the etcd.
func Share(dir, name string, password string) error {
	s := share{Pingyi: shareVersion, HostKeys: map[string]string{}, Etcd: map[string]string{}, Password: password}
	var err error
	if s.Config, err = ReadConfig(dir); err != nil {
		return err
	}
	if s.Config.Etcd == nil {
		return shareNoWhere
	}
	if s.Secret, err = readSecret(dir); err != nil {
		return err
	}
	for _, k := range append([]keyFile{mainKey}, otherKeys...) {
		text, err := os.ReadFile(filepath.Join(dir, k.name))
		if err != nil {
			return keyUnreadable.Of(k.name).By(err)
		}
		s.HostKeys[k.name] = string(text)
	}
	if err := s.takeEtcd(dir, *s.Config.Etcd); err != nil {
		return err
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return writeShare(name, append(text, '\n'))
}

// takeEtcd takes the files with which the etcd is reached.
func (s *share) takeEtcd(dir string, e Etcd) error {
	if s.Password == "" {
		text, err := os.ReadFile(filepath.Join(dir, etcdPass))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return keyUnreadable.Of(etcdPass).By(err)
		}
		s.Password = string(text)
	}
	for _, f := range []struct {
		at   *string
		name string
	}{{&e.CA, etcdCA}, {&e.Cert, etcdCert}, {&e.Key, etcdKey}} {
		if *f.at == "" {
			continue
		}
		text, err := os.ReadFile(inDir(dir, *f.at))
		if err != nil {
			return keyUnreadable.Of(*f.at).By(err)
		}
		s.Etcd[f.name], *f.at = string(text), f.name
	}
	s.Config.Etcd = &e
	return nil
}

// inDir returns the path of a file that a configuration names.
func inDir(dir, file string) string {
	if file == "" || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// writeShare writes a file of mode 0600 that must not be there.
func writeShare(name string, text []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrShareThere.Of(name)
	case err != nil:
		return unwritable.Of(name).By(err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return unwritable.Of(name).By(errors.Join(err, os.Remove(name)))
	}
	return nil
}

// Join makes a data folder of a share: the same secret and host keys, and, unless
// the share's folder keeps its records itself, the same etcd, which must have its
// records. The folder must be new or empty.
func Join(dir, name string, a Access) (c Config, err error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return c, shareUnread.Of(name).By(err)
	}
	var s share
	switch err := json.Unmarshal(text, &s); {
	case err != nil, s.Pingyi < 1, len(s.Secret) != secretLen, s.HostKeys[mainKey.name] == "":
		return c, shareBroken
	case s.Pingyi > shareVersion:
		return c, shareNewer.Of(s.Pingyi)
	}
	if a.Etcd != nil { // another way there: certificates, user and prefix are the share's unless they are named
		both := a.Etcd.or(*cmp.Or(s.Config.Etcd, &Etcd{}))
		s.Config.Etcd = &both
	}
	if s.Config.Etcd == nil {
		return c, shareNoWhere
	}
	if err := vacant(dir); err != nil {
		return c, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return c, notMade.By(err)
	}
	if err := s.unpack(dir); err != nil {
		return c, errors.Join(err, s.away(dir))
	}
	f, err := OpenWith(dir, Access{Password: a.Password})
	if err != nil {
		return c, errors.Join(err, s.away(dir))
	}
	return s.Config, f.Close()
}

// files are the files of the folder that it makes, by their names; pingyi.json, which
// makes it one, is not among them.
func (s *share) files() map[string]string {
	all := map[string]string{"secret": string(s.Secret)}
	for _, k := range append([]keyFile{mainKey}, otherKeys...) {
		all[k.name] = s.HostKeys[k.name]
	}
	for _, name := range []string{etcdCA, etcdCert, etcdKey} {
		all[name] = s.Etcd[name]
	}
	all[etcdPass] = s.Password
	for name, text := range all {
		if text == "" {
			delete(all, name)
		}
	}
	return all
}

func (s *share) unpack(dir string) error {
	for name, text := range s.files() {
		if err := write(dir, name, []byte(text)); err != nil {
			return err
		}
	}
	return writeConfig(dir, s.Config)
}

// away removes what unpack wrote: a folder that may not write there is none.
func (s *share) away(dir string) (err error) {
	names := []string{"pingyi.json", "pingyi.lock"}
	for name := range s.files() {
		names = append(names, name)
	}
	for _, name := range names {
		if e := os.Remove(filepath.Join(dir, name)); !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}
