package store

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"sync"
)

// Memory is a Shelf with its Upkeep that lives as long as the process: for tests, rehearsals and demonstrations.
type Memory struct {
	life context.Context
	end  context.CancelFunc

	mu       sync.Mutex
	branches map[string]*memoryBranch
}

// NewMemory returns an empty shelf.
func NewMemory() *Memory {
	life, end := context.WithCancel(context.Background())
	return &Memory{life: life, end: end, branches: map[string]*memoryBranch{}}
}

// Branches is Shelf.Branches.
func (m *Memory) Branches(ctx context.Context) ([]string, error) {
	if err := Alive(ctx, m.life); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var ids []string
	for id, b := range m.branches {
		if len(b.records()) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// Log is Shelf.Log.
func (m *Memory) Log(ctx context.Context, branch string) (Log, error) {
	if err := CheckBranch(branch); err != nil {
		return nil, err
	}
	if err := Alive(ctx, m.life); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	b := m.branches[branch]
	if b == nil {
		b = &memoryBranch{head: NewHead(0)}
		m.branches[branch] = b
	}
	life, end := context.WithCancel(m.life)
	return &memoryLog{branch: b, life: life, end: end}, nil
}

// Close is Shelf.Close.
func (m *Memory) Close() error {
	m.end()
	return nil
}

// Prune is Upkeep.Prune.
func (m *Memory) Prune(ctx context.Context, branch string, classes ...string) (removed int, err error) {
	if err := CheckBranch(branch); err != nil {
		return 0, err
	}
	if err := Alive(ctx, m.life); err != nil {
		return 0, err
	}
	m.mu.Lock()
	b := m.branches[branch]
	m.mu.Unlock()
	if b == nil {
		return 0, nil
	}
	return b.prune(classes)
}

// Repaired is Upkeep.Repaired: there is nothing to mend.
func (m *Memory) Repaired() *Repair { return nil }

// Copies is Upkeep.Copies: there are none.
func (m *Memory) Copies() ([]string, error) { return nil, nil }

// memoryBranch is what all handles of one branch share.
type memoryBranch struct {
	head *Head
	mu   sync.Mutex
	all  [][]byte // only ever appended to or replaced whole, so that a reader may keep a prefix
}

// prune replaces all records by records without the blobs of some classes.
func (b *memoryBranch) prune(classes []string) (removed int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := slices.Clone(b.all)
	for i, rec := range all {
		r, err := Decode(rec)
		if err != nil {
			return 0, err
		}
		if len(r.Blob) > 0 && slices.Contains(classes, r.Class) {
			removed++
			all[i] = r.Prune().Encode()
		}
	}
	b.all = all
	return removed, nil
}

func (b *memoryBranch) records() [][]byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all
}

// memoryLog is one handle.
type memoryLog struct {
	branch *memoryBranch
	life   context.Context
	end    context.CancelFunc
}

func (l *memoryLog) Append(ctx context.Context, after uint64, rec ...[]byte) (uint64, error) {
	if err := CheckSize(rec); err != nil {
		return 0, err
	}
	b := l.branch
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := Alive(ctx, l.life); err != nil {
		return 0, err
	}
	if uint64(len(b.all)) != after {
		return 0, ErrConflict
	}
	for _, r := range rec {
		b.all = append(b.all, bytes.Clone(r))
	}
	last := uint64(len(b.all))
	b.head.Raise(last)
	return last, nil
}

func (l *memoryLog) Read(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		all := l.branch.records()
		for i := after; ; i++ {
			if err := Alive(ctx, l.life); err != nil {
				yield(nil, err)
				return
			}
			if i >= uint64(len(all)) || !yield(bytes.Clone(all[i]), nil) {
				return
			}
		}
	}
}

func (l *memoryLog) Wait(ctx context.Context, after uint64) error {
	return l.branch.head.Wait(ctx, l.life, after)
}

func (l *memoryLog) Close() error {
	l.end()
	return nil
}
