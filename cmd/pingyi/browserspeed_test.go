//go:build browser

package main

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// How soon the first page is there on a slow phone (a sixth of this processor, 5
// Mbit/s), and a page after a tap on a quick one. The floor is what the same browser
// needs there until it shows the 43 characters of /pin. What the main thread pays for
// both is processor time, not slowed: it is the same on a busy machine. The numbers
// are only printed.
func TestBrowserSpeed(t *testing.T) {
	r := newWebRig(t, 8)
	b := browser(t, r.wire)
	var floor, first, taps []float64
	const painted = `performance.getEntriesByName("first-contentful-paint")[0]`
	for range 5 {
		p := tab(b, t, "about:blank", 390, 844)
		call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6})
		r.wire.paces(5_000_000 / 8)
		site, _, _ := strings.Cut(r.link, "#")
		p.does(chromedp.Navigate(site + "pin"))
		floor = append(floor, p.awaits("the floor", painted).number(painted+".startTime"))
		p.does(chromedp.Navigate(r.link + "." + r.codes["m05"]))
		first = append(first, p.awaits("the first page", "window.firstPageAt").number("window.firstPageAt"))
		r.wire.paces(0)
		call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 1})
		p.tap("退出").tap("是，退出").sees("已退出")
	}
	var thread, threadFloor []float64
	for range 5 {
		p := tab(b, t, "about:blank", 390, 844)
		call(p, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
		site, _, _ := strings.Cut(r.link, "#")
		before := p.paid()
		p.does(chromedp.Navigate(site + "pin"))
		threadFloor = append(threadFloor, p.awaits("the floor", painted).paid()-before)
		before = p.paid()
		p.does(chromedp.Navigate(r.link + "." + r.codes["m05"]))
		thread = append(thread, p.awaits("the first page", "window.firstPageAt").paid()-before)
		p.tap("退出").tap("是，退出").sees("已退出")
	}
	p := r.joins(b, "m05").sees("现在请你：签到")
	if lines := p.number(`new Set(window.lines.filter(line => line.includes('"at"'))).size`); lines != 1 {
		t.Errorf("%v pages came before one was asked for", lines)
	}
	for i := range 10 {
		label := []string{"议程、材料", "返回"}[i%2]
		p.awaits("a page that stands still", button(label)+" && performance.now() - window.changedAt > 600")
		taps = append(taps, p.number(`new Promise(done => {
			const began = performance.now();
			new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => done(performance.now() - began)); })
				.observe(document.getElementById("title"), {subtree: true, childList: true, characterData: true});
			`+button(label)+`.click();
		})`))
	}
	t.Logf("ms to 43 characters at a sixth of the processor and 5 Mbit/s: %.0f", floor)
	t.Logf("ms to the first page at a sixth of the processor and 5 Mbit/s: %.0f", first)
	t.Logf("ms of the main thread's processor time for 43 characters: %.0f; for the first page: %.0f", threadFloor, thread)
	t.Logf("ms from a tap to its page: %.0f", taps)
}

// paid is how many milliseconds of processor time the page's main thread has worked.
func (p *phone) paid() float64 {
	p.t.Helper()
	for _, m := range call(p, performance.GetMetrics, cdp.Empty{}).Metrics {
		if m.Name == "TaskDuration" {
			return 1000 * m.Value
		}
	}
	p.t.Fatal("the browser does not tell what its tasks take")
	return 0
}

// number is the value of an expression.
func (p *phone) number(expression string) float64 {
	p.t.Helper()
	n, err := asks[float64](p, expression)
	if err != nil {
		p.t.Fatal(err)
	}
	return n
}
