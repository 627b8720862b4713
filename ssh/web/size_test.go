package web

import "testing"

// A phone on a bad line has the page at once: what it loads is small. The code for
// QR pictures is loaded by walls only.
func TestThePageIsSmall(t *testing.T) {
	const most = 40 << 10
	all, err := newFiles(dist)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, name := range []string{"/", "/page.js", "/page.css"} {
		size := len(all[name].gzip.data)
		if size == 0 {
			t.Errorf("%s is not there", name)
		}
		sum += size
	}
	t.Logf("%d bytes as they are sent, and %d for a wall", sum, len(all["/qr.js"].gzip.data))
	if sum > most {
		t.Errorf("the page takes %d bytes as it is sent, more than %d", sum, most)
	}
}
