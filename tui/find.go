package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	pinyin "github.com/mozillazg/go-pinyin"

	"pingyi/meeting"
)

// finds reports whether a query means a member. It may be a part of the 编号 or
// of the name, or the name in pinyin from any character on: initials (zw for
// 张伟), whole syllables (zhangwei), or their beginnings (zhw). Every reading
// of a character counts (单: shan, dan, chan). Case, full-width forms and
// spaces do not matter. An empty query finds everybody.
func finds(query string, m meeting.Member) bool {
	q, name := folded(query), folded(m.Name)
	if strings.Contains(folded(string(m.ID)), q) || strings.Contains(name, q) {
		return true
	}
	for i := range name {
		if spells(q, name[i:]) {
			return true
		}
	}
	return false
}

// spells reports whether q spells the beginning of a name: each character as
// itself or as the beginning of one of its readings.
func spells(q, name string) bool {
	if name == "" {
		return false
	}
	r, size := utf8.DecodeRuneInString(name)
	for _, reading := range append(readings(r), string(r)) {
		for n := common(q, reading); n > 0; n-- {
			if n == len(q) || spells(q[n:], name[size:]) {
				return true
			}
		}
	}
	return false
}

// common returns the length of the common beginning of two texts.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// readings returns the syllables of a character without tones; lü is lv and lu.
func readings(r rune) []string {
	list := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true})
	for _, syllable := range list {
		if u := strings.ReplaceAll(syllable, "v", "u"); u != syllable {
			list = append(list, u)
		}
	}
	return list
}

// folded returns a text for comparing: half-width, lower case, without spaces
// and the dots between the parts of a name.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full-width ASCII
			r -= '！' - '!'
		case unicode.IsSpace(r), r == '·', r == '•', r == '‧', r == '・':
			return -1
		}
		if r = unicode.ToLower(r); r == 'ü' {
			return 'v'
		}
		return r
	}, text)
}
