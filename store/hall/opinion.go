package hall

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"pingyi/meeting"
)

// An opinion without an author is in the log only as a ciphertext. Its key
// follows from the secret file beside the data and is never stored, so that a
// copy of the database tells neither what was written nor, by the number under
// which it is read, which record it is. Whoever holds the secret and a copy of
// the database after each entry can pair who came when with what they wrote: the
// form says so.

// opinionAEAD seals and opens the opinions of a branch.
func opinionAEAD(secret []byte, branch string) cipher.AEAD {
	key, err := hkdf.Key(sha256.New, secret, nil, "pingyi opinion\x00"+branch, 32)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key has 32 bytes
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // AES has 16 bytes a block
	}
	return aead
}

// OpinionOpener opens the opinions of a branch that were sealed with a secret.
func OpinionOpener(secret []byte, branch string) meeting.OpenBox {
	aead := opinionAEAD(secret, branch)
	return func(box []byte) ([]byte, bool) {
		if len(box) < aead.NonceSize() {
			return nil, false
		}
		text, err := aead.Open(nil, box[:aead.NonceSize()], box[aead.NonceSize():], nil)
		return text, err == nil
	}
}

// drawn is how often a number is drawn for an opinion until one is free.
const drawn = 50

// handIn seals an opinion without an author and hands it in, under a random
// number. The request has no id: it would lead to who has sent it.
func (h *Hall) handIn(ctx context.Context, who meeting.MemberID, c meeting.HandInOpinion) ([]meeting.Event, error) {
	values, no := h.State().CheckUnsigned(who, c.Values)
	if no != nil {
		return nil, no
	}
	for range drawn {
		box, err := h.sealOpinion(values)
		if err != nil {
			return nil, err
		}
		events, err := h.Do(ctx, meeting.Request{By: who, At: h.Now(), Do: meeting.HandInOpinion{Box: box}})
		var taken *meeting.Refusal
		if errors.As(err, &taken) && taken.Code == meeting.OpinionNumber {
			continue
		}
		return events, err
	}
	return nil, &meeting.Refusal{Code: meeting.OpinionsFull, Args: []string{fmt.Sprint(h.State().Opinions.Unsigned())}}
}

// sealOpinion encrypts an opinion: a random nonce, and what it seals.
func (h *Hall) sealOpinion(values map[string]string) ([]byte, error) {
	aead := opinionAEAD(h.secret, h.State().Branch.ID)
	random := make([]byte, aead.NonceSize()+8)
	if _, err := io.ReadFull(h.rand, random); err != nil {
		return nil, fmt.Errorf("hall: opinion: %w", err)
	}
	nonce := random[:aead.NonceSize():aead.NonceSize()]
	dice := binary.BigEndian.Uint64(random[aead.NonceSize():])
	o := meeting.UnsignedOpinion{No: meeting.FirstUnsigned + int(dice%(meeting.LastUnsigned-meeting.FirstUnsigned+1)), Values: values} //nolint:gosec // below 10,000
	text, no := o.Padded(aead.NonceSize() + aead.Overhead())
	if no != nil {
		return nil, no
	}
	defer clear(text)
	return aead.Seal(nonce, nonce, text, nil), nil
}
