package tui

import "pingyi/meeting"

// approvalActions are what people call what the superior does in a branch.
var approvalActions = map[meeting.Action]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.ActApprove: {"同意等次", "Approve grades"},
	meeting.ActReturn:  {"退回等次", "Return grades"},
	meeting.ActAmend:   {"改定等次", "Amend a grade"},
	meeting.ActGuide:   {"指派指导领导", "Assign a guide"},
}

// approvalSentences say why something about what was sent to the superior is
// refused.
var approvalSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AlreadyGuides:   {"{1} 已经是这个支部的指导领导：不用再指派。", "{1} is the guide of this branch already: there is no need to assign them again."},
	meeting.BundleChanged:   {"送审的材料已经变了，现在是第 {1} 稿，变动的是：{2}。请看过再决定。", "What was sent has changed and is version {1} now; what differs: {2}. Read it before deciding."},
	meeting.BundleDone:      {"第 {1} 稿的等次都已审定，没有等着决定的。", "All grades of version {1} are approved: nothing waits."},
	meeting.BundleUnchanged: {"上级退回的还没有改，还是第 {1} 稿：请改好等次或登记表再送。", "What the superior returned is not changed yet, it is still version {1}: change the grade or the register form and send it again."},
	meeting.BundleWaits:     {"第 {1} 稿已经送审，在等上级决定。", "Version {1} was sent and waits for the superior."},
	meeting.LineReturned:    {"{1} 的等次被上级退回了：请改好再送审，审定以后才能反馈。", "The superior has returned the grade of {1}: change it and send it again; feedback comes after approval."},
	meeting.LineWaits:       {"上级还没有审定 {1} 的等次：审定以后才能反馈。", "The superior has not approved the grade of {1} yet: feedback comes after approval."},
	meeting.NoApproval:      {"按这次的规定，等次不用送上级审定。", "By the rules the grades need no approval by the superior."},
	meeting.NoBundle:        {"支部还没有把等次送审：请等支部提交。", "The branch has not sent the grades yet: wait for it."},
	meeting.NotReturned:     {"{1} 的等次没有被退回，会后不能改。", "The grade of {1} was not returned and can't be changed after the meeting."},
	meeting.NothingReturned: {"会议已经结束；上级没有退回等次，不能再改。", "The meeting is over, and the superior has returned no grade: none can be changed."},
}
