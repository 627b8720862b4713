package ballot

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"io"
	"slices"
	"strconv"
	"strings"
)

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// randomBase58 picks n characters without bias: a byte that would make some characters likelier is thrown away.
func randomBase58(n int, rand io.Reader) ([]byte, error) {
	const limit = 256 / 58 * 58
	text := make([]byte, 0, n)
	var b [1]byte
	for len(text) < n {
		if _, err := io.ReadFull(rand, b[:]); err != nil {
			return nil, err
		}
		if b[0] < limit {
			text = append(text, base58[b[0]%58])
		}
	}
	return text, nil
}

func isBase58(s string) bool {
	return strings.Trim(s, base58) == "" && s != ""
}

// NewUUID returns a fresh election identifier: 14 Base58 characters (spec §4.2).
func NewUUID(rand io.Reader) (string, error) {
	text, err := randomBase58(14, rand)
	return string(text), err
}

// NewCredential returns a private credential XXX-XXX-XXX-XXX-XXX, 14 random Base58 characters and a checksum
// (spec §4.8). rand may be an HKDF stream, so that the same credential can be derived again.
func NewCredential(rand io.Reader) (string, error) {
	text, err := randomBase58(14, rand)
	if err != nil {
		return "", err
	}
	raw := string(text)
	raw += string(base58[53-checksum(raw)])
	return strings.Join([]string{raw[:3], raw[3:6], raw[6:9], raw[9:12], raw[12:]}, "-"), nil
}

// checksum is the Base58 number modulo 53.
func checksum(digits string) int {
	n := 0
	for _, c := range digits {
		n = (n*58 + strings.IndexRune(base58, c)) % 53
	}
	return n
}

// PublicCredential derives the public credential of a private one in the election with that UUID (spec §4.8).
// Besides the 15 characters of the specification, with or without dashes, it accepts the longer form of belenios-tool
// 2.5 (XXXXX-XXXXXX-XXXXX-XXXXXX). A typing error that the checksum or the form shows is BadCredential.
func PublicCredential(g Group, uuid, private string) (string, error) {
	s, err := credentialSecret(g, uuid, private)
	if err != nil {
		return "", err
	}
	return string(g.basePower(s).appendText(nil)), nil
}

func credentialSecret(g Group, uuid, private string) (scalar, error) {
	switch credentialForm(private) {
	case shortCredential:
		// The dashes, if any, belong to the password: that is what the tool does.
		key, err := pbkdf2.Key(sha256.New, private, []byte(uuid), 1000, 32)
		if err != nil {
			return scalar{}, err
		}
		return g.reduce(key), nil
	case longCredential:
		wide := make([]byte, 0, 64)
		for i := range 2 {
			sum := sha256.Sum256([]byte("derive_credential|" + uuid + "|" + strconv.Itoa(i) + "|" + private))
			wide = append(wide, sum[:]...)
		}
		return g.reduce(wide), nil
	}
	return scalar{}, refuse(BadCredential, "")
}

type form int

const (
	noCredential form = iota
	shortCredential
	longCredential
)

func credentialForm(private string) form {
	parts := strings.Split(private, "-")
	for _, part := range parts {
		if !isBase58(part) {
			return noCredential
		}
	}
	lengths := make([]int, len(parts))
	for i, part := range parts {
		lengths[i] = len(part)
	}
	switch {
	case slices.Equal(lengths, []int{15}), slices.Equal(lengths, []int{3, 3, 3, 3, 3}):
		raw := strings.Join(parts, "")
		if (checksum(raw[:14])+strings.IndexByte(base58, raw[14]))%53 == 0 {
			return shortCredential
		}
	case slices.Equal(lengths, []int{5, 6, 5, 6}):
		return longCredential
	}
	return noCredential
}
