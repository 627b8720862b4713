package tui

import (
	"net"
	"strings"

	"rsc.io/qr"
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

// codeOfDoor returns the address as a link for phones, in capitals so that its
// code stays small. It is "" where a phone could not connect.
func codeOfDoor(command string) string {
	host, port := address(command)
	if host == "" || host == "localhost" {
		return ""
	}
	return strings.ToUpper("ssh://" + net.JoinHostPort(host, port))
}

// qrLines returns text as a QR code with the light border that it needs, each
// point two cells wide; nil if there is no room.
func qrLines(text string, width, height int) []line {
	if text == "" {
		return nil
	}
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil
	}
	for _, border := range []int{4, 2} {
		n := code.Size + 2*border
		if 2*n > width || n > height {
			continue
		}
		lines := make([]line, n)
		for y := range lines {
			for x := range n {
				t := blank
				if code.Black(x-border, y-border) {
					t = ink
				}
				lines[y] = append(lines[y], span{"  ", t})
			}
			lines[y] = lines[y].joined()
		}
		return lines
	}
	return nil
}
