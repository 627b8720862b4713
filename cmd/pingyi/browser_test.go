//go:build browser

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
)

// Somebody scans the code on their slip and holds a whole meeting on a phone, on
// plain http under a name that is no secure context.
func TestBrowserOfAMember(t *testing.T) {
	r := newWebRig(t, 8)
	b := browser(t, r.wire)
	p := r.joins(b, "m05").sees("现在请你：签到")
	if secure, err := asks[bool](p, "isSecureContext"); err != nil || secure {
		t.Errorf("a secure context (%v): the test shows nothing of plain http", err)
	}
	if at, err := asks[string](p, "location.href + history.length"); err != nil || strings.Contains(at, r.codes["m05"]) {
		t.Errorf("the address still has the code: %s %v", at, err)
	}
	p.wellMade().picture("sign-in")
	p.tap("签到").sees("已签到")
	for _, id := range []string{"m01", "m02", "m03", "m04", "m06", "m07"} {
		r.say(id, 0, "", "signin")
	}

	r.toCriticism()
	p.sees("对 党员01 提批评意见").picture("criticism")
	p.tap("写对 党员01").sees("记入会议记录").focuses("field")
	p.does(evaluates("window.before = document.getElementById('field')"))
	p.composes("dang'ke")
	r.say("m02", 0, "", "floor") // others act while the text is composed
	r.say("m01", 0, "", "call m02")
	p.sees("发言时间")
	p.composes("dang'ke'an'pai")
	r.say("m02", 0, "", "yield")
	p.awaits("the end of the speech", `!document.body.innerText.includes("发言时间")`)
	p.types("党课安排要早一些。").holds("党课安排要早一些。")
	p.awaits("the same field", "window.before === document.getElementById('field') && document.activeElement === window.before")
	p.wellMade().picture("writing")
	p.tap("写完了").sees("你写了 9 个字").wellMade()
	p.tap("提交").sees("已提交")
	if all := r.say("m01", 0, "", "criticisms --json"); !strings.Contains(all, "党课安排要早一些。") {
		t.Errorf("it is not in the minutes: %s", all)
	}

	r.names(6)
	r.opensBox("m04", "m05")
	p.sees("请你给 7 位同志评等次")
	p.votes("合格").sees("都填好了").wellMade()
	p.tap("提交测评票").sees("最后一次有效")
	p.tap("是，提交").sees("测评票已经投进票箱", "你投了 1 次").wellMade().picture("receipt")
	p.tap("改投").tap("是，重新填一张").fills("优秀").sees("都填好了").tap("提交测评票").tap("是，提交").sees("你投了 2 次")
	if s := r.status("m01"); s.Vote.Returned != 1 {
		t.Errorf("%d ballots of one voter", s.Vote.Returned)
	}

	heard := r.wire.overheard()
	for _, secret := range []string{r.codes["m05"], strings.ReplaceAll(r.codes["m05"], "-", ""), "党课安排", `"pick"`} {
		if strings.Contains(heard, secret) {
			t.Errorf("%q can be read on the network", secret)
		}
	}
	if !strings.Contains(heard, "pingyi_page") { // the client's hello, in the clear
		t.Error("nothing is overheard: the test shows nothing")
	}
	p.does(evaluates(`new Promise(done => { const s = new WebSocket("ws://" + location.host + "/ssh"); s.onopen = () => { s.send(new TextEncoder().encode(` + quotedJS(r.codes["m05"]) + `)); }; s.onclose = s.onmessage = done; })`))
	for began := time.Now(); !strings.Contains(r.wire.overheard(), r.codes["m05"]); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatal("what leaks is not overheard: the test shows nothing")
		}
	}
}

// toCriticism leads the meeting to the criticism of m01, who has criticised themselves.
func (r *webRig) toCriticism() {
	r.t.Helper()
	r.toItem("m01", "criticism")
	r.say("m01", 0, "", "turn m01")
	r.say("m01", 0, "学习抓得不紧。", "self-criticise")
	r.say("m01", 0, "", "step")
}

// announces closes the box, which m04 and m05 unseal, and tells the result.
func (r *webRig) announces() {
	r.t.Helper()
	r.say("m01", 0, "", "close")
	r.say("m01", 0, "", "confirmed --reason 当场询问")
	r.say("m01", 0, "", "next --reason 测试")
	for _, id := range []string{"m04", "m05"} {
		r.say(id, 0, "", "unseal")
	}
	r.say("m01", 0, "", "announce")
}

// votes begins a ballot and gives everybody a grade.
func (p *phone) votes(grade string) *phone {
	p.t.Helper()
	p.tap("开始填测评票").sees("第 1 / 7 页").wellMade().picture("ballot")
	return p.fills(grade)
}

// fills fills the pages of a ballot from the first on.
func (p *phone) fills(grade string) *phone {
	p.t.Helper()
	for i := range 7 {
		p.sees("第 " + string(rune('1'+i)) + " / 7 页").tap(grade)
	}
	return p
}

// The line breaks in every way while somebody writes: they read it within ten
// seconds, come back by themselves, and nothing that they wrote is lost.
func TestBrowserWhoseLineBreaks(t *testing.T) {
	r := newWebRig(t, 8)
	b := browser(t, r.wire)
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	p := r.joins(b, "m05").tap("写对 党员01").focuses("field").types("甲")
	text := "甲"
	breaks := []struct {
		name        string
		down, again func()
	}{
		{"reset", func() { r.wire.leads("127.0.0.1:1"); r.wire.cut() }, func() { r.wire.leads(r.web) }},
		{"frozen", r.wire.freeze, func() { r.wire.thaw(); r.wire.cut() }},
		{"killed", r.kill, r.starts},
		{"restarted", r.stops, r.starts},
	}
	for i, one := range breaks {
		began := time.Now()
		one.down()
		p.sees("线断了")
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: it is said after %v", one.name, took)
		}
		if i == 0 {
			p.picture("line-down")
		}
		p.focuses("field").types("乙丙丁戊"[i*3 : i*3+3])
		text += "乙丙丁戊"[i*3 : i*3+3]
		one.again()
		p.awaits("the line", `!document.getElementById("said").innerText.includes("线断了")`)
		if at, err := asks[bool](p, `!document.getElementById("field")`); err == nil && at {
			p.sees("断线时写的字还在").tap("写对 党员01")
		}
		p.sees("写完了").holds(text).focuses("field")
	}
	p.tap("写完了").tap("提交").sees("已提交")
	if all := r.say("m01", 0, "", "criticisms --json"); strings.Count(all, text) != 1 {
		t.Errorf("%q is in the minutes %d times: %s", text, strings.Count(all, text), all)
	}

	// The line breaks at the moment of handing in: the vote counts once.
	r.names(6)
	r.opensBox("m04", "m05")
	p.sees("请你给 7 位同志评等次").votes("合格").sees("都填好了").tap("提交测评票").sees("最后一次有效")
	p.awaits("a page that stands still", "performance.now() - window.changedAt > 500")
	r.wire.leads("127.0.0.1:1")
	p.tapsNow("是，提交")
	r.wire.cut()
	p.sees("线断了")
	r.wire.leads(r.web)
	p.awaits("the line", `!document.getElementById("said").innerText.includes("线断了")`)
	if !strings.Contains(p.reads(), "测评票已经投进票箱") {
		p.sees("请你给 7 位同志评等次").votes("合格").tap("提交测评票").tap("是，提交")
	}
	p.sees("测评票已经投进票箱", "你投了 1 次")

	// A reload comes back until the person leaves, which clears what the tab knows.
	p.does(reloads())
	p.sees("测评票已经投进票箱")
	p.tap("退出").tap("是，退出").sees("已退出")
	if left, err := asks[int](p, "sessionStorage.length"); err != nil || left != 0 {
		t.Errorf("%d things are kept after leaving (%v)", left, err)
	}
	p.does(reloads())
	p.sees("入会码").seesNo("测评票")
}

// A tap that was meant for what stood there before does nothing.
func TestBrowserTapsThatComeTooSoon(t *testing.T) {
	r := newWebRig(t, 8)
	p := r.joins(browser(t, r.wire), "m05").sees("现在请你：签到")
	x, y := p.placeOf("签到")
	p.does(evaluates(`void (window.changed = new Promise(done => new MutationObserver(() => done(true)).observe(document.getElementById("page"), {subtree: true, childList: true, characterData: true})))`))
	r.say("m05", 0, "", "signin") // elsewhere
	if _, err := asks[bool](p, "window.changed"); err != nil {
		t.Fatal(err)
	}
	p.tapsAt(x, y)
	p.sees("刚才那一下不算")

	// Of two taps in the same place the second is no choice for the next person.
	for _, i := range []int{1, 2, 3, 4, 6, 7, 8} {
		r.say(member(i), 0, "", "signin")
	}
	r.names(7)
	r.opensBox("m04", "m05")
	p.tap("开始填测评票").sees("第 1 / 7 页")
	p.awaits("a page that stands still", "performance.now() - window.changedAt > 500")
	x, y = p.placeOf("优秀")
	p.tapsAt(x, y)
	p.tapsAt(x, y)
	p.sees("第 2 / 7 页").tap("总览").sees("检查一遍")
	if all := p.reads(); strings.Count(all, "未填") != 6 {
		t.Errorf("two taps in the same place are two choices:\n%s", all)
	}
}

// A server with another key is not told the code.
func TestBrowserKeepsTheCodeFromAnotherServer(t *testing.T) {
	r := newWebRig(t, 5)
	code := r.codes["m02"]
	wrong := strings.Replace(r.link, r.pin, "AAAA"+r.pin[4:], 1)
	b := browser(t, r.wire)
	onPhone(b, t, wrong+"."+code).sees("不是二维码里的那台服务器", "入会码没有发出去")
	sizes := r.wire.lengths(true)
	if len(sizes) == 0 {
		t.Fatal("nothing was sent: the test shows nothing")
	}
	before := len(sizes)
	r.joins(b, "m02").sees("签到")
	if right := r.wire.lengths(true)[before:]; len(right) <= before {
		t.Errorf("with the wrong pin as much is sent (%v) as with the right one (%v)", sizes, right)
	}
}

// Somebody types the address: there is no key in it, so the page asks for the
// beginning of the fingerprint on the wall. A wrong one is told apart before
// anything is sent.
func TestBrowserWhoseAddressWasTyped(t *testing.T) {
	r := newWebRig(t, 5)
	typed, _, _ := strings.Cut(r.link, "#")
	p := onPhone(browser(t, r.wire), t, typed).sees("主机指纹的前 6 位").wellMade()
	begin := strings.TrimPrefix(r.print, "SHA256:")[:6]
	enters := func(print, code string) *phone {
		p.does(evaluates(`document.getElementById("print").value = ` + quotedJS(print) + `, document.getElementById("code").value = ` + quotedJS(code)))
		return p.tap("进入")
	}
	enters("AAAAAA", r.codes["m02"]).sees("和这台服务器的不一样")
	enters(begin, "").sees("请先输入入会码")
	enters(begin[:5], r.codes["m02"]).sees("和这台服务器的不一样")
	if sizes := r.wire.lengths(true); len(sizes) > 0 {
		t.Errorf("with a wrong fingerprint this was sent: %v", sizes)
	}
	p.does(evaluates(`window.fetch = (ask => url => new Promise(done => setTimeout(() => done(ask(url)), 2000)))(window.fetch)`))
	enters(strings.ToLower(begin), r.codes["m02"])
	p.does(evaluates(`document.getElementById("print").value = "AAAAAA"`)) // what counts is what stood there at the tap
	p.sees("现在请你：签到")
	if len(r.wire.lengths(true)) == 0 {
		t.Error("nothing was seen to be sent: the test shows nothing")
	}
}

// A phone sleeps, and its server is another one when it wakes up: the page is there
// again by itself, with what was being written.
func TestBrowserOfAPhoneThatSleeps(t *testing.T) {
	r := newWebRig(t, 8)
	for i := 1; i <= 7; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	p := r.joins(browser(t, r.wire), "m05").tap("写对 党员01").focuses("field").types("党课安排")
	call(p, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: "frozen"})
	r.kill()
	r.starts()
	began := time.Now()
	call(p, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: "active"})
	p.sees("断线时写的字还在")
	t.Logf("awake again: %v", time.Since(began))
	clicks := func(label string) { // taps of the DevTools do not reach a page that was frozen
		p.awaits("the button "+label, button(label)+` && performance.now() - window.changedAt > 500`)
		p.does(evaluates(button(label) + ".click()"))
	}
	clicks("写对 党员01")
	p.sees("写完了").holds("党课安排").focuses("field").types("要早一些。").holds("党课安排要早一些。")
	clicks("写完了")
	clicks("提交")
	p.sees("已提交")
	if all := r.say("m01", 0, "", "criticisms --json"); strings.Count(all, "党课安排要早一些。") != 1 {
		t.Errorf("it is not once in the minutes: %s", all)
	}
}

// Members without a phone vote one after another at a booth in a browser. Of the one
// before nothing is left on the page or in the tab.
func TestBrowserOfABooth(t *testing.T) {
	r := newWebRig(t, 8)
	r.comesToVote(8)
	r.opensBox("m04", "m05")
	booth := tab(browser(t, r.wire), t, strings.Replace(r.link, "#", "?as=booth#", 1), 1280, 800).sees("公用终端的入会码")
	booth.focuses("code").types(r.codes["booth"]).tap("进入").sees("请输入你自己的入会码").wellMade().picture("booth")
	booth.sees("不记你的入会码").seesNo("用的是别人的手机")
	booth.focuses("field").types(r.codes["m04"]).tap("确定").tap("开始填测评票").sees("第 1 / 7 页").tap("优秀").sees("第 2 / 7 页").tap("退出")
	booth.sees("已填 1 项还没有提交，离开就没有了").wellMade().tap("是，退出").sees("请输入你自己的入会码")
	sits := func(id string) {
		booth.focuses("field").types(r.codes[id]).tap("确定").votes("合格").sees("都填好了")
		booth.tap("提交测评票").tap("是，提交").sees("票已经投进票箱")
	}
	sits("m02")
	mine := booth.reads()
	booth.tap("记好了，退出").sees("请输入你自己的入会码")
	if r.status("m01").Vote.Returned != 1 {
		t.Fatalf("%d ballots", r.status("m01").Vote.Returned)
	}
	kept, err := asks[string](booth, `document.documentElement.outerHTML + JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage}) + location.href`)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{r.codes["m02"], strings.ReplaceAll(r.codes["m02"], "-", ""), "党员02", "优秀", "合格"} {
		if strings.Contains(kept, secret) {
			t.Errorf("%q is left for the next person:\n%s", secret, kept)
		}
	}
	if !strings.Contains(mine, "党员02") && !strings.Contains(mine, "回执") {
		t.Errorf("the person before had nothing of theirs on the page: the test shows nothing:\n%s", mine)
	}
	sits("m03")
	booth.tap("记好了，退出").sees("请输入你自己的入会码")
	if r.status("m01").Vote.Returned != 2 {
		t.Errorf("%d ballots", r.status("m01").Vote.Returned)
	}
}

// Wrong codes slow the address from which they come, and no other.
func TestBrowserWithWrongCodesSlowsItsAddressOnly(t *testing.T) {
	r := newWebRig(t, 5)
	far := newWire(t, "127.0.0.7")
	far.leads(r.web)
	p := onPhone(browser(t, far), t, r.link)
	guess := func(code string) time.Duration {
		p.focuses("code").does(evaluates(`document.getElementById("fault").textContent = ""`))
		p.does(evaluates(`document.getElementById("code").value = ` + quotedJS(code)))
		p.awaits("a page that stands still", `performance.now() - window.changedAt > 500`)
		began := time.Now()
		p.tapsNow("进入")
		p.awaits("an answer", `(document.getElementById("fault") || document.body).textContent.includes("不对") || document.body.innerText.includes("签到")`)
		return time.Since(began)
	}
	for i := range 4 {
		guess("AAAAAAAAA" + string(rune('2'+i)))
	}
	slow := guess("AAAAAAAAA7")
	began := time.Now()
	r.joins(browser(t, r.wire), "m02").sees("签到")
	if quick := time.Since(began); slow < time.Second {
		t.Errorf("the fifth wrong code is answered after %v, somebody else is in after %v", slow, quick)
	}
	guess(r.codes["m03"])
	p.sees("签到") // a right one passes
}

// What comes after a choice is as long for every grade, and so is the choice.
func TestBrowserChoicesAreAsLongForEveryGrade(t *testing.T) {
	r := newWebRig(t, 8)
	r.comesToVote(8)
	r.opensBox("m04", "m05")
	p := r.joins(browser(t, r.wire), "m05").tap("开始填测评票")
	seen := func(act func()) (up, down []int) {
		p.awaits("a page that stands still", `performance.now() - window.changedAt > 500`)
		u, d := len(r.wire.lengths(true)), len(r.wire.lengths(false))
		act()
		return large(r.wire.lengths(true)[u:]), large(r.wire.lengths(false)[d:])
	}
	lengths := map[string][2][]int{}
	for _, grade := range []string{"优秀", "合格", "基本合格", "不合格", "弃权"} {
		p.sees("第 1 / 7 页")
		up, down := seen(func() { p.tapsNow(grade).sees("第 2 / 7 页") })
		lengths[grade] = [2][]int{up, down}
		p.tap("上一位").sees("第 1 / 7 页")
	}
	for grade, l := range lengths {
		if !reflect.DeepEqual(l, lengths["优秀"]) {
			t.Errorf("%s: %v; 优秀: %v", grade, l, lengths["优秀"])
		}
	}
	if _, other := seen(func() { p.tapsNow("总览").sees("检查一遍") }); reflect.DeepEqual(other, lengths["优秀"][1]) {
		t.Error("another page is as long: the test shows nothing")
	}
}

// large are the lengths of messages that are more than a question whether somebody
// is there, and its answer.
func large(lengths []int) []int {
	return slices.DeleteFunc(lengths, func(n int) bool { return n < 80 })
}

// The wall in a browser shows what a wall may, from sign-in to the result, and
// nothing else comes to it.
func TestBrowserOfTheWall(t *testing.T) {
	r := newWebRig(t, 8, "--preset", "annual-2022") // it announces how many got which grade
	b := browser(t, r.wire)
	wall := tab(b, t, strings.Replace(r.link, "#", "?as=screen#", 1), 1920, 1080).sees("投影的入会码")
	wall.focuses("code").types(r.codes["screen"]).tap("进入").sees("0/8", "手机扫码入会")
	wall.awaits("the code", `document.querySelector(".picture svg")`).picture("wall-sign-in")
	p := r.joins(b, "m05").sees("签到")
	for i := 1; i <= 8; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toCriticism()
	p.tap("写自我批评").focuses("field").types("党课安排要早一些。").tap("写完了").tap("提交").sees("已提交")
	r.say("m03", 0, "", "floor")
	r.say("m01", 0, "", "call m03")
	wall.sees("党员03", "限时").picture("wall-speaker")
	r.say("m03", 0, "", "yield")
	r.names(7)
	r.opensBox("m04", "m05")
	p.tap("开始填测评票").sees("合格")
	var receipt struct{ Receipt string }
	for _, i := range []int{1, 2, 3, 4, 5, 6, 7} {
		r.json(r.say(member(i), 0, `{"m01":"优秀","m02":"合格","m03":"合格","m04":"优秀","m05":"合格","m06":"基本合格","m07":"合格"}`, "vote --json"), &receipt)
	}
	wall.sees("7/8").picture("wall-vote")
	secrets := []string{"党课安排", "学习抓得不紧", "优秀", "合格", receipt.Receipt[:12], r.codes["m05"]}
	told := wall.lines()
	for _, secret := range secrets {
		if strings.Contains(told, secret) {
			t.Errorf("the wall is told %q", secret)
		}
	}
	if told := p.lines(); !strings.Contains(told, "党课安排") || !strings.Contains(told, "合格") {
		t.Error("what a member reads is not found: the test shows nothing")
	}
	r.say("m08", 0, "{}", "vote")
	r.announces()
	wall.sees("优秀").picture("wall-result")
	told = wall.lines()
	for _, secret := range []string{"党课安排", "学习抓得不紧", receipt.Receipt[:12], r.codes["m05"]} {
		if strings.Contains(told, secret) {
			t.Errorf("the wall is told %q", secret)
		}
	}
}

// Where everybody's counts are announced the wall shows all of them at once, the best
// first, in type that a hall can read, and none of them before.
func TestBrowserOfTheBoard(t *testing.T) {
	const people = 14 // the last has no vote and is not voted on
	rules, err := os.ReadFile(filepath.Join("..", "..", "meeting", "preset", "annual-2022.toml"))
	if err != nil {
		t.Fatal(err)
	}
	full := filepath.Join(t.TempDir(), "full.toml")
	own := strings.NewReplacer(`id = "annual-2022"`, `id = "full"`, `announce = "counts"`, `announce = "full"`).Replace(string(rules))
	if err := os.WriteFile(full, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	r := newWebRig(t, people, "--preset", full)
	wall := tab(browser(t, r.wire), t, strings.Replace(r.link, "#", "?as=screen#", 1), 1920, 1080).sees("投影的入会码")
	wall.focuses("code").types(r.codes["screen"]).tap("进入").sees("0/14")
	r.comesToVote(people)
	r.opensBox("m04", "m05")
	var receipts []string
	for voter := 1; voter < people; voter++ {
		var grades []string
		for of := 1; of < people; of++ {
			grade := "合格"
			if of+voter < people { // m01 has the most, m13 has none
				grade = "优秀"
			}
			grades = append(grades, fmt.Sprintf("%q:%q", member(of), grade))
		}
		var v struct{ Receipt string }
		r.json(r.say(member(voter), 0, "{"+strings.Join(grades, ",")+"}", "vote --json"), &v)
		receipts = append(receipts, v.Receipt)
	}
	wall.sees("13/14")
	if told := wall.lines(); strings.Contains(told, "优秀") {
		t.Error("the wall is told of grades before they are announced")
	}
	r.say("m14", 0, "{}", "vote")
	r.announces()
	wall.awaits("the board", `document.querySelector(".board")`).picture("wall-board")
	type row struct {
		Name    string
		Numbers []string
		Size    float64 // of its type, in pixels
		In      bool    // all of it is in sight
	}
	rows, err := asks[[]row](wall, `[...document.querySelectorAll(".board tbody tr:not(.cap)")].map(tr => {
		const r = tr.getBoundingClientRect(), [name, ...cells] = [...tr.cells].map(td => td.innerText);
		return {Name: name, Numbers: cells, Size: parseFloat(getComputedStyle(tr.cells[0]).fontSize),
			In: r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight};
	})`)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != people-1 {
		t.Fatalf("%d rows: %+v", len(rows), rows)
	}
	for i, one := range rows {
		if want := fmt.Sprintf("党员%02d", i+1); one.Name != want || !strings.HasPrefix(one.Numbers[0], fmt.Sprintf("%d/%d ", people-2-i, people)) {
			t.Errorf("row %d is %+v and not that of %s", i+1, one, want)
		}
		if !one.In || one.Size < 24 {
			t.Errorf("in the hall nobody reads %+v", one)
		}
	}
	if capped, err := asks[int](wall, `[...document.querySelectorAll(".board tbody tr")].findIndex(tr => tr.className === "cap")`); err != nil || capped < 1 {
		t.Errorf("the line of the cap stands at %d (%v)", capped, err)
	}
	wall.awaits("a board with what stands above and below it in sight", `(stage => stage.scrollHeight <= stage.clientHeight)(document.querySelector(".stage"))`)
	told := wall.lines()
	for _, receipt := range receipts {
		if strings.Contains(told, receipt[:12]) {
			t.Error("the wall is told a receipt")
		}
	}
}
