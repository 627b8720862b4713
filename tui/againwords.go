package tui

import "pingyi/meeting"

// againSentences say why something is refused and what to do.
var againSentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.AgainByResolution: {"计票以后要重新测评，须举手表决通过并写明理由（scrutineers 编号 --yes 人数 --reason 理由）。", "Holding a counted vote again needs a show of hands that passes and a reason (scrutineers ID --yes N --reason TEXT)."},
	meeting.AgainWithoutSome:  {"重新测评的投票人要与上一次相同，{1} 现在不能投票：请等他们到场，或发给纸质票。", "The same people must vote as the first time, and {1} cannot vote now: wait for them, or give them paper slips."},
	meeting.CountedStays:      {"已经计票，不能作废：两次合计一比，就能看出差的那张票。确需重新测评，请回到民主测评，举手表决并写明理由，再推选监票人（scrutineers 编号 --yes 人数 --reason 理由）：投票人与这一次相同，这一次的结果不采用。", "It is counted and cannot be voided: two sums that differ by one voter are that voter's ballot. To hold it again, go back to the vote, have a show of hands pass it with a reason and choose scrutineers (scrutineers ID --yes N --reason TEXT): the same people vote, and this result is not used."},
}
