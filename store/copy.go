package store

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
)

// ErrOther says that a log to which records shall be copied holds others.
const ErrOther Code = "store.other" // branch

// CopyLogs appends to the logs of one shelf what those of another hold beyond them, up to the numbers in heads. What is there already is compared:
// a copy that broke off is gone on with, and a shelf with other records gets ErrOther.
func CopyLogs(ctx context.Context, from, to Shelf, heads map[string]uint64) error {
	there, err := to.Branches(ctx)
	if err != nil {
		return err
	}
	for _, branch := range there {
		if _, ours := heads[branch]; !ours {
			return ErrOther.Of(branch)
		}
	}
	for _, branch := range slices.Sorted(maps.Keys(heads)) {
		if err := copyLog(ctx, from, to, branch, heads[branch]); err != nil {
			return err
		}
	}
	return nil
}

// copyLog copies one log.
func copyLog(ctx context.Context, from, to Shelf, branch string, last uint64) (err error) {
	source, err := from.Log(ctx, branch)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := to.Log(ctx, branch)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	seq, err := agree(ctx, source, target, branch)
	if err != nil {
		return err
	}
	var group [][]byte
	size := 0
	flush := func() error {
		if len(group) == 0 {
			return nil
		}
		_, err := target.Append(ctx, seq, group...)
		seq += uint64(len(group))
		group, size = nil, 0
		return err
	}
	for rec, err := range source.Read(ctx, seq) {
		if err != nil {
			return err
		}
		if seq+uint64(len(group)) == last {
			break
		}
		if len(group) == MaxRecords || size+len(rec) > MaxAppend {
			if err := flush(); err != nil {
				return err
			}
		}
		group, size = append(group, rec), size+len(rec)
	}
	return flush()
}

// agree returns how many records a copy has, which must be the first of its source.
func agree(ctx context.Context, source, target Log, branch string) (n uint64, err error) {
	next, stop := iter.Pull2(target.Read(ctx, 0))
	defer stop()
	for rec, err := range source.Read(ctx, 0) {
		if err != nil {
			return n, err
		}
		same, err, there := next()
		switch {
		case err != nil:
			return n, err
		case !there:
			return n, nil
		case !bytes.Equal(rec, same):
			return n, ErrOther.Of(branch)
		}
		n++
	}
	if _, err, there := next(); err != nil || there {
		return n, errors.Join(err, ErrOther.Of(branch))
	}
	return n, nil
}
