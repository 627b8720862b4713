package main

import (
	"fmt"
	"net"
	"os"
	"strings"
)

// notify tells the service manager that started this process (systemd,
// Type=notify) how it is: READY=1, STOPPING=1. Without a manager it does nothing.
func notify(state string) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	if name, abstract := strings.CutPrefix(socket, "@"); abstract {
		socket = "\x00" + name
	}
	conn, err := net.Dial("unixgram", socket)
	if err != nil {
		return fmt.Errorf("pingyi: the service manager: %w", err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("pingyi: the service manager: %w", err)
	}
	return nil
}
