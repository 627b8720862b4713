//go:build cluster

package etcd_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"pingyi/store"
	"pingyi/store/etcd"
	"pingyi/store/etcd/etcdtest"
	"pingyi/store/storetest"
)

var prefixes atomic.Int64

// open opens a shelf with keys of its own.
func open(t testing.TB, urls []string, prefix string) *etcd.Shelf {
	t.Helper()
	if prefix == "" {
		prefix = fmt.Sprintf("t%d", prefixes.Add(1))
	}
	s, err := etcd.Open(t.Context(), etcd.Config{URLs: urls, Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shelf is a shelf that knows its prefix.
type shelf struct {
	*etcd.Shelf
	prefix string
}

func TestEtcd(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	storetest.Run(t, storetest.Engine{
		Open: func(t *testing.T) store.Shelf {
			prefix := fmt.Sprintf("t%d", prefixes.Add(1))
			return shelf{open(t, c.URLs(), prefix), prefix}
		},
		Crash: func(t *testing.T, of store.Shelf) store.Shelf {
			prefix := of.(shelf).prefix
			return shelf{open(t, c.URLs(), prefix), prefix}
		},
	})
}
