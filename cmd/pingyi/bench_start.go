package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/bolt"
	"pingyi/store/hall"
)

// What a server finds when it starts.
const (
	startAbsences = 100_000
	startPeople   = 1000 // whose absences they are
	startNotes    = 20_000
	startBallots  = 500 // in an open box
	startWriters  = 400 // who make all of that at once
	startLeast    = 8   // people of a branch with a committee, which hands in the ratings
)

func (d *desk) benchStartVerb() *cobra.Command {
	var dir string
	var members []int
	var asJSON bool
	verb := &cobra.Command{
		Use: "start", Short: "重新启动要多久，写全部材料要多久", Args: exactly(),
		Long: `在磁盘上记下很多记录，再量打开数据库、从记录链重建会议、核对未计的票要多久：
十万条缺席，两万条会议记录，一个开着的票箱里的五百张票。旁边是只把这些记录从数据库读出来的时间（底线）。
再把整次会议开完，量写出全部材料、只写会议记录和计票结果要多久，都只用一个核。
--dir 写明量哪个磁盘，数据写在它下面的临时文件夹里，量完就删。`,
		Example: "  pingyi bench start\n  pingyi bench start --members 50 --json",
		RunE: func(c *cobra.Command, _ []string) error {
			for _, n := range members {
				if n < startLeast || n > benchMost {
					return usagef("--members 应当是 %d 到 %d，可以写几个，用逗号隔开", startLeast, benchMost)
				}
			}
			m, err := d.measureStart(c.Context(), d.path(dir), members)
			if err != nil {
				return err
			}
			if asJSON {
				return d.json(m)
			}
			d.tellStart(m)
			return nil
		},
	}
	verb.Flags().StringVar(&dir, "dir", os.TempDir(), "在哪个文件夹里写")
	verb.Flags().IntSliceVar(&members, "members", []int{50, 100}, "材料是多少人的支部的，可以写几个，用逗号隔开")
	verb.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return verb
}

// startMeasured is how long a server needs until its meeting is there again, and how
// long papers take.
type startMeasured struct {
	Cores  int              `json:"cores"`
	Logs   []startOf        `json:"logs"`
	Papers []papersMeasured `json:"papers"`
}

// startOf is a start on one log.
type startOf struct {
	What    string  `json:"what"`
	Records int     `json:"records"`
	Bytes   int64   `json:"bytes"` // of the database
	Start   float64 `json:"start_ms"`
	Floor   float64 `json:"floor_ms"` // until the same records are read from the database
	Ratio   float64 `json:"ratio"`
}

// papersMeasured is how long the papers of a whole meeting take, on one core.
type papersMeasured struct {
	Members int     `json:"members"`
	Files   int     `json:"files"`
	All     float64 `json:"all_ms"`
	Two     float64 `json:"minutes_and_tally_ms"`
}

func (d *desk) tellStart(m startMeasured) {
	fmt.Fprintf(d.out, "启动，%d 核\t记录\t毫秒\t只读出来\t倍\n", m.Cores)
	for _, one := range m.Logs {
		fmt.Fprintf(d.out, "%s\t%7d\t%8.0f\t%8.0f\t×%.2f\n", one.What, one.Records, one.Start, one.Floor, one.Ratio)
	}
	fmt.Fprint(d.out, "材料，1 核\t文件\t全部，毫秒\t只有会议记录和计票结果\n")
	for _, one := range m.Papers {
		fmt.Fprintf(d.out, "%d 人的支部\t%7d\t%8.0f\t%8.0f\n", one.Members, one.Files, one.All, one.Two)
	}
}

func (d *desk) measureStart(ctx context.Context, in string, members []int) (m startMeasured, err error) {
	m.Cores = runtime.NumCPU()
	dir, err := os.MkdirTemp(in, "pingyi-bench")
	if err != nil {
		return m, failf("不能在 %s 里写：%w", in, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for i, one := range []struct {
		what string
		make func(context.Context, *hall.Hall) error
	}{
		{fmt.Sprintf("%d 条缺席", startAbsences), recordsAbsences},
		{fmt.Sprintf("%d 条会议记录", startNotes), takesNotes},
		{fmt.Sprintf("%d 张未计的票，每张 %d 行", startBallots, votesSubjects), castsBallots},
	} {
		d.progress("启动：%s……", one.what)
		start := startOf{What: one.what}
		if err := start.measure(ctx, filepath.Join(dir, fmt.Sprintf("start%d.db", i)), one.make); err != nil {
			return m, err
		}
		m.Logs = append(m.Logs, start)
	}
	for _, n := range members {
		d.progress("材料：%d 人的支部……", n)
		one, err := measurePapers(ctx, filepath.Join(dir, fmt.Sprintf("papers%d.db", n)), n)
		if err != nil {
			return m, err
		}
		m.Papers = append(m.Papers, one)
	}
	return m, nil
}

// onDisk has work done in the hall of a branch whose log is in a database.
func onDisk(ctx context.Context, name string, open func(string) (*bolt.Shelf, error), work func(*hall.Hall, store.Log) error) (err error) {
	shelf, err := open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	log, err := shelf.Log(ctx, benchBranch)
	if err != nil {
		return err
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return err
	}
	defer room.Close()
	h := hall.New(room, make([]byte, 32), time.Now)
	defer h.Wipe()
	return work(h, log)
}

// measure makes a log and starts on it, beside a plain reading of its records.
func (s *startOf) measure(ctx context.Context, name string, makes func(context.Context, *hall.Hall) error) error {
	if err := onDisk(ctx, name, bolt.Create, func(h *hall.Hall, _ store.Log) error { return makes(ctx, h) }); err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	s.Bytes = info.Size()
	var starts, floors []float64
	for range 3 {
		began := time.Now()
		if err := s.reads(ctx, name); err != nil {
			return err
		}
		floors = append(floors, since(began))
		began = time.Now()
		err := onDisk(ctx, name, bolt.Open, func(h *hall.Hall, _ store.Log) error {
			err := h.Examine()
			starts = append(starts, since(began))
			return err
		})
		if err != nil {
			return err
		}
	}
	s.Start, s.Floor = median(starts), median(floors)
	s.Ratio = s.Start / s.Floor
	return nil
}

// reads opens the database and reads every record.
func (s *startOf) reads(ctx context.Context, name string) (err error) {
	shelf, err := bolt.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shelf.Close()) }()
	log, err := shelf.Log(ctx, benchBranch)
	if err != nil {
		return err
	}
	s.Records = 0
	for _, err := range log.Read(ctx, 0) {
		if err != nil {
			return err
		}
		s.Records++
	}
	return nil
}

// sits founds a branch of n and begins its meeting.
func sits(ctx context.Context, h *hall.Hall, n int) ([]meeting.Member, error) {
	rules, err := voteRules()
	if err != nil {
		return nil, err
	}
	people := votePeople(n)
	if err := foundBench(ctx, h, rules); err != nil {
		return nil, err
	}
	return people, benchSitting(ctx, h, people)
}

// recordsAbsences has the same people absent again and again.
func recordsAbsences(ctx context.Context, h *hall.Hall) error {
	people, err := sits(ctx, h, startPeople)
	if err != nil {
		return err
	}
	_, _, err = atOnce(startWriters, startAbsences, func(i int) error {
		reason := []string{"病假", "公出"}[i/startPeople%2]
		_, err := h.Act(ctx, people[0].ID, meeting.RecordAbsence{ID: people[1+i%(startPeople-1)].ID, Reason: reason})
		return err
	})
	return err
}

// takesNotes has one person write all the minutes.
func takesNotes(ctx context.Context, h *hall.Hall) error {
	people, err := sits(ctx, h, 50)
	if err != nil {
		return err
	}
	_, _, err = atOnce(startWriters, startNotes, func(i int) error {
		_, err := h.Act(ctx, people[0].ID, meeting.TakeNote{Text: fmt.Sprintf("第 %d 条：学习还不够深入。", i+1)})
		return err
	})
	return err
}

// castsBallots has everybody vote while the box stays open.
func castsBallots(ctx context.Context, h *hall.Hall) error {
	if err := foundVote(ctx, h, startBallots); err != nil {
		return err
	}
	return votesAll(ctx, h)
}

// votesAll has everybody vote who may.
func votesAll(ctx context.Context, h *hall.Hall) error {
	choices := votesChoices(h.State())
	voters := h.State().Vote().Members().Voters
	_, _, err := atOnce(runtime.NumCPU(), len(voters), func(i int) error {
		_, err := h.Cast(ctx, voters[i], choices)
		return err
	})
	return err
}

// measurePapers holds a meeting of n and writes its papers on one core.
func measurePapers(ctx context.Context, name string, n int) (m papersMeasured, err error) {
	m.Members = n
	err = onDisk(ctx, name, bolt.Create, func(h *hall.Hall, log store.Log) error {
		if err := holdsMeeting(ctx, h, n); err != nil {
			return err
		}
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		began := time.Now()
		files, err := archive.Make(ctx, log, archive.Press{})
		if err != nil {
			return err
		}
		m.All, m.Files = since(began), len(files)
		began = time.Now()
		_, err = archive.Make(ctx, log, archive.Press{Only: []string{"minutes", "tally"}})
		m.Two = since(began)
		return err
	})
	return m, err
}

// holdsMeeting holds a whole meeting: everybody speaks of themself and hears another,
// grades all, is rated, and it ends.
func holdsMeeting(ctx context.Context, h *hall.Hall, n int) error {
	people, err := sits(ctx, h, n)
	if err != nil {
		return err
	}
	chair := people[0].ID
	does := func(who meeting.MemberID, list ...meeting.Command) {
		for _, c := range list {
			if err == nil {
				_, err = h.Act(ctx, who, c)
			}
		}
	}
	does(chair, meeting.Goto{No: itemNo(h.State(), preset.Criticism)})
	here := slices.Clone(h.State().Participants())
	for i := range here {
		does(chair, meeting.Turn{})
		who, critic := h.State().Subject, here[(i+1)%len(here)]
		if critic == who {
			critic = here[i]
		}
		does(who, meeting.CriticiseSelf{Text: strings.Repeat("学习还不够深入。", 20)})
		does(chair, meeting.Advance{})
		does(critic, meeting.Criticise{Of: who, Text: strings.Repeat("到基层少。", 10)})
		does(chair, meeting.Advance{})
		does(who, meeting.Respond{Text: "接受。"})
		does(chair, meeting.Advance{})
	}
	if err = errors.Join(err, benchBox(ctx, h, people)); err != nil {
		return err
	}
	if err = votesAll(ctx, h); err != nil {
		return err
	}
	does(chair, meeting.CloseBox{Reason: benchReason}, meeting.Confirm{Reason: benchReason}, meeting.Next{Reason: benchReason})
	for _, id := range h.State().Vote().Scrutineers {
		if err == nil {
			err = h.Unseal(ctx, id, "")
		}
	}
	does(chair, meeting.Next{Reason: benchReason})
	for _, who := range h.State().Ungraded() {
		does(chair, meeting.Rate{ID: who, Grade: "合格", Reason: benchReason})
	}
	does(chair, meeting.Submit{})
	for err == nil && h.State().Phase != meeting.After {
		does(chair, meeting.Next{Reason: benchReason})
	}
	return err
}
