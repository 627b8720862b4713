package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
)

const (
	votesSubjects = 30
	votesAtOnce   = 60 // members who confirm at once
	writersMost   = 1000
	roundsMost    = 15 // of one member's ballots: more are refused for a while
)

// votesPlan has the options of a measurement of votes.
type votesPlan struct {
	writers []int
	rounds  int
	dir     string // on the disk that is measured
}

func (d *desk) benchVotesVerb() *cobra.Command {
	var p votesPlan
	var asJSON bool
	verb := &cobra.Command{
		Use: "votes", Short: "选票多快记牢，和磁盘、bbolt 本身比", Args: exactly(),
		Long: `同一个磁盘、同一次运行、同样的字节（每张票 30 行），轮流量：
  只是追加并 fdatasync（等着的一起写）；bbolt 一张一次 Update；bbolt 等着的一起一次 Update；本程序的 Room.Do。
再量 60 人同时确认：在屏幕上（逐行已加密，只剩签名），和用命令 vote（从 SSH 来，服务这边加密），
后者和做这些票本身要的处理器时间比。
--dir 写明量哪个磁盘，数据写在它下面的临时文件夹里，量完就删。`,
		Example: "  pingyi bench votes\n  pingyi bench votes --writers 64,256 --rounds 3 --dir /var/tmp --json",
		RunE: func(c *cobra.Command, _ []string) error {
			if p.rounds < 1 || p.rounds > roundsMost {
				return usagef("--rounds 应当是 1 到 %d", roundsMost)
			}
			for _, n := range p.writers {
				if n < 1 || n > writersMost {
					return usagef("--writers 应当是 1 到 %d，可以写几个，用逗号隔开", writersMost)
				}
			}
			m, err := d.measureVotes(c.Context(), p)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			d.tellVotes(m)
			return nil
		},
	}
	verb.Flags().IntSliceVar(&p.writers, "writers", []int{1, 64, 256}, "同时交票的人数，可以写几个，用逗号隔开")
	verb.Flags().IntVar(&p.rounds, "rounds", 7, "轮流量几次")
	verb.Flags().StringVar(&p.dir, "dir", os.TempDir(), "在哪个文件夹里写")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// votesMeasured is how fast ballots become durable, in one run on one disk.
type votesMeasured struct {
	Cores    int               `json:"cores"`
	Subjects int               `json:"subjects"`
	Record   int               `json:"record_bytes"` // of a ballot, as the log has it
	Durable  []durableMeasured `json:"durable"`      // by the number of writers
	Confirm  confirmMeasured   `json:"confirm"`      // on the screens
	Words    []wordsMeasured   `json:"words"`        // by the word vote
}

// flow is how fast something was done: the median of all rounds, and how long
// one piece took, over all rounds.
type flow struct {
	Rate float64 `json:"per_second"`
	P50  float64 `json:"p50_ms"`
	P99  float64 `json:"p99_ms"`
}

func (d *desk) measureVotes(ctx context.Context, p votesPlan) (m votesMeasured, err error) {
	m = votesMeasured{Cores: runtime.NumCPU(), Subjects: votesSubjects}
	dir, err := os.MkdirTemp(d.path(p.dir), "pingyi-bench")
	if err != nil {
		return m, failf("不能在 %s 里写：%w", p.dir, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	most := max(slices.Max(p.writers), votesSubjects) // who is graded is there
	d.progress("做票：%d 张，每张 %d 行……", most, votesSubjects)
	all, err := newBallots(ctx, dir, most)
	if err != nil {
		return m, err
	}
	m.Record = len(all.records[0])
	for _, writers := range p.writers {
		d.progress("记录：%d 人同时……", writers)
		one, err := measureDurable(ctx, dir, all, writers, p.rounds)
		if err != nil {
			return m, err
		}
		m.Durable = append(m.Durable, one)
	}
	d.progress("屏幕上 %d 人同时确认……", votesAtOnce)
	if m.Confirm, err = measureConfirm(ctx, dir, p.rounds); err != nil {
		return m, err
	}
	d.progress("用命令 vote，%d 人同时……", votesAtOnce)
	m.Words, err = d.measureWords(ctx, dir, p.rounds)
	return m, err
}

func (d *desk) tellVotes(m votesMeasured) {
	row := func(what string, f flow, rest string) {
		fmt.Fprintf(d.out, "%s\t%9.0f 张/秒\t%8.1f / %.1f 毫秒%s\n", what, f.Rate, f.P50, f.P99, rest)
	}
	fmt.Fprintf(d.out, "每张票 %d 行，记录 %.1f KB，%d 核\t速度\t一半人 / 99%% 的人等多久\n", m.Subjects, float64(m.Record)/1000, m.Cores)
	for _, one := range m.Durable {
		fmt.Fprintf(d.out, "%d 人同时交\n", one.Writers)
		row("  追加并 fdatasync，一起写", one.Append, "")
		row("  bbolt，一张一次", one.Update, "")
		row("  bbolt，一起写", one.Grouped, "")
		row("  Room.Do", one.Room, fmt.Sprintf("\t和“一起写”比：速度 ×%.2f，99%% ×%.2f", one.RateRatio, one.P99Ratio))
	}
	fmt.Fprintf(d.out, "%d 人同时确认\n", votesAtOnce)
	row("  屏幕", m.Confirm.flow, fmt.Sprintf("\t%.1f 毫秒处理器/张", m.Confirm.CPU))
	for _, w := range m.Words {
		what := "  命令 vote"
		if w.Prepared {
			what += "，随机数已备好"
		}
		row(what, w.flow, fmt.Sprintf("\t%.1f 毫秒处理器/张，票本身 %.1f；全部的时间是票本身的 ×%.2f（同样多核只做票 ×%.2f）", w.CPU, w.Own, w.Ratio, w.ToMade))
	}
}

// atOnce has so many workers do the pieces 0 … n-1, each of them the next one
// that is not taken. It returns how long each piece took, and all of them.
func atOnce(workers, n int, do func(i int) error) (waits []time.Duration, whole time.Duration, err error) {
	waits = make([]time.Duration, n)
	errs := make([]error, workers)
	var next atomic.Int64
	var running sync.WaitGroup
	start := make(chan struct{})
	for w := range workers {
		running.Go(func() {
			<-start
			for i := int(next.Add(1)) - 1; i < n && errs[w] == nil; i = int(next.Add(1)) - 1 {
				began := time.Now()
				errs[w] = do(i)
				waits[i] = time.Since(began)
			}
		})
	}
	began := time.Now()
	close(start)
	running.Wait()
	return waits, time.Since(began), errors.Join(errs...)
}

// rounds gathers what was measured in several rounds.
type rounds struct {
	rates []float64
	waits []time.Duration
}

func (r *rounds) add(waits []time.Duration, whole time.Duration) {
	r.rates = append(r.rates, float64(len(waits))/whole.Seconds())
	r.waits = append(r.waits, waits...)
}

func (r *rounds) flow() flow {
	slices.Sort(r.waits)
	at := func(part float64) float64 { return ms(r.waits[int(part*float64(len(r.waits)-1))]) }
	return flow{Rate: median(r.rates), P50: at(0.5), P99: at(0.99)}
}
