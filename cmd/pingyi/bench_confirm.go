package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/ssh/robot"
	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

// confirmMeasured is how long members wait who confirm their ballots at once on
// their screens.
type confirmMeasured struct {
	flow
	CPU float64 `json:"cpu_ms"` // of one ballot, until it is durable
}

// measureConfirm has members confirm at once, after every row was encrypted as on
// the last page of a ballot, in a file on disk.
func measureConfirm(ctx context.Context, dir string, times int) (m confirmMeasured, err error) {
	shelf, err := bolt.Create(filepath.Join(dir, "confirm.db"))
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	log, err := shelf.Log(ctx, benchBranch)
	if err != nil {
		return m, err
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return m, err
	}
	defer room.Close()
	h := hall.New(room, make([]byte, 32), time.Now)
	defer h.Wipe()
	if err := foundVote(ctx, h, votesAtOnce); err != nil {
		return m, err
	}
	box := h.State().Vote().Members()
	choices := votesChoices(h.State())
	var all rounds
	var cpu []float64
	for range times {
		_, _, err := atOnce(runtime.NumCPU(), len(box.Voters), func(i int) error {
			h.Prepare(box.Voters[i], choices, true)
			return ctx.Err()
		})
		if err != nil {
			return m, err
		}
		quietProcessor()
		began := processorTime()
		waits, whole, err := atOnce(len(box.Voters), len(box.Voters), func(i int) error {
			_, err := h.Cast(ctx, box.Voters[i], choices)
			return err
		})
		if err != nil {
			return m, err
		}
		all.add(waits, whole)
		cpu = append(cpu, ms(processorTime()-began)/float64(len(box.Voters)))
	}
	return confirmMeasured{all.flow(), median(cpu)}, nil
}

// votesChoices is a grade for everybody.
func votesChoices(s *meeting.State) meeting.Choices {
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
	for _, id := range s.Vote().Subjects {
		c.Grades[id] = meeting.Grade(s.Rules.Grades[0])
	}
	return c
}

// quietProcessor returns when this process does next to nothing, such as the
// preparing of ballots, any more.
func quietProcessor() {
	runtime.GC()
	const look, quiet = 50 * time.Millisecond, 5 * time.Millisecond
	for still, before := 0, processorTime(); still < 2; {
		time.Sleep(look)
		now := processorTime()
		if now-before < quiet {
			still++
		} else {
			still = 0
		}
		before = now
	}
}

// wordsMeasured is how long members wait who hand their ballots in at once by the
// word vote, beside what the ballots themselves cost.
type wordsMeasured struct {
	flow
	Prepared bool    `json:"prepared"`   // the hall had made the randomness ahead
	Whole    float64 `json:"whole_ms"`   // until all had their receipts
	CPU      float64 `json:"cpu_ms"`     // of one ballot, the client's part too
	Own      float64 `json:"own_cpu_ms"` // of one ballot alone
	Made     float64 `json:"made_ms"`    // until all cores have made as many ballots alone, in the same run
	Ratio    float64 `json:"to_own"`     // Whole to Own of all over the cores; goal: at most 1.5
	ToMade   float64 `json:"to_made"`    // Whole to Made, for a machine that others use too
}

// measureWords runs a server and has members vote at once over SSH: first with what
// the hall prepares after the opening, then again with nothing prepared.
func (d *desk) measureWords(ctx context.Context, dir string, times int) (list []wordsMeasured, err error) {
	rules, err := voteRules()
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	if err := folder.Init(data, "测速党总支", folder.Config{Rules: rules}); err != nil {
		return nil, err
	}
	f, err := folder.Open(data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Found(ctx, benchBranch, "测速党支部"); err != nil {
		return nil, err
	}
	h, err := f.Hall(ctx, benchBranch)
	if err != nil {
		return nil, err
	}
	if err := foundVote(ctx, h, votesAtOnce); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	o, err := d.door(ctx, f, location{addr: "127.0.0.1:0"}, "", slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer o.shut()
	serving := o.begin(ctx, stop)
	defer func() { err = errors.Join(err, serving.end()) }()
	clients, err := enterAll(ctx, f, h, o)
	if err != nil {
		return nil, err
	}
	defer clients.leave()
	prepared, err := clients.vote(ctx, h, true, 1)
	if err != nil {
		return nil, err
	}
	again, err := clients.vote(ctx, h, false, times)
	return []wordsMeasured{prepared, again}, err
}

// voters are members who are connected over SSH.
type voters struct {
	doors []*robot.Door
	slip  string
}

// enterAll connects every member.
func enterAll(ctx context.Context, f *folder.Folder, h *hall.Hall, o door) (*voters, error) {
	list, err := issueMemberCodes(ctx, h, f.Secret)
	if err != nil {
		return nil, err
	}
	keys, err := f.HostKeys()
	if err != nil {
		return nil, err
	}
	var cells []string
	for i, id := range h.State().Vote().Subjects {
		cells = append(cells, fmt.Sprintf("%q:%d", id, i%4+1))
	}
	v := &voters{doors: make([]*robot.Door, len(list)), slip: "{" + strings.Join(cells, ",") + "}"}
	at := robot.Server{Addr: localAddr(o.Addr()), HostKey: keys[0].PublicKey()}
	_, _, err = atOnce(4, len(list), func(i int) (err error) {
		v.doors[i], err = robot.Enter(ctx, at, list[i].Code)
		return err
	})
	if err != nil {
		v.leave()
	}
	return v, err
}

func (v *voters) leave() {
	for _, d := range v.doors {
		if d != nil {
			d.Close()
		}
	}
}

// vote has everybody vote at once, several times, and in between all cores make as
// many ballots that nobody hands in.
func (v *voters) vote(ctx context.Context, h *hall.Hall, prepared bool, times int) (m wordsMeasured, err error) {
	m.Prepared = prepared
	var all rounds
	var whole, cpu, made, own []float64
	for range times {
		took, used, err := makeBallots(h, prepared)
		if err != nil {
			return m, err
		}
		made, own = append(made, ms(took)), append(own, ms(used)/votesAtOnce)
		quietProcessor()
		began := processorTime()
		waits, took, err := atOnce(len(v.doors), len(v.doors), func(i int) error {
			_, err := v.doors[i].Say(ctx, "vote", v.slip)
			return err
		})
		if err != nil {
			return m, err
		}
		all.add(waits, took)
		whole, cpu = append(whole, ms(took)), append(cpu, ms(processorTime()-began)/votesAtOnce)
	}
	m.flow, m.Whole, m.CPU, m.Made, m.Own = all.flow(), median(whole), median(cpu), median(made), median(own)
	m.Ratio, m.ToMade = m.Whole/(m.Own*votesAtOnce/float64(runtime.NumCPU())), m.Whole/m.Made
	return m, nil
}

// makeBallots has all cores make everybody's ballot, of which the randomness may be
// made before the clock runs, and returns how long that took and how much processor
// time.
func makeBallots(h *hall.Hall, prepared bool) (took, used time.Duration, err error) {
	box := h.State().Vote().Members()
	sheets := make([]*ballot.Sheet, len(box.Voters))
	begin := func(i int) error {
		credential, err := h.Credential(box.Voters[i])
		if err == nil {
			sheets[i], err = ballot.NewSheet(box.Election, credential)
		}
		for more := prepared; more && err == nil; {
			more, err = sheets[i].Prepare(rand.Reader)
		}
		return err
	}
	if prepared {
		if _, _, err := atOnce(runtime.NumCPU(), len(sheets), begin); err != nil {
			return 0, 0, err
		}
	}
	began := processorTime()
	_, took, err = atOnce(runtime.NumCPU(), len(sheets), func(i int) error {
		if !prepared {
			if err := begin(i); err != nil {
				return err
			}
		}
		for row := range box.Election.Questions() {
			if err := sheets[i].Choose(row, 0, rand.Reader); err != nil {
				return err
			}
		}
		_, err := sheets[i].Seal(rand.Reader)
		return err
	})
	return took, processorTime() - began, err
}
