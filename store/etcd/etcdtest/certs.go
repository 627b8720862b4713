//go:build cluster

package etcdtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Certs are the files of an authority, of the members' certificate and of a client's.
type Certs struct {
	CA                    string
	ServerCert, ServerKey string
	ClientCert, ClientKey string
}

// NewCerts makes certificates for 127.0.0.1 that live as long as the test.
func NewCerts(t *testing.T) *Certs {
	t.Helper()
	dir := t.TempDir()
	caKey := newKey(t)
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	c := &Certs{CA: filepath.Join(dir, "ca.pem")}
	sign(t, c.CA, "", ca, ca, caKey, caKey)
	for i, name := range []string{"server", "client"} {
		cert, key := filepath.Join(dir, name+".pem"), filepath.Join(dir, name+".key")
		one := *ca
		one.SerialNumber, one.IsCA, one.KeyUsage = big.NewInt(int64(i+2)), false, x509.KeyUsageDigitalSignature
		one.Subject = pkix.Name{CommonName: name}
		one.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
		one.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
		sign(t, cert, key, &one, ca, newKey(t), caKey)
		if name == "server" {
			c.ServerCert, c.ServerKey = cert, key
		} else {
			c.ClientCert, c.ClientKey = cert, key
		}
	}
	return c
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sign writes a certificate and, where it has a file, its key.
func sign(t *testing.T, certFile, keyFile string, cert, by *x509.Certificate, key, byKey *ecdsa.PrivateKey) {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, cert, by, &key.PublicKey, byKey)
	if err != nil {
		t.Fatal(err)
	}
	write(t, certFile, "CERTIFICATE", der)
	if keyFile == "" {
		return
	}
	der, err = x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, keyFile, "EC PRIVATE KEY", der)
}

func write(t *testing.T, file, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}
