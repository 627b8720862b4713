package meeting

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Why what somebody typed is refused.
const (
	ControlCharacters Code = "control-characters"
	PrivateUse        Code = "private-use" // the character, as U+E000
	GarbledText       Code = "garbled-text"
	TextMissing       Code = "text-missing"
	ReasonMissing     Code = "reason-missing"
	TextTooLong       Code = "text-too-long" // characters, most
	BadNumber         Code = "bad-number"    // number, least, most
	UnknownWord       Code = "unknown-word"  // word, the words
)

// CheckText refuses a text of one line that cannot be stored: a blank one, one
// with control or formatting characters, or one longer than most characters.
func CheckText(text string, most int) *Refusal { return badText(text, most) }

// CheckField is [CheckText] for one of several texts: the refusal names it by its label.
func CheckField(label, text string, most int) *Refusal { return named(label, badText(text, most)) }

// named is what is wrong with a text, with the label of the text.
func named(label string, no *Refusal) *Refusal {
	if no == nil {
		return nil
	}
	return &Refusal{Code: FieldText, Args: append([]string{label, string(no.Code)}, no.Args...)}
}

// CheckID refuses what cannot be the id of a person or a branch.
func CheckID(id string) *Refusal { return need(validID(id), BadID, id) }

// badText refuses text that is blank, has control or formatting characters, or
// is longer than most characters. Line breaks are refused too: see [badSpeech].
func badText(text string, most int) *Refusal {
	n := utf8.RuneCountInString(text)
	for _, r := range text {
		if no := unprintable(r); no != nil {
			return no
		}
	}
	switch {
	case strings.TrimSpace(text) == "":
		return refuse(TextMissing)
	case n > most:
		return refuse(TextTooLong, n, most)
	}
	return nil
}

// badReason is [badText] for why something is done.
func badReason(text string, most int) *Refusal { return first(noReason(text), badText(text, most)) }

// noReason refuses a reason that says nothing.
func noReason(text string) *Refusal { return need(strings.TrimSpace(text) != "", ReasonMissing) }

// unprintable refuses characters that could act on a terminal or hide text
// (controls, bidirectional overrides), those that every machine draws
// differently, and broken bytes.
func unprintable(r rune) *Refusal {
	switch {
	case r == utf8.RuneError:
		return refuse(GarbledText)
	case unicode.Is(unicode.Co, r):
		return refuse(PrivateUse, fmt.Sprintf("%U", r))
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
		return refuse(ControlCharacters)
	}
	return nil
}

// badSpeech is [badText] for texts of several lines, at most maxSpeech
// characters.
func badSpeech(text string) *Refusal { return badLines(text, maxSpeech) }

// badLines is [badText] for texts of several lines.
func badLines(text string, most int) *Refusal {
	return badText(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text), most)
}

// maxSpeech is the longest text that one command may carry, in characters.
const maxSpeech = 5000

// tidy returns a text of several lines in stored form: one kind of line break,
// no tabs, no space around it.
func tidy(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text))
}
