package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// ServeHTTP answers a request: with the page and what belongs to it, with a
// websocket at /ssh, with the pin at /pin. Whatever else is asked for gets a
// sentence.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if v, ok := r.Context().Value(visitorKey{}).(*visitor); ok {
		v.asks(effort)
	}
	if !d.called(r.Host) {
		secured(w.Header(), "")
		refuse(w, http.StatusMisdirectedRequest, "这台服务器不叫 "+quoted(r.Host)+"：请用主持人给的地址（主机是 IP 地址，端口要对），或请主持人用 --web-name 写明这个名字。")
		return
	}
	secured(w.Header(), d.scheme()+"://"+r.Host)
	if d.config.Certificate != nil { // browsers complain of it on plain http
		w.Header().Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	page, known := d.files[r.URL.Path]
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "这里只能看网页，不接受 "+quoted(r.Method)+"。")
	case r.URL.Path == "/ssh":
		d.upgrade(w, r)
	case r.URL.Path == "/pin":
		tell(w, http.StatusOK, d.config.Pin)
	case known:
		page.serve(w, r)
	default:
		refuse(w, http.StatusNotFound, "这里没有 "+quoted(r.URL.Path)+"：入口是 / 。")
	}
}

// scheme is that of the door's websocket.
func (d *Door) scheme() string {
	if d.config.Certificate != nil {
		return "wss"
	}
	return "ws"
}

// secured sets what keeps other pages, and whatever might get into this one, away
// from it. socket is where its websocket is.
func secured(h http.Header, socket string) {
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
		strings.TrimSpace("connect-src 'self' " + socket), // not every browser counts ws: as 'self'
		"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
	}, "; "))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// refuse answers with a sentence and ends the connection.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Connection", "close")
	tell(w, status, why+"\n")
}

// tell answers with a text that nobody keeps.
func tell(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

// quoted returns the beginning of what a stranger sent, to be shown to them.
func quoted(text string) string {
	const longest = 60
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	return strconv.Quote(text)
}

// called reports whether a Host header means this server: an IP address, localhost
// or the name of the door, with its port or none. Every other name may be one that
// somebody made to point here, so that their page passes for ours (DNS rebinding).
func (d *Door) called(host string) bool {
	host, port := parted(host)
	name, outside := parted(d.config.Name)
	ip, no := netip.ParseAddr(host)
	if (no != nil || ip.Zone() != "") && !strings.EqualFold(host, "localhost") && (name == "" || !strings.EqualFold(host, name)) {
		return false
	}
	_, own, _ := net.SplitHostPort(d.Addr().String())
	return port == "" || port == own || outside != "" && port == outside
}

// parted parts a host from its port, "" if there is none. An IPv6 address is
// without its brackets.
func parted(text string) (host, port string) {
	if host, port, err := net.SplitHostPort(text); err == nil {
		return host, port
	}
	if v6, ok := strings.CutPrefix(text, "["); ok {
		return strings.TrimSuffix(v6, "]"), ""
	}
	return text, ""
}

// sameOrigin reports whether a request comes from this server's own page. Whatever
// says no origin is not a browser of today.
func sameOrigin(r *http.Request) bool {
	from, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && (from.Scheme == "http" || from.Scheme == "https") && strings.EqualFold(from.Host, r.Host)
}
