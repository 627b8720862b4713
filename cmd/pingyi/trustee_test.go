package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pingyi/meeting/ballot"
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
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")

	box := r.say("m04", 0, "", "box")
	file := filepath.Join(home.dir, "box.bel")
	if err := os.WriteFile(file, []byte(box), 0o600); err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{"": "没有输入", "七": "应当是数字", "6": "大屏幕上收回 6 张，票箱里有效 7 张"} {
		if out, told := home.opens(1, typed, "m04.key", file); out != "" || !strings.Contains(told, want) {
			t.Errorf("%q on the wall: %s", typed, told)
		}
	}
	partial, told := home.opens(0, "7", "m04.key", file)
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
		if out, _ := home.opens(1, "7", "m04.key", file); out != "" {
			t.Errorf("%s: decrypted", what)
		}
	}
	home.pingyi(0, "trustee", "init", "-o", "other.key")
	if err := os.WriteFile(file, []byte(box), 0o600); err != nil {
		t.Fatal(err)
	}
	home.opens(1, "7", "other.key", file)
	if again, _ := home.opens(0, "7", "m04.key", file); again != partial {
		t.Error("the same box gets another answer")
	}
	marks, err := filepath.Glob(filepath.Join(home.dir, "m04.key.opened-*"))
	if err != nil || len(marks) != 1 {
		t.Fatalf("marks: %v %v", marks, err)
	}
	if info, err := os.Stat(marks[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mark: %v %v", info, err)
	}

	r.say("m04", 1, "", "unseal") // there is no key on the server to unseal with
	r.say("m04", 0, partial, "unseal --own")
	r.say("m05", 0, "", "unseal")
	if counts := r.counts("m01"); counts["m01"]["优秀"] != 7 || counts["m02"]["合格"] != 7 {
		t.Errorf("%v", counts)
	}
}

// Who sends a scrutineer the box twice, the second time without one ballot, gets
// no second sum; nor one of fewer ballots than the rules say.
func TestATrusteeDecryptsOneTallyOfAnElection(t *testing.T) {
	e, key, ballots := closedElection(t, 7)
	home := &rig{t: t, dir: t.TempDir()}
	put := func(name string, data []byte) string {
		file := filepath.Join(home.dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	put("m04.key", key.JSON())
	all, less, few := put("all.bel", boxOf(t, e, ballots)), put("less.bel", boxOf(t, e, ballots[:6])), put("few.bel", boxOf(t, e, ballots[:1]))
	if out, told := home.opens(1, "1", "m04.key", few); out != "" || !strings.Contains(told, "不到 5 张") {
		t.Errorf("one ballot: %s", told)
	}
	first, _ := home.opens(0, "7", "m04.key", all)
	out, told := home.opens(1, "6", "m04.key", less)
	if out != "" || !strings.Contains(told, "7 张票") || !strings.Contains(told, "6 张票") {
		t.Errorf("a second tally: %q %s", out, told)
	}
	if again, _ := home.opens(0, "7", "m04.key", all); again != first {
		t.Error("the same tally gets another answer")
	}
	// The control: with another mark the second sum would be decrypted.
	put("copy.key", key.JSON())
	put("copy2.key", key.JSON())
	home.opens(0, "6", "copy.key", less)
	home.opens(0, "1", "copy2.key", few, "--min-ballots", "1")
}

// closedElection is an election with one trustee and n ballots.
func closedElection(t *testing.T, n int) (*ballot.Election, *ballot.SecretKey, []*ballot.Ballot) {
	t.Helper()
	key := ballot.SecretKeyFromSeed(ballot.Ed25519, []byte("a trustee's own machine, 32 bytes"))
	public, err := key.Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	uuid, err := ballot.NewUUID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	setup := ballot.Setup{
		UUID: uuid, Name: "第一党支部", Description: "测评", Group: ballot.Ed25519, Trustees: []ballot.Trustee{public},
		Questions: []ballot.Question{{Question: "m01 党员01", Answers: []string{"优秀", "合格", "基本合格", "不合格"}, Max: 1}},
	}
	private := make([]string, n)
	for i := range private {
		if private[i], err = ballot.NewCredential(rand.Reader); err != nil {
			t.Fatal(err)
		}
		public, err := ballot.PublicCredential(ballot.Ed25519, uuid, private[i])
		if err != nil {
			t.Fatal(err)
		}
		setup.Credentials = append(setup.Credentials, public)
	}
	e, err := ballot.NewElection(setup)
	if err != nil {
		t.Fatal(err)
	}
	ballots := make([]*ballot.Ballot, n)
	for i := range ballots {
		sheet, err := ballot.NewSheet(e, private[i])
		if err == nil {
			err = sheet.Choose(0, i%4, rand.Reader)
		}
		if err == nil {
			ballots[i], err = sheet.Seal(rand.Reader)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return e, key, ballots
}

// boxOf is the archive of the closed box with these ballots.
func boxOf(t *testing.T, e *ballot.Election, ballots []*ballot.Ballot) []byte {
	t.Helper()
	tally, err := e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	var box bytes.Buffer
	if err := e.WriteArchive(&box, time.Date(2017, 3, 20, 14, 0, 0, 0, time.UTC), slices.Values(ballots), tally, nil); err != nil {
		t.Fatal(err)
	}
	return box.Bytes()
}

// opens runs `trustee open` and returns what it decrypted and what it told.
func (r *rig) opens(want int, typed, key, file string, more ...string) (out, told string) {
	r.t.Helper()
	out, told, code := r.tryWith(typed+"\n", append([]string{"trustee", "open", "--key", key, file}, more...)...)
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
