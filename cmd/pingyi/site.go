package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/ssh"
	"pingyi/ssh/web"
)

// site is where browsers come in, beside the location.
type site struct {
	addr      string // HOST:PORT to listen at; "": nowhere
	name      string // HOST or HOST:PORT that people are told, and by which browsers may call it; "": an address
	cert, key string // files for https; "": http
}

func (s *site) flags(verb *cobra.Command) {
	verb.Flags().StringVar(&s.addr, "web", "", "也开网页入口：监听地址 主机:端口，例如 8080；不写就不开")
	verb.Flags().StringVar(&s.name, "web-name", "", "网页入口的名字 主机名 或 主机名:端口，显示在二维码里；不写就用 IP 地址")
	verb.Flags().StringVar(&s.cert, "cert", "", "网页入口的证书文件（PEM），有了就是 https；和 --key 一起写")
	verb.Flags().StringVar(&s.key, "key", "", "证书的私钥文件（PEM）")
}

// siteName is what a browser may have before the port in its address line.
var siteName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?$`)

// check brings the addresses into their form and refuses what does not go together.
// sshAddr is where SSH listens.
func (s *site) check(sshAddr string) (err error) {
	switch {
	case s.addr == "" && (s.name != "" || s.cert != "" || s.key != ""):
		return usagef("--web-name、--cert 和 --key 是网页入口的：要和 --web 一起写，例如 --web 8080")
	case s.addr == "":
		return nil
	case (s.cert == "") != (s.key == ""):
		return usagef("--cert 和 --key 要一起写：一个是证书文件，一个是它的私钥")
	}
	if s.addr, err = anyPort("--web", "8080", s.addr); err != nil {
		return err
	}
	if meet(s.addr, sshAddr) {
		return usagef("--web 和 --addr 不能用同一个端口：网页入口要自己的，例如 --web 8080")
	}
	if s.name == "" {
		return nil
	}
	host, port := s.name, ""
	if h, number, err := net.SplitHostPort(meant(s.name)); err == nil {
		host, port = h, number
	}
	n, bad := strconv.ParseUint(port, 10, 16)
	if !siteName.MatchString(host) || port != "" && (bad != nil || n == 0) {
		return usagef("--web-name 要写成 主机名 或 主机名:端口，例如 pingyi.example.edu.cn，不能是 %q", s.name)
	}
	if port != "" {
		host = net.JoinHostPort(host, port)
	}
	s.name = host
	return nil
}

// meet reports whether nobody can listen at both addresses.
func meet(a, b string) bool {
	hostA, portA, _ := net.SplitHostPort(a)
	hostB, portB, _ := net.SplitHostPort(b)
	return portA == portB && portA != "0" && (hostA == hostB || everywhere(hostA) || everywhere(hostB))
}

// letBrowsersIn opens the door for browsers, if there is to be one, as a part of a
// server, and returns its link.
func (d *desk) letBrowsersIn(server *ssh.Server, where location, hostKey gossh.PublicKey) (link string, err error) {
	s := where.site
	if s.addr == "" {
		return "", nil
	}
	config := web.Config{Addr: s.addr, Name: s.name, Pin: ssh.Pin(hostKey)}
	if s.cert != "" {
		pair, err := certificate(d.path(s.cert), d.path(s.key))
		if err != nil {
			return "", err
		}
		config.Certificate = &pair
	}
	door, err := web.Listen(config)
	if err != nil {
		return "", listenFault(s.addr, listenFlag{"--web", "8080", "8081", "--web-name"}, err)
	}
	link = where.siteLink(door.Addr(), hostKey)
	server.Also(door, link)
	if config.Certificate != nil {
		if name := misnamed(config.Certificate.Leaf, link); name != "" {
			d.progress("证书里没有 %s，浏览器会警告：请用 --web-name 写证书里的名字。", name)
		}
	}
	return link, nil
}

// linkPin is how much of the host key's pin stands in a link: 132 bits.
const linkPin = 22

// siteLink returns where browsers find a door of l that listens at addr, with the host
// key's pin.
func (l location) siteLink(addr net.Addr, hostKey gossh.PublicKey) string {
	host, port, _ := net.SplitHostPort(addr.String())
	public, _, _ := net.SplitHostPort(l.public)
	switch name, outside, err := net.SplitHostPort(l.site.name); {
	case err == nil:
		host, port = name, outside
	case l.site.name != "":
		host = l.site.name
	case everywhere(host) && !everywhere(public):
		host = public
	case everywhere(host):
		host = ownAddress()
	}
	return siteLink(l.site.cert != "", net.JoinHostPort(host, port), hostKey)
}

// siteLink returns the link of a site at HOST:PORT.
func siteLink(secure bool, addr string, hostKey gossh.PublicKey) string {
	scheme, usual := "http", ":80"
	if secure {
		scheme, usual = "https", ":443"
	}
	return scheme + "://" + strings.TrimSuffix(addr, usual) + "/#" + ssh.Pin(hostKey)[:linkPin]
}

// siteAt returns the link of a site that a flag names: HOST:PORT, or what stands in
// the browser's address line.
func siteAt(flag, text string, hostKey gossh.PublicKey) (string, error) {
	at := strings.TrimRight(meant(text), "/")
	at, secure := strings.CutPrefix(at, "https://")
	at, plain := strings.CutPrefix(at, "http://")
	if _, _, err := net.SplitHostPort(at); err != nil && (secure || plain) {
		at += map[bool]string{true: ":443", false: ":80"}[secure]
	}
	host, port, err := hostPort(flag, at)
	if err != nil {
		return "", usagef("%s 要写成 主机:端口，例如 192.168.1.5:8080 或 https://pingyi.example.edu.cn，不能是 %q", flag, text)
	}
	if everywhere(host) {
		host = ownAddress()
	}
	return siteLink(secure, net.JoinHostPort(host, fmt.Sprint(port)), hostKey), nil
}

// certificate reads a certificate and its key, and says what is wrong with them
// before anybody's browser does.
func certificate(cert, key string) (tls.Certificate, error) {
	none := tls.Certificate{}
	certs, err := os.ReadFile(cert)
	if err != nil {
		return none, failf("读不了证书 %s：%w", cert, err)
	}
	keys, err := os.ReadFile(key)
	if err != nil {
		return none, failf("读不了私钥 %s：%w", key, err)
	}
	switch {
	case !holds(certs, func(kind string) bool { return kind == "CERTIFICATE" }):
		return none, failf("%s 里没有证书：要 PEM 格式的，以 -----BEGIN CERTIFICATE----- 开头", cert)
	case holds(keys, func(kind string) bool { return kind == "ENCRYPTED PRIVATE KEY" }):
		return none, failf("%s 里的私钥有口令：请用 openssl pkey -in %s -out 新文件 去掉", key, key)
	case !holds(keys, func(kind string) bool { return strings.HasSuffix(kind, "PRIVATE KEY") }):
		return none, failf("%s 里没有私钥：要 PEM 格式的，以 -----BEGIN PRIVATE KEY----- 开头", key)
	}
	pair, err := tls.X509KeyPair(certs, keys)
	if err != nil {
		return none, failf("证书 %s 和私钥 %s 不是一对，或者有一个坏了：请换成一起签发的", cert, key)
	}
	if now := time.Now(); now.After(pair.Leaf.NotAfter) || now.Before(pair.Leaf.NotBefore) {
		return none, failf("证书 %s 的有效期是 %s 到 %s，现在不能用：请换一张，或校准时钟", cert, day(pair.Leaf.NotBefore), day(pair.Leaf.NotAfter))
	}
	return pair, nil
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

// holds reports whether a PEM file holds something of a kind.
func holds(file []byte, is func(kind string) bool) bool {
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		if is(block.Type) {
			return true
		}
	}
	return false
}

// misnamed returns the host of a link that a certificate does not name; "": it
// does.
func misnamed(cert *x509.Certificate, link string) string {
	at, err := url.Parse(link)
	if err != nil || cert.VerifyHostname(at.Hostname()) == nil {
		return ""
	}
	return at.Hostname()
}
