package tui

import "pingyi/meeting"

// headSentences say why something is refused and what to do.
var headSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.HeadDiffers: {"关箱时记下的链头是 {1}，现在的记录里是 {2}：记录被改写过，不开箱。请对照大屏幕上抄下的链头，作废这次测评后重新投票。", "The chain's head at closing was {1}, the log has {2} now: it was rewritten, the box is not opened. Compare what was written down from the wall; make the vote void and vote again."},
	meeting.HeadMissing: {"数据文件夹里没有关箱时存下的链头 {1}：不能断定记录没有被改写，不开箱。请找回 head-支部.json，或作废这次测评后重新投票。", "The chain's head at closing, {1}, is not in the data folder: nobody knows whether the log was rewritten, the box is not opened. Bring head-BRANCH.json back, or make the vote void and vote again."},
	meeting.HeadNoted:   {"关箱时的链头已经记下，不用再记。", "The chain's head at closing is noted already."},
}
