package archive_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/store/archive"
)

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// relisted adds the list to changed files, with their hashes.
func (e export) relisted(changed map[string][]byte) map[string][]byte {
	list := e.files[archive.ManifestName]
	for name, data := range changed {
		list = bytes.ReplaceAll(list, []byte(hashOf(e.files[name])), []byte(hashOf(data)))
	}
	if _, own := changed[archive.ManifestName]; !own {
		changed[archive.ManifestName] = list
	}
	return changed
}

// link is an event of an archive with the data before it.
type link struct {
	data  [][]byte
	event map[string]any
}

// links reads an archive.
func links(t *testing.T, bel []byte) (header []byte, list []link) {
	t.Helper()
	var data [][]byte
	for len(bel) > 0 {
		name, _, _ := bytes.Cut(bel[:100], []byte{0})
		var size int
		if _, err := fmt.Sscanf(string(bel[124:135]), "%o", &size); err != nil {
			t.Fatal(err)
		}
		body := bel[512:][:size]
		bel = bel[512+(size+511)/512*512:]
		switch {
		case string(name) == "BELENIOS":
			header = body
		case strings.HasSuffix(string(name), ".data.json"):
			data = append(data, body)
		default:
			l := link{data: data}
			if err := json.Unmarshal(body, &l.event); err != nil {
				t.Fatal(err)
			}
			list, data = append(list, l), nil
		}
	}
	return header, list
}

// chained writes an archive with every hash right.
func chained(header []byte, at int64, list []link) []byte {
	var out []byte
	put := func(name string, body []byte) {
		head := make([]byte, 512)
		copy(head, name)
		for offset, text := range map[int]string{
			100: "0000644", 108: "0000000", 116: "0000000", 124: fmt.Sprintf("%011o", len(body)), 136: fmt.Sprintf("%011o", at),
			148: "        ", 156: "0",
		} {
			copy(head[offset:], text)
		}
		sum := 0
		for _, b := range head {
			sum += int(b)
		}
		copy(head[148:], fmt.Sprintf("%06o\x00 ", sum))
		out = append(append(append(out, head...), body...), make([]byte, -len(body)&511)...)
	}
	put("BELENIOS", header)
	parent := ""
	for height, l := range list {
		for i, body := range l.data {
			if i == len(l.data)-1 {
				body = rehashed(l, body)
				l.event["payload"] = hashOf(body)
			}
			put(hashOf(body)+".data.json", body)
		}
		event := "{"
		if parent != "" {
			event += fmt.Sprintf(`"parent":%q,`, parent)
		}
		event += fmt.Sprintf(`"height":%d,"type":%q`, height, l.event["type"])
		if payload, ok := l.event["payload"]; ok {
			event += fmt.Sprintf(`,"payload":%q`, payload)
		}
		event += "}"
		parent = hashOf([]byte(event))
		put(parent+".event.json", []byte(event))
	}
	return out
}

var hash64 = regexp.MustCompile(`"[0-9a-f]{64}"`)

// rehashed is the last record of an event with the hashes of those before it.
func rehashed(l link, body []byte) []byte {
	i := 0
	return hash64.ReplaceAllFunc(body, func(old []byte) []byte {
		if i >= len(l.data)-1 {
			return old
		}
		i++
		return fmt.Appendf(nil, "%q", hashOf(l.data[i-1]))
	})
}

// Each part of another box's archive is found in this one, also where every
// hash was made anew.
func TestPartsOfTwoArchivesDoNotMix(t *testing.T) {
	a, b := held(t)
	header, ours := links(t, a.files[a.box()])
	_, theirs := links(t, b.files[b.box()])
	at := a.state.Vote().Counted.Unix()
	if again := chained(header, at, ours); !bytes.Equal(again, a.files[a.box()]) {
		t.Fatal("the forger can't write an archive")
	}
	if len(ours) != len(theirs) {
		t.Fatalf("%d events and %d", len(ours), len(theirs))
	}
	tried := 0
	for i, l := range ours {
		if l.event["type"] == "Ballot" && i > 1 && ours[i+1].event["type"] == "Ballot" {
			continue // the first and the last stand for all
		}
		for j := range l.data {
			if bytes.Equal(l.data[j], theirs[i].data[j]) {
				continue
			}
			forged := slices.Clone(ours)
			forged[i] = link{slices.Clone(l.data), map[string]any{"type": l.event["type"], "payload": l.event["payload"]}}
			forged[i].data[j] = theirs[i].data[j]
			bel := chained(header, at, forged)
			if bytes.Equal(bel, a.files[a.box()]) {
				continue // only hashes, which were made anew
			}
			tried++
			blames(t, fmt.Sprint(l.event["type"], " ", j), verdict(t, a.folder(t, a.relisted(map[string][]byte{a.box(): bel}))), "archive.")
		}
	}
	if tried < 9 { // both meetings have the same result
		t.Errorf("only %d parts differ", tried)
	}
}

// What an archive holds beside its proofs is compared with the log: who the
// keys' owners are called, the order and number of ballots, the time.
func TestAnArchiveThatVerifiesAloneIsComparedWithTheLog(t *testing.T) {
	a, _ := held(t)
	at := a.state.Vote().Counted.Unix()
	for what, c := range map[string]struct {
		forge func(list []link) (int64, []link)
		code  string
	}{
		"a trustee renamed": {func(list []link) (int64, []link) {
			list[0].data[1] = bytes.Replace(list[0].data[1], []byte(`"}]`), []byte(`","name":"别人"}]`), 1)
			return at, list
		}, "archive.trustees-differ"},
		"credentials in another order": {func(list []link) (int64, []link) {
			var all []string
			if err := json.Unmarshal(list[0].data[2], &all); err != nil {
				t.Fatal(err)
			}
			slices.Reverse(all)
			list[0].data[2], _ = json.Marshal(all)
			return at, list
		}, "archive.credentials-differ"},
		"ballots in another order": {func(list []link) (int64, []link) {
			list[1], list[2] = list[2], list[1]
			return at, list
		}, "archive.order-differs"},
		"another time": {func(list []link) (int64, []link) { return at + 1, list }, "archive.times-differ"},
	} {
		header, list := links(t, a.files[a.box()])
		when, list := c.forge(list)
		header = bytes.Replace(header, fmt.Append(nil, at), fmt.Append(nil, when), 1)
		bel := chained(header, when, list)
		dir := a.folder(t, a.relisted(map[string][]byte{a.box(): bel}))
		if alone, err := archive.Verify(dir + "/" + a.box()); err != nil || !alone.OK {
			t.Errorf("%s: not valid alone: %+v, %v", what, alone, err)
		}
		blames(t, what, verdict(t, dir), c.code, a.box())
	}
}

// forged is a log with other bodies, whose chain is right.
func forged(t *testing.T, log store.Log, alter func(kind string, body []byte) []byte) store.Log {
	t.Helper()
	to, err := store.NewMemory().Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	var chain store.Chain
	changed := false
	for r := range records(t, log) {
		body := alter(kindOf(t, r), r.Body)
		changed = changed || !bytes.Equal(body, r.Body)
		next := chain.Next(body, r.Class, r.Blob)
		seq, _ := chain.Head()
		if err := chain.Add(next); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Append(t.Context(), seq, next.Encode()); err != nil {
			t.Fatal(err)
		}
	}
	if !changed {
		t.Fatal("the forger found nothing to change")
	}
	return to
}

func records(t *testing.T, log store.Log) func(func(store.Record) bool) {
	return func(yield func(store.Record) bool) {
		for b, err := range log.Read(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			r, err := store.Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			if !yield(r) {
				return
			}
		}
	}
}

func kindOf(t *testing.T, r store.Record) string {
	t.Helper()
	var e struct{ Kind string }
	if err := json.Unmarshal(r.Body, &e); err != nil {
		t.Fatal(err)
	}
	return e.Kind
}

// bodiesOf are the bodies of the last vote's facts, by kind, in their order.
func (e export) bodiesOf(t *testing.T) map[string][][]byte {
	t.Helper()
	all := map[string][][]byte{}
	for r := range records(t, e.log) {
		kind := kindOf(t, r)
		all[kind] = append(all[kind], r.Body)
	}
	return all
}

// swap puts the facts of another export into the place of those of the same
// kinds.
func swap(other map[string][][]byte, kinds ...string) func(string, []byte) []byte {
	seen := map[string]int{}
	return func(kind string, body []byte) []byte {
		if !slices.Contains(kinds, kind) {
			return body
		}
		seen[kind]++
		return other[kind][seen[kind]-1]
	}
}

// Whoever replaces sums and archive by ones that fit each other, chains the log
// anew and renders the papers again, still has receipts, seals and sums that
// contradict each other.
func TestSumsAndArchiveReplacedTogether(t *testing.T) {
	a, b := held(t)
	for _, c := range []struct {
		kinds []string
		blame string
	}{
		{[]string{"opened", "closed", "unsealed", "counted"}, "archive.key-differs"},
		{[]string{"sealed", "opened", "closed", "unsealed", "counted"}, "archive.receipts-differ"},
	} {
		files := made(t, forged(t, a.log, swap(b.bodiesOf(t), c.kinds...)))
		files[b.box()] = b.files[b.box()]
		fake := export{files: files}
		blames(t, fmt.Sprint(c.kinds), verdict(t, fake.folder(t, nil)), c.blame, b.box())
	}
	log := forged(t, a.log, func(kind string, body []byte) []byte {
		if kind != "counted" {
			return body
		}
		return regexp.MustCompile(`"members":\[\[\d`).ReplaceAll(body, []byte(`"members":[[9`))
	})
	lines := map[string][]byte{archive.LogName: linesOf(t, log)}
	blames(t, "sums alone", verdict(t, a.folder(t, a.relisted(lines))), "archive.sum-differs", "minutes.md", a.box())
}

// A log whose facts contradict each other is refused, and never ends the
// program.
func TestALogThatContradictsItself(t *testing.T) {
	a, _ := held(t)
	for what, c := range map[string]struct {
		kind, old, by string
		blame         string
	}{
		"sums of nobody":     {"counted", `"sums":\{[^}]*\}`, `"sums":{}`, "archive.count-incomplete"},
		"sums without rows":  {"counted", `"members":\[\[[^}]*\]\]\}`, `"members":[]}`, "archive."},
		"a voter more":       {"opened", `"voters":\["`, `"voters":["g01","`, "archive.voters-differ"},
		"a voter less":       {"opened", `"voters":\["m01",`, `"voters":[`, "archive.voter-unknown"},
		"a subject more":     {"opened", `"subjects":\["`, `"subjects":["g01","`, "archive.questions-differ"},
		"another subject":    {"opened", `"subjects":\["m01"`, `"subjects":["m09"`, "archive.subject-differs"},
		"no box":             {"opened", `"boxes":\[.*\]\}\}`, `"boxes":[]}}`, "archive.count-incomplete"},
		"no sums encrypted":  {"closed", `"tallies":\{.*\}\}\}`, `"tallies":{}}}`, "archive."},
		"another scrutineer": {"unsealed", `"by":"m05"`, `"by":"m02"`, "archive.owner-differs"},
	} {

		pattern := regexp.MustCompile(c.old)
		log := forged(t, a.log, func(kind string, body []byte) []byte {
			if kind != c.kind {
				return body
			}
			return pattern.ReplaceAll(body, []byte(c.by))
		})
		changed := map[string][]byte{archive.LogName: linesOf(t, log)}
		blames(t, what, verdict(t, a.folder(t, a.relisted(changed))), c.blame)
	}
}

func linesOf(t *testing.T, log store.Log) []byte {
	t.Helper()
	var lines []byte
	for r := range records(t, log) {
		line, err := json.Marshal(r.Line())
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	return lines
}

// A fact on whose decision ballots were removed excuses only them.
func TestPrunedIsNotAnExcuseWithoutADecision(t *testing.T) {
	a, _ := held(t)
	found := verdict(t, a.folder(t, a.relisted(map[string][]byte{a.box(): nil})))
	blames(t, "no archive", found, "archive.box-missing", a.box())
	if len(found.Notes) > 0 || a.state.Pruned[meeting.BallotBlob] != "" {
		t.Errorf("%+v", found)
	}
}
