package tui

import "pingyi/meeting"

// readySentences say why something is refused and what to do.
var readySentences = map[meeting.Code]twin{ //nolint:exhaustive // the others stand in their nouns' files
	meeting.BallotUnreadable: {"选票没有收下：不是一张 Belenios 选票，应当一字不改地交 pingyi vote 或 belenios-tool 做出来的那一行。", "The ballot was not taken: it is no Belenios ballot. Hand in the line that pingyi vote or belenios-tool made, unchanged."},
	meeting.BallotForeign:    {"选票没有收下：它是为另一次测评做的。请用 election 重新取这次测评的设置，再做一张。", "The ballot was not taken: it was made for another vote. Fetch this vote's setup with election and make a new one."},
	meeting.BallotNotYours:   {"选票没有收下：签名用的不是您的凭证。请用 credential 取自己的凭证，再做一张。", "The ballot was not taken: it is not signed with your credential. Fetch yours with credential and make a new one."},
	meeting.BallotUnproven:   {"选票没有收下：签名或证明不成立（{1}），票做好以后被改动过。请重新做一张。", "The ballot was not taken: its signature or a proof does not hold ({1}), it was changed after it was made. Make a new one."},
	meeting.BallotAgain:      {"选票没有收下：这张票已经投过。要改投请另做一张；看票在不在票箱里用 receipt。", "The ballot was not taken: it was cast before. To vote again make another one; receipt shows whether it is in the box."},
	meeting.SelfRowNotBlank:  {"选票没有收下：这次测评不给自己打分，加密的票要证明自己那一栏是空的。请用 pingyi vote 做票，或在屏幕上投票。", "The ballot was not taken: in this vote nobody grades themselves, and an encrypted ballot must prove that your own row is blank. Make it with pingyi vote, or vote on the screen."},
	meeting.CommentsUnfit:    {"选票没有收下：随票的匿名意见应当正好 {1} 份，每份由本人为这张票加密，空的也算。", "The ballot was not taken: exactly {1} anonymous comments go with it, each sealed by yourself for this ballot, empty ones included."},
}
