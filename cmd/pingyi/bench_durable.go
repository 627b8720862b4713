package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// durableMeasured is how fast the ballots of so many writers become durable, in
// four ways that take turns.
type durableMeasured struct {
	Writers   int     `json:"writers"`
	Append    flow    `json:"append"`               // to a plain file, with one fdatasync for all that wait
	Update    flow    `json:"bbolt_each"`           // bbolt as it comes: one transaction each
	Grouped   flow    `json:"bbolt_grouped"`        // bbolt, one transaction for all that wait
	Room      flow    `json:"room"`                 // Room.Do
	RateRatio float64 `json:"room_rate_to_grouped"` // goal: at least 0.8
	P99Ratio  float64 `json:"room_p99_to_grouped"`  // goal: at most 2
}

// way keeps the ballot number i durably.
type way struct {
	keep  func(i int) error
	close func() error
}

// measureDurable has so many writers keep every ballot, several times in each way.
func measureDurable(ctx context.Context, dir string, all *ballots, writers, times int) (m durableMeasured, err error) {
	m.Writers = writers
	ways := []struct {
		open func(context.Context, string, *ballots) (way, error)
		into *flow
		rounds
	}{{open: appendWay, into: &m.Append}, {open: updateWay, into: &m.Update}, {open: groupedWay, into: &m.Grouped}, {open: roomWay, into: &m.Room}}
	for range times {
		for i := range ways {
			w := &ways[i]
			one, err := w.open(ctx, dir, all)
			if err != nil {
				return m, err
			}
			runtime.GC() // what was left by the way before
			waits, whole, err := atOnce(writers, len(all.records), one.keep)
			if err = errors.Join(err, one.close(), ctx.Err()); err != nil {
				return m, err
			}
			w.add(waits, whole)
		}
	}
	for i := range ways {
		*ways[i].into = ways[i].flow()
	}
	m.RateRatio, m.P99Ratio = m.Room.Rate/m.Grouped.Rate, m.Room.P99/m.Grouped.P99
	return m, nil
}

// appendWay appends to a plain file: nothing that is durable is faster.
func appendWay(_ context.Context, dir string, all *ballots) (way, error) {
	f, err := os.CreateTemp(dir, "append")
	if err != nil {
		return way{}, err
	}
	g := newGrouped(func(list []int) error {
		for _, i := range list {
			if _, err := f.Write(all.records[i]); err != nil {
				return err
			}
		}
		return dataSync(f)
	})
	return way{g.keep, func() error {
		g.close()
		return errors.Join(f.Close(), os.Remove(f.Name()))
	}}, nil
}

// newBolt makes a database as the store's engine does, with an empty bucket.
func newBolt(dir string) (db *bbolt.DB, remove func() error, err error) {
	name := filepath.Join(dir, "bbolt.db")
	db, err = bbolt.Open(name, 0o600, &bbolt.Options{NoFreelistSync: true, NoStatistics: true})
	if err != nil {
		return nil, nil, err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("b"))
		return err
	})
	return db, func() error { return errors.Join(db.Close(), os.Remove(name)) }, err
}

// put stores a record after the last one.
func put(tx *bbolt.Tx, rec []byte) error {
	b := tx.Bucket([]byte("b"))
	b.FillPercent = 1
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	return b.Put(fmt.Appendf(nil, "%020d", seq), rec)
}

func updateWay(_ context.Context, dir string, all *ballots) (way, error) {
	db, remove, err := newBolt(dir)
	return way{func(i int) error {
		return db.Update(func(tx *bbolt.Tx) error { return put(tx, all.records[i]) })
	}, remove}, err
}

func groupedWay(_ context.Context, dir string, all *ballots) (way, error) {
	db, remove, err := newBolt(dir)
	g := newGrouped(func(list []int) error {
		return db.Update(func(tx *bbolt.Tx) error {
			for _, i := range list {
				if err := put(tx, all.records[i]); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return way{g.keep, func() error {
		g.close()
		return remove()
	}}, err
}

// roomWay casts the ballots in a room whose box is open.
func roomWay(ctx context.Context, dir string, all *ballots) (way, error) {
	name := filepath.Join(dir, "room.db")
	shelf, log, err := all.boltLog(ctx, name)
	if err != nil {
		return way{}, err
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return way{}, errors.Join(err, shelf.Close())
	}
	return way{func(i int) error {
		_, err := room.Do(ctx, all.cast(i))
		return err
	}, func() error {
		room.Close()
		return errors.Join(shelf.Close(), os.Remove(name))
	}}, nil
}

// grouped has one goroutine write together whatever waits.
type grouped struct {
	asks    chan groupedAsk
	over    chan struct{}
	running sync.WaitGroup
}

type groupedAsk struct {
	i      int
	answer chan error
}

func newGrouped(write func(list []int) error) *grouped {
	g := &grouped{asks: make(chan groupedAsk), over: make(chan struct{})}
	g.running.Go(func() {
		for {
			var waiting []groupedAsk
			var list []int
			select {
			case a := <-g.asks:
				waiting, list = append(waiting, a), append(list, a.i)
			case <-g.over:
				return
			}
			for more := true; more; {
				select {
				case a := <-g.asks:
					waiting, list = append(waiting, a), append(list, a.i)
				default:
					more = false
				}
			}
			err := write(list)
			for _, a := range waiting {
				a.answer <- err
			}
		}
	})
	return g
}

func (g *grouped) keep(i int) error {
	a := groupedAsk{i, make(chan error, 1)}
	g.asks <- a
	return <-a.answer
}

func (g *grouped) close() {
	close(g.over)
	g.running.Wait()
}

// ballots is a log up to an open box, and one ballot of each voter.
type ballots struct {
	before  [][]byte // the records up to the open box
	voters  []meeting.MemberID
	sealed  []*ballot.Ballot
	records [][]byte // of the ballots, as the log has them
	key     meeting.StampKey
}

// newBallots opens a box in memory and makes everybody's ballot.
func newBallots(ctx context.Context, dir string, voters int) (*ballots, error) {
	all := &ballots{key: make(meeting.StampKey, 32)}
	log, err := store.NewMemory().Log(ctx, benchBranch)
	if err != nil {
		return nil, err
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return nil, err
	}
	defer room.Close()
	h := hall.New(room, make([]byte, 32), time.Now)
	err = foundVote(ctx, h, voters)
	h.Wipe() // it prepares no ballots that nobody casts
	if err != nil {
		return nil, err
	}
	if all.before, err = recordsOf(ctx, log, 0); err != nil {
		return nil, err
	}
	box := h.State().Vote().Members()
	all.voters, all.sealed = box.Voters, make([]*ballot.Ballot, len(box.Voters))
	_, _, err = atOnce(runtime.NumCPU(), len(box.Voters), func(i int) error {
		credential, err := h.Credential(box.Voters[i])
		if err == nil {
			all.sealed[i], err = sealedBallot(box.Election, credential)
		}
		return errors.Join(err, ctx.Err())
	})
	if err != nil {
		return nil, err
	}
	return all, all.record(ctx, dir)
}

// sealedBallot makes one ballot.
func sealedBallot(e *ballot.Election, credential string) (*ballot.Ballot, error) {
	sheet, err := ballot.NewSheet(e, credential)
	if err != nil {
		return nil, err
	}
	for row, q := range e.Questions() {
		if err := sheet.Choose(row, row%len(q.Answers), rand.Reader); err != nil {
			return nil, err
		}
	}
	return sheet.Seal(rand.Reader)
}

// record casts every ballot once, to know the bytes of its record.
func (all *ballots) record(ctx context.Context, dir string) error {
	name := filepath.Join(dir, "first.db")
	shelf, log, err := all.boltLog(ctx, name)
	if err != nil {
		return err
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return errors.Join(err, shelf.Close())
	}
	_, _, err = atOnce(len(all.sealed), len(all.sealed), func(i int) error {
		_, err := room.Do(ctx, all.cast(i))
		return err
	})
	room.Close()
	if err == nil {
		all.records, err = recordsOf(ctx, log, uint64(len(all.before)))
	}
	return errors.Join(err, shelf.Close(), os.Remove(name))
}

// cast is the request with which voter i hands their ballot in.
func (all *ballots) cast(i int) meeting.Request {
	return meeting.Request{
		ID: meeting.RequestID(fmt.Sprintf("request-of-a-voter-%04d", i)), By: all.voters[i], At: time.Now(),
		Do: meeting.Cast{Ballot: all.sealed[i], Key: all.key},
	}
}

// boltLog makes a database with the records up to the open box.
func (all *ballots) boltLog(ctx context.Context, name string) (*bolt.Shelf, store.Log, error) {
	shelf, err := bolt.Create(name)
	if err != nil {
		return nil, nil, err
	}
	log, err := shelf.Log(ctx, benchBranch)
	var after uint64
	for _, rec := range all.before {
		if err == nil {
			after, err = log.Append(ctx, after, rec)
		}
	}
	if err != nil {
		return nil, nil, errors.Join(err, shelf.Close())
	}
	return shelf, log, nil
}

// recordsOf reads the records of a log after a number.
func recordsOf(ctx context.Context, log store.Log, after uint64) (list [][]byte, err error) {
	for rec, err := range log.Read(ctx, after) {
		if err != nil {
			return nil, err
		}
		list = append(list, rec)
	}
	return list, nil
}

// benchBranch is the branch of measured votes.
const benchBranch = "b1"

// votePeople are n members who vote, votesSubjects of whom are graded.
func votePeople(n int) []meeting.Member {
	people := samplePeople(n)[:n] // without the guide
	for i := range people {
		if people[i].Kind = meeting.Formal; i >= votesSubjects {
			people[i].Kind = meeting.Probationary
		}
	}
	return people
}

// voteRules are those of a vote on votesSubjects questions, by all members.
func voteRules() (*preset.Rules, error) {
	rules, err := preset.Load(preset.Default)
	if err == nil {
		rules.Probationary.Votes = true
		rules.Vote.Comments, rules.Vote.Branch, rules.Vote.SelfVote = false, false, true
	}
	return rules, err
}

// foundVote founds a branch in a hall, unless that was done, and leads it to the
// open box.
func foundVote(ctx context.Context, h *hall.Hall, members int) error {
	rules, err := voteRules()
	if err != nil {
		return err
	}
	if h.State().Rules == nil {
		if err := foundBench(ctx, h, rules); err != nil {
			return err
		}
	}
	return openVote(ctx, h, votePeople(members))
}

// foundBench founds a branch.
func foundBench(ctx context.Context, h *hall.Hall, rules *preset.Rules) error {
	_, err := h.Act(ctx, meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: benchBranch, Name: "测速党支部", Org: "测速党总支"}, Rules: rules})
	return err
}

// openVote has everybody sign in, and opens the box.
func openVote(ctx context.Context, h *hall.Hall, people []meeting.Member) error {
	return errors.Join(benchSitting(ctx, h, people), benchBox(ctx, h, people))
}

// benchSitting takes a roster, and has everybody on it sign in and the chair begin.
func benchSitting(ctx context.Context, h *hall.Hall, people []meeting.Member) error {
	if _, err := h.Act(ctx, meeting.Keeper, meeting.ImportRoster{People: people}); err != nil {
		return err
	}
	for _, m := range people {
		if _, err := h.Act(ctx, m.ID, meeting.SignIn{}); err != nil {
			return err
		}
	}
	_, err := h.Act(ctx, people[0].ID, meeting.Next{Reason: benchReason})
	return err
}

// benchBox has two scrutineers chosen and seal the box, and the chair open it.
func benchBox(ctx context.Context, h *hall.Hall, people []meeting.Member) error {
	chair, scrutineers := people[0].ID, []meeting.MemberID{people[2].ID, people[3].ID}
	if _, err := h.Act(ctx, chair, meeting.Goto{No: itemNo(h.State(), preset.Ballot)}); err != nil {
		return err
	}
	if _, err := h.Act(ctx, chair, meeting.NameScrutineers{IDs: scrutineers, Hands: &meeting.Hands{Yes: h.State().Roll().HereFormal}}); err != nil {
		return err
	}
	for _, id := range scrutineers {
		code, err := h.Code(id)
		if err == nil {
			err = h.Seal(ctx, id, code)
		}
		if err != nil {
			return err
		}
	}
	return h.Open(ctx, chair, benchReason)
}

// benchReason stands where the meeting asks for a reason.
const benchReason = "测速"

// itemNo is the number of the first item of a kind.
func itemNo(s *meeting.State, kind string) int {
	for _, it := range s.Agenda {
		if it.Kind == kind {
			return it.No
		}
	}
	return 0
}
