package folder

import (
	"errors"
	"testing"

	"pingyi/store"
)

// A disk with little space is said, a known one only.
func TestLittleSpaceIsSaid(t *testing.T) {
	if err := tight(lowSpace - 1); !errors.Is(err, store.ErrLow) || err.Error() != "store.low 199" {
		t.Errorf("%v", err)
	}
	if err := tight(lowSpace); err != nil {
		t.Errorf("%v", err)
	}
	if free, known := FreeSpace(t.TempDir()); known && free == 0 {
		t.Error("nothing is free here?")
	}
}
