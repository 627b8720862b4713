//go:build cluster

package etcd_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.uber.org/zap"

	"pingyi/store"
	"pingyi/store/etcd"
	"pingyi/store/etcd/etcdtest"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newLog(t testing.TB, s *etcd.Shelf) store.Log {
	t.Helper()
	l, err := s.Log(t.Context(), "b1")
	must(t, err)
	return l
}

func records(t testing.TB, l store.Log) (all []string) {
	t.Helper()
	for rec, err := range l.Read(t.Context(), 0) {
		must(t, err)
		all = append(all, string(rec))
	}
	return all
}

// raw is a client beside the shelves, for what an administrator does.
func raw(t testing.TB, o clientv3.Config) *clientv3.Client {
	t.Helper()
	o.Logger, o.DialTimeout = zap.NewNop(), 5*time.Second
	c, err := clientv3.New(o)
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// An answer that is lost is not taken for a refusal, nor is the Append done twice.
func TestAnAppendWhoseAnswerIsLostIsRecognised(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	lines, urls := c.Lines(t)
	mine := open(t, urls, "lost")
	other := open(t, c.URLs(), "lost")
	l, beside := newLog(t, mine), newLog(t, other)
	if _, err := l.Append(t.Context(), 0, []byte("one")); err != nil {
		t.Fatal(err)
	}
	lines[0].HoldAnswers()
	told := make(chan error, 1)
	go func() {
		_, err := l.Append(t.Context(), 1, []byte("two"), []byte("three"))
		told <- err
	}()
	must(t, beside.Wait(t.Context(), 1)) // it is done
	if _, err := beside.Append(t.Context(), 3, []byte("four")); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-told:
		t.Fatalf("answered before the answer came: %v", err)
	case <-time.After(2500 * time.Millisecond): // longer than one attempt
	}
	lines[0].Mend()
	must(t, <-told)
	if got := records(t, l); !slices.Equal(got, []string{"one", "two", "three", "four"}) {
		t.Errorf("the log holds %q", got)
	}
	must(t, errors.Join(mine.Close(), other.Close()))
}

// Where nobody answers for long it is said that nobody knows, and then that nothing is recorded; reading goes on when the line is mended, and so
// does recording, by itself.
func TestAClusterThatDoesNotAnswerIsATrouble(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	lines, urls := c.Lines(t)
	s := open(t, urls, "")
	l := newLog(t, s)
	if _, err := l.Append(t.Context(), 0, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if trouble := s.Look(); trouble.Why != nil {
		t.Errorf("trouble of a whole cluster: %v", trouble.Why)
	}
	lines[0].HoldAnswers()
	if _, err := l.Append(t.Context(), 1, []byte("two")); !errors.Is(err, etcd.ErrDoubt) {
		t.Errorf("not answered: %v", err)
	}
	if _, err := l.Append(t.Context(), 1, []byte("late")); !errors.Is(err, etcd.ErrNotRecorded) {
		t.Errorf("in trouble: %v", err)
	}
	lines[0].Mend()
	for s.Look().Why != nil {
		select {
		case <-s.Moved():
		case <-time.After(100 * time.Millisecond):
		}
	}
	must(t, l.Wait(t.Context(), 1))
	if got := records(t, l); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("the log holds %q", got)
	}
	if _, err := l.Append(t.Context(), 1, []byte("again")); !errors.Is(err, store.ErrConflict) {
		t.Errorf("again after the same record: %v", err)
	}
	if _, err := l.Append(t.Context(), 2, []byte("three")); err != nil {
		t.Error(err)
	}
	must(t, s.Close())
}

// A watch whose revisions were compacted while its line was cut goes on.
func TestAWatchSurvivesCompaction(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	lines, urls := c.Lines(t)
	mine, other := open(t, urls, "compact"), open(t, c.URLs(), "compact")
	l, beside := newLog(t, mine), newLog(t, other)
	admin := raw(t, clientv3.Config{Endpoints: c.URLs()})
	for round := range uint64(3) {
		lines[0].Cut()
		var rev int64
		for i := range uint64(20) {
			if _, err := beside.Append(t.Context(), round*20+i, fmt.Append(nil, i)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := admin.Get(t.Context(), "x")
		must(t, err)
		rev = r.Header.Revision
		_, err = admin.Compact(t.Context(), rev, clientv3.WithCompactPhysical())
		must(t, err)
		lines[0].Drop()
		lines[0].Mend()
		must(t, l.Wait(t.Context(), round*20+19))
	}
	if got := records(t, l); len(got) != 60 {
		t.Errorf("%d records", len(got))
	}
	must(t, errors.Join(mine.Close(), other.Close()))
}

// A cluster whose quota is used up records nothing and can be read; it goes on by itself when there is room again.
func TestAFullCluster(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{Quota: 8 << 20})
	s := open(t, c.URLs(), "full")
	l := newLog(t, s)
	if _, err := l.Append(t.Context(), 0, []byte("one")); err != nil {
		t.Fatal(err)
	}
	admin := raw(t, clientv3.Config{Endpoints: c.URLs()})
	for i := 0; ; i++ {
		if _, err := admin.Put(t.Context(), fmt.Sprint("filler", i), strings.Repeat("x", 1<<20)); err != nil {
			break
		}
	}
	_, err := l.Append(t.Context(), 1, make([]byte, 300_000))
	if !errors.Is(err, etcd.ErrNotRecorded) || !errors.Is(err, etcd.ErrFull) || !errors.Is(s.Look().Why, etcd.ErrFull) {
		t.Errorf("on a full cluster: %v, trouble %v", err, s.Trouble().Why)
	}
	if _, err := s.Files().Put(t.Context(), []byte("a file")); !errors.Is(err, etcd.ErrNotRecorded) {
		t.Errorf("a file on a full cluster: %v", err)
	}
	if got := records(t, l); !slices.Equal(got, []string{"one"}) {
		t.Errorf("the log holds %.20q", got)
	}
	r, err := admin.Delete(t.Context(), "filler", clientv3.WithPrefix())
	must(t, err)
	_, err = admin.Compact(t.Context(), r.Header.Revision, clientv3.WithCompactPhysical())
	must(t, err)
	_, err = admin.Defragment(t.Context(), c.URLs()[0])
	must(t, err)
	_, err = admin.AlarmDisarm(t.Context(), &clientv3.AlarmMember{})
	must(t, err)
	if trouble := s.Look(); trouble.Why != nil {
		t.Errorf("still in trouble: %v", trouble.Why)
	}
	if _, err := l.Append(t.Context(), 1, []byte("two")); err != nil {
		t.Error(err)
	}
	must(t, s.Close())
}

// A cluster that was restored from an older snapshot or emptied under running servers: nobody writes behind records that are not there any more,
// also where numbers and revisions have come a second time. It is a trouble that stays, with the cause that it has.
func TestAClusterThatHasGoneBack(t *testing.T) {
	for name, c := range map[string]struct {
		loses func(t *testing.T, c *etcdtest.Cluster, prefix string)
		seen  bool // also without an Append
	}{
		"an older snapshot": {func(t *testing.T, c *etcdtest.Cluster, _ string) { c.Back(t) }, true},
		"an older snapshot, and a server that goes on": {func(t *testing.T, c *etcdtest.Cluster, prefix string) {
			c.Back(t)
			s := open(t, c.URLs(), prefix)
			l := newLog(t, s)
			if got := records(t, l); !slices.Equal(got, []string{"one"}) {
				t.Fatalf("restored: %q", got)
			}
			for after, text := range []string{"another", "and one more"} { // as many revisions as there were
				if _, err := l.Append(t.Context(), uint64(after)+1, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			must(t, s.Close())
		}, false},
		"emptied": {func(t *testing.T, c *etcdtest.Cluster, prefix string) {
			_, err := raw(t, clientv3.Config{Endpoints: c.URLs()}).Delete(t.Context(), prefix+"/", clientv3.WithPrefix())
			must(t, err)
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			cluster := etcdtest.Start(t, etcdtest.Options{})
			s := open(t, cluster.URLs(), "back")
			l := newLog(t, s)
			if _, err := l.Append(t.Context(), 0, []byte("one")); err != nil {
				t.Fatal(err)
			}
			cluster.Remember(t)
			for after, text := range []string{"two", "three"} {
				if _, err := l.Append(t.Context(), uint64(after)+1, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			c.loses(t, cluster, "back")
			for c.seen && s.Look().Why == nil {
				<-s.Moved()
			}
			if _, err := l.Append(t.Context(), 3, []byte("four")); !errors.Is(err, etcd.ErrNotRecorded) || !errors.Is(err, etcd.ErrBack) {
				t.Errorf("behind what is not there any more: %v", err)
			}
			if why := s.Look().Why; !errors.Is(why, etcd.ErrBack) {
				t.Errorf("the trouble is %v", why)
			}
			if _, err := s.Heads(t.Context()); !errors.Is(err, etcd.ErrBack) {
				t.Errorf("a backup would begin: %v", err)
			}
			other := open(t, cluster.URLs(), "back")
			if got := records(t, newLog(t, other)); slices.Contains(got, "four") {
				t.Errorf("the log holds %q", got)
			}
			must(t, errors.Join(s.Close(), other.Close()))
		})
	}
}

// What is wrong with the way to the cluster is said, before anything is asked of it.
func TestWhatIsInTheWay(t *testing.T) {
	certs, others := etcdtest.NewCerts(t), etcdtest.NewCerts(t)
	c, plain := etcdtest.Start(t, etcdtest.Options{TLS: certs}), etcdtest.Start(t, etcdtest.Options{})
	right := etcd.Config{URLs: c.URLs(), CA: certs.CA, Cert: certs.ClientCert, Key: certs.ClientKey}
	s, err := etcd.Open(t.Context(), right)
	must(t, err)
	if _, err := newLog(t, s).Append(t.Context(), 0, []byte("one")); err != nil {
		t.Error(err)
	}
	must(t, s.Close())
	with := func(change func(*etcd.Config)) etcd.Config {
		o := right
		change(&o)
		return o
	}
	for _, tt := range []struct {
		name   string
		config etcd.Config
		want   error
	}{
		{"nobody listens", with(func(o *etcd.Config) { o.URLs = []string{"https://127.0.0.1:1"} }), etcd.ErrUnreachable},
		{"another authority", with(func(o *etcd.Config) { o.CA = others.CA }), etcd.ErrCertificate},
		{"another name", with(func(o *etcd.Config) { o.URLs = []string{strings.Replace(c.URLs()[0], "127.0.0.1", "localhost", 1)} }), etcd.ErrCertificate},
		{"no certificate of our own", with(func(o *etcd.Config) { o.Cert, o.Key = "", "" }), etcd.ErrCertificate},
		{"a certificate of others", with(func(o *etcd.Config) { o.Cert, o.Key = others.ClientCert, others.ClientKey }), etcd.ErrCertificate},
		{"a key that does not belong to it", with(func(o *etcd.Config) { o.Key = others.ClientKey }), etcd.ErrKeyFile},
		{"a certificate without its key", with(func(o *etcd.Config) { o.Key = "" }), etcd.ErrPair},
		{"no such file", with(func(o *etcd.Config) { o.CA = "nowhere.pem" }), etcd.ErrKeyFile},
		{"http for https", with(func(o *etcd.Config) { o.URLs = []string{strings.Replace(c.URLs()[0], "https", "http", 1)} }), etcd.ErrOther},
		{"https for http", with(func(o *etcd.Config) { o.URLs = []string{strings.Replace(plain.URLs()[0], "http", "https", 1)} }), etcd.ErrOther},
		{"the port between members", with(func(o *etcd.Config) { o.URLs = []string{plain.Peers()[0]} }), etcd.ErrOther},
		{"some https and some http", with(func(o *etcd.Config) { o.URLs = append(c.URLs(), plain.URLs()...) }), etcd.ErrMixed},
		{"no address", with(func(o *etcd.Config) { o.URLs = nil }), etcd.ErrURL},
		{"a path", with(func(o *etcd.Config) { o.URLs = []string{"/var/lib/etcd"} }), etcd.ErrURL},
		{"a password in the address", with(func(o *etcd.Config) { o.URLs = []string{"https://u:p@127.0.0.1:2379"} }), etcd.ErrURL},
		{"in the clear", with(func(o *etcd.Config) { o.URLs = []string{"http://192.0.2.1:2379"} }), etcd.ErrOpen},
	} {
		began := time.Now()
		s, err := etcd.Open(t.Context(), tt.config)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: said after %v", tt.name, took)
		}
		if s != nil {
			_ = s.Close()
		}
	}
}

// Users: without one, with a wrong password, with another role nothing is given away; the right one needs no more than
// its keys, but for the compaction of what was pruned.
func TestUsers(t *testing.T) {
	certs := etcdtest.NewCerts(t)
	c := etcdtest.Start(t, etcdtest.Options{TLS: certs})
	secure := func(o etcd.Config) etcd.Config {
		o.URLs, o.CA, o.Cert, o.Key = c.URLs(), certs.CA, certs.ClientCert, certs.ClientKey
		return o
	}
	pair, err := tls.LoadX509KeyPair(certs.ClientCert, certs.ClientKey)
	must(t, err)
	admin := raw(t, clientv3.Config{Endpoints: c.URLs(), TLS: &tls.Config{Certificates: []tls.Certificate{pair}, InsecureSkipVerify: true}}) //nolint:gosec // an administrator of the test
	for _, user := range []string{"root", "pingyi", "other"} {
		_, err := admin.UserAdd(t.Context(), user, user+"pw")
		must(t, err)
		_, err = admin.RoleAdd(t.Context(), user)
		must(t, err)
		_, err = admin.UserGrantRole(t.Context(), user, user)
		must(t, err)
	}
	_, err = admin.RoleGrantPermission(t.Context(), "pingyi", "pingyi/", clientv3.GetPrefixRangeEnd("pingyi/"), clientv3.PermissionType(clientv3.PermReadWrite))
	must(t, err)
	_, err = admin.AuthEnable(t.Context())
	must(t, err)
	for _, o := range []etcd.Config{{}, {User: "pingyi", Password: "wrong"}, {User: "nobody", Password: "x"}, {User: "other", Password: "otherpw"}} {
		s, err := etcd.Open(t.Context(), secure(o))
		if !errors.Is(err, etcd.ErrUser) {
			t.Errorf("user %q: %v", o.User, err)
		}
		if s != nil {
			_ = s.Close()
		}
	}
	s, err := etcd.Open(t.Context(), secure(etcd.Config{User: "pingyi", Password: "pingyipw"}))
	must(t, err)
	var chain store.Chain
	rec := chain.Next([]byte("{}"), "ballots", []byte("secret"))
	if _, err := newLog(t, s).Append(t.Context(), 0, rec.Encode()); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Prune(t.Context(), "b1", "ballots"); n != 1 || err != nil {
		t.Errorf("Prune: %d, %v", n, err)
	}
	if copies, err := s.Copies(); err != nil || len(copies) != 1 || !strings.HasPrefix(copies[0], "etcd revision ") {
		t.Errorf("what may still be there: %q, %v", copies, err)
	}
	if trouble := s.Look(); trouble.Why != nil {
		t.Error(trouble.Why)
	}
	must(t, s.Close())
}

// After pruning no revision that can be asked for has what was removed.
func TestPruneLeavesNoHistory(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{})
	s := open(t, c.URLs(), "history")
	l := newLog(t, s)
	var chain store.Chain
	rec := chain.Next([]byte("{}"), "ballots", []byte("what is removed"))
	if _, err := l.Append(t.Context(), 0, rec.Encode()); err != nil {
		t.Fatal(err)
	}
	admin := raw(t, clientv3.Config{Endpoints: c.URLs()})
	found := func(rev int64) (there bool) {
		r, err := admin.Get(t.Context(), "history/", clientv3.WithPrefix(), clientv3.WithRev(rev))
		if err != nil {
			return false
		}
		for _, kv := range r.Kvs {
			there = there || strings.Contains(string(kv.Value), "what is removed")
		}
		return there
	}
	now, err := admin.Get(t.Context(), "x")
	must(t, err)
	before := now.Header.Revision
	if !found(before) {
		t.Fatal("it is not found before it is removed")
	}
	if n, err := s.Prune(t.Context(), "b1", "ballots"); n != 1 || err != nil {
		t.Errorf("Prune: %d, %v", n, err)
	}
	for rev := int64(1); rev <= before+5; rev++ {
		if found(rev) {
			t.Errorf("revision %d still has it", rev)
		}
	}
	must(t, s.Close())
}

// Three shelves append while members are killed, stopped and cut off: every acknowledged record is there once, in the order of its numbers, and
// nothing that was refused.
func TestEveryAcknowledgedRecordStays(t *testing.T) {
	c := etcdtest.Start(t, etcdtest.Options{Members: 3})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	type word struct {
		text string
		seq  uint64 // 0: refused
	}
	var mu sync.Mutex
	said := map[string]word{}
	var shelves []*etcd.Shelf
	var all []*etcdtest.Line
	var work sync.WaitGroup
	for i := range 3 {
		lines, urls := c.Lines(t)
		all = append(all, lines...)
		s := open(t, urls, "storm")
		shelves = append(shelves, s)
		l := newLog(t, s)
		work.Go(func() {
			after := uint64(0)
			for n := 0; ctx.Err() == nil; n++ {
				text := fmt.Sprintf("%d.%d", i, n)
				last, err := l.Append(context.WithoutCancel(ctx), after, []byte(text))
				switch {
				case err == nil:
					after = last
					mu.Lock()
					said[text] = word{text, last}
					mu.Unlock()
					continue
				case errors.Is(err, store.ErrConflict), errors.Is(err, etcd.ErrNotRecorded):
					mu.Lock()
					said[text] = word{text, 0}
					mu.Unlock()
				case !errors.Is(err, etcd.ErrDoubt):
					t.Error(err)
				}
				s.Look()
				for _, err := range l.Read(ctx, after) {
					if err != nil {
						break
					}
					after++
				}
			}
		})
	}
	r := rand.New(rand.NewPCG(7, uint64(time.Now().UnixNano())))
	for ctx.Err() == nil {
		m := c.Members[r.IntN(3)]
		pause := time.Duration(300+r.IntN(2500)) * time.Millisecond
		line := all[r.IntN(len(all))]
		switch r.IntN(4) {
		case 0:
			m.Kill()
			wait(ctx, pause)
			m.Start(t)
		case 1:
			m.Stop()
			wait(ctx, pause)
			m.Continue()
		case 2:
			line.HoldAnswers()
			wait(ctx, pause)
			line.Drop()
			line.Mend()
		case 3:
			line.Cut()
			wait(ctx, pause)
			line.Mend()
		}
		wait(ctx, time.Second)
	}
	work.Wait()
	for shelves[0].Look().Why != nil {
		wait(t.Context(), 200*time.Millisecond)
	}
	log := records(t, newLog(t, shelves[0]))
	at := map[string]uint64{}
	for i, text := range log {
		if at[text] > 0 {
			t.Errorf("%s is there twice: %d and %d", text, at[text], i+1)
		}
		at[text] = uint64(i + 1)
	}
	acknowledged := 0
	for _, w := range said {
		if at[w.text] != w.seq {
			t.Errorf("%s was told %d and is %d", w.text, w.seq, at[w.text])
		}
		if w.seq > 0 {
			acknowledged++
		}
	}
	t.Logf("%d records, %d acknowledged, %d answers", len(log), acknowledged, len(said))
	if acknowledged < 50 {
		t.Errorf("only %d acknowledged", acknowledged)
	}
	for _, s := range shelves {
		must(t, s.Close())
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
