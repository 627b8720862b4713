package main

import (
	"errors"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/text/width"

	"pingyi/meeting/paper"
)

// location is where a server listens, and where people find it: the address
// that stands on slips, on the wall and in its QR code.
type location struct {
	addr    string // HOST:PORT; without a host, on all of this machine's addresses
	public  string // HOST:PORT; "": the first of this machine's own addresses
	site    site
	metrics metrics
}

func (l *location) flags(verb *cobra.Command) {
	verb.Flags().StringVar(&l.addr, "addr", defaultAddr, "监听地址 主机：端口")
	verb.Flags().StringVar(&l.public, "public", "", "党员用的地址 主机:端口，显示在投影和二维码里；不写就是本机的局域网地址")
	l.site.flags(verb)
	l.metrics.flags(verb)
}

// check brings both addresses into the form HOST:PORT, as people mean them. It
// refuses what is none, and a public one that nobody could copy into a command.
func (l *location) check() (err error) {
	if l.addr, err = anyPort("--addr", "2222", l.addr); err != nil {
		return err
	}
	if err := l.site.check(l.addr); err != nil {
		return err
	}
	if err := l.metrics.check(l.addr, l.site.addr); err != nil || l.public == "" {
		return err
	}
	host, port, err := hostPort("--public", l.public)
	l.public = net.JoinHostPort(host, strconv.FormatUint(port, 10))
	return err
}

// at returns HOST:PORT that people are told of a server at l that listens at
// addr.
func (l location) at(addr net.Addr) string {
	if l.public != "" {
		return l.public
	}
	return addr.String()
}

// others lists this machine's addresses beside the one that people are told,
// where nobody has chosen one.
func (l location) others(addr net.Addr) []string {
	host, _, err := net.SplitHostPort(addr.String())
	if own := ownAddresses(); err == nil && l.public == "" && everywhere(host) && len(own) > 1 {
		return own[1:]
	}
	return nil
}

// joinHint returns the command with which people come in to a server at l that
// listens at addr.
func joinHint(l location, addr net.Addr) string {
	host, port, err := net.SplitHostPort(l.at(addr))
	if err != nil {
		return ""
	}
	if everywhere(host) {
		host = ownAddress()
	}
	return fmt.Sprintf("ssh -p %s %s", port, host)
}

// everywhere reports whether a host to listen at stands for all addresses.
func everywhere(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || ip != nil && ip.IsUnspecified()
}

// ownAddress returns the address at which others find this machine; localhost
// if it has none but itself.
func ownAddress() string {
	if own := ownAddresses(); len(own) > 0 {
		return own[0]
	}
	return "localhost"
}

// ownAddresses lists the addresses at which others find this machine, the best
// first.
func ownAddresses() []string {
	list, err := net.Interfaces()
	if err != nil {
		return nil
	}
	var cards []card
	for _, one := range list {
		addrs, err := one.Addrs()
		if err != nil || one.Flags&net.FlagUp == 0 {
			continue
		}
		cards = append(cards, card{one.Name, one.Flags&net.FlagPointToPoint != 0, addrs})
	}
	return reachable(routed(), cards)
}

// routed returns the addresses from which this machine reaches others, by its
// default routes. Nothing is sent: the targets are set apart for documents.
func routed() (from []net.IP) {
	for network, far := range map[string]string{"udp4": "192.0.2.1:9", "udp6": "[2001:db8::1]:9"} {
		conn, err := net.Dial(network, far)
		if err != nil {
			continue
		}
		if a, ok := conn.LocalAddr().(*net.UDPAddr); ok {
			from = append(from, a.IP)
		}
		conn.Close()
	}
	return from
}

// card is a network interface with its addresses.
type card struct {
	name  string
	point bool // to one other machine, as a tunnel is
	addrs []net.Addr
}

// inner reports whether a card leads only to what runs on this machine itself:
// containers and virtual machines.
func (c card) inner() bool {
	return slices.ContainsFunc([]string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "VMware", "VirtualBox", "vEthernet", "cni", "flannel", "podman", "lxc", "lxd", "bridge100"},
		func(kind string) bool { return strings.HasPrefix(c.name, kind) })
}

// shared are the addresses that providers and private networks as Tailscale give
// to machines which others do not find there (RFC 6598).
var shared = net.IPNet{IP: net.IPv4(100, 64, 0, 0), Mask: net.CIDRMask(10, 32)}

// reachable returns the addresses at which others find this machine, the best
// first: those of its default routes, then private IPv4, as in most meeting
// rooms, other IPv4, and IPv6. An address that reaches few stands only where
// there is no other: a provider's shared one, a tunnel's, a link-local one.
func reachable(routed []net.IP, cards []card) []string {
	var ranks [8][]string
	for _, c := range cards {
		for _, a := range c.addrs {
			n, ok := a.(*net.IPNet)
			if !ok || c.inner() || n.IP.IsLoopback() || n.IP.IsUnspecified() || n.IP.IsMulticast() {
				continue
			}
			rank := 3
			switch v4 := n.IP.To4() != nil; {
			case n.IP.IsLinkLocalUnicast() && v4:
				rank = 6
			case n.IP.IsLinkLocalUnicast():
				rank = 7
			case c.point:
				rank = 5
			case shared.Contains(n.IP):
				rank = 4
			case v4 && slices.ContainsFunc(routed, n.IP.Equal):
				rank = 0
			case v4 && n.IP.IsPrivate():
				rank = 1
			case v4:
				rank = 2
			case slices.ContainsFunc(routed, n.IP.Equal):
				ranks[3] = slices.Insert(ranks[3], 0, n.IP.String())
				continue
			}
			ranks[rank] = append(ranks[rank], n.IP.String())
		}
	}
	if list := slices.Concat(ranks[:4]...); len(list) > 0 {
		return list
	}
	for _, list := range ranks[4:] {
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// hostForm is what may stand for a machine on a slip, because people copy it
// into a command.
var hostForm = regexp.MustCompile(`^([A-Za-z0-9:][A-Za-z0-9.:_-]{0,99})?$`)

// hostPort parts the HOST:PORT of a flag, which people copy into a command.
func hostPort(flag, text string) (host string, port uint64, err error) {
	host, number, err := net.SplitHostPort(meant(text))
	port, bad := strconv.ParseUint(number, 10, 16)
	if err != nil || bad != nil || port == 0 || !hostForm.MatchString(host) {
		return "", 0, usagef("%s 要写成 主机:端口，例如 192.168.1.5:2222，不能是 %q", flag, text)
	}
	return host, port, nil
}

// anyPort returns the HOST:PORT of a flag for listening; port 0 is any. usual is the
// port of an example.
func anyPort(flag, usual, text string) (string, error) {
	host, number, err := net.SplitHostPort(meant(text))
	port, bad := strconv.ParseUint(number, 10, 16)
	if err != nil || bad != nil || !hostForm.MatchString(host) {
		return "", usagef("%s 要写成 主机:端口，例如 %s（%s）或 %s，不能是 %q", flag, ":"+usual, bare(flag), "192.168.1.5:"+usual, text)
	}
	return net.JoinHostPort(host, strconv.FormatUint(port, 10)), nil
}

// meant returns an address as it was meant: a port alone is one of all
// addresses, and an input method's full-width signs are what they look like.
func meant(text string) string {
	text = strings.ReplaceAll(width.Narrow.String(strings.TrimSpace(text)), "\uff61", ".")
	if _, err := strconv.ParseUint(text, 10, 16); err == nil {
		return ":" + text
	}
	return text
}

// listenFlag is a flag that names where to listen.
type listenFlag struct {
	name         string // --addr
	usual, other string // ports that are proposed
	told         string // the flag for what people are told; "": they are told nothing
}

// listenFault says why nobody can listen at l, and what to do.
func (l location) listenFault(err error) error {
	return listenFault(l.addr, listenFlag{"--addr", "2222", "2223", "--public"}, err)
}

// bare is what an address without a host means after a flag.
func bare(flag string) string {
	if flag == metricsFlag {
		return "只有本机能读"
	}
	return "是本机所有的地址"
}

// listenFault says why nobody can listen at an address that a flag names, and what
// to do.
func listenFault(addr string, flag listenFlag, err error) error {
	_, port, _ := net.SplitHostPort(addr)
	is := func(codes ...error) bool {
		return slices.ContainsFunc(codes, func(code error) bool { return errors.Is(err, code) })
	}
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown):
		return failf("不能监听 %s：找不到主机 %s。%s 写本机的地址，不写主机就%s（%s %s）", addr, unknown.Name, flag.name, bare(flag.name), flag.name, port)
	case is(syscall.EADDRINUSE, syscall.Errno(10048)): // the numbers are Windows'
		return failf("不能监听 %s：端口 %s 已经有程序在用，也许是另一个 pingyi。先停掉它，或换一个端口（%s %s）", addr, port, flag.name, ":"+flag.other)
	case is(syscall.EACCES, syscall.EPERM, syscall.Errno(10013)):
		return failf("不能监听 %s：没有权限用端口 %s，小于 1024 的端口要管理员权限。换一个大的（%s %s）", addr, port, flag.name, ":"+flag.usual)
	case is(syscall.EADDRNOTAVAIL, syscall.Errno(10049)):
		told := ""
		if flag.told != "" {
			told = "；要让党员看到别的地址，用 " + flag.told
		}
		return failf("不能监听 %s：这不是本机的地址（本机有 %s）。%s 不写主机就%s（%s %s）%s", addr, strings.Join(ownAddresses(), "、"), flag.name, bare(flag.name), flag.name, port, told)
	}
	return failf("不能监听 %s：%w", addr, err)
}

// doorAt returns the way in at HOST:PORT, to a server whose host keys have some
// fingerprints; without a host, at this machine. link is that for browsers, "" if
// there is none.
func doorAt(addr, link string, fingerprints ...string) (paper.Door, error) {
	host, port, err := hostPort("--addr", addr)
	if err != nil {
		return paper.Door{}, err
	}
	if everywhere(host) {
		host = ownAddress()
	}
	return paper.Door{
		Command:      fmt.Sprintf("ssh -p %d %s", port, host),
		Link:         "ssh://" + net.JoinHostPort(host, strconv.FormatUint(port, 10)),
		Web:          link,
		Fingerprints: fingerprints,
	}, nil
}
