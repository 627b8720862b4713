package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/ssh/robot"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/tui"
)

// demoPlan has the options of a demo.
type demoPlan struct {
	members int
	seed    uint64
	preset  string // an id or a file
	group   string
	papers  string // folder
}

func (d *desk) demoVerb() *cobra.Command {
	var p demoPlan
	verb := &cobra.Command{
		Use: "demo", Short: "自动走完会前、示范会和会后，人人是真的 SSH 客户端", Args: exactly(),
		Long: `自动走完一个年度：会前的谈话和提纲，示范会的签到、批评与自我批评、自评、无记名测评、组织评定，
会后的登记表、上级审定、反馈、整改销号、情况报告、书记考核，直到归档。
每一步都由模拟的党员和上级从 SSH 走真正的路。核对密文之和与他们的选择，写出材料并核验。
不需要终端，也不碰 --data 里的数据。`,
		Example: "  pingyi demo\n  pingyi demo --members 30 --seed 7 -o 材料",
		RunE: func(c *cobra.Command, _ []string) error {
			if p.members < 5 || p.members > 100 {
				return usagef("--members 应当是 5 到 100")
			}
			if p.papers == "" {
				p.papers = "pingyi-demo-" + time.Now().Format("20060102-150405")
			}
			p.papers = d.path(p.papers)
			return d.demo(c.Context(), p)
		},
	}
	verb.Flags().IntVar(&p.members, "members", sampleMembers, "党员人数")
	verb.Flags().Uint64Var(&p.seed, "seed", 1, "同样的数得到同样的选择")
	verb.Flags().StringVar(&p.preset, "preset", preset.Default, presetHelp())
	verb.Flags().StringVar(&p.group, "group", "", groupHelp)
	verb.Flags().StringVarP(&p.papers, "output", "o", "", "材料文件夹")
	return verb
}

// demo holds a whole sample meeting by itself.
func (d *desk) demo(ctx context.Context, p demoPlan) (err error) {
	outliveReaders()
	began := time.Now()
	config, err := d.config(p.preset, p.group)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "pingyi-demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	data := filepath.Join(dir, "data")
	if err := folder.Init(data, "示范党总支", config); err != nil {
		return err
	}
	f, err := folder.Open(data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h, err := foundSample(ctx, f, "sample1", p.members)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	o, err := d.door(ctx, f, location{addr: "127.0.0.1:0"}, "", slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	defer o.shut()
	serving := o.begin(ctx, stop)
	defer func() { err = errors.Join(err, serving.end()) }()

	d.progress("示范党支部：党员 %d 名，1 人缺席（已交书面材料），列席 1 人；服务在 %s", p.members, o.Addr())
	people, err := gather(ctx, f, h, o, p.seed, nil)
	if err != nil {
		return err
	}
	above, err := sampleAbove(ctx, f)
	if err != nil {
		return err
	}
	around := newPlayers(h, people, above, true)
	defer around.leave()
	around.said = d.demoSays(began, h.State().Chair())
	if err := around.play(ctx); err != nil {
		return err
	}
	err = robot.Facilitate(ctx, people.server, robot.Chair{
		Code:     people.codes[h.State().Chair()],
		Absent:   []robot.Absence{{ID: string(sampleAbsent(p.members)), Reason: sampleReason, Written: true}},
		Progress: func(line string) { d.progress("%5.1f 秒  %s", time.Since(began).Seconds(), line) },
	})
	if err = errors.Join(err, people.wait()); err != nil {
		return err
	}
	told := "散会。"
	if v := h.State().Vote(); v != nil {
		choices, err := people.compare(h.State())
		if err != nil {
			return err
		}
		told += fmt.Sprintf("密文之和与 %d 名模拟党员的 %d 个选择逐项一致", v.Members().Returned.Len(), choices)
	}
	d.progress("%5.1f 秒  %s", time.Since(began).Seconds(), told)
	if err := around.play(ctx); err != nil {
		return err
	}
	d.demoArchive(h.State())
	if err := around.closeArchive(ctx); err != nil {
		return err
	}
	return d.demoPapers(ctx, f, p)
}

// demoSays tells what the secretary and the superior do before and after the
// meeting.
func (d *desk) demoSays(began time.Time, secretary meeting.MemberID) func(*player, waiting) {
	return func(p *player, w waiting) {
		if p.id == sampleSuperior || p.id == secretary {
			d.progress("%5.1f 秒  %s：%s", time.Since(began).Seconds(), p.name, w.Text)
		}
	}
}

// demoArchive tells how much of the archive of the year is there.
func (d *desk) demoArchive(s *meeting.State) {
	whole, rest := 0, []string{}
	for _, l := range s.ArchiveList() {
		switch l.Level {
		case meeting.ArchiveSpare:
		case meeting.ArchiveWhole:
			whole++
		default:
			rest = append(rest, tui.Chinese().SayArchiveLine(l))
		}
	}
	text := fmt.Sprintf("归档目录：%d 样齐全", whole)
	if len(rest) > 0 {
		text += "；不全的：" + strings.Join(rest, "；")
	}
	d.progress("%s", text)
}

func (d *desk) demoPapers(ctx context.Context, f *folder.Folder, p demoPlan) error {
	told, err := storyOf(ctx, f, "sample1")
	if err != nil {
		return err
	}
	files, err := told.Files(archive.Press{})
	if err != nil {
		return err
	}
	if err := archive.Write(ctx, p.papers, files); err != nil {
		return err
	}
	report, err := archive.Verify(p.papers)
	if err != nil {
		return err
	}
	if !report.OK {
		return failf("材料核验不通过：%s", strings.Join(sentences(report.Failures), ""))
	}
	d.progress("核验通过：记录 %d 条，选票 %d 张，监票公钥 %d 把", report.Checked.Records, report.Checked.Ballots, report.Checked.Trustees)
	fmt.Fprintf(d.out, "材料在 %s\n", p.papers)
	return nil
}

// localAddr returns a listening address as a client on this machine dials it.
func localAddr(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err == nil && (ip == nil || ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
