package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func (d *desk) benchBrowsersVerb() *cobra.Command {
	var sessions int
	var asJSON bool
	verb := &cobra.Command{
		Use: "browsers", Short: "同样多的人用网页和用终端：内存和处理器的比", Args: exactly(),
		Long: `同时开两个示范支部的服务，各有一个进程扮演党员：一个都是终端，一个都是网页（只有线路，不画页面），轮流量。
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

// measureBrowsers measures so many terminals and as many browsers, in turn.
func (d *desk) measureBrowsers(ctx context.Context, sessions int) (m browsersMeasured, err error) {
	d.progress("终端和网页：各 %d 个……", sessions)
	err = d.withScreens(ctx, sessions, false, func(ctx context.Context, terminals *screensBench) error {
		return d.withScreens(ctx, sessions, true, func(ctx context.Context, browsers *screensBench) error {
			defer func() { m = browsersMeasured{terminals.screensMeasured, browsers.screensMeasured} }()
			return inTurn(ctx, terminals, browsers)
		})
	})
	return m, err
}

// inTurn measures what it costs that people come, that nothing happens, that others
// sign in, that the floor goes on, and that somebody speaks, in each of these in turn.
func inTurn(ctx context.Context, each ...*screensBench) error {
	part := (each[0].Sessions + screensRounds - 1) / screensRounds
	for at := 0; at < each[0].Sessions; at += part {
		for _, b := range each {
			if err := b.join(b.w, b.plan, b.codes[at:min(at+part, b.Sessions)]); err != nil {
				return err
			}
		}
	}
	for _, b := range each {
		if err := b.idle(b.w); err != nil {
			return err
		}
	}
	changes := make([]series, len(each))
	for i := range browsersChanges {
		for k, b := range each {
			if err := changes[k].take(b.w, b.signIn(ctx, i)); err != nil {
				return err
			}
		}
	}
	for k, b := range each {
		b.CPU, b.Last, b.Bytes = changes[k].medians(b.Sessions)
		if err := b.begins(ctx); err != nil {
			return err
		}
	}
	changes = make([]series, len(each))
	for i := range screensChanges {
		for k, b := range each {
			if err := errors.Join(changes[k].take(b.w, b.floor(ctx, i)), b.pauses(ctx)); err != nil {
				return err
			}
		}
	}
	for k, b := range each {
		b.LiveCPU, b.Live, b.LiveBytes = changes[k].medians(b.Sessions)
		if err := b.speaks(ctx); err != nil {
			return err
		}
	}
	return nil
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
	row("会中换人发言", "字节/人", float64(t.LiveBytes), float64(b.LiveBytes))
	row("处理器", "毫秒/一处变化，所有人", t.LiveCPU, b.LiveCPU)
	row("有人发言", "毫秒处理器/秒，所有人", t.Speech, b.Speech)
}
