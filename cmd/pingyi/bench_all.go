package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

// benchedScreens are the numbers of sessions at which screens are measured. The
// libraries beside them are slow with more than the second.
var benchedScreens = [...]int{100, 1000, 2000}

// benched is everything that is measured, in one run on one machine.
type benched struct {
	Screens  []screensCompared `json:"screens"`
	Browsers browsersMeasured  `json:"browsers"`
	Votes    votesMeasured     `json:"votes"`
	Start    startMeasured     `json:"start"`
	Goals    []goal            `json:"goals"`
}

// goal is a number beside what it should be.
type goal struct {
	What    string  `json:"what"`
	Value   float64 `json:"value"`
	Goal    float64 `json:"goal"`
	AtLeast bool    `json:"at_least,omitempty"` // the value should be no less; else no more
	Met     bool    `json:"met"`
}

func (d *desk) benchAllVerb() *cobra.Command {
	var asJSON bool
	dir := os.TempDir()
	verb := &cobra.Command{
		Use: "bench", Short: "在这台机器上测速", Args: needsVerb,
		Long: `测这台机器上的快慢：屏幕、网页、选票、启动和材料，旁边是做同样的事最少要的（底线）和通用库照原样，
最后一张表是目标。全部要十来分钟；也可以只测一样，例如 pingyi bench ballot。
机器上别的程序会影响数字：倍数是同一次轮流量出来的，比单个数字可靠。`,
		Example: "  pingyi bench\n  pingyi bench --json\n  pingyi bench ballot",
		RunE: func(c *cobra.Command, _ []string) error {
			m, err := d.measureAll(c.Context(), d.path(dir))
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			for _, one := range m.Screens {
				d.tellScreens(one)
			}
			d.tellBrowsers(m.Browsers)
			d.tellVotes(m.Votes)
			d.tellStart(m.Start)
			d.tellGoals(m.Goals)
			return nil
		},
	}
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	verb.Flags().StringVar(&dir, "dir", dir, "在哪个文件夹里写")
	return verb
}

func (d *desk) measureAll(ctx context.Context, dir string) (m benched, err error) {
	for _, n := range benchedScreens {
		d.progress("屏幕：%d 个会话……", n)
		one, err := d.measureScreensBeside(ctx, n, n <= benchedScreens[1])
		if err != nil {
			return m, err
		}
		m.Screens = append(m.Screens, one)
	}
	if m.Browsers, err = d.measureBrowsers(ctx, browsersBeside); err != nil {
		return m, err
	}
	if m.Votes, err = d.measureVotes(ctx, votesPlan{writers: []int{1, 64, 256}, rounds: 7, dir: dir}); err != nil {
		return m, err
	}
	if m.Start, err = d.measureStart(ctx, dir, []int{50, 100}); err != nil {
		return m, err
	}
	m.Goals = m.goals()
	return m, nil
}

// goals compares what was measured with what it should be.
func (m benched) goals() (list []goal) {
	most := func(value, most float64, what string, args ...any) {
		list = append(list, goal{What: fmt.Sprintf(what, args...), Value: value, Goal: most, Met: value <= most})
	}
	for _, s := range m.Screens[:2] {
		most(s.Ratios.Join, 1.5, "进入，%d 人：处理器和底线比", s.Sessions)
		most(float64(s.Memory)/1e3/float64(s.Sessions), 100, "内存，%d 人：KB/会话", s.Sessions)
		most(s.Goroutines, 13, "协程，%d 人：个/会话", s.Sessions)
	}
	few, many, crowd := m.Screens[0], m.Screens[1], m.Screens[2]
	most(many.Ratios.CPU, 5, "会前一处变化，%d 人：处理器和底线比", many.Sessions)
	most(many.Ratios.LiveCPU, 5, "会上一处变化，%d 人：处理器和底线比", many.Sessions)
	most(many.Ratios.Last, 2, "会前最后一个看到，%d 人：和底线比", many.Sessions)
	most(many.Ratios.Live, 2, "会上最后一个看到，%d 人：和底线比", many.Sessions)
	most(many.Speech/10, 3, "发言计时，%d 人：%% 核", many.Sessions)
	most(many.SignIn, 50, "大家看着时签到，%d 人：99%% 毫秒", many.Sessions)
	perMember := func(of func(screensMeasured) float64) float64 {
		return of(crowd.screensMeasured) / float64(crowd.Sessions) / (of(few.screensMeasured) / float64(few.Sessions))
	}
	most(perMember(func(s screensMeasured) float64 { return s.CPU }), 1.5, "会前一处变化：每人，%d 人和 %d 人比", crowd.Sessions, few.Sessions)
	most(perMember(func(s screensMeasured) float64 { return s.LiveCPU }), 1.5, "会上一处变化：每人，%d 人和 %d 人比", crowd.Sessions, few.Sessions)
	most(crowd.Join/few.Join, 1.5, "进入：%d 人和 %d 人比", crowd.Sessions, few.Sessions)
	t, b := m.Browsers.Terminals, m.Browsers.Browsers
	most(float64(b.Memory)/float64(t.Memory), 1.3, "网页，%d 人：内存和终端比", t.Sessions)
	most(b.Join/t.Join, 1.3, "网页，%d 人进入：处理器和终端比", t.Sessions)
	most(b.CPU/t.CPU, 1.3, "网页，%d 人，一处变化：处理器和终端比", t.Sessions)
	for _, one := range m.Votes.Durable {
		if one.Writers > 1 {
			list = append(list, goal{fmt.Sprintf("Room.Do，%d 人同时：速度和 bbolt 一起写比", one.Writers), one.RateRatio, 0.8, true, one.RateRatio >= 0.8})
			most(one.P99Ratio, 2, "Room.Do，%d 人同时：99%% 和 bbolt 一起写比", one.Writers)
		}
	}
	most(m.Votes.Confirm.P99, 50, "屏幕上 %d 人同时确认：99%% 毫秒", votesAtOnce)
	for _, one := range m.Votes.Words {
		if one.Prepared {
			most(one.Ratio, 1.5, "命令 vote，%d 人同时：和票本身比", votesAtOnce)
		}
	}
	for _, one := range m.Start.Logs {
		most(one.Start, 1000, "启动，%s：毫秒", one.What)
	}
	for i, one := range m.Start.Papers {
		most(one.All, []float64{2000, 5000}[i], "全部材料，%d 人，1 核：毫秒", one.Members)
	}
	most(m.Start.Papers[0].Two, 700, "会议记录和计票结果，%d 人，1 核：毫秒", m.Start.Papers[0].Members)
	return list
}

func (d *desk) tellGoals(list []goal) {
	fmt.Fprint(d.out, "目标\t量到\t目标\t\n")
	for _, g := range list {
		sign, met := "≤", "达到"
		if g.AtLeast {
			sign = "≥"
		}
		if !g.Met {
			met = "没有达到"
		}
		fmt.Fprintf(d.out, "%s\t%9.2f\t%s %g\t%s\n", g.What, g.Value, sign, g.Goal, met)
	}
}
