package robot

import "math/rand/v2"

// What robots say: neutral sentences as they stand in sample minutes. No real
// person or event is in them.
var (
	shortcomings = []string{
		"理论学习抓得不紧，存在以干代学的现象，学习笔记不够完整。",
		"联系服务群众不够经常，到一线了解情况少，听取意见不够主动。",
		"工作中有时满足于完成任务，创新意识不强，遇到难题想办法不多。",
		"参加组织生活有时迟到，考勤和补课落实得不够严格。",
		"开展批评不够大胆，怕伤和气，当老好人的思想还存在。",
		"时间观念不强，材料报送有时拖到最后一天。",
		"发挥先锋模范作用不够突出，对身边同志帮带不多。",
	}
	causes = []string{
		"主要原因是思想认识不到位，自我要求有所放松。",
		"原因在于重业务、轻学习，没有处理好工学关系。",
		"究其原因，是宗旨意识树得不牢，作风不够扎实。",
	}
	promises = []string{
		"今后每周固定半天学习，按月交学习笔记。",
		"下一步每月至少到服务对象中走访一次，做好记录。",
		"我将从按时参会做起，请同志们监督。",
		"三个月内把拖延的事项逐项办结，并向支部报告。",
	}
	opinions = []string{
		"希望在理论学习上更系统一些，学用结合再紧一些。",
		"到服务对象中去得还少，建议多听一听意见。",
		"会议准备有时仓促，建议提前把材料发给大家。",
		"分工落实有时跟得不紧，建议建立台账、定期对账。",
		"对年轻同志的帮带还不够，建议结对子。",
		"考勤补课抓得还不严，建议按月公布。",
		"批评时顾虑较多，建议有话当面讲。",
	}
	responses = []string{
		"大家的意见很中肯，我完全接受，会后列入整改清单。",
		"感谢同志们的帮助，我一定认真对照，逐条改正。",
		"意见点到了要害，我从下周开始改，请大家监督。",
	}
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func selfCriticism(r *rand.Rand) string {
	return pick(r, shortcomings) + pick(r, causes) + pick(r, promises)
}
