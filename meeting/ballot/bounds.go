package ballot

// The largest election and archive that are accepted: far above any meeting,
// and small enough that a hostile file exhausts neither time nor memory. What a
// file says of a size is compared with these, or with what was read of the file
// already, before it is used.
const (
	maxQuestions   = 1000
	maxAnswers     = 100
	maxChoices     = maxAnswers + 1 // with the blank one
	maxKeys        = 50             // of all trustees together; a set of n costs n² powers
	maxCredentials = 1 << 16
	maxComments    = 1 << 16
	maxText        = 1 << 16  // bytes of a name, a question, or a message of a set's member
	recordSize     = 16 << 20 // a ballot of 100 questions of 4 answers is 1 MB in the larger group
	maxData        = 4        // records that belong to one event
	maxFailures    = 1000     // then an archive is not read on
)
