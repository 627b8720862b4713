package tui

// englishTerms are words of presets and rosters; one without a translation stays
// as it is.
var englishTerms = map[string]string{
	"优秀": "Excellent", "合格": "Qualified", "基本合格": "Basic", "不合格": "Unqualified",
	"好": "Good", "较好": "Fairly good", "一般": "Fair", "差": "Poor",
	"书记": "Secretary", "副书记": "Deputy secretary", "组织委员": "Organization", "宣传委员": "Publicity", "纪检委员": "Discipline",
	"青年委员": "Youth", "统战委员": "United front", "党小组长": "Group leader", "指导": "Guide", "支部班子": "Branch committee",
	"职务": "Post", "理由": "Reason", "批复文号": "Number of the decision", "支部名称": "Name of the branch", "上级党组织名称": "Name of the organisation",
	"班子": "committee", "个人": "member",
	"座谈": "in a discussion", "个别": "one by one", "问卷": "by questionnaire", "微信": "by WeChat", "意见箱": "by the box",
	"党员": "members", "群众": "the masses", "学生": "students", "服务对象": "those we serve",
	"自查": "self-check", "谈话": "talks", "征求意见": "opinions asked for", "互评": "mutual criticism", "点评": "guide's remarks",
	"未启动": "not begun", "进行中": "going on", "已完成": "done", "延期": "delayed", "立行立改": "at once", "长期坚持": "always",
	"优秀名单": "those who are excellent", "各等次人数": "how many have each grade", "会议情况通报": "a briefing on the meeting",
	"表扬": "commended", "教育": "instructed", "撤换": "replaced",
	"限期改正": "to be mended by a day", "劝其退党": "advised to leave the Party", "除名": "name removed",
	"集中": "together", "自学": "alone", "党课": "Party lecture", "研讨": "discussion",
	"班子互谈": "within the committee", "书记委员": "secretary, committee", "书记党员": "secretary, member", "党员互谈": "between members", "反馈谈话": "feedback",
	"面谈": "in person", "电话": "by phone", "网络": "online", "上门": "at home", "集体": "in a group",
	"到会": "came", "书面材料": "in writing", "未参加": "did not", "正式": "formal", "预备": "probationary",
	"不评定等次": "not graded", "预演": "Rehearsal", "预演：投票": "Rehearsal: vote", "病假": "sick leave", "事假": "private leave", "公出": "on duty elsewhere", "外出": "away",
	"签到": "Sign-in", "开场": "Opening", "学习": "Study", "上次整改情况通报": "Last rectification", "书记通报": "Secretary's report",
	"书记通报和述职": "Secretary's report", "班子对照检查": "Committee self-check", "批评与自我批评": "Criticism, self-criticism",
	"提出整改意见": "Rectification", "个人自评": "Self-rating", "民主测评": "Anonymous vote", "计票": "Count", "组织评定": "Committee's rating",
	"领导点评": "Guide's remarks", "表态、散会": "Closing", "小结表态、散会": "Closing",
	"组织生活会和民主评议党员": "Organization-life meeting", "“两学一做”专题组织生活会和民主评议党员": "Organization-life meeting",
}
