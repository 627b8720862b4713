package ssh

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
)

// codeLetters are the letters of join codes: no 0 O, no 1 I L, so that a code
// survives being read aloud and copied by hand.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// codeLength is the number of letters in a join code: 31^10 is about 2^49.5.
const codeLength = 10

// CodePrompt asks for a join code. It begins in ASCII because OpenSSH shows the
// rest as escape codes where its locale is not UTF-8.
const CodePrompt = "Join code / 入会码（纸条上 10 个字母和数字，输入时不显示）: "

// LeavePrompt ends the last question, which is none.
const LeavePrompt = "Press Enter / 按回车结束。"

// NewCode makes a join code such as K7QF2-M9DWA.
func NewCode(rand io.Reader) (string, error) {
	var code []byte
	buf := make([]byte, 16)
	for len(code) < codeLength {
		if _, err := io.ReadFull(rand, buf); err != nil {
			return "", fmt.Errorf("ssh: new join code: %w", err)
		}
		for _, b := range buf {
			// Bytes beyond the last whole multiple would favour the first letters.
			if int(b) < 256/len(codeLetters)*len(codeLetters) && len(code) < codeLength {
				code = append(code, codeLetters[int(b)%len(codeLetters)])
			}
		}
	}
	return string(code[:codeLength/2]) + "-" + string(code[codeLength/2:]), nil
}

// CleanCode returns the ten letters of a typed or pasted code: any case,
// full-width forms, and anywhere in it what is neither letter nor digit, such as
// dashes, spaces, quotes, interpuncts and invisible characters, or Chinese
// characters, as of a name or of the words 入会码. Of a longer text, such as a row of
// the table of codes or a whole message, it is the one part that looks like a code. It
// returns "" for what cannot be a code.
func CleanCode(typed string) string {
	text := narrowed(typed)
	if code := strings.Join(codeParts(text), ""); isCode(code) {
		return code
	}
	for _, form := range []*regexp.Regexp{codeWord, codeWords} {
		found := ""
		for _, part := range form.FindAllString(text, -1) {
			code := strings.Join(codeParts(part), "")
			if !isCode(code) {
				continue
			}
			if found != "" && found != code {
				return "" // nobody knows which
			}
			found = code
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// What of a longer text can be a code: a word, as codes are printed or without the
// dash, or else two.
var (
	codeWord  = regexp.MustCompile(`\b[0-9A-Z]{5}[-‐–—]?[0-9A-Z]{5}\b`)
	codeWords = regexp.MustCompile(`\b[0-9A-Z]{5}[^0-9A-Z]{1,3}[0-9A-Z]{5}\b`)
)

// codeParts are the letters and digits of a text, in the runs in which they stand.
func codeParts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// narrowed returns text in ASCII capitals as far as it can be, with a space for
// each Chinese character and nothing for what is invisible.
func narrowed(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // the full-width twins of ASCII
			r -= '！' - '!'
		}
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case unicode.Is(unicode.Han, r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}

// isCode reports whether text is the ten letters of a code.
func isCode(text string) bool {
	return len(text) == codeLength && strings.Trim(text, codeLetters) == ""
}

// notACode says why what was typed cannot be a code, in both languages.
func notACode(typed string) (english, chinese string) {
	if text := strings.Join(codeParts(narrowed(typed)), ""); len(text) == codeLength && isCode(strings.Map(misread, text)) {
		return "Not a code: codes have no 0 O 1 I L", "入会码里没有 0、O、1、I、L：请对照纸条，看清那是哪个字母再输。"
	}
	return "Not a code: 10 letters and digits", "入会码是纸条上的 10 个字母和数字：请对照纸条再输。"
}

// misread makes a letter of codes of one that they do not have because it looks like
// another.
func misread(r rune) rune {
	if strings.ContainsRune("0O1IL", r) {
		return 'A'
	}
	return r
}

// HashCode returns what is stored of a join code ([pingyi/meeting.IssueCodes]):
// HMAC-SHA256 under the data folder's secret, in hexadecimal. Without the
// secret nobody can try codes against a stolen database.
func HashCode(secret []byte, code string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("pingyi join code\x00"))
	mac.Write([]byte(CleanCode(code)))
	return hex.EncodeToString(mac.Sum(nil))
}
