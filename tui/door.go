package tui

import (
	"net"
	"strings"
)

// address returns where an ssh command leads, "" for both if it is not one.
func address(command string) (host, port string) {
	words := strings.Fields(command)
	if len(words) < 2 || words[0] != "ssh" {
		return "", ""
	}
	port = "22"
	for i, w := range words[:len(words)-1] {
		if w == "-p" {
			port = words[i+1]
		}
	}
	host = words[len(words)-1]
	return host[strings.LastIndex(host, "@")+1:], port
}

// SayOtherAddresses says that a machine can be found at other addresses than that
// of the command with which people are told to come in.
func (w *Words) SayOtherAddresses(command string, others []string) string {
	host, port := address(command)
	return w.Console.OtherAddresses.of(host, strings.Join(others, w.Happening.NameSep), net.JoinHostPort(others[0], port))
}

// SayNoVerbs says that the command line cannot reach the running server.
func (w *Words) SayNoVerbs() string { return string(w.Console.NoVerbs) }

// SayAbove says how to see the superior's page of a sample.
func (w *Words) SayAbove(command, code string) string { return w.Console.Above.of(command, code) }

// siteOf returns the address of a link for browsers, without the pin, as somebody
// types it.
func siteOf(link string) string {
	site, _, _ := strings.Cut(link, "#")
	return strings.TrimSuffix(site, "/")
}

// codeOfSite returns what the code for a browser's link says: all before the pin in
// capitals, so that it stays small. It is "" where a phone could not connect.
func codeOfSite(link string) string {
	if _, at, _ := strings.Cut(siteOf(link), "://"); at == "localhost" || strings.HasPrefix(at, "localhost:") {
		return ""
	}
	_, pin, _ := strings.Cut(link, "#")
	return strings.ToUpper(siteOf(link)) + "/#" + pin
}

// codeOfDoor returns the address as a link for phones, in capitals so that its
// code stays small. It is "" where a phone could not connect.
func codeOfDoor(command string) string {
	host, port := address(command)
	if host == "" || host == "localhost" {
		return ""
	}
	return strings.ToUpper("ssh://" + net.JoinHostPort(host, port))
}
