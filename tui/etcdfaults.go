package tui

// etcdFaults say what is wrong with the etcd cluster that servers share, or with
// the way to it.
var etcdFaults = map[string]twin{
	"etcd.back": {
		"etcd 里少了已经记下的记录（恢复了旧的快照，或被清空了）：请停下所有的服务器；有更新的 etcd 快照就恢复它，没有就看 data/backups 里的自动备份；不找回了，重新启动就从 etcd 现有的记录接着开，少的要重做",
		"etcd has lost records (an older snapshot was restored, or it was emptied): stop all servers; restore etcd's newest snapshot, or look into the automatic copies in data/backups; to go on without them, start again: the meeting goes on from the records that are there, and what is missing has to be done again",
	},
	"etcd.certificate": {
		"{1} 的证书不被接受：请核对 --etcd-ca（签发 etcd 证书的）、--etcd-cert 和 --etcd-key（我们自己的），看有没有过期；地址要和证书里的一样",
		"The certificate at {1} is not accepted: check --etcd-ca (who signed etcd's), --etcd-cert and --etcd-key (our own), and whether one has expired; the address must be one of the certificate",
	},
	"etcd.doubt": {
		"etcd 没有应答，没有人知道记下了没有：稍后看一看（投票用 receipt 查回执，其他看 mine 或会议），没有的再做一次",
		"etcd did not answer, and nobody knows whether this was recorded: look later (receipt for a ballot, else mine or the meeting), and do it again if it is not there",
	},
	"etcd.failing": {
		"etcd 报告了它自己的故障：请看 etcd 的日志",
		"etcd reports a fault of its own: look into its log",
	},
	"etcd.full": {
		"etcd 的空间用完了（NOSPACE）：请压缩和整理（etcdctl compact、defrag），或调大它的配额，再解除告警（etcdctl alarm disarm）",
		"etcd has used up its quota (NOSPACE): compact and defragment it (etcdctl compact, defrag) or raise the quota, then disarm the alarm (etcdctl alarm disarm)",
	},
	"etcd.in-record": {
		"支部 {1} 第 {2} 条",
		"Branch {1}, record {2}",
	},
	"etcd.key-file": {
		"证书或私钥文件 {1} 读不了，或者不是 PEM，或者不是一对",
		"The certificate or key file {1} can't be read, is not PEM, or is not a pair",
	},
	"etcd.majority": {
		"etcd 在，但是没有多数：请启动它别的成员，或恢复它们之间的网络",
		"etcd is there and has no majority: start its other members, or mend the network between them",
	},
	"etcd.mixed": {
		"etcd 的地址有的是 https、有的是 http：几个成员要写成一样的",
		"Some addresses of etcd are https and some http: all members must be reached in the same way",
	},
	"etcd.not-compacted": {
		"已经清除，但 etcd 的历史版本里还有：请由管理员压缩（etcdctl compact）",
		"It is removed, but still in etcd's history: have an administrator compact it (etcdctl compact)",
	},
	"etcd.not-ours": {
		"etcd 里的 {1} 不是评议系统写的",
		"{1} in etcd was not written by this program",
	},
	"etcd.not-recorded": {
		"没有记下，因为现在什么都记不下来：恢复以后请再做一次",
		"This was not recorded, as nothing can be at the moment: do it again when that is over",
	},
	"etcd.open": {
		"{1} 不加密：记录和口令会在网络上明文传送，别的机器上的 etcd 要用 https",
		"{1} is not encrypted: records and password would cross the network in the clear; etcd on another machine needs https",
	},
	"etcd.other": {
		"{1} 那里应答的不是 etcd：请核对端口（给客户端的一般是 2379，2380 是成员之间的），和该写 https 还是 http",
		"What answers at {1} is no etcd: check the port (2379 is usually the one for clients, 2380 the one between members), and whether it is https or http",
	},
	"etcd.pair": {
		"我们自己的证书和它的私钥要一起给：--etcd-cert 和 --etcd-key",
		"Our own certificate and its key are given together: --etcd-cert and --etcd-key",
	},
	"etcd.unreachable": {
		"连不上 etcd {1}：请检查地址、网络和 etcd 是不是在运行",
		"etcd can't be reached at {1}: check the address, the network, and whether etcd runs",
	},
	"etcd.url": {
		"etcd 的地址「{1}」不对：写成 https://主机:2379，几个用逗号隔开",
		"'{1}' is no address of etcd: write https://HOST:2379, several with commas between them",
	},
	"etcd.user": {
		"etcd 不让用户「{1}」进来：请核对 --etcd-user 和口令（环境变量 PINGYI_ETCD_PASSWORD，或数据文件夹里的 etcd-password 文件），它要能读写 pingyi/ 开头的键",
		"etcd refuses the user '{1}': check --etcd-user and the password (the variable PINGYI_ETCD_PASSWORD, or the file etcd-password in the data folder); it must read and write the keys below pingyi/",
	},
}
