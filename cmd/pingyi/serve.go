package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
	"pingyi/ssh"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/bolt"
	"pingyi/store/folder"
	"pingyi/store/hall"
	"pingyi/tui"
	"pingyi/tui/terminal"
)

// defaultAddr is the listening address if none is named.
const defaultAddr = ":2222"

// ready is what a server prints when it accepts connections.
type ready struct {
	Addr        string `json:"addr"`
	Fingerprint string `json:"fingerprint"`
	PID         int    `json:"pid"`
	Web         string `json:"web,omitempty"` // the link for browsers
}

func (d *desk) serveVerb() *cobra.Command {
	var where location
	var cluster etcdNamed
	verb := &cobra.Command{
		Use: "serve", Short: "只开服务，不带控制台", Args: exactly(),
		Long: `开服务，党员、投影和控制台都从 SSH 进来。准备好接受连接时在标准输出印一行 JSON。
Ctrl+C 停止；会议记录随时都已保存，重新启动后接着开。`,
		Example: "  pingyi serve --addr :2222\n  pingyi serve --etcd https://e1:2379,https://e2:2379,https://e3:2379 --etcd-ca ca.pem",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := where.check(); err != nil {
				return err
			}
			d.metrics = where.metrics
			if err := d.takeEtcd(&cluster); err != nil {
				return err
			}
			f, err := d.open(c.Context(), d.access())
			if err != nil {
				return err
			}
			return errors.Join(d.serve(c.Context(), f, where), f.Close())
		},
	}
	where.flags(verb)
	cluster.flags(verb)
	return verb
}

// open opens the data folder for a server. One that runs on it already says where.
func (d *desk) open(ctx context.Context, with folder.Access) (*folder.Folder, error) {
	if d.running != nil {
		door, err := doorAt(d.at, "")
		if err != nil {
			return nil, err
		}
		return nil, alreadyRuns(door.Command, fmt.Sprintf("进程 %d", os.Getpid()))
	}
	f, err := folder.OpenWith(d.path(d.data), with)
	if errors.Is(err, bolt.ErrInUse) {
		return nil, d.forwardWords(ctx, []string{"serve"}, alreadyRuns("ssh -p 端口 localhost", "那个 pingyi 进程"))
	}
	if err != nil {
		return nil, err
	}
	if err := f.Writable(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if mended := f.Repaired(); len(mended) > 0 {
		d.progress("%s", strings.Join(sentences(mended), ""))
	}
	return f, nil
}

// alreadyRuns says how the console is reached of a server that runs, and what stops it.
func alreadyRuns(command, process string) error {
	return failf("这个数据文件夹的服务已经在运行，控制台的窗口关了它也不停：主持台请用 %s，输入主持人的入会码（没有的话，先用 pingyi codes --branch 支部编号 --only 主持人的编号 发一个）；要停下它，请结束%s", command, process)
}

func (d *desk) serve(ctx context.Context, f *folder.Folder, where location) error {
	if err := closeMemory(); err != nil {
		return err
	}
	outliveTheWindow()
	outliveReaders()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	door, err := d.door(ctx, f, where, "", slog.New(slog.NewTextHandler(d.err, nil)))
	if err != nil {
		return err
	}
	defer door.end(stop)
	if err := door.filing.followAll(ctx); err != nil {
		return err
	}
	if others := where.others(door.Addr()); len(others) > 0 {
		d.progress("%s", tui.Chinese().SayOtherAddresses(joinHint(where, door.Addr()), others))
	}
	if err := d.json(door.ready()); err != nil && !errors.Is(err, syscall.EPIPE) {
		return err
	}
	if err := notify("READY=1"); err != nil {
		return err
	}
	defer tellWhenStopping(ctx)()
	return door.Serve(ctx)
}

// outliveTheWindow lets the process go on when its terminal is closed: members
// are connected to it, and the keys of a sealed box are only in its memory.
func outliveTheWindow() { signal.Ignore(syscall.SIGHUP) }

// outliveReaders lets the process go on when nobody reads what it prints any
// more, as in `pingyi serve 2>&1 | head`: such writes fail and are dropped.
func outliveReaders() { signal.Ignore(syscall.SIGPIPE) }

// door is a listening server, for people and for the command line.
type door struct {
	*ssh.Server
	filing *filing
	shut   func() // stops answering the command line, and waits for that
	silent bool   // the command line is not answered
	web    string // the link for browsers; "": there is none
}

// end ends what goes on beside the server, and waits for it. stop ends the
// context of the door; it may be called more than once.
func (o door) end(stop context.CancelFunc) {
	stop()
	o.shut()
	o.filing.waiting.Wait()
}

// serving is a door that serves in a goroutine.
type serving struct {
	stop    context.CancelFunc
	running sync.WaitGroup
	err     error
}

// begin serves until ctx ends or [serving.end] is called. end must be called,
// and calls stop.
func (o door) begin(ctx context.Context, stop context.CancelFunc) *serving {
	s := &serving{stop: stop}
	s.running.Go(func() { s.err = o.Serve(ctx) })
	return s
}

func (s *serving) end() error {
	s.stop()
	s.running.Wait()
	return s.err
}

func (o door) ready() ready {
	return ready{Addr: o.Addr().String(), Fingerprint: o.Fingerprints()[0], PID: os.Getpid(), Web: o.web}
}

// door opens a folder to members and to the command line of this machine.
// hosted is the branch that the wall and the booths show, "" if there is none.
func (d *desk) door(ctx context.Context, f *folder.Folder, where location, hosted string, log *slog.Logger) (door, error) {
	o := door{filing: newFiling(f, log), shut: func() {}}
	keys, err := f.HostKeys()
	if err != nil {
		return door{}, err
	}
	halls, err := f.Halls(ctx)
	if err != nil {
		return door{}, err
	}
	for _, h := range halls {
		if err := h.Examine(); err != nil {
			d.progress("%s：%s", h.State().Branch.Name, tui.Chinese().Explain(err))
		}
	}
	organisation, err := f.Organisation(ctx)
	if err != nil {
		return door{}, err
	}
	kept := &cabinet{}
	server, err := ssh.New(ssh.Config{
		Organisation: organisation,
		Addr:         where.addr, HostKey: keys[0], OtherHostKeys: keys[1:], Secret: f.Secret, Logger: log, Hosted: hosted,
		JoinHint: func(a net.Addr) string { return joinHint(where, a) }, OtherAddresses: where.others,
		NoVerbs: func() bool { return o.silent }, Uncopied: o.filing.copying.failure,
		Files: f.Files(),
		Halls: func(ctx context.Context) ([]ssh.Room, error) {
			venues, err := f.Venues(ctx)
			rooms := make([]ssh.Room, len(venues))
			for i, st := range venues {
				rooms[i] = st
			}
			return rooms, err
		},
		Year: func(ctx context.Context, branch string) (ssh.Room, error) { return f.Venue(ctx, branch) },
		Papers: func(ctx context.Context, s *meeting.State, who meeting.MemberID) ([]ssh.File, error) {
			files, err := papersFor(ctx, f, kept, s, who)
			return papersAsFiles(files), err
		},
		OrganisationPapers: func(ctx context.Context) ([]ssh.File, error) {
			files, err := kept.organisation(ctx, f)
			return papersAsFiles(files), err
		},
	})
	if err != nil {
		return door{}, err
	}
	if err := server.Listen(); err != nil {
		return door{}, where.listenFault(err)
	}
	o.Server = server
	if o.web, err = d.letBrowsersIn(server, where, keys[0].PublicKey()); err != nil {
		return door{}, err
	}
	if err := d.tellMetrics(ctx, f, o, where.metrics); err != nil {
		return door{}, err
	}
	o.filing.waiting.Go(func() { f.Watch(ctx, tells(log)) })
	d.at, d.site = where.at(server.Addr()), o.web
	shut, err := d.answer(ctx, f, o.filing, server)
	if err != nil { // there are disks without sockets: exFAT, some of other machines
		log.Warn("verbs wait until the server is stopped", "why", err)
		d.progress("%s", tui.Chinese().SayNoVerbs())
		o.silent = true
		return o, nil
	}
	o.shut = shut
	return o, nil
}

// tells returns what writes into the log what happens to the data file.
func tells(log *slog.Logger) func(store.Trouble) {
	return func(t store.Trouble) {
		switch {
		case t.Why == nil:
			log.Info("the data file takes records again")
		case errors.Is(t.Why, store.ErrLow):
			log.Warn("the disk is nearly full", "why", tui.Chinese().Explain(t.Why))
		default:
			log.Error("nothing is recorded", "why", tui.Chinese().Explain(t.Why))
		}
	}
}

func papersAsFiles(papers []paper.Edition) []ssh.File {
	list := make([]ssh.File, len(papers))
	for i, p := range papers {
		list[i] = ssh.File{Name: p.Name, Title: p.Title, Content: p.Render}
	}
	return list
}

// papersFor returns the papers of a branch that a person may have, who is known in
// its state.
func papersFor(ctx context.Context, f *folder.Folder, kept *cabinet, s *meeting.State, who meeting.MemberID) ([]paper.Edition, error) {
	h, err := f.Hall(ctx, s.Branch.ID+"@"+strconv.Itoa(s.Rules.Year))
	if err != nil {
		return nil, err
	}
	facts, err := filedAt(ctx, h, s)
	if err != nil {
		return nil, err
	}
	return kept.papers(s.Branch.ID+" "+string(who), fmt.Sprintf("%d %x", s.Rules.Year, facts.Head), func() ([]paper.Edition, error) { return archive.For(s, facts, who) })
}

func (d *desk) hostVerb() *cobra.Command {
	var where location
	var cluster etcdNamed
	var branch string
	var robots, sample bool
	verb := &cobra.Command{
		Use: "host", Short: "主持一次会：服务加上本终端里的控制台", Args: exactly(),
		Long: `在这个终端里打开主持人（书记）的控制台，同时开服务让党员从 SSH 进来。
Enter 就是下一步；? 看说明。
这个窗口关了，服务不停：用 ssh 输入主持人的入会码，又是主持台。按两次 q 才停下服务。`,
		Example: "  pingyi host --branch b1 --addr :2222\n  pingyi host --sample --robots",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := where.check(); err != nil {
				return err
			}
			d.metrics = where.metrics
			if err := d.takeEtcd(&cluster); err != nil {
				return err
			}
			if robots && !sample {
				return usagef("--robots 只用于示范支部：请加上 --sample。它会给每个人重发入会码，并替他们签到、投票")
			}
			if robots && !d.terminal() {
				return d.demo(c.Context(), demoPlan{members: sampleMembers, seed: 1, preset: preset.Default, papers: d.path(defaultPapers(d.data, time.Now().Format("20060102-150405")))})
			}
			if !d.terminal() {
				return failf("控制台需要一个终端；没有终端请用 pingyi serve，或 pingyi demo 看一次自动的示范会")
			}
			f, h, err := d.hostFolder(c.Context(), branch, sample)
			if err != nil {
				return err
			}
			return errors.Join(d.host(c.Context(), f, h, where, robots), f.Close())
		},
	}
	where.flags(verb)
	cluster.flags(verb)
	verb.Flags().StringVar(&branch, "branch", "", "支部编号")
	verb.Flags().BoolVar(&robots, "robots", false, "其余的人由模拟党员扮演（真的 SSH 客户端）")
	verb.Flags().BoolVar(&sample, "sample", false, "用示范支部；没有就建一个")
	return verb
}

func (d *desk) hostFolder(ctx context.Context, branch string, sample bool) (*folder.Folder, *hall.Hall, error) {
	if sample {
		return d.sample(ctx)
	}
	f, err := d.open(ctx, d.access())
	if err != nil {
		return nil, nil, err
	}
	h, err := f.Hall(ctx, branch)
	if err == nil && h.State().Chair() == "" {
		err = failf("名册里没有书记或副书记，没有人可以主持：请在名册的 党内职务 列写明书记，再导入一次")
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, h, nil
}

// host runs a server, with the chair's console in this terminal.
func (d *desk) host(ctx context.Context, f *folder.Folder, h *hall.Hall, where location, robots bool) error {
	if err := closeMemory(); err != nil {
		return err
	}
	logFile, err := os.OpenFile(filepath.Join(f.Dir, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return failf("写不了日志：%w", err)
	}
	defer logFile.Close()
	_ = logFile.Chmod(0o600)                                     // an older one too; where that can't be, doctor says so
	slog.SetDefault(slog.New(slog.NewTextHandler(logFile, nil))) // libraries must not write onto the console
	outliveTheWindow()
	outliveReaders()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	door, err := d.door(ctx, f, where, h.State().Branch.ID, slog.New(slog.NewTextHandler(logFile, nil)))
	if err != nil {
		return err
	}
	defer door.end(stop)
	if err := d.json(door.ready()); err != nil {
		return err
	}
	serving := door.begin(ctx, stop)
	var crowd *crowd
	above := ""
	if robots {
		code, err := sampleAbove(ctx, f)
		if err != nil {
			return errors.Join(err, serving.end())
		}
		above = code
		d.progress("%s", tui.Chinese().SayAbove(joinHint(where, door.Addr()), code))
		d.progress("示范会：按 Enter 往下走，问到人和等次时按数字。%s。按两次 q 离开，下次接着开。", samplePace)
		if crowd, err = gather(ctx, f, h, door, uint64(time.Now().UnixNano()), humanPace, h.State().Chair()); err != nil {
			return errors.Join(err, serving.end())
		}
		crowd.follow(ctx, h, above, humanPace)
	}
	if err := door.filing.followAll(ctx); err != nil {
		return errors.Join(err, serving.end())
	}
	h, err = d.years(ctx, f, h, door, func(ctx context.Context, venue *hall.Venue) tea.Model {
		branch := venue.Own().Branch.ID
		return tui.New(tui.Config{
			Room: venue, Who: venue.Own().Chair(), Ctx: ctx,
			JoinHint: joinHint(where, door.Addr()), OtherAddresses: where.others(door.Addr()), WebLink: door.web, WallHint: d.wallHint(branch), AboveCode: above, Fingerprints: door.Fingerprints(),
			NoVerbs: door.silent,
			Hosts:   true, Env: os.Environ(), Papers: func() string { return door.filing.said(branch) },
			Uncopied: door.filing.copying.failure,
			Online:   door.Online(branch),
		})
	})
	if d.hungUp() || errors.Is(err, terminal.ErrGone) {
		slog.Info("the console's window was closed; the server goes on", "err", err)
		err = nil
		serving.running.Wait()
	}
	err = errors.Join(err, serving.end())
	door.end(stop)
	if crowd != nil {
		err = errors.Join(err, crowd.wait())
	}
	return errors.Join(err, d.farewell(context.WithoutCancel(ctx), f, h))
}

// years shows the console of a branch in this terminal until the person leaves,
// and goes over to the next year when that has begun. It returns the hall of the
// year that was shown last.
func (d *desk) years(ctx context.Context, f *folder.Folder, h *hall.Hall, o door, model func(context.Context, *hall.Venue) tea.Model) (*hall.Hall, error) {
	branch := h.State().Branch.ID
	for {
		venue, err := f.Venue(ctx, branch)
		if err != nil {
			return h, err
		}
		year, end := context.WithCancel(ctx)
		var watching sync.WaitGroup
		watching.Go(func() {
			for year.Err() == nil {
				select {
				case <-o.filing.begun:
				case <-year.Done():
				}
				if newest, err := f.Hall(ctx, branch); err == nil && newest != h {
					end()
				}
			}
		})
		err = d.console(year, func(ctx context.Context) tea.Model { return model(ctx, venue) })
		over := year.Err() != nil && ctx.Err() == nil
		end()
		watching.Wait()
		if !over {
			return h, err
		}
		newest, err := f.Hall(ctx, branch)
		if err != nil {
			return h, err
		}
		h = newest
	}
}

// stopped is on the terminal while the process is stopped.
const stopped = "停住了，连着的人都在等：输入 fg 回到控制台；输入 bg，服务就在后台接着开。"

// console shows a program in this terminal until the person leaves.
func (d *desk) console(ctx context.Context, model func(context.Context) tea.Model) error {
	in, _ := d.in.(*os.File)
	out := d.outFile()
	err := terminal.Run(ctx, model, in, out, stopped)
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		slog.Error("the console broke", "err", err)
		return failf("控制台出错了，已经停下：会议记录都已保存，请再启动一次；详情在数据文件夹的 server.log")
	case errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, tea.ErrInterrupted):
		return nil // Ctrl+C or a signal: a way to leave like any other
	}
	return err
}

// farewell writes the papers of a finished meeting beside the data. If the
// meeting is not finished it says how to go on.
func (d *desk) farewell(ctx context.Context, f *folder.Folder, h *hall.Hall) error {
	s := h.State()
	if s.Phase == meeting.Before || s.Phase == meeting.Live {
		fmt.Fprintln(d.out, "会议还没有开完，记录已经保存；用同样的命令接着开。")
		return nil
	}
	where, err := writePapers(ctx, f, s.Branch.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "会议已结束，%s\n", where)
	return nil
}

// hungUp reports whether the terminal that was here is gone.
func (d *desk) hungUp() bool {
	out := d.outFile()
	return out != nil && !term.IsTerminal(out.Fd())
}

// terminal reports whether a person sits at this terminal.
func (d *desk) terminal() bool {
	in, ok := d.in.(*os.File)
	out := d.outFile()
	return ok && out != nil && term.IsTerminal(in.Fd()) && term.IsTerminal(out.Fd())
}
