package tui

// voterFaults say why a member's own machine does not cast a ballot.
var voterFaults = map[string]twin{
	"voter.bad-fingerprint": {
		"「{1}」不是主机指纹：请照入会码条抄写，以 SHA256 开头，共 50 个字符",
		"'{1}' is no host fingerprint: copy it from the slip, beginning with SHA256, 50 characters in all",
	},
	"voter.broken": {
		"和服务器的连接断了，不知道票收下没有：请再投一次，最后一张算数",
		"the connection broke, and it is not known whether the ballot arrived: vote again, the last ballot counts",
	},
	"voter.changed-key": {
		"{1} 的主机指纹是 {2}，与您手里的不同：可能有人冒充服务器，没有投票。请与会场屏幕上的主机指纹核对",
		"the host fingerprint of {1} is {2}, not the one that you have: somebody may pose as the server, nothing was cast. Compare it with the one on the wall",
	},
	"voter.known-hosts": {
		"读不了 known_hosts：请用 --fingerprint 写明入会码条上的主机指纹",
		"known_hosts can't be read: give the host fingerprint on the slip with --fingerprint",
	},
	"voter.no-server": {
		"连不上 {1}：请核对地址和端口",
		"{1} can't be reached: check the address and the port",
	},
	"voter.only-votes": {
		"这里只投票：其他的事请用 ssh 登录会场",
		"here one only votes: for everything else log in with ssh",
	},
	"voter.refused": {
		"{1}",
		"{1}",
	},
	"voter.shut": {
		"{1}",
		"{1}",
	},
	"voter.strange": {
		"服务器给的测评票与票箱的题目不符，没有投票：请告诉监票人",
		"the ballot that the server gives does not fit the questions of the box, nothing was cast: tell the scrutineers",
	},
	"voter.unknown-host": {
		"不认识 {1} 的主机密钥，没有投票：请用 --fingerprint 写明入会码条上的主机指纹",
		"the host key of {1} is not known, nothing was cast: give the host fingerprint on the slip with --fingerprint",
	},
}
