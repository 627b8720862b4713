package ballot

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// shortLetters are the digits of Election.Short. 0, O, 1 and I are left out,
// since they are taken for each other.
const shortLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// Short's length. An insider who makes two elections needs 2^50 tries for one
// fingerprint of 100 bits.
const (
	shortGroups = 4
	shortGroup  = 5
)

// setupSum is the hash of everything that is frozen: the election, its trustees
// and its credentials, and so the voters.
func (e *Election) setupSum() [sha256.Size]byte { return sha256.Sum256(e.records.setupData()) }

// Short is the fingerprint that people compare by eye or read aloud: 100 bits
// of the hash of the setup, with its trustees and credentials, as four groups
// of five letters, like 7KQ4M-X2HPA-93DWT-RJ6CE.
func (e *Election) Short() string {
	sum := e.setupSum()
	letters := base32.NewEncoding(shortLetters).EncodeToString(sum[:])
	groups := make([]string, shortGroups)
	for i := range groups {
		groups[i] = letters[i*shortGroup:][:shortGroup]
	}
	return strings.Join(groups, "-")
}
