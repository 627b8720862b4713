package ssh

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/pem"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/org"
)

// aKey is a new key of a device.
func aKey(t *testing.T) gossh.Signer {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// asksFor counts how often a device is asked to prove a key.
type asksFor struct {
	gossh.Signer
	times *int
}

func (a asksFor) Sign(r io.Reader, data []byte) (*gossh.Signature, error) {
	*a.times++
	return a.Signer.Sign(r, data)
}

// with is a login with keys, and with a code where one is given.
func (h *house) with(user, code string, keys ...gossh.Signer) (*gossh.Client, int, error) {
	h.t.Helper()
	questions := 0
	answer := func(_, _ string, asked []string, _ []bool) ([]string, error) {
		questions += len(asked)
		if code == "" && len(asked) > 0 {
			return nil, io.EOF
		}
		return append([]string{}, []string{code}[:len(asked)]...), nil
	}
	c, err := h.try(&login{user: user, auth: []gossh.AuthMethod{gossh.PublicKeys(keys...), gossh.KeyboardInteractive(answer)}})
	if err == nil {
		h.t.Cleanup(func() { c.Close() })
	}
	return c, questions, err
}

// remembers has somebody's device remembered in a login with their code.
func (h *house) remembers(who meeting.MemberID, keys ...gossh.Signer) {
	h.t.Helper()
	c, asked, err := h.with("anybody", h.codes[who], keys...)
	if err != nil || asked != 1 {
		h.t.Fatalf("%s can't come in, asked %d times: %v", who, asked, err)
	}
	if a := h.saysOn(c, "key add", ""); a.exit != exitOK {
		h.t.Fatalf("key add: %+v", a)
	}
	c.Close()
}

func (h *house) whoIs(c *gossh.Client) string {
	h.t.Helper()
	return h.saysOn(c, "whoami --json", "").out
}

// A device that has shown its code once comes in without it, until it is
// forgotten; what it has open ends then.
func TestARememberedDeviceComesInWithoutACode(t *testing.T) {
	h := newHouse(t, 3)
	key := aKey(t)
	if _, _, err := h.with("anybody", "", key); err == nil {
		t.Fatal("an unknown key lets in")
	}
	h.remembers("m02", key)
	c, asked, err := h.with("anybody", "", key)
	if err != nil || asked != 0 {
		t.Fatalf("the device was asked %d times: %v", asked, err)
	}
	if who := h.whoIs(c); !strings.Contains(who, `"m02"`) {
		t.Errorf("it is %s", who)
	}
	if a := h.saysOn(c, "key add", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("again: %+v", a)
	}
	var list []deviceRow
	h.asks("m02", "key list", "", &list)
	if len(list) != 1 || list[0].No != 1 || list[0].ID != "m02" || list[0].Key != "ED25519 "+gossh.FingerprintSHA256(key.PublicKey()) || list[0].Here {
		t.Errorf("listed: %+v", list)
	}
	h.asks("m03", "key list", "", &list)
	if len(list) != 0 {
		t.Errorf("others see it: %+v", list)
	}
	if a := h.says("m03", "key forget 1", ""); a.exit != exitFailed {
		t.Errorf("others forget it: %+v", a)
	}
	h.asks("m01", "key list", "", &list)
	if len(list) != 1 {
		t.Errorf("the console sees %+v", list)
	}
	if a := h.says("m01", "key forget 1", ""); a.exit != exitOK {
		t.Errorf("the console can't forget it: %+v", a)
	}
	if sess, err := c.NewSession(); err == nil {
		sess.Close()
		t.Error("a forgotten device opens a session")
	}
	if _, _, err := h.with("anybody", "", key); err == nil {
		t.Error("a forgotten device comes in")
	}
}

// Who only shows a public key has proved nothing: neither somebody's remembered one
// nor an own one that is to be remembered.
func TestAKeyThatIsOnlyShownIsNobody(t *testing.T) {
	h := newHouse(t, 3)
	key, mine := aKey(t), aKey(t)
	h.remembers("m02", key)
	shown := wrongHand{key.PublicKey(), aKey(t)} // signs with another key
	if _, _, err := h.with("anybody", h.codes["m03"], shown); err == nil {
		t.Error("a key that was not proved lets in")
	}
	// A client that first asks about a key and then proves another is that other.
	c, asked, err := h.with("anybody", h.codes["m03"], neverSigns{key.PublicKey()}, mine)
	if err == nil {
		if who := h.whoIs(c); !strings.Contains(who, `"m03"`) || asked != 1 {
			t.Errorf("it is %s", who)
		}
	}
	c, err = h.try(&login{user: "anybody", auth: []gossh.AuthMethod{gossh.Password(h.codes["m03"])}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if a := h.saysOn(c, "key add", ""); a.exit != exitFailed || !oneLine(a.err) || len(h.hall.State().Devices) != 1 {
		t.Errorf("without a key: %+v", a)
	}
}

// wrongHand offers a key and signs with another.
type wrongHand struct {
	public gossh.PublicKey
	gossh.Signer
}

func (w wrongHand) PublicKey() gossh.PublicKey { return w.public }

// neverSigns offers a key of which it does not have the private part.
type neverSigns struct{ public gossh.PublicKey }

func (n neverSigns) PublicKey() gossh.PublicKey { return n.public }
func (neverSigns) Sign(io.Reader, []byte) (*gossh.Signature, error) {
	return nil, io.ErrClosedPipe
}

// One device is one person's; another learns nothing about whose it is.
func TestADeviceIsOnePersons(t *testing.T) {
	h := newHouse(t, 3)
	key := aKey(t)
	h.remembers("m02", key)
	home := h.hall.State()
	if _, err := h.venue.Act(t.Context(), "m03", meeting.RememberKey{Key: stored(key.PublicKey())}); err == nil || strings.Contains(err.Error(), "m02") {
		t.Errorf("taken over: %v", err)
	}
	if h.hall.State() != home {
		t.Error("something changed")
	}
}

// An agent has many keys: those before the remembered one, and more than a library
// lets a client try, do not keep anybody out.
func TestAnAgentWithManyKeysComesIn(t *testing.T) {
	h := newHouse(t, 3)
	mine := aKey(t)
	h.remembers("m02", mine)
	var times int
	others := []gossh.Signer{}
	for range 20 {
		others = append(others, asksFor{aKey(t), &times})
	}
	if _, asked, err := h.with("anybody", "", append(others[:3:3], mine)...); err != nil || asked != 0 {
		t.Errorf("the fourth key: asked %d times, %v", asked, err)
	}
	if times > 1 {
		t.Errorf("%d unknown keys were to be proved", times)
	}
	if _, asked, err := h.with("anybody", h.codes["m03"], others...); err != nil || asked != 1 {
		t.Errorf("twenty unknown keys: asked %d times, %v", asked, err)
	}
}

// touched is a hardware key whose owner has to touch it.
type touched struct {
	public  gossh.PublicKey
	private ed25519.PrivateKey
	times   *int
}

func newTouched(t *testing.T, times *int) touched {
	t.Helper()
	raw, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := gossh.ParsePublicKey(gossh.Marshal(struct {
		Kind        string
		Raw         []byte
		Application string
	}{gossh.KeyAlgoSKED25519, raw, "ssh:"}))
	if err != nil {
		t.Fatal(err)
	}
	return touched{public, private, times}
}

func (k touched) PublicKey() gossh.PublicKey { return k.public }

func (k touched) Sign(_ io.Reader, data []byte) (*gossh.Signature, error) {
	*k.times++
	app, text := sha256.Sum256([]byte("ssh:")), sha256.Sum256(data)
	present := []byte{1, 0, 0, 0, 7} // flags and a counter
	return &gossh.Signature{Format: k.public.Type(), Blob: ed25519.Sign(k.private, slices.Concat(app[:], present, text[:])), Rest: present}, nil
}

// A hardware key is touched only where it is of use: remembered, or to be
// remembered under the user name for that.
func TestAHardwareKeyIsTouchedOnlyWhereItIsOfUse(t *testing.T) {
	h := newHouse(t, 3)
	var times int
	key := newTouched(t, &times)
	if _, asked, err := h.with("anybody", h.codes["m02"], key); err != nil || asked != 1 || times != 0 {
		t.Fatalf("touched %d times, asked %d times: %v", times, asked, err)
	}
	c, _, err := h.with(hardwareUser, h.codes["m02"], key)
	if err != nil || times != 1 {
		t.Fatalf("touched %d times: %v", times, err)
	}
	if a := h.saysOn(c, "key add", ""); a.exit != exitOK {
		t.Fatalf("key add: %+v", a)
	}
	if _, asked, err := h.with("anybody", "", key); err != nil || asked != 0 || times != 2 {
		t.Errorf("touched %d times, asked %d times: %v", times, asked, err)
	}
}

// What is weak, or vouched for by others, is not remembered, and keeps nobody out.
func TestWeakKeysAreNotProved(t *testing.T) {
	h := newHouse(t, 3)
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	short, err := gossh.NewSignerFromKey(weak)
	if err != nil {
		t.Fatal(err)
	}
	var times int
	if _, asked, err := h.with("anybody", h.codes["m02"], asksFor{short, &times}); err != nil || asked != 1 || times != 0 {
		t.Errorf("proved %d times, asked %d times: %v", times, asked, err)
	}
}

// A signature with SHA-1 can be forged: a remembered key proves nothing with it.
func TestNoKeyIsProvedWithSHA1(t *testing.T) {
	h := newHouse(t, 3)
	private, err := rsa.GenerateKey(rand.Reader, leastRSA)
	if err != nil {
		t.Fatal(err)
	}
	key, err := gossh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	h.remembers("m02", key)
	multi, ok := key.(gossh.AlgorithmSigner)
	if !ok {
		t.Fatal("an RSA key signs with one algorithm only")
	}
	for algorithm, lets := range map[string]bool{gossh.KeyAlgoRSASHA256: true, gossh.KeyAlgoRSASHA512: true, gossh.KeyAlgoRSA: false} {
		only, err := gossh.NewSignerWithAlgorithms(multi, []string{algorithm})
		if err != nil {
			t.Fatal(err)
		}
		proofs := 0
		if _, _, err := h.with("anybody", "", provesWith{only, &proofs}); (err == nil) != lets || proofs != 1 {
			t.Errorf("%s, proved %d times: %v", algorithm, proofs, err)
		}
	}
}

// provesWith counts how often a device signs with the algorithms that it has.
type provesWith struct {
	gossh.MultiAlgorithmSigner
	times *int
}

func (p provesWith) SignWithAlgorithm(r io.Reader, data []byte, algorithm string) (*gossh.Signature, error) {
	*p.times++
	return p.MultiAlgorithmSigner.SignWithAlgorithm(r, data, algorithm)
}

// A projector stays what its code says; a device of the console's opens none.
func TestADeviceIsNoProjector(t *testing.T) {
	h := newHouse(t, 3)
	key := aKey(t)
	h.remembers("m01", key)
	var times int
	c, _, err := h.with("screen", h.codes["m01"], asksFor{key, &times})
	if err != nil {
		t.Fatal(err)
	}
	if who := h.whoIs(c); times != 0 || !strings.Contains(who, "projector") {
		t.Errorf("proved %d times: %s", times, who)
	}
}

// OpenSSH with a key file: once with the code, then without; a connection that
// opens no session at first opens one later.
func TestOpenSSHComesInWithItsKey(t *testing.T) {
	program, err := exec.LookPath("ssh")
	if err != nil {
		t.Fatal("OpenSSH's client is needed: apt-get install openssh-client")
	}
	h := newHouse(t, 2)
	dir := t.TempDir()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	file, ask := filepath.Join(dir, "id"), filepath.Join(dir, "ask")
	for name, text := range map[string]string{file: string(pem.EncodeToMemory(block)), ask: "#!/bin/sh\necho " + h.codes["m02"] + "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(h.server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	run := func(asks string, args ...string) (string, error) {
		args = append([]string{
			"-F", "none", "-p", port, "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR", "-i", file, "-o", "IdentitiesOnly=yes",
			"-o", "UserKnownHostsFile=" + filepath.Join(dir, "known"),
		}, args...)
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append(os.Environ(), "SSH_ASKPASS="+ask, "SSH_ASKPASS_REQUIRE="+asks, "DISPLAY=none", "HOME="+dir)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := run("force", host, "key", "add"); err != nil || !strings.Contains(out, "key forget 1") {
		t.Fatalf("key add: %v %s", err, out)
	}
	master := filepath.Join(dir, "master")
	if out, err := run("never", "-o", "BatchMode=yes", "-f", "-N", "-M", "-S", master, host); err != nil {
		t.Fatalf("ssh -N: %v %s", err, out)
	}
	defer func() { _, _ = run("never", "-S", master, "-O", "exit", host) }()
	if out, err := run("never", "-S", master, host, "whoami"); err != nil || !strings.Contains(out, "m02") {
		t.Errorf("a session on it: %v %s", err, out)
	}
}

// Somebody of the organisation has a device remembered as members have: it comes in
// without the code until it is forgotten, or its owner gets a new code or leaves.
func TestASuperiorsDeviceComesInWithoutACode(t *testing.T) {
	h, _ := newOrgHouse(t)
	above := h.server.config.Organisation
	keeper := func(c org.Command) {
		t.Helper()
		if _, err := above.Do(t.Context(), org.Request{By: meeting.Keeper, At: meetingtest.Afternoon(), Do: c}); err != nil {
			t.Fatal(err)
		}
	}
	key, other := aKey(t), aKey(t)
	h.remembers("s1", key)
	in := func() *gossh.Client {
		t.Helper()
		c, asked, err := h.with("anybody", "", key)
		if err != nil || asked != 0 {
			t.Fatalf("the device was asked %d times: %v", asked, err)
		}
		return c
	}
	out := func(c *gossh.Client, why string) {
		t.Helper()
		if sess, err := c.NewSession(); err == nil {
			sess.Close()
			t.Errorf("%s: the device opens a session", why)
		}
		if _, _, err := h.with("anybody", "", key); err == nil {
			t.Errorf("%s: the device comes in", why)
		}
	}
	c := in()
	if who := h.whoIs(c); !strings.Contains(who, `"s1"`) || !strings.Contains(who, "superior") {
		t.Errorf("it is %s", who)
	}
	if a := h.saysOn(c, "in b1 guide s2", ""); a.exit != exitOK || h.hall.State().Guide == nil {
		t.Errorf("%+v", a)
	}
	if a := h.saysOn(c, "key add", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("again: %+v", a)
	}
	var list []deviceRow
	h.asks("s1", "key list", "", &list)
	if len(list) != 1 || list[0].No != 1 || list[0].ID != "s1" || list[0].Name != "上级甲" || list[0].Here {
		t.Errorf("listed: %+v", list)
	}
	for _, who := range []meeting.MemberID{"s2", "m01"} {
		if h.asks(who, "key list", "", &list); len(list) != 0 {
			t.Errorf("%s sees %+v", who, list)
		}
		if a := h.says(who, "key forget 1", ""); a.exit != exitFailed {
			t.Errorf("%s forgets it: %+v", who, a)
		}
	}
	if a := h.saysOn(c, "key forget 1", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	out(c, "forgotten")

	h.remembersOnAPage("s1", key)
	c = in()
	code, err := NewCode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keeper(org.IssueCodes{Hashes: map[meeting.MemberID]string{"s1": HashCode(secret, code)}})
	out(c, "a new code")

	h.codes["s1"] = code
	h.remembers("s1", key)
	h.remembers("s2", other)
	c = in()
	keeper(org.RemovePerson{ID: "s1"})
	out(c, "left")
	if _, _, err := h.with("anybody", "", other); err != nil {
		t.Errorf("another's device is forgotten too: %v", err)
	}
}

// remembersOnAPage has the device of somebody of the organisation remembered on
// their screen.
func (h *house) remembersOnAPage(who meeting.MemberID, key gossh.Signer) {
	h.t.Helper()
	c, _, err := h.with("anybody", h.codes[who], key)
	if err != nil {
		h.t.Fatal(err)
	}
	s := h.plainly(c, "", "plain")
	s.hears("记住的设备")
	s.types("4\n") // below two branches and their sums
	s.hears("记住这台设备")
	s.types("1\n")
	s.hears("是，记住它")
	time.Sleep(time.Second) // what comes at once with a question does not count
	s.types("1\n")
	s.hears("已记住这台设备")
	c.Close()
}
