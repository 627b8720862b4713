// Every phrase of the page that is not the meeting's, in both languages.

const chinese = {
  join: "加入会议",
  wall: "投影墙",
  booth: "公用终端",
  code: "入会码",
  codeAsk: {"": "入会码条上的 10 个字母和数字，大小写都行", screen: "投影的入会码：由主持人发，大小写都行", booth: "公用终端的入会码：由主持人发，大小写都行"},
  codeEmpty: "请先输入入会码。",
  codeShort: "入会码是 10 个字母和数字，这里还不够：请对着码条再看一遍。",
  print: "主机指纹的前 6 位",
  printAsk: "在墙上和入会码条上，「主机指纹 SHA256:」后面的 6 个字符，不分大小写。扫码进来就不用填。",
  printBad: "和这台服务器的不一样：请对照墙上或码条再填。还是不对，就不要输入会码，告诉主持人。",
  enter: "进入",
  honest: "这一页没有加密证书：网络上偷听的人看不到你填的内容；能在途中改动网页的人却可能冒充它。不放心：用 SSH 客户端，或连主持人自己开的 Wi-Fi，或请主持人用 --cert 开服务。",
  kept: "为了刷新以后还能回来，这个标签页记着入会码和正在写的字，点「退出」就清掉：用的是别人的手机，走以前请退出。",
  keptAtBooth: "公用终端：这个标签页只记着它自己的入会码，不记你的入会码和你写的字。",
  dialing: "正在连接",
  down: "线断了，正在重新连接。",
  later: n => "线断了，" + n + " 秒后再连。",
  meanwhile: {"": "正在写的字不会丢，可以接着写。", screen: "", booth: "没有提交的不留在这里：连上以后请再输入你的入会码，从头来。"},
  now: "现在就连",
  waits: "线断了：连上以后再点。",
  unsure: "断线以前点的那一下，不知道记上了没有：请先看这一页，再接着做。",
  lost: title => "断线时写的字还在，回到「" + title + "」就会出现。",
  refilled: "断线时写的字还在，已经放回来了。",
  soon: "画面刚变，刚才那一下不算：看一眼再点。",
  colon: "：",
  pending: "上一下还没有回音，请等一等。",
  busy: "正在记下",
  leave: "退出",
  leaveAsk: "退出以后，要再输入入会码才能回来。",
  leaveYes: "是，退出",
  leaveNo: "不，留下",
  left: "已退出",
  over: "连接已结束",
  again: "再进来",
  done: "写好了",
  ok: "确定",
  more: n => "还能写 " + n + " 字",
  over_: n => "超出 " + n + " 字：请删短一些",
  speech: "发言时间",
  left_: "还剩",
  late: "超时",
  paused: "已暂停",
  scan: "手机扫码加入",
  bar: (part, all) => "已收回 " + part + "，共 " + all,
  fault: {
    pin: "这不是二维码里的那台服务器，入会码没有发出去：请重新扫墙上的二维码；还是这样，告诉主持人。",
    code: "入会码不对：请对着码条再看一遍。",
    closed: "连不上服务器：请看手机是不是连着会场的 Wi-Fi，再点「进入」。",
    protocol: "服务器的回答看不懂，连接断开了：请刷新这一页再试。",
    old: "这个浏览器太旧：请换一个浏览器，或者用 SSH 软件加入。",
  },
};

const english = {
  join: "Join the meeting",
  wall: "The wall",
  booth: "Shared terminal",
  code: "Join code",
  codeAsk: {"": "The 10 letters and digits on your slip, in either case", screen: "The wall's code, issued by the facilitator, in either case", booth: "The booth's code, issued by the facilitator, in either case"},
  codeEmpty: "Type your join code first.",
  codeShort: "A join code has 10 letters and digits; this is too short. Look at your slip again.",
  print: "The first 6 characters of the host's fingerprint",
  printAsk: "On the wall and on your slip, the 6 characters after SHA256:, in any case. Not needed if you scan.",
  printBad: "Not those of this server: compare again with the wall or your slip. If they still differ, do not enter your code and tell the facilitator.",
  enter: "Enter",
  honest: "This page has no certificate: nobody who listens on the network learns what you enter, but whoever can alter the page on its way could. If in doubt: an SSH app, the facilitator's own Wi-Fi, or a server with --cert.",
  kept: "So that you come back after a reload, this tab keeps the join code and what you are writing until you tap Leave: do so on a phone that is not yours.",
  keptAtBooth: "A shared terminal: this tab keeps the terminal's own code, and neither your code nor what you write.",
  dialing: "Connecting",
  down: "The line is down; connecting again.",
  later: n => "The line is down; connecting again in " + n + " s.",
  meanwhile: {"": " What you are writing is not lost, go on writing.", screen: "", booth: " What is not submitted does not stay here: once the line is back type your code again and start over."},
  now: "Connect now",
  waits: "The line is down: tap again once it is back.",
  unsure: "Whether your last tap before the line went down was recorded is unknown: look at this page before you go on.",
  lost: title => "What you wrote when the line went down is kept. It comes back when you return to: " + title,
  refilled: "What you wrote when the line went down is back in its place.",
  soon: "The page has just changed, so that tap did not count: look, then tap again.",
  colon: ": ",
  pending: "Your last tap has not been answered yet, please wait.",
  busy: "Being recorded",
  leave: "Leave",
  leaveAsk: "To come back you need your join code again.",
  leaveYes: "Yes, leave",
  leaveNo: "No, stay",
  left: "You have left",
  over: "The connection has ended",
  again: "Come in again",
  done: "Finished",
  ok: "OK",
  more: n => n + " characters left",
  over_: n => n + " characters too many: make it shorter",
  speech: "Speaking time",
  left_: "Left",
  late: "Over time",
  paused: "Paused",
  scan: "Scan to join",
  bar: (part, all) => part + " of " + all + " returned",
  fault: {
    pin: "This is not the server of the QR code; your code was not sent. Scan the one on the wall again; if this stays, tell the facilitator.",
    code: "The join code is wrong: look at your slip again.",
    closed: "The server cannot be reached: see whether this phone is on the meeting's Wi-Fi, then tap Enter again.",
    protocol: "The server's answer made no sense and the connection was closed: reload this page and try again.",
    old: "This browser is too old: use another one, or an SSH app.",
  },
};

// inEnglish is first who says so in the address, or whose own browser speaks it and
// no Chinese. What a room looks at is Chinese unless the address says otherwise.
const query = new URLSearchParams(location.search);
const own = (navigator.languages || ["zh"]).map(l => l.toLowerCase());
export let inEnglish = query.has("lang") ? query.get("lang") === "en"
  : !query.has("as") && !own.some(l => l.startsWith("zh")) && (own[0] || "").startsWith("en");
export let words = inEnglish ? english : chinese;
export const locale = () => inEnglish ? "en_US.UTF-8" : "zh_CN.UTF-8";

// reads goes on in a language: that of the meeting's newest page.
export function reads(isEnglish) {
  inEnglish = isEnglish;
  words = inEnglish ? english : chinese;
}

// ours is what the server says before the meeting, of which every line is
// "English / 中文": in the language of the page.
export const ours = said => said.split("\n").map(line => {
  const [, first, second] = /^([ -~]+?) \/ (.+)$/.exec(line) || [];
  return second ? inEnglish ? first : second : line;
}).join("\n");
