package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Somebody pulls the plug after every single step of a meeting: what was
// acknowledged is there, and the meeting goes on where it was.
func TestKillAfterEveryStep(t *testing.T) {
	r := newRig(t, sampleRoster(8))
	r.serve()
	step := func(id, stdin, word string) string {
		t.Helper()
		out := r.say(id, 0, stdin, word)
		before := r.status("m01")
		r.kill()
		r.serve()
		if after := r.status("m01"); fmt.Sprint(after.Item, after.Phase, after.Attendance, after.Vote) != fmt.Sprint(before.Item, before.Phase, before.Attendance, before.Vote) {
			t.Fatalf("after %s by %s and a crash:\n%+v\nwant\n%+v", word, id, after, before)
		}
		return out
	}
	for i := 1; i <= 7; i++ {
		step(member(i), "", "signin")
	}
	step("m01", "", "next --reason 没有准备")
	step("m01", "", "absent m08 病假 --written")
	r.toItem("m01", "criticism")
	step("m01", "", "turn m01")
	step("m01", "学习抓得不紧。", "self-criticise")
	step("m02", "", "floor")
	step("m01", "", "step")
	step("m02", "党课安排要早一些。", "criticise m01")
	step("m01", "接受，下月起改。", "respond")
	r.toItem("m01", "self-rating")
	step("m02", "", "self-rate 合格")
	r.toItem("m01", "ballot")
	step("m01", "", "scrutineers m04 m05 --yes 7")
	codes := map[string]string{}
	for _, id := range []string{"m04", "m05"} {
		var sealed struct{ Code string }
		r.json(step(id, "", "seal --json"), &sealed)
		codes[id] = sealed.Code
	}
	step("m01", "", "open")
	for i := 1; i <= 7; i++ {
		step(member(i), `{"m01":"优秀","m02":"合格"}`, "vote")
	}
	step("m01", "", "close")
	for i := 1; i <= 7; i++ {
		step(member(i), "", "receipt")
	}
	step("m01", "", "confirmed")
	r.say("m01", 0, "", "next")
	if told := r.say("m01", 1, "", "step"); !strings.Contains(told, "服务器重启过") || !strings.Contains(told, "恢复码") {
		t.Errorf("who waits for what: %q", told)
	}
	for _, id := range []string{"m04", "m05"} {
		r.say(id, 1, "", "unseal") // the key is gone with the server
		step(id, codes[id], "unseal")
	}
	if s := r.status("m01"); s.Vote.State != "counted" {
		t.Fatalf("%+v", s.Vote)
	}
	counts := r.counts("m01")
	if counts["m01"]["优秀"] != 7 || counts["m02"]["合格"] != 7 || counts["m03"]["弃权"] != 7 {
		t.Errorf("counts %v", counts)
	}
	r.kill()
	r.pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	r.pingyi(0, "verify", "papers")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "public", "--only", "minutes")
	if _, told, _ := r.try("papers", "--branch", "b1", "-o", "all"); !strings.Contains(told, "全票一致") {
		t.Errorf("nobody is warned that everybody voted alike: %q", told)
	}
	if list, err := os.ReadDir(filepath.Join(r.dir, "public")); err != nil || len(list) != 4 {
		t.Errorf("%v %v", list, err)
	}
	r.pingyi(0, "verify", "--branch", "b1")
}

// counts are everybody's counts, by grade, 弃权 included.
func (r *rig) counts(id string) map[string]map[string]int {
	r.t.Helper()
	var list []struct {
		ID      string
		Counts  map[string]int
		Abstain int
	}
	r.json(r.say(id, 0, "", "result --json"), &list)
	counts := map[string]map[string]int{}
	for _, l := range list {
		counts[l.ID] = l.Counts
		l.Counts["弃权"] = l.Abstain
	}
	return counts
}

// The plug is pulled in a burst of votes: every voter who got a receipt is in
// the box, nobody twice, and the others vote again.
func TestKillInABurstOfVotes(t *testing.T) {
	const n = 30
	r := newRig(t, sampleRoster(n))
	r.serve()
	r.comesToVote(n)
	codes := r.opensBox("m04", "m05")

	receipts := make([]string, n+1)
	for attempt := 0; attempt < 4; attempt++ {
		kill := attempt < 3
		answered := make(chan int, n)
		var wg sync.WaitGroup
		missing := 0
		for i := 1; i <= n; i++ {
			if receipts[i] != "" {
				continue
			}
			missing++
			c, err := r.joins(member(i))
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				defer c.conn.Close()
				var got struct{ Receipt string }
				out, errs, code, err := c.says(choice(i), "vote --json")
				if err == nil && code != 0 {
					t.Errorf("%s: %s", c.id, errs)
				}
				if err == nil && code == 0 && json.Unmarshal([]byte(out), &got) == nil {
					receipts[i] = got.Receipt
					answered <- i
				}
			})
		}
		go func() { wg.Wait(); close(answered) }()
		if kill && missing > 4 {
			for range missing / 4 {
				<-answered
			}
			r.kill()
		}
		wg.Wait()
		if kill && missing > 4 {
			r.serve()
		}
		got := r.status("m01").Vote.Returned
		acked := 0
		for i := 1; i <= n; i++ {
			if receipts[i] != "" {
				acked++
				var found struct{ Found bool }
				r.json(r.say(member(i), 0, "", "receipt "+receipts[i]+" --json"), &found)
				if !found.Found {
					t.Fatalf("the acknowledged ballot of %s is lost", member(i))
				}
			}
		}
		if got < acked || got > n {
			t.Fatalf("%d ballots in the box, %d acknowledged", got, acked)
		}
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	r.kill()
	r.serve()
	for _, id := range []string{"m04", "m05"} {
		r.say(id, 0, codes[id], "unseal")
	}
	counts := r.counts("m01")
	if counts["m01"]["优秀"] != n/2 || counts["m01"]["合格"] != n/2 || counts["m02"]["基本合格"] != n {
		t.Errorf("counts %v", counts["m01"])
	}
	r.holdsNoChoice()
}

// choice is what member i votes in the burst.
func choice(i int) string {
	return fmt.Sprintf(`{"m01":"%s","m02":"基本合格"}`, []string{"优秀", "合格"}[i%2])
}

// holdsNoChoice searches everything that the server left on the disk and in
// its log for what somebody chose.
func (r *rig) holdsNoChoice() {
	r.t.Helper()
	var left []string
	err := filepath.Walk(filepath.Join(r.dir, "data"), func(name string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		left = append(left, string(data))
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, text := range append(left, r.log.String()) {
		for _, mark := range []string{`"m01":"优秀"`, `"m01":"合格"`, `"m02":"基本合格"`} {
			if strings.Contains(text, mark) {
				r.t.Errorf("a choice is on the disk or in a log: %s", mark)
			}
		}
	}
	// The grade 不合格 stands in the rules and on the ballot paper; no record of a
	// vote may have any grade.
	for line := range strings.Lines(r.pingyi(0, "log", "--branch", "b1")) {
		if !strings.Contains(line, `"ballot-cast"`) {
			continue
		}
		for _, grade := range []string{"优秀", "合格"} {
			if strings.Contains(line, grade) {
				r.t.Errorf("a grade in the record of a ballot: %s", line)
			}
		}
	}
	for _, grade := range []string{"优秀", "合格"} {
		if bytes.Contains([]byte(r.log.String()), []byte(grade)) {
			r.t.Errorf("the server's log names a grade:\n%s", r.log)
		}
	}
}

// Sixty people confirm at the same moment, beside one whose phone has stopped
// reading: everybody gets a receipt, nobody is lost or counted twice.
func TestSixtyVoteAtOnceBesideOneWhoDoesNotRead(t *testing.T) {
	const n = 60
	r := newRig(t, sampleRoster(n+1))
	r.serve()
	voters := make([]*client, n+1)
	for i := 1; i <= n; i++ {
		c, err := r.joins(member(i))
		if err != nil {
			t.Fatal(err)
		}
		defer c.conn.Close()
		voters[i] = c
		if _, errs, code, err := c.says("", "signin"); err != nil || code != 0 {
			t.Fatal(errs, err)
		}
	}
	r.stalls(member(n + 1))
	r.names(n)
	r.opensBox("m04", "m05")
	receipts := make([]string, n+1)
	var ready, done sync.WaitGroup
	ready.Add(1)
	for i := 1; i <= n; i++ {
		done.Go(func() {
			ready.Wait()
			var got struct{ Receipt string }
			out, errs, code, err := voters[i].says(choice(i), "vote --json")
			if err != nil || code != 0 || json.Unmarshal([]byte(out), &got) != nil {
				t.Errorf("%s: exit %d %v %s", member(i), code, err, errs)
			}
			receipts[i] = got.Receipt
		})
	}
	ready.Done()
	done.Wait()
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	r.say("m04", 0, "", "unseal")
	r.say("m05", 0, "", "unseal")
	var board []string
	r.json(r.say("m02", 0, "", "board --json"), &board)
	want := slices.Sorted(slices.Values(receipts[1:]))
	if !slices.Equal(board, want) {
		t.Errorf("%d receipts on the board, %d were given", len(board), n)
	}
	if counts := r.counts("m01"); counts["m01"]["优秀"] != n/2 || counts["m01"]["合格"] != n/2 || counts["m02"]["基本合格"] != n {
		t.Errorf("counts %v", counts["m01"])
	}
	r.holdsNoChoice()
}

// stalls has a member open a screen and never read from it.
func (r *rig) stalls(id string) {
	r.t.Helper()
	c, err := r.joins(id)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { c.conn.Close() })
	sess, err := c.conn.NewSession()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := sess.RequestPty("xterm", 40, 120, nil); err != nil {
		r.t.Fatal(err)
	}
	if _, err := sess.StdoutPipe(); err != nil { // nobody reads it
		r.t.Fatal(err)
	}
	if err := sess.Shell(); err != nil {
		r.t.Fatal(err)
	}
}
