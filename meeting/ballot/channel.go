package ballot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"io"
)

// The trustees of a k-of-n set send each other signed and encrypted texts (spec §4.6.1, §4.6.3).

// A signedMessage is a text with a Schnorr signature.
type signedMessage struct {
	message   string
	signature proof
}

func appendSigned(dst []byte, m signedMessage) []byte {
	dst = append(dst, `{"message":`...)
	dst = appendString(dst, m.message)
	dst = append(dst, `,"signature":`...)
	dst = appendProof(dst, m.signature)
	return append(dst, '}')
}

func (s *scanner) signed() (m signedMessage) {
	s.expect(`{"message":`)
	m.message = s.text()
	s.expect(`,"signature":`)
	m.signature = s.proof()
	s.expect(`}`)
	return m
}

func signMessage(g Group, sk scalar, message string, rand io.Reader) (signedMessage, error) {
	sig, err := proveKnowledge(g, messagePrefix(message), sk, rand)
	return signedMessage{message, sig}, err
}

func (m signedMessage) check(g Group, vk point) bool {
	return checkKnowledge(g, messagePrefix(m.message), vk, m.signature)
}

func messagePrefix(message string) []byte { return []byte("sigmsg|" + message + "|") }

// send signs and encrypts a message for the owner of an encryption key.
func send(g Group, sk scalar, recipient point, message []byte, rand io.Reader) (string, error) {
	inner := appendPoint([]byte(`{"recipient":`), recipient)
	inner = appendString(append(inner, `,"message":`...), string(message))
	signed, err := signMessage(g, sk, string(append(inner, '}')), rand)
	if err != nil {
		return "", err
	}
	return encryptText(g, recipient, appendSigned(nil, signed), rand)
}

// receive undoes send and checks the sender and that the message was for this recipient.
func receive(g Group, dk scalar, sender point, text string) ([]byte, error) {
	plain, err := decryptText(g, dk, text)
	if err != nil {
		return nil, err
	}
	s := scanner{g: g, data: plain}
	signed := s.signed()
	if err := s.end(); err != nil {
		return nil, err
	}
	if !signed.check(g, sender) {
		return nil, refuse(BadSignature, "")
	}
	s = scanner{g: g, data: []byte(signed.message)}
	s.expect(`{"recipient":`)
	recipient := s.point()
	s.expect(`,"message":`)
	message := s.text()
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if !g.equal(recipient, g.basePower(dk)) {
		return nil, refuse(WrongKey, "recipient")
	}
	return []byte(message), nil
}

// encryptText is hybrid encryption: ElGamal for a random point, AES-CCM with a key from it for the text.
func encryptText(g Group, recipient point, plain []byte, rand io.Reader) (string, error) {
	r, err := randomScalar(g, rand)
	if err != nil {
		return "", err
	}
	k, err := randomScalar(g, rand)
	if err != nil {
		return "", err
	}
	key, alpha := g.basePower(k), g.basePower(r)
	beta := g.product(g.power(recipient, r), key)
	g.settle([]point{key, alpha, beta})
	c, err := newCCM(key, alpha)
	if err != nil {
		return "", err
	}
	sealed, err := c.seal(plain)
	if err != nil {
		return "", err
	}
	text := appendPoint([]byte(`{"alpha":`), alpha)
	text = appendPoint(append(text, `,"beta":`...), beta)
	text = append(text, `,"data":"`...)
	return string(append(hex.AppendEncode(text, sealed), `"}`...)), nil
}

// decryptText undoes encryptText, and reads what belenios-tool writes since 3.1, which names AES-GCM.
func decryptText(g Group, dk scalar, text string) ([]byte, error) {
	s := scanner{g: g, data: []byte(text)}
	s.expect(`{`)
	gcm := s.accept(`"algorithm":"AES-GCM",`)
	s.expect(`"alpha":`)
	alpha := s.point()
	s.expect(`,"beta":`)
	beta := s.point()
	s.expect(`,"data":`)
	data := s.plain()
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if !member(g, alpha) || !member(g, beta) {
		return nil, refuse(NotInGroup, "")
	}
	sealed, err := hex.DecodeString(string(data))
	if err != nil || len(sealed) > maxText {
		return nil, refuse(Malformed, "data")
	}
	key := g.product(beta, g.inverse(g.power(alpha, dk)))
	if gcm {
		return openGCM(key, alpha, sealed)
	}
	c, err := newCCM(key, alpha)
	if err != nil {
		return nil, err
	}
	return c.open(sealed)
}

// textCipher is AES-256 with the key and the nonce of a text.
func textCipher(key, alpha point) (block cipher.Block, nonce [sha256.Size]byte, err error) {
	k := sha256.Sum256(key.appendText([]byte("key|")))
	block, err = aes.NewCipher(k[:])
	return block, sha256.Sum256(alpha.appendText([]byte("iv|"))), err
}

// openGCM decrypts with a nonce of 32 bytes.
func openGCM(key, alpha point, sealed []byte) ([]byte, error) {
	block, nonce, err := textCipher(key, alpha)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithNonceSize(block, len(nonce))
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nonce[:], sealed, nil)
	if err != nil {
		return nil, refuse(WrongKey, "data")
	}
	return plain, nil
}

// ccm is AES-256 in CCM mode with a nonce of 13 bytes and a tag of 8 (RFC 3610 with L = 2, M = 8), as the SJCL library
// does it by default.
type ccm struct {
	block cipher.Block
	nonce [13]byte
}

func newCCM(key, alpha point) (*ccm, error) {
	block, nonce, err := textCipher(key, alpha)
	if err != nil {
		return nil, err
	}
	return &ccm{block, [13]byte(nonce[:])}, nil
}

const ccmTag = 8

func (c *ccm) seal(plain []byte) ([]byte, error) {
	if len(plain) >= 1<<16 {
		return nil, refuse(OutOfRange, "message")
	}
	tag := c.tag(plain)
	return append(c.stream(plain), tag[:]...), nil
}

func (c *ccm) open(sealed []byte) ([]byte, error) {
	n := len(sealed) - ccmTag
	if n < 0 || n >= 1<<16 {
		return nil, refuse(Malformed, "data")
	}
	plain := c.stream(sealed[:n])
	tag := c.tag(plain)
	if subtle.ConstantTimeCompare(tag[:], sealed[n:]) != 1 {
		return nil, refuse(WrongKey, "data")
	}
	return plain, nil
}

// counter is the block A_i of RFC 3610 §2.3.
func (c *ccm) counter(i uint16) (b [16]byte) {
	b[0] = 1
	copy(b[1:], c.nonce[:])
	binary.BigEndian.PutUint16(b[14:], i)
	return b
}

func (c *ccm) stream(in []byte) []byte {
	first := c.counter(1)
	out := make([]byte, len(in), len(in)+ccmTag)
	cipher.NewCTR(c.block, first[:]).XORKeyStream(out, in)
	return out
}

// tag is the CBC-MAC of the text, encrypted with the counter's first block.
func (c *ccm) tag(plain []byte) (tag [ccmTag]byte) {
	mac := c.counter(uint16(len(plain))) // below 1<<16
	mac[0] = (ccmTag-2)/2<<3 | 1
	c.block.Encrypt(mac[:], mac[:])
	for len(plain) > 0 {
		n := subtle.XORBytes(mac[:], mac[:], plain)
		plain = plain[n:]
		c.block.Encrypt(mac[:], mac[:])
	}
	mask := c.counter(0)
	c.block.Encrypt(mask[:], mask[:])
	subtle.XORBytes(tag[:], mac[:ccmTag], mask[:ccmTag])
	return tag
}
