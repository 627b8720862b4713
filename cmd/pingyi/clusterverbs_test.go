//go:build cluster

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"pingyi/store/etcd/etcdtest"
)

// fails runs a verb that must be refused with one sentence that has a text.
func (r *rig) fails(text string, args ...string) {
	r.t.Helper()
	_, errs, code := r.try(args...)
	if code != exitFailed || !strings.Contains(errs, text) || strings.Contains(strings.TrimSpace(errs), "\n") {
		r.t.Errorf("pingyi %s: exit %d, not %q: %s", strings.Join(args, " "), code, text, errs)
	}
}

// A folder in a cluster is begun once, joined by its share only, and never taken
// for another.
func TestClusterFolders(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{Members: 1})
	url := c.URLs()[0]
	r := newRig(t, sampleRoster(5), "--etcd", url)
	if _, err := os.Stat(filepath.Join(r.dir, "data", "pingyi.db")); err == nil {
		t.Error("there is a database beside the cluster")
	}
	r.fails("etcd 里已经有记录", "init", "--org", "别的", "--data", "second", "--etcd", url)
	r.fails("连不上 etcd", "init", "--org", "别的", "--data", "second", "--etcd", "http://127.0.0.1:1")
	r.fails("地址", "init", "--org", "别的", "--data", "second", "--etcd", "127.0.0.1")
	r.fails("明文", "init", "--org", "别的", "--data", "second", "--etcd", "http://192.0.2.1:2379")
	r.pingyi(0, "init", "--org", "别的", "--data", "plain")
	r.fails("属于另一个 secret", "serve", "--data", "plain", "--etcd", url)
	r.fails("还没有这个数据文件夹的记录", "serve", "--data", "plain", "--etcd", url, "--etcd-prefix", "nothing")
	r.fails("它自己的数据文件夹", "share", "plain.share", "--data", "plain")
	if _, err := os.Stat(filepath.Join(r.dir, "plain.share")); err == nil {
		t.Error("the secret was written although nobody can join")
	}

	r.pingyi(0, "share", "one.share")
	if info, err := os.Stat(filepath.Join(r.dir, "one.share")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	r.fails("已经有了", "share", "one.share")
	r.fails("不是 pingyi share 写的", "init", "--join", "roster.csv", "--data", "second")
	r.fails("已经有东西", "init", "--join", "one.share", "--data", "plain")
	r.pingyi(0, "init", "--join", "one.share", "--data", "second")
	for _, name := range []string{"secret", "host_key", "host_key_ecdsa", "host_key_rsa"} {
		one, err := os.ReadFile(filepath.Join(r.dir, "data", name))
		other, err2 := os.ReadFile(filepath.Join(r.dir, "second", name))
		if err != nil || err2 != nil || string(one) != string(other) {
			t.Errorf("%s differs: %v %v", name, err, err2)
		}
	}
	if got, want := r.pingyi(0, "branch", "list", "--json", "--data", "second"), r.pingyi(0, "branch", "list", "--json"); got != want {
		t.Errorf("the second server sees %s, not %s", got, want)
	}
	r.pingyi(0, "branch", "add", "b2", "--name", "第二党支部", "--data", "second")
	if list := r.pingyi(0, "branch", "list"); !strings.Contains(list, "第二党支部") {
		t.Errorf("the first server sees %s", list)
	}
	// One that reaches the cluster in another way names that only.
	r.pingyi(0, "init", "--org", "另一个党总支", "--data", "apart", "--etcd", url, "--etcd-prefix", "apart")
	r.pingyi(0, "share", "apart.share", "--data", "apart")
	r.pingyi(0, "init", "--join", "apart.share", "--data", "there", "--etcd", strings.Replace(url, "127.0.0.1", "localhost", 1))
	// A running server does the verbs of its folder, another one is not disturbed.
	r.serve()
	r.pingyi(0, "branch", "list", "--data", "second")
	var list []finding
	out, _, _ := r.try("doctor", "--json")
	r.json(out, &list)
	for _, f := range list {
		if f.Check == "database" && f.Level != "green" {
			t.Errorf("%+v", f)
		}
	}
	_, errs, code := r.try("serve", "--addr", "127.0.0.1:0")
	if code != exitFailed || !strings.Contains(errs, "已经在运行") {
		t.Errorf("a second server on one folder: %d %s", code, errs)
	}
	// A backup has everything, and comes back as a folder of its own.
	c1, err := r.joins("m01")
	if err != nil {
		t.Fatal(err)
	}
	defer c1.conn.Close()
	if out, errs, code, err := c1.says("%PDF-1.4 一张扫描件", "file add 附件.pdf"); err != nil || code != 0 {
		t.Fatalf("%s%s %d %v", out, errs, code, err)
	}
	r.pingyi(0, "backup", "all.backup", "--json")
	r.kill()
	r.pingyi(0, "restore", "all.backup", "--data", "back", "--secret", "data/secret")
	if files, err := os.ReadDir(filepath.Join(r.dir, "back", "files")); err != nil || len(files) != 1 {
		t.Errorf("files of the restored folder: %v %v", files, err)
	}
	if text, err := os.ReadFile(filepath.Join(r.dir, "back", "pingyi.json")); err != nil || strings.Contains(string(text), "etcd") {
		t.Errorf("the restored folder still names the cluster: %s %v", text, err)
	}
	if got, want := r.pingyi(0, "log", "--branch", "b1", "--data", "back"), r.pingyi(0, "log", "--branch", "b1"); got != want {
		t.Error("the restored log differs")
	}
}

// copy moves there and back; a copy that broke off is nobody's, and is gone on with.
func TestClusterCopy(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{Members: 1})
	url := c.URLs()[0]
	r := newRig(t, sampleRoster(5))
	r.serve()
	r.fails("请先停下它", "copy", "--from", "bolt:data", "--to", "etcd:"+url)
	one, err := r.joins("m01")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"一张", strings.Repeat("长", 700_000)} {
		if _, errs, code, err := one.says("%PDF-1.4 "+text, "file add 附件.pdf"); err != nil || code != 0 {
			t.Fatalf("%s %d %v", errs, code, err)
		}
	}
	one.conn.Close()
	r.kill()
	var there, back copied
	r.json(r.pingyi(0, "copy", "--from", "bolt:data", "--to", "etcd:"+url, "--json"), &there)
	if there.Files != 2 || there.Records < 3 || len(there.Head) != 64 {
		t.Errorf("%+v", there)
	}
	r.fails("etcd 里已经有记录", "copy", "--from", "bolt:data", "--to", "etcd:"+url)
	before := r.pingyi(0, "log", "--branch", "b1")

	// What is recorded in the folder after the copy is not lost by going over.
	r.pingyi(0, "branch", "add", "late", "--name", "后来的", "--data", "data")
	r.fails("etcd 没有的记录", "serve", "--etcd", url)
	r.pingyi(0, "copy", "--from", "bolt:data", "--to", "etcd:"+url, "--etcd-prefix", "again")
	r.serve("--etcd", url, "--etcd-prefix", "again")
	if got := r.pingyi(0, "log", "--branch", "b1"); got != before {
		t.Error("the log in the cluster differs")
	}
	if s := r.status("m01"); s.Attendance.Expected == 0 { // with the code of before
		t.Errorf("%+v", s)
	}
	r.fails("请先停下它", "copy", "--from", "etcd:"+url, "--to", "bolt:early")
	r.kill()
	r.pingyi(0, "codes", "--branch", "b1", "--only", "m02") // the folder remembers where its records are
	r.fails("已经在 etcd 里", "copy", "--from", "bolt:data", "--to", "etcd:"+url, "--etcd-prefix", "third")

	r.fails("没有数据文件夹", "copy", "--from", "etcd:"+url, "--to", "bolt:home", "--data", "nowhere")
	r.json(r.pingyi(0, "copy", "--from", "etcd:"+url, "--to", "bolt:home", "--json"), &back)
	if back.Files != 2 || back.Records <= there.Records {
		t.Errorf("%+v", back)
	}
	r.fails("已经有东西", "copy", "--from", "etcd:"+url, "--to", "bolt:home")
	if got, want := r.pingyi(0, "log", "--branch", "b1", "--data", "home"), r.pingyi(0, "log", "--branch", "b1"); got != want {
		t.Error("the log that came back differs")
	}
	// Half a copy: no folder, and the same command goes on.
	if err := os.Remove(filepath.Join(r.dir, "home", "pingyi.json")); err != nil {
		t.Fatal(err)
	}
	r.fails("", "branch", "list", "--data", "home")
	r.pingyi(0, "copy", "--from", "etcd:"+url, "--to", "bolt:home")
	r.pingyi(0, "verify", "--branch", "b1", "--data", "home")
	for _, words := range [][]string{{}, {"--from", "x", "--to", "y"}, {"--from", "bolt:a", "--to", "bolt:b"}, {"--from", "bolt:", "--to", "etcd:x"}} {
		r.pingyi(exitUsage, append([]string{"copy"}, words...)...)
	}
}

// What --etcd cannot mean is said, and no folder without an etcd is made instead. A cluster that is away is no reason to restore a backup.
func TestClusterAddresses(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{Members: 3, Quota: 16 << 20})
	urls := c.URLs()
	r := &rig{t: t, dir: t.TempDir(), log: &lockedBuffer{}}
	if _, errs, code := r.try("init", "--org", "某党总支", "--etcd", ""); code != exitUsage || !strings.Contains(errs, "--etcd 后面没有地址") {
		t.Errorf("no address: exit %d, %s", code, errs)
	}
	r.fails("不是 etcd", "init", "--org", "某党总支", "--etcd", c.Peers()[0])
	r.fails("写成一样的", "init", "--org", "某党总支", "--etcd", urls[0]+",https://127.0.0.1:2379")
	if _, err := os.Stat(filepath.Join(r.dir, "data")); err == nil {
		if left, _ := os.ReadDir(filepath.Join(r.dir, "data")); len(left) > 0 {
			t.Errorf("this was made: %v", left)
		}
	}
	r.pingyi(0, "init", "--org", "某党总支", "--etcd", urls[0]+"/，"+urls[1]+", "+urls[2])
	r.pingyi(0, "branch", "add", "b1", "--name", "第一党支部")
	r.serve()
	database := func() (f finding) {
		t.Helper()
		var list []finding
		out, _, _ := r.try("doctor", "--json")
		r.json(out, &list)
		for _, f = range list {
			if f.Check == "database" {
				break
			}
		}
		return f
	}
	admin, err := clientv3.New(clientv3.Config{Endpoints: urls})
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	for i := 0; ; i++ {
		if _, err := admin.Put(t.Context(), fmt.Sprint("filler", i), strings.Repeat("x", 1<<20)); err != nil {
			break
		}
	}
	r.fails("NOSPACE", "branch", "add", "b2", "--name", "第二党支部")
	if f := database(); f.Level != "red" || !strings.Contains(f.Text, "NOSPACE") {
		t.Errorf("a full cluster: %+v", f)
	}
	r.kill()
	for _, m := range c.Members {
		m.Kill()
	}
	if f := database(); f.Level != "red" || !strings.Contains(f.Text, "连不上 etcd") || strings.Contains(f.Text, "restore") {
		t.Errorf("a cluster that is away: %+v", f)
	}
}
