//go:build interop

package ballot

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests run Belenios' own tool, version 2.0 of Debian, in the group that it knows.

// A bench is a folder in which the tool works.
type bench struct {
	t   testing.TB
	dir string
}

func newBench(t testing.TB) bench {
	t.Helper()
	if _, err := exec.LookPath("belenios-tool"); err != nil {
		t.Fatal("these tests need Belenios' own tool: apt-get install belenios-tool")
	}
	return bench{t, t.TempDir()}
}

// tool runs belenios-tool and returns its standard output.
func (b bench) tool(stdin string, args ...string) string {
	b.t.Helper()
	cmd := exec.Command("belenios-tool", args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "BELENIOS_USE_URANDOM=1")
	cmd.Stdin = strings.NewReader(stdin)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		b.t.Fatalf("belenios-tool %s: %v\n%s", strings.Join(args, " "), err, log.String())
	}
	return out.String()
}

func (b bench) write(name string, content []byte) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// archive writes what a vote has so far as UUID.bel.
func (b bench) archive(e *Election, ballots []*Ballot, tally *Tally, partials []*Partial) {
	b.t.Helper()
	var out bytes.Buffer
	if err := e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values(ballots), tally, partials); err != nil {
		b.t.Fatal(err)
	}
	b.write(e.UUID()+".bel", out.Bytes())
}

func (b bench) result() (counts [][]int) {
	b.t.Helper()
	var record struct{ Result [][]int }
	if err := json.Unmarshal([]byte(b.tool("", "election", "compute-result")), &record); err != nil {
		b.t.Fatal(err)
	}
	return record.Result
}

func (v *vote) castMixed(t *testing.T, voter int, rows ...[]int) *Ballot {
	t.Helper()
	s, err := NewSheet(v.e, v.creds[voter])
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range rows {
		if err := s.fill(i, m, rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	b, err := s.Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestToolAcceptsOurArchive(t *testing.T) {
	b := newBench(t)
	v := newVote(t, Belenios2048, 3, 2, mixedQuestions())
	ballots := []*Ballot{
		v.castMixed(t, 0, []int{1, 0, 0, 0}, []int{0, 1, 0, 0}, []int{0, 1, 0, 0}),
		v.castMixed(t, 1, []int{0, 0, 0, 0}, []int{1, 0, 0, 0}, []int{0, 1, 1, 0}),
		v.castMixed(t, 2, []int{0, 0, 1, 0}, []int{0, 0, 0, 1}, []int{1, 0, 0, 0}),
		v.castMixed(t, 0, []int{0, 1, 0, 0}, []int{0, 1, 0, 0}, []int{0, 0, 1, 1}),
	}
	tally, partials, result := v.count(t, ballots)
	want := [][]int{{0, 1, 1, 0}, {1, 1, 0, 1}, {1, 1, 2, 1}}
	if !reflect.DeepEqual(result, want) {
		t.Fatalf("our sums are %v, want %v", result, want)
	}
	b.archive(v.e, ballots, tally, partials)
	b.tool("", "election", "verify")
	if got := b.result(); !reflect.DeepEqual(got, want) {
		t.Errorf("the tool's sums are %v, want %v", got, want)
	}
	if got := b.tool("", "election", "compute-encrypted-tally"); got != string(tally.Marshal()) {
		t.Error("the tool's encrypted tally is another one")
	}
	if r := verify(t, read(t, filepath.Join(b.dir, v.e.UUID()+".bel"))); !r.OK() {
		t.Errorf("we refuse our own archive: %+v", r.Failures)
	}
}

// A vote in which nobody voted is counted too.
func TestToolAcceptsAnEmptyBox(t *testing.T) {
	b := newBench(t)
	v := newVote(t, Belenios2048, 2, 2, subjects(1))
	tally, partials, result := v.count(t, nil)
	if want := [][]int{{0, 0, 0, 0}}; !reflect.DeepEqual(result, want) {
		t.Fatalf("our sums are %v, want %v", result, want)
	}
	b.archive(v.e, nil, tally, partials)
	b.tool("", "election", "verify")
	if r := verify(t, read(t, filepath.Join(b.dir, v.e.UUID()+".bel"))); !r.OK() {
		t.Errorf("we refuse our own archive: %+v", r.Failures)
	}
}

func TestToolsBallotAndDecryptionAreAccepted(t *testing.T) {
	b := newBench(t)
	v := newVote(t, Belenios2048, 2, 2, mixedQuestions())
	b.archive(v.e, nil, nil, nil)
	cred := b.write("cred", []byte(v.creds[0]+"\n"))
	choice := b.write("choice", []byte("[[0,0,1,0],[1,0,0,0],[1,0,0,0]]\n"))
	theirs, err := ParseBallot(v.e, []byte(strings.TrimSpace(b.tool("", "election", "generate-ballot", "--privcred", cred, "--ballot", choice))))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.e.Check(theirs); err != nil {
		t.Fatal(err)
	}
	ballots := []*Ballot{theirs, v.castMixed(t, 1, []int{0, 0, 1, 0}, []int{0, 0, 1, 0}, []int{0, 1, 1, 0})}
	tally, err := v.e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	b.archive(v.e, ballots, tally, nil)
	key := b.write("1.privkey", append(v.keys[0].JSON(), '\n'))
	first, err := v.e.ParsePartial([]byte(b.tool("", "election", "decrypt", "--privkey", key, "--trustee-id", "1")))
	if err != nil {
		t.Fatal(err)
	}
	second, err := v.e.Decrypt(tally, v.keys[1], rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	result, err := v.e.Result(tally, []*Partial{first, second})
	if err != nil {
		t.Fatal(err)
	}
	if want := [][]int{{0, 0, 2, 0}, {1, 0, 1, 0}, {1, 1, 1, 0}}; !reflect.DeepEqual(result, want) {
		t.Errorf("%v, want %v", result, want)
	}
}

// The tool derives the same public credentials from ours, with and without dashes.
func TestToolDerivesOurCredentials(t *testing.T) {
	b := newBench(t)
	uuid, err := NewUUID(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		c, err := NewCredential(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []string{c, strings.ReplaceAll(c, "-", "")} {
			public, err := PublicCredential(Belenios2048, uuid, c)
			if err != nil {
				t.Fatal(err)
			}
			theirs := b.tool("", "setup", "generate-credentials", "--group=BELENIOS-2048", "--uuid", uuid, "--derive", c)
			if strings.TrimSpace(theirs) != public {
				t.Errorf("%s: another public credential", c)
			}
		}
	}
}

func TestToolAcceptsOurThresholdSet(t *testing.T) {
	b := newBench(t)
	g := Belenios2048
	k := NewThresholdKey(g, []byte("党员07"))
	set, boxes, others := ceremonyWith(t, g, 2, k)
	server, err := NewSecretKey(g, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	single, err := server.Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	v := newVoteWith(t, rand.Reader, g, 1, subjects(2), single, set)
	ballots := []*Ballot{v.cast(t, 0, 1, 2)}
	tally, err := v.e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	b.archive(v.e, ballots, tally, nil)
	key, box := b.write("a.key", []byte(k.Seed())), b.write("a.dkey", []byte(boxes[0]))
	theirs, err := v.e.ParsePartial([]byte(b.tool("", "election", "decrypt-threshold", "--key", key, "--decryption-key", box, "--trustee-id", "2")))
	if err != nil {
		t.Fatal(err)
	}
	partials := []*Partial{theirs}
	for _, key := range []*SecretKey{server, others[2]} {
		p, err := v.e.Decrypt(tally, key, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		partials = append(partials, p)
	}
	b.archive(v.e, ballots, tally, partials)
	b.tool("", "election", "verify")
	want := [][]int{{0, 1, 0, 0}, {0, 0, 1, 0}}
	if got := b.result(); !reflect.DeepEqual(got, want) {
		t.Errorf("the tool's sums are %v, want %v", got, want)
	}
}

// ceremonyWith makes a k-of-3 set whose first member is given.
func ceremonyWith(t *testing.T, g Group, k int, first *ThresholdKey) (Trustee, []string, []*SecretKey) {
	t.Helper()
	members := []*ThresholdKey{first, NewThresholdKey(g, []byte("党员08")), NewThresholdKey(g, []byte("党员09"))}
	return runCeremony(t, g, k, members)
}

// The tool alone makes a whole election, with a set of trustees made by its own ceremony.
func TestArchiveOfTheToolAloneVerifies(t *testing.T) {
	b := newBench(t)
	creds := b.setup(t)
	uuid := creds.uuid
	for i, choice := range []string{"[[1,0,0,0],[0,0,1]]", "[[0,0,0,0],[1,1,0]]", "[[0,1,0,0],[0,1,0]]"} {
		ballot := b.tool("", "election", "generate-ballot", "--privcred", b.write("cred", []byte(creds.private[i])), "--ballot", b.write("choice", []byte(choice)))
		b.tool(ballot, "archive", "add-event", "--type=Ballot")
	}
	b.tool("", "archive", "add-event", "--type=EndBallots")
	b.tool(b.tool("", "election", "compute-encrypted-tally"), "archive", "add-event", "--type=EncryptedTally")
	for i, key := range b.glob("*.key")[1:] {
		share := b.tool("", "election", "decrypt-threshold", "--key", key, "--decryption-key", strings.TrimSuffix(key, ".key")+".dkey", "--trustee-id", strconv.Itoa(i+3))
		b.tool(share, "archive", "add-event", "--type=PartialDecryption")
	}
	share := b.tool("", "election", "decrypt", "--privkey", b.glob("*.privkey")[0], "--trustee-id", "1")
	b.tool(share, "archive", "add-event", "--type=PartialDecryption")
	b.tool(b.tool("", "election", "compute-result"), "archive", "add-event", "--type=Result")
	r := verify(t, read(t, filepath.Join(b.dir, uuid+".bel")))
	for _, f := range r.Failures {
		t.Error(f.Why)
	}
	if want := [][]int{{1, 1, 0, 0}, {1, 2, 1}}; !reflect.DeepEqual(r.Result, want) {
		t.Errorf("%v, want %v", r.Result, want)
	}
}

type toolCredentials struct {
	uuid    string
	private []string
}

// setup makes an election with a server key and a 2-of-3 set, all by the tool, as its demo scripts do.
func (b bench) setup(t *testing.T) (c toolCredentials) {
	t.Helper()
	const group = "--group=BELENIOS-2048"
	ttkeygen := func(stdin string, args ...string) string {
		return b.tool(stdin, append([]string{"setup", "generate-trustee-key-threshold", group}, args...)...)
	}
	c.uuid = strings.TrimSpace(b.tool("", "setup", "generate-token"))
	b.tool("", "setup", "generate-credentials", "--uuid", c.uuid, group, "--count", "3")
	b.move("*.pubcreds", "public_creds.json")
	for _, line := range strings.Split(strings.TrimSpace(string(read(t, b.glob("*.privcreds")[0]))), "\n") {
		c.private = append(c.private, strings.Fields(line)[1]+"\n")
	}
	for range 3 {
		ttkeygen("", "--step=1")
	}
	certs := b.write("certs.jsons", b.concat("*.cert"))
	var polynomials, shares string
	for _, key := range b.glob("*.key") {
		polynomials += ttkeygen("", "--step=3", "--certs", certs, "--key", key, "--threshold=2")
	}
	all := b.write("polynomials.jsons", []byte(polynomials))
	ttkeygen("", "--step=4", "--certs", certs, "--polynomials", all)
	for _, key := range b.glob("*.key") {
		vinput := read(t, strings.TrimSuffix(key, ".key")+".vinput")
		shares += ttkeygen(string(vinput), "--step=5", "--certs", certs, "--key", key)
	}
	b.write("threshold.json", []byte(ttkeygen(shares, "--step=6", "--certs", certs, "--polynomials", all)))
	b.tool("", "setup", "generate-trustee-key", group)
	b.write("public_keys.jsons", b.concat("*.pubkey"))
	b.tool("", "setup", "make-trustees")
	template := b.write("template.json", []byte(`{"description":"民主评议","name":"民主评议党员","questions":[
		{"answers":["优秀","合格","基本合格","不合格"],"min":0,"max":1,"question":"党员01"},
		{"answers":["甲","乙","丙"],"min":1,"max":2,"question":"推荐 / \"\\u0001\\u007f"}]}`))
	b.tool("", "setup", "make-election", "--uuid", c.uuid, group, "--template", template)
	b.tool("", "archive", "init")
	return c
}

// glob finds files of the bench in the order of their names.
func (b bench) glob(pattern string) []string {
	b.t.Helper()
	names, err := filepath.Glob(filepath.Join(b.dir, pattern))
	if err != nil || len(names) == 0 {
		b.t.Fatalf("the tool made no %s: %v", pattern, err)
	}
	return names
}

func (b bench) concat(pattern string) (all []byte) {
	for _, name := range b.glob(pattern) {
		all = append(all, read(b.t, name)...)
	}
	return all
}

func (b bench) move(pattern, to string) {
	b.t.Helper()
	if err := os.Rename(b.glob(pattern)[0], filepath.Join(b.dir, to)); err != nil {
		b.t.Fatal(err)
	}
}

// The same archive and the same ballot, ours and the tool's, for the ratio. A ballot of the tool's is made one a process.
func BenchmarkAgainstTheTool(b *testing.B) {
	w := newBench(b)
	v := newVote(b, Belenios2048, 3, 2, subjects(10))
	var ballots []*Ballot
	for i := range v.creds {
		ballot, err := v.fillSheet(b, i).Seal(rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		ballots = append(ballots, ballot)
	}
	w.archive(v.e, ballots, nil, nil)
	archive := read(b, filepath.Join(w.dir, v.e.UUID()+".bel"))
	cred := w.write("cred", []byte(v.creds[0]+"\n"))
	choice := w.write("choice", []byte("["+strings.Repeat("[0,1,0,0],", 9)+"[0,1,0,0]]"))
	b.Run("verify/tool", func(b *testing.B) {
		for b.Loop() {
			w.tool("", "election", "verify")
		}
	})
	b.Run("verify/ours", func(b *testing.B) {
		for b.Loop() {
			if r := verify(b, archive); r.Slips != 30 {
				b.Fatal(r.Failures)
			}
		}
	})
	b.Run("ballot/tool", func(b *testing.B) {
		for b.Loop() {
			w.tool("", "election", "generate-ballot", "--privcred", cred, "--ballot", choice)
		}
	})
	b.Run("ballot/ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.fillSheet(b, 0).Seal(rand.Reader); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The same meeting of 10 voters and 30 subjects: the tool's version 2.0 in the group that it knows, ours in Ed25519.
// cpu-ms is what one turn took of a core, wherever it ran.
func BenchmarkAgainstTheToolInOurGroup(b *testing.B) {
	const voters, slips = 10, 300
	w := newBench(b)
	ours := newVote(b, Ed25519, voters, 2, subjects(30))
	theirs := newVote(b, Belenios2048, voters, 2, subjects(30))
	var archive bytes.Buffer
	for _, v := range []*vote{ours, theirs} {
		var ballots []*Ballot
		for i := range v.creds {
			ballot, err := v.fillSheet(b, i).Seal(rand.Reader)
			if err != nil {
				b.Fatal(err)
			}
			ballots = append(ballots, ballot)
		}
		if v == theirs {
			w.archive(v.e, ballots, nil, nil)
		} else if err := v.e.WriteArchive(&archive, time.Unix(1795425164, 0), slices.Values(ballots), nil, nil); err != nil {
			b.Fatal(err)
		}
	}
	cred := w.write("cred", []byte(theirs.creds[0]+"\n"))
	choice := w.write("choice", []byte("["+strings.Repeat("[0,1,0,0],", 29)+"[0,1,0,0]]"))
	onCores(b, "verify/tool", func(*testing.B) { w.tool("", "election", "verify") })
	onCores(b, "verify/ours", func(b *testing.B) {
		if r := verify(b, archive.Bytes()); r.Slips != slips {
			b.Fatal(r.Failures)
		}
	})
	onCores(b, "ballot/tool", func(*testing.B) {
		w.tool("", "election", "generate-ballot", "--privcred", cred, "--ballot", choice)
	})
	onCores(b, "ballot/ours", func(b *testing.B) {
		if _, err := ours.fillSheet(b, 0).Seal(rand.Reader); err != nil {
			b.Fatal(err)
		}
	})
}

// onCores measures what do and the programs that it runs take of all cores.
func onCores(b *testing.B, name string, do func(*testing.B)) {
	b.Run(name, func(b *testing.B) {
		spent := func() (all time.Duration) {
			for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
				var u syscall.Rusage
				if err := syscall.Getrusage(who, &u); err != nil {
					b.Fatal(err)
				}
				all += time.Duration(u.Utime.Nano() + u.Stime.Nano())
			}
			return all
		}
		before := spent()
		for b.Loop() {
			do(b)
		}
		b.ReportMetric((spent()-before).Seconds()*1000/float64(b.N), "cpu-ms/op")
	})
}
