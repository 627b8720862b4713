package ssh

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
)

// What waits is a word for everybody, by JSON, as a list to print and as a
// calendar; the organisation's day counts, and what is late is the superior's too.
func TestTasksOverSSH(t *testing.T) {
	h, _ := newOrgHouse(t)
	find := func(who meeting.MemberID, words, what string) (task, bool) {
		t.Helper()
		var list []task
		h.asks(who, words, "", &list)
		i := slices.IndexFunc(list, func(one task) bool { return one.What == what })
		if i < 0 {
			return task{}, false
		}
		return list[i], true
	}
	if one, _ := find("m01", "tasks", "plan"); one.Until != "2017-03-16" || one.Level != "red" || one.Text != "写方案" {
		t.Errorf("by the organisation's day: %+v", one)
	}
	if _, waits := find("m05", "tasks", "plan"); waits {
		t.Error("a member writes the plan")
	}
	if one, _ := find("s1", "in b1 tasks", "plan"); one.Level != "red" || !strings.Contains(one.Text, "逾期") {
		t.Errorf("the superior in the branch: %+v", one)
	}
	h.asks("m01", "plan add", aPlan, &recordAnswer{})
	h.asks("m01", "plan submit", "", &recordAnswer{})
	if one, _ := find("s1", "tasks", "plan"); one.Branch != "b1" || one.No != 1 || one.Text != "审定：方案" {
		t.Errorf("the superior: %+v", one)
	}
	h.asks("m01", "notice add", `{"time":"2017-03-20T14:30","place":"301, 主楼","theme":"专题组织生活会"}`, &recordAnswer{})
	h.asks("m01", "notice send", "", &recordAnswer{})
	if a := h.says("m05", "tasks", ""); a.exit != exitOK || !strings.Contains(a.out, "确认：会议通知　2017-03-20") {
		t.Errorf("the list: %+v", a)
	}
	ics := h.says("m05", "tasks --ics", "").out
	lines := readCalendar(t, ics)
	if got := strings.Join(valuesOf(lines, "SUMMARY"), "|"); !strings.HasPrefix(got, "专题组织生活会|") || !strings.Contains(got, "写发言提纲") {
		t.Errorf("summaries: %s", got)
	}
	if got := valuesOf(lines, "DTSTART"); !slices.Equal(got, []string{"20170320T063000Z"}) {
		t.Errorf("the meeting begins at %s", got)
	}
	ids := valuesOf(lines, "UID")
	if again := valuesOf(readCalendar(t, h.says("m05", "tasks --ics", "").out), "UID"); !slices.Equal(ids, again) || len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
		t.Errorf("ids: %v, then %v", ids, again)
	}
	readCalendar(t, h.says("s1", "tasks --ics", "").out)
	if a := h.says("m05", "tasks 3", ""); a.exit != exitUsage {
		t.Errorf("%+v", a)
	}
}
