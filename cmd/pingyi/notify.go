package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// notifyTimeout is how long a service manager that does not read is waited for.
const notifyTimeout = 2 * time.Second

// tellWhenStopping tells the service manager as soon as ctx ends. The function
// that it returns waits until that is told, if ctx has ended: the process must not
// be gone before.
func tellWhenStopping(ctx context.Context) (wait func()) {
	told := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(told)
		_ = notify("STOPPING=1") // it stops all the same
	})
	return func() {
		if !stop() {
			<-told
		}
	}
}

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
	if err := conn.SetWriteDeadline(time.Now().Add(notifyTimeout)); err != nil {
		return fmt.Errorf("pingyi: the service manager: %w", err)
	}
	if _, err := conn.Write([]byte(state)); err != nil {
		return fmt.Errorf("pingyi: the service manager: %w", err)
	}
	return nil
}
