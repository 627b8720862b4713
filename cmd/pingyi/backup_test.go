package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"pingyi/store/folder"
)

// verifies is what verify says of b1 in a data folder.
func (r *rig) verifies(data string) (v verified) {
	r.t.Helper()
	r.json(r.pingyi(0, "verify", "--branch", "b1", "--data", data, "--json"), &v)
	return v
}

// A backup of a running server and one of a stopped server become the same folder,
// where the members come in with the codes that they have.
func TestABackupWhileAServerRuns(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	r.say("m02", 0, "", "signin")
	var made, stopped backedUp
	r.json(r.pingyi(0, "backup", "running.backup", "--json"), &made)
	r.kill()
	r.json(r.pingyi(0, "backup", "stopped.backup", "--json"), &stopped)
	if v := r.verifies("data"); made.Head != v.Head || made.Records != uint64(v.Checked.Records) || made.Head != stopped.Head || made.Records != stopped.Records {
		t.Errorf("running %+v, stopped %+v, verify %+v", made, stopped, v)
	}
	out, told, code := r.try("backup", "plain.backup")
	if code != 0 || !strings.Contains(told, "主机私钥") || !strings.Contains(out, made.Head) {
		t.Errorf("exit %d, %s%s", code, out, told)
	}
	if told := r.refused(1, "backup", "plain.backup"); !strings.Contains(told, "--force") {
		t.Error(told)
	}
	r.pingyi(0, "backup", "plain.backup", "--force")
	for _, name := range []string{"running.backup", "stopped.backup"} {
		var back restored
		r.json(r.pingyi(0, "restore", name, "--data", name+".data", "--secret", "data/secret", "--json"), &back)
		if back.Head != made.Head || back.Records != made.Records || back.Secret != "given" {
			t.Errorf("%s: %+v", name, back)
		}
	}
	// Who restores into the folder in which they stand is told that they stand in the old one.
	home := r.dir
	r.dir = filepath.Join(home, "here")
	if err := os.Mkdir(r.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, told, code := r.try("restore", filepath.Join(home, "stopped.backup"), "--data", "."); code != 0 || !strings.Contains(told, "请先运行 cd") {
		t.Errorf("exit %d, %s", code, told)
	}
	r.dir = home
	r.data("running.backup.data")
	r.serve()
	if s := r.status("m02"); s.Attendance.Present != 1 {
		t.Errorf("what was acknowledged before the backup: %+v", s.Attendance)
	}
	if told := r.refused(1, "restore", "stopped.backup", "--data", "data"); !strings.Contains(told, "已经有东西") {
		t.Error(told)
	}
}

// data has the rig go on in another data folder.
func (r *rig) data(name string) {
	r.t.Helper()
	old := filepath.Join(r.dir, "data")
	if err := os.RemoveAll(old); err != nil {
		r.t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(r.dir, name), old); err != nil {
		r.t.Fatal(err)
	}
}

// With the secret a backup is encrypted: by a passphrase, which reaches a running
// server too, or to a key.
func TestABackupWithTheSecretIsEncrypted(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(r.dir, "key.txt")
	if err := os.WriteFile(keys, []byte("# a key\n"+key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if told := r.refused(2, "backup", "x.age", "--with-secret"); !strings.Contains(told, "加密") {
		t.Error(told)
	}
	r.refused(2, "backup", "x.age", "--with-secret", "--to", "alice")
	r.refused(2, "backup", "x.age", "--to", key.Recipient().String(), "--passphrase")
	r.refused(2, "backup", "x.age", "--passphrase")
	r.pingyi(0, "backup", "to.age", "--with-secret", "--to", key.Recipient().String())
	r.serve()
	const phrase = "七个字的口令不够长啊对吧"
	out, told, code := r.tryWith(phrase+"\r\n", "backup", "phrase.age", "--with-secret", "--passphrase", "--json")
	if code != 0 || strings.Contains(told, "提醒") {
		t.Fatalf("exit %d: %s%s", code, out, told)
	}
	if _, told, _ := r.tryWith("短\n", "backup", "short.age", "--passphrase"); !strings.Contains(told, "猜得出来") {
		t.Errorf("a short passphrase: %s", told)
	}
	r.kill()
	secret, err := os.ReadFile(filepath.Join(r.dir, "data", "secret"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		input string
		args  []string
	}{
		"to.age":     {"", []string{"--identity", keys}},
		"phrase.age": {phrase + "\n", nil},
	} {
		data, err := os.ReadFile(filepath.Join(r.dir, name))
		if err != nil || !strings.HasPrefix(string(data), ageHeader) || strings.Contains(string(data), string(secret)) {
			t.Fatalf("%s is not encrypted: %v", name, err)
		}
		args := append([]string{"restore", name, "--data", name + ".data", "--json"}, c.args...)
		out, told, code := r.tryWith(c.input, args...)
		if code != 0 {
			t.Fatalf("%s: %s%s", name, out, told)
		}
		back, err := os.ReadFile(filepath.Join(r.dir, name+".data", "secret"))
		if err != nil || !slices.Equal(back, secret) || !strings.Contains(out, `"secret":"kept"`) {
			t.Errorf("%s: another secret came back: %v %s", name, err, out)
		}
		if c.args == nil {
			continue // the passphrase takes its second each time
		}
		cut := filepath.Join(r.dir, "cut")
		for what, broken := range map[string][]byte{"cut": data[:len(data)-70], "altered": altered(data, len(data)/2), "head": altered(data, 60)} {
			if err := os.WriteFile(cut, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			_, told, code := r.tryWith(c.input, append([]string{"restore", "cut", "--data", "none"}, c.args...)...)
			if code != 1 || !isChinese(told) || strings.Count(told, "\n") != 1 || isThere(filepath.Join(r.dir, "none")) {
				t.Errorf("%s %s: exit %d, %s", name, what, code, told)
			}
		}
	}
	if _, told, code := r.tryWith("another\n", "restore", "phrase.age", "--data", "none"); code != 1 || !strings.Contains(told, "口令或私钥不对") {
		t.Errorf("a wrong passphrase: exit %d, %s", code, told)
	}
	if told := r.refused(2, "restore", "to.age", "--data", "none"); !strings.Contains(told, "--identity") {
		t.Error(told)
	}
	r.refused(1, "restore", "to.age", "--data", "none", "--identity", "to.age")
}

func altered(data []byte, at int) []byte {
	data = slices.Clone(data)
	data[at] ^= 1
	return data
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// What cannot be restored is refused with its cause, and leaves nothing.
func TestWhatIsNoBackupIsRefused(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.pingyi(0, "backup", "a.backup")
	whole, err := os.ReadFile(filepath.Join(r.dir, "a.backup"))
	if err != nil {
		t.Fatal(err)
	}
	for says, data := range map[string][]byte{
		"不完整": whole[:len(whole)*2/3], "校验和不对": append(slices.Clone(whole), 0), "不是 pingyi backup": []byte("姓名,类别\n"), "对不上": altered(whole, len(whole)/2),
	} {
		if err := os.WriteFile(filepath.Join(r.dir, "b"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if told := r.refused(1, "restore", "b", "--data", "none"); !strings.Contains(told, says) || isThere(filepath.Join(r.dir, "none")) {
			t.Errorf("%s: %s", says, told)
		}
	}
	r.refused(1, "restore", "gone", "--data", "none")
	r.refused(1, "restore", r.dir, "--data", "none")
	r.refused(1, "restore", "a.backup", "--data", "none", "--secret", "gone")
	if told := r.refused(1, "restore", "a.backup", "--data", "none", "--secret", "roster.csv"); isThere(filepath.Join(r.dir, "none")) {
		t.Log(told)
		t.Error("something was made")
	}
	if err := errors.Join(os.WriteFile(filepath.Join(r.dir, "film"), nil, 0o600), os.Truncate(filepath.Join(r.dir, "film"), 1<<40)); err != nil {
		t.Skip("no sparse files here: ", err)
	}
	if told := r.refused(1, "restore", "a.backup", "--data", "none", "--secret", "film"); !strings.Contains(told, "32 个字节") {
		t.Errorf("a huge file as the secret: %s", told)
	}
	if told := r.refused(1, "papers", "--branch", "b1", "-o", "none", "--style", "film"); !strings.Contains(told, "太大") {
		t.Errorf("a huge file as the style: %s", told)
	}
	r.refused(1, "backup", "no/such/folder/a.backup")
	r.refused(2, "backup")
}

// Without the secret what is lost is said, and the meeting goes on: codes are
// issued anew, and the vote that was open is held again.
func TestWithoutTheSecretTheVoteIsHeldAgain(t *testing.T) {
	r := newRig(t, sampleRoster(8))
	r.serve()
	r.comesToVote(7)
	r.opensBox("m04", "m05")
	receipts := map[string]string{}
	for i := 1; i <= 7; i++ {
		var got struct{ Receipt string }
		r.json(r.say(member(i), 0, choice(i), "vote --json"), &got)
		receipts[member(i)] = got.Receipt
	}
	r.pingyi(0, "backup", "a.backup")
	r.kill()
	out, told, code := r.try("restore", "a.backup", "--data", "new", "--json")
	var back restored
	r.json(out, &back)
	if code != 0 || back.Secret != "new" || !slices.Equal(back.Votes, []string{"第一党支部"}) || !strings.Contains(told, "入会码都不能用了") || !strings.Contains(told, "请作废") {
		t.Fatalf("exit %d: %s%s", code, out, told)
	}
	r.data("new")
	r.serve()
	if _, err := r.joins("m01"); err == nil {
		t.Error("a code of the old secret is taken")
	}
	if !strings.Contains(r.log.String(), "另一个 secret 文件") {
		t.Errorf("the server does not say that the vote is lost:\n%s", r.log)
	}
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json"), &list)
	for _, c := range list {
		r.codes[string(c.ID)] = c.Code
	}
	if told := r.say("m01", 1, choice(1), "vote"); !strings.Contains(told, "作废") {
		t.Errorf("a vote is refused with %s", told)
	}
	for id, receipt := range receipts { // the board is that of before
		var found struct{ Found bool }
		r.json(r.say(id, 0, "", "receipt "+receipt+" --json"), &found)
		if !found.Found {
			t.Errorf("the ballot of %s is not on the board", id)
		}
	}
	r.say("m01", 0, "", "void --reason 恢复时没有secret")
	r.say("m01", 0, "", "scrutineers m04 m05 --yes 7")
	r.opensBox("m04", "m05")
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, choice(i), "vote")
	}
	r.say("m01", 0, "", "close --reason 投完了")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	r.say("m04", 0, "", "unseal")
	r.say("m05", 0, "", "unseal")
	if s := r.status("m01"); s.Vote.State != "counted" {
		t.Errorf("%+v", s.Vote)
	}
	r.pingyi(0, "verify", "--branch", "b1")
}

// copiesOf waits until there are so many automatic copies, and returns their paths.
func (r *rig) copiesOf(n int) (paths []string) {
	r.t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		list, err := folder.Copies(filepath.Join(r.dir, "data"))
		if err != nil {
			r.t.Fatal(err)
		}
		if len(list) >= n {
			for _, c := range list {
				paths = append(paths, c.Path)
			}
			return paths
		}
	}
	r.t.Fatalf("there are never %d copies\n%s", n, r.log)
	return nil
}

// The server is killed in the middle of a meeting and its data is lost: the newest
// automatic copy goes on, with every ballot that was cast before it.
func TestAMeetingGoesOnFromAnAutomaticCopy(t *testing.T) {
	r := newRig(t, sampleRoster(8))
	r.serve()
	r.comesToVote(7)
	codes := r.opensBox("m04", "m05")
	receipts := map[string]string{}
	votes := func(i int) {
		var got struct{ Receipt string }
		r.json(r.say(member(i), 0, choice(i), "vote --json"), &got)
		receipts[member(i)] = got.Receipt
	}
	for i := 1; i <= 7; i++ {
		votes(i)
	}
	r.say("m01", 0, "", "close")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	before := len(r.copiesOf(1))
	r.say("m01", 0, "", "next --reason 测试")
	item := r.status("m01").Item
	newest := r.copiesOf(before + 1)
	r.kill()
	for _, name := range []string{"pingyi.db", "pingyi.json", "host_key"} { // what a disk or a hasty hand takes
		if err := os.Remove(filepath.Join(r.dir, "data", name)); err != nil {
			t.Fatal(err)
		}
	}
	r.pingyi(0, "restore", newest[len(newest)-1], "--data", "new", "--secret", "data/secret")
	old := newest[len(newest)-2]
	r.pingyi(0, "restore", old, "--data", "old", "--secret", "data/secret")
	r.data("new")
	r.serve()
	if s := r.status("m01"); s.Item == nil || *s.Item != *item || s.Vote.State != "closed" || s.Vote.Returned != 7 {
		t.Fatalf("the copy is at %+v, %+v", s.Item, s.Vote)
	}
	found := func() (n int) {
		for id, receipt := range receipts {
			var found struct{ Found bool }
			r.json(r.say(id, 0, "", "receipt "+receipt+" --json"), &found)
			if found.Found {
				n++
			}
		}
		return n
	}
	if n := found(); n != 7 {
		t.Errorf("%d of 7 receipts are on the board", n)
	}
	for _, id := range []string{"m04", "m05"} {
		r.say(id, 0, codes[id], "unseal")
	}
	if s := r.status("m01"); s.Vote.State != "counted" {
		t.Errorf("%+v", s.Vote)
	}
	r.kill()
	r.data("old") // the control: the item before ended before the vote
	r.serve()
	if s := r.status("m01"); s.Vote.Returned != 0 {
		t.Errorf("an older copy has %d ballots: the receipts above prove nothing", s.Vote.Returned)
	}
}

// A rehearsal is no item of the meeting, and a copy that can't be written is said
// and stops nobody.
func TestACopyThatFailsStopsNobody(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	if err := os.WriteFile(filepath.Join(r.dir, "data", "backups"), []byte("a file in its place"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.serve()
	for i := 1; i <= 5; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.say("m01", 0, "", "next --reason 测试")
	r.say("m01", 0, "", "next --reason 测试")
	for end := time.Now().Add(60 * time.Second); !strings.Contains(r.log.String(), "no automatic copy") && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if log := r.log.String(); !strings.Contains(log, "备份没有写成") {
		t.Errorf("the log does not say why:\n%s", log)
	}
	r.say("m01", 0, "会议照常进行", "note")
}
