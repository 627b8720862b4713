package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/archive"
	"pingyi/store/folder"
	"pingyi/tui"
)

// wanted is what somebody wants of the papers.
type wanted struct {
	branch, out, only, formats, style, reason string
	org, check, private, asJSON               bool
	year                                      int // of the organisation's papers; 0: each branch's newest
}

func (d *desk) papersVerb() *cobra.Command {
	var w wanted
	verb := &cobra.Command{
		Use: "papers", Short: "把会议材料写到一个文件夹", Args: exactly(),
		Long: `把到目前为止能写的材料都写到一个文件夹：文字材料是 Word（docx），表格是 Excel（xlsx），
每份另有 md、json，表格另有 csv；还有每次测评的票箱档案（.bel）、记录链（log.jsonl）和材料清单（manifest.json）。
还没有定的材料标明草稿。同一条记录链写出的材料总是一样的，用 verify 核验。
--format 挑格式：docx,xlsx,md,csv,json,pdf；pdf 要装有 LibreOffice。--only 挑几种，名称见 papers --help 下面的表。
挑出来的几种没有清单，不能用 verify 整个核验。
--style 用自己的版式（TOML，只写和本机版式不同的）。
--check 只列出检查的人会指出什么，不写材料。
--private 另写谈话记录、发言提纲、个人反馈等只给本人看的材料：要写明理由，记入记录，有关的人看得到。
--org 写上级党组织的：汇总表、统计、优秀名单、书记考核，都是各支部现在的情况；
有的支部已经开始下一年度时，--year 写明要哪一年度的。

材料的名称：` + strings.Join(paper.Names(), " ") + ` bel log`,
		Example: "  pingyi papers --branch b1 -o 材料\n  pingyi papers --branch b1 -o 材料 --format docx,pdf --only minutes,registers\n  pingyi papers --branch b1 --check\n  pingyi papers --org -o 上级材料\n  pingyi papers --org --year 2024 -o 2024年上级材料",
		RunE: func(c *cobra.Command, args []string) error {
			if err := w.misused(); err != nil {
				return err
			}
			return d.withFolder(func(ctx context.Context, f *folder.Folder, _ []string) (err error) {
				defer broken(ctx, &err, "材料没有写完：每一个文件要么是新的，要么是原来的，没有写了一半的；请再运行一次")
				switch {
				case w.out != "" && ownPlace(f.Dir, d.path(w.out)):
					return usagef("%s 是数据文件夹自己的地方，不放材料：请用 -o 写别的文件夹", w.out)
				case w.check:
					return d.checkPapers(ctx, f, w)
				case w.org:
					return d.orgPapers(ctx, f, w)
				}
				return d.branchPapers(ctx, f, w)
			})(c, args)
		},
	}
	flags := verb.Flags()
	flags.StringVar(&w.branch, "branch", "", "支部编号")
	flags.StringVarP(&w.out, "output", "o", "", "文件夹")
	flags.StringVar(&w.formats, "format", "", "只写这几种格式，用逗号隔开：docx、xlsx、md、csv、json、pdf")
	flags.StringVar(&w.only, "only", "", "只写这几种材料，用逗号隔开，例如 minutes,tally")
	flags.StringVar(&w.style, "style", "", "版式文件（TOML）")
	flags.BoolVar(&w.check, "check", false, "只列出检查的人会指出什么")
	flags.BoolVar(&w.private, "private", false, "也写只给本人看的材料，要用 --reason 写明理由")
	flags.StringVar(&w.reason, "reason", "", "写出只给本人看的材料的理由，记入记录")
	flags.BoolVar(&w.org, "org", false, "上级党组织的材料")
	flags.IntVar(&w.year, "year", 0, "上级党组织的材料是哪一年度的；不写就是各支部最近的年度")
	flags.BoolVar(&w.asJSON, "json", false, "输出 JSON")
	return verb
}

// misused says how the verb is used, if it is used wrongly.
func (w wanted) misused() error {
	switch {
	case w.out == "" && !w.check:
		return usagef("请用 -o 写明材料写到哪个文件夹")
	case w.org && (w.branch != "" || w.only != "" || w.check || w.private):
		return usagef("--org 写的是上级党组织的材料，不和 --branch、--only、--check、--private 一起用")
	case w.year != 0 && !w.org:
		return usagef("--year 和 --org 一起用；一个支部的一个年度写成 --branch 编号@年度，例如 --branch b1@2016")
	case !w.org && w.branch == "":
		return branchMissing()
	case w.private && strings.TrimSpace(w.reason) == "":
		return usagef("--private 要用 --reason 写明理由：它记入记录，有关的人看得到")
	case w.reason != "" && !w.private:
		return usagef("--reason 是写出只给本人看的材料的理由：请加上 --private")
	}
	if _, _, err := w.format(); err != nil {
		return err
	}
	_, err := w.names()
	return err
}

// ownPlace reports whether a folder is the data folder itself, or in it where the
// attachments or the automatic backups lie.
func ownPlace(data, at string) bool {
	if target, err := filepath.EvalSymlinks(at); err == nil {
		at = target
	}
	if target, err := filepath.EvalSymlinks(data); err == nil {
		data = target
	}
	rel, err := filepath.Rel(data, at)
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return err == nil && slices.Contains([]string{".", "files", "backups"}, first)
}

// typed are the words of a list that somebody typed.
func typed(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '\uff0c' || r == '\u3001' || r == ' ' })
}

// format are the formats that are wanted, nil for all, and whether PDF is too.
func (w wanted) format() (list []doc.Format, pdf bool, err error) {
	for _, word := range typed(w.formats) {
		f := doc.Format(strings.ToLower(word))
		switch {
		case f == "pdf":
			pdf = true
		case !slices.Contains(doc.Formats(), f):
			return nil, false, usagef("没有 %q 这种格式：docx、xlsx、md、csv、json、pdf", word)
		default:
			list = append(list, f)
		}
	}
	if pdf && list == nil {
		list = []doc.Format{}
	}
	return list, pdf, nil
}

// names are the kinds of papers that are wanted, nil for all.
func (w wanted) names() ([]string, error) {
	names := typed(w.only)
	for _, n := range names {
		if n != "bel" && n != "log" && !slices.Contains(paper.Names(), n) {
			return nil, usagef("没有 %q 这种材料：%s、bel、log", n, strings.Join(paper.Names(), "、"))
		}
	}
	return names, nil
}

// press renders papers as they are wanted.
func (d *desk) press(w wanted) (p archive.Press, err error) {
	p.Formats, _, _ = w.format() // misused has seen the error
	if w.style != "" {
		if p.Text, err = readAtMost(d.path(w.style), archive.MaxStyle); err != nil {
			return p, err
		}
		if _, err := doc.NewStyle(p.Text); err != nil {
			return p, failf("%w", err)
		}
	}
	return p, nil
}

// branchPapers writes the papers of a branch.
func (d *desk) branchPapers(ctx context.Context, f *folder.Folder, w wanted) error {
	press, err := d.press(w)
	if err != nil {
		return err
	}
	private, err := d.privatePapers(ctx, f, w, press)
	if err != nil {
		return err
	}
	told, err := storyOf(ctx, f, w.branch)
	if err != nil {
		return err
	}
	names, _ := w.names() // misused has seen the error
	press.Only = names
	files, err := waited(ctx, func() ([]archive.File, error) { return told.Files(press) })
	if err != nil {
		return err
	}
	if len(names) > 0 || press.Formats != nil {
		files = slices.DeleteFunc(files, func(p archive.File) bool { return !w.wants(p, names) })
	}
	d.warnOfCounts(told.State, files)
	files = append(files, private...)
	d.tellsUnwritten(w, names, told.State, files)
	if err := d.addPDF(ctx, w, func(p archive.Press) ([]archive.File, error) {
		all, err := told.Files(p)
		return slices.DeleteFunc(all, func(x archive.File) bool { return len(names) > 0 && !slices.Contains(names, kindOf(x)) }), err
	}); err != nil {
		return err
	}
	return d.writeFiles(ctx, w.out, files, w.asJSON)
}

// tellsUnwritten says of each chosen paper that is not written why it is not.
func (d *desk) tellsUnwritten(w wanted, names []string, s *meeting.State, files []archive.File) {
	kinds := func(papers []paper.Paper) map[string]bool {
		set := map[string]bool{}
		for _, p := range papers {
			set[paper.KindOf(p.Name)] = true
		}
		return set
	}
	_, pdf, _ := w.format() // misused has seen the error
	for _, name := range names {
		switch {
		case slices.ContainsFunc(files, func(p archive.File) bool { return kindOf(p) == name }):
		case kinds(paper.All(s, paper.Facts{}))[name]:
			if !pdf {
				d.progress("提醒：%s 没有写：它没有这种格式，--format 请换一种", name)
			}
		case !kinds(paper.Private(s, paper.Facts{}))[name]:
			d.progress("提醒：%s 没有写：现在还没有这种材料", name)
		case !w.private:
			d.progress("提醒：%s 没有写：它只给本人看，要写请加 --private --reason 理由", name)
		}
	}
}

// wants reports whether a file is one of those that somebody chose. The list of all
// is none; log and boxes have formats of their own.
func (w wanted) wants(p archive.File, names []string) bool {
	kind := kindOf(p)
	switch {
	case p.Name == archive.ManifestName:
		return false
	case len(names) > 0:
		return slices.Contains(names, kind)
	}
	return slices.Contains(paper.Names(), kind) || p.Name == archive.StyleName
}

// privatePapers are the papers with private text, if they are wanted: that they are
// written is in the log before.
func (d *desk) privatePapers(ctx context.Context, f *folder.Folder, w wanted, press archive.Press) ([]archive.File, error) {
	if !w.private {
		return nil, nil
	}
	h, err := f.Hall(ctx, w.branch)
	if err != nil {
		return nil, err
	}
	if s := h.State(); s.Next != 0 { // nobody concerned would see that they are written
		return nil, failf("%d 年度已经结束，只给本人看的材料不能再写出：它们要在下一年度开始以前写，那时有关的人看得到谁写过", s.Rules.Year)
	}
	facts, err := filedAt(ctx, h, h.State())
	if err != nil {
		return nil, err
	}
	files, err := press.Private(h.State(), facts)
	if err != nil || len(files) == 0 {
		return files, err
	}
	out := meeting.WriteOut{Reason: w.reason}
	for _, p := range files {
		out.Papers = append(out.Papers, meeting.WrittenPaper{Name: p.Name, SHA256: p.SHA256})
	}
	_, err = h.Act(ctx, meeting.Keeper, out)
	return files, err
}

// filedAt is where the papers of a state stand in the log.
func filedAt(ctx context.Context, h interface {
	HashAt(ctx context.Context, seq uint64) ([32]byte, error)
}, s *meeting.State,
) (paper.Facts, error) {
	last := s.Filed()
	if last == nil {
		return paper.Facts{}, nil
	}
	seq := uint64(last.N) //nolint:gosec // it counts from 1
	hash, err := h.HashAt(ctx, seq)
	return paper.Facts{Seq: seq, Head: hash}, err
}

// orgPapers writes the organisation's papers.
func (d *desk) orgPapers(ctx context.Context, f *folder.Folder, w wanted) error {
	press, err := d.press(w)
	if err != nil {
		return err
	}
	render := func(p archive.Press) ([]archive.File, error) {
		papers, err := organisationPapers(ctx, f, p, w.year)
		if err != nil {
			return nil, err
		}
		return archive.Rendered(papers)
	}
	files, err := waited(ctx, func() ([]archive.File, error) { return render(press) })
	if err != nil {
		return err
	}
	if err := d.addPDF(ctx, w, render); err != nil {
		return err
	}
	return d.writeFiles(ctx, w.out, files, w.asJSON)
}

// writeFiles writes papers into a folder and says which.
func (d *desk) writeFiles(ctx context.Context, out string, files []archive.File, asJSON bool) error {
	if err := archive.Write(ctx, d.path(out), files); err != nil {
		return err
	}
	if asJSON {
		return d.json(files)
	}
	for _, p := range files {
		fmt.Fprintf(d.out, "%s\t%s\n", p.Name, p.Title)
	}
	fmt.Fprintf(d.out, "材料在 %s\n", d.path(out))
	return nil
}

// organisationPapers are the papers of the organisation at this moment: of the
// branches that have a year, or with the year 0 of all in their newest.
func organisationPapers(ctx context.Context, f *folder.Folder, press archive.Press, year int) ([]paper.Edition, error) {
	o, err := f.Organisation(ctx)
	if err != nil {
		return nil, err
	}
	halls, err := f.Halls(ctx)
	if year != 0 {
		halls, err = f.HallsOf(ctx, year)
	}
	if err != nil {
		return nil, err
	}
	if year != 0 && len(halls) == 0 {
		return nil, failf("没有哪个支部有 %d 年度：请检查 --year", year)
	}
	states := make([]*meeting.State, len(halls))
	for i, h := range halls {
		states[i] = h.State()
	}
	return press.Organisation(o.State().Name, states)
}

// kindOf returns the kind of a paper: its file's name without the ending and
// without the person, or bel for a ballot box.
func kindOf(p archive.File) string {
	name, ending, _ := strings.Cut(p.Name, ".")
	if ending == archive.BoxKind {
		return ending
	}
	return paper.KindOf(name)
}

// warnOfCounts warns, before papers with every count are written, if they would
// show what single members chose (BALLOT.md §4).
func (d *desk) warnOfCounts(s *meeting.State, files []archive.File) {
	counts := slices.ContainsFunc(files, func(p archive.File) bool { return kindOf(p) != "minutes" })
	if unanimous, lone := s.Reveals(); counts && unanimous+lone > 0 {
		d.progress("提醒：这些材料里有全部票数，%d 项全票一致、%d 项只有一张不同，看得出个人的选择，只交给支委和上级；要给别人，请用 --only minutes", unanimous, lone)
	}
}

// storyOf returns what the papers of a branch at this moment are made of. Its hall
// has folded the log, or does so now.
func storyOf(ctx context.Context, f *folder.Folder, branch string) (*archive.Story, error) {
	h, log, err := f.Held(ctx, branch)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	return archive.Tell(ctx, log, h.State())
}

// withLog opens the log of an existing branch for work.
func withLog(ctx context.Context, f *folder.Folder, branch string, work func(store.Log) error) error {
	log, err := f.Log(ctx, branch)
	if err != nil {
		return err
	}
	defer log.Close()
	return work(log)
}

// checkPapers lists what an inspector would find in the papers of a branch.
func (d *desk) checkPapers(ctx context.Context, f *folder.Folder, w wanted) error {
	h, err := f.Hall(ctx, w.branch)
	if err != nil {
		return err
	}
	type flaw struct {
		Paper string `json:"paper"`
		Level string `json:"level"`
		Text  string `json:"text"`
	}
	words, list := tui.Chinese(), []flaw{}
	for _, x := range h.State().Inspect(h.Now().Format(time.DateOnly)) {
		level := preset.Amber
		if x.Red {
			level = preset.Red
		}
		list = append(list, flaw{x.Paper, level, words.SayFlawAlone(x)})
		if !w.asJSON {
			fmt.Fprintf(d.out, "%s　%s\n", words.FlawLevel(x), words.SayFlaw(x))
		}
	}
	for _, b := range paper.Blanks(h.State()) {
		list = append(list, flaw{b.Paper, preset.Amber, words.SayBlankAlone(b)})
		if !w.asJSON {
			fmt.Fprintf(d.out, "%s　%s\n", words.Inspection.Warn, words.SayBlank(b))
		}
	}
	if w.asJSON {
		return d.json(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(d.out, words.Inspection.None)
	}
	return nil
}
