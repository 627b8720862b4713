// Command etcd is the server that the tests of store/etcd start: one member of a
// cluster, as the environment and the flags say. It is a module of its own, so
// that pingyi itself needs only the client.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	c := embed.NewConfig()
	file := flag.String("config-file", "", "configuration, as that of etcd")
	flag.Parse()
	if *file != "" {
		var err error
		if c, err = embed.ConfigFromFile(*file); err != nil {
			return err
		}
	}
	e, err := embed.StartEtcd(c)
	if err != nil {
		return err
	}
	defer e.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	select {
	case <-e.Server.ReadyNotify():
		fmt.Println("ready")
	case err := <-e.Err():
		return err
	case <-stop:
		return nil
	}
	select {
	case err := <-e.Err():
		return err
	case <-stop:
		return nil
	}
}
