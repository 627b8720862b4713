package hall

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	bip39 "github.com/tyler-smith/go-bip39"
	"github.com/tyler-smith/go-bip39/wordlists"

	"pingyi/meeting"
)

// keys is the one home of the scrutineers' secrets: the entropy of their
// recovery codes, from which their keys are derived whenever they are needed.
// They are never written anywhere; after a restart the codes are typed again.
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
	k.pending[who] = entropy
}

// shown is a copy of what was shown to who and not yet retyped.
func (k *keys) shown(who meeting.MemberID) []byte { return k.copyOf(k.pending, who) }

// of is a copy of who's entropy, nil if it is not in memory.
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
	k.held[who] = append([]byte{}, entropy...)
	clear(k.pending[who])
	delete(k.pending, who)
}

// A recovery code is 12 characters of BIP-39's simplified Chinese list (2,048
// characters, 11 bits each): 128 bits of entropy and a checksum of 4 bits.
const codeEntropy = 16

var errCode = errors.New("hall: not a recovery code")

// codeOf is the recovery code of 16 bytes of entropy: 12 汉字 without spaces.
// The library has one word list for the whole process; it is asked for the
// standard English words, which stand at the same places as the Chinese ones.
func codeOf(entropy []byte) (string, error) {
	latin, err := bip39.NewMnemonic(entropy)
	if err != nil {
		return "", fmt.Errorf("hall: recovery code: %w", err)
	}
	index := places(wordlists.English)
	var code strings.Builder
	for _, w := range strings.Fields(latin) {
		code.WriteString(wordlists.ChineseSimplified[index[w]])
	}
	return code.String(), nil
}

func places(words []string) map[string]int {
	m := make(map[string]int, len(words))
	for i, w := range words {
		m[w] = i
	}
	return m
}

// readCode returns the entropy of a code as it was typed: 12 汉字, or the same
// as Latin words, with any spaces, dashes or commas between them. A mistyped
// code is refused with [errCode].
func readCode(text string) ([]byte, error) {
	text = strings.NewReplacer("-", " ", ",", " ", "\uff0c", " ", "、", " ", "\u3000", " ").Replace(strings.ToLower(text))
	index := places(wordlists.ChineseSimplified)
	var latin []string
	for _, word := range strings.Fields(text) {
		if word[0] < 0x80 {
			latin = append(latin, word)
			continue
		}
		for _, r := range word {
			i, ok := index[string(r)]
			if !ok {
				return nil, errCode
			}
			latin = append(latin, wordlists.English[i])
		}
	}
	if len(latin) != 12 {
		return nil, errCode
	}
	entropy, err := bip39.EntropyFromMnemonic(strings.Join(latin, " "))
	if err != nil {
		return nil, errCode
	}
	return entropy, nil
}
