//go:build browser

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// onOddPhone opens a link on a phone in whose page a script runs first.
func onOddPhone(of context.Context, t *testing.T, link, script string) *phone {
	t.Helper()
	p := onPhone(of, t, "about:blank")
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	p.does(chromedp.Navigate(link))
	return p
}

// A messenger cuts a link, or takes the words after it for a part of it. Whoever taps
// it comes in, or is asked for what is missing; nobody stays before a dead page.
func TestBrowserOfALinkThatAMessengerChanged(t *testing.T) {
	r := newWebRig(t, 5)
	b := browser(t, r.wire)
	code, begin := strings.ReplaceAll(r.codes["m02"], "-", ""), strings.TrimPrefix(r.print, "SHA256:")[:6]
	site, _, _ := strings.Cut(r.link, "#")
	for _, link := range []string{r.link + "." + code + "，请点开", r.link + "." + code + "%E", r.link + "." + code + "?from=singlemessage"} {
		p := onPhone(b, t, link).sees("现在请你：签到")
		if at, err := asks[string](p, "location.href"); err != nil || strings.Contains(at, code) {
			t.Errorf("the address still has the code: %s %v", at, err)
		}
	}
	for _, link := range []string{r.link + "。", r.link + "）大家点开", r.link + "."} {
		onPhone(b, t, link).focuses("code").types(code).tap("进入").sees("现在请你：签到")
	}
	for _, link := range []string{site + "#" + r.pin[:12], site + "#%"} {
		p := onPhone(b, t, link).sees("主机指纹的前 6 位")
		p.focuses("print").types("ＳＨＡ２５６：" + begin).focuses("code").types(code).tap("进入").sees("现在请你：签到")
	}
}

// A browser in which the page's script does not run says so.
func TestBrowserThatIsTooOld(t *testing.T) {
	r := newWebRig(t, 5)
	b := browser(t, r.wire)
	late := `getComputedStyle(document.getElementById("late")).visibility === "visible"`
	old := onOddPhone(b, t, r.link, "delete window.BigInt")
	old.awaits("the sentence", late).sees("这个浏览器太旧")
	onPhone(b, t, r.link).sees("加入会议").seesNo("太旧")
}

// The line fails before there is a first page: the code from the link, which is no
// longer in the address, is not asked for again.
func TestBrowserWhoseFirstLineFails(t *testing.T) {
	r := newWebRig(t, 5)
	b := browser(t, r.wire)
	fails := `{ const real = WebSocket; if (!sessionStorage.failed) window.WebSocket = function (url) { sessionStorage.failed = 1; window.WebSocket = real; return new real(url.replace("/ssh", "/nowhere")); }; }`
	onOddPhone(b, t, r.link+"."+r.codes["m02"], fails).sees("连不上服务器").tap("进入").sees("现在请你：签到")
	p := onOddPhone(b, t, r.link+"."+r.codes["m03"], fails).sees("连不上服务器")
	p.does(reloads())
	p.sees("现在请你：签到")

	// Nor is a server that does not answer taken for another one.
	site, _, _ := strings.Cut(r.link, "#")
	p = onPhone(b, t, site).focuses("print").types(strings.TrimPrefix(r.print, "SHA256:")[:6]).focuses("code").types(r.codes["m04"])
	r.wire.leads("127.0.0.1:1")
	r.wire.cut()
	p.tap("进入").sees("连不上服务器").seesNo("和这台服务器的不一样")
	r.wire.leads(r.web)
	p.tap("进入").sees("现在请你：签到")
}

// A member whose phone has no line goes on writing on another device. When the phone is
// back it has what was written there, and does not put its own older text in its place.
func TestBrowserOfAMemberWithTwoDevices(t *testing.T) {
	r := newWebRig(t, 8)
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	far := newWire(t, "127.0.0.7")
	far.leads(r.web)
	told := func(text string) string {
		return `JSON.parse(sessionStorage["pingyi-text"] || "{}").told === ` + quotedJS(text)
	}
	first := r.joins(browser(t, far), "m05").tap("写对 党员01").focuses("field").types("党课安排")
	first.tap("写完了").sees("你写了 4 个字").tap("接着写").holds("党课安排") // the server has it
	far.leads("127.0.0.1:1")
	far.cut()
	first.sees("线断了")
	second := r.joins(browser(t, r.wire), "m05").tap("写对 党员01").holds("党课安排").focuses("field").types("要早一些。")
	second.awaits("the draft on its way", told("党课安排要早一些。"))
	far.leads(r.web)
	second.sees("已退出")
	first.tap("写对 党员01").holds("党课安排要早一些。")

	// What no draft has told the server yet is there after a reload.
	first.focuses("field").types("再")
	first.does(reloads())
	first.tap("写对 党员01").holds("党课安排要早一些。再")
}

// A name of twenty characters leaves a page as wide as the screen, also in letters
// twice as large.
func TestBrowserOfAMemberWithALongName(t *testing.T) {
	r := newWebRig(t, 5)
	name := "党员05" + strings.Repeat("长", 16)
	file := filepath.Join(r.dir, "roster.csv")
	if err := os.WriteFile(file, []byte(strings.Replace(sampleRoster(5), "党员05", name, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	r.pingyi(0, "roster", "import", file, "--branch", "b1", "--yes")
	r.joins(browser(t, r.wire), "m05").sees(name, "现在请你：签到").wellMade().fitsIn(320, 844)
}

// So do the columns of a ballot's overview.
func TestBrowserOfABallotInLargeLetters(t *testing.T) {
	r := newWebRig(t, 8)
	r.comesToVote(8)
	r.opensBox("m04", "m05")
	p := r.joins(browser(t, r.wire), "m05").tap("开始填测评票").fitsIn(320)
	p.tap("总览").sees("检查一遍").fitsIn(320)
}

// fitsIn checks that a page is as wide as screens of these widths, also in letters
// twice as large.
func (p *phone) fitsIn(widths ...int64) *phone {
	p.t.Helper()
	for _, width := range widths {
		call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 568, DeviceScaleFactor: 1, Mobile: true})
		for _, size := range []string{"20px", "40px"} {
			p.does(evaluates(`void (document.documentElement.style.fontSize = ` + quotedJS(size) + `)`))
			p.awaits("a page as wide as the screen in letters of "+size, fmt.Sprintf("innerWidth === %d && document.documentElement.scrollWidth <= innerWidth", width))
		}
	}
	return p
}

// While the line is down a screen reader says so, and not every second how long it
// takes.
func TestBrowserDoesNotReadOutEverySecond(t *testing.T) {
	r := newWebRig(t, 5)
	p := r.joins(browser(t, r.wire), "m02").sees("现在请你：签到")
	p.does(evaluates(`window.shown = [], window.heard = [], new MutationObserver(() => {
		const said = document.getElementById("said");
		shown.push(said.innerText);
		if (said.getAttribute("aria-live") === "polite") heard.push(said.innerText);
	}).observe(document.getElementById("said"), {childList: true, characterData: true, subtree: true})`))
	r.wire.leads("127.0.0.1:1")
	r.wire.cut()
	p.awaits("a wait that is counted down", `new Set(shown.filter(text => text.includes("秒后"))).size > 1`)
	if heard, err := asks[[]string](p, "heard"); err != nil || len(heard) != 1 || !strings.Contains(heard[0], "线断了") {
		t.Errorf("read out: %q %v", heard, err)
	}
	r.wire.leads(r.web)
	p.awaits("the line", `!document.getElementById("said").innerText.includes("线断了")`)
}

// Whoever chooses English reads all of the page in it, also while the line is down and
// when it is back.
func TestBrowserInEnglish(t *testing.T) {
	r := newWebRig(t, 5)
	p := r.joins(browser(t, r.wire), "m02").sees("现在请你：签到").tap("English").sees("For you now: Sign in", "Leave").seesNo("退出", "标签页")
	r.wire.leads("127.0.0.1:1")
	r.wire.cut()
	p.sees("The line is down").seesNo("线断了")
	r.wire.leads(r.web)
	p.awaits("the line", `!document.getElementById("said").innerText.includes("The line is down")`)
	p.sees("For you now: Sign in")
	p.does(reloads())
	p.sees("For you now: Sign in", "Leave").tap("中文").sees("现在请你：签到", "退出")
	p.does(reloads())
	p.sees("现在请你：签到", "退出")
}

// A code comes in a message, and the whole of it is pasted. What the server says of a
// wrong one is said in one language.
func TestBrowserOfAWholeMessageAsTheCode(t *testing.T) {
	r := newWebRig(t, 5)
	p := onPhone(browser(t, r.wire), t, r.link)
	enters := func(text string) *phone {
		p.focuses("code").does(evaluates(`document.getElementById("code").value = ` + quotedJS(text)))
		return p.tap("进入")
	}
	enters("党员02，您的入会码是 AAAAA-AAAAA，请保管好").sees("入会码不对").seesNo("Wrong", " / ")
	enters("党员02，您的入会码是 " + r.codes["m02"] + "，请保管好").sees("现在请你：签到")
}

// With the keyboard alone, or a screen reader, the focus is never on another button
// than the one that was chosen, nor nowhere, when what had it is gone.
func TestBrowserWithAKeyboard(t *testing.T) {
	r := newWebRig(t, 8)
	p := r.joins(browser(t, r.wire), "m05").sees("现在请你：签到")
	press := func(key, text string, code int64) {
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: key, Text: text, WindowsVirtualKeyCode: code})
		call(p, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyUp", Key: key, WindowsVirtualKeyCode: code})
	}
	goes := func(label string) {
		p.awaits("a page that stands still", button(label)+` && performance.now() - window.changedAt > 500`)
		for range 20 {
			press("Tab", "", 9)
			if on, err := asks[bool](p, "document.activeElement === "+button(label)); err == nil && on {
				return
			}
		}
		t.Fatalf("Tab does not come to %s:\n%s", label, p.reads())
	}
	onTitle := `document.activeElement.id === "title"`
	goes("签到")
	press("Enter", "\r", 13)
	p.sees("已签到").awaits("the focus on the title", onTitle)

	goes("我的发言提纲")
	for _, i := range []int{1, 2, 3, 4, 6, 7} {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	p.sees("写对 党员01").awaits("the focus on the title of the page to which others led", onTitle)

	goes("退出")
	press(" ", " ", 32)
	p.awaits("the focus on the way back", "document.activeElement === "+button("不，留下"))
	press("Enter", "\r", 13)
	p.awaits("the focus where it was", "document.activeElement === "+button("退出"))
}

// What was being written when the line broke waits until its field is there again,
// whatever else is looked at before.
func TestBrowserWhoLooksElsewhereBeforeWritingOn(t *testing.T) {
	r := newWebRig(t, 8)
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	p := r.joins(browser(t, r.wire), "m05").tap("写对 党员01").focuses("field").types("党课安排要早一些。")
	r.kill() // and with it what the server had
	r.starts()
	p.sees("断线时写的字还在").tap("议程、材料、我的记录").sees("议程").tap("返回")
	p.tap("写对 党员01").holds("党课安排要早一些。").tap("写完了").tap("提交").sees("已提交")
	p.does(reloads())
	p.tap("写对 党员01").holds("")
}

// A recovery code and an anonymous comment outlast a broken line while they are being
// written; they are put away nowhere, and end with what they are for.
func TestBrowserPutsNoSecretAway(t *testing.T) {
	r := newWebRig(t, 8, "--preset", "regulation-2018")
	r.comesToVote(8)
	p := r.joins(browser(t, r.wire), "m05")
	putsAway := func(text string) {
		t.Helper()
		p.does(evaluates(`dispatchEvent(new Event("pagehide"))`))
		if kept, err := asks[string](p, `JSON.stringify({...sessionStorage})`); err != nil || strings.Contains(kept, text) {
			t.Errorf("the tab keeps %q: %s %v", text, kept, err)
		}
	}
	p.tap("显示恢复码").tap("抄好了").focuses("field").types("枪疫霉尝俩")
	putsAway("枪疫霉")
	p.tap("返回")

	r.opensBox("m04", "m05")
	p.tap("开始填测评票").tap("匿名意见").focuses("field").types("作风")
	r.wire.leads("127.0.0.1:1")
	r.wire.cut()
	p.sees("线断了").focuses("field").types("扎实")
	putsAway("作风")
	r.wire.leads(r.web)
	p.sees("开始填测评票").seesNo("断线时写的字还在")
	p.tap("开始填测评票").tap("匿名意见").holds("作风扎实")

	r.say("m01", 0, "", "void --reason 重来")
	p.sees("已经作废")
	putsAway("作风")
	p.does(reloads())
	p.sees("已经作废").seesNo("匿名意见")
	r.say("m01", 0, "", "scrutineers m04 m06 --yes 6")
	r.opensBox("m04", "m06")
	p.tap("开始填测评票").tap("匿名意见").holds("")
}

// When the line of a booth breaks the visit is over, and who sits there reads it. A
// wall promises nothing about writing.
func TestBrowserOfABoothWhoseLineBreaks(t *testing.T) {
	r := newWebRig(t, 8)
	r.comesToVote(8)
	r.opensBox("m04", "m05")
	b := browser(t, r.wire)
	comes := func(as string) *phone {
		p := tab(b, t, strings.Replace(r.link, "#", "?as="+as+"#", 1), 1280, 800).focuses("code").types(r.codes[as])
		return p.tap("进入")
	}
	booth, wall := comes("booth").sees("请输入你自己的入会码"), comes("screen").sees("0/8")
	booth.focuses("field").types(r.codes["m02"]).tap("确定").tap("开始填测评票").sees("第 1 / 7 页").tap("优秀").sees("第 2 / 7 页")
	r.wire.leads("127.0.0.1:1")
	r.wire.cut()
	booth.sees("没有提交的不留在这里").seesNo("不会丢")
	wall.sees("线断了").seesNo("正在写的字")
	r.wire.leads(r.web)
	booth.sees("请输入你自己的入会码").seesNo("党员02")
}

// Who writes without a pause and goes on at another device loses no more than the
// last moment.
func TestBrowserOfAMemberWhoWritesWithoutAPause(t *testing.T) {
	r := newWebRig(t, 8)
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	b := browser(t, r.wire)
	first := r.joins(b, "m05").tap("写对 党员01").focuses("field")
	first.does(evaluates(`new Promise(done => {
		const field = document.getElementById("field"), beat = setInterval(() => {
			field.value += "字";
			field.dispatchEvent(new InputEvent("input", {bubbles: true}));
			if (field.value.length === 20) done(clearInterval(beat));
		}, 150);
	})`))
	second := r.joins(b, "m05")
	first.sees("已退出")
	second.tap("写对 党员01").awaits("what was written", `document.getElementById("field").value.length >= 10`)
}
