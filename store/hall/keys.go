package hall

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tyler-smith/go-bip39/wordlists"

	"pingyi/meeting"
)

// keys holds the scrutineers' secrets: the entropy of their recovery codes,
// from which their keys are derived when they are needed. They are kept nowhere
// else and written nowhere; after a restart the codes are typed again.
type keys struct {
	mu      sync.Mutex
	pending map[meeting.MemberID][]byte // shown and not yet retyped
	held    map[meeting.MemberID][]byte
}

func newKeys() *keys {
	return &keys{pending: map[meeting.MemberID][]byte{}, held: map[meeting.MemberID][]byte{}}
}

// wipe forgets everything.
func (k *keys) wipe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, m := range []map[meeting.MemberID][]byte{k.pending, k.held} {
		for _, entropy := range m {
			clear(entropy)
		}
		clear(m)
	}
}

func (k *keys) show(who meeting.MemberID, entropy []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.pending[who])
	k.pending[who] = entropy
}

// shown returns a copy of the entropy whose code was shown and not yet retyped.
func (k *keys) shown(who meeting.MemberID) []byte { return k.copyOf(k.pending, who) }

// of returns a copy of a scrutineer's entropy, nil if it is not in memory.
func (k *keys) of(who meeting.MemberID) []byte { return k.copyOf(k.held, who) }

func (k *keys) copyOf(m map[meeting.MemberID][]byte, who meeting.MemberID) []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	if m[who] == nil {
		return nil
	}
	return append([]byte{}, m[who]...)
}

func (k *keys) hold(who meeting.MemberID, entropy []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.held[who])
	k.held[who] = slices.Clone(entropy)
	clear(k.pending[who])
	delete(k.pending, who)
}

// release takes a hold back: the code may be typed again.
func (k *keys) release(who meeting.MemberID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.pending[who])
	k.pending[who] = k.held[who]
	delete(k.held, who)
}

// holds reports whether a scrutineer's entropy is in memory.
func (k *keys) holds(who meeting.MemberID) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held[who] != nil
}

// forget wipes what is of no use after these events: the keys once the vote is
// counted, void or begun anew, its box is closed with too few ballots to be
// opened, or the meeting is over, and the ballots in the making once the box is
// closed. Who opens a box after the meeting types the recovery code.
func (h *Hall) forget(events []meeting.Event) {
	for _, e := range events {
		switch e.Fact.(type) {
		case meeting.ScrutineersNamed, meeting.Voided, meeting.Counted, meeting.Adjourned:
			h.keys.wipe()
			h.sheets.wipe()
			h.Sweep()
		case meeting.Closed:
			h.sheets.wipe()
			h.Sweep()
			if h.State().NeverOpened() {
				h.keys.wipe()
			}
		}
	}
}

// A recovery code is 12 words of BIP-39 (2,048 words, 11 bits each): 128 bits of
// entropy and the first 4 bits of their SHA-256.
const (
	codeEntropy = 16
	codeWords   = 12
)

var errCode = errors.New("hall: not a recovery code")

// codeOf returns the recovery code of 16 bytes of entropy: 12 汉字 without
// spaces.
func codeOf(entropy []byte) (string, error) {
	if len(entropy) != codeEntropy {
		return "", fmt.Errorf("hall: recovery code of %d bytes", len(entropy))
	}
	places := placesOf(entropy)
	defer clear(places)
	var code strings.Builder
	for _, place := range places {
		code.WriteString(wordlists.ChineseSimplified[place])
	}
	return code.String(), nil
}

// placesOf returns the place of each word of a recovery code in its list.
func placesOf(entropy []byte) []int {
	sum := sha256.Sum256(entropy)
	places := make([]int, 0, codeWords)
	var bits, n int // bits that are read but no word yet
	all := append(append(make([]byte, 0, codeEntropy+1), entropy...), sum[0])
	defer clear(all)
	for _, b := range all {
		if bits, n = bits<<8|int(b), n+8; n >= 11 {
			n -= 11
			places = append(places, bits>>n)
			bits &= 1<<n - 1
		}
	}
	return places
}

// retyped refuses a typed code that is not the one of entropy, and says which
// word is wrong. Whoever types it has just been shown the code.
func retyped(text string, entropy []byte) *meeting.Refusal {
	typed, no := places(text)
	if no != nil {
		return no
	}
	defer clear(typed)
	shown := placesOf(entropy)
	defer clear(shown)
	for i, place := range shown {
		if typed[i] != place {
			return wrongWord(i)
		}
	}
	return nil
}

// wrongWord says that word i of a typed code is wrong, from 0.
func wrongWord(i int) *meeting.Refusal {
	return &meeting.Refusal{Code: meeting.CodeWordWrong, Args: []string{strconv.Itoa(i + 1)}}
}

// readCode returns the entropy of a typed code: 12 汉字, or the same as English
// words, with any spaces, dashes or commas between them. It refuses a mistyped
// one, with the word that stands in no list, or as a whole.
func readCode(text string) ([]byte, *meeting.Refusal) {
	words, no := places(text)
	if no != nil {
		return nil, no
	}
	defer clear(words)
	entropy := make([]byte, 0, codeEntropy+1) // never grown, so that no copy is left
	var bits, n int                           // bits that are read but no byte yet
	for _, place := range words {
		for bits, n = bits<<11|place, n+11; n >= 8; bits &= 1<<n - 1 {
			n -= 8
			entropy = append(entropy, byte(bits>>n))
		}
	}
	if sum := sha256.Sum256(entropy); bits != int(sum[0]>>(8-n)) {
		clear(entropy)
		return nil, &meeting.Refusal{Code: meeting.CodeWrong}
	}
	return entropy, nil
}

// plain returns a typed code in small letters and 汉字: full-width letters are those,
// what is invisible is left out, and whatever else stands between the words parts
// them, as the numbers before them on the slip, or a comma.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\uff01' && r <= '\uff5e' { // the full-width twins of ASCII
			r -= '\uff01' - '!'
		}
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsLetter(r), r == utf8.RuneError:
			return unicode.ToLower(r)
		}
		return ' '
	}, text)
}

// places returns the place of each of the 12 words of a typed code in its list.
// The same place in the English and in the Chinese list means the same bits. More
// words than a code has are only counted.
func places(text string) ([]int, *meeting.Refusal) {
	at := make([]int, 0, codeWords) // never grown, so that no copy is left
	typed := 0
	for _, word := range strings.Fields(plain(text)) {
		list, words := wordlists.English, []string{word}
		if word[0] >= utf8.RuneSelf {
			list, words = wordlists.ChineseSimplified, strings.Split(word, "")
		}
		for _, w := range words {
			if typed++; typed > codeWords {
				continue
			}
			place := slices.Index(list, w)
			if place < 0 {
				clear(at)
				return nil, wrongWord(len(at))
			}
			at = append(at, place)
		}
	}
	if typed != codeWords {
		clear(at)
		return nil, &meeting.Refusal{Code: meeting.CodeLength, Args: []string{strconv.Itoa(typed)}}
	}
	return at, nil
}
