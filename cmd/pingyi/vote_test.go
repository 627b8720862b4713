//go:build linux

package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
)

// tap is an SSH server between a member and the real one, such as somebody who
// runs the server could put there: it passes everything on and records what a
// member sends, decrypted.
type tap struct {
	t           *testing.T
	rig         *rig
	l           net.Listener
	fingerprint string
	heard       lockedBuffer
	work        sync.WaitGroup
}

func (r *rig) tap() *tap {
	r.t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		r.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.t.Fatal(err)
	}
	p := &tap{t: r.t, rig: r, l: l, fingerprint: gossh.FingerprintSHA256(key.PublicKey())}
	p.work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.work.Go(func() { p.serve(conn, key) })
		}
	})
	r.t.Cleanup(func() { l.Close(); p.work.Wait() })
	return p
}

// serve lets somebody in with the code that they have, at the real server.
func (p *tap) serve(conn net.Conn, key gossh.Signer) {
	defer conn.Close()
	var server *gossh.Client
	config := &gossh.ServerConfig{PasswordCallback: func(_ gossh.ConnMetadata, code []byte) (_ *gossh.Permissions, err error) {
		server, err = gossh.Dial("tcp", p.rig.addr, &gossh.ClientConfig{
			User: "tap", Auth: []gossh.AuthMethod{gossh.Password(string(code))},
			HostKeyCallback: func(string, net.Addr, gossh.PublicKey) error { return nil },
		})
		return nil, err
	}}
	config.AddHostKey(key)
	_, channels, requests, err := gossh.NewServerConn(conn, config)
	if err != nil {
		return
	}
	defer server.Close()
	go gossh.DiscardRequests(requests)
	for one := range channels {
		p.session(one, server)
	}
}

// session passes one session on.
func (p *tap) session(one gossh.NewChannel, server *gossh.Client) {
	there, back, err := server.OpenChannel(one.ChannelType(), one.ExtraData())
	if err != nil {
		_ = one.Reject(gossh.ConnectionFailed, "")
		return
	}
	here, forth, err := one.Accept()
	if err != nil {
		return
	}
	pass := func(requests <-chan *gossh.Request, to gossh.Channel, passed func()) {
		for q := range requests {
			_, _ = p.heard.Write(q.Payload)
			ok, _ := to.SendRequest(q.Type, q.WantReply, q.Payload)
			if q.WantReply {
				_ = q.Reply(ok, nil)
			}
			passed()
		}
	}
	began := make(chan struct{})
	go pass(forth, there, sync.OnceFunc(func() { close(began) }))
	go func() {
		_, _ = io.Copy(there, io.TeeReader(here, &p.heard))
		_ = there.CloseWrite()
	}()
	var answers sync.WaitGroup
	answers.Go(func() { _, _ = io.Copy(here, there) })
	answers.Go(func() { _, _ = io.Copy(here.Stderr(), there.Stderr()) })
	answers.Wait()
	<-began                     // the word is answered before its end
	pass(back, here, func() {}) // the exit code comes last
	here.Close()
}

// voting is how `pingyi vote` is run.
type voting struct {
	addr, fingerprint string
	home              string // with .ssh/known_hosts
	env               []string
}

// votes runs `pingyi vote` on a machine that has nothing of the server's.
func (r *rig) votes(v voting, input string, more ...string) (out, errs string, code int) {
	r.t.Helper()
	host, port, err := net.SplitHostPort(v.addr)
	if err != nil {
		r.t.Fatal(err)
	}
	if v.home == "" {
		v.home = r.t.TempDir()
	}
	args := append([]string{"vote", "-p", port, host}, more...)
	if v.fingerprint != "" {
		args = append(args, "--fingerprint", v.fingerprint)
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Stdin = v.home, strings.NewReader(input)
	cmd.Env = append(append(os.Environ(), "HOME="+v.home), v.env...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// choices of m06, and what of them somebody could recognise.
const (
	homeSlip = `{"m01":"不合格","m02":"优秀","m03":null,"remarks":{"m01":"` + canary + `"}}`
	roomSlip = `{"m01":"基本合格","m02":"合格","m03":null,"remarks":{"m02":"在会场写的意见"}}`
)

// Who runs the server, records everything that members send and reads its
// memory, knows the choices of whoever votes with the word `vote`, and none of
// whoever votes with `pingyi vote`.
func TestAChoiceNeedNotPassTheServer(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.toOpenBox()
	tap := r.tap()
	at := voting{addr: tap.l.Addr().String(), fingerprint: tap.fingerprint}

	// The control: what the server encrypts passes the tap.
	word := &rig{t: t, codes: r.codes, addr: tap.l.Addr().String()}
	word.say("m05", 0, roomSlip, "vote")
	for _, choice := range []string{roomSlip, "在会场写的意见", `"m01":"基本合格"`} {
		if !strings.Contains(tap.heard.String(), choice) {
			t.Fatalf("the tap does not hear %q: %q", choice, tap.heard.String())
		}
	}

	before := len(tap.heard.String())
	out, errs, code := r.votes(at, r.codes["m06"]+"\n"+homeSlip, "--json")
	var receipt meeting.Receipt
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, errs)
	}
	r.json(out, &receipt)
	if receipt.Times != 1 || !strings.Contains(errs, r.status("m06").Vote.Fingerprint) {
		t.Errorf("%s\n%s", out, errs)
	}
	heard := tap.heard.String()[before:]
	if !strings.Contains(heard, `{"ballot":{"election_uuid":`) || !strings.Contains(heard, "credential --json") {
		t.Fatalf("the ballot did not pass the tap: %q", heard)
	}
	places := map[string]string{
		"what was sent": heard, "the log": r.log.String(), "the memory": r.memory(), "the database": string(r.database()),
	}
	if !strings.Contains(places["the memory"], song) {
		t.Error("the search does not find what the server remembers")
	}
	for place, text := range places {
		if strings.Contains(text, canary) || strings.Contains(text, homeSlip) || strings.Contains(text, `"m01":"不合格"`) {
			t.Errorf("a choice is in %s", place)
		}
	}
	for _, g := range gradeNames {
		if strings.Contains(heard, g) {
			t.Errorf("%s was sent", g)
		}
	}

	// The ballot counts like every other, and the last one replaces it.
	if out, errs, code = r.votes(at, r.codes["m06"]+"\n"+homeSlip); code != 0 || !strings.Contains(out, "已投第 2 次") || strings.Contains(out, receipt.Code) {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	for i := 1; i <= 4; i++ {
		r.say(member(i), 0, `{"m01":"优秀","m02":"优秀"}`, "vote")
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 已当场询问，无人提出异议")
	r.say("m04", 0, "", "unseal")
	r.say("m05", 0, "", "unseal")
	want := map[string]int{"优秀": 4, "合格": 0, "基本合格": 1, "不合格": 1, "弃权": 0}
	if got := r.counts("m01")["m01"]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("counted %v, want %v", got, want)
	}
	if remarks := r.say("m01", 0, "", "remarks m01"); !strings.Contains(remarks, canary) {
		t.Errorf("the remark is lost: %q", remarks)
	}
}

// A member's machine votes at the server that they know, or not at all.
func TestAVoteAtHomeIsRefusedWithASentence(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	good := r.hostKeyOf(r.codes["m06"])
	in := r.codes["m06"] + "\n" + homeSlip
	other := "SHA256:" + strings.Repeat("A", 43)
	try := func(what string, v voting, input string, want int, says string) {
		t.Helper()
		if v.addr == "" {
			v.addr = r.addr
		}
		out, errs, code := r.votes(v, input)
		lines := strings.Split(strings.TrimSpace(errs), "\n")
		if last := lines[len(lines)-1]; code != want || out != "" || !strings.Contains(last, says) {
			t.Errorf("%s: exit %d, want %d with %q\n%s%s", what, code, want, says, out, errs)
		}
		if strings.Contains(errs, canary) || strings.Contains(errs, r.codes["m06"]) {
			t.Errorf("%s: what was typed is repeated: %s", what, errs)
		}
	}
	try("not open", voting{fingerprint: good}, in, 1, "会议还没有开始")
	r.toOpenBox()
	try("unknown", voting{}, in, 1, "--fingerprint")
	try("changed", voting{fingerprint: other}, in, 1, good)
	try("no fingerprint", voting{fingerprint: "SHA256:abc"}, in, 1, "不是主机指纹")
	try("a wrong code", voting{fingerprint: good}, "22222-22222\n"+homeSlip, 1, "入会码不对")
	try("no code", voting{fingerprint: good}, homeSlip, 2, "第一行应当是入会码")
	try("no choices", voting{fingerprint: good}, r.codes["m06"]+"\n", 2, "没有选票")
	try("a grade that is none", voting{fingerprint: good}, r.codes["m06"]+"\n"+`{"m01":"金丝雀只在票箱里"}`, 1, "一栏的选择不对")
	try("nobody on it", voting{fingerprint: good}, r.codes["m06"]+"\n"+`{"m06":"优秀"}`, 1, "不在测评票上")
	try("nothing there", voting{addr: "127.0.0.1:1", fingerprint: good}, in, 1, "连不上")

	home := t.TempDir()
	knows := func(key string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(home, ".ssh"), 0o700); err != nil {
			t.Fatal(err)
		}
		host, port, _ := net.SplitHostPort(r.addr)
		line := fmt.Sprintf("[%s]:%s %s\n", host, port, key)
		if err := os.WriteFile(filepath.Join(home, ".ssh", "known_hosts"), []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var mine, theirs string
	_, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
		mine = string(gossh.MarshalAuthorizedKey(key))
		return errGone
	}})
	if err == nil || mine == "" {
		t.Fatal("no host key was seen")
	}
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	theirs = string(gossh.MarshalAuthorizedKey(key))
	knows(strings.TrimSpace(theirs))
	try("another key is known", voting{home: home}, in, 1, good)
	try("a code that was asked for", voting{fingerprint: other, env: []string{"SSH_ASKPASS=" + r.askpass("m06")}}, homeSlip, 1, good)
	if n := r.status("m06").Vote.Returned; n != 0 {
		t.Fatalf("%d ballots are in the box", n)
	}
	knows(strings.TrimSpace(mine))
	for times, v := range []voting{{home: home}, {home: home, env: []string{"SSH_ASKPASS=" + r.askpass("m06")}}, {fingerprint: good[:20] + " " + good[20:]}} {
		v.addr = r.addr
		input := in
		if v.env != nil {
			input = homeSlip
		}
		if out, errs, code := r.votes(v, input); code != 0 || !strings.Contains(out, fmt.Sprintf("已投第 %d 次", times+1)) {
			t.Errorf("%+v: exit %d\n%s%s", v, code, out, errs)
		}
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	try("closed", voting{fingerprint: good}, in, 1, "投票")
}

// askpass is a program that gives a member's code.
func (r *rig) askpass(id string) string {
	r.t.Helper()
	name := filepath.Join(r.t.TempDir(), "askpass")
	if err := os.WriteFile(name, []byte("#!/bin/sh\necho "+r.codes[id]+"\n"), 0o700); err != nil {
		r.t.Fatal(err)
	}
	return name
}
