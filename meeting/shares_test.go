package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// twoOfThree is a branch in which two of three scrutineers open the box.
func twoOfThree(t *testing.T) *hall {
	t.Helper()
	return five(t, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
}

var everybodyQualified = map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}}

func TestThresholdIsThatOfTheVote(t *testing.T) {
	for threshold, want := range []int{0, 1, 2, 0, 0} { // all three of three are all
		h := five(t, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, threshold })
		same(t, "without a vote", h.s.Threshold(), 0)
		h.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
		same(t, "threshold", h.s.Threshold(), want)
	}
}

// Whichever two scrutineers come open the box with the server; one does not,
// and the server is needed too.
func TestAnyTwoOfThreeScrutineersAreEnough(t *testing.T) {
	for _, pair := range [][]meeting.MemberID{ids("m03", "m04"), ids("m05", "m03"), ids("m04", "m05")} {
		h := twoOfThree(t)
		h.closed(everybodyQualified)
		v := h.s.Vote()
		h.does(meeting.Keeper, h.urn.unseal(v, meeting.Keeper))
		h.does(pair[0], h.urn.unseal(v, pair[0]))
		same(t, "one of three", []any{h.s.Vote().State, h.s.Vote().Members().Sums}, []any{meeting.BoxClosed, [][]int(nil)})
		h.does(pair[1], h.urn.unseal(v, pair[1]))
		got, no := h.s.Histogram("m04")
		same(t, "two of three", []any{got, no == nil}, []any{meeting.Histogram{Counts: []int{0, 5, 0, 0}, Ballots: 5}, true})
		h.refused(h.s.Vote().Unsealers()[0], meeting.Unseal{}, meeting.AlreadyCounted)
	}
}

func TestAllScrutineersWithoutTheServerWaitForIt(t *testing.T) {
	h := twoOfThree(t)
	h.closed(everybodyQualified)
	v := h.s.Vote()
	for _, id := range v.Scrutineers {
		h.does(id, h.urn.unseal(v, id))
	}
	same(t, "without the server", h.s.Vote().State, meeting.BoxClosed)
	h.does(meeting.Keeper, h.urn.unseal(v, meeting.Keeper))
	same(t, "with it", h.s.Vote().State, meeting.BoxCounted)
}

func TestAShareIsGivenAsACertificate(t *testing.T) {
	h := twoOfThree(t)
	h.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	h.refused("m03", meeting.Seal{}, meeting.BadTrustee)
	h.refused("m03", meeting.Seal{Certificate: []byte("no JSON")}, meeting.BadTrustee)
	h.refused("m03", meeting.Seal{Trustee: h.urn.trustee("m03")}, meeting.BadTrustee)
	both := h.urn.seal(h.s, "m03")
	both.Trustee = h.urn.trustee("m03")
	h.refused("m03", both, meeting.BadTrustee)
	h.does("m03", h.urn.seal(h.s, "m03"))
	h.refused("m03", h.urn.seal(h.s, "m03"), meeting.AlreadySealed)
	all := five(t, nil) // where all are needed a certificate is nothing
	all.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04")})
	all.refused("m03", meeting.Seal{Certificate: []byte("{}")}, meeting.BadTrustee)
}

// The box is sealed when the keys are joined, and only the server joins them.
func TestKeysAreJoinedOnceAllHaveSealed(t *testing.T) {
	h := twoOfThree(t)
	h.refused(meeting.Keeper, meeting.JoinKeys{}, meeting.VoteGoesOn)
	h.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	h.does("m03", h.urn.seal(h.s, "m03"))
	join := h.urn.join(h.s)
	h.refused(meeting.Keeper, join, meeting.NotSealed, "2")
	h.does("m04", h.urn.seal(h.s, "m04"))
	h.does("m05", h.urn.seal(h.s, "m05"))
	same(t, "not joined yet", []any{h.s.Vote().State, len(h.s.Sealers())}, []any{meeting.BoxSealing, 0})
	h.refused("m03", join, meeting.KeeperOnly)
	h.refused(meeting.Keeper, meeting.JoinKeys{Shares: join.Shares}, meeting.BadTrustee)
	h.refused(meeting.Keeper, meeting.JoinKeys{Trustee: join.Trustee}, meeting.BadTrustee)
	h.refused(meeting.Keeper, meeting.JoinKeys{Trustee: h.urn.trustee("m03"), Shares: join.Shares}, meeting.BadTrustee)
	strange := map[meeting.MemberID]string{"m03": "", "m04": "", "m14": ""}
	h.refused(meeting.Keeper, meeting.JoinKeys{Trustee: join.Trustee, Shares: strange}, meeting.BadTrustee)
	h.does(meeting.Keeper, join)
	same(t, "state", h.s.Vote().State, meeting.BoxSealed)
	h.refused(meeting.Keeper, join, meeting.VoteGoesOn)
	setup := h.urn.setup(h.s, h.s.Electorate(meeting.MemberBox))
	same(t, "trustees of the election: the set and the server", []int{len(setup.Trustees), setup.Trustees[0].Needed(), len(setup.Trustees[0].Keys())}, []int{2, 2, 3})
	setup.Trustees = []ballot.Trustee{h.urn.trustee("m03"), setup.Trustees[1]}
	e, err := ballot.NewElection(setup)
	h.refused("m03", boxes(must(t, e, err), nil), meeting.BadElection)
}

// Nobody can be the joint key of a set that the scrutineers did not certify.
func TestTheJointKeyIsOfTheCertificates(t *testing.T) {
	other := twoOfThree(t)
	other.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m14")})
	foreign := other.urn.join(other.s)
	h := twoOfThree(t)
	h.does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04", "m05")})
	for _, id := range h.s.Vote().Scrutineers {
		h.does(id, h.urn.seal(h.s, id))
	}
	foreign.Shares = h.urn.join(h.s).Shares
	h.refused(meeting.Keeper, foreign, meeting.BadTrustee)
}
