package ssh

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	charm "charm.land/ssh"
	"golang.org/x/text/width"

	"pingyi/meeting"
	"pingyi/meeting/erase"
	"pingyi/meeting/sheet"
	"pingyi/tui"
)

// Exit codes of words (DOORS.md).
const (
	exitOK     = 0
	exitFailed = 1 // refused, or it could not be done
	exitUsage  = 2

	exitInterrupted = 130 // by Ctrl+C, as a shell says it
)

// word is one command that can be given over SSH without a terminal.
type word struct {
	name        string
	params      string // such as "ID [--reason TEXT]"
	about       string
	least, most int      // arguments; most -1: any number
	flags       []string // with a value
	switches    []string // without
	rest        bool     // what follows it is another word, with flags of its own
	do          func(c *call) (answer, error)
}

func (w word) usage() string {
	usage := strings.TrimSpace(w.name + " " + w.params)
	if w.once() {
		usage += " [--id ID]"
	}
	return usage
}

// answer is the answer of a word: value for scripts, text for people.
type answer struct {
	value any
	text  string
}

// done is the answer of a word that has nothing to tell.
func done(text string) (answer, error) {
	return answer{value: map[string]bool{"ok": true}, text: text}, nil
}

// branchWords are the words of a branch: every word that is said is looked for in them.
var branchWords struct {
	once sync.Once
	all  []word
}

// vocabulary lists every word, in the order of help. It is shared.
func vocabulary() []word {
	branchWords.once.Do(func() { branchWords.all = slices.Clip(everyWord()) })
	return branchWords.all
}

func everyWord() []word {
	return append([]word{
		{name: "help", about: "有哪些命令", do: help},
		{name: "plain", about: "逐行的界面：读屏软件、坏掉的终端用；不带 -t、不写命令登录也是它", do: plain},
		{name: "page", about: "给程序画的界面：每行一个 JSON 对象，见 STREAM.md；不能带 -t", do: pageAlone},
		{name: "whoami", about: "我是谁，担任什么", do: whoami},
		{name: "status", params: "[--follow]", about: "会议到了哪里，我现在能做什么", switches: []string{"follow"}, do: showStatus},
		{name: "people", about: "名册上的人和编号", do: people},
		{name: "script", about: "主持词：现在要念的话，数字已填好", do: script},
		{name: "agenda", about: "议程、评议次序、轮到我还有几位、还要多久", do: agenda},
		{name: "mine", about: "我的记录：我交了什么，会议记录里我的部分", do: mine},
		{name: "tasks", params: "[--ics]", about: "等你办：什么在等我、到哪一天，急的在前；不加 --json 就是可以打印的清单，--ics 是日历文件", switches: []string{"ics"}, do: tasks},
		{name: "signin", params: "[ID…]", about: "签到；主持人可替没有终端的人签到，一次可以多人：1-12,15 或 m01-m12", most: -1, do: signIn},
		{name: "absent", params: "ID REASON [--written]", about: "记缺席原因，ID 可以是多人（1-3,7），--written 表示交了书面材料", least: 2, most: -1, switches: []string{"written"}, do: absent},
		{name: "name", params: "ID console|recorder|group-recorder", about: "指定主持台、记录人，或所在党小组的记录人", least: 2, most: 2, do: name},
		{name: "ready", about: "会前体检：什么齐了，什么还缺，依据和办法；红的要写理由才能开会、投票（step --reason）", do: ready},
		{name: "step", params: "[--reason TEXT]", about: "会议的下一步", flags: []string{"reason"}, do: step},
		{name: "next", params: "[--reason TEXT]", about: "下一项议程", flags: []string{"reason"}, do: next},
		{name: "back", about: "回到上一项", do: back},
		{name: "goto", params: "NO", about: "跳到某一项", least: 1, most: 1, do: jump},
		{name: "adjourn", params: "--until DAY", about: "休会到某一天，写成 2017-03-27", flags: []string{"until"}, do: adjourn},
		{name: "resume", about: "续会", do: resume},
		{name: "undo", about: "撤回自己刚才的一步", do: undo},
		{name: "say", params: "[--break [MINUTES]] [TEXT]", about: "在投影上写一句话；--break 休息，可写几分钟；都不写就撤下、继续开会", most: -1, switches: []string{"break"}, do: sayOnWall},
		{name: "floor", params: "[ID]", about: "申请发言；主持人：请某人发言", most: 1, do: floor},
		{name: "call", params: "ID", about: "请某人发言", least: 1, most: 1, do: floor},
		{name: "yield", about: "结束发言，或不再等候", do: yield},
		{name: "pause", about: "发言计时暂停或继续", do: pause},
		{name: "extend", params: "SECONDS", about: "延长发言时间", least: 1, most: 1, do: extend},
		{name: "countdown", params: "SECONDS", about: "给正在发言的人定还剩多少秒", least: 1, most: 1, do: countdown},
		{name: "queue", params: "ID PLACE", about: "调整候言顺序，1 是下一位，0 移出", least: 2, most: 2, do: queue},
		{name: "limits", params: "[--propose] [--self N] [--criticism N] [--response N] [--speech N]", about: "发言时限（秒）和按时间、人数的建议；--propose 采用建议", flags: []string{"self", "criticism", "response", "speech"}, switches: []string{"propose"}, do: limits},
		{name: "wording", params: "NO [TEXT]", about: "给议项写几句话，大家和投影都看得到；不写内容就删去", least: 1, most: -1, do: wording},
		{name: "turn", params: "[ID]", about: "轮到谁作自我批评、听取批评", most: 1, do: turn},
		{name: "self-criticise", about: "交自我批评，内容从标准输入给", do: selfCriticise},
		{name: "criticise", params: "ID", about: "对某人的批评意见，署名，本人、主持人和记录人看得到，记入会议记录；内容从标准输入给", least: 1, most: 1, do: criticise},
		{name: "respond", about: "表态，内容从标准输入给", do: respond},
		{name: "criticisms", params: "[mend NO|withdraw NO]", about: "我写的和给我的；这一轮结束前可以改（mend，内容从标准输入给）或收回（withdraw）自己的", most: 2, do: criticisms},
		{name: "read-out", params: "[--off]", about: "请人宣读我写的：不便出声时，轮到我发言由主持人宣读；--off 还是自己说", switches: []string{"off"}, do: askReading},
		{name: "self-rate", params: "GRADE", about: "个人自评", least: 1, most: 1, do: selfRate},
		{name: "record", params: "ID self-criticise|criticise ID|respond|self-rate GRADE", about: "替某人记录", least: 2, most: 3, do: record},
		{name: "note", params: "[--item NO | --corrects NO]", about: "写会议记录，内容从标准输入给；--item 补记别的议项，--corrects 更正第几条记录", flags: []string{"item", "corrects"}, do: note},
		{name: "place", params: "TEXT", about: "写会议地点，记入会议记录", least: 1, most: -1, do: notePlace},
		{name: "resolve", params: "TEXT --yes N [--no N] [--abstain N]", about: "举手表决的结果", least: 1, most: -1, flags: []string{"yes", "no", "abstain"}, do: resolve},
		{name: "scrutineers", params: "ID... [--yes N --no N --abstain N] [--reason TEXT]", about: "推选监票人，以及举手的结果；计票后经表决重新测评要写理由", least: 1, most: -1, flags: []string{"yes", "no", "abstain", "reason"}, do: scrutineers},
		{name: "paper", params: "ID [--back]", about: "给没有终端的人发纸质票；--back 收回", least: 1, most: 1, switches: []string{"back"}, do: givePaper},
		{name: "seal", params: "[--latin] [--own]", about: "监票人封箱，显示恢复码（读屏请戴耳机），--latin 用英文单词；--own 用自己电脑上的钥匙，公开的部分从标准输入给", switches: []string{"latin", "own"}, do: seal},
		{name: "open", about: "开始投票", do: openBox},
		{name: "ballot", about: "测评票上有谁、有哪些等次", do: showBallot},
		{name: "vote", about: `投票，从标准输入给 {"m01":1,"m02":0, ...}：1 是最好的等次，0 是弃权，人人都写上，发出的长短就不透露选了什么（也认等次的名称）`, do: cast},
		{name: "election", params: "[--bel]", about: "这次测评的设置，与归档里的一字不差；--bel 写成 Belenios 的档案，可以拿去自己做票", switches: []string{"bel"}, do: showElection},
		{name: "credential", about: "自己这一票的凭证，只在投票时给本人；自己做票时签名用，不要给别人", do: showCredential},
		{name: "cast", about: "投一张在自己电脑上做好的票（pingyi vote 或 belenios-tool），从标准输入给", do: castReady},
		{name: "receipt", params: "[CODE]", about: "回执在不在公示里", most: 1, do: receipt},
		{name: "close", params: "[--reason TEXT]", about: "结束投票；有人没有投票时要理由", flags: []string{"reason"}, do: closeBox},
		{name: "slips", about: `监票人录入纸质票的数，从标准输入给 {"returned":2,"counts":{"m01":{"优秀":1}}}`, do: slips},
		{name: "box", params: "[--mass]", about: "关箱后取票箱（只有密文），写到标准输出", switches: []string{"mass"}, do: fetchBox},
		{name: "confirmed", params: "[--reason TEXT]", about: "核对回执完毕，可以开箱；有人没有核对时要理由", flags: []string{"reason"}, do: confirmed},
		{name: "unseal", params: "[--own]", about: "监票人开箱；服务器重启过或已经散会要恢复码，从标准输入给一行；--own 从标准输入给自己电脑上解密的部分", flags: []string{"code"}, switches: []string{"own"}, do: unseal},
		{name: "void", params: "--reason TEXT", about: "作废这次测评", flags: []string{"reason"}, do: void},
		{name: "board", about: "回执公示", do: board},
		{name: "result", about: "测评结果", do: result},
		{name: "remarks", params: "[ID]", about: "匿名意见：自己的；支委可看每个人的", most: 1, do: comments},
		{name: "announce", params: "[--preview]", about: "公布测评结果；--preview 先看要宣读的话，不公布", switches: []string{"preview"}, do: announce},
		{name: "coarsen", params: "none|counts|excellent_names|full", about: "少公布一些结果", least: 1, most: 1, do: coarsen},
		{name: "rate", params: "ID GRADE [--reason TEXT]", about: "组织评定", least: 2, most: 2, flags: []string{"reason"}, do: rate},
		{name: "submit", params: "[--yes N --no N --abstain N]", about: "提交评定表，没有支委会的写举手的结果；会后把等次和登记表送上级审定，退回的改好再送", flags: []string{"yes", "no", "abstain"}, do: submit},
		{name: "bundle", params: "[--version N]", about: "送上级审定的等次，和上级的决定", flags: []string{"version"}, do: showBundle},
		{name: "approve", params: "ID|all [--version N] [--approval 文号]", about: "上级同意等次；上级在纸上批复的，主持人用 --approval 记下文号", least: 1, most: 1, flags: []string{"version", "approval"}, do: decide(meeting.LineApproved)},
		{name: "return", params: "ID|all --reason TEXT [--version N] [--approval 文号]", about: "上级退回等次", least: 1, most: 1, flags: []string{"reason", "version", "approval"}, do: decide(meeting.LineSentBack)},
		{name: "amend", params: "ID GRADE --reason TEXT [--version N] [--approval 文号]", about: "上级改定一个人的等次", least: 2, most: 2, flags: []string{"reason", "version", "approval"}, do: decide(meeting.LineAmended)},
		{name: "guide", params: "ID", about: "上级指派指导领导，ID 是上级党组织的人", least: 1, most: 1, do: assignGuide},
		{name: "audit", params: "[ID]", about: "谁在什么时候做了什么；写编号就只看那个人", most: 1, do: audit},
		{name: "feedback", params: "[--year YEAR | give ID [--approval TEXT] | list]", about: "支部向我反馈的结果，--year 看以前年度的；主持人和支委：向某人反馈，--approval 写上级的批复文号", most: 2, flags: []string{"approval", "year"}, do: feedback},
		{name: "ack", about: "确认反馈，本人意见从标准输入给，空的表示无意见", do: ack},
		{name: "rehearse", params: "[close|end]", about: "会前预演一次投票，不进会议记录；close 结束投票，核对回执后 confirmed 计票，end 结束预演", most: 1, do: rehearse},
		{name: "peek", about: "预演中试着偷看：文件、备份和主持人那里有关于我这张票的什么", do: peek},
		{name: "key", params: "add|list|forget NO", about: "记住的设备：add 记住这次登录所用的设备，以后从它登录不用输入会码；list 列出，forget 忘记；主持人看得到也可以忘记每个人的", least: 1, most: 2, do: keyWord},
		{name: "file", params: "add NAME|get HASH", about: "照片、扫描件等佐证：add 从标准输入交来一个文件，写进记录的 files；get 把一个写到标准输出，HASH 是 sha256，或它的前 8 位", least: 2, most: -1, do: file},
		{name: "archive", params: "[close] [--reason TEXT]", about: "归档清单：什么齐全，什么没有；close 归档，从此只读，还有没有的要写理由", most: 1, flags: []string{"reason"}, do: archive},
		{name: "papers", params: "[get FILE]", about: "会议材料；get 把一份写到标准输出", most: 2, do: papers},
	}, recordWords()...)
}

// hides reports whether what a word reads or answers is nobody's business but
// the caller's: choices, recovery codes, credentials.
func (w word) hides() bool {
	return slices.Contains([]string{"vote", "seal", "unseal", "credential"}, w.name)
}

// lookup finds a word among some. A phone begins it with a capital, an input method
// may write it full-width.
func lookup(name string, words []word) (word, bool) {
	name = strings.ToLower(width.Narrow.String(name))
	for _, w := range words {
		if w.name == name {
			return w, true
		}
	}
	return word{}, false
}

// call is a word that somebody says.
type call struct {
	line
	ctx     context.Context
	server  *Server
	session *session
	room    Room
	who     meeting.MemberID
	work    *labour
	in      io.Reader
	out     io.Writer
	notes   io.Writer // for a person who waits; nothing that a script reads
}

func (c *call) state() *meeting.State { return c.room.State() }

// act submits cmd in the caller's name.
func (c *call) act(cmd meeting.Command) error {
	_, err := c.events(cmd)
	return err
}

// events submits cmd in the caller's name and returns what was recorded.
func (c *call) events(cmd meeting.Command) ([]meeting.Event, error) {
	return c.room.ActOnce(c.ctx, c.id(), c.who, cmd)
}

// word runs one word, in turn and at the pace of its person, and returns its exit
// code.
func (s *Server) word(sess charm.Session, one *session) int {
	if err := one.pace.words.Wait(one.life); err != nil {
		return exitFailed // the session is over
	}
	work := &labour{shift: shift[place]{of: s.words, who: one.at, gone: one.Done()}, pace: one.pace}
	work.begin()
	defer work.rest()
	return s.wordOf(sess, one, work)
}

func (s *Server) wordOf(sess charm.Session, one *session, work *labour) int {
	command := sess.RawCommand()
	if text, ok := sheet.UTF8([]byte(command)); ok {
		command = string(text)
	}
	w, l, err := parse(command, wordsOf(one.who))
	_, _, terminal := sess.Pty()
	if one.who.id == meeting.Booth {
		err = errBooth
	}
	if err != nil {
		work.rest()
		fmt.Fprintln(sess.Stderr(), err)
		return exitUsage
	}
	began := time.Now()
	ctx, over := one.heeds()
	defer over()
	c := &call{
		line: l, ctx: ctx, server: s, session: one, room: one.room(), who: one.who.id,
		work: work, out: working{sess, work}, notes: sess.Stderr(),
		in: working{struct {
			io.Reader
			io.Writer
		}{heededInput{ctx, wholeInput{sess, &one.running}, &one.running}, sess}, work},
	}
	if terminal {
		c.in = noInput{}
		one.running.Go(func() { one.hears(sess) }) // until the channel closes
	}
	do := func() {
		var a answer
		if a, err = w.do(c); err == nil {
			err = c.print(a)
		}
	}
	if w.hides() {
		erase.After(do)
	} else {
		do()
	}
	work.rest()
	if why := context.Cause(ctx); err != nil && why != nil {
		err = why
	}
	if errors.Is(err, errInterrupted) {
		return exitInterrupted
	}
	code := s.complain(sess.Stderr(), w, err)
	if w.name == string(opinionForm().Name) { // a line would say who was here when an opinion came
		return code
	}
	s.log.Info("word", "branch", one.at.branch, "who", one.at.id, "word", w.name, "exit", code, "after", time.Since(began).Round(time.Millisecond))
	return code
}

// hears interrupts the word when somebody presses Ctrl+C on the terminal on
// which it was said. Other keys mean nothing there.
func (s *session) hears(keys io.Reader) {
	some := make([]byte, 64)
	for {
		n, err := keys.Read(some)
		if bytes.IndexByte(some[:n], 3) >= 0 {
			s.interrupt()
		}
		if err != nil {
			return
		}
	}
}

// complain tells a person about err in one line and returns the exit code.
func (s *Server) complain(to io.Writer, w word, err error) int {
	var usage usageError
	var plain sentence
	var no *meeting.Refusal
	var bad *sheet.Error // of what somebody brought
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintln(to, usage)
		return exitUsage
	case errors.As(err, &plain):
		fmt.Fprintln(to, plain)
	default:
		fmt.Fprintln(to, tui.Chinese().Say(err))
		if !errors.As(err, &no) && !errors.As(err, &bad) && !errors.Is(err, context.Canceled) && !errors.Is(err, io.EOF) && w.name != "vote" && w.name != "cast" {
			s.log.Error("word failed", "word", w.name, "err", err)
		}
	}
	return exitFailed
}

// sentence is an error that is shown to a person as it is.
type sentence string

func (e sentence) Error() string { return string(e) }

// noInput is the input of a word that was said on a terminal, which would never
// end by itself.
type noInput struct{}

func (noInput) Read([]byte) (int, error) {
	return 0, usageError("这个命令从标准输入读内容：请去掉 -t。")
}

// wholeInput is the input of a word. It ends only where the client has ended it,
// and not where its line broke: at the end the client is asked whether it is there.
type wholeInput struct {
	charm.Session
	asking *sync.WaitGroup
}

// answersIn is how long a client has to say that it is there. One that answers no
// such question, against RFC 4254 §5.4, is taken at its word.
const answersIn = 2 * time.Second

func (w wholeInput) Read(p []byte) (int, error) {
	n, err := w.Session.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	answer := make(chan error, 1)
	w.asking.Go(func() {
		_, gone := w.SendRequest("keepalive@openssh.com", true, nil)
		answer <- gone
	})
	late := time.NewTimer(answersIn)
	defer late.Stop()
	select {
	case gone := <-answer:
		if gone != nil {
			err = context.Canceled
		}
	case <-late.C:
	}
	return n, err
}

// print writes an answer: one JSON value, or text for people.
func (c *call) print(a answer) error {
	switch {
	case c.json && a.value != nil:
		enc := json.NewEncoder(c.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(a.value)
	case a.text != "":
		_, err := io.WriteString(c.out, strings.TrimRight(a.text, "\n")+"\n")
		return err
	}
	return nil
}

// maxInput is how many bytes a word reads from standard input.
const maxInput = 1 << 20

// input reads standard input to its end, as UTF-8: a terminal or an editor of an
// office may send GBK or UTF-16.
func (c *call) input() ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(c.in, maxInput+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxInput:
		return nil, sentence("内容超过 1 MB，没有收下：请缩短后再提交。")
	}
	text, ok := sheet.UTF8(data)
	if !ok {
		return nil, sentence("This is neither UTF-8 nor GBK / 内容既不是 UTF-8 也不是 GBK，没有收下：请改用 UTF-8 再提交。")
	}
	return text, nil
}

// speech reads a text from standard input.
func (c *call) speech() (string, error) {
	data, err := c.input()
	return string(data), err
}

// person returns whom an argument means: an id, or a name that only one person
// has, or an id in capitals or full-width letters.
func (c *call) person(arg string) meeting.MemberID {
	id := meeting.MemberID(arg)
	if _, known := c.state().Member(id); known {
		return id
	}
	if same := c.state().Named(arg); len(same) == 1 {
		return same[0]
	}
	if alike, ok := c.state().Alike(arg); ok {
		return alike
	}
	return id // the command will refuse it, and say why
}

// number reads a whole number, in full-width digits too.
func number(text, what string) (int, error) {
	n, err := strconv.Atoi(width.Narrow.String(text))
	if err != nil {
		return 0, usagef("%s应当是数字。", what)
	}
	return n, nil
}

// misused is the usage error of a word whose arguments do not go together.
func (c *call) misused() error {
	w, _ := lookup(c.word, append(vocabulary(), superiorWords()...))
	return usagef("参数不对。用法：%s", w.usage())
}

// plain refuses the word plain with arguments or --json: alone it is a screen
// (plainly).
func plain(*call) (answer, error) {
	return answer{}, usageError("plain 是给人用的界面，后面不写别的；脚本请用 status 等命令。")
}

// pageAlone refuses the word page with arguments, --json or a terminal (streams).
func pageAlone(*call) (answer, error) {
	return answer{}, usageError("page 是给程序用的界面，后面不写别的，也不带 -t；人用 plain，脚本用 status 等命令。")
}

func help(*call) (answer, error) { return helpOn(vocabulary()) }

// helpOn lists some words.
func helpOn(words []word) (answer, error) {
	type entry struct {
		Word  string `json:"word"`
		Usage string `json:"usage"`
		About string `json:"about"`
	}
	var list []entry
	var text strings.Builder
	for _, w := range words {
		list = append(list, entry{w.name, w.usage(), w.about})
		fmt.Fprintf(&text, "%s\n    %s\n", w.usage(), w.about)
	}
	text.WriteString("每个命令都可以加 --json。\n")
	text.WriteString("线路断了、不知道记没记下，就用同一个 --id 再发一次：只记一次，答的是当时的结果。每件事用一个新的 ID。\n")
	text.WriteString("vote 带匿名意见时，先用空格把票补到 8192 字节再发，例：head -c 8192 /dev/zero | tr '\\0' ' ' | cat 票 - | head -c 8192 > 补过的票\n")
	return answer{value: list, text: text.String()}, nil
}
