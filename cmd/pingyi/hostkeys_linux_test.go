package main

import (
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// fingerprintOf is what a client sees that knows only one kind of host key.
func (r *rig) fingerprintOf(algorithm string) (string, error) {
	var seen string
	client, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{
		User: "anybody", Auth: []gossh.AuthMethod{gossh.Password(r.codes["m02"])}, HostKeyAlgorithms: []string{algorithm},
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			seen = gossh.FingerprintSHA256(key)
			return nil
		},
	})
	if err != nil {
		return "", err
	}
	return seen, client.Close()
}

// Whatever kinds of host key a client knows, it comes in, and what it shows
// stands on the slip.
func TestEveryKindOfClientFindsAHostKey(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.pingyi(0, "codes", "--branch", "b1", "--only", "m05", "-o", "slip.docx", "--addr", "192.168.1.5:2222")
	slip := strings.Join(r.slipLines("slip.docx"), "")
	r.serve()
	prints := map[string]string{}
	for algorithm, before := range map[string]string{
		gossh.KeyAlgoED25519: "主机指纹 ", gossh.KeyAlgoECDSA256: "ECDSA ", gossh.KeyAlgoRSASHA256: "RSA ", gossh.KeyAlgoRSASHA512: "RSA ",
	} {
		finger, err := r.fingerprintOf(algorithm)
		if err != nil {
			t.Errorf("%s: %v", algorithm, err)
		} else if !strings.Contains(slip, before+finger) {
			t.Errorf("%s: %s is not on the slip: %s", algorithm, finger, slip)
		}
		prints[algorithm] = finger
	}
	if prints[gossh.KeyAlgoED25519] != r.print {
		t.Errorf("serve names %s", r.print)
	}
	var none *gossh.AlgorithmNegotiationError
	if _, err := r.fingerprintOf(gossh.KeyAlgoRSA); !errors.As(err, &none) {
		t.Errorf("SHA-1 is taken: %v", err)
	}
	host, port, err := net.SplitHostPort(r.addr)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "ssh-keyscan", "-p", port, "-t", "ed25519,ecdsa,rsa", host).Output()
	if err != nil || strings.Count(string(out), host) < 3 {
		t.Errorf("ssh-keyscan: %v %s", err, out)
	}
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Fatal("OpenSSH's client is needed: apt-get install openssh-client")
	}
	first := exec.CommandContext(t.Context(), program, "-F", "none", "-v", "-p", port, "-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes",
		"-o", "UserKnownHostsFile="+filepath.Join(t.TempDir(), "known"), host)
	if said, _ := first.CombinedOutput(); !strings.Contains(string(said), "Server host key: ssh-ed25519") {
		t.Errorf("OpenSSH takes another key first: %s", said)
	}
}

// A ballot made at home goes to the server that shows any fingerprint of the slip.
func TestAVoteKnowsTheServerByAnyOfItsHostKeys(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.toOpenBox()
	in := r.codes["m06"] + "\n" + homeSlip
	prints := []string{}
	for _, algorithm := range []string{gossh.KeyAlgoED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoRSASHA256} {
		finger, err := r.fingerprintOf(algorithm)
		if err != nil {
			t.Fatal(err)
		}
		prints = append(prints, finger)
	}
	prints = append(prints, "ECDSA "+prints[1])
	for i, finger := range prints {
		if out, errs, code := r.votes(voting{addr: r.addr, fingerprint: finger}, in); code != 0 || !strings.Contains(out, "已投第") {
			t.Errorf("%d: exit %d\n%s%s", i, code, out, errs)
		}
	}
	if slices.Contains(prints[1:3], prints[0]) {
		t.Errorf("the keys are the same: %q", prints)
	}
}
