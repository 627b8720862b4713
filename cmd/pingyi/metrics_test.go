package main

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// scraped is what Prometheus reads of the server.
func (r *rig) scraped() string {
	r.t.Helper()
	at := regexp.MustCompile(`http://\S+/metrics`).FindString(r.log.String())
	if at == "" {
		r.t.Fatalf("no address was told:\n%s", r.log)
	}
	answer, err := http.Get(at)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close()
	all, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		r.t.Fatalf("%v %s: %s", err, answer.Status, all)
	}
	return string(all)
}

// Who watches machines reads how many are there, and not who they are or what they
// chose: nothing but numbers with the branch's id and the reasons of failed logins.
func TestMetricsTellOfTheServerAndNotOfThePeople(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve("--metrics", "127.0.0.1:0")
	r.comesToVote(6)
	r.opensBox("m04", "m05")
	for i := 1; i <= 5; i++ {
		r.say(member(i), 0, `{"m01":"优秀","m02":"基本合格","remarks":{"m02":"党课安排要早一些"}}`, "vote")
	}
	right := r.codes["m01"]
	r.codes["m01"] = "AAAAAAAAAA"
	if _, err := r.joins("m01"); err == nil {
		t.Fatal("a wrong code was let in")
	}
	r.codes["m01"] = right
	r.say("m04", 1, "", "next") // only the chair may
	all := r.scraped()
	for _, says := range []string{`pingyi_no_logins_total{reason="wrong code"} 1`, `pingyi_stale{branch="b1"} 0`, "go_goroutines ", "process_resident_memory_bytes ", "pingyi_branches 1\n", `pingyi_requests_total{outcome="failed"} 0`} {
		if !strings.Contains(all, "\n"+says) {
			t.Errorf("%s is not there:\n%s", says, all)
		}
	}
	if !regexp.MustCompile(`(?m)^pingyi_logins_total [1-9]\d*$`).MatchString(all) || !regexp.MustCompile(`(?m)^pingyi_records\{branch="b1"\} [1-9]\d*$`).MatchString(all) {
		t.Errorf("nobody came, or nothing was recorded:\n%s", all)
	}
	for _, what := range []string{`requests_total\{outcome="done"\}`, `requests_total\{outcome="refused"\}`, `append_seconds_count`} {
		if !regexp.MustCompile(`(?m)^pingyi_` + what + ` [1-9]\d*$`).MatchString(all) {
			t.Errorf("no %s is counted:\n%s", what, all)
		}
	}
	known := regexp.MustCompile(`^pingyi_(connections|strangers|sessions|logins_total|no_logins_total\{reason="[a-zA-Z ]+"\}|branches|requests_total\{outcome="(done|refused|failed)"\}|append_seconds_(bucket\{le="[0-9.]+"\}|count)|(records|stale)\{branch="b1"\}) \d+\n$|^pingyi_append_seconds_(sum [0-9.e-]+|bucket\{le="\+Inf"\} \d+)\n$`)
	for line := range strings.Lines(all) {
		if strings.HasPrefix(line, "pingyi_") && !known.MatchString(line) {
			t.Errorf("this is told, too: %s", line)
		}
	}
}

// Without a host the numbers are for this machine alone; they are nowhere unless
// asked for.
func TestWhereMetricsAre(t *testing.T) {
	for text, at := range map[string]string{"9100": "127.0.0.1:9100", "：9100": "127.0.0.1:9100", "0.0.0.0:9100": "0.0.0.0:9100", "": ""} {
		if m := (metrics{addr: text}); m.check(":2222", "") != nil || m.addr != at {
			t.Errorf("%q is %q", text, m.addr)
		}
	}
	for _, text := range []string{"x", "9100:", "1:2:3", "70000"} {
		if m := (metrics{addr: text}); m.check(":2222", "") == nil {
			t.Errorf("%q is %q", text, m.addr)
		}
	}
	for _, l := range []location{{addr: "2222", metrics: metrics{addr: "2222"}}, {addr: "127.0.0.1:2222", site: site{addr: "8080"}, metrics: metrics{addr: "0.0.0.0:8080"}}} {
		if err := l.check(); err == nil || !strings.Contains(err.Error(), "不能用同一个端口") {
			t.Errorf("at the port of another door: %v", err)
		}
	}
	r := newRig(t, sampleRoster(3))
	for _, text := range []string{"x", "192.0.2.77:9100"} { // neither is told of all addresses, nor of those for members
		if _, errs, code := r.try("serve", "--addr", "127.0.0.1:0", "--metrics", text); code == 0 || !strings.Contains(errs, "只有本机能读") || strings.Contains(errs, "所有") || strings.Contains(errs, "党员") {
			t.Errorf("%s: exit %d, %s", text, code, errs)
		}
	}
	r.serve()
	if strings.Contains(r.log.String(), "/metrics") {
		t.Error("they can be read unasked")
	}
}
