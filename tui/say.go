package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pingyi/meeting"
)

// sentences has one Chinese sentence for every [meeting.Code]; each says what
// to do. {1}, {2} … stand for the arguments that code.go names behind the code.
var sentences = map[meeting.Code]string{
	meeting.AbsentWithoutReason: "还有 {1} 位没有签到，也没有记下缺席原因：请补签到，或记下原因。",
	meeting.AllHeard:            "每个人都已经评议过了：可以进入下一项。",
	meeting.AlreadyAcknowledged: "反馈已经确认过，本人意见不能再改：有话要说请找支部。",
	meeting.AlreadyAnnounced:    "测评结果已经公布，不能再改：请继续下一步。",
	meeting.AlreadyCounted:      "这次测评已经计票，不用再开箱了。",
	meeting.AlreadyPruned:       "测评票的密文已经清除，不用再清除。",
	meeting.AlreadySealed:       "你已经封过箱了：请等其他监票人封箱。",
	meeting.AlreadySeated:       "{1} 已经担任这项工作，不用再指定。",
	meeting.AlreadySignedIn:     "已经签到，不用再签。",
	meeting.AlreadySubmitted:    "评定表已经提交，这次测评不能再作废：请先改动评定。",
	meeting.AlreadyTold:         "已经向 {1} 反馈过，不用再反馈。",
	meeting.AlreadyUnsealed:     "你已经开过箱了：请等其他监票人开箱。",
	meeting.ApprovalMissing:     "按照规定，要上级审定以后才能反馈：请写明批复文号。",
	meeting.AwayFromVotes:       "给 {1} 的等次与多数测评票不同：请写明理由。",
	meeting.BadBallot:           "选票没有通过校验，没有计入：请重新提交一次。",
	meeting.BadDate:             "日期「{1}」不对：请写成 2017-06-30 这样，时限也可以写立行立改或长期坚持。",
	meeting.BadElection:         "票箱与现场的人员或题目不符，没有开始投票：请再按一次。",
	meeting.BadID:               "编号「{1}」不能用：只用字母、数字、- 和 _，最多 20 个。",
	meeting.BadNumber:           "数字 {1} 不对：请填 {2} 到 {3}。",
	meeting.BadPartial:          "开箱的钥匙没有通过校验：请监票人重新开箱。",
	meeting.BadRoster:           "名册第 {1} 行「{2}」有误：{3}。请改正后再导入。",
	meeting.BadTrustee:          "封箱的钥匙没有通过校验：请监票人重新封箱。",
	meeting.BoardLater:          "回执公示要等票箱关闭：请稍后再看。",
	meeting.BoxIsOpen:           "票箱还开着：请先结束投票。",
	meeting.BoxNotOpen:          "现在没有打开的票箱：请等主持人宣布投票。",
	meeting.BranchExists:        "支部「{1}」已经建立：请换一个编号。",
	meeting.CameAfterOpening:    "投票开始以后才签到，这次没有发给你测评票：请告诉主持人。",
	meeting.ChoiceUnknown:       "「{1}」一栏的选择不对：请在 {2} 中选一个，或留空表示弃权。",
	meeting.CodeNotShown:        "还没有显示恢复码：请先按封箱，抄下恢复码再输入。",
	meeting.CodeWrong:           "恢复码不对：请对照抄下的 12 个字再输一次。",
	meeting.CommitteeLine:       "班子的问题没有责任党员：请把责任党员留空，或把层面写成个人。",
	meeting.CommitteeOnly:       "组织评定由支部委员会进行：请支委操作。",
	meeting.CommitteeShort:      "支部委员在场 {1} 名，共 {2} 名，不到一半：请等委员到齐，或写明理由。",
	meeting.ConsoleOnly:         "这一步由主持人操作：请告诉主持人。",
	meeting.ControlCharacters:   "文字里有看不见的控制字符：请删去后再提交。",
	meeting.CriticisesSelf:      "批评意见是对别人的：对自己请写自我批评。",
	meeting.FeedbackOnly:        "反馈由主持人和支委进行：请告诉他们。",
	meeting.FirstItem:           "这已经是第一项，不能再往回：请按下一项继续。",
	meeting.HasFloor:            "{1} 正在发言，不用再申请。",
	meeting.HoldsBallot:         "{1} 手里有测评票：请等票箱关闭后再记缺席。",
	meeting.HoldsFloor:          "{1} 正在发言：请先结束发言再记缺席。",
	meeting.InQueue:             "已经在候言名单里：请等主持人点名。",
	meeting.ItemIsOpen:          "现在就是「{1}」这一项：请选别的议项。",
	meeting.ItemsUndone:         "还有 {1} 项议程没有完成：请先完成，或写明理由。",
	meeting.KeeperOnly:          "这一步只能在服务器上用命令做：请找管理服务器的人。",
	meeting.KeysLost:            "封箱中途服务器重启过，前面的钥匙已经丢失：请主持人重新推选监票人，再封箱。",
	meeting.LedgerOnly:          "整改台账由支委和记录人来写：你可以更新自己那几条的进展、完成日期和佐证。",
	meeting.LineClosed:          "台账第 {1} 条已经销号，不能再改：有新问题请另加一条。",
	meeting.MeetingOver:         "会议已经结束，不能再改动：需要更正请写进会后材料。",
	meeting.NamedTwice:          "{1} 写了两次：每人只写一次。",
	meeting.NeedsReason:         "{1}若要继续，请写明理由。",
	meeting.NoBallots:           "还没有收到一张票，不能结束投票：请等大家投票，或写明理由作废。",
	meeting.NoChair:             "名册里没有书记或副书记：请在名册的党内职务一栏填上。",
	meeting.NoFeedback:          "支部还没有向你反馈：请等支部反馈。",
	meeting.NoLine:              "台账里没有第 {1} 条：请检查序号。",
	meeting.NoPaper:             "这次测评没有发纸质票：不用录入。",
	meeting.NoQuorum:            "到会正式党员 {1} 名，应到 {2} 名，不到规定人数：请等人到齐，或写明理由。",
	meeting.NoRemarks:           "这次测评不收匿名意见：请只填等次。",
	meeting.NoScrutineers:       "还没有监票人：请先推选监票人。",
	meeting.NoSelfVote:          "这次测评不给自己打分：请把自己一栏留空。",
	meeting.NoVote:              "现在没有测评：请等主持人开始。",
	meeting.NoVoters:            "没有可以投票的人，或没有要评议的人：请先签到，并检查名册。",
	meeting.NoVotingRight:       "{1} 在这次测评中没有表决权：不用投票。",
	meeting.NobodySpeaks:        "现在没有人发言：请先点名请人发言。",
	meeting.NotBegun:            "会议还没有开始：请等主持人宣布开会。",
	meeting.NotCoarser:          "公布的范围只能比规定小：请选更小的一档。",
	meeting.NotCountedYet:       "还没有计票：请监票人先开箱。",
	meeting.NotFounded:          "支部还没有建立：请先在服务器上建立支部并导入名册。",
	meeting.NotGraded:           "{1} 这次不评定等次：不用填写。",
	meeting.NotInParty:          "{1} 不是党员，不能担任：请选一位党员。",
	meeting.NotOnBallot:         "测评票上没有「{1}」：请只填票上的人。",
	meeting.NotOnRoster:         "名册里没有你：请告诉主持人。",
	meeting.NotOver:             "会议还没有结束：请散会以后再做。",
	meeting.NotPassed:           "赞成 {1} 名，应到正式党员 {2} 名，没有超过半数：请重新推选。",
	meeting.NotPresent:          "{1} 没有签到：请先签到。",
	meeting.NotSealed:           "还有 {1} 位监票人没有封箱：请等他们封箱。",
	meeting.NotSubmitted:        "评定表还没有提交：请先提交，或写明理由。",
	meeting.NotVoted:            "还没有投票：请先完成投票，或写明理由。",
	meeting.NotYourFloor:        "现在不是你发言：请先申请发言。",
	meeting.OnPaperAlready:      "{1} 已经领了纸质票：不用再发。",
	meeting.OverCap:             "优秀最多 {1} 名（基数 {2} 名），再给就超过比例：请写明理由。",
	meeting.PaperDiffers:        "与另一位监票人录入的数不同：请两人对照纸质票再录一次。",
	meeting.PaperSums:           "{1} 一栏的数不对：各等次合计不能超过收回的 {2} 张，请重新清点。",
	meeting.PapersOnly:          "会议材料由支委和记录人领取：请向他们索取。",
	meeting.PartyOnly:           "这一项由党员参加：有话要说请申请发言。",
	meeting.RecorderOnly:        "记录由记录人或主持人来写：请告诉他们。",
	meeting.RemarkTooLong:       "匿名意见写了 {1} 个字，最多 {2} 个字：请写短一些。",
	meeting.ResultHeld:          "按照规定，结果由党组织掌握，不在这里公布：请等会后反馈。",
	meeting.ResultLater:         "还没有计票结果：请等监票人开箱。",
	meeting.Revealing:           "公布出来会看出个人的选择：{1} 项全票一致，{2} 项只有一张不同。请少公布一些。",
	meeting.ScrutineerOnly:      "这一步由监票人操作：请监票人来做。",
	meeting.SignInFirst:         "你还没有签到：请先签到。",
	meeting.SlipsMissing:        "纸质票的数还没有由两位监票人录成一样：请先录入，再开箱。",
	meeting.SomeSilent:          "还有 {1} 位没有给别人提过批评意见：可以点名请他们发言。",
	meeting.SomeUngraded:        "还有 {1} 位没有评定等次：请先评定完。",
	meeting.SomeUnheard:         "还有 {1} 位没有作自我批评：请先听他们发言，或写明理由。",
	meeting.SomeUnrated:         "还有 {1} 位没有个人自评：请提醒他们填写。",
	meeting.SomeUnreviewed:      "还有 {1} 位作了自我批评、没有听完意见：请先听完，或写明理由。",
	meeting.TakesNoPart:         "{1} 没有到会，也没有交书面材料：请先签到，或记下书面材料。",
	meeting.TextMissing:         "还没有写内容：请写上再提交。",
	meeting.TextTooLong:         "写了 {1} 个字，最多 {2} 个字：请写短一些。",
	meeting.TooFewBallots:       "收回 {1} 票，不到 {2} 票，为了保密不显示分布：请以书面研究代替。",
	meeting.TooManyHands:        "举手合计 {1} 名，到会正式党员 {2} 名：请重新清点。",
	meeting.TooManyRemarks:      "匿名意见写了 {1} 条，最多 {2} 条：请删去一些。",
	meeting.TwoScrutineers:      "纸质票要由两位监票人各录一次：请先推选至少两位监票人。",
	meeting.UnknownAction:       "没有这样的操作：请按 ? 看能做什么。",
	meeting.UnknownGrade:        "没有「{1}」这个等次：请在 {2} 中选。",
	meeting.UnknownMember:       "名册里没有编号「{1}」：请检查编号。",
	meeting.UnknownSeat:         "没有「{1}」这个席位：只能指定主持台或记录人。",
	meeting.UnknownWord:         "没有「{1}」这个选项：请在 {2} 中选。",
	meeting.VoteGoesOn:          "这次测评已经在进行：请先做完，或写明理由作废。",
	meeting.VotesOnPaper:        "你领了纸质票：请填好投进票箱，不用在这里投。",
	meeting.WrongItem:           "这要到「{1}」这一项才能做：请等到那一项。",
}

// Say is the sentence that tells a person about err: why it was refused and
// what to do. It is "" for no error, a nil *[meeting.Refusal] included.
func Say(err error) string {
	var no *meeting.Refusal
	switch {
	case err == nil:
		return ""
	case errors.As(err, &no):
		if no == nil {
			return ""
		}
		return sentence(no.Code, no.Args)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "没有等到结果：请看看现在的状态，需要时再做一次。"
	}
	return "服务器没有能够记下来：请再做一次，还不行就告诉主持人。"
}

// SayCheck is the sentence about a check of the open item.
func SayCheck(c meeting.Check) string { return sentence(c.Code, c.Args) }

// sentence fills the sentence of a code. NeedsReason carries another code and
// its arguments, whose sentence it repeats.
func sentence(code meeting.Code, args []string) string {
	text, ok := sentences[code]
	if !ok {
		return "现在不能这样做：请按 ? 看能做什么。"
	}
	if code == meeting.NeedsReason && len(args) > 0 {
		check := sentence(meeting.Code(args[0]), args[1:])
		args = []string{strings.TrimSuffix(check, "，或写明理由。")}
		if args[0] != check {
			args[0] += "。"
		}
	}
	for i, a := range args {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i+1), Clean(a))
	}
	return text
}
