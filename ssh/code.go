package ssh

import (
	"cmp"
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
// dashes, spaces, quotes, interpuncts and invisible characters, or the words
// 入会码. Of a longer text, such as a whole line of a message, it is the one word
// that can be a code. It returns "" for what cannot be a code.
func CleanCode(typed string) string {
	typed = halfWidth(typed)
	if code := onlyCode(typed); code != "" {
		return code
	}
	code := ""
	for _, word := range tenLetters.FindAllString(typed, -1) {
		word = onlyCode(word)
		if word != "" && code != "" && word != code {
			return "" // nobody knows which
		}
		code = cmp.Or(word, code)
	}
	return code
}

// tenLetters finds words of ten letters and digits, with or without the dash of a code.
var tenLetters = regexp.MustCompile(`\b[0-9A-Za-z]{5}[-‐–—]?[0-9A-Za-z]{5}\b`)

// halfWidth returns a text with ASCII for its full-width twins.
func halfWidth(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		return r
	}, text)
}

// onlyCode returns the letters of a text that is a code and nothing else.
func onlyCode(text string) string {
	var code strings.Builder
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r), strings.ContainsRune("入会码", r):
			continue
		}
		if !strings.ContainsRune(codeLetters, r) || code.Len() == codeLength {
			return ""
		}
		code.WriteRune(r)
	}
	if code.Len() != codeLength {
		return ""
	}
	return code.String()
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
