package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	gossh "golang.org/x/crypto/ssh"
)

// site returns HOST:PORT of the door for browsers.
func (r *rig) site() string {
	at, err := url.Parse(r.web)
	if err != nil {
		r.t.Fatal(err)
	}
	return at.Host
}

// browses connects a member through the door for browsers, as the page does with the
// link of their slip.
func (r *rig) browses(id string, trusts *x509.CertPool) (*client, error) {
	r.t.Helper()
	site, fragment, _ := strings.Cut(r.web, "#")
	at, err := url.Parse(site)
	if err != nil {
		r.t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusts}}
	r.t.Cleanup(transport.CloseIdleConnections)
	ws, _, err := websocket.Dial(r.t.Context(), strings.Replace(site, "http", "ws", 1)+"ssh", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, HTTPHeader: http.Header{"Origin": {at.Scheme + "://" + at.Host}},
	})
	if err != nil {
		return nil, err
	}
	conn, news, requests, err := gossh.NewClientConn(websocket.NetConn(context.Background(), ws, websocket.MessageBinary), "", &gossh.ClientConfig{
		User: "anybody", Auth: []gossh.AuthMethod{gossh.Password(r.codes[id])},
		HostKeyAlgorithms: []string{gossh.KeyAlgoED25519},
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			sum := sha256.Sum256(key.Marshal())
			if pin := base64.RawURLEncoding.EncodeToString(sum[:]); !strings.HasPrefix(pin, fragment) || len(fragment) < 22 {
				r.t.Errorf("the link %s names another host key: %s", r.web, pin)
			}
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	c := &client{id, gossh.NewClient(conn, news, requests)}
	r.t.Cleanup(func() { c.conn.Close() })
	return c, nil
}

// comesIn expects that a member browses and is known.
func (r *rig) comesIn(id string, trusts *x509.CertPool) {
	r.t.Helper()
	c, err := r.browses(id, trusts)
	if err != nil {
		r.t.Fatalf("%s cannot browse: %v", id, err)
	}
	if out, errs, code, err := c.says("", "whoami --json"); err != nil || code != 0 || !strings.Contains(out, `"`+id+`"`) {
		r.t.Errorf("%s is %q %q %d %v", id, out, errs, code, err)
	}
}

func TestBrowsersComeInAtTheLinkThatServeNames(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve("--web", "127.0.0.1:0")
	if !strings.HasPrefix(r.web, "http://127.0.0.1:") {
		t.Fatalf("the link: %q", r.web)
	}
	r.comesIn("m02", nil)
	// What a stranger sends instead of nothing: it is in no log.
	site, _, _ := strings.Cut(r.web, "#")
	for _, path := range []string{r.codes["m02"], "?code=" + r.codes["m02"], "ssh/" + r.codes["m02"] + ";x"} {
		a, err := http.Get(site + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
	}
	r.codes["nobody"] = "22222-33333"
	if _, err := r.browses("nobody", nil); err == nil {
		t.Error("a wrong code opens")
	}
	_ = r.server.Process.Signal(os.Interrupt)
	<-r.gone
	log := r.log.String()
	if !strings.Contains(log, "127.0.0.1/32") {
		t.Errorf("no address of whoever guesses: %s", log)
	}
	for _, secret := range []string{r.codes["m02"], strings.ReplaceAll(r.codes["m02"], "-", ""), "22222-33333"} {
		if strings.Contains(log, secret) {
			t.Errorf("a code is logged: %s", log)
		}
	}
}

// pair writes a certificate for some names and its key, valid for a while from a
// moment on, and returns who trusts it.
func pair(t *testing.T, from time.Time, names ...string) (cert, key string, trusts *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sheet := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "pingyi"}, NotBefore: from, NotAfter: from.AddDate(0, 0, 7),
		IsCA: true, BasicConstraintsValid: true, DNSNames: names, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	raw, err := x509.CreateCertificate(rand.Reader, sheet, sheet, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: raw}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	trusts = x509.NewCertPool()
	trusts.AddCert(parsed)
	return cert, key, trusts
}

func TestWithACertificateThePageIsEncrypted(t *testing.T) {
	cert, key, trusts := pair(t, time.Now().Add(-time.Hour), "pingyi.example")
	r := newRig(t, sampleRoster(5))
	r.serve("--web", "127.0.0.1:0", "--cert", cert, "--key", key)
	if !strings.HasPrefix(r.web, "https://127.0.0.1:") {
		t.Fatalf("the link: %q", r.web)
	}
	r.comesIn("m02", trusts)
	if _, err := r.browses("m02", x509.NewCertPool()); err == nil {
		t.Error("whoever does not trust the certificate comes in: it is not shown")
	}
	a, err := http.Get(strings.Replace(r.web, "https", "http", 1))
	if err == nil {
		a.Body.Close()
		t.Errorf("http is answered where https was asked for: %s", a.Status)
	}
	r.comesIn("m03", trusts)
}

// What is wrong with the files is said before a browser finds it.
func TestACertificateThatNobodyTakesIsRefused(t *testing.T) {
	cert, key, _ := pair(t, time.Now().Add(-time.Hour))
	_, another, _ := pair(t, time.Now())
	old, oldKey, _ := pair(t, time.Now().AddDate(-1, 0, 0))
	text := filepath.Join(t.TempDir(), "text.pem")
	locked := filepath.Join(t.TempDir(), "locked.pem")
	for name, data := range map[string]string{text: "hello", locked: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, sampleRoster(5))
	for _, c := range []struct{ cert, key, want string }{
		{"missing.pem", key, "读不了证书"},
		{cert, "missing.pem", "读不了私钥"},
		{text, key, "没有证书"},
		{cert, text, "没有私钥"},
		{key, cert, "没有证书"},
		{cert, locked, "有口令"},
		{cert, another, "不是一对"},
		{old, oldKey, "有效期"},
	} {
		if errs := r.refused(1, "serve", "--addr", "127.0.0.1:0", "--web", "127.0.0.1:0", "--cert", c.cert, "--key", c.key); !strings.Contains(errs, c.want) {
			t.Errorf("%s and %s: %q, want %s", c.cert, c.key, errs, c.want)
		}
	}
}

func TestFlagsOfASiteThatDoNotGoTogether(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	for _, c := range []struct {
		flags, want string
	}{
		{"--web-name pingyi.example", "--web"},
		{"--cert a --key b", "--web"},
		{"--web 8080 --cert a", "--key"},
		{"--web 8080 --key b", "--cert"},
		{"--web 2222", "--addr"},
		{"--web 192.168.1.5:2300 --addr :2300", "--addr"},
		{"--web 80800", "--web"},
		{"--web nix", "--web"},
		{"--web 8080 --web-name http://x", "--web-name"},
		{"--web 8080 --web-name -x", "--web-name"},
		{"--web 8080 --web-name x:0", "--web-name"},
		{"--web 8080 --web-name 2001:db8::1", "--web-name"},
	} {
		for _, verb := range []string{"serve", "host"} {
			if errs := r.refused(2, append([]string{verb}, strings.Fields(c.flags)...)...); !strings.Contains(errs, c.want) {
				t.Errorf("%s %s: %q", verb, c.flags, errs)
			}
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if errs := r.refused(1, "serve", "--addr", "127.0.0.1:0", "--web", taken.Addr().String()); !strings.Contains(errs, "已经有程序在用") || !strings.Contains(errs, "--web :8081") {
		t.Errorf("a port that is taken: %q", errs)
	}
}

func TestWhereBrowsersAreSent(t *testing.T) {
	key, err := gossh.NewPublicKey(ed25519.PublicKey(make([]byte, ed25519.PublicKeySize)))
	if err != nil {
		t.Fatal(err)
	}
	everywhere, here := &net.TCPAddr{IP: net.IPv6unspecified, Port: 8080}, &net.TCPAddr{IP: net.IPv4(192, 168, 1, 5), Port: 80}
	for _, c := range []struct {
		where location
		at    net.Addr
		want  string
	}{
		{location{}, everywhere, "http://" + ownAddress() + ":8080"},
		{location{}, here, "http://192.168.1.5"},
		{location{public: "vote.example:22"}, everywhere, "http://vote.example:8080"},
		{location{public: "vote.example:22"}, here, "http://192.168.1.5"},
		{location{public: ":22"}, everywhere, "http://" + ownAddress() + ":8080"},
		{location{public: "[2001:db8::1]:22"}, everywhere, "http://[2001:db8::1]:8080"},
		{location{site: site{name: "pingyi.example"}}, everywhere, "http://pingyi.example:8080"},
		{location{site: site{name: "pingyi.example:443", cert: "x"}}, everywhere, "https://pingyi.example"},
		{location{site: site{cert: "x"}}, here, "https://192.168.1.5:80"},
	} {
		if got, _, _ := strings.Cut(c.where.siteLink(c.at, key), "/#"); got != c.want {
			t.Errorf("%+v at %s: %s, want %s", c.where, c.at, got, c.want)
		}
	}
}

// Slips name the door of the server that runs, else the one that a flag names.
func TestSlipsLeadBrowsersToTheRunningServer(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	slips := func(flags ...string) string {
		r.pingyi(0, append([]string{"codes", "--branch", "b1", "-o", "slips.docx"}, flags...)...)
		return document(t, filepath.Join(r.dir, "slips.docx"))
	}
	if text := slips(); strings.Contains(text, "http://192") || !strings.Contains(text, "ssh://") {
		t.Error("a slip leads browsers to where nobody listens")
	}
	for flag, want := range map[string]string{"192.168.1.5:8080": "http://192.168.1.5:8080/#", "https://pingyi.example/": "https://pingyi.example/#", "：8080": "http://" + ownAddress() + ":8080/#"} {
		if text := slips("--web", flag); !strings.Contains(text, want) {
			t.Errorf("--web %s does not lead to %s", flag, want)
		}
	}
	if errs := r.refused(2, "codes", "--branch", "b1", "-o", "slips.docx", "--web", "a b"); !strings.Contains(errs, "--web") {
		t.Errorf("%q", errs)
	}
	r.serve("--web", "127.0.0.1:0")
	if text := slips(); !strings.Contains(text, r.web) {
		t.Errorf("a slip does not lead to %s", r.web)
	}
	if _, _, code := r.try("superior", "add", "s1", "--name", "上级01"); code != 0 {
		t.Fatal("no superior")
	}
	r.pingyi(0, "superior", "codes", "-o", "above.docx")
	if text := document(t, filepath.Join(r.dir, "above.docx")); !strings.Contains(text, r.web) {
		t.Errorf("a superior's slip does not lead to %s", r.web)
	}
}

// document returns the text of a .docx file.
func document(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
