package store

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// batchRecords is how many records are decoded at a time, on all processors, while those before them are folded.
const batchRecords = 512

// decoded is a record of a log with its event, or what is wrong with it.
type decoded[E any] struct {
	bytes []byte
	rec   Record
	e     E
	bad   error // the bytes are no record
	odd   error // the record is no event
}

// begun returns the moment after all records of a log, and adds their events to done.
func begun[S, R, E any](ctx context.Context, log Log, machine Machine[S, R, E], done *recent[E]) (moment[S, R, E], error) {
	m := moment[S, R, E]{machine: machine, state: machine.New()}
	loner, can := machine.(Loner[S])
	if !can {
		return m.read(ctx, log, done)
	}
	m.state = loner.Alone()
	m, err := m.read(ctx, log, done)
	m.state = loner.Shared(m.state)
	return m, err
}

// read returns the moment after all records that follow m in the log, and adds their events to done. With an error it returns the last
// moment that it reached.
func (m moment[S, R, E]) read(ctx context.Context, log Log, done *recent[E]) (moment[S, R, E], error) {
	seq, _ := m.chain.Head()
	ctx, cancel := context.WithCancel(ctx)
	var reading sync.WaitGroup
	defer reading.Wait()
	defer cancel() // before that is waited for
	batches := make(chan []decoded[E], 1)
	var readErr error // after the last batch
	reading.Go(func() {
		defer close(batches)
		readErr = m.batches(ctx, log, seq, batches)
	})
	for batch := range batches {
		for i := range batch {
			next, err := m.fold(&batch[i])
			if err != nil {
				return m, err
			}
			done.add(m.machine.EventKey(batch[i].e), batch[i].e)
			m = next
		}
	}
	return m, readErr
}

// batches reads the records after a number, decodes them, and sends them in order.
func (m moment[S, R, E]) batches(ctx context.Context, log Log, after uint64, to chan<- []decoded[E]) error {
	var batch []decoded[E]
	send := func() error {
		m.decode(batch)
		select {
		case to <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for b, err := range log.Read(ctx, after) {
		if err != nil {
			if len(batch) > 0 && ctx.Err() == nil {
				_ = send() // what came before the error is folded; ctx.Err is no news
			}
			return err
		}
		if batch = append(batch, decoded[E]{bytes: b}); len(batch) == batchRecords {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return send()
}

// decode decodes a batch on all processors.
func (m moment[S, R, E]) decode(batch []decoded[E]) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
			batch[i].decode(m.machine)
		}
	}
	var others sync.WaitGroup
	for range min(runtime.NumCPU(), len(batch)) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}

// decode reads the record and the event in it.
func (d *decoded[E]) decode(machine interface {
	Decode(body, blob []byte) (E, error)
},
) {
	if d.rec, d.bad = Decode(d.bytes); d.bad != nil {
		return
	}
	defer recovered(&d.odd)
	var err error
	if d.e, err = machine.Decode(d.rec.Body, d.rec.Blob); err != nil {
		d.odd = recordUnknown.Of(d.rec.Seq).By(err)
	}
}

// fold returns the moment after a decoded record.
func (m moment[S, R, E]) fold(d *decoded[E]) (next moment[S, R, E], err error) {
	defer recovered(&err)
	if d.bad != nil {
		return m, &ChainError{m.chain.seq + 1, d.bad}
	}
	next = m
	if err := next.chain.Add(d.rec); err != nil {
		return m, err
	}
	if d.odd != nil {
		return m, d.odd
	}
	next.state = m.machine.Apply(m.state, d.e)
	return next, nil
}
