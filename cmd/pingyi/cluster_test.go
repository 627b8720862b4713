//go:build cluster

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/store/etcd/etcdtest"
)

// union is several servers on one cluster, each behind lines of its own to the
// cluster's members.
type union struct {
	t       *testing.T
	cluster *etcdtest.Cluster
	rigs    []*rig
	lines   [][]*etcdtest.Line

	mu    sync.Mutex
	addrs []string
}

// newUnion starts a cluster and servers with branch b1 of n people.
func newUnion(t *testing.T, servers, n int, more ...string) *union {
	t.Helper()
	u := &union{t: t, cluster: etcdtest.Start(t, etcdtest.Options{Members: 3}), addrs: make([]string, servers)}
	first := newRig(t, sampleRoster(n), append([]string{"--etcd", strings.Join(u.cluster.URLs(), ",")}, more...)...)
	first.pingyi(0, "share", "other.share")
	for i := range servers {
		r := first
		if i > 0 {
			r = &rig{t: t, dir: t.TempDir(), codes: first.codes, log: &lockedBuffer{}}
			r.pingyi(0, "init", "--join", first.dir+"/other.share")
		}
		lines, urls := u.cluster.Lines(t)
		u.rigs, u.lines = append(u.rigs, r), append(u.lines, lines)
		r.serve("--etcd", strings.Join(urls, ","))
		u.addrs[i] = r.addr
	}
	return u
}

// An etcd with users: the password comes from the environment or from a file of the
// data folder, and stands on no command line. Without one, or with a wrong one,
// nothing is made.
func TestClusterUsers(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	admin, err := clientv3.New(clientv3.Config{Endpoints: c.URLs()})
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, user := range []string{"root", "pingyi"} {
		must(admin.UserAdd(t.Context(), user, user+"-pw"))
		must(admin.RoleAdd(t.Context(), user))
		must(admin.UserGrantRole(t.Context(), user, user))
	}
	must(admin.RoleGrantPermission(t.Context(), "pingyi", "pingyi/", clientv3.GetPrefixRangeEnd("pingyi/"), clientv3.PermissionType(clientv3.PermReadWrite)))
	must(admin.AuthEnable(t.Context()))

	r := &rig{t: t, dir: t.TempDir(), codes: map[string]string{}, log: &lockedBuffer{}}
	begins := []string{"init", "--org", "某党总支", "--etcd", strings.Join(c.URLs(), ","), "--etcd-user", "pingyi"}
	for _, wrong := range []string{"", "root-pw"} {
		t.Setenv(etcdPassword, wrong)
		if _, errs, code := r.try(begins...); code != 1 || !strings.Contains(errs, "口令") {
			t.Errorf("with the password %q: exit %d, %s", wrong, code, errs)
		}
		if left, _ := os.ReadDir(r.dir + "/data"); len(left) > 0 {
			t.Errorf("with the password %q this was made: %v", wrong, left)
		}
	}
	t.Setenv(etcdPassword, "pingyi-pw")
	r.pingyi(0, begins...)
	t.Setenv(etcdPassword, "")
	if _, errs, code := r.try("branch", "add", "b1", "--name", "第一党支部"); code != 1 || !strings.Contains(errs, "口令") {
		t.Errorf("without a password: exit %d, %s", code, errs)
	}
	if err := os.WriteFile(r.dir+"/data/etcd-password", []byte("pingyi-pw\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.pingyi(0, "branch", "add", "b1", "--name", "第一党支部")
	if list := r.pingyi(0, "branch", "list"); !strings.Contains(list, "第一党支部") {
		t.Errorf("the branch is not there: %s", list)
	}
}

// restart starts a server that was killed.
func (u *union) restart(i int) {
	u.t.Helper()
	u.rigs[i].serve()
	u.mu.Lock()
	defer u.mu.Unlock()
	u.addrs[i] = u.rigs[i].addr
}

func (u *union) addr(i int) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.addrs[i]
}

// errSilent says that a server did not answer: whether the word was done is not
// known.
var errSilent = errors.New("no answer")

// says has a member say a word on a server, which must answer within some seconds.
func (u *union) says(i int, id, stdin, word string) (out, errs string, code int, err error) {
	conn, err := net.DialTimeout("tcp", u.addr(i), 3*time.Second)
	if err != nil {
		return "", "", 0, errSilent
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(12 * time.Second))
	c, chans, reqs, err := gossh.NewClientConn(conn, u.addr(i), &gossh.ClientConfig{
		User: "anybody", Auth: []gossh.AuthMethod{gossh.Password(u.rigs[0].codes[id])}, HostKeyAlgorithms: []string{gossh.KeyAlgoED25519},
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			if shown := gossh.FingerprintSHA256(key); shown != u.rigs[0].print {
				u.t.Errorf("server %d shows the key %s, the first one %s", i, shown, u.rigs[0].print)
			}
			return nil
		},
	})
	if err != nil {
		return "", "", 0, errSilent
	}
	one := client{id, gossh.NewClient(c, chans, reqs)}
	defer one.conn.Close()
	if out, errs, code, err = one.says(stdin, word); err != nil {
		err = errSilent
	}
	return out, errs, code, err
}

// say is a word that must be done, on a server that is well.
func (u *union) say(i int, id, stdin, word string) string {
	u.t.Helper()
	out, errs, code, err := u.says(i, id, stdin, word)
	if err != nil || code != 0 {
		u.t.Fatalf("%s says %s on server %d: exit %d, %v\n%s%s", id, word, i, code, err, out, errs)
	}
	return out
}

// await waits until what a server tells somebody is as it should be.
func (u *union) await(i int, id, word string, well func(out string) bool) {
	u.t.Helper()
	var out, errs string
	for range 300 {
		var err error
		if out, errs, _, err = u.says(i, id, "", word); err == nil && well(out) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	u.t.Fatalf("server %d never says so: %s\n%s%s\n%s", i, word, out, errs, u.rigs[i].log)
}

// agree waits until all servers tell the same: status, and who did what when.
func (u *union) agree() {
	u.t.Helper()
	for _, word := range []string{"audit --json", "status --json"} {
		want := u.say(0, "m01", "", word)
		for i := range u.rigs {
			u.await(i, "m01", word, func(out string) bool { return out == want })
		}
	}
	var heads []string
	for i, r := range u.rigs {
		var done backedUp
		r.json(r.pingyi(0, "backup", fmt.Sprintf("%d.backup", i), "--force", "--json"), &done)
		heads = append(heads, done.Head)
	}
	if len(slices.Compact(heads)) != 1 {
		u.t.Errorf("heads %q", heads)
	}
}

// logLine is what the checker reads of a record.
type logLine struct {
	Seq   int
	Event struct {
		Kind string `json:"kind"`
		By   string `json:"by"`
		Fact struct {
			Receipt string
			Times   int
		}
	}
}

// vote is a ballot that was acknowledged.
type castVote struct {
	who, receipt string
	times        int
}

// holds checks that the log has each number once and every ballot that was
// acknowledged, in its place among its voter's.
func (u *union) holds(acknowledged []castVote) {
	u.t.Helper()
	text := u.rigs[0].pingyi(0, "log", "--branch", "b1")
	cast := map[string]int{} // by voter
	there := map[castVote]int{}
	n := 0
	for line := range strings.Lines(text) {
		var l logLine
		u.rigs[0].json(line, &l)
		if n++; l.Seq != n {
			u.t.Fatalf("record %d has the number %d", n, l.Seq)
		}
		if l.Event.Kind != "ballot-cast" {
			continue
		}
		cast[l.Event.By]++
		if l.Event.Fact.Times != cast[l.Event.By] {
			u.t.Errorf("record %d says that %s votes for the %dth time, it is the %dth", n, l.Event.By, l.Event.Fact.Times, cast[l.Event.By])
		}
		there[castVote{l.Event.By, l.Event.Fact.Receipt, l.Event.Fact.Times}]++
	}
	for _, v := range acknowledged {
		if there[v] != 1 {
			u.t.Errorf("an acknowledged ballot is %d times in the log: %+v", there[v], v)
		}
	}
	total := 0
	for _, times := range cast {
		total += times
	}
	u.t.Logf("%d records, %d ballots, %d acknowledged", n, total, len(acknowledged))
}

// A meeting on three servers: people come in where they like, and what one does is
// seen on all. Who seals on one server unseals there without typing, and elsewhere
// with the recovery code.
func TestClusterMeeting(t *testing.T) {
	const n = 9
	u := newUnion(t, 3, n)
	wall := u.screen(2)
	for i := 1; i <= n; i++ {
		u.say(i%3, member(i), "", "signin")
	}
	u.agree()
	for i := range 20 {
		var s statusLine
		u.rigs[0].json(u.say(i%3, "m01", "", "status --json"), &s)
		if s.Item != nil && s.Item.Kind == "ballot" {
			break
		}
		word := fmt.Sprintf("next --reason 测试 --id step-%d", i)
		u.say(i%3, "m01", "", word) // one console, on whichever server
		u.say(i%3, "m01", "", word) // the same request again is not done again
		u.await((i+1)%3, "m01", "status --json", func(out string) bool { return out == u.say(i%3, "m01", "", "status --json") })
	}
	u.say(1, "m01", "", fmt.Sprintf("scrutineers m04 m05 --yes %d", n-1))
	codes := map[string]string{}
	for id, i := range map[string]int{"m04": 0, "m05": 1} {
		u.await(i, id, "whoami --json", func(string) bool { return true })
		u.await(i, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"sealing"`) })
		var sealed struct{ Code string }
		u.rigs[0].json(u.say(i, id, "", "seal --json"), &sealed)
		codes[id] = sealed.Code
	}
	sealed := func(out string) bool { return strings.Contains(out, `"sealed"`) }
	u.await(2, "m01", "status --json", sealed)
	u.say(2, "m01", "", "open")
	wall.hears("测评")
	for i := range u.rigs {
		u.await(i, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"open"`) })
	}
	for i := 1; i <= n; i++ {
		u.say(i%3, member(i), choice(i), "vote")
		u.say((i+1)%3, member(i), choice(i), "vote") // again, on another server: the last one counts
	}
	u.agree()
	u.say(0, "m01", "", "close")
	u.await(1, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"closed"`) })
	u.say(1, "m01", "", "confirmed --reason 无人提出异议")
	u.await(0, "m01", "status --json", func(out string) bool { return out == u.say(1, "m01", "", "status --json") })
	if out, errs, code, err := u.says(2, "m04", "", "unseal"); err != nil || code != exitFailed || !strings.Contains(errs, "恢复码") {
		t.Errorf("on a server where the key is not: %q %q %d %v", out, errs, code, err)
	}
	u.say(0, "m04", "", "unseal") // where it is
	u.await(2, "m01", "status --json", func(out string) bool { return out == u.say(0, "m01", "", "status --json") })
	u.say(2, "m05", codes["m05"], "unseal")
	for i := range 3 {
		u.await(i, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"counted"`) })
		u.rigs[i].addr = u.addr(i)
		counts := u.rigs[i].counts("m01")
		if counts["m01"]["优秀"]+counts["m01"]["合格"] != n || counts["m02"]["基本合格"] != n {
			t.Errorf("server %d counts %v", i, counts)
		}
		u.rigs[i].pingyi(0, "verify", "--branch", "b1")
		if _, err := os.Stat(u.rigs[i].dir + "/data/head-b1.json"); err != nil {
			t.Errorf("server %d has not kept the head of the closing: %v", i, err)
		}
		u.rigs[i].holdsNoChoice()
	}
	u.agree()
}

// paged is a screen as data that is read.
type paged struct {
	t    *testing.T
	text chan string
}

// screen opens the wall on a server.
func (u *union) screen(i int) *paged {
	u.t.Helper()
	conn, err := gossh.Dial("tcp", u.addr(i), &gossh.ClientConfig{
		User: "screen", Timeout: 10 * time.Second, Auth: []gossh.AuthMethod{gossh.Password(u.rigs[0].codes["screen"])},
		HostKeyCallback: gossh.InsecureIgnoreHostKey(), //nolint:gosec // says compares it
	})
	if err != nil {
		u.t.Fatal(err)
	}
	u.t.Cleanup(func() { conn.Close() })
	sess, err := conn.NewSession()
	if err != nil {
		u.t.Fatal(err)
	}
	_, in := sess.StdinPipe()
	out, err := sess.StdoutPipe()
	if err = errors.Join(in, err); err == nil {
		err = sess.Start("page")
	}
	if err != nil {
		u.t.Fatal(err)
	}
	p := &paged{u.t, make(chan string, 10_000)}
	go func() {
		defer close(p.text)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			p.text <- lines.Text()
		}
	}()
	return p
}

// hears waits for a page with a text.
func (p *paged) hears(text string) {
	p.t.Helper()
	late := time.After(20 * time.Second)
	for {
		select {
		case line, open := <-p.text:
			if strings.Contains(line, text) {
				return
			}
			if !open {
				p.t.Fatalf("the wall ended before it showed %s", text)
			}
		case <-late:
			p.t.Fatalf("the wall never showed %s", text)
		}
	}
}

// Everybody votes, on whichever server answers, while servers and members of the
// cluster are killed, stopped and cut off. CLUSTERTIME is how long.
func TestClusterStorm(t *testing.T) {
	const n = 12
	u := newUnion(t, 3, n)
	for i := 1; i <= n; i++ {
		u.say(0, member(i), "", "signin")
	}
	u.rigs[0].addr = u.addr(0)
	u.rigs[0].names(n - 1)
	codes := u.rigs[0].opensBox("m04", "m05")
	for i := range u.rigs {
		u.await(i, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"open"`) })
	}
	last := 20 * time.Second
	if text := os.Getenv("CLUSTERTIME"); text != "" {
		var err error
		if last, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), last)
	defer cancel()
	var mu sync.Mutex
	var acknowledged []castVote
	var voting sync.WaitGroup
	rest := last / 14 // a voter may vote 20 times, then once in 30 seconds
	if last > time.Minute {
		rest = 40 * time.Second
	}
	for i := 1; i <= n; i++ {
		voting.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for round := 0; ctx.Err() == nil || round == 0; round++ {
				v, ok := u.votes(r, i, round)
				if !ok {
					return
				}
				mu.Lock()
				acknowledged = append(acknowledged, v)
				mu.Unlock()
				select {
				case <-time.After(rest/2 + time.Duration(r.Int64N(int64(rest)))):
				case <-ctx.Done():
				}
			}
		})
	}
	u.storms(ctx)
	voting.Wait()
	for i := range u.rigs {
		u.await(i, "m01", "status --json", func(out string) bool {
			var s statusLine
			return json.Unmarshal([]byte(out), &s) == nil && s.Vote.Returned == n && s.Trouble == ""
		})
	}
	u.agree()
	u.holds(acknowledged)
	u.say(1, "m01", "", "close")
	u.await(2, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"closed"`) })
	u.say(2, "m01", "", "confirmed --reason 无人提出异议")
	for id, i := range map[string]int{"m04": 1, "m05": 2} {
		u.await(i, id, "status --json", func(out string) bool { return strings.Contains(out, `"unseal"`) })
		u.say(i, id, codes[id], "unseal")
	}
	u.await(0, "m01", "status --json", func(out string) bool { return strings.Contains(out, `"counted"`) })
	u.rigs[0].addr = u.addr(0)
	counts := u.rigs[0].counts("m01")
	if counts["m01"]["优秀"] != n/2 || counts["m01"]["合格"] != n/2 || counts["m02"]["基本合格"] != n {
		t.Errorf("counts %v", counts)
	}
	u.rigs[0].pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	u.rigs[0].pingyi(0, "verify", "papers")
	for _, r := range u.rigs {
		r.holdsNoChoice()
	}
	u.agree()
}

// votes has a member vote under one id until a server has acknowledged it.
func (u *union) votes(r *rand.Rand, i, round int) (castVote, bool) {
	id := member(i)
	word := fmt.Sprintf("vote --json --id %s-%d", id, round)
	for range 200 {
		out, errs, code, err := u.says(r.IntN(len(u.rigs)), id, choice(i), word)
		var got struct {
			Receipt string
			Times   int
		}
		switch {
		case err != nil:
		case code == 0 && json.Unmarshal([]byte(out), &got) == nil && got.Receipt != "":
			return castVote{id, got.Receipt, got.Times}, true
		case strings.Contains(errs, "没有记下") || strings.Contains(errs, "没有人知道") || strings.Contains(errs, "重新连接") || strings.Contains(errs, "服务器"):
		default:
			u.t.Errorf("%s: %d %q %q", id, code, out, errs)
			return castVote{}, false
		}
		time.Sleep(time.Duration(50+r.IntN(300)) * time.Millisecond)
	}
	u.t.Errorf("%s was never heard", id)
	return castVote{}, false
}

// storms does something to a server, to a member of the cluster or to the lines
// between them, one thing after the other, and mends it again.
func (u *union) storms(ctx context.Context) {
	r := rand.New(rand.NewPCG(11, uint64(time.Now().UnixNano())))
	wait := func(d time.Duration) {
		select {
		case <-time.After(d):
		case <-ctx.Done():
		}
	}
	var did bytes.Buffer
	for round := r.IntN(6); ctx.Err() == nil; round++ {
		i, pause := r.IntN(len(u.rigs)), time.Duration(500+r.IntN(3000))*time.Millisecond
		m := u.cluster.Members[r.IntN(3)]
		fmt.Fprintf(&did, " %d/%d", round%6, i)
		switch round % 6 {
		case 0:
			u.rigs[i].kill()
			wait(pause / 4)
			u.restart(i)
		case 1:
			_ = u.rigs[i].server.Process.Signal(syscall.SIGSTOP)
			wait(pause)
			_ = u.rigs[i].server.Process.Signal(syscall.SIGCONT)
		case 2:
			m.Kill()
			wait(pause)
			m.Start(u.t)
		case 3:
			m.Stop()
			wait(pause)
			m.Continue()
		case 4:
			for _, line := range u.lines[i] {
				line.HoldAnswers()
			}
			wait(pause)
			for _, line := range u.lines[i] {
				line.Drop()
				line.Mend()
			}
		case 5:
			for _, line := range u.lines[i] {
				line.Cut()
			}
			wait(pause)
			for _, line := range u.lines[i] {
				line.Mend()
			}
		}
		wait(500 * time.Millisecond)
	}
	u.t.Logf("what happened:%s", did.String())
}
