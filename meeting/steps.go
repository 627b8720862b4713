package meeting

// StepName is a step of a branch's year as the superior follows it. A step of
// one kind of record has the kind's name.
type StepName string

// The steps.
const (
	StepPlan      StepName = "plan"
	StepStudy     StepName = "study"
	StepOpinion   StepName = "opinion"
	StepTalk      StepName = "talk"
	StepSelfCheck StepName = "selfcheck"
	StepMeeting   StepName = "meeting"
	StepBallot    StepName = "ballot"
	StepRating    StepName = "rating"
	StepApproval  StepName = "approval"
	StepFeedback  StepName = "feedback"
	StepLedger    StepName = "ledger"
	StepReport    StepName = "report"
	StepAssess    StepName = "assess"
)

// StepNames lists all steps, in their order.
func StepNames() []StepName {
	return []StepName{
		StepPlan, StepStudy, StepOpinion, StepTalk, StepSelfCheck, StepMeeting, StepBallot, StepRating,
		StepApproval, StepFeedback, StepLedger, StepReport, StepAssess,
	}
}
