package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed dist
var dist embed.FS

// files are what browsers are given, by path.
type files map[string]file

// file is one of them, as it is sent.
type file struct {
	kind        string
	plain, gzip content
}

// content is what is sent, and the name under which a browser keeps it.
type content struct {
	data []byte
	tag  string
}

// kinds are the media types of what dist may hold.
func kinds(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	}
	return "text/plain; charset=utf-8"
}

// newFiles reads the folder dist, and packs everything once.
func newFiles(from fs.FS) (files, error) {
	all := files{}
	err := fs.WalkDir(from, "dist", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		packed, err := pack(data)
		if err != nil {
			return err
		}
		at := strings.TrimPrefix(name, "dist")
		if at == "/index.html" {
			at = "/"
		}
		all[at] = file{kinds(name), tagged(data, ""), tagged(packed, "-gz")}
		return nil
	})
	return all, err
}

func pack(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	err = errors.Join(err, w.Close()) // the end is not there before
	return packed.Bytes(), err
}

func tagged(data []byte, more string) content {
	sum := sha256.Sum256(data)
	return content{data, `"` + hex.EncodeToString(sum[:12]) + more + `"`}
}

// serve answers with a file. A browser asks again each time whether it still has the
// newest.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	c, h := f.plain, w.Header()
	h.Set("Vary", "Accept-Encoding")
	if len(f.gzip.data) < len(f.plain.data) && takesGzip(r) {
		c = f.gzip
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", c.tag)
	if has(r, c.tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", strconv.Itoa(len(c.data)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(c.data)
	}
}

// takesGzip reports whether a browser unpacks what is packed.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, how, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(how, " ", "") != "q=0"
		}
	}
	return false
}

// has reports whether a browser has what bears a tag.
func has(r *http.Request, tag string) bool {
	for one := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
			return true
		}
	}
	return false
}
