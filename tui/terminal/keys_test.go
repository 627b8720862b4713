package terminal

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// heard is what keys tell, as words.
func heard(in io.Reader) (words []string) {
	_ = ReadKeys(in, func(m tea.Msg) { // until in ends
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
		"\x1bOA\x1bOM\x1bOH\x1bOq":       {"up", "enter", "home", "1"}, // of applications, and the keypad
		"\x1b\x1b[A\x1bO5B":              {"alt+up", "ctrl+down"},
		"\x1b[2$y":                       {"shift+insert", "y"}, // rxvt
		"\r\n\n\r":                       {"enter", "ctrl+j", "enter"},
	} {
		if got := heard(strings.NewReader(in)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := heard(iotest.OneByteReader(strings.NewReader(in))); !slices.Equal(got, want) {
			t.Errorf("%q byte by byte: %q, want %q", in, got, want)
		}
	}
}

// Characters that come at once with the end of a line, or with many others, are
// a paste, also of a terminal that does not mark it; what fingers do are keys.
func TestTextAtOnceIsAPaste(t *testing.T) {
	for _, c := range []struct {
		reads []string
		want  []string
	}{
		{[]string{"1\r1\r"}, []string{"paste:1\r1\r"}},
		{[]string{"\n1\ny\n"}, []string{"paste:\n1\ny\n"}},
		{[]string{"党员\n多联系\xe7\xbe", "\xa4众", "\r"}, []string{"paste:党员\n多联系", "paste:群众", "paste:\r"}},
		{[]string{"1\r"}, []string{"1", "enter"}},
		{[]string{"明天开会\r"}, []string{"paste:明天开会\r"}},
		{[]string{"明天下午三点在二楼会议室开会，请准时", "到会。", "\r"}, []string{"paste:明天下午三点在二楼会议室开会，请准时", "paste:到会。", "paste:\r"}},
		{[]string{"ABCDEFGHJK", "\r"}, strings.Split("A B C D E F G H J K enter", " ")}, // a scanner
		{[]string{"\r\r\r"}, []string{"enter", "enter", "enter"}},
		{[]string{"A\r\n"}, []string{"A", "enter"}},
		{[]string{"AB\r\n"}, []string{"paste:AB\r\n"}},
		{[]string{"\x1b[<0;1", "2;3M1\r2\r"}, []string{"paste:1\r2\r"}},
		{[]string{"1\r\x1b[M !!1\r"}, []string{"paste:1\r", "paste:1\r"}}, // a click of X10's mouse
		{[]string{"党员\n\x1b[12;40Ry\n\x1b]11;rgb:0000/0000/0000\ax"}, []string{"paste:党员\n", "paste:y\n", "paste:x"}},
		{[]string{"1\r\x1b[12;40R", "1\r"}, []string{"1", "enter", "1", "enter"}}, // two lines that were typed
		{[]string{"党员\n\x1b[12;40R", "1\r"}, []string{"paste:党员\n", "paste:1\r"}},
		{[]string{"党员\n\x1b[M !", "!1\ry\r"}, []string{"paste:党员\n", "paste:1\ry\r"}},
		{[]string{"1\x1b[?2026;2$y"}, []string{"1"}},
		{[]string{"é", "é", "\r"}, []string{"é", "é", "enter"}}, // which wait for what follows: they may be GB18030
		{[]string{"ab\n\x1b[A1\r"}, []string{"paste:ab\n", "up", "1", "enter"}},
		{[]string{"1\r\x1b[A1\r"}, []string{"1", "enter", "up", "1", "enter"}},
		{[]string{"\x1b[200~a\nb", "\nc\x1b[201~1"}, []string{"paste:a\nb\nc", "1"}},
		{[]string{"ab\n", "\x03", "q"}, []string{"paste:ab\n", "ctrl+c", "q"}},
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
	go func() { _ = ReadKeys(in, func(m tea.Msg) { told <- m }) }()
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

// Text that is no UTF-8 is GB18030, also where its first characters could be
// both; what is UTF-8 stays so.
func TestAnotherEncodingIsRead(t *testing.T) {
	gb := func(text string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct{ in, want string }{
		{gb("同意"), "同意?"},
		{gb("学习不够深入"), "学习不够深入?"},
		{gb("员工镕"), "员工镕?"},
		{gb("䶮") + "1", "䶮1?"},
		{gb("党员") + "\r" + "党员é·", "党员enter党员é·?"},
		{"éé1", "éé1"},
		{"é优", "é优"},
		{"·", "·"},
	} {
		if got := strings.Join(heard(iotest.OneByteReader(strings.NewReader(c.in))), ""); strings.ReplaceAll(got, "?", "")+"?" != strings.TrimSuffix(c.want, "?")+"?" || strings.Contains(got, "?") != strings.Contains(c.want, "?") {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
	for _, in := range []string{gb("会议通知：明天下午开会\r"), "\x1b[200~" + gb("会议通知：明天下午开会\r") + "\x1b[201~"} {
		if got := heard(strings.NewReader(in)); !slices.Equal(got, []string{"paste:会议通知：明天下午开会\r", "?"}) {
			t.Errorf("%q", got)
		}
	}
}

// replies are what terminals send though nobody pressed a key: mice, focus, and
// the answers to questions that another program may have asked before.
var replies = []string{
	"\x1b[M !!", "\x1b[M#\xe0\xff", "\x1b[Mqqq", // X10's mouse
	"\x1b[32;10;20M", "\x1b[<0;10;20M", "\x1b[<35;120;40m",
	"\x1b[I", "\x1b[O",
	"\x1b[?62;22c", "\x1b[>1;10;0c", "\x1b[0n", "\x1b[3;1R", "\x1b[1;1R", "\x1b[1;5R", "\x1b[?1;2R", "\x1b[?2026;2$y", "\x1b[4;1$y",
	"\x1b[?1u", "\x1b[>4;2m", "\x1b[?997;1n", "\x1b[8;24;80t", "\x1b[48;24;80;0;0t",
	"\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]10;rgb:ffff/ffff/ffff\a", "\x1b]4;1;rgb:1/1/1\a", "\x1b]52;c;5ZGY\a", "\x1b]lq 最近 y\x1b\\",
	"\x1bP>|XTerm(397)\x1b\\", "\x1bP!|00000000\x1b\\", "\x1bP1$r0m\x1b\\", "\x1bP0+r5443\x1b\\", "\x1bXquiet\x1b\\", "\x1b^y\x1b\\", "\x1b_Gi=31;OK\x1b\\",
	"\x1b[[A", "\x1b[15;1:3u",
}

// slowly reads bytes one by one, each some time after the one before.
type slowly struct {
	rest  []byte
	after time.Duration
}

func (s *slowly) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		return 0, io.EOF
	}
	time.Sleep(s.after)
	n := copy(p[:1], s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// A reply is dropped whole, however slowly it arrives. If the line stalls right
// behind its Esc that is taken for the key, but no letter is.
func TestRepliesAreNoKeys(t *testing.T) {
	for _, reply := range replies {
		for _, in := range []io.Reader{strings.NewReader(reply + "y"), iotest.OneByteReader(strings.NewReader(reply + "y"))} {
			if got := heard(in); !slices.Equal(got, []string{"y"}) {
				t.Errorf("%q: %q", reply, got)
			}
		}
		for _, after := range []time.Duration{40 * time.Millisecond, 80 * time.Millisecond, 300 * time.Millisecond} {
			synctest.Test(t, func(t *testing.T) {
				got := heard(&slowly{[]byte(reply + "y"), after})
				if after > escTime {
					if strings.Count(reply, "\x1b") == 2 && slices.Contains(got[1:len(got)-1], "esc") || got[0] != "esc" {
						t.Errorf("%q every %s: %q", reply, after, got)
					}
					got = got[1:]
				}
				if !slices.Equal(got, []string{"y"}) {
					t.Errorf("%q every %s: %q", reply, after, got)
				}
			})
		}
	}
}

// A key whose sequence is split is still that key, wherever the line stalls.
func TestASequenceIsWaitedFor(t *testing.T) {
	for in, want := range map[string]string{"\x1b[A": "up", "\x1bOB": "down", "\x1b[5~": "pgup", "\x1b[1;5C": "ctrl+right", "优": "优"} {
		for at := 1; at < len(in); at++ {
			for _, after := range []time.Duration{80 * time.Millisecond, 900 * time.Millisecond} {
				synctest.Test(t, func(t *testing.T) {
					got := heard(io.MultiReader(strings.NewReader(in[:at]), &slowly{[]byte(in[at : at+1]), after}, strings.NewReader(in[at+1:])))
					if at == 1 && in[0] == 0x1b { // the Esc seemed to be alone
						if got[0] != "esc" {
							t.Errorf("%q: %q", in, got)
						}
						got = got[1:]
					}
					if !slices.Equal(got, []string{want}) {
						t.Errorf("%q split at %d, %s: %q", in, at, after, got)
					}
				})
			}
		}
	}
}

// A sequence that never ends is given up, and keys count again.
func TestASequenceThatBreaksOffIsDropped(t *testing.T) {
	for _, in := range []string{"\x1b[", "\x1b[1;", "\x1bO", "\x1b]11;rgb:", "\x1bP>|XTerm", "\x1b[M!", "\xe4"} {
		synctest.Test(t, func(t *testing.T) {
			got := heard(io.MultiReader(strings.NewReader(in), &slowly{[]byte("y"), sequenceTime + time.Millisecond}))
			if !slices.Equal(got, []string{"y"}) {
				t.Errorf("%q, and nothing more: %q", in, got)
			}
		})
		if got := heard(strings.NewReader(in + "\r")); !slices.Equal(got, []string{"enter"}) {
			t.Errorf("%q, and Enter: %q", in, got)
		}
	}
}

// FuzzKeys splits bytes anywhere: the keys are the same as at once.
func FuzzKeys(f *testing.F) {
	for i, reply := range append(replies, "y１优秀\x1b[A\r", "\x1b[200~一\n二 \x1b[A\x1b[201~y", "\x1b\x1b[A", "\xe4\xbc\xe4\xbc\x9a") {
		f.Add([]byte(reply+"y"+reply), uint64(i)*0x9e3779b97f4a7c15)
	}
	f.Fuzz(func(t *testing.T, in []byte, cuts uint64) {
		if len(in) > 64 {
			t.Skip()
		}
		whole := heard(iotest.OneByteReader(bytes.NewReader(in))) // at once some are a paste
		var parts []io.Reader
		for len(in) > 0 {
			n := min(len(in), 1+int(cuts&3))
			cuts >>= 2
			if plain(in[:n]) || bytes.ContainsAny(in[:n], "\r\n") { // several characters and the end of a line are a paste
				n = 1
			}
			parts = append(parts, bytes.NewReader(in[:n]))
			in = in[n:]
		}
		got := heard(io.MultiReader(parts...))
		notes := func(word string) bool { return word == "?" } // of an encoding, once a read
		if !slices.Equal(slices.DeleteFunc(got, notes), slices.DeleteFunc(whole, notes)) {
			t.Errorf("%q, and byte by byte %q", got, whole)
		}
	})
}
