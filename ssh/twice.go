package ssh

import (
	"bytes"
	"encoding/json"

	"pingyi/meeting"
)

// readJSON reads a JSON value that somebody has written. A key that an object has
// twice is refused: nobody knows which of the two was meant. Any other error is of
// the form.
func readJSON(data []byte, to any) error {
	if err := json.Unmarshal(data, to); err != nil {
		return err
	}
	if key, twice := keyTwice(json.NewDecoder(bytes.NewReader(data))); twice {
		return &meeting.Refusal{Code: meeting.FieldTwice, Args: []string{key}}
	}
	return nil
}

// keyTwice is the first key that an object of sound JSON, or one within it, has twice.
func keyTwice(dec *json.Decoder) (key string, twice bool) {
	begins, _ := dec.Token()
	if begins != json.Delim('{') && begins != json.Delim('[') {
		return "", false
	}
	seen := map[string]bool{}
	for dec.More() {
		if begins == json.Delim('{') {
			t, _ := dec.Token()
			if key, _ = t.(string); seen[key] {
				return key, true
			}
			seen[key] = true
		}
		if key, twice = keyTwice(dec); twice {
			return key, true
		}
	}
	_, _ = dec.Token() // the closing bracket
	return "", false
}
