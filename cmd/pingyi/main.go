// Command pingyi runs a Party branch's 专题组织生活会 and 民主评议党员: the
// server that members join over SSH, the facilitator's console, and the verbs
// around them. It wires packages together and decides nothing itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pingyi/tui"
	"pingyi/tui/draw"
)

func main() {
	runMore()
	owned()
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	d := &desk{in: os.Stdin, out: os.Stdout, err: os.Stderr, program: os.Args[0], dir: dir}
	code := d.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// endings are the signals that end a verb. One that is ignored from the start
// stays so: nohup means that the process goes on without its terminal, and a
// shell that it goes on in the background.
func endings() []os.Signal {
	signs := []os.Signal{syscall.SIGTERM}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signs = append(signs, s)
		}
	}
	return signs
}

// defaultData is the data folder if none is named.
const defaultData = "data"

// Exit codes (DOORS.md).
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a mistake in the words of the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// failure is an error whose text is already a sentence for the person who typed
// the command line.
type failure struct{ error }

// failf returns a failure. What the operating system refuses stands in it in words
// that say what to do.
func failf(format string, args ...any) error {
	for i, arg := range args {
		if err, is := arg.(error); is {
			args[i] = saidCause{err}
		}
	}
	return failure{fmt.Errorf(format, args...)}
}

// saidCause is an error whose text is for a person.
type saidCause struct{ error }

func (c saidCause) Error() string { return tui.Chinese().Cause(c.error) }

func (c saidCause) Unwrap() error { return c.error }

func (f failure) Unwrap() error { return f.error }

// run executes one command line and returns its exit code. An error is printed
// as one line.
func (d *desk) run(ctx context.Context, args []string) int {
	out := &output{Writer: d.out}
	d.out = out
	code := d.execute(ctx, args)
	if d.out = out.Writer; out.lost != nil {
		fmt.Fprintln(d.err, oneLine("结果没有全部写出来："+tui.Chinese().Cause(out.lost)+"。事情可能已经办了，请再看一次；没有看到的入会码请重发。"))
		return max(code, exitFailed)
	}
	return code
}

// output is where a verb prints. It keeps the error of what could not be written,
// since a verb that has done its work must not end with 0 if nobody can read its
// answer: it may be new join codes.
type output struct {
	io.Writer
	lost error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.EIO) { // its reader, its terminal has left
		o.lost = err
	}
	return n, err
}

// outFile is the file or terminal that a verb prints to, nil if it is none.
func (d *desk) outFile() *os.File {
	to := d.out
	if o, ok := to.(*output); ok {
		to = o.Writer
	}
	file, _ := to.(*os.File)
	return file
}

func (d *desk) execute(ctx context.Context, args []string) int {
	root := d.root()
	root.SetArgs(args)
	root.SetIn(d.in)
	root.SetOut(d.out)
	root.SetErr(d.err)
	err := root.ExecuteContext(ctx)
	if out, ok := d.out.(*output); ok && out.lost != nil && errors.Is(err, out.lost) {
		return exitFailed // run says why
	}
	var usage usageError
	var exit exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return exit.code // already printed
	case errors.As(err, &usage):
		fmt.Fprintln(d.err, "用法不对："+draw.Drawable(oneLine(err.Error())))
		return exitUsage
	}
	fmt.Fprintln(d.err, oneLine(sentence(err)))
	return exitFailed
}

// sentence returns the sentence for an error. What it quotes of a file or of a
// file's name does not act on the terminal.
func sentence(err error) string {
	var own failure
	if errors.As(err, &own) {
		return draw.Drawable(own.Error())
	}
	return tui.Chinese().Explain(err)
}

// sentences returns the sentences for errors.
func sentences(errs []error) []string {
	said := make([]string, len(errs))
	for i, err := range errs {
		said[i] = sentence(err)
	}
	return said
}

// exitError ends with a code after everything was printed.
type exitError struct{ code int }

func (exitError) Error() string { return "" }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// root is the tree of verbs.
func (d *desk) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "pingyi",
		Short: "评议：专题组织生活会和民主评议党员，从名册到会议记录",
		Long: `评议（pingyi）在本机主持一个党支部的专题组织生活会和民主评议党员：
主持人的控制台、投影、党员各自终端上的签到、发言、批评、无记名测评，以及会后的材料。

第一次使用：
  pingyi demo                        自动走完会前、示范会和会后，看看会得到什么
  pingyi init --org 某党总支         建数据文件夹
  pingyi branch add b1 --name 第一党支部
  pingyi roster import 名册.xlsx --branch b1
  pingyi codes --branch b1 -o 入会码.docx
  pingyi host --branch b1 --addr :2222`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          needsVerb,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.PersistentFlags().StringVar(&d.data, "data", defaultData, "数据文件夹")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		if no := c.ValidateArgs(c.Flags().Args()); c.HasSubCommands() && no != nil { // the options of a verb that is none
			return no
		}
		return flagError(err)
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.Version = versionLine()
	root.SetVersionTemplate("{{.Version}}\n")
	root.Flags().BoolP("version", "v", false, "显示版本")
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.AddCommand(
		d.initVerb(), d.presetVerb(), d.superiorVerb(), d.orgVerb(), d.branchVerb(), d.rosterVerb(), d.codesVerb(), d.serveVerb(), d.hostVerb(), d.wallVerb(), d.boothVerb(),
		d.demoVerb(), d.papersVerb(), d.verifyVerb(), d.logVerb(), d.trusteeVerb(),
		d.pruneVerb(), d.backupVerb(), d.restoreVerb(), d.shareVerb(), d.copyVerb(), d.doctorVerb(), d.voteVerb(), d.benchVerb(),
	)
	for _, c := range root.Commands() {
		chineseHelp(c)
	}
	return root
}

func chineseHelp(c *cobra.Command) {
	c.Flags().BoolP("help", "h", false, "显示这个说明")
	for _, sub := range c.Commands() {
		chineseHelp(sub)
	}
}

func needsVerb(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("没有 %q 这个动词；用 %s --help 看有哪些", args[0], c.CommandPath())
	}
	return nil
}

// exactly refuses any number of arguments but one for each name.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(names) == 0 && len(args) > 0 {
			return usagef("%s 后面不写别的，只写选项：多了 %q；例：%s", c.CommandPath(), args[0], firstExample(c))
		}
		if len(args) != len(names) {
			return usagef("%s 要有 %d 个参数（%s），给了 %d 个；例：%s", c.CommandPath(), len(names), strings.Join(names, " "), len(args), firstExample(c))
		}
		return nil
	}
}

func firstExample(c *cobra.Command) string {
	line, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
	return strings.TrimSpace(line)
}

// flagError says what is wrong with the flags of a command line.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usagef("没有这个选项 %s", dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()))
	case errors.As(err, &empty):
		return usagef("选项后面缺少内容 %s", dashed(empty.GetSpecifiedName(), empty.GetSpecifiedShortnames()))
	case errors.As(err, &bad):
		return usagef("选项 --%s 的内容不对：%q；%s", bad.GetFlag().Name, bad.GetValue(), flagContent(bad.GetFlag()))
	}
	return usagef("选项写得不对：%w", err)
}

// flagContent says what stands behind an option.
func flagContent(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "应当是一个整数"
	case "intSlice":
		return "应当是整数，几个用逗号隔开"
	case "uint64":
		return "应当是整数，不小于 0"
	}
	return "这个选项后面不写内容"
}

// dashed returns an option as it was typed: --name, or -n among others.
func dashed(name, shorts string) string {
	if shorts != "" {
		return "-" + shorts
	}
	return "--" + name
}

const helpTemplate = `{{with or .Long .Short}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`

const usageTemplate = `用法：
  {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}} 动词{{end}}
{{if .HasExample}}
例：
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}
动词：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`

// progress prints what a long-running verb is doing. Texts among the args may
// come from a file of somebody else: they do not act on the terminal.
func (d *desk) progress(format string, args ...any) {
	for i, a := range args {
		if text, ok := a.(string); ok {
			args[i] = draw.Drawable(text)
		}
	}
	fmt.Fprintf(d.err, format+"\n", args...)
}
