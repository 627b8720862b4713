package main

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// slipLines are the texts on the slips in a .docx, in reading order.
func (r *rig) slipLines(name string) []string {
	r.t.Helper()
	z, err := zip.OpenReader(filepath.Join(r.dir, name))
	if err != nil {
		r.t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		r.t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		r.t.Fatal(err)
	}
	var lines []string
	for _, m := range regexp.MustCompile(`<w:t[^>]*>([^<]*)</w:t>`).FindAllSubmatch(text, -1) {
		lines = append(lines, string(m[1]))
	}
	return lines
}

// hostKeyOf is the fingerprint that a client sees when it comes in with a code.
func (r *rig) hostKeyOf(code string) string {
	r.t.Helper()
	var seen string
	conn, err := gossh.Dial("tcp", r.addr, &gossh.ClientConfig{
		User: "anybody", Auth: []gossh.AuthMethod{gossh.Password(code)}, HostKeyAlgorithms: []string{gossh.KeyAlgoED25519},
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			seen = gossh.FingerprintSHA256(key)
			return nil
		},
	})
	if err != nil {
		r.t.Fatalf("the code %s does not let in: %v", code, err)
	}
	conn.Close()
	return seen
}

// Slips that are made while a server runs lead to that server.
func TestSlipsLeadToTheServerThatRuns(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	_, port, _ := strings.Cut(r.addr, ":")
	if said := r.pingyi(0, "codes", "--branch", "b1", "-o", "slips.docx"); !strings.Contains(said, "ssh -p "+port+" 127.0.0.1") {
		t.Errorf("%s", said)
	}
}

// Who prints slips and then a table has slips that let nobody in, and is told.
func TestCodesThatAreReplacedAreSaidToBe(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.pingyi(0, "codes", "--branch", "b1", "--revoke", "m01,m02")
	for names, want := range map[string]int{"m01": 0, "m02,m03": 1} {
		_, errs, code := r.try("codes", "--branch", "b1", "-o", "a.csv", "--only", names)
		if told := strings.Contains(errs, fmt.Sprintf("以前发过的 %d 个入会码作废了", want)); code != 0 || told != (want > 0) {
			t.Errorf("%s: %d %s", names, code, errs)
		}
	}
}

// What stands on a slip lets its holder in: also when the slips are made while
// the server runs.
func TestCodesOnSlipsLetIn(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	for _, running := range []bool{false, true} {
		if running {
			r.serve()
		}
		said := r.pingyi(0, "codes", "--branch", "b1", "-o", "slips.docx", "--addr", "192.168.1.5:2223")
		if !strings.Contains(said, "ssh -p 2223 192.168.1.5") {
			t.Errorf("does not say where the slips lead: %s", said)
		}
		if info, err := os.Stat(filepath.Join(r.dir, "slips.docx")); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("codes must be their owner's: %v %v", info, err)
		}
		if !running {
			r.serve()
		}
		lines := r.slipLines("slips.docx")
		for i := 1; i <= 5; i++ {
			at := slices.Index(lines, fmt.Sprintf("党员%02d（%s）", i, member(i)))
			if at < 1 || lines[at-1] != "第一党支部" || lines[at+2] != "ssh -p 2223 192.168.1.5" {
				t.Fatalf("%s: %q", member(i), lines)
			}
			if key := r.hostKeyOf(lines[at+1]); strings.TrimPrefix(lines[at+3], "主机指纹 ")+lines[at+4] != key {
				t.Errorf("%s: the host key is %s, the slip has %q", member(i), key, lines[at+3:at+5])
			}
		}
		r.kill()
	}
}

func TestCodesAsATable(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	for range 2 { // again over its own file
		r.pingyi(0, "codes", "--branch", "b1", "--only", "m02,m04", "-o", "codes.csv")
	}
	text, err := os.ReadFile(filepath.Join(r.dir, "codes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != "m02" || rows[2][1] != "党员04" {
		t.Fatalf("%v %q", err, rows)
	}
	r.serve()
	r.hostKeyOf(rows[2][2])
}

// Ids come as an input method writes them.
func TestCodesForIDsAsTheyAreTyped(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json", "--only", "m02、M03，ｍ０４"), &list)
	if len(list) != 3 || list[0].ID != "m02" || list[1].ID != "m03" || list[2].ID != "m04" {
		t.Errorf("%+v", list)
	}
}

// A mistake on the command line must not end the codes that people have.
func TestCodesStayWhenTheirFileCannotBeWritten(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	if err := os.Mkdir(filepath.Join(r.dir, "folder.docx"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "plan.docx"), []byte("PK"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := r.pingyi(0, "log", "--branch", "b1")
	for _, c := range []struct {
		code int
		args []string
		says string
	}{
		{2, []string{"-o", "slips.txt"}, ".docx"},
		{2, []string{"-o", "slips"}, ".csv"},
		{1, []string{"-o", "folder.docx"}, "不是文件"},
		{1, []string{"-o", "roster.csv"}, "旧码仍然有效"},
		{1, []string{"-o", "plan.docx"}, "已经有"},
		{1, []string{"-o", "nowhere/slips.docx"}, "旧码仍然有效"},
		{1, []string{"-o", "nowhere/slips.docx"}, "nowhere：请检查路径"},
		{1, []string{"-o", "slips.docx", "--only", "m77"}, "m77"},
		{2, []string{"-o", "slips.docx", "--addr", "192.168.1.5"}, "主机:端口"},
		{2, []string{"-o", "slips.docx", "--addr", ":0"}, "主机:端口"},
		{2, []string{"-o", "slips.docx", "--addr", "h:70000"}, "主机:端口"},
		{2, []string{"-o", "slips.docx", "--addr", "h; reboot:22"}, "主机:端口"},
		{2, []string{"-o", "slips.docx", "--addr", "-oProxyCommand=x:22"}, "主机:端口"},
	} {
		if errs := r.refused(c.code, append([]string{"codes", "--branch", "b1"}, c.args...)...); !strings.Contains(errs, c.says) {
			t.Errorf("codes %v says %q, want %q in it", c.args, errs, c.says)
		}
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Error("a refused verb changed the log")
	}
	if left, err := filepath.Glob(filepath.Join(r.dir, ".codes*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestSlipsLeadToTheAddress(t *testing.T) {
	for _, c := range []struct{ addr, command, link string }{
		{"192.168.1.5:2222", "ssh -p 2222 192.168.1.5", "ssh://192.168.1.5:2222"},
		{"meeting.local:22", "ssh -p 22 meeting.local", "ssh://meeting.local:22"},
		{"[2001:db8::1]:2223", "ssh -p 2223 2001:db8::1", "ssh://[2001:db8::1]:2223"},
		{":2222", "ssh -p 2222 " + ownAddress(), "ssh://" + ownAddress() + ":2222"},
		{"0.0.0.0:2222", "ssh -p 2222 " + ownAddress(), "ssh://" + ownAddress() + ":2222"},
		{"[::]:2222", "ssh -p 2222 " + ownAddress(), "ssh://" + ownAddress() + ":2222"},
	} {
		d, err := doorAt(c.addr, "", "SHA256:x")
		if err != nil || d.Command != c.command || d.Link != c.link || len(d.Fingerprints) != 1 || d.Fingerprints[0] != "SHA256:x" {
			t.Errorf("%s: %+v %v", c.addr, d, err)
		}
	}
}

// A machine in a university's network often has no private address, one with
// containers has too many. localhost or docker0 on a slip leads nobody anywhere.
func TestTheAddressIsAnyThatOthersReach(t *testing.T) {
	for _, c := range []struct{ want, has, routed string }{
		{"", "lo 127.0.0.1/8 ::1/128", ""},
		{"192.168.1.5", "lo 127.0.0.1/8; eth0 fe80::1/64 169.254.3.4/16 192.168.1.5/24", ""},
		{"192.168.1.5", "docker0 172.17.0.1/16; br-4f2 172.18.0.1/16; vEthernet(WSL) 172.20.0.1/20; eth0 192.168.1.5/24", "192.168.1.5"},
		{"202.38.64.1", "lo 127.0.0.1/8; eth0 202.38.64.1/24 fe80::1/64", "202.38.64.1"},
		{"202.38.64.1", "docker0 172.17.0.1/16; eth0 202.38.64.1/24", "202.38.64.1"},
		{"202.38.64.1 10.0.0.2", "eth1 10.0.0.2/8; eth0 202.38.64.1/24", "202.38.64.1"},
		{"192.168.8.5 10.0.0.2", "eth1 10.0.0.2/8; wlan0 192.168.8.5/24", "192.168.8.5"},
		{"2001:db8::5", "lo 127.0.0.1/8 ::1/128; eth0 fe80::1/64 2001:db8::5/64", "2001:db8::5"},
		{"2001:db8::7 2001:db8::5", "eth0 2001:db8::5/64 2001:db8::7/64", "2001:db8::7"},
		{"fd12:3456::7", "lo ::1/128; eth0 fd12:3456::7/64", ""},
		{"192.168.1.5", "tailscale0 100.101.1.2/32; wlan0 192.168.1.5/24", "192.168.1.5"},
		{"192.168.1.5", "point:tun0 10.8.0.6/24; wlan0 192.168.1.5/24", "10.8.0.6"}, // a tunnel has the default route
		{"100.64.3.4", "lo 127.0.0.1/8; wwan0 100.64.3.4/16 fe80::1/64", "100.64.3.4"},
		{"10.8.0.6", "point:tun0 10.8.0.6/24; eth0 fe80::1/64", "10.8.0.6"},
		{"169.254.3.4", "lo 127.0.0.1/8; eth0 fe80::1/64 169.254.3.4/16", ""},
		{"10.0.0.2 202.38.64.1 2001:db8::5", "eth0 2001:db8::5/64 202.38.64.1/24 10.0.0.2/8", ""},
		{"172.16.0.9 192.168.1.5 fd12:3456::7", "eth0 172.16.0.9/12 fd12:3456::7/64 192.168.1.5/24", ""},
	} {
		var cards []card
		for one := range strings.SplitSeq(c.has, "; ") {
			name, list, _ := strings.Cut(one, " ")
			name, point := strings.CutPrefix(name, "point:")
			it := card{name: name, point: point}
			for text := range strings.FieldsSeq(list) {
				ip, network, err := net.ParseCIDR(text)
				if err != nil {
					t.Fatal(err)
				}
				it.addrs = append(it.addrs, &net.IPNet{IP: ip, Mask: network.Mask})
			}
			cards = append(cards, it)
		}
		if got := strings.Join(reachable([]net.IP{net.ParseIP(c.routed)}, cards), " "); got != c.want {
			t.Errorf("of %s by %s: %q, want %q", c.has, c.routed, got, c.want)
		}
	}
}

// People write addresses as their input method does.
func TestAnAddressAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		":2222": ":2222", "2222": ":2222", "：2222": ":2222", " ２２２２ ": ":2222", "0.0.0.0：2222": "0.0.0.0:2222",
		"192。168。1。5：2222": "192.168.1.5:2222", "localhost:2222": "localhost:2222", "[fd00::2]:2222": "[fd00::2]:2222", "127.0.0.1:0": "127.0.0.1:0",
		"": "", "2222 ": ":2222", "99999": "", "192.168.1.5": "", "a b:2222": "", "-p:22": "", ":ssh": "",
	} {
		where := location{addr: text}
		if err := where.check(); (err == nil) != (want != "") || err == nil && where.addr != want {
			t.Errorf("--addr %q: %q %v, want %q", text, where.addr, err, want)
		}
		where = location{addr: ":2222", public: text}
		if port0 := strings.HasSuffix(want, ":0"); text != "" && !port0 {
			if err := where.check(); (err == nil) != (want != "") || err == nil && where.public != want {
				t.Errorf("--public %q: %q %v, want %q", text, where.public, err, want)
			}
		}
	}
}

// Every cause has a sentence of its own.
func TestWhyNobodyCanListen(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for addr, want := range map[string]string{
		taken.Addr().String(): "已经有程序在用", "203.0.113.9:2222": "不是本机的地址", "no-such-host.invalid:2222": "找不到主机",
	} {
		_, err := net.Listen("tcp", addr)
		if told := (location{addr: addr}).listenFault(err).Error(); !strings.Contains(told, want) || strings.Contains(told, "bind") {
			t.Errorf("%s: %v: %q, want %q in it", addr, err, told, want)
		}
	}
	if told := (location{addr: ":22"}).listenFault(&net.OpError{Op: "listen", Err: os.NewSyscallError("bind", syscall.EACCES)}).Error(); !strings.Contains(told, "没有权限用端口 22") {
		t.Errorf("%q", told)
	}
}

func TestThePublicAddressIsWhatPeopleAreTold(t *testing.T) {
	addr := &net.TCPAddr{IP: net.IPv6unspecified, Port: 2222}
	for public, want := range map[string]string{
		"":                   "ssh -p 2222 " + ownAddress(),
		"202.38.64.1:2300":   "ssh -p 2300 202.38.64.1",
		"[2001:db8::1]:2222": "ssh -p 2222 2001:db8::1",
		"vote.example:22":    "ssh -p 22 vote.example",
	} {
		where := location{addr: defaultAddr, public: public}
		if got := joinHint(where, addr); got != want || where.check() != nil {
			t.Errorf("%s: %q %v", public, got, where.check())
		}
		if others := where.others(addr); public != "" && len(others) > 0 {
			t.Errorf("%s: asked again about %q", public, others)
		}
	}
	r := newRig(t, sampleRoster(5))
	for _, verb := range []string{"serve", "host"} {
		if errs := r.refused(2, verb, "--public", "a b:22"); !strings.Contains(errs, "--public") {
			t.Errorf("%s: %q", verb, errs)
		}
	}
}

func TestTheConsoleNamesTheCommandOfTheWall(t *testing.T) {
	for data, want := range map[string]string{
		defaultData:    "pingyi wall --branch b1",
		"./2018":       "pingyi wall --branch b1 --data ./2018",
		"/srv/评议 2018": "pingyi wall --branch b1 --data '/srv/评议 2018'",
		"it's":         `pingyi wall --branch b1 --data 'it'\''s'`,
		"./data":       "pingyi wall --branch b1",
	} {
		if got := (&desk{data: data}).wallHint("b1"); got != want {
			t.Errorf("%s: %q", data, got)
		}
	}
	if got := (&desk{data: defaultData, program: "bin/pingyi"}).wallHint("b1"); got != "bin/pingyi wall --branch b1" {
		t.Errorf("out of PATH: %q", got)
	}
}

// A code that is revoked while the server runs ends what stands on it; nothing
// new is issued.
func TestACodeIsRevokedWhileTheServerRuns(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	r.say("m02", 0, "", "whoami")
	var ended []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--revoke", "m02,screen", "--json"), &ended)
	if len(ended) != 2 || ended[0] != (issued{ID: "m02", Name: "党员02"}) || ended[1].ID != "screen" {
		t.Errorf("%+v", ended)
	}
	for _, who := range []string{"m02", "screen"} {
		if _, err := r.joins(who); err == nil {
			t.Errorf("%s still comes in", who)
		}
	}
	r.say("m03", 0, "", "whoami")
	if log := r.pingyi(0, "log", "--branch", "b1"); !strings.Contains(log, `"codes-revoked"`) {
		t.Error("the log does not know it")
	}
	for _, c := range []struct {
		code int
		args []string
		says string
	}{
		{1, []string{"--revoke", "m02"}, "没有入会码"},
		{1, []string{"--revoke", "m03,m77"}, "m77"},
		{2, []string{"--revoke", "m03", "--only", "m03"}, "--only"},
		{2, []string{"--revoke", "m03", "-o", "x.csv"}, "-o"},
		{2, []string{"--revoke", ","}, "编号"},
		{2, []string{"--only", "，"}, "编号"},
		{2, []string{"--revoke", ""}, "--revoke 请写明编号"},
		{2, []string{"--only", ""}, "--only 请写明编号"},
	} {
		if errs := r.refused(c.code, append([]string{"codes", "--branch", "b1"}, c.args...)...); !strings.Contains(errs, c.says) {
			t.Errorf("codes %v says %q, want %q in it", c.args, errs, c.says)
		}
	}
	r.say("m03", 0, "", "whoami")
}

// The projector and the booths have codes and slips of their own.
func TestTheScreenAndTheBoothGetCodes(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json"), &list)
	if n := len(list); n != 7 || list[5].ID != "screen" || list[5].Name != "投影" || list[6].ID != "booth" || list[6].Name != "公用终端" {
		t.Fatalf("%+v", list)
	}
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--only", "screen,booth", "--json"), &list)
	if len(list) != 2 {
		t.Errorf("%+v", list)
	}
	r.pingyi(0, "codes", "--branch", "b1", "-o", "slips.docx")
	if lines := r.slipLines("slips.docx"); !slices.Contains(lines, "投影（screen）") || !slices.Contains(lines, "公用终端（booth）") {
		t.Errorf("%q", lines)
	}
}
