package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A scrutineer who trusts nobody keeps the key on their own machine: the
// server never has it, and what it decrypts there is the sum of the ballots or
// nothing.
func TestATrusteeKeepsTheKeyAtHome(t *testing.T) {
	r := newRig(t, sampleRoster(8))
	r.serve()
	r.comesToVote(7)
	home := &rig{t: t, dir: t.TempDir()}
	public := home.pingyi(0, "trustee", "init", "-o", "m04.key")
	home.refused(1, "trustee", "init", "-o", "m04.key") // an old key is not overwritten
	r.say("m04", 1, `["Single",{}]`, "seal --own")
	r.say("m04", 0, public, "seal --own")
	r.opensBox("m05")
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, `{"m01":"优秀","m02":"合格"}`, "vote")
	}
	r.say("m04", 1, "", "box") // not while the box is open
	r.say("m01", 0, "", "close")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")

	box := r.say("m04", 0, "", "box")
	file := filepath.Join(home.dir, "box.bel")
	if err := os.WriteFile(file, []byte(box), 0o600); err != nil {
		t.Fatal(err)
	}
	partial, told := home.opens(0, "m04.key", file)
	if short := r.status("m01").Vote.Fingerprint; !strings.Contains(told, short) {
		t.Errorf("the fingerprint on the wall is %s, told is:\n%s", short, told)
	}
	if entry, err := os.ReadDir(filepath.Join(r.dir, "data")); err != nil || len(entry) == 0 {
		t.Fatal(err)
	}
	r.keyIsNot(home)

	// A box that somebody has touched is not decrypted; nor is another's with this key.
	for what, forged := range map[string][]byte{
		"a ballot less": cutBallot(t, []byte(box)),
		"a byte":        flip([]byte(box)),
		"half":          []byte(box)[:len(box)/2],
	} {
		if err := os.WriteFile(file, forged, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, _ := home.opens(1, "m04.key", file); out != "" {
			t.Errorf("%s: decrypted", what)
		}
	}
	home.pingyi(0, "trustee", "init", "-o", "other.key")
	if err := os.WriteFile(file, []byte(box), 0o600); err != nil {
		t.Fatal(err)
	}
	home.opens(1, "other.key", file)

	r.say("m04", 1, "", "unseal") // there is no key on the server to unseal with
	r.say("m04", 0, partial, "unseal --own")
	r.say("m05", 0, "", "unseal")
	if counts := r.counts("m01"); counts["m01"]["优秀"] != 7 || counts["m02"]["合格"] != 7 {
		t.Errorf("%v", counts)
	}
}

// opens runs `trustee open` and returns what it decrypted and what it told.
func (r *rig) opens(want int, key, file string) (out, told string) {
	r.t.Helper()
	out, told, code := r.try("trustee", "open", "--key", key, file)
	if code != want {
		r.t.Errorf("trustee open: exit %d, want %d\n%s", code, want, told)
	}
	return out, told
}

// keyIsNot searches the server's folder for the key at home.
func (r *rig) keyIsNot(home *rig) {
	r.t.Helper()
	key, err := os.ReadFile(filepath.Join(home.dir, "m04.key"))
	if err != nil {
		r.t.Fatal(err)
	}
	text := strings.Trim(strings.TrimSpace(string(key)), `"`)
	if out, err := exec.Command("grep", "-rl", "-F", text, filepath.Join(r.dir, "data")).Output(); err == nil {
		r.t.Errorf("the key is in %s", out)
	}
}

// cutBallot takes the first ballot and its event out of an archive.
func cutBallot(t *testing.T, box []byte) []byte {
	t.Helper()
	at := bytes.Index(box, []byte(`{"election_uuid"`))
	if at < 512 {
		t.Fatal("no ballot in the archive")
	}
	size := 0
	if _, err := fmt.Sscanf(string(box[at-512+124:at-512+135]), "%o", &size); err != nil {
		t.Fatal(err)
	}
	end := at + (size+511)/512*512
	return append(append([]byte{}, box[:at-512]...), box[end:]...)
}

func flip(box []byte) []byte {
	b := bytes.Clone(box)
	b[len(b)/2] ^= 1
	return b
}
