package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"pingyi/meeting/ballot"
)

// escapes overwrite the line above, in both forms of the control sequence, turn
// the writing around, and begin a line of their own.
const escapes = "测评\x1b[1A\x1b[2K\u009b1A\u009b2K\u202e\r\n票箱指纹 AAAAA-AAAAA-AAAAA-AAAAA\x1b]0;x\a"

// forgedBox writes a true, closed box whose election has a forged name, and the
// key of its only trustee.
func (r *rig) forgedBox(box, keyFile string) *ballot.Election {
	r.t.Helper()
	key, err := ballot.NewSecretKey(ballot.Ed25519, rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	trustee, err := key.Public(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	uuid, err := ballot.NewUUID(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	s := ballot.Setup{
		UUID: uuid, Name: escapes, Description: escapes, Administrator: escapes, Group: ballot.Ed25519,
		Questions: []ballot.Question{{Question: escapes, Answers: []string{escapes, "合格"}, Max: 1}},
		Trustees:  []ballot.Trustee{trustee},
	}
	e, _, data := filledBox(r.t, s)
	r.writes(box, data)
	r.writes(keyFile, append(key.JSON(), '\n'))
	return e
}

// A box is somebody else's file: nothing of it, and nothing of its name, acts on
// the terminal of who reads it.
func TestAForgedNameDoesNotActOnTheTerminal(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	e := r.forgedBox("box.bel", "监票.key")
	harmless := func(what, text string) {
		t.Helper()
		for line := range strings.Lines(text) {
			if i := strings.IndexFunc(strings.TrimSuffix(line, "\n"), func(c rune) bool { return unicode.In(c, unicode.Cc, unicode.Cf) }); i >= 0 {
				t.Errorf("%s: %q", what, line)
			}
			if strings.HasPrefix(line, "票箱指纹 AAAAA") {
				t.Errorf("%s: the name has a line of its own: %q", what, line)
			}
		}
	}
	out, errs, _ := r.tryWith("6\n", "trustee", "open", "--key", "监票.key", "box.bel")
	harmless("trustee open", out+errs)
	if !strings.Contains(errs, "票箱指纹 "+e.Short()) {
		t.Errorf("trustee open does not tell the fingerprint: %s", errs)
	}
	data, err := os.ReadFile(filepath.Join(r.dir, "box.bel"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"box.bel": data, "\x1b[2K票箱\u009b1A.bel": data, "broken.bel": flip(data), "\x1b[2Kbroken.bel": flip(data), "\x1b[2K": nil,
	} {
		if data != nil {
			r.writes(name, data)
		}
		for _, args := range [][]string{
			{"verify", name}, {"verify", "--json", name}, {"trustee", "open", "--key", "监票.key", name}, {"trustee", "open", "--key", name, name},
		} {
			out, errs, _ := r.tryWith("6\n", args...)
			harmless(strings.Join(args[:len(args)-1], " "), out+errs)
		}
	}
}
