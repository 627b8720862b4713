package ssh

import (
	"crypto/rand"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCodesAreReadAloudWithoutMistakes(t *testing.T) {
	form := regexp.MustCompile(`^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$`)
	seen := map[string]bool{}
	for range 1000 {
		code, err := NewCode(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !form.MatchString(code) || strings.ContainsAny(code, "01OIL") {
			t.Fatalf("code %q", code)
		}
		if seen[code] {
			t.Fatalf("%q came twice", code)
		}
		seen[code] = true
	}
	if _, err := NewCode(strings.NewReader("too short")); err == nil {
		t.Error("a code was made without enough randomness")
	}
}

func TestEveryLetterIsEquallyLikely(t *testing.T) {
	var all [256]byte
	for i := range all {
		all[i] = byte(i)
	}
	count := map[byte]int{}
	for start := 0; start < 256; start += 16 {
		code, err := NewCode(strings.NewReader(string(all[start:]) + string(all[:start])))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []byte(CleanCode(code)) {
			count[c]++
		}
	}
	for b := 248; b < 256; b++ {
		code, err := NewCode(strings.NewReader(strings.Repeat(string([]byte{byte(b)}), 16) + strings.Repeat("\x05", 16)))
		if err != nil || CleanCode(code) != "7777777777" {
			t.Errorf("byte %d is not passed over: %q", b, code)
		}
	}
	if len(count) < 25 {
		t.Errorf("only %d letters in use", len(count))
	}
}

func TestACodeIsTakenAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]string{
		"K7QF2-M9DWA":                   "K7QF2M9DWA",
		"k7qf2m9dwa":                    "K7QF2M9DWA",
		" K7 QF2 M9DWA":                 "K7QF2M9DWA",
		"ｋ７ｑｆ２－ｍ９ｄｗａ":                   "K7QF2M9DWA",
		"K7QF2—M9DWA\n":                 "K7QF2M9DWA",
		"K7QF2　M9DWA":                   "K7QF2M9DWA",
		"\u200bK7QF2-\u2060M9DWA\ufeff": "K7QF2M9DWA",
		"“K7QF2-M9DWA”":                 "K7QF2M9DWA",
		"'k7qf2-m9dwa'":                 "K7QF2M9DWA",
		"「K7QF2·M9DWA」":                 "K7QF2M9DWA",
		"入会码：K7QF2-M9DWA":               "K7QF2M9DWA",
		"入会码:K7QF2•M9DWA。":              "K7QF2M9DWA",
		"入会码 K7QF2-M9DWA":               "K7QF2M9DWA",
		"\u202aＫ７ＱＦ２\u00adＭ９ＤＷＡ\u202c\r\n": "K7QF2M9DWA",
		"党员03 K7QF2-M9DWA":                 "K7QF2M9DWA",
		"m23　k7qf2m9dwa":                   "K7QF2M9DWA",
		"党员03，您的入会码是K7QF2-M9DWA，请保管好。 ssh -p 2222 192.168.1.5":        "K7QF2M9DWA",
		"http://192.168.1.5:8080/#Wq3JcZz0m4Y8uX1b_fKQvA.K7QF2-M9DWA": "K7QF2M9DWA",
		"K7QF2-M9DWA K7QF2-M9DWA":           "K7QF2M9DWA",
		"党员03 K7QF2-M9DWA 党员04 W3RTX-B8HNC": "",
		"党员03K7QF2-M9DWA":                   "",
		"党员04 K7QF2 M9DWA":                  "K7QF2M9DWA",
		"there K7QF2-M9DWA":                 "K7QF2M9DWA",
		"党员04 K7QF2-M9DWA":                  "K7QF2M9DWA",
		"m04,党员04,K7QF2-M9DWA":              "K7QF2M9DWA",
		"党员０４：ｋ７ｑｆ２ｍ９ｄｗａ（请勿转发）": "K7QF2M9DWA",
		"K7QF2-M9DWA K7QF2-M9DWB": "",
		"党员04 K7QF2-M9DW":         "",
		"党员04 K7QF2-M9DWAA":       "",
		"入会码：":                    "",
		"K7QF2-M9DW":              "",
		"K7QF2-M9DWAA":            "",
		"K7QF2-M9DW0":             "",
		"K7QF2-M9DW!":             "",
		"党员":                      "",
		"":                        "",
	} {
		if got := CleanCode(typed); got != want {
			t.Errorf("CleanCode(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestTheSameCodeHasTheSameHashHoweverTyped(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune(codeLetters)), codeLength, codeLength, -1).Draw(t, "code")
		typed := strings.ToLower(letters[:3]) + " - " + letters[3:]
		if HashCode(secret, typed) != HashCode(secret, letters) {
			t.Fatalf("%q and %q differ", typed, letters)
		}
		if HashCode([]byte("another secret"), letters) == HashCode(secret, letters) {
			t.Fatal("the hash does not depend on the secret")
		}
	})
}
