package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (d *desk) benchBrowsersVerb() *cobra.Command {
	var sessions int
	var asJSON bool
	verb := &cobra.Command{
		Use: "browsers", Short: "同样多的人用网页和用终端：内存和处理器的比", Args: exactly(),
		Long: `先后开两次示范支部的服务，另起一个进程扮演党员：一次都是终端，一次都是网页（只有线路，不画页面）。
量的和 bench screens 一样，只算服务这一边。`,
		Example: "  pingyi bench browsers\n  pingyi bench browsers --sessions 200 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			if sessions < 1 || sessions > screensMost {
				return usagef("--sessions 应当是 1 到 %d", screensMost)
			}
			m, err := d.measureBrowsers(c.Context(), sessions)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			d.tellBrowsers(m)
			return nil
		},
	}
	verb.Flags().IntVar(&sessions, "sessions", browsersBeside, "人数")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// browsersBeside is how many people come in with browsers, and beside them with
// terminals.
const browsersBeside = 60

// measureBrowsers measures so many terminals and then as many browsers.
func (d *desk) measureBrowsers(ctx context.Context, sessions int) (m browsersMeasured, err error) {
	d.progress("终端：%d 个……", sessions)
	if m.Terminals, err = d.measureScreens(ctx, sessions, false); err != nil {
		return m, err
	}
	d.progress("网页：%d 个……", sessions)
	m.Browsers, err = d.measureScreens(ctx, sessions, true)
	return m, err
}

// browsersMeasured is what the server paid for as many people, in one run.
type browsersMeasured struct {
	Terminals screensMeasured `json:"terminals"`
	Browsers  screensMeasured `json:"browsers"`
}

func (d *desk) tellBrowsers(m browsersMeasured) {
	row := func(what, unit string, terminals, browsers float64) {
		fmt.Fprintf(d.out, "%s\t%9.1f\t%9.1f %s\t×%.2f\n", what, terminals, browsers, unit, browsers/terminals)
	}
	t, b := m.Terminals, m.Browsers
	n := float64(t.Sessions)
	fmt.Fprintf(d.out, "%d 人，%d 核\t终端\t网页\t比\n", t.Sessions, t.Cores)
	row("内存", "KB/人", float64(t.Memory)/1e3/n, float64(b.Memory)/1e3/n)
	row("进入", "毫秒处理器/人", t.Join, b.Join)
	row("第一页", "字节/人", float64(t.First), float64(b.First))
	row("一处变化", "字节/人", float64(t.Bytes), float64(b.Bytes))
	row("处理器", "毫秒/一处变化，所有人", t.CPU, b.CPU)
	row("最后一个看到", "毫秒", t.Last, b.Last)
}
