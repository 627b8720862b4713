package tui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pingyi/meeting"
)

// broken is a fault with a cause.
type broken struct {
	code  string
	args  []string
	cause error
}

func (b broken) Error() string              { return "inside" }
func (b broken) Reason() (string, []string) { return b.code, b.args }
func (b broken) Unwrap() error              { return b.cause }

func TestFaultsArePhrasesInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, noun := range faults() {
		for code, text := range noun {
			if seen[code] {
				t.Errorf("%s has two sentences", code)
			}
			seen[code] = true
			for _, phrase := range []string{text.chinese, text.english} {
				if phrase == "" || strings.HasSuffix(phrase, "。") || strings.HasSuffix(phrase, ".") || ambiguous(phrase) != "" {
					t.Errorf("%s: %q", code, phrase)
				}
			}
			zh, en := places.FindAllString(text.chinese, -1), places.FindAllString(text.english, -1)
			slices.Sort(zh)
			slices.Sort(en)
			if !slices.Equal(slices.Compact(zh), slices.Compact(en)) {
				t.Errorf("%s puts in %v and %v", code, zh, en)
			}
		}
	}
}

// A person in the meeting reads why; who runs the server also what lies behind.
func TestAFaultIsSaidAndItsCauseExplained(t *testing.T) {
	inner := broken{"roster.id-twice", []string{"党员\x1b01"}, errors.New("disk full\nat /var/lib")}
	err := fmt.Errorf("act: %w", broken{"roster.nobody", nil, inner})
	for _, c := range []struct{ got, want string }{
		{chinese.Say(err), "表头下面没有人员：请每人填一行。"},
		{chinese.Explain(err), "表头下面没有人员：请每人填一行：编号与党员01重复：每人一个编号：disk full at /var/lib。"},
		{english.Explain(broken{"sheet.empty", nil, nil}), "There is nothing in the table: perhaps it is the wrong file."},
		{chinese.Explain(errors.New("disk full at /var/lib")), "没有做成：disk full at /var/lib。"},
		{chinese.Explain(broken{"sheet.unheard-of", nil, nil}), "没有做成：inside。"},
		{chinese.Explain(&meeting.Refusal{Code: meeting.NotBegun}), chinese.Say(&meeting.Refusal{Code: meeting.NotBegun})},
		{chinese.Say(&meeting.Refusal{Code: meeting.BadRoster, Args: []string{"3", "编号", "roster.id-twice", "党员01"}}), "名册第 3 行「编号」有误：编号与党员01重复：每人一个编号。请改正后再导入。"},
		{chinese.Explain(nil), ""},
		{chinese.Explain(&fs.PathError{Op: "open", Path: "/a/评议.backup", Err: syscall.ENOENT}), "没有做成：没有 /a/评议.backup：请检查路径。"},
		{chinese.Explain(&fs.PathError{Op: "read", Path: "/a/secret", Err: syscall.EISDIR}), "没有做成：/a/secret 不是文件，是文件夹、管道或设备：请检查路径。"},
	} {
		if c.got != c.want {
			t.Errorf("got  %q\nwant %q", c.got, c.want)
		}
	}
}

// Who has done something while nothing is recorded is told why, and who has waited for an answer
// that never came what to look at: not that time has passed.
func TestWhatWasNotRecordedIsToldWithWhy(t *testing.T) {
	full := broken{code: "bolt.full"}
	for _, c := range []struct {
		err  error
		says string
	}{
		{broken{code: "bolt.not-recorded", cause: full}, "没有记下：磁盘满了：请在服务器上腾出空间。恢复以后请再做一次。"},
		{broken{code: "etcd.not-recorded", cause: broken{code: "etcd.majority"}}, "没有记下：etcd 在，但是没有多数"},
		{broken{code: "etcd.not-recorded", cause: context.DeadlineExceeded}, "没有记下，因为现在什么都记不下来"},
		{broken{code: "etcd.doubt", cause: context.DeadlineExceeded}, "没有人知道记下了没有"},
		{broken{code: "etcd.doubt", cause: context.Canceled}, "没有等到结果"},
	} {
		if got := chinese.Say(c.err); !strings.Contains(got, c.says) {
			t.Errorf("%v is said as %q", c.err, got)
		}
	}
}
