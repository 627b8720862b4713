package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store/folder"
)

// healthy is a data folder and a machine on which nothing is wrong.
func healthy(t *testing.T) *patient {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: preset.Default}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Backup(t.Context(), filepath.Join(t.TempDir(), "a.backup"), folder.Backup{}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Copy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return &patient{
		dir: dir, now: time.Now(), addresses: []string{"192.168.1.5"},
		env:   func(name string) string { return map[string]string{"LANG": "zh_CN.UTF-8", "TERM": "xterm"}[name] },
		find:  func(name string) (string, error) { return "/usr/bin/" + name, nil },
		fonts: func() (string, error) { return "Noto Serif CJK", nil },
		free:  func(string) (uint64, bool) { return 9 << 30, true },
		disk:  func(string) string { return "" },
		build: []debug.BuildSetting{{Key: "GOEXPERIMENT", Value: "runtimesecret"}},
	}
}

func (p *patient) put(t *testing.T, name, text string, mode os.FileMode) {
	t.Helper()
	at := filepath.Join(p.dir, name)
	if err := errors.Join(os.WriteFile(at, []byte(text), 0o600), os.Chmod(at, mode)); err != nil {
		t.Fatal(err)
	}
}

func TestADoctorFindsNothingWhereNothingIs(t *testing.T) {
	list := healthy(t).examine()
	for _, f := range list {
		if f.Level != meeting.Green || !isChinese(f.Text) || titles[f.Check] == "" {
			t.Errorf("%+v", f)
		}
	}
	ofFolder, ofMachine := checks()
	if len(list) != 1+len(ofFolder)+len(ofMachine) {
		t.Errorf("%d findings", len(list))
	}
}

// One thing is wrong at a time: its check says so with what to do, and no other
// does.
func TestADoctorFindsWhatIsWrong(t *testing.T) {
	without := func(program string) func(string) (string, error) {
		return func(name string) (string, error) {
			if name == program {
				return "", os.ErrNotExist
			}
			return name, nil
		}
	}
	env := func(list map[string]string) func(*testing.T, *patient) {
		return func(_ *testing.T, p *patient) { p.env = func(name string) string { return list[name] } }
	}
	remove := func(names ...string) func(*testing.T, *patient) {
		return func(t *testing.T, p *patient) {
			for _, name := range names {
				if err := os.Remove(filepath.Join(p.dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, c := range map[string]struct {
		spoil               func(*testing.T, *patient)
		check, level, advis string
	}{
		"no folder":                                {remove("pingyi.json"), "folder", preset.Red, "pingyi init"},
		"a broken folder":                          {func(t *testing.T, p *patient) { p.put(t, "pingyi.json", "{", 0o600) }, "folder", preset.Red, "恢复"},
		"no secret":                                {remove("secret"), "secret", preset.Red, "放回来"},
		"a short secret":                           {func(t *testing.T, p *patient) { p.put(t, "secret", "x", 0o600) }, "secret", preset.Red, "1 个字节"},
		"a secret that an editor saved":            {func(t *testing.T, p *patient) { p.put(t, "secret", strings.Repeat("s", 32)+"\n", 0o600) }, "secret", preset.Red, "33 个字节"},
		"the secret of another folder":             {func(t *testing.T, p *patient) { p.put(t, "secret", strings.Repeat("s", 32), 0o600) }, "secret", preset.Red, "别的数据文件夹"},
		"rules that are lost":                      {func(t *testing.T, p *patient) { p.put(t, "pingyi.json", "{}", 0o600) }, "folder", preset.Red, "恢复"},
		"no host key":                              {remove("host_key"), "host-key", preset.Red, "恢复"},
		"a broken host key":                        {func(t *testing.T, p *patient) { p.put(t, "host_key_other", "x", 0o600) }, "host-key", preset.Red, "host_key_other"},
		"a file that others read in a shut folder": {func(t *testing.T, p *patient) { p.put(t, "server.log", "x", 0o644) }, "permissions", preset.Amber, "chmod"},
		"an open folder with an open file": {func(t *testing.T, p *patient) {
			p.put(t, "server.log", "x", 0o644)
			if err := os.Chmod(p.dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}, "permissions", preset.Red, "chmod"},
		"no database":       {remove("pingyi.db"), "database", preset.Red, "恢复"},
		"an empty database": {func(t *testing.T, p *patient) { p.put(t, "pingyi.db", "", 0o600) }, "database", preset.Red, "0 字节"},
		"no backup":         {remove("backup.json"), "backup", preset.Amber, "pingyi backup"},
		"an old backup": {func(t *testing.T, p *patient) {
			p.put(t, "backup.json", `{"at":"2025-01-02T03:04:05Z","records":1}`, 0o600)
		}, "backup", preset.Amber, "天以前"},
		"what a server says of its copies": {func(_ *testing.T, p *patient) {
			p.served = map[string]finding{"backup": {"backup", preset.Red, "自动备份没有写成：磁盘满了。"}}
		}, "backup", preset.Red, "磁盘满了"},
		"what a server says of its database": {func(_ *testing.T, p *patient) {
			p.served = map[string]finding{"database": {"database", preset.Red, "损坏"}}
		}, "database", preset.Red, "损坏"},
		"another machine's disk": {func(_ *testing.T, p *patient) { p.disk = func(string) string { return "NFS" } }, "network", preset.Amber, "NFS"},
		"little space":           {func(_ *testing.T, p *patient) { p.free = func(string) (uint64, bool) { return 300 << 20, true } }, "space", preset.Amber, "300 MB"},
		"no space":               {func(_ *testing.T, p *patient) { p.free = func(string) (uint64, bool) { return 3 << 20, true } }, "space", preset.Red, "腾出"},
		"unknown space":          {func(_ *testing.T, p *patient) { p.free = func(string) (uint64, bool) { return 0, false } }, "space", preset.Amber, "不知道"},
		"a clock of 1970":        {func(_ *testing.T, p *patient) { p.now = time.Unix(0, 0) }, "clock", preset.Red, "校准"},
		"a clock set back":       {func(_ *testing.T, p *patient) { p.now = p.now.Add(-time.Hour) }, "clock", preset.Red, "还早"},
		"no network":             {func(_ *testing.T, p *patient) { p.addresses = nil }, "address", preset.Amber, "局域网"},
		"no UTF-8":               {env(map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8", "TERM": "xterm"}), "terminal", preset.Amber, "C.UTF-8"},
		"no locale":              {env(map[string]string{"TERM": "xterm"}), "terminal", preset.Amber, "C.UTF-8"},
		"a dumb terminal":        {env(map[string]string{"LANG": "C.UTF-8", "TERM": "dumb"}), "terminal", preset.Amber, "终端"},
		"no ssh":                 {func(_ *testing.T, p *patient) { p.find = without("ssh") }, "ssh", preset.Amber, "OpenSSH"},
		"no LibreOffice":         {func(_ *testing.T, p *patient) { p.find = without("soffice") }, "libreoffice", preset.Amber, "PDF"},
		"no Chinese font":        {func(_ *testing.T, p *patient) { p.fonts = func() (string, error) { return "", nil } }, "fonts", preset.Amber, "noto"},
		"a build without it":     {func(_ *testing.T, p *patient) { p.build = nil }, "build", preset.Amber, "make release"},
	} {
		t.Run(name, func(t *testing.T) {
			p := healthy(t)
			c.spoil(t, p)
			for _, f := range p.examine() {
				switch {
				case f.Check == c.check && (f.Level != c.level || !strings.Contains(f.Text, c.advis)):
					t.Errorf("want %s %q: %+v", c.level, c.advis, f)
				case f.Check != c.check && f.Level != meeting.Green:
					t.Errorf("wrong as well: %+v", f)
				}
			}
		})
	}
}

// Folders that a program copies to other machines have the names that people know.
func TestADoctorKnowsSyncFolders(t *testing.T) {
	for dir, want := range map[string]string{
		"/home/u/OneDrive - 某大学/data": preset.Amber, "/home/u/Dropbox/评议": preset.Amber, "/home/u/我的坚果云/x": preset.Amber, "/Users/u/Nutstore Files/x": preset.Amber,
		"/Users/u/Library/Mobile Documents/com~apple~CloudDocs/x": preset.Amber, "/home/u/百度云同步盘/x": preset.Amber,
		"/home/u/data": meeting.Green, "/srv/评议": meeting.Green,
	} {
		if f := (&patient{dir: dir}).sync(); f.Level != want {
			t.Errorf("%s: %+v", dir, f)
		}
	}
}

// The verb itself: exit 0 where nothing is red, while a server runs too, and 1
// where something is.
func TestTheDoctorIsAVerb(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	levels := func(code int) map[string]finding {
		t.Helper()
		out, errs, got := r.try("doctor", "--json")
		var list []finding
		r.json(out, &list)
		found := map[string]finding{}
		for _, f := range list {
			found[f.Check] = f
		}
		if got != code || errs != "" {
			t.Errorf("exit %d, want %d: %s%s", got, code, out, errs)
		}
		return found
	}
	if f := levels(0); f["database"].Level != meeting.Green || f["backup"].Level != preset.Amber || f["permissions"].Level != meeting.Green {
		t.Errorf("%+v", f)
	}
	if out := r.pingyi(0, "doctor"); !strings.Contains(out, "绿　数据库：记录") {
		t.Errorf("for people:\n%s", out)
	}
	r.serve()
	if f := levels(0); f["database"].Level != meeting.Green {
		t.Errorf("while a server runs: %+v", f)
	}
	head := filepath.Join(r.dir, "data", "head-b1.json")
	if err := os.WriteFile(head, []byte(`{"vote":1,"seq":1,"hash":"00"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := levels(1)["database"]; f.Level != preset.Red || !strings.Contains(f.Text, "改写过") || strings.Contains(f.Text, "restore") {
		t.Errorf("another head than that of the closing: %+v", f)
	}
	if err := os.Remove(head); err != nil {
		t.Fatal(err)
	}
	r.kill()
	db := filepath.Join(r.dir, "data", "pingyi.db")
	data, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(db, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if f := levels(1); f["database"].Level != preset.Red {
		t.Errorf("%+v", f)
	}
	if now, err := os.ReadFile(db); err != nil || len(now) != len(data)/2 {
		t.Error("the doctor changed the database")
	}
}
