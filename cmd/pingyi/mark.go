package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"pingyi/meeting/ballot"
	"pingyi/store"
)

// mark is the file beside a trustee's key that says which tally of an election
// the key has decrypted, with the answer. Two tallies of one election that
// differ by one ballot would tell what is in it.
type mark struct{ file string }

// marked is what stands in the file.
type marked struct {
	Election string `json:"election"` // its fingerprint
	Tally    string `json:"tally"`    // SHA-256, hexadecimal
	Ballots  int    `json:"ballots"`
	Answer   []byte `json:"answer"`
}

// answer returns the answer for a tally: the one of before if it was decrypted
// already, else that of decrypt, which is marked before anybody gets it. Another
// tally of the same election is refused.
func (m mark) answer(e *ballot.Election, t *ballot.Tally, decrypt func() ([]byte, error)) ([]byte, error) {
	sum := sha256.Sum256(t.Marshal())
	now := marked{Election: e.Fingerprint(), Tally: hex.EncodeToString(sum[:]), Ballots: t.Counted()}
	switch before, err := m.read(); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, failf("读不了记号文件 %s：不解密。请查清谁动过它：%w", m.file, err)
	case before.Election != now.Election || before.Tally != now.Tally:
		return nil, failf("这把钥匙已经为这次测评解密过另一个总和（%d 张票），现在的是 %d 张票的另一个总和：不解密。两个总和一比，就能看出差的那张票", before.Ballots, now.Ballots)
	default:
		return before.Answer, nil
	}
	var err error
	if now.Answer, err = decrypt(); err != nil {
		return nil, err
	}
	if err := m.write(now); err != nil {
		return nil, failf("写不了记号文件 %s：不解密：%w", m.file, err)
	}
	return now.Answer, nil
}

func (m mark) read() (v marked, err error) {
	text, err := os.ReadFile(m.file)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal(text, &v)
}

// write puts the file into place, whole or not at all.
func (m mark) write(v marked) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	dir := filepath.Dir(m.file)
	f, err := os.CreateTemp(dir, ".opened-*") // 0600
	if err != nil {
		return store.Asked(err, "", dir)
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), m.file)
	}
	if err != nil {
		return errors.Join(store.Asked(err, f.Name(), m.file), os.Remove(f.Name()))
	}
	return nil
}
