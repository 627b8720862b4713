//go:build cluster

// Package etcdtest starts etcd clusters for tests: real processes on this machine, which can be killed and stopped, behind lines that can be cut.
package etcdtest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Options says how the members of a cluster are.
type Options struct {
	Members int    // 0: one
	Quota   int64  // bytes; 0: as etcd has it
	TLS     *Certs // nil: plain
}

// Cluster is the members of a cluster.
type Cluster struct {
	Members []*Member
	certs   *Certs
}

// Member is one process.
type Member struct {
	URL     string // for clients
	peer    string // URL for the other members
	address string
	config  string // its file
	log     string
	program string
	cmd     *exec.Cmd
	gone    sync.WaitGroup
}

// Start starts a cluster that ends with the test, and waits until it takes writes.
func Start(t *testing.T, o Options) *Cluster {
	t.Helper()
	program := build(t)
	if o.Members == 0 {
		o.Members = 1
	}
	c := &Cluster{certs: o.TLS}
	dir := t.TempDir()
	ports := freePorts(t, 2*o.Members)
	var peers []string
	for i := range o.Members {
		peers = append(peers, fmt.Sprintf("m%d=http://127.0.0.1:%d", i, ports[2*i+1]))
	}
	for i := range o.Members {
		m := &Member{program: program, address: fmt.Sprintf("127.0.0.1:%d", ports[2*i]), config: filepath.Join(dir, fmt.Sprintf("m%d.yaml", i)), log: filepath.Join(dir, fmt.Sprintf("m%d.log", i))}
		m.URL = "http://" + m.address
		secure := ""
		if o.TLS != nil {
			m.URL = "https://" + m.address
			secure = fmt.Sprintf("client-transport-security:\n  cert-file: %s\n  key-file: %s\n  trusted-ca-file: %s\n  client-cert-auth: true\n", o.TLS.ServerCert, o.TLS.ServerKey, o.TLS.CA)
		}
		peer := fmt.Sprintf("http://127.0.0.1:%d", ports[2*i+1])
		text := fmt.Sprintf(`name: m%d
data-dir: %s
listen-client-urls: %s
advertise-client-urls: %s
listen-peer-urls: %s
initial-advertise-peer-urls: %s
initial-cluster: %s
initial-cluster-state: new
quota-backend-bytes: %d
log-level: error
log-outputs: [stderr]
%s`, i, filepath.Join(dir, fmt.Sprintf("m%d.data", i)), m.URL, m.URL, peer, peer, strings.Join(peers, ","), o.Quota, secure)
		m.peer = peer
		if err := os.WriteFile(m.config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c.Members = append(c.Members, m)
	}
	for _, m := range c.Members {
		m.Start(t)
		t.Cleanup(m.Kill)
	}
	for _, m := range c.Members {
		m.await(t)
	}
	return c
}

// URLs are those of all members, for clients.
func (c *Cluster) URLs() (urls []string) {
	for _, m := range c.Members {
		urls = append(urls, m.URL)
	}
	return urls
}

// Peers are the addresses at which members talk to each other.
func (c *Cluster) Peers() (urls []string) {
	for _, m := range c.Members {
		urls = append(urls, m.peer)
	}
	return urls
}

// Start starts the process, again after Kill.
func (m *Member) Start(t *testing.T) {
	t.Helper()
	log, err := os.OpenFile(m.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	m.cmd = exec.Command(m.program, "--config-file", m.config)
	m.cmd.Stdout, m.cmd.Stderr = log, log
	if err := m.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cmd := m.cmd
	m.gone.Go(func() { _ = cmd.Wait() })
}

// Remember keeps what the members have on their disks, as a backup.
func (c *Cluster) Remember(t *testing.T) {
	c.swap(t, func(m *Member) (from, to string) { return m.data(), m.data() + ".kept" })
}

// Back brings the members back to what Remember has kept.
func (c *Cluster) Back(t *testing.T) {
	c.swap(t, func(m *Member) (from, to string) { return m.data() + ".kept", m.data() })
}

func (m *Member) data() string { return strings.TrimSuffix(m.config, ".yaml") + ".data" }

// swap puts a copy of a folder of every member in another's place, while none of them runs.
func (c *Cluster) swap(t *testing.T, of func(*Member) (from, to string)) {
	t.Helper()
	for _, m := range c.Members {
		m.Kill()
	}
	for _, m := range c.Members {
		from, to := of(m)
		if err := errors.Join(os.RemoveAll(to), os.CopyFS(to, os.DirFS(from)), os.Remove(m.log)); err != nil {
			t.Fatal(err)
		}
		m.Start(t)
	}
	for _, m := range c.Members {
		m.await(t)
	}
}

// await waits until the member takes connections.
func (m *Member) await(t *testing.T) {
	t.Helper()
	for range 600 {
		text, err := os.ReadFile(m.log)
		if err == nil && strings.Contains(string(text), "ready") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	text, _ := os.ReadFile(m.log)
	t.Fatalf("the member did not start:\n%s", text)
}

// Kill is kill -9.
func (m *Member) Kill() {
	_ = m.cmd.Process.Kill()
	_ = m.cmd.Process.Signal(syscall.SIGCONT) // a stopped one dies too
	m.gone.Wait()
}

// Stop stops the process where it is; Continue lets it go on.
func (m *Member) Stop() { _ = m.cmd.Process.Signal(syscall.SIGSTOP) }

// Continue lets a stopped process go on.
func (m *Member) Continue() { _ = m.cmd.Process.Signal(syscall.SIGCONT) }

// build builds the server of the nested module once for its sources.
func build(t *testing.T) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	source := filepath.Join(filepath.Dir(filepath.Dir(here)), "testdata", "etcd")
	sum := sha256.New()
	for _, name := range []string{"main.go", "go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			t.Fatal(err)
		}
		sum.Write(text)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	program := filepath.Join(cache, "pingyi-test", "etcd-"+hex.EncodeToString(sum.Sum(nil))[:16])
	if _, err := os.Stat(program); err == nil {
		return program
	}
	if err := os.MkdirAll(filepath.Dir(program), 0o700); err != nil {
		t.Fatal(err)
	}
	part := fmt.Sprintf("%s.%d", program, os.Getpid())
	cmd := exec.Command("go", "build", "-o", part, ".")
	cmd.Dir = source
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the test server cannot be built: %v\n%s", err, out)
	}
	if err := os.Rename(part, program); err != nil {
		t.Fatal(err)
	}
	return program
}

// freePorts returns ports on which nobody listens.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	var open []net.Listener
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, l)
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	var err error
	for _, l := range open {
		err = errors.Join(err, l.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return ports
}
