package hall

import (
	"crypto/hmac"
	"crypto/sha256"
	"io"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// credential returns a member's private credential in one vote. It is derived
// from the secret file and never stored.
func (h *Hall) credential(uuid string, who meeting.MemberID) (string, error) {
	return ballot.NewCredential(h.stream("credential", uuid, string(who)))
}

// serverKey returns the server's own mandatory key in one vote.
func (h *Hall) serverKey(uuid string) *ballot.SecretKey {
	seed := make([]byte, 32)
	if _, err := io.ReadFull(h.stream("server key", uuid, ""), seed); err != nil {
		panic(err) // the stream is longer than this
	}
	defer clear(seed)
	return ballot.SecretKeyFromSeed(h.State().Group(), seed)
}

// stream returns pseudo-random bytes that follow from the secret file and the
// arguments.
func (h *Hall) stream(use, uuid, who string) io.Reader {
	return &hmacStream{key: h.secret, info: use + "\x00" + uuid + "\x00" + who}
}

// hmacStream yields HMAC-SHA256(key, info || counter) block after block.
type hmacStream struct {
	key     []byte
	info    string
	counter byte
	rest    []byte
}

func (s *hmacStream) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		if s.counter == 255 {
			return 0, io.ErrUnexpectedEOF
		}
		s.counter++
		mac := hmac.New(sha256.New, s.key)
		mac.Write([]byte(s.info))
		mac.Write([]byte{s.counter})
		s.rest = mac.Sum(nil)
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}
