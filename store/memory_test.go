package store_test

import (
	"testing"

	"pingyi/store"
	"pingyi/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, storetest.Engine{Open: func(*testing.T) store.Shelf { return store.NewMemory() }})
}
