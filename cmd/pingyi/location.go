package main

import (
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/paper"
)

// location is where a server listens, and where people find it: the address
// that stands on slips, on the wall and in its QR code.
type location struct {
	addr   string // HOST:PORT; without a host, on all of this machine's addresses
	public string // HOST:PORT; "": the first of this machine's own addresses
}

func (l *location) flags(verb *cobra.Command) {
	verb.Flags().StringVar(&l.addr, "addr", defaultAddr, "监听地址 主机：端口")
	verb.Flags().StringVar(&l.public, "public", "", "党员用的地址 主机:端口，显示在投影和二维码里；不写就是本机的局域网地址")
}

// check refuses a public address that nobody could copy into a command.
func (l location) check() error {
	if l.public == "" {
		return nil
	}
	_, _, err := hostPort("--public", l.public)
	return err
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
	at := addr.String()
	if l.public != "" {
		at = l.public
	}
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		return ""
	}
	if everywhere(host) {
		host = ownAddress()
	}
	return fmt.Sprintf("ssh -p %s %s", port, host)
}

// wallHint returns the command that shows a branch's wall on this machine, where
// no code is asked for at a loopback address.
func wallHint(addr net.Addr, branch string) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return ""
	}
	if everywhere(host) {
		host = "localhost"
	}
	return fmt.Sprintf("ssh -p %s %s+%s@%s", port, meeting.Screen, branch, host)
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
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	return reachable(addrs)
}

// reachable returns the addresses that are not loopback: private IPv4 first, as
// in most meeting rooms, then other IPv4, then IPv6. Link-local ones reach no
// further than one cable: they stand only where there are no others.
func reachable(addrs []net.Addr) []string {
	var ranks [5][]string // private IPv4, other IPv4, IPv6, link-local of either kind
	for _, a := range addrs {
		n, ok := a.(*net.IPNet)
		if !ok || n.IP.IsLoopback() || n.IP.IsUnspecified() || n.IP.IsMulticast() {
			continue
		}
		rank := 2
		switch v4 := n.IP.To4() != nil; {
		case v4 && n.IP.IsLinkLocalUnicast():
			rank = 3
		case n.IP.IsLinkLocalUnicast():
			rank = 4
		case v4 && n.IP.IsPrivate():
			rank = 0
		case v4:
			rank = 1
		}
		ranks[rank] = append(ranks[rank], n.IP.String())
	}
	if list := slices.Concat(ranks[:3]...); len(list) > 0 {
		return list
	}
	return slices.Concat(ranks[3:]...)
}

// hostForm is what may stand for a machine on a slip, because people copy it
// into a command.
var hostForm = regexp.MustCompile(`^([A-Za-z0-9:][A-Za-z0-9.:_-]{0,99})?$`)

// hostPort parts the HOST:PORT of a flag, which people copy into a command.
func hostPort(flag, text string) (host string, port uint64, err error) {
	host, number, err := net.SplitHostPort(text)
	port, bad := strconv.ParseUint(number, 10, 16)
	if err != nil || bad != nil || port == 0 || !hostForm.MatchString(host) {
		return "", 0, usagef("%s 要写成 主机:端口，例如 192.168.1.5:2222，不能是 %q", flag, text)
	}
	return host, port, nil
}

// doorAt returns the way in at HOST:PORT, to a server whose host keys have some
// fingerprints; without a host, at this machine.
func doorAt(addr string, fingerprints ...string) (paper.Door, error) {
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
		Fingerprints: fingerprints,
	}, nil
}
