package draw_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"pingyi/tui/draw"
)

func wrapped(text string, width int) []string {
	var rows []string
	for _, l := range draw.Wrap(draw.Line{{Text: text, Tone: draw.Plain}}, width) {
		rows = append(rows, l.Drawn().Text())
	}
	return rows
}

func TestChineseTextBreaksWhereAReaderExpects(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"学习要深入，工作要扎实。", 10, "学习要深|入，工作要|扎实。"},
		{"加强（学习）", 6, "加强|（学|习）"},
		{"请用 ssh -p 2222 连接服务器", 12, "请用 ssh -p|2222 连接服|务器"},
		{"还有 6 位没有填", 6, "还有|6 位没|有填"},
		{"监票人：" + draw.Whole("党员05") + "、" + draw.Whole("党员07"), 16, "监票人：党员05、|党员07"},
		{"SHA256:abcdefghijkl", 8, "SHA256:a|bcdefghi|jkl"},
		{"", 10, ""},
	} {
		if got := strings.Join(wrapped(c.text, c.width), "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestWrappingLosesNothingAndKeepsTheWidth(t *testing.T) {
	parts := rapid.SampledFrom([]string{"学习", "，党员", "（会议）", "「测评」", "abc", " SSH ", "12 名", "。", "㛃", "2017-03-20"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(parts).Draw(t, "parts"), "")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		rows := wrapped(text, width)
		for i, row := range rows {
			if draw.Cells(row) > width {
				t.Fatalf("%q is wider than %d", row, width)
			}
			tight := width < 20 || strings.Contains(text, "。。。") || strings.Contains(text, " 。") || strings.Contains(text, " ，")
			if i > 0 && row != "" && !tight && strings.ContainsRune("，。）」", []rune(row)[0]) {
				t.Fatalf("a mark begins a row: %q", rows)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(rows, "")); got != squeeze(text) {
			t.Fatalf("%q became %q", text, rows)
		}
	})
}

// A short paragraph is not taken apart, and is the same line as one that was.
func TestAShortParagraphIsALine(t *testing.T) {
	parts := rapid.SampledFrom([]string{"学习", "，", draw.Whole("党员05"), "e\u0301", "abc", "  ", " ", "12 名", "é", "👍🏽", ""})
	tones := rapid.SampledFrom([]draw.Tone{draw.Plain, draw.Strong})
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOf(rapid.Custom(func(t *rapid.T) draw.Span { return draw.Span{Text: parts.Draw(t, "text"), Tone: tones.Draw(t, "tone")} })).Draw(t, "spans")
		width := max(2, draw.Line(spans).Width())
		short, exact := draw.Wrap(spans, 4*width), draw.Wrap(spans, width)
		if len(short) != 1 || len(exact) != 1 || !slices.Equal(short[0], exact[0]) {
			t.Fatalf("%v: %v with room, %v without", spans, short, exact)
		}
	})
}

func TestAListTakesLongNumbers(t *testing.T) {
	l := draw.List{}
	for _, c := range []struct {
		key  string
		want int
	}{{"1", 0}, {"2", 11}, {"3", 2}, {"1", 0}, {"9", 8}, {"down", 9}, {"up", 8}, {"home", 0}, {"up", 14}, {"pgup", 8}, {"pgup", 2}, {"pgup", 0}, {"pgdown", 6}, {"end", 14}} {
		l.Press(draw.Stroke{Name: c.key}, 15, 6)
		if l.At != c.want {
			t.Fatalf("after %s row %d, want %d", c.key, l.At, c.want)
		}
	}
}

func TestBigTypeIsAsLargeAsTheRoomAllows(t *testing.T) {
	for _, c := range []struct{ width, height, rows int }{{220, 40, 28}, {200, 40, 21}, {120, 20, 14}, {60, 10, 7}, {30, 7, 7}, {20, 7, 0}, {60, 6, 0}} {
		lines := draw.Big("12/14", draw.Filled, c.width, c.height)
		if len(lines) != c.rows {
			t.Errorf("%dx%d: %d rows, want %d", c.width, c.height, len(lines), c.rows)
		}
	}
}

// What most text consists of is counted without looking for clusters, and to the
// same number.
func TestCellsAreThoseOfTheTerminal(t *testing.T) {
	some := []string{"党", "员", "一", "鿿", "，", "。", "、", "「", "】", "《", "！", "～", "（", "a", "Z", " ", "~", "7", draw.Joiner, "é", "e\u0301", "一\u0301", "a\ufe0f", "👩‍🚀", "·", "　", "\u200d", "ａ", "〇", "가"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(some)).Draw(t, "text"), "")
		if got, want := draw.Cells(text), ansi.StringWidth(text); got != want {
			t.Fatalf("%q takes %d cells, not %d", text, got, want)
		}
	})
	for r := ' '; r <= '～'; r++ {
		if got, want := draw.Cells(string(r)), ansi.StringWidth(string(r)); got != want {
			t.Errorf("%U takes %d cells, not %d", r, got, want)
		}
	}
}
