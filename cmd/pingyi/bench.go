package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// benchMost is the largest number of voters or subjects in a measured vote.
const benchMost = 300

func (d *desk) benchVerb() *cobra.Command {
	verb := d.benchAllVerb()
	verb.AddCommand(d.benchBallotVerb(), d.benchScreensVerb(), d.benchBrowsersVerb(), d.benchVotesVerb(), d.benchStartVerb())
	return verb
}

func (d *desk) benchBallotVerb() *cobra.Command {
	var voters, subjects int
	var asJSON bool
	verb := &cobra.Command{
		Use: "ballot", Short: "无记名测评的速度和大小", Args: exactly(),
		Long: `办一次测评并计时：填票与确认、求和与开箱、写出并核验档案。数据只在内存里。
填票分三段：看票时备好随机数，选一行加密一行，确认时只剩签名。`,
		Example: "  pingyi bench ballot\n  pingyi bench ballot --voters 100 --subjects 100 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			for flag, n := range map[string]int{"--voters": voters, "--subjects": subjects} {
				if n < 1 || n > benchMost {
					return usagef("%s 应当是 1 到 %d", flag, benchMost)
				}
			}
			d.progress("测评：%d 人投票，每张票 %d 行……", voters, subjects)
			m, err := measureBallot(c.Context(), voters, subjects)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			d.tellMeasured(m)
			return nil
		},
	}
	verb.Flags().IntVar(&voters, "voters", 30, "投票人数")
	verb.Flags().IntVar(&subjects, "subjects", 30, "被评人数")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// measured is what one vote cost. Times are in milliseconds; those of a ballot
// are medians over all voters.
type measured struct {
	Group    string `json:"group"`
	Cores    int    `json:"cores"`
	Voters   int    `json:"voters"`
	Subjects int    `json:"subjects"`

	Prepare float64 `json:"prepare_ms"` // randomness, while the voter reads
	Choose  float64 `json:"choose_ms"`  // all rows
	Confirm float64 `json:"confirm_ms"` // the signature
	Ballot  float64 `json:"ballot_ms"`  // the three together

	Count float64 `json:"count_ms"` // sums, all trustees' decryptions and the result
	Write float64 `json:"write_ms"` // the archive
	Check float64 `json:"check_ms"` // the whole archive, as the verb verify does

	Stored  int `json:"stored_bytes"`  // of a ballot
	Archive int `json:"archive_bytes"` // UUID.bel
}

func (d *desk) tellMeasured(m measured) {
	row := func(what, format string, args ...any) { fmt.Fprintf(d.out, what+"\t"+format+"\n", args...) }
	row("规模", "%d 人 × %d 行，%s，%d 核", m.Voters, m.Subjects, m.Group, m.Cores)
	row("备随机数", "%9.1f 毫秒/张", m.Prepare)
	row("逐行加密", "%9.1f 毫秒/张", m.Choose)
	row("确认签名", "%9.1f 毫秒/张", m.Confirm)
	row("做票合计", "%9.1f 毫秒/张", m.Ballot)
	row("求和开箱", "%9.1f 毫秒", m.Count)
	row("写出档案", "%9.1f 毫秒", m.Write)
	row("核验全部", "%9.1f 毫秒", m.Check)
	row("存储大小", "%9.1f KB/张", float64(m.Stored)/1000)
	row("档案大小", "%9.1f KB", float64(m.Archive)/1000)
}

// measureBallot holds one vote with two scrutineers and measures it.
func measureBallot(ctx context.Context, voters, subjects int) (m measured, err error) {
	m = measured{Group: meeting.Group.Name(), Cores: runtime.NumCPU(), Voters: voters, Subjects: subjects}
	v, err := newSampleVote(voters, subjects)
	if err != nil {
		return m, err
	}
	ballots, err := v.cast(ctx, &m)
	if err != nil {
		return m, err
	}
	m.Stored = len(ballots[0].Marshal())
	began := time.Now()
	tally, partials, err := v.count(ballots)
	if err != nil {
		return m, err
	}
	m.Count = since(began)
	var archive bytes.Buffer
	began = time.Now()
	err = v.WriteArchive(&archive, time.Now(), slices.Values(ballots), tally, partials)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return m, err
	}
	m.Write, m.Archive = since(began), archive.Len()
	began = time.Now()
	report, err := ballot.VerifyArchive(&archive)
	if err == nil && !report.OK() {
		err = failf("刚写出的档案核验不通过：%s", report.Failures[0].Why)
	}
	m.Check = since(began)
	return m, err
}

// since returns the milliseconds since began.
func since(began time.Time) float64 { return time.Since(began).Seconds() * 1000 }

// sampleVote is an election with everybody's secrets.
type sampleVote struct {
	*ballot.Election
	credentials []string // private
	keys        []*ballot.SecretKey
}

func newSampleVote(voters, subjects int) (*sampleVote, error) {
	v := &sampleVote{}
	uuid, err := ballot.NewUUID(rand.Reader)
	setup := ballot.Setup{UUID: uuid, Name: "测速", Description: "测速", Group: meeting.Group}
	for range 3 { // two scrutineers and the server
		key, keyErr := ballot.NewSecretKey(setup.Group, rand.Reader)
		if err = errors.Join(err, keyErr); err != nil {
			return nil, err
		}
		public, keyErr := key.Public(rand.Reader)
		err = errors.Join(err, keyErr)
		v.keys, setup.Trustees = append(v.keys, key), append(setup.Trustees, public)
	}
	for range voters {
		private, newErr := ballot.NewCredential(rand.Reader)
		public, publicErr := ballot.PublicCredential(setup.Group, uuid, private)
		if err = errors.Join(err, newErr, publicErr); err != nil {
			return nil, err
		}
		v.credentials, setup.Credentials = append(v.credentials, private), append(setup.Credentials, public)
	}
	for i := range subjects {
		setup.Questions = append(setup.Questions, ballot.Question{
			Question: fmt.Sprintf("党员%02d", i+1), Answers: []string{"优秀", "合格", "基本合格", "不合格"}, Max: 1,
		})
	}
	if err == nil {
		v.Election, err = ballot.NewElection(setup)
	}
	return v, err
}

// cast makes everybody's ballot, one after another, and measures it.
func (v *sampleVote) cast(ctx context.Context, m *measured) (ballots []*ballot.Ballot, err error) {
	var prepare, choose, confirm, whole []float64
	for i, credential := range v.credentials {
		sheet, err := ballot.NewSheet(v.Election, credential)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		began := time.Now()
		for more := true; more && err == nil; {
			more, err = sheet.Prepare(rand.Reader)
		}
		prepared := since(began)
		for row, q := range v.Questions() {
			err = errors.Join(err, sheet.Choose(row, (row+i)%(len(q.Answers)+1)-1, rand.Reader)) // answer -1 is 弃权
		}
		chosen := since(began)
		b, sealErr := sheet.Seal(rand.Reader)
		sealed := since(began)
		if err = errors.Join(err, sealErr); err != nil {
			return nil, err
		}
		ballots = append(ballots, b)
		prepare, choose = append(prepare, prepared), append(choose, chosen-prepared)
		confirm, whole = append(confirm, sealed-chosen), append(whole, sealed)
	}
	m.Prepare, m.Choose, m.Confirm, m.Ballot = median(prepare), median(choose), median(confirm), median(whole)
	return ballots, nil
}

func median(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)/2]
}

// count sums and decrypts with all keys.
func (v *sampleVote) count(ballots []*ballot.Ballot) (*ballot.Tally, []*ballot.Partial, error) {
	tally, err := v.Sum(ballots)
	if err != nil {
		return nil, nil, err
	}
	var partials []*ballot.Partial
	for _, key := range v.keys {
		p, err := v.Decrypt(tally, key, rand.Reader)
		if err != nil {
			return nil, nil, err
		}
		partials = append(partials, p)
	}
	_, err = v.Result(tally, partials)
	return tally, partials, err
}
