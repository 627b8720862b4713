package tui

import "testing"

// Whoever facilitates is told that no copy was made, and goes on.
func TestTheConsoleSaysThatNoCopyWasMade(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03").seesNo("自动备份")
	chair.app.Uncopied = func() string { return "磁盘满了。" }
	chair.press("?").press("esc").sees("自动备份没有写成：磁盘满了。", "会议照常进行", "第 3/14 项")
	chair.app.Uncopied = func() string { return "" }
	chair.press("?").press("esc").seesNo("自动备份")
}
