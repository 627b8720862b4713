package main

import (
	"path/filepath"
	"testing"
)

// The meeting whose papers are measured is a whole one.
func TestBenchPapers(t *testing.T) {
	m, err := measurePapers(t.Context(), filepath.Join(t.TempDir(), "b.db"), 8)
	if err != nil {
		t.Fatal(err)
	}
	if m.Members != 8 || m.Files < 60 || m.All <= 0 || m.Two <= 0 {
		t.Errorf("%+v", m)
	}
}

// A goal says by itself whether it is met: most numbers should be small, a speed large.
func TestBenchGoals(t *testing.T) {
	m := benched{Screens: make([]screensCompared, len(benchedScreens))}
	for i, n := range benchedScreens {
		m.Screens[i].Sessions = n
		m.Screens[i].Join, m.Screens[i].CPU, m.Screens[i].LiveCPU = 1, float64(n), float64(n)
		m.Screens[i].Ratios.Join = 1.6
	}
	m.Votes.Durable = []durableMeasured{{Writers: 64, RateRatio: 0.79, P99Ratio: 2}}
	m.Start.Papers = []papersMeasured{{Members: 50, All: 1999, Two: 701}}
	m.Browsers.Terminals = screensMeasured{Sessions: 60, Memory: 100, Join: 1, CPU: 1}
	m.Browsers.Browsers = screensMeasured{Sessions: 60, Memory: 131, Join: 1.2, CPU: 2.9}
	met := map[string]bool{}
	for _, g := range m.goals() {
		met[g.What] = g.Met
	}
	for what, want := range map[string]bool{
		"进入，100 人：处理器和底线比": false, "会前一处变化：每人，2000 人和 100 人比": true, "Room.Do，64 人同时：速度和 bbolt 一起写比": false,
		"网页，60 人：内存和终端比": false, "网页，60 人进入：处理器和终端比": true, "网页，60 人，一处变化：处理器和终端比": false,
		"Room.Do，64 人同时：99% 和 bbolt 一起写比": true, "全部材料，50 人，1 核：毫秒": true, "会议记录和计票结果，50 人，1 核：毫秒": false,
	} {
		if got, known := met[what]; !known || got != want {
			t.Errorf("%s: %v, known %v", what, got, known)
		}
	}
}
