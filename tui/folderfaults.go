package tui

// folderFaults say what is wrong with the data folder on the server's machine.
var folderFaults = map[string]twin{
	"folder.branch-reserved": {
		"编号「{1}」留给上级党组织：请换一个",
		"the id {1} is kept for the organisation: choose another",
	},
	"folder.branch-unreadable": {
		"支部 {1} 的记录打不开",
		"The records of branch {1} can't be opened",
	},
	"folder.branches-are": {
		"现有 {1}",
		"There are {1}",
	},
	"folder.config-broken": {
		"pingyi.json 损坏：请从备份恢复它（pingyi restore 到别的文件夹，再拷来）",
		"pingyi.json is damaged: put back that of a backup (pingyi restore to another folder, and copy it)",
	},
	"folder.copy-differs": {
		"搬过去的和原来的不一样，目标还不能用：请再运行一次；还这样就清空目标重来",
		"The copy differs from the original and can't be used: run it again; if that does not help, empty the target and begin anew",
	},
	"folder.database-there": {
		"这里有数据库 pingyi.db，却没有 pingyi.json：再 init 会换掉它的 secret，库里的入会码和票箱就都作废了；请把 pingyi.json 从备份放回来，要另建一个请用 --data 指定别的文件夹",
		"There is a database pingyi.db here but no pingyi.json: a new init would replace its secret, and the join codes and boxes in it would be lost; put pingyi.json back from a backup, or name another folder with --data",
	},
	"folder.etcd-behind": {
		"这个文件夹的数据库里有 etcd 没有的记录（{1}）：请先 pingyi copy 搬过去，再用 --etcd",
		"The database of this folder has records that etcd has not ({1}): bring them there with pingyi copy before --etcd",
	},
	"folder.etcd-empty": {
		"etcd 里还没有这个数据文件夹的记录：新建用 pingyi init --etcd；已有的记录先用 pingyi copy 搬过去",
		"etcd has no records of this data folder: begin with pingyi init --etcd, or bring the records there with pingyi copy",
	},
	"folder.etcd-half": {
		"往 etcd 搬记录没有搬完：请再运行一次同样的 pingyi copy",
		"Copying into etcd was not finished: run the same pingyi copy again",
	},
	"folder.etcd-other": {
		"etcd 里的记录属于另一个 secret 文件：请核对地址；这台服务器要加入，用那边 pingyi share 的文件 init --join",
		"The records in etcd belong to another secret file: check the address; to join, run init --join with the file of pingyi share from there",
	},
	"folder.etcd-used": {
		"etcd 里已经有记录：另一台服务器已经建好的，请在那里 pingyi share 文件，在这里 pingyi init --join 文件；不相干的记录，用 --etcd-prefix 另起一处",
		"There are records in etcd: if another server began them, run pingyi share FILE there and pingyi init --join FILE here; beside others, take another --etcd-prefix",
	},
	"folder.exists": {
		"这个数据文件夹已经建好了，不能重复 init；要另建一个，请用 --data 指定别的文件夹",
		"This data folder is there already and can't be made again; for another one, name another folder with --data",
	},
	"folder.group-unknown": {
		"没有群「{1}」，可用的有：Ed25519、BELENIOS-2048",
		"There is no group '{1}'; there are Ed25519 and BELENIOS-2048",
	},
	"folder.head-differs": {
		"{1} 里关箱时记下的链头是 {2}，数据库里的记录是 {3}：数据库被改写过，请查清谁动过它",
		"{1} has the chain's head at closing as {2}, the database has {3}: the database was rewritten, find out who touched it",
	},
	"folder.head-missed": {
		"{1} 里关箱时记下的链头是 {2}，数据库里没有这条记录：换上了旧的或别的数据库，请查清谁动过它",
		"{1} has the chain's head at closing as {2}, and the database has no such record: it is an older one or another one, find out who touched it",
	},
	"folder.head-unreadable": {
		"读不了 {1}（关箱时记下的链头）：请查清谁动过它；票箱不开",
		"{1} (the chain's head at closing) can't be read: find out who touched it; the box is not opened",
	},
	"folder.in-etcd": {
		"这个数据文件夹的记录已经在 etcd 里了",
		"The records of this data folder are in etcd already",
	},
	"folder.key-broken": {
		"{1} 损坏：请删掉它，服务启动时会另做一把；只认这种主机私钥的软件会说主机变了",
		"{1} is damaged: delete it, a server that starts makes another one; clients that know only this kind of host key say that the host has changed",
	},
	"folder.key-lost": {
		"主机私钥 {1} 不在或损坏：请把备份里的那一把放回来（pingyi restore 到别的文件夹，再拷来）；没有备份就删掉它，运行 ssh-keygen -t ed25519 -N '' -f '{2}' 另做一把，再重发入会码条，上面的主机指纹变了",
		"The host key {1} is missing or damaged: put back that of a backup (pingyi restore to another folder, and copy it); without a backup delete it, make another one with ssh-keygen -t ed25519 -N '' -f '{2}', and issue the slips anew, as the fingerprint on them has changed",
	},
	"folder.key-unreadable": {
		"读不了 {1}",
		"{1} can't be read",
	},
	"folder.link-nowhere": {
		"{1} 是一个链接，它指向的 {2} 不在：请接上它所在的磁盘，或写明别的文件夹",
		"{1} is a link, and the {2} that it names is not there: plug in its disk, or name another folder",
	},
	"folder.mount-point": {
		"{1} 是接上磁盘的地方（挂载点），不能整个换成恢复出来的文件夹：请写明它里面的一个新文件夹，例如 {1}/data；没有恢复",
		"{1} is where a disk is mounted and can't become the restored folder as a whole: name a new folder in it, for example {1}/data; nothing is restored",
	},
	"folder.moving": {
		"搬的时候又有了新的记录：请停下所有服务器，再运行一次同样的 copy",
		"Records were added while they were copied: stop all servers and run the same copy again",
	},
	"folder.no-branch": {
		"没有这个支部「{1}」",
		"There is no branch '{1}'",
	},
	"folder.no-branches": {
		"请先用 pingyi branch add 建一个",
		"Found one first with pingyi branch add",
	},
	"folder.no-year": {
		"支部 {1} 没有 {2} 年度的记录，现有 {3}",
		"Branch {1} has no records of {2}; there are {3}",
	},
	"folder.none": {
		"这里没有数据文件夹：请到有它的那个文件夹里运行，或用 --data 写明它在哪里；还没有建的，请先运行 pingyi init --org 名称",
		"There is no data folder here: run this where it is, or name it with --data; if there is none yet, first run pingyi init --org NAME",
	},
	"folder.not-in-etcd": {
		"--data 的数据文件夹没有用 etcd：请写明用这个 etcd 的那一个，secret 和主机私钥在那里",
		"The data folder of --data does not use etcd: name the one that uses this etcd, where secret and host keys are",
	},
	"folder.not-made": {
		"建不了数据文件夹",
		"The data folder can't be made",
	},
	"folder.org-missing": {
		"请用 --org 写明上级党组织（党总支）的名称",
		"Give the name of the superior Party organisation with --org",
	},
	"folder.org-unreadable": {
		"上级党组织的记录打不开",
		"the organisation's records can't be opened",
	},
	"folder.preset-unknown": {
		"没有规则预设「{1}」，可用的有：{2}",
		"There is no preset '{1}'; there are {2}",
	},
	"folder.other-secret": {
		"secret 文件是别的数据文件夹的，不是这一个的：请把这一个另外保管的那一份放回来，否则入会码都不认，票箱打不开；没有了就用 pingyi restore 从备份恢复，它会说明失去什么",
		"The file secret is that of another data folder: put back the copy of this one's, or no join code is known and no ballot box opens; if there is none, pingyi restore makes the folder of a backup and says what is lost",
	},
	"folder.secret-missing": {
		"数据文件夹里的 secret 文件缺失或损坏：请从备份恢复它，否则入会码和票箱都打不开",
		"The file secret of the data folder is missing or damaged: restore it from a backup, or no join code is known and no ballot box opens",
	},
	"folder.share-broken": {
		"这不是 pingyi share 写的文件，或者不完整",
		"This file was not written by pingyi share, or is not whole",
	},
	"folder.share-newer": {
		"这个文件是更新的程序写的（版本 {1}）：请把这台服务器的程序也更新",
		"A newer program wrote this file (version {1}): update this server too",
	},
	"folder.share-no-where": {
		"这里的记录在它自己的数据文件夹里，别的服务器用不到：请先用 pingyi copy 搬到 etcd，再 pingyi serve --etcd 一次，然后 share",
		"The records are in this data folder itself, where no other server gets at them: bring them into etcd with pingyi copy, run pingyi serve --etcd once, then share",
	},
	"folder.share-there": {
		"{1} 已经有了，没有动它：请换一个文件名，或先删掉它",
		"{1} is there already and was left alone: take another name, or remove it first",
	},
	"folder.share-unread": {
		"读不了 {1}",
		"{1} can't be read",
	},
	"folder.to-read": {
		"这个数据文件夹在这里只能读，开会要能写：请把整个文件夹复制到能写的地方，或者给程序写的权限",
		"This data folder can only be read here, and a meeting writes: copy the whole folder to where it can be written, or give the program leave to write",
	},
	"folder.unreadable": {
		"读不了数据文件夹",
		"The data folder can't be read",
	},
	"folder.unwritable": {
		"写不了 {1}",
		"{1} can't be written",
	},
}
