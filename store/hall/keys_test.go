package hall

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pingyi/meeting"
)

// codes are vectors that BIP-39 publishes, and their Chinese words.
var codes = []struct{ entropy, english, chinese string }{
	{"00000000000000000000000000000000", "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about", "的的的的的的的的的的的在"},
	{"7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f", "legal winner thank year wave sausage worth useful legal winner thank yellow", "枪疫霉尝俩闹饿贤枪疫霉卿"},
	{"80808080808080808080808080808080", "letter advice cage absurd amount doctor acoustic avoid letter advice cage above", "壤对据人三谈我表壤对据不"},
	{"ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong", "歇歇歇歇歇歇歇歇歇歇歇逻"},
	{"9e885d952ad362caeb4efe34a8e91bd2", "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic", "蒙台脱纪构硫浆霉感仅鱼汤"},
	{"c0ba5a8e914111210f2bd131f3d5e08d", "scheme spot photo card baby mountain device kick cradle pact join borrow", "伐旱泡口线揭县杨断芳额件"},
	{"23db8160a31d3e0dca3688ed941adbf3", "cat swing flag economy stadium alone churn speed unique patch report train", "济扶块言穗定万绘姻逃颗焰"},
	{"f30f8c1da665478f49b001d94c5fc452", "vessel ladder alter error federal sibling chat ability sun glass valve picture", "昏途所够请乃风一雕缺垫阀"},
}

func TestARecoveryCodeIsTheTwelveWordsOfBIP39(t *testing.T) {
	for _, c := range codes {
		entropy, err := hex.DecodeString(c.entropy)
		if err != nil {
			t.Fatal(err)
		}
		if code, err := codeOf(entropy); err != nil || code != c.chinese {
			t.Errorf("the code of %s: %s, %v, want %s", c.entropy, code, err, c.chinese)
		}
		spaced := strings.Join(strings.Split(c.chinese, ""), " ")
		for _, typed := range []string{
			c.chinese, spaced, strings.ReplaceAll(spaced, " ", "、"), c.english, strings.ToUpper(c.english), strings.ReplaceAll(c.english, " ", "-"),
			"1. " + strings.ReplaceAll(c.english, " ", "\n2. "), "“" + strings.ReplaceAll(spaced, " ", "·") + "”。", "\u200b" + strings.Join(strings.Split(c.chinese, ""), "\u200b") + "\ufeff",
			wide(c.english), "１" + strings.ReplaceAll(spaced, " ", "２") + "；",
		} {
			if read, err := readCode(typed); err != nil || !bytes.Equal(read, entropy) {
				t.Errorf("%q is read as %x, %v, want %s", typed, read, err, c.entropy)
			}
		}
	}
}

// wide writes a text as an input method for Chinese does that was left full-width.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' {
			return '\u3000'
		}
		return r + '！' - '!'
	}, text)
}

func TestAMistypedRecoveryCodeIsRefused(t *testing.T) {
	for _, c := range []struct{ why, typed string }{
		{"nothing", ""},
		{"eleven words", "的的的的的的的的的的的"},
		{"thirteen words", "的的的的的的的的的的的在的"},
		{"a wrong checksum", "的的的的的的的的的的的的"},
		{"two words changed places", "台蒙脱纪构硫浆霉感仅鱼汤"},
		{"a character that is in no code", "的的的的的的的的的的的龘"},
		{"a word that is in no code", "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon pingyi"},
		{"the code and a word that is in no code", "legal winner thank year wave sausage worth useful legal winner thank yellow pingyi"},
		{"bytes that are no text", "的的的的的的的的的的的\xff"},
	} {
		if entropy, err := readCode(c.typed); err == nil {
			t.Errorf("%s: %q is read as %x", c.why, c.typed, entropy)
		}
	}
}

func TestOnlySixteenBytesHaveARecoveryCode(t *testing.T) {
	for _, n := range []int{0, 15, 17, 32} {
		if code, err := codeOf(make([]byte, n)); err == nil {
			t.Errorf("%d bytes have the code %s", n, code)
		}
	}
}

// FuzzARecoveryCode types and pastes whatever people may: what is read is the
// entropy of exactly that code, and a refusal names a word at most by its number,
// never by what was typed.
func FuzzARecoveryCode(f *testing.F) {
	for _, c := range codes {
		f.Add(c.chinese)
		f.Add(c.english)
		f.Add("\u3000" + strings.Join(strings.Split(c.chinese, ""), "，") + "\r")
		f.Add(strings.ToUpper(strings.ReplaceAll(c.english, " ", "-")) + " zoo")
	}
	for _, typed := range []string{"", " ", "的", "的abandon", "abandon的", "的\xff", "ｚｏｏ", strings.Repeat("的", 1<<10)} {
		f.Add(typed)
	}
	shown := bytes.Repeat([]byte{0x7f}, codeEntropy)
	f.Fuzz(func(t *testing.T, typed string) {
		same := retyped(typed, shown)
		entropy, no := readCode(typed)
		if no != nil {
			if same == nil {
				t.Errorf("%q is the code shown, and refused: %v", typed, no)
			}
			saysNothing(t, typed, no)
			return
		}
		code, err := codeOf(entropy)
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		if again, no := readCode(code); no != nil || !bytes.Equal(again, entropy) {
			t.Errorf("%q is read as %x, its code %s as %x, %v", typed, entropy, code, again, no)
		}
		if (same == nil) != bytes.Equal(entropy, shown) {
			t.Errorf("%q: %x, retyped as %x: %v", typed, entropy, shown, same)
		}
	})
}

// saysNothing checks that a refusal of a typed code holds a number at most.
func saysNothing(t *testing.T, typed string, no *meeting.Refusal) {
	t.Helper()
	if !slices.Contains([]meeting.Code{meeting.CodeWrong, meeting.CodeLength, meeting.CodeWordWrong}, no.Code) {
		t.Errorf("%q: %v", typed, no)
	}
	for _, arg := range no.Args {
		n, err := strconv.Atoi(arg)
		if err != nil || no.Code == meeting.CodeWordWrong && (n < 1 || n > codeWords) || no.Code == meeting.CodeLength && n == codeWords {
			t.Errorf("%q: %v says %q", typed, no.Code, arg)
		}
	}
}

// Whatever is taken out of memory is overwritten first.
func TestKeysAreOverwritten(t *testing.T) {
	k := newKeys()
	entropy := func(b byte) []byte { return bytes.Repeat([]byte{b}, codeEntropy) }
	gone := func(what string, list ...[]byte) {
		t.Helper()
		for _, one := range list {
			if !bytes.Equal(one, make([]byte, codeEntropy)) {
				t.Errorf("%s: %x", what, one)
			}
		}
	}
	first, second := entropy(1), entropy(2)
	k.show("m03", first)
	k.show("m03", second)
	gone("a code shown before", first)
	k.hold("m03", second)
	gone("a code that was typed", second)
	old := k.held["m03"]
	k.hold("m03", entropy(3))
	gone("a key of before", old)
	pending, held := entropy(4), k.held["m03"]
	k.show("m04", pending)
	k.wipe()
	gone("everything", pending, held)
	if k.holds("m03") || k.shown("m04") != nil {
		t.Error("there is still something after wiping")
	}
}
