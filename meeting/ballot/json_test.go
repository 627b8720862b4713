package ballot

import (
	"testing"

	"pgregory.net/rapid"
)

// A text has one spelling in a record, that of belenios-tool: two spellings would be two hashes of one election.
func TestTextsHaveOneSpelling(t *testing.T) {
	for value, spelling := range map[string]string{
		"民主评议党员":                   `"民主评议党员"`,
		"\"\\/<>&":                 `"\"\\/<>&"`,
		"\b\f\n\r\t":               `"\b\f\n\r\t"`,
		"\x00\x1f\x7f\u0080\u2028": "\"\\u0000\\u001f\\u007f\u0080\u2028\"",
	} {
		if got := string(appendString(nil, value)); got != spelling {
			t.Errorf("%q is written %s, want %s", value, got, spelling)
		}
	}
	for _, spelling := range []string{
		`"\u0041"`, `"\/"`, `"\u000a"`, `"\u001F"`, "\"\n\"", "\"\x7f\"", `"\u4e00"`, `"\x"`, `"\u00"`, `"\`, `"`, ``, `"a`, "\"\xff\"", `'a'`,
	} {
		s := scanner{data: []byte(spelling)}
		if value := s.text(); s.end() == nil {
			t.Errorf("%s is read as %q", spelling, value)
		}
	}
}

func TestTextsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "text")
		s := scanner{data: appendString(nil, value)}
		if got := s.text(); s.end() != nil || got != value {
			t.Fatalf("%q comes back as %q (%v)", value, got, s.err)
		}
	})
}

func TestNumbersHaveOneSpelling(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "7": 7, "2147483647": 2147483647} {
		s := scanner{data: []byte(text)}
		if got := s.integer(); s.end() != nil || got != want {
			t.Errorf("%s is read as %d (%v)", text, got, s.err)
		}
	}
	for _, text := range []string{"", "00", "01", "-1", "+1", "1.0", "1e0", "2147483648", "99999999999999999999", " 1", "1 "} {
		s := scanner{data: []byte(text)}
		if got := s.integer(); s.end() == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}
