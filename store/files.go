package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
)

// MaxPiece is the most that an engine writes of a file in one piece, in bytes.
const MaxPiece = MaxAppend

const (
	// ErrNoFile says that no whole file of a hash is there.
	ErrNoFile Code = "store.no-file" // hash
	// ErrFileDamaged says that what is there under a hash is not what was put there.
	ErrFileDamaged Code = "store.file-damaged" // hash
)

// Files keeps whole files under the SHA-256 of what they hold: the third contract beside Log and Shelf. A file never changes, so that
// putting one twice is allowed, also by several at once and from several servers. All methods may be called from many goroutines at once.
type Files interface {
	// Put keeps a file, whole or not at all, and returns its hash, in hexadecimal. On return it is durable. What a broken Put left behind
	// nobody sees, and the next Put of the same file goes on from there.
	Put(ctx context.Context, data []byte) (hash string, err error)

	// Get returns what a file holds, after comparing it with its hash. ErrNoFile, also for what is no hash; ErrFileDamaged.
	Get(ctx context.Context, hash string) (data []byte, err error)

	// Hashes returns the hashes of all files, sorted.
	Hashes(ctx context.Context) ([]string, error)
}

// FileHash returns the hash under which a file is kept.
func FileHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// IsFileHash reports whether text has the form of a hash, which is safe as a file's name and as a branch's id.
func IsFileHash(text string) bool {
	sum, err := hex.DecodeString(text)
	return err == nil && len(sum) == sha256.Size && text == hex.EncodeToString(sum)
}

// FilesOn returns the files that a shelf keeps, which must have no other logs: each file is a log of its pieces, and one more log lists
// the files that are whole. So every engine that keeps logs keeps files.
func FilesOn(shelf Shelf) Files { return shelfFiles{shelf} }

type shelfFiles struct{ shelf Shelf }

// indexLog is the log that lists the hashes of whole files, one a record. No hash is like it.
const indexLog = "index"

// pieces cuts a file. Only the last piece is shorter than MaxPiece; an empty file has one.
func pieces(data []byte) [][]byte {
	if len(data) == 0 {
		return [][]byte{{}}
	}
	return slices.Collect(slices.Chunk(data, MaxPiece))
}

// Put is Files.Put.
func (f shelfFiles) Put(ctx context.Context, data []byte) (hash string, err error) {
	hash = FileHash(data)
	if err := f.put(ctx, hash, pieces(data)); err != nil {
		return "", err
	}
	if err := f.list(ctx, hash); err != nil {
		return "", err
	}
	return hash, nil
}

// put appends the pieces that are not there.
func (f shelfFiles) put(ctx context.Context, hash string, want [][]byte) (err error) {
	log, err := f.shelf.Log(ctx, hash)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	for n := 0; n < len(want); {
		for piece, err := range log.Read(ctx, uint64(n)) {
			switch {
			case err != nil:
				return err
			case n == len(want) || !bytes.Equal(piece, want[n]):
				return ErrFileDamaged.Of(hash)
			}
			n++
		}
		if n == len(want) {
			return nil
		}
		_, err := log.Append(ctx, uint64(n), want[n])
		switch {
		case err == nil:
			n++
		case !errors.Is(err, ErrConflict): // else somebody puts the same file
			return err
		}
	}
	return nil
}

// list says that a file is whole, once.
func (f shelfFiles) list(ctx context.Context, hash string) (err error) {
	log, err := f.shelf.Log(ctx, indexLog)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	for n := uint64(0); ; {
		for known, err := range log.Read(ctx, n) {
			if err != nil {
				return err
			}
			if string(known) == hash {
				return nil
			}
			n++
		}
		if _, err := log.Append(ctx, n, []byte(hash)); !errors.Is(err, ErrConflict) {
			return err
		}
	}
}

// Get is Files.Get.
func (f shelfFiles) Get(ctx context.Context, hash string) (data []byte, err error) {
	if !IsFileHash(hash) {
		return nil, ErrNoFile.Of(hash)
	}
	log, err := f.shelf.Log(ctx, hash)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	data = []byte{}
	n := 0
	for piece, err := range log.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		data = append(data, piece...)
		n++
	}
	switch {
	case n > 0 && FileHash(data) == hash:
		return data, nil
	case len(data) == n*MaxPiece: // a Put broke off
		return nil, ErrNoFile.Of(hash)
	}
	return nil, ErrFileDamaged.Of(hash)
}

// Hashes is Files.Hashes.
func (f shelfFiles) Hashes(ctx context.Context) (hashes []string, err error) {
	log, err := f.shelf.Log(ctx, indexLog)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	for hash, err := range log.Read(ctx, 0) {
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, string(hash))
	}
	slices.Sort(hashes)
	return hashes, nil
}
