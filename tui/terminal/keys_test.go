package terminal

import (
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	tea "charm.land/bubbletea/v2"
)

// heard is what keys tell, as words.
func heard(in io.Reader) (words []string) {
	ReadKeys(in, func(m tea.Msg) {
		switch m := m.(type) {
		case tea.KeyPressMsg:
			words = append(words, m.String())
		case tea.PasteMsg:
			words = append(words, "paste:"+m.Content)
		default:
			words = append(words, "?")
		}
	})
	return words
}

func TestKeysAndPastes(t *testing.T) {
	for in, want := range map[string][]string{
		"y１优秀":                           {"y", "１", "优", "秀"},
		"\r\t\x7f\x03 ":                  {"enter", "tab", "backspace", "ctrl+c", "space"},
		"\x1b[A\x1bOB\x1b[1;5C":          {"up", "down", "ctrl+right"},
		"\x1b[5~\x1b[6~\x1b[3~":          {"pgup", "pgdown", "delete"},
		"\x1b[H\x1b[F\x1b[1~\x1b[4~":     {"home", "end", "home", "end"},
		"\x1b[7~\x1b[8~":                 {"home", "end"}, // rxvt
		"\x1b[Z\x1ba":                    {"shift+tab", "alt+a"},
		"\x1b":                           {"esc"},
		"\x1b[200~一\n二 \x1b[A\x1b[201~y": {"paste:一\n二 \x1b[A", "y"},
		"\x1b[200~\x1b[201~":             {"paste:"},
		"a\x1b[200~never ends":           {"a"},
		"\xff":                           nil,
		"\x1b[48;9999;9999;0;0ty":        {"y"}, // a size that nobody asked for
		"\x1b[8;9999;9999ty":             {"y"},
		"\x1b[12;40Ry\x1b[?2026;2$yz":    {"y", "z"},
		"\x1b]11;rgb:0000/0000/0000\ay":  {"y"},
	} {
		if got := heard(strings.NewReader(in)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := heard(iotest.OneByteReader(strings.NewReader(in))); !slices.Equal(got, want) {
			t.Errorf("%q byte by byte: %q, want %q", in, got, want)
		}
	}
}

// Several lines at once are a paste, also of a terminal that does not mark it; a
// line, a scanner's code with its Enter and what fingers do are keys.
func TestSeveralLinesAtOnceAreAPaste(t *testing.T) {
	for _, c := range []struct {
		reads []string
		want  []string
	}{
		{[]string{"1\r1\r"}, []string{"paste:1\r1\r"}},
		{[]string{"\n1\ny\n"}, []string{"paste:\n1\ny\n"}},
		{[]string{"党员\n多联系\xe7\xbe", "\xa4众", "\r"}, []string{"paste:党员\n多联系", "paste:群众", "paste:\r"}},
		{[]string{"1\r"}, []string{"1", "enter"}},
		{[]string{"\r\r\r"}, []string{"enter", "enter", "enter"}},
		{[]string{"AB\r\n"}, []string{"A", "B", "enter", "ctrl+j"}},
		{[]string{"1\r\x1b[A1\r"}, []string{"1", "enter", "up", "1", "enter"}},
		{[]string{"\x1b[200~a\nb", "\nc\x1b[201~1"}, []string{"paste:a\nb\nc", "1"}},
		{[]string{"a\nb", "\x03"}, []string{"paste:a\nb", "ctrl+c"}},
	} {
		var each []io.Reader
		for _, text := range c.reads {
			each = append(each, strings.NewReader(text))
		}
		if got := heard(io.MultiReader(each...)); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.reads, got, c.want)
		}
	}
}

// TestEscIsAKeyWhenNothingFollows, although the terminal stays.
func TestEscIsAKeyWhenNothingFollows(t *testing.T) {
	in, out := io.Pipe()
	defer out.Close()
	told := make(chan tea.Msg, 10)
	go ReadKeys(in, func(m tea.Msg) { told <- m })
	for range 2 {
		if _, err := out.Write([]byte{0x1b}); err != nil {
			t.Fatal(err)
		}
		if k, ok := wait(t, "key", told).(tea.KeyPressMsg); !ok || k.String() != "esc" {
			t.Fatalf("it is %v", k)
		}
	}
}

func TestNoPasteAndNoSequenceIsTooLong(t *testing.T) {
	in := "\x1b[200~" + strings.Repeat("党", pasteMost) + "\x1b[201~" + "\x1b]0;" + strings.Repeat("x", 100*sequenceMost)
	words := heard(strings.NewReader(in))
	if len(words) == 0 || len(words[0]) > pasteMost+len("paste:") || len(words[0]) < pasteMost {
		t.Errorf("%d words, the first of %d bytes", len(words), len(words[0]))
	}
}
