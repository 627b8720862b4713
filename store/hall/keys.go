package hall

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	bip39 "github.com/tyler-smith/go-bip39"
	"github.com/tyler-smith/go-bip39/wordlists"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// keys is the one home of the scrutineers' secret keys. They are never
// written anywhere; after a restart the scrutineers type their codes again.
type keys struct {
	mu      sync.Mutex
	pending map[meeting.MemberID]string            // codes shown and not yet retyped
	held    map[meeting.MemberID]*ballot.SecretKey // sealed with
}

func newKeys() *keys {
	return &keys{pending: map[meeting.MemberID]string{}, held: map[meeting.MemberID]*ballot.SecretKey{}}
}

// wipe forgets everything.
func (k *keys) wipe() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range k.held {
		key.Wipe()
	}
	clear(k.held)
	clear(k.pending)
}

func (k *keys) forget(who meeting.MemberID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key := k.held[who]; key != nil {
		key.Wipe()
	}
	delete(k.held, who)
	delete(k.pending, who)
}

func (k *keys) hold(who meeting.MemberID, key *ballot.SecretKey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held[who] = key
	delete(k.pending, who)
}

func (k *keys) of(who meeting.MemberID) *ballot.SecretKey {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.held[who]
}

// A recovery code is 12 characters of BIP-39's simplified Chinese list (2,048
// characters, 11 bits each): 128 bits of entropy and a checksum of 4 bits.
const codeEntropy = 16

var errCode = errors.New("hall: not a recovery code")

// newCode makes a recovery code from 16 random bytes: 12 汉字 without spaces.
func newCode(entropy []byte) (string, error) {
	index, digits := map[string]int{}, wordlists.English
	for i, w := range digits {
		index[w] = i
	}
	// The library's list is process-wide, so that it is asked for the standard
	// English words, which are then looked up in the Chinese list of the same order.
	latin, err := bip39.NewMnemonic(entropy)
	if err != nil {
		return "", fmt.Errorf("hall: recovery code: %w", err)
	}
	var code strings.Builder
	for _, w := range strings.Fields(latin) {
		code.WriteString(wordlists.ChineseSimplified[index[w]])
	}
	return code.String(), nil
}

// readCode returns the entropy of a code as it was typed: 12 汉字, or the same
// as Latin words, with any spaces, dashes or commas between them. A mistyped
// code is refused with [errCode].
func readCode(text string) ([]byte, error) {
	text = strings.NewReplacer("-", " ", ",", " ", "\uff0c", " ", "、", " ", "\u3000", " ").Replace(strings.ToLower(text))
	index := map[string]int{}
	for i, w := range wordlists.ChineseSimplified {
		index[w] = i
	}
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
