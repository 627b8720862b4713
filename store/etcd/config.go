package etcd

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Config says where a cluster is and who asks.
type Config struct {
	URLs      []string // of its members: https://HOST:PORT, or http on this machine
	CA        string   // file with the certificates that vouch for the members; "": the system's
	Cert, Key string   // files of our own certificate; "": none
	User      string   // "": none
	Password  string
	Prefix    string // of all keys; "": "pingyi"
}

func (c Config) prefix() string {
	if c.Prefix == "" {
		return "pingyi/"
	}
	return strings.TrimSuffix(c.Prefix, "/") + "/"
}

// Check returns ErrURL for an address that is none, ErrOpen for one over which records would go in the clear to another machine, and ErrMixed
// where only some are encrypted: the client reaches all in the same way.
func (c Config) Check() error {
	if len(c.URLs) == 0 {
		return ErrURL.Of("")
	}
	scheme := ""
	for _, text := range c.URLs {
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.Port() == "" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" {
			return ErrURL.Of(text)
		}
		if u.Scheme == "http" && !here(u.Hostname()) {
			return ErrOpen.Of(text)
		}
		if scheme != "" && scheme != u.Scheme {
			return ErrMixed
		}
		scheme = u.Scheme
	}
	return nil
}

// here reports whether a host is this machine.
func here(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// options returns how the client connects. A connection on which nothing comes any more is given up after some seconds, and another member asked.
func (c Config) options() (clientv3.Config, error) {
	if err := c.Check(); err != nil {
		return clientv3.Config{}, err
	}
	o := clientv3.Config{
		Endpoints: c.URLs, Username: c.User, Password: c.Password,
		DialTimeout: 5 * time.Second, DialKeepAliveTime: 6 * time.Second, DialKeepAliveTimeout: 3 * time.Second,
	}
	if strings.HasPrefix(c.URLs[0], "https:") {
		secure, err := c.secure()
		if err != nil {
			return o, err
		}
		o.TLS = secure
	}
	return o, nil
}

// secure reads the files of the certificates.
func (c Config) secure() (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CA != "" {
		text, err := os.ReadFile(c.CA)
		if err != nil {
			return nil, ErrKeyFile.Of(c.CA).By(err)
		}
		t.RootCAs = x509.NewCertPool()
		if !t.RootCAs.AppendCertsFromPEM(text) {
			return nil, ErrKeyFile.Of(c.CA)
		}
	}
	if (c.Cert == "") != (c.Key == "") {
		return nil, ErrPair
	}
	if c.Cert != "" {
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return nil, ErrKeyFile.Of(c.Cert + " " + c.Key).By(err)
		}
		t.Certificates = []tls.Certificate{pair}
	}
	return t, nil
}
