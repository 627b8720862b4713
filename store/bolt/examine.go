package bolt

import (
	"io"
	"maps"
	"slices"
	"sync"

	"pingyi/store"
)

// finding is what the bytes of a file amount to.
type finding struct {
	runs   map[string][]*frame // branch → its records from 1 on, as far as they are whole
	tree   map[string][]*frame // the records that a whole tree holds
	beside []*frame            // whole frames with higher numbers than the tree has
	alone  bool                // the tree may be older than the newest Append, of which nothing whole is left: a meta page is damaged
	ahead  bool                // a complete append lies past the committed tree: the machine stopped before the meta page was written
	damage error               // why the tree cannot be used; the runs then come from the scan alone
	lost   []store.Loss        // records known to be missing at the ends of the runs
	unsure bool                // the file no longer tells how much it held, so lost may be too little
}

// examine reads the bytes of a file and decides, without bbolt:
//
//   - The tree is whole. Then it counts. A whole append beyond its end is kept too, as it may have been acknowledged before the newest
//     meta page was spoilt; otherwise it is work that was never acknowledged, and keeping that whole is allowed. If a meta page is spoilt
//     and there is no such append, the newest may be lost: nobody can tell.
//   - It is not, and every branch has its whole records 1 … k and none after k: the end is damaged, the runs are what is left.
//   - The file is shorter than it was: that is a damaged end too, although pages do not lie in the order of the records, so that some
//     after a gap may be whole. They are given up, unless a branch would vanish.
//   - Otherwise something in the middle is missing: *DamageError names the branch and the first record that is not there.
func examine(r io.ReaderAt, size int64) (finding, error) {
	var t tree
	var treeErr error
	var walking sync.WaitGroup
	walking.Go(func() { t, treeErr = readTree(r, size) })
	found, err := scan(r, size)
	walking.Wait()
	if err != nil {
		return finding{}, err
	}
	at, of := make(map[int64]*frame, len(found)), map[string][]*frame{}
	for _, f := range found {
		at[f.at] = f
		of[f.branch] = append(of[f.branch], f)
	}
	if err = treeErr; err != nil {
		err = badIndex.Of(err.Error()) // where, for logs
	} else {
		var runs map[string][]*frame
		if runs, err = t.frames(at); err == nil {
			out := lookAhead(runs, of)
			out.alone = t.alone && !out.ahead
			return out, nil
		}
	}
	out, lossErr := salvage(t, at, of)
	out.damage = err
	return out, lossErr
}

// frames returns the frames that the tree holds. It returns an error unless each is whole and follows the one before.
func (t tree) frames(at map[int64]*frame) (runs map[string][]*frame, err error) {
	runs = map[string][]*frame{}
	for branch, spans := range t.values {
		var prev [32]byte
		for i, s := range spans {
			f := at[s.at]
			if f == nil || f.size != s.size || f.branch != branch || f.seq != uint64(i+1) || f.prev != prev {
				return nil, notWhole.Of(branch, i+1)
			}
			runs[branch], prev = append(runs[branch], f), f.sum
		}
	}
	return runs, nil
}

// lookAhead adds complete appends that lie past a whole tree.
func lookAhead(runs, of map[string][]*frame) finding {
	out := finding{runs: map[string][]*frame{}, tree: runs}
	for branch, found := range of {
		for _, f := range found {
			if f.seq > uint64(len(runs[branch])) {
				out.beside = append(out.beside, f)
			}
		}
		run, _ := extend(runs[branch], found)
		if len(run) > 0 {
			out.runs[branch] = run
		}
		out.ahead = out.ahead || len(run) > len(runs[branch])
	}
	return out
}

// salvage returns what can be had from the scan alone, without the tree.
func salvage(t tree, at map[int64]*frame, of map[string][]*frame) (finding, error) {
	out := finding{runs: map[string][]*frame{}, unsure: t.claims == nil || t.alone}
	for _, branch := range slices.Sorted(maps.Keys(of)) {
		found := of[branch]
		run, reached := extend(nil, found)
		var newest, promised uint64 // the last record that is whole, and the last of its Append
		for _, f := range found {
			newest, promised = max(newest, f.seq), max(promised, f.last)
		}
		switch kept := uint64(len(run)); {
		case newest > reached && (!t.cut || kept == 0):
			return finding{}, &DamageError{Branch: branch, Seq: reached + 1}
		case t.claims == nil && promised > kept:
			out.lost = append(out.lost, store.Loss{Branch: branch, Kept: kept, Had: promised})
		}
		if len(run) > 0 {
			out.runs[branch] = run
		}
	}
	for branch, claim := range t.claims {
		switch kept := uint64(len(out.runs[branch])); {
		case claim <= kept:
		case t.listsWhole(branch, at): // the claim or the branch's name is damaged, not the records
			out.unsure = true
		case t.doubts(branch): // the claim is damaged, and records too
			out.unsure = true
			if listed := uint64(len(t.values[branch])); listed > kept {
				out.lost = append(out.lost, store.Loss{Branch: branch, Kept: kept, Had: listed})
			}
		default:
			out.lost = append(out.lost, store.Loss{Branch: branch, Kept: kept, Had: claim})
		}
	}
	if len(out.runs) == 0 {
		return finding{}, ErrUnreadable
	}
	return out, nil
}

// doubts reports whether a branch cannot have as many records as it says: the tree lists another number, or the file had no room for them.
func (t tree) doubts(branch string) bool {
	claim, listed := t.claims[branch], t.values[branch]
	return listed != nil && uint64(len(listed)) != claim || claim > t.most
}

// listsWhole reports whether the tree lists a branch's records and each of them is whole.
func (t tree) listsWhole(branch string, at map[int64]*frame) bool {
	for _, s := range t.values[branch] {
		if f := at[s.at]; f == nil || f.size != s.size {
			return false
		}
	}
	return t.values[branch] != nil
}
